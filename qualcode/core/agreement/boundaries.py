"""Do coders cut at the same places? Boundary similarity and the older measures of segmentation.

Fournier (2013), Evaluating text segmentation using boundary edit distance, Proc. ACL, 1702–1712. A boundary is a
position; a near miss is a *transposition* over fewer than `near` positions and costs its distance as a share of `near`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from qualcode.core.agreement.intervals import Jackknife, Resampling
from qualcode.core.agreement.partition import united_spans
from qualcode.core.agreement.ratios import coder_pairs, compared_documents, ratio_result
from qualcode.core.agreement.results import AgreementResult
from qualcode.core.agreement.spans import SpanSet
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.undefined import divided


@dataclass(frozen=True, slots=True)
class Edits:
    """What turns one set of boundaries into the other: how many match, are near misses (with cost), or stand alone."""

    matches: int
    near_misses: int
    near_cost: float
    alone: int

    @property
    def cost(self) -> float:
        return self.alone + self.near_cost

    @property
    def count(self) -> int:
        return self.matches + self.near_misses + self.alone


def boundary_edits(first: Iterable[int], second: Iterable[int], *, near: int = 2) -> Edits:
    """Return the cheapest edits between two sets of positions; positions less than `near` apart may be near misses.

    The order of boundaries is kept, so a dynamic programme over both sorted lists finds the best pairing; exact
    matches always pair.
    """
    a, b = set(first), set(second)
    matches = len(a & b)
    left, right = sorted(a - b), sorted(b - a)
    pairs = _near_pairs(left, right, near)
    cost = sum(distance / near for distance in pairs)
    return Edits(matches, len(pairs), cost, len(left) + len(right) - 2 * len(pairs))


def _near_pairs(left: Sequence[int], right: Sequence[int], near: int) -> list[int]:
    """Return the distances of the pairing with the least total cost (a pair saves 2 and costs distance / near)."""
    pairs: list[int] = []
    for group_left, group_right in _groups(left, right, near):
        best: list[list[tuple[float, tuple[int, ...]]]] = [
            [(0.0, ())] * (len(group_right) + 1) for _ in range(len(group_left) + 1)
        ]
        for i, x in enumerate(group_left, 1):
            for j, y in enumerate(group_right, 1):
                options = [best[i - 1][j], best[i][j - 1]]
                if abs(x - y) < near:
                    saved, distances = best[i - 1][j - 1]
                    gain = 2 - abs(x - y) / near
                    options.append((saved + gain, (*distances, abs(x - y))))
                best[i][j] = max(options, key=lambda option: option[0])
        pairs += best[-1][-1][1]
    return pairs


def _groups(
    left: Sequence[int], right: Sequence[int], near: int
) -> list[tuple[list[int], list[int]]]:
    """Return the positions in clusters that near misses cannot cross."""
    clusters: list[tuple[list[int], list[int]]] = []
    last = None
    for position, side in sorted([(x, 0) for x in left] + [(y, 1) for y in right]):
        if last is None or position - last >= near:
            clusters.append(([], []))
        clusters[-1][side].append(position)
        last = position
    return [cluster for cluster in clusters if cluster[0] and cluster[1]]


def boundaries_of(masses: Sequence[int]) -> tuple[int, ...]:
    """Return the inner boundaries of a segmentation given as lengths: (2, 3, 6) has them after 2 and 5."""
    return tuple(accumulate(masses))[:-1]


def boundary_similarity_of(
    first: Iterable[int], second: Iterable[int], *, near: int = 2
) -> float | None:
    """Return B = 1 − cost / (alone + near misses + matches); None where neither has a boundary."""
    edits = boundary_edits(first, second, near=near)
    return 1 - edits.cost / edits.count if edits.count else None


def segmentation_similarity(
    first: Iterable[int], second: Iterable[int], *, length: int, near: int = 2
) -> float | None:
    """Return S = 1 − cost / (possible boundaries), for a text of `length` atoms (Fournier & Inkpen 2012)."""
    return 1 - boundary_edits(first, second, near=near).cost / (length - 1) if length > 1 else None


def window_difference(
    reference: Iterable[int], other: Iterable[int], *, length: int
) -> float | None:
    """Return WindowDiff (Pevzner & Hearst 2002) with a window of half the reference's mean segment; 0 is agreement."""
    return _windowed(reference, other, length, exact=True)


def pk(reference: Iterable[int], other: Iterable[int], *, length: int) -> float | None:
    """Return Pk (Beeferman, Berger & Lafferty 1999) with a window of half the reference's mean segment; 0 is agreement."""
    return _windowed(reference, other, length, exact=False)


def _windowed(
    reference: Iterable[int], other: Iterable[int], length: int, *, exact: bool
) -> float | None:
    a, b = set(reference), set(other)
    window = max(2, round(length / (len(a) + 1) / 2))
    if length <= window:
        return None
    wrong = 0
    for start in range(length - window):
        inside = range(start + 1, start + window + 1)
        one, two = (sum(position in found for position in inside) for found in (a, b))
        wrong += one != two if exact else (one > 0) != (two > 0)
    return wrong / (length - window)


def boundary_similarity(
    spans: SpanSet,
    *,
    code: str | None = None,
    near: int = 25,
    interval: Resampling | None = Jackknife(),
) -> AgreementResult:
    """Return B over the ends of spans (of one code, or of any), in code points in scope, pooled over pairs and documents.

    `near`: from how many characters apart two ends are no near miss any more.
    """
    chosen = spans if code is None else spans.only(codes=[code])
    made = ratio_result(
        spans,
        _edited(chosen, near),
        _similarity,
        coefficient="boundary_similarity",
        unit="boundary",
        interval=interval,
    )
    return replace(made, parameters={"near": near, "code": code or "all codes"})


def _edited(spans: SpanSet, near: int) -> FloatArray:
    """Return (documents compared × pairs × 2): the cost of the edits and how many boundaries there are."""
    ends: dict[tuple[int, int], set[int]] = {}
    placed = united_spans(spans)
    columns = (placed.document, placed.coder, placed.start, placed.end)
    for document, coder, start, end in zip(*(column.tolist() for column in columns), strict=True):
        ends.setdefault((document, coder), set()).update((start, end))
    compared, pairs = compared_documents(spans).tolist(), coder_pairs(spans)
    table = np.zeros((len(compared), len(pairs), 2))
    for n, document in enumerate(compared):
        for p, (i, j) in enumerate(pairs):
            if spans.assigned[i, document] and spans.assigned[j, document]:
                a, b = ends.get((document, i), set()), ends.get((document, j), set())
                edits = boundary_edits(a, b, near=near)
                table[n, p] = edits.cost, edits.count
    return table


def _similarity(sums: FloatArray) -> FloatArray:
    return 1 - divided(sums[..., 0], sums[..., 1])
