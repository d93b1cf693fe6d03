"""One figure over all codes: every unit and every code in use is one decision, given or not given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qualcode.core.agreement.codewise import CodeAgreement
from qualcode.core.agreement.spans import SpanSet
from qualcode.core.agreement.sweep import mask_counts
from qualcode.core.agreement.tallies import tally
from qualcode.core.agreement.units import UnitGrid, grid_counts

OVERALL = "all"


def pooled_agreement(spans: SpanSet, grid: UnitGrid | None = None) -> CodeAgreement:
    """Return agreement pooled over the codes that anybody used, as a single code named `all`.

    Counts are pooled, not coefficients averaged: a mean over codes would give a code used once the weight of
    one used a hundred times, and would have to invent values where a coefficient is undefined. A unit of text
    counts once for each code in use, so the number of decisions is units × codes in use."""
    counts = mask_counts(spans) if grid is None else grid_counts(spans, grid)
    used = np.unique(counts.code[counts.mask != 0])
    kept = np.isin(counts.code, used)
    merged = replace(
        counts,
        n_codes=1,
        sizes=counts.sizes * max(len(used), 1),
        document=counts.document[kept],
        code=np.zeros(int(kept.sum()), dtype=counts.code.dtype),
        mask=counts.mask[kept],
        weight=counts.weight[kept],
    )
    if not len(used):
        merged = replace(
            merged,
            document=np.arange(len(counts.sizes), dtype=counts.document.dtype),
            code=np.zeros(len(counts.sizes), dtype=counts.code.dtype),
            mask=np.zeros(len(counts.sizes), dtype=counts.mask.dtype),
            weight=counts.sizes,
        )
    placed = spans.placed()
    per_coder = np.bincount(placed.coder, minlength=len(spans.coders))
    compared = np.bitwise_count(merged.assigned[merged.document]) >= 2
    coded = int((merged.weight * (compared & (merged.mask != 0))).sum())
    return CodeAgreement(
        documents=spans.documents,
        coders=spans.coders,
        codes=(OVERALL,),
        unit=merged.unit,
        parameters={"unit": "character", "codes": len(used)}
        if grid is None
        else {**grid.parameters, "codes": len(used)},
        counts=merged,
        tallies=tally(merged),
        spans_per_coder=per_coder.reshape(1, len(spans.coders)),
        coded=np.array([coded], dtype=np.int64),
    )
