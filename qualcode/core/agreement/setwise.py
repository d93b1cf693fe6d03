"""Agreement on all codes at once: Krippendorff's α over the sets of codes that coders give to the same text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qualcode.core.agreement.intervals import (
    FEWEST_DOCUMENTS,
    Jackknife,
    Resampling,
    Spread,
    bootstrap_spread,
    jackknife_spread,
    no_interval,
    too_few,
)
from qualcode.core.agreement.partition import SideBySide, side_by_side
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    DocumentFigure,
    PairFigure,
    Status,
)
from qualcode.core.agreement.spans import BoolArray, CodeTree, IntArray, SpanSet
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.tallies import pairs_of
from qualcode.core.agreement.undefined import number
from qualcode.core.agreement.units import UnitGrid
from qualcode.errors import InputError

SetDistance = Callable[[frozenset[str], frozenset[str]], float]
DISTANCES = ("nominal", "jaccard", "masi", "dice", "tree")
_BLOCK = 512


def jaccard_distance(first: Iterable[str], second: Iterable[str]) -> float:
    """Return 1 − |A ∩ B| / |A ∪ B|; 0 for two empty sets."""
    a, b = frozenset(first), frozenset(second)
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def masi_distance(first: Iterable[str], second: Iterable[str]) -> float:
    """Return 1 − Jaccard · M, M = 1 for equal sets, 2/3 for one within the other, 1/3 for an overlap (Passonneau 2006)."""
    a, b = frozenset(first), frozenset(second)
    if a == b:
        return 0.0
    share = len(a & b) / len(a | b)
    return 1 - share * (2 / 3 if a <= b or b <= a else 1 / 3)


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Per document: `apart`, the observed disagreement times the number of values; `values` (documents × sets);

    `whole` (sets): the distance of each set to all values together; `own`: each document's values to themselves."""

    apart: FloatArray
    values: FloatArray
    whole: FloatArray
    own: FloatArray

    def total(self) -> float:
        """Return α over all documents; NaN where undefined."""
        values = self.values.sum(axis=0)
        return float(_alpha(self.apart.sum(), values.sum(), values @ self.whole))

    def expected(self) -> float:
        """Return the expected disagreement over all documents."""
        values = self.values.sum(axis=0)
        n = float(values.sum())
        return float(values @ self.whole) / (n * (n - 1))

    def alone(self) -> FloatArray:
        """Return α of each document by itself."""
        return _alpha(self.apart, self.values.sum(axis=1), self.own)

    def left_out(self) -> FloatArray:
        """Return α over all documents but each one."""
        values = self.values.sum(axis=0)
        expected = values @ self.whole - 2 * (self.values @ self.whole) + self.own
        number_of = values.sum() - self.values.sum(axis=1)
        return _alpha(self.apart.sum() - self.apart, number_of, expected)

    def drawn(self, weights: FloatArray, measure: Distances) -> FloatArray:
        """Return α under each row of document weights."""
        between = measure.towards(self.values) @ self.values.T
        expected = ((weights @ between) * weights).sum(axis=-1)
        return _alpha(weights @ self.apart, weights @ self.values.sum(axis=1), expected)


def _alpha(apart: FloatArray, number_of: FloatArray, expected: FloatArray) -> FloatArray:
    """Return 1 − (n − 1) · observed / expected; NaN where nothing but rounding is expected."""
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1 - (number_of - 1) * apart / expected
    return np.where(expected <= 1e-12 * np.maximum(number_of, 1) ** 2, np.nan, alpha)


def set_alpha(
    spans: SpanSet,
    *,
    distance: str | SetDistance = "jaccard",
    text: str = "all",
    grid: UnitGrid | None = None,
    interval: Resampling | None = Jackknife(),
) -> AgreementResult:
    """Return α over sets of codes, by characters or by the units of a grid.

    `distance`: nominal (equal or not), jaccard, masi, dice, tree (each code counts with all codes above it, then
    Jaccard: siblings agree in part; on a flat tree with single codes it is nominal), or a function of two frozensets
    of code keys. `text`: "all", or "coded" to leave out what no coder coded, where empty sets agree with each other.
    """
    if text not in ("all", "coded"):
        raise InputError(f"unknown text {text!r}", hint="all or coded")
    beside = side_by_side(spans, grid)
    if text == "coded":
        beside = beside.rows(np.asarray((beside.labels > 0).any(axis=1)))
    named = {"unit": beside.unit, "distance": _name(distance), "text": text}
    if grid is not None:
        named["rule"] = grid.rule.value
    measure = Distances(beside.sets, spans.tree, distance)
    made = _measured(beside, measure, interval)
    compared = np.unique(beside.document)
    return replace(
        made,
        by_pair=_by_pair(beside, spans, measure, text) if len(spans.coders) > 2 else (),
        by_document=tuple(
            replace(figure, document=spans.documents[place])
            for place, figure in zip(compared.tolist(), made.by_document, strict=True)
        ),
        parameters=named,
    )


