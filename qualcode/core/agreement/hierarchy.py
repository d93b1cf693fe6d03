"""Where the code tree stops being reliable: figures level by level, branch by branch, and pooled over codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualcode.core.agreement.binary import Values, cohen_kappa, conger_kappa
from qualcode.core.agreement.codewise import CodeAgreement, code_agreement
from qualcode.core.agreement.intervals import Jackknife, Resampling, spread_over_documents
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    DocumentFigure,
    Status,
)
from qualcode.core.agreement.setwise import set_alpha
from qualcode.core.agreement.spans import SpanSet
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.tallies import Tallies
from qualcode.core.agreement.undefined import beyond_chance, number
from qualcode.core.agreement.units import UnitGrid
from qualcode.errors import InputError


@dataclass(frozen=True, slots=True)
class Level:
    """The tree cut at one depth: every code deeper than that counts as its ancestor there.

    `codes`: the keys that are left, in tree order; `results`: one per code; `overall`: α over sets of these codes
    (Jaccard) on text that somebody coded.
    """

    depth: int
    codes: tuple[str, ...]
    results: tuple[AgreementResult, ...]
    overall: AgreementResult


@dataclass(frozen=True, slots=True)
class Branch:
    """A code with codes below it: `whole` asks whether the text belongs to the branch at all, `within` which of its

    codes it was given (tree-distance α on the text that somebody gave a code of the branch)."""

    code: str
    whole: AgreementResult
    within: AgreementResult


def levels(
    spans: SpanSet,
    *,
    coefficient: str = "krippendorff_alpha",
    grid: UnitGrid | None = None,
    interval: Resampling | None = Jackknife(),
) -> tuple[Level, ...]:
    """Return the roll-up profile from the top level down to the codes as they were given."""
    depths = spans.tree.depths()
    found = []
    for depth in range(1, int(depths.max(initial=0)) + 1):
        rolled = spans.recoded(spans.tree.at_level(depth))
        kept = [key for key, own in zip(spans.tree.keys, depths, strict=True) if own <= depth]
        measured = code_agreement(rolled, grid)
        results = tuple(measured.result(key, coefficient, interval=interval) for key in kept)
        overall = set_alpha(rolled, distance="jaccard", text="coded", grid=grid, interval=interval)
        found.append(Level(depth, tuple(kept), results, overall))
    return tuple(found)


def branches(
    spans: SpanSet,
    *,
    coefficient: str = "krippendorff_alpha",
    grid: UnitGrid | None = None,
    interval: Resampling | None = Jackknife(),
) -> tuple[Branch, ...]:
    """Return every code that has codes below it, in tree order."""
    tree = spans.tree
    found = []
    for place in np.unique(tree.parents[tree.parents >= 0]).tolist():
        key = tree.keys[place]
        inside = tree.branch(key)
        rolled = np.full(len(tree.keys), -1, dtype=np.int64)
        rolled[inside] = place
        whole = code_agreement(spans.recoded(rolled), grid)
        own = spans.only(codes=[tree.keys[code] for code in inside])
        found.append(
            Branch(
                key,
                whole.result(key, coefficient, interval=interval),
                set_alpha(own, distance="tree", text="coded", grid=grid, interval=interval),
            )
        )
    return tuple(found)


def pooled_kappa(
    measured: CodeAgreement, *, interval: Resampling | None = Jackknife()
) -> AgreementResult:
    """Return (mean Po − mean Pe)/(1 − mean Pe) over codes (De Vries et al. 2008): Cohen's for two coders, else Conger's.

    A code that nobody used has neither agreement beyond chance nor room for it: it adds nothing.
    """
    kappa = cohen_kappa if len(measured.coders) == 2 else conger_kappa
    part = Tallies(measured.tallies.array[measured.compared], measured.tallies.n_coders)
    shape = part.array.shape[1:]

    def pooled(sums: FloatArray) -> Values:
        found = kappa(Tallies(sums.reshape(*sums.shape[:-1], *shape), part.n_coders))
        observed, expected = found.observed.mean(axis=-1), found.expected.mean(axis=-1)
        return Values(beyond_chance(observed, expected), observed, expected)

    status, reason = _pooled_status(measured)
    if status is not Status.OK:
        return AgreementResult(
            "pooled_kappa", None, status, reason, interval_method="none: the figure is undefined",
            unit=measured.unit, parameters=measured.parameters,
            citation=COEFFICIENTS["pooled_kappa"].citation,
        )  # fmt: skip
    flat = part.array.reshape(len(part.array), -1)
    total = pooled(flat.sum(axis=0))
    spread = spread_over_documents(flat, lambda sums: pooled(sums).value, interval)
    return AgreementResult(
        coefficient="pooled_kappa",
        value=number(float(total.value)),
        observed=number(float(total.observed)),
        expected=number(float(total.expected)),
        interval=spread.interval,
        interval_method=spread.method,
        standard_error=spread.standard_error,
        unit=measured.unit,
        n_units=float(measured.n_units),
        n_documents=len(measured.compared),
        n_coders=len(measured.coders),
        by_document=_pooled_documents(measured, pooled(flat).value),
        parameters={**measured.parameters, "of": kappa.__name__, "codes": len(measured.codes)},
        citation=COEFFICIENTS["pooled_kappa"].citation,
    )


def _pooled_status(measured: CodeAgreement) -> tuple[Status, str]:
    if len(measured.coders) < 2:
        return Status.NOT_ENOUGH_DATA, "needs two coders"
    if not measured.n_units:
        return Status.NOT_ENOUGH_DATA, "no text was read by two coders"
    if not len(measured.codes) or not measured.coded.any():
        return Status.UNDEFINED, "not used: no coder gave any code"
    total = measured.tallies.total()
    if not (((total.both + total.mixed) > 0) & ((total.neither + total.mixed) > 0)).any():
        return Status.UNDEFINED, "no variation: the codes in use stand on all of the text"
    return Status.OK, ""


def _pooled_documents(measured: CodeAgreement, values: FloatArray) -> tuple[DocumentFigure, ...]:
    return tuple(
        DocumentFigure(
            measured.documents[place],
            number(float(value)),
            "no code tells the coders apart from chance" if np.isnan(value) else "",
            float(measured.counts.sizes[place]),
        )
        for place, value in zip(measured.compared.tolist(), values, strict=True)
    )


def leave_one_coder_out(
    spans: SpanSet,
    *,
    coefficient: str = "krippendorff_alpha",
    grid: UnitGrid | None = None,
    interval: Resampling | None = None,
) -> tuple[tuple[str, tuple[AgreementResult, ...]], ...]:
    """Return (coder left out, the results of every code without her), to see on whom a figure hangs.

    Needs three coders. The documents compared may change with the coder: only those that two of the others read.
    """
    if len(spans.coders) < 3:
        raise InputError(
            "leaving one coder out needs three coders",
            hint="with two coders the pair is all there is",
        )
    return tuple(
        (coder, code_agreement(spans.without(coder), grid).results(coefficient, interval=interval))
        for coder in spans.coders
    )
