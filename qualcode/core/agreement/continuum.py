"""Agreement of coders who choose the spans themselves: uα, |uα, cuα and (k)uα over a continuum.

Krippendorff, Mathet, Bouvry & Widlöcher (2016), "On the reliability of unitizing textual continua", Quality &
Quantity 50(6):2347–2364; Krippendorff (2019), Content Analysis, §12.6. All sums add up over documents.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from qualcode.core.agreement.intervals import Jackknife, Resampling, spread_over_documents
from qualcode.core.agreement.partition import Cells, SideBySide, as_one_code, cells, stretches
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    DocumentFigure,
    PairFigure,
    Status,
)
from qualcode.core.agreement.spans import IntArray, SpanSet
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.undefined import beyond_chance, divided, number
from qualcode.errors import InputError

_NOT_USED = "no coder marked anything"
_REASONS = {
    "u_alpha": "no variation: every coder marked all of the text alike",
    "u_alpha_binary": "no variation: every coder marked all of the text",
    "cu_alpha": "only one code where the coders' units meet",
    "ku_alpha": "no other code where the coders' units meet",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Per document (rows) and value (columns; 0 is the gap): the ingredients of the family.

    length: all coders' text of the value (ℓ_c.); same: ℓ_cc; squares: Σ|S|² of units, Σ|S| of gaps; met: ℓ*_c.;
    met_squares: T_c.
    """

    array: FloatArray

    @property
    def length(self) -> FloatArray:
        return self.array[..., 0, :]

    @property
    def same(self) -> FloatArray:
        return self.array[..., 1, :]

    @property
    def squares(self) -> FloatArray:
        return self.array[..., 2, :]

    @property
    def met(self) -> FloatArray:
        return self.array[..., 3, 1:]

    @property
    def met_squares(self) -> FloatArray:
        return self.array[..., 4, 1:]


_Triple = tuple[FloatArray, FloatArray, FloatArray]
_Figure = Callable[[_Sums, int], _Triple]