def set_alpha_from_ratings(
    ratings: Sequence[Sequence[Iterable[str] | None]],
    *,
    distance: str | SetDistance = "jaccard",
    codes: CodeTree | None = None,
) -> AgreementResult:
    """Return α of a units × coders matrix of sets (None: missing; an empty set is a value). `codes`: for `tree`."""
    rows = [[None if cell is None else frozenset(cell) for cell in row] for row in ratings]
    if len({len(row) for row in rows}) > 1:
        raise InputError(
            "the units have different numbers of ratings", hint="write None for a missing one"
        )
    found = sorted({code for row in rows for cell in row if cell is not None for code in cell})
    tree = codes or CodeTree.of(dict.fromkeys(found))
    sets: dict[frozenset[str], int] = {frozenset(): 0}
    labels = [
        [-1 if cell is None else sets.setdefault(cell, len(sets)) for cell in row] for row in rows
    ]
    incidence = np.zeros((len(sets), len(tree.keys)), dtype=np.bool_)
    for cell, row in sets.items():
        incidence[row, [tree.index(code) for code in cell]] = True
    width = max((len(row) for row in rows), default=0)
    table = np.array(labels, dtype=np.int64).reshape(len(rows), width)
    zeros, ones = np.zeros(len(rows), dtype=np.int64), np.ones(len(rows), dtype=np.int64)
    beside = SideBySide(zeros, zeros, ones, np.ones(len(rows)), table, incidence, "unit")
    made = _measured(beside, Distances(incidence, tree, distance), None)
    return replace(made, by_document=(), parameters={"distance": _name(distance)})


def _measured(
    beside: SideBySide, measure: Distances, interval: Resampling | None
) -> AgreementResult:
    """Return the figure over the documents that occur in `beside`, each also alone."""
    read = (beside.labels >= 0).sum(axis=1)
    kept = read >= 2
    document, labels = beside.document[kept], beside.labels[kept]
    weight, read = beside.weight[kept], read[kept]
    places, row = np.unique(document, return_inverse=True)
    sums = _summed((row, weight, labels, read), len(places), len(beside.sets), measure)
    value = sums.total()
    spread = _spread(sums, value, interval, measure)
    status, reason = _why(value, len(places), bool((labels > 0).any()))
    n = float(sums.values.sum())
    units = np.bincount(row, weights=weight, minlength=len(places))
    return AgreementResult(
        coefficient="set_alpha",
        value=number(value),
        status=status,
        reason=reason,
        observed=1 - float(sums.apart.sum()) / n if n else None,
        expected=None if np.isnan(value) else 1 - sums.expected(),
        interval=spread.interval,
        interval_method=spread.method,
        standard_error=spread.standard_error,
        unit=beside.unit,
        n_units=float(weight.sum()),
        n_documents=len(places),
        n_coders=int((labels >= 0).any(axis=0).sum()),
        by_document=tuple(
            DocumentFigure(
                "", number(float(figure)), _why(float(figure), 1, used=True)[1], float(size)
            )
            for figure, size in zip(sums.alone(), units, strict=True)
        ),
        citation=COEFFICIENTS["set_alpha"].citation,
    )


def _summed(
    rows: tuple[IntArray, FloatArray, IntArray, IntArray],
    n_documents: int,
    n_sets: int,
    measure: Distances,
) -> _Sums:
    row, weight, labels, read = rows
    apart = np.zeros(n_documents)
    values = np.zeros((n_documents, n_sets))
    each = weight / (read - 1)
    for i, j in pairs_of(labels.shape[1]):
        a, b = labels[:, i], labels[:, j]
        differing = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
        amount = 2 * each[differing] * measure.between(a[differing], b[differing])
        apart += np.bincount(row[differing], weights=amount, minlength=n_documents)
    for i in range(labels.shape[1]):
        own = np.flatnonzero(labels[:, i] >= 0)
        cell = row[own] * n_sets + labels[own, i]
        flat = np.bincount(cell, weights=weight[own], minlength=n_documents * n_sets)
        values += flat.reshape(n_documents, n_sets)
    total = values.sum(axis=0)
    whole = measure.towards(total[None, :])[0]
    # One document is all there is: its values to themselves are those to all.
    alone = [float(total @ whole)] if n_documents == 1 else measure.within(values)
    return _Sums(apart, values, whole, np.asarray(alone, dtype=np.float64))


def _spread(sums: _Sums, value: float, interval: Resampling | None, measure: Distances) -> Spread:
    n = len(sums.apart)
    if interval is None:
        return no_interval("not asked for")
    if np.isnan(value):
        return no_interval("the figure is undefined")
    if n < FEWEST_DOCUMENTS:
        return too_few(n)
    if isinstance(interval, Jackknife):
        return jackknife_spread(value, sums.left_out(), interval, -1.0)
    return bootstrap_spread(sums.drawn(interval.weights(n), measure), interval, n)


