"""Figures that are ratios of two sums over pairs of coders and documents, dressed as results."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from qualcode.core.agreement.intervals import Resampling, spread_over_documents
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    DocumentFigure,
    PairFigure,
    Status,
)
from qualcode.core.agreement.spans import IntArray, SpanSet
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.undefined import number


def coder_pairs(spans: SpanSet) -> tuple[tuple[int, int], ...]:
    """Return the pairs of coders, in order."""
    return tuple(combinations(range(len(spans.coders)), 2))


def compared_documents(spans: SpanSet) -> IntArray:
    """Return the places of the documents that at least two coders read and that hold text in scope."""
    return np.flatnonzero((spans.assigned.sum(axis=0) >= 2) & (spans.scope.sizes > 0))


def ratio_result(
    spans: SpanSet,
    table: FloatArray,
    figure: Callable[[FloatArray], FloatArray],
    *,
    coefficient: str,
    unit: str,
    interval: Resampling | None,
) -> AgreementResult:
    """Return the result of sums (documents compared × pairs × 2); `figure` turns (..., 2) into (...).

    The second sum is the number of units. Its rows are those of `compared_documents`.
    """
    compared = compared_documents(spans)
    sums = table.sum(axis=1)
    value = float(figure(sums.sum(axis=0)))
    spread = spread_over_documents(sums, figure, interval, lowest=0.0)
    status, reason = _why(value, len(compared))
    alone = figure(sums)
    return AgreementResult(
        coefficient=coefficient,
        value=number(value),
        status=status,
        reason=reason,
        observed=number(value),
        interval=spread.interval,
        interval_method=spread.method,
        standard_error=spread.standard_error,
        unit=unit,
        n_units=float(sums[:, 1].sum()),
        n_documents=len(compared),
        n_coders=len(spans.coders),
        by_pair=_pairs(spans, table, figure),
        by_document=tuple(
            DocumentFigure(
                spans.documents[place],
                number(float(alone[n])),
                _why(float(alone[n]), 1)[1],
                float(sums[n, 1]),
            )
            for n, place in enumerate(compared.tolist())
        ),
        citation=COEFFICIENTS[coefficient].citation,
    )


def _why(value: float, n_documents: int) -> tuple[Status, str]:
    if not np.isnan(value):
        return Status.OK, ""
    if not n_documents:
        return Status.NOT_ENOUGH_DATA, "no text was read by two coders"
    return Status.UNDEFINED, "not used"


def _pairs(
    spans: SpanSet, table: FloatArray, figure: Callable[[FloatArray], FloatArray]
) -> tuple[PairFigure, ...]:
    found = []
    compared = compared_documents(spans)
    for n, (i, j) in enumerate(coder_pairs(spans)):
        sums = table[:, n].sum(axis=0)
        value = float(figure(sums))
        common = int((spans.assigned[i] & spans.assigned[j])[compared].sum())
        names = spans.coders[i], spans.coders[j]
        found.append(
            PairFigure(*names, number(value), _why(value, common)[1], float(sums[1]), common)
        )
    return tuple(found)