@dataclass(frozen=True, slots=True, eq=False)
class Unitizing:
    """The u-family of one set of codings; make it with `unitizing`.

    Where a coder gave several codes to one place, her units are cut there and their value is the set of codes
    (`overlapping`); `values` names every value.
    """

    spans: SpanSet
    values: tuple[str, ...]
    overlapping: bool
    coded: FloatArray
    marked: FloatArray
    compared: IntArray

    def result(
        self, coefficient: str, *, interval: Resampling | None = Jackknife(), pairs: bool = True
    ) -> AgreementResult:
        """Return `u_alpha` (where and what), `u_alpha_binary` (where: marked or not) or `cu_alpha` (what, where units meet)."""
        figures = {"u_alpha": _u_alpha, "u_alpha_binary": _u_alpha, "cu_alpha": _cu_alpha}
        if coefficient not in figures:
            raise InputError(
                f"unknown coefficient {coefficient!r}", hint="one of: " + ", ".join(figures)
            )
        array = self.marked if coefficient == "u_alpha_binary" else self.coded
        return self._dressed(coefficient, array, (figures[coefficient], 0), interval, pairs=pairs)

    def result_of(
        self, value: str, *, interval: Resampling | None = Jackknife(), pairs: bool = True
    ) -> AgreementResult:
        """Return (k)uα: how reliably this code is told from others where units meet; `coverage` in the parameters."""
        if value not in self.values:
            self.spans.tree.index(value)
            return AgreementResult(
                "ku_alpha",
                None,
                Status.UNDEFINED,
                "not used",
                interval_method="none: the figure is undefined",
                unit="character",
                parameters={"code": value},
                citation=COEFFICIENTS["ku_alpha"].citation,
            )
        place = self.values.index(value) + 1
        return self._dressed("ku_alpha", self.coded, (_ku_alpha, place), interval, pairs=pairs)

    def _dressed(
        self,
        coefficient: str,
        array: FloatArray,
        figure: tuple[_Figure, int],
        interval: Resampling | None,
        *,
        pairs: bool,
    ) -> AgreementResult:
        make, place = figure
        shape = array.shape[1:]
        total = _Sums(array.sum(axis=0))
        value, observed, expected = (float(part) for part in make(total, place))
        spread = spread_over_documents(
            array.reshape(len(array), math.prod(shape)),
            lambda sums: make(_Sums(sums.reshape(*sums.shape[:-1], *shape)), place)[0],
            interval,
        )
        status, reason = self._why(coefficient, total, value, place)
        return AgreementResult(
            coefficient=coefficient,
            value=number(value),
            status=status,
            reason=reason,
            observed=number(observed),
            expected=number(expected),
            interval=spread.interval,
            interval_method=spread.method,
            standard_error=spread.standard_error,
            unit="character",
            n_units=float(self.spans.scope.sizes[self.compared].sum()),
            n_documents=len(self.compared),
            n_coders=len(self.spans.coders),
            by_pair=self._pairs(coefficient, place)
            if pairs and len(self.spans.coders) > 2
            else (),
            by_document=self._documents(coefficient, array, figure),
            parameters=self._parameters(coefficient, total, place),
            citation=COEFFICIENTS[coefficient].citation,
        )

    def _parameters(self, coefficient: str, total: _Sums, place: int) -> Mapping[str, object]:
        named: dict[str, object] = {"unit": "character"}
        if coefficient == "cu_alpha":
            named["coverage"] = number(float(divided(total.met.sum(), total.length.sum())))
        if coefficient == "ku_alpha":
            named["code"] = self.values[place - 1]
            named["coverage"] = number(float(divided(total.met[place - 1], total.length[place])))
        if self.overlapping and coefficient != "u_alpha_binary":
            named["overlapping codings"] = "cut into pieces whose value is the set of codes"
        return named

    def _why(self, coefficient: str, total: _Sums, value: float, place: int) -> tuple[Status, str]:
        if not np.isnan(value):
            return Status.OK, ""
        if len(self.spans.coders) < 2:
            return Status.NOT_ENOUGH_DATA, "needs two coders"
        if not total.length.sum():
            return Status.NOT_ENOUGH_DATA, "no text was read by two coders"
        if not total.length[1:].sum():
            return Status.UNDEFINED, _NOT_USED
        met = total.met[place - 1] if coefficient == "ku_alpha" else total.met.sum()
        if coefficient in ("cu_alpha", "ku_alpha") and not met:
            return Status.UNDEFINED, "no overlap (coverage 0 %)"
        if coefficient == "ku_alpha" and met < total.met.sum():
            return Status.UNDEFINED, "too few units meet to say what chance would give"
        return Status.UNDEFINED, _REASONS[coefficient]

    def _documents(
        self, coefficient: str, array: FloatArray, figure: tuple[_Figure, int]
    ) -> tuple[DocumentFigure, ...]:
        make, place = figure
        values = make(_Sums(array), place)[0].tolist()
        sizes = self.spans.scope.sizes[self.compared].tolist()
        found = []
        for n, document in enumerate(self.compared.tolist()):
            reason = ""
            if math.isnan(values[n]):
                reason = self._why(coefficient, _Sums(array[n]), values[n], place)[1]
            name = self.spans.documents[document]
            found.append(DocumentFigure(name, number(values[n]), reason, float(sizes[n])))
        return tuple(found)

    def _pairs(self, coefficient: str, place: int) -> tuple[PairFigure, ...]:
        found = []
        for first, second in combinations(self.spans.coders, 2):
            two = unitizing(self.spans.only(coders=[first, second]))
            if coefficient == "ku_alpha":
                made = two.result_of(self.values[place - 1], interval=None)
            else:
                made = two.result(coefficient, interval=None)
            found.append(
                PairFigure(first, second, made.value, made.reason, made.n_units, made.n_documents)
            )
        return tuple(found)


def unitizing(spans: SpanSet) -> Unitizing:
    """Return the u-family of these codings, over documents that two coders read. O(S log S) for S spans and few coders."""
    compared = np.flatnonzero((spans.assigned.sum(axis=0) >= 2) & (spans.scope.sizes > 0))
    found = cells(spans)
    coded = _sums(spans, found)
    if found.overlapping:
        one = as_one_code(spans)
        marked = _sums(one, cells(one))
    else:
        marked = _as_one_value(coded)
    return Unitizing(
        spans=spans,
        values=tuple(
            " + ".join(np.array(spans.tree.keys)[row].tolist()) for row in found.sets[1:]
        ),
        overlapping=found.overlapping,
        coded=coded[compared],
        marked=marked[compared],
        compared=compared,
    )