def _by_pair(
    beside: SideBySide, spans: SpanSet, measure: Distances, text: str
) -> tuple[PairFigure, ...]:
    found = []
    for i, j in pairs_of(len(spans.coders)):
        two = replace(beside, labels=beside.labels[:, [i, j]])
        kept = (two.labels >= 0).all(axis=1)
        if text == "coded":
            kept &= (two.labels > 0).any(axis=1)
        two = two.rows(np.asarray(kept))
        # All documents as one: a pair is given no interval, and its distances are then summed once.
        made = _measured(replace(two, document=np.zeros_like(two.document)), measure, None)
        n = len(np.unique(two.document))
        names = spans.coders[i], spans.coders[j]
        found.append(PairFigure(*names, made.value, made.reason, made.n_units, n))
    return tuple(found)


def _why(value: float, n_documents: int, used: bool) -> tuple[Status, str]:
    if not np.isnan(value):
        return Status.OK, ""
    if not n_documents:
        return Status.NOT_ENOUGH_DATA, "no text was read by two coders"
    if not used:
        return Status.UNDEFINED, "not used: no coder gave any code"
    return Status.UNDEFINED, "no variation: one set of codes everywhere"


def _name(distance: str | SetDistance) -> str:
    return distance if isinstance(distance, str) else getattr(distance, "__name__", "given")


class Distances:
    """Distances between the rows of `sets`, worked out in blocks so that thousands of sets need no whole matrix."""

    def __init__(self, sets: BoolArray, tree: CodeTree, distance: str | SetDistance) -> None:
        if isinstance(distance, str) and distance not in DISTANCES:
            raise InputError(
                f"unknown distance {distance!r}", hint="one of: " + ", ".join(DISTANCES)
            )
        if distance == "tree":
            sets = (sets.astype(np.float64) @ tree.closure()) > 0
            distance = "jaccard"
        self._kind = distance
        self._rows = sets.astype(np.float64)
        self._sizes = self._rows.sum(axis=1)
        self._names = [frozenset(np.array(tree.keys)[row].tolist()) for row in sets]

    def between(self, first: IntArray, second: IntArray) -> FloatArray:
        """Return the distances of pairs of rows; each pair that recurs is measured once."""
        n = len(self._rows)
        pairs, back = np.unique(first * n + second, return_inverse=True)
        a, b = np.divmod(pairs, n)
        if not isinstance(self._kind, str):
            made = [
                self._kind(self._names[i], self._names[j])
                for i, j in zip(a.tolist(), b.tolist(), strict=True)
            ]
            return np.array(made, dtype=np.float64)[back]
        common = np.einsum("ic,ic->i", self._rows[a], self._rows[b])
        return self._from_sizes(common, self._sizes[a], self._sizes[b])[back]

    def within(self, values: FloatArray) -> FloatArray:
        """Return for each row of values its distances summed over all pairs of its own values."""
        found = np.zeros(len(values))
        for n, row in enumerate(values):
            held = np.flatnonzero(row)
            found[n] = row[held] @ self._block(held, held) @ row[held]
        return found

    def towards(self, values: FloatArray) -> FloatArray:
        """Return values (documents × sets) times the matrix of distances."""
        found = np.zeros_like(values)
        every = np.flatnonzero(values.any(axis=0))
        for low in range(0, len(every), _BLOCK):
            block = every[low : low + _BLOCK]
            found[:, every] += values[:, block] @ self._block(block, every)
        return found

    def _block(self, block: IntArray, others: IntArray) -> FloatArray:
        if not isinstance(self._kind, str):
            names = [self._names[n] for n in others]
            made = [[self._kind(self._names[i], name) for name in names] for i in block]
            return np.array(made, dtype=np.float64).reshape(len(block), len(others))
        common = self._rows[block] @ self._rows[others].T
        return self._from_sizes(common, self._sizes[block][:, None], self._sizes[others][None, :])

    def _from_sizes(self, common: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
        """Return distances from the size of what is common and the sizes of both sets. Few passes: it is the hot spot."""
        either = np.asarray(a + b)
        if self._kind != "dice":
            either -= common
        empty = either == 0
        both = 2 * common if self._kind == "dice" else common
        either[empty] = 1.0
        apart = np.divide(both, either)
        apart[empty] = 1.0
        if self._kind == "nominal":
            return np.asarray(np.where(apart == 1, 0.0, 1.0))
        if self._kind == "masi":
            within = (common == a) | (common == b)
            apart *= np.where(apart == 1, 1.0, np.where(within, 2 / 3, 1 / 3))
        return np.subtract(1.0, apart, out=apart)
