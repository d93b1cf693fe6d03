"""γ and γcat: agreement of aligned spans, where they stand and what they are called, against chance by random texts.

Mathet, Widlöcher & Métivier (2015), Computational Linguistics 41(3):437–479; Mathet (2017), 43(3):661–681. Chance is
sampled: each random text takes coders of the real one, drawn anew, and moves each one's units round the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from math import ceil

import numpy as np

from qualcode.core.agreement.alignment import Alignment, Dissimilarity, Units, best_alignment
from qualcode.core.agreement.intervals import Jackknife, Resampling, spread_over_documents
from qualcode.core.agreement.partition import united_spans
from qualcode.core.agreement.ratios import compared_documents
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    DocumentFigure,
    Status,
)
from qualcode.core.agreement.spans import IntArray, Placed, SpanSet
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.undefined import divided, number
from qualcode.errors import InputError

_NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class GammaOptions:
    """How γ is measured. `codes`: distance of two codes, "nominal" (0 or 1) or "tree" (1 − shared ancestry).

    `unaligned` is for γcat: "counted" takes a unit without a partner for a full disagreement, as the reference
    implementation pygamma-agreement 0.5.9 does; "left_out" keeps to aligned units, as in Mathet (2017, §4.2.5).
    `samples` random texts are drawn at first, and then as many as the mean disorder needs to be known to `precision`
    (95 %), but no more than `most_samples`. The seed makes the figure repeatable.
    """

    dissimilarity: Dissimilarity = field(default_factory=Dissimilarity)
    codes: str = "nominal"
    unaligned: str = "counted"
    samples: int = 30
    precision: float = 0.02
    most_samples: int = 300
    seed: int = 20_150_301

    def __post_init__(self) -> None:
        if self.codes not in ("nominal", "tree"):
            raise InputError(f"unknown distance of codes {self.codes!r}", hint="nominal or tree")
        if self.unaligned not in ("counted", "left_out"):
            raise InputError(
                f"unaligned units cannot be {self.unaligned!r}", hint="counted or left_out"
            )
        if self.samples < 2 or not 0 < self.precision < 1:
            raise InputError("γ needs two samples or more, and a precision between 0 and 1")

    @property
    def parameters(self) -> dict[str, object]:
        return {
            "alpha": self.dissimilarity.position,
            "beta": self.dissimilarity.category,
            "delta_empty": self.dissimilarity.empty,
            "codes": self.codes,
            "unaligned": self.unaligned,
            "sampler": "coders drawn anew and moved round the text",
            "precision": self.precision,
            "seed": self.seed,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """One document: its units, its best alignment, the random texts' disorders, and both figures' ingredients.

    `cat_observed` is None where no two units are aligned; `cat_expected` where no random text has any aligned.
    """

    document: str
    units: Units
    alignment: Alignment
    random_disorders: FloatArray
    cat_observed: float | None
    cat_expected: float | None
    weight: float

    @property
    def expected(self) -> float:
        return float(self.random_disorders.mean()) if len(self.random_disorders) else 0.0


def aligned_documents(spans: SpanSet, how: GammaOptions = GammaOptions()) -> tuple[Aligned, ...]:
    """Return the exact best alignment and the sampled chance of every document that two coders read and somebody coded."""
    placed = united_spans(spans)
    distances = _code_distances(spans, how.codes)
    found = []
    for place in compared_documents(spans).tolist():
        readers = np.flatnonzero(spans.assigned[:, place])
        units = _units(placed, place, readers)
        if len(units.start):
            size = int(spans.scope.sizes[place])
            chooser = np.random.default_rng([how.seed, place])
            shape = (len(readers), size)
            name = spans.documents[place]
            found.append(_aligned(name, units, shape, how, distances, chooser))
    return tuple(found)


def gamma(
    spans: SpanSet,
    how: GammaOptions = GammaOptions(),
    *,
    interval: Resampling | None = Jackknife(),
    aligned: tuple[Aligned, ...] | None = None,
) -> AgreementResult:
    """Return γ = 1 − disorder / expected disorder; over several documents the disorders are added, weighted by units.

    `aligned`: what `aligned_documents` gave, where γ and γcat are wanted of one sampling.
    """
    documents = aligned_documents(spans, how) if aligned is None else aligned
    sums = np.array(
        [
            (one.alignment.disorder * one.weight, one.expected * one.weight, one.weight)
            for one in documents
        ]
    ).reshape(-1, 3)
    return _dressed("gamma", spans, how, documents, sums, interval)


def gamma_cat(
    spans: SpanSet,
    how: GammaOptions = GammaOptions(),
    *,
    interval: Resampling | None = Jackknife(),
    aligned: tuple[Aligned, ...] | None = None,
) -> AgreementResult:
    """Return γcat: whether aligned units carry the same code, the better placed counting for more."""
    documents = aligned_documents(spans, how) if aligned is None else aligned
    known = tuple(
        one for one in documents if one.cat_observed is not None and one.cat_expected is not None
    )
    rows = [
        (
            (one.cat_observed or 0.0) * one.weight,
            (one.cat_expected or 0.0) * one.weight,
            one.weight,
        )
        for one in known
    ]
    sums = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return _dressed("gamma_cat", spans, how, known, sums, interval)


def _dressed(
    coefficient: str,
    spans: SpanSet,
    how: GammaOptions,
    documents: tuple[Aligned, ...],
    sums: FloatArray,
    interval: Resampling | None,
) -> AgreementResult:
    total = sums.sum(axis=0)
    value = float(_ratio(total))
    spread = spread_over_documents(sums, _ratio, interval)
    status, reason = _why(coefficient, spans, documents, value)
    return AgreementResult(
        coefficient=coefficient,
        value=number(value),
        status=status,
        reason=reason,
        observed=number(float(divided(total[0], total[2]))),
        expected=number(float(divided(total[1], total[2]))),
        interval=spread.interval,
        interval_method=spread.method,
        standard_error=spread.standard_error,
        unit="span",
        n_units=float(sum(len(one.units.start) for one in documents)),
        n_documents=len(documents),
        n_coders=len(spans.coders),
        by_document=tuple(
            DocumentFigure(
                one.document,
                number(float(_ratio(row))),
                "" if row[1] > 0 else "chance expects no disorder",
                float(len(one.units.start)),
            )
            for one, row in zip(documents, sums, strict=True)
        ),
        parameters={
            **how.parameters,
            "samples": max((len(one.random_disorders) for one in documents), default=0),
        },
        citation=COEFFICIENTS[coefficient].citation,
        notes=("observed and expected are disorders: 0 is perfect agreement",),
    )


def _ratio(sums: FloatArray) -> FloatArray:
    return 1 - divided(sums[..., 0], sums[..., 1])


def _why(
    coefficient: str, spans: SpanSet, documents: tuple[Aligned, ...], value: float
) -> tuple[Status, str]:
    if not np.isnan(value):
        return Status.OK, ""
    if not len(compared_documents(spans)):
        return Status.NOT_ENOUGH_DATA, "no text was read by two coders"
    if not documents:
        reason = "not used" if coefficient == "gamma" else "no two coders' spans meet"
        return Status.UNDEFINED, reason
    return Status.UNDEFINED, "no variation: chance expects no disorder"


def _code_distances(spans: SpanSet, kind: str) -> FloatArray | None:
    if kind == "nominal":
        return None
    closure = spans.tree.closure().astype(np.float64)
    common = closure @ closure.T
    sizes = closure.sum(axis=1)
    return np.asarray(1 - common / (sizes[:, None] + sizes[None, :] - common))


def _units(placed: Placed, document: int, readers: IntArray) -> Units:
    """Return the units of one document with its readers numbered from 0."""
    rows = placed.document == document
    coder = np.searchsorted(readers, placed.coder[rows])
    return Units(coder, placed.start[rows], placed.end[rows], placed.code[rows])


def _aligned(
    document: str,
    units: Units,
    shape: tuple[int, int],
    how: GammaOptions,
    distances: FloatArray | None,
    chooser: np.random.Generator,
) -> Aligned:
    n_coders, size = shape
    best = best_alignment(units, n_coders, how.dissimilarity, distances)
    disorders: list[float] = []
    cats: list[float] = []
    wanted = how.samples
    while len(disorders) < wanted:
        random = random_units(units, n_coders, size, chooser)
        found = best_alignment(random, n_coders, how.dissimilarity, distances)
        disorders.append(found.disorder)
        cat = categorical_disorder(random, found, how, distances)
        if cat is not None:
            cats.append(cat)
        if len(disorders) == how.samples:
            wanted = _samples_needed(np.array(disorders), how)
    return Aligned(
        document=document,
        units=units,
        alignment=best,
        random_disorders=np.array(disorders),
        cat_observed=categorical_disorder(units, best, how, distances),
        cat_expected=float(np.mean(cats)) if cats else None,
        weight=len(units.start) / n_coders,
    )


def _samples_needed(disorders: FloatArray, how: GammaOptions) -> int:
    """Return how many samples bring the mean within the precision, from the spread of the first (Mathet 2015, §4.3)."""
    mean = float(disorders.mean())
    if mean <= 0:
        return len(disorders)
    variation = float(disorders.std(ddof=1)) / mean
    needed = ceil((variation * _NORMAL_95 / how.precision) ** 2)
    return min(max(needed, len(disorders)), max(how.most_samples, len(disorders)))


def random_units(units: Units, n_coders: int, size: int, chooser: np.random.Generator) -> Units:
    """Return a random text: each coder is a real one, drawn anew, whose units are all moved round a text of `size`.

    The moves lie at least half a mean unit's length apart where the text has room for that, as in the programs that
    the figure is usually made with. A text of coders who marked nothing is drawn again.
    """
    least = float((units.end - units.start).mean()) / 2
    moves: list[int] = []
    for _ in range(n_coders):
        for _ in range(100):
            move = int(chooser.integers(0, size))
            if all(min((move - other) % size, (other - move) % size) >= least for other in moves):
                break
        moves.append(move)
    parts = []
    drawn = chooser.integers(0, n_coders, n_coders)
    while not np.isin(units.coder, drawn).any():
        drawn = chooser.integers(0, n_coders, n_coders)
    for coder, move in enumerate(moves):
        rows = np.flatnonzero(units.coder == drawn[coder])
        start = (units.start[rows] + move) % size
        end = start + units.end[rows] - units.start[rows]
        parts.append((np.full(len(rows), coder), start, end, units.code[rows]))
    columns = (np.concatenate([part[n] for part in parts]) for n in range(4))
    return Units(*columns)


def categorical_disorder(
    units: Units, alignment: Alignment, how: GammaOptions, distances: FloatArray | None = None
) -> float | None:
    """Return the mean distance of the codes of aligned units, weighted by how well they are placed; None without any.

    A pair weighs max(0, 1 − α · d_pos) / (units in its unitary alignment − 1). A unit beside an empty place weighs
    and differs by the cost of emptiness, where such pairs are counted.
    """
    size = (alignment.tuples >= 0).sum(axis=1)
    weights = total = 0.0
    for i, j in combinations(range(alignment.tuples.shape[1]), 2):
        first, second = alignment.tuples[:, i], alignment.tuples[:, j]
        if how.unaligned == "counted":
            half = float(((first >= 0) != (second >= 0)).sum())
            weights += half * how.dissimilarity.empty
            total += half * how.dissimilarity.empty**2
        rows = (first >= 0) & (second >= 0)
        a, b = first[rows], second[rows]
        apart = np.abs(units.start[a] - units.start[b]) + np.abs(units.end[a] - units.end[b])
        lengths = units.end[a] - units.start[a] + units.end[b] - units.start[b]
        near = 1 - how.dissimilarity.position * (apart / lengths) ** 2
        weight = np.maximum(0.0, near) / (size[rows] - 1)
        if distances is None:
            different = (units.code[a] != units.code[b]).astype(np.float64)
        else:
            different = distances[units.code[a], units.code[b]]
        weights += float(weight.sum())
        total += float((weight * different).sum())
    return total / weights if weights > 0 else None