def _as_one_value(coded: FloatArray) -> FloatArray:
    """Return the sums with all codes taken for one: marked text that meets is then the same."""
    marked = np.stack([coded[..., 0], coded[..., 1:].sum(axis=-1)], axis=-1)
    marked[:, 1, 1] = marked[:, 3, 1]
    return marked


def _sums(spans: SpanSet, found: Cells) -> FloatArray:
    """Return (documents × 5 × values) as `_Sums` reads them."""
    n_values, n_documents = len(found.sets), len(spans.documents)
    together = stretches(spans, found)
    readers = spans.assigned.sum(axis=0)
    others = np.maximum(readers - 1, 1).astype(np.float64)
    sums = np.zeros((n_documents, 5, n_values))

    def add(row: int, document: IntArray, value: IntArray, amount: FloatArray) -> None:
        cell = document * n_values + value
        flat = np.bincount(cell, weights=amount, minlength=n_documents * n_values)
        sums[:, row] += flat.reshape(n_documents, n_values)

    weight = together.weight / others[together.document]
    for i, j in combinations(range(len(spans.coders)), 2):
        a, b = together.labels[:, i], together.labels[:, j]
        alike = np.flatnonzero((a == b) & (a >= 0))
        add(1, together.document[alike], a[alike], 2 * weight[alike])
        met = np.flatnonzero((a > 0) & (b > 0))
        for side in (a, b):
            add(3, together.document[met], side[met], weight[met])
    for i in range(len(spans.coders)):
        read = np.flatnonzero(together.labels[:, i] >= 0)
        add(0, together.document[read], together.labels[read, i], together.weight[read])
    length = (found.end - found.start).astype(np.float64)
    add(2, found.document, found.label, length**2)
    sums[:, 2, 0] = sums[:, 0, 0]
    squares = _covered_squares(spans, found, together)
    add(4, found.document, found.label, squares / others[found.document])
    return sums


def _covered_squares(spans: SpanSet, found: Cells, together: SideBySide) -> FloatArray:
    """Return for each unit the sum over other coders of (length of it that their units cover)²."""
    stride = int(spans.scope.sizes.max(initial=0)) + 1
    at = together.document * stride + together.start
    low = np.searchsorted(at, found.document * stride + found.start)
    high = np.searchsorted(at, found.document * stride + found.end)
    squares = np.zeros(len(low))
    for coder in range(len(spans.coders)):
        marked = np.where(together.labels[:, coder] > 0, together.weight, 0.0)
        before = np.concatenate([[0.0], np.cumsum(marked)])
        squares += np.where(found.coder == coder, 0.0, before[high] - before[low]) ** 2
    return squares


def _less(minuend: FloatArray, subtrahend: FloatArray) -> FloatArray:
    """Return the difference, nothing where only rounding is left of it."""
    rest = np.asarray(minuend - subtrahend)
    return np.where(np.abs(rest) < 1e-12 * np.abs(minuend), 0.0, rest)


def _figure(same: FloatArray, chance: FloatArray, whole: FloatArray) -> _Triple:
    """Return 1 − (whole − same)/(whole − chance), with same and chance as shares of the whole."""
    observed, expected = divided(same, whole), divided(chance, whole)
    return beyond_chance(observed, expected), observed, expected


def _u_alpha(sums: _Sums, place: int) -> _Triple:
    whole = sums.length.sum(axis=-1)
    squares = sums.squares.sum(axis=-1)
    chance = _less((sums.length**2).sum(axis=-1), squares)
    scale = divided(whole, _less(whole**2, squares))
    return _figure(sums.same.sum(axis=-1), scale * chance, whole)


def _cu_alpha(sums: _Sums, place: int) -> _Triple:
    whole = sums.met.sum(axis=-1)
    squares = sums.met_squares.sum(axis=-1)
    chance = _less((sums.met**2).sum(axis=-1), squares)
    scale = divided(whole, _less(whole**2, squares))
    return _figure(sums.same[..., 1:].sum(axis=-1), scale * chance, whole)


def _ku_alpha(sums: _Sums, place: int) -> _Triple:
    whole = sums.met.sum(axis=-1)
    own, squares = sums.met[..., place - 1], sums.met_squares[..., place - 1]
    chance, alone = _less(own * whole, squares), _less(own**2, squares)
    return _figure(sums.same[..., place], own * divided(alone, chance), own)
