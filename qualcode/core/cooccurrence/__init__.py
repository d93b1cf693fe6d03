"""Which codes stand together: within one coder or in the consensus, never across coders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.core.cooccurrence.sweep import side_by_side
from qualcode.core.cooccurrence.units import in_units
from qualcode.core.cooccurrence.values import (
    NEAR_CHARACTERS,
    CodedSpans,
    CoOccurrences,
    Pair,
    Relation,
    relation_from,
)

__all__ = [
    "NEAR_CHARACTERS",
    "CoOccurrences",
    "CodedSpans",
    "Pair",
    "Relation",
    "count_together",
    "relation_from",
]


def count_together(
    spans: CodedSpans,
    relation: Relation,
    *,
    distance: int = NEAR_CHARACTERS,
    units: Mapping[int, Sequence[tuple[int, int]]] | None = None,
    basis: str = "consensus",
) -> CoOccurrences:
    """Return every pair of different codes that stand together.

    `units` gives the turns or sentences `[start, end)` of each document by its number; a coding stands in every unit
    it touches. `near` counts codings with at most `distance` code points between them, overlapping ones included.
    One sort and one sweep: O(n log n + pairs)."""
    if relation in (Relation.TURN, Relation.SENTENCE):
        pairs = in_units(spans, units or {})
    else:
        pairs = side_by_side(spans, distance if relation is Relation.NEAR else None)
    ordered = sorted(pairs, key=lambda pair: (-pair.together, pair.first, pair.second))
    far = distance if relation is Relation.NEAR else None
    return CoOccurrences(tuple(ordered), relation, far, basis, len(spans))
