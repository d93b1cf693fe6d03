"""Agreement in whole spans: one coder's spans matched one to one with another's, as F1 and as Holsti's formula."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from qualcode.core.agreement.intervals import Jackknife, Resampling
from qualcode.core.agreement.partition import united_spans
from qualcode.core.agreement.ratios import coder_pairs, compared_documents, ratio_result
from qualcode.core.agreement.results import AgreementResult
from qualcode.core.agreement.spans import BoolArray, IntArray, Placed, SpanSet
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.undefined import divided
from qualcode.errors import InputError

MATCHES = ("exact", "overlap", "iou")


@dataclass(frozen=True, slots=True)
class Match:
    """When two spans of one code are the same: `exact` ends, any `overlap`, or intersection over union ≥ `least`."""

    by: str = "exact"
    least: float = 0.5

    def __post_init__(self) -> None:
        if self.by not in MATCHES:
            raise InputError(f"unknown match {self.by!r}", hint="one of: " + ", ".join(MATCHES))
        if not 0 < self.least <= 1:
            raise InputError("the least intersection over union lies above 0 and up to 1")

    def allows(self, common: IntArray, either: IntArray) -> BoolArray:
        """Return whether spans with this many characters in common and in all may be matched."""
        if self.by == "overlap":
            return np.asarray(common > 0)
        return np.asarray(common >= (1.0 if self.by == "exact" else self.least) * either)

    @property
    def parameters(self) -> dict[str, object]:
        named: dict[str, object] = {"match": self.by}
        if self.by == "iou":
            named["least"] = self.least
        return named


def span_f1(
    spans: SpanSet,
    match: Match = Match(),
    *,
    code: str | None = None,
    interval: Resampling | None = Jackknife(),
) -> AgreementResult:
    """Return 2M / (N₁ + N₂): M matched spans of the same code, N spans of each coder, pooled over pairs and documents.

    For two coders this is the F1 of either against the other. Own overlapping spans of a code count as one; matching
    is one to one and as large as it can be. `code` None: all codes.
    """
    return _measured(spans, match, code, "span_f1", interval)


def holsti(
    spans: SpanSet,
    match: Match = Match("overlap"),
    *,
    code: str | None = None,
    interval: Resampling | None = Jackknife(),
) -> AgreementResult:
    """Return Holsti's CR = 2M / (N₁ + N₂) with M agreed codings: the same number as `span_f1` under the same match."""
    return _measured(spans, match, code, "holsti", interval)


def _measured(
    spans: SpanSet,
    match: Match,
    code: str | None,
    coefficient: str,
    interval: Resampling | None,
) -> AgreementResult:
    chosen = spans if code is None else spans.only(codes=[code])
    placed = united_spans(chosen)
    counts = np.zeros((len(spans.documents), len(coder_pairs(spans)), 2))
    for n, (i, j) in enumerate(coder_pairs(spans)):
        counts[:, n] = _matched(placed, (i, j), match, spans)
        counts[~(spans.assigned[i] & spans.assigned[j]), n] = 0
    made = ratio_result(
        spans,
        counts[compared_documents(spans)],
        _f1,
        coefficient=coefficient,
        unit="span",
        interval=interval,
    )
    return replace(made, parameters={**match.parameters, "code": code or "all codes"})


def _f1(sums: FloatArray) -> FloatArray:
    return divided(2 * sums[..., 0], sums[..., 1])


def _matched(placed: Placed, pair: tuple[int, int], match: Match, spans: SpanSet) -> FloatArray:
    """Return per document (matched spans, spans of both coders); spans of the pair in documents of one count too."""
    n_documents = len(spans.documents)
    first, second = (np.flatnonzero(placed.coder == coder) for coder in pair)
    numbers = np.zeros((n_documents, 2))
    for own in (first, second):
        numbers[:, 1] += np.bincount(placed.document[own], minlength=n_documents)
    a, b = _candidates(placed, first, second, len(spans.tree.keys))
    common = np.minimum(placed.end[a], placed.end[b]) - np.maximum(
        placed.start[a], placed.start[b]
    )
    lengths = placed.end[a] - placed.start[a] + placed.end[b] - placed.start[b]
    allowed = match.allows(common, lengths - common)
    chosen = _largest_matching(a[allowed], b[allowed], len(placed.start))
    numbers[:, 0] = np.bincount(placed.document[chosen], minlength=n_documents)
    return numbers


def _candidates(
    placed: Placed, first: IntArray, second: IntArray, n_codes: int
) -> tuple[IntArray, IntArray]:
    """Return the pairs (row of the first coder, row of the second) of one document and code that overlap."""
    stride = int(placed.end.max(initial=0)) + 1
    at = (placed.document * n_codes + placed.code) * stride
    low, high = at + placed.start, at + placed.end
    begin = np.searchsorted(high[second], low[first], side="right")
    touched = np.maximum(np.searchsorted(low[second], high[first], side="left") - begin, 0)
    a = np.repeat(first, touched)
    offset = np.arange(len(a)) - np.repeat(np.cumsum(touched) - touched, touched)
    return a, second[offset + np.repeat(begin, touched)]


def _largest_matching(first: IntArray, second: IntArray, n: int) -> IntArray:
    """Return the rows of the first coder that a largest one-to-one matching holds."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    if not len(first):
        return first
    edges = csr_array((np.ones(len(first), dtype=np.int8), (first, second)), shape=(n, n))
    partner = maximum_bipartite_matching(edges, perm_type="column")
    return np.flatnonzero(partner >= 0)
