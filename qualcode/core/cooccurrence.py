"""Which codes stand together: within one coder or in the consensus, never across coders."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]


class Relation(enum.StrEnum):
    """When two codings stand together."""

    OVERLAP = "overlap"
    TURN = "turn"
    SENTENCE = "sentence"
    NEAR = "near"


_DENSE = 40_000_000
"""Up to this many places a table of all of them is quicker than sorting."""

NEAR_CHARACTERS = 200
"""How far apart, in code points, two codings may stand that are `near` each other, unless told otherwise."""


@dataclass(frozen=True)
class CodedSpans:
    """Codings as columns. `layer` numbers who coded what (one coder, one round, one document): only codings of the same

    layer can stand together. `document` and `code` number the names in `documents` and `codes`; `revisions` are the ids
    of the documents' revisions."""

    layer: Ints
    document: Ints
    start: Ints
    end: Ints
    code: Ints
    coding_id: Ints
    codes: tuple[str, ...]
    documents: tuple[str, ...]
    revisions: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two codes that stand together. `together` counts pairs of codings (overlap, near) or units (turn, sentence).

    `jaccard` is what both cover over what either covers: characters for overlap, units for turn and sentence; None,
    with `jaccard_reason`, for near, which has no common ground to measure. `first_met` of the codings (or units) of
    the first code meet the second, and the other way round."""

    first: str
    second: str
    together: int
    documents: int
    first_met: int
    second_met: int
    first_all: int
    second_all: int
    jaccard: float | None
    jaccard_reason: str | None = None


@dataclass(frozen=True, slots=True)
class CoOccurrences:
    """All pairs of codes that stand together at least once, most often first."""

    pairs: tuple[Pair, ...]
    relation: Relation
    distance: int | None
    basis: str
    codings: int
    notes: tuple[str, ...] = ()


def relation_from(text: str) -> Relation:
    try:
        return Relation(text.strip().casefold())
    except ValueError:
        raise InputError(
            f"{text!r} is no way to stand together",
            hint="one of " + ", ".join(relation.value for relation in Relation),
        ) from None


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
        pairs = _in_units(spans, units or {})
    else:
        pairs = _side_by_side(spans, distance if relation is Relation.NEAR else None)
    ordered = sorted(pairs, key=lambda pair: (-pair.together, pair.first, pair.second))
    far = distance if relation is Relation.NEAR else None
    return CoOccurrences(tuple(ordered), relation, far, basis, len(spans))


def _side_by_side(spans: CodedSpans, distance: int | None) -> list[Pair]:
    """Count pairs of codings that overlap, or lie within a distance."""
    import numpy as np

    reach = 0 if distance is None else distance + 1
    left, right = _meeting(spans, reach)
    differ = spans.code[left] != spans.code[right]
    left, right = left[differ], right[differ]
    size = len(spans.codes)
    low = np.minimum(spans.code[left], spans.code[right])
    high = np.maximum(spans.code[left], spans.code[right])
    key = low * size + high
    together = _counted(key, size * size)
    documents = _distinct(key, spans.document[left], len(spans.documents), size * size)
    met = _distinct(
        np.concatenate(
            [
                spans.code[left] * size + spans.code[right],
                spans.code[right] * size + spans.code[left],
            ]
        ),
        np.concatenate([left, right]),
        len(spans),
        size * size,
    )
    total = np.bincount(spans.code, minlength=size)
    shared: dict[int, int] = {}
    lengths = np.zeros(size, dtype=np.int64)
    if distance is None:
        shared, lengths = _characters(spans)
    reason = None if distance is None else "codings that are near share no text to measure"
    found = []
    for pair, count in together.items():
        first, second = divmod(pair, size)
        either = int(lengths[first] + lengths[second]) - shared.get(pair, 0)
        found.append(
            Pair(
                spans.codes[first],
                spans.codes[second],
                count,
                documents[pair],
                met[pair],
                met[second * size + first],
                int(total[first]),
                int(total[second]),
                shared[pair] / either if reason is None else None,
                reason,
            )
        )
    return found


def _in_units(spans: CodedSpans, units: Mapping[int, Sequence[tuple[int, int]]]) -> list[Pair]:
    """Count units (of one layer) in which both codes stand."""
    import numpy as np

    place, code, document = _placed(spans, units)
    size = len(spans.codes)
    total = np.bincount(code, minlength=size)
    order = np.argsort(place, kind="stable")
    place, code, document = place[order], code[order], document[order]
    left, right = _same(place)
    low = np.minimum(code[left], code[right])
    high = np.maximum(code[left], code[right])
    key = low * size + high
    together = _counted(key, size * size)
    documents = _distinct(key, document[left], len(spans.documents), size * size)
    found = []
    for pair, count in together.items():
        first, second = divmod(pair, size)
        of_first, of_second = int(total[first]), int(total[second])
        found.append(
            Pair(
                spans.codes[first],
                spans.codes[second],
                count,
                documents[pair],
                count,
                count,
                of_first,
                of_second,
                count / (of_first + of_second - count),
            )
        )
    return found


def _meeting(spans: CodedSpans, reach: int) -> tuple[Ints, Ints]:
    """Return index pairs of codings of one layer where the later begins before the earlier ends (plus `reach`)."""
    import numpy as np

    order = np.lexsort((spans.end, spans.start, spans.layer))
    # One axis for all layers: each layer begins behind the furthest end of the one before it.
    stride = int(spans.end.max(initial=0)) + reach + 1
    begin = spans.layer[order] * stride + spans.start[order]
    finish = spans.layer[order] * stride + np.minimum(spans.end[order] + reach, stride - 1)
    last = np.searchsorted(begin, finish, side="left")
    counts = np.maximum(last - np.arange(len(order)) - 1, 0)
    left = np.repeat(np.arange(len(order)), counts)
    offsets = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[left], order[left + 1 + offsets]


def _characters(spans: CodedSpans) -> tuple[dict[int, int], Ints]:
    """Return, in code points, what two codes cover both (by low * size + high) and what each code covers."""
    import numpy as np

    merged = _merged(spans)
    size = len(spans.codes)
    lengths = np.bincount(
        merged.code, weights=(merged.end - merged.start).astype(float), minlength=size
    ).astype(np.int64)
    left, right = _meeting(merged, 0)
    shared = np.minimum(merged.end[left], merged.end[right]) - np.maximum(
        merged.start[left], merged.start[right]
    )
    low = np.minimum(merged.code[left], merged.code[right])
    high = np.maximum(merged.code[left], merged.code[right])
    return _counted(low * size + high, size * size, shared), lengths


def _merged(spans: CodedSpans) -> CodedSpans:
    """Return the spans with those of one code and layer that touch joined, so that nothing is covered twice."""
    import numpy as np

    if not len(spans):
        return spans
    order = np.lexsort((spans.end, spans.start, spans.code, spans.layer))
    group = spans.layer[order] * len(spans.codes) + spans.code[order]
    _, number = np.unique(group, return_inverse=True)
    stride = int(spans.end.max()) + 1
    begin = number * stride + spans.start[order]
    reach = np.maximum.accumulate(number * stride + spans.end[order])
    opens = np.ones(len(order), dtype=bool)
    opens[1:] = begin[1:] > reach[:-1]
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(order)) - 1
    kept = order[first]
    return CodedSpans(
        spans.layer[kept],
        spans.document[kept],
        spans.start[kept],
        reach[last] - number[first] * stride,
        spans.code[kept],
        spans.coding_id[kept],
        spans.codes,
        spans.documents,
        spans.revisions,
    )


def _placed(
    spans: CodedSpans, units: Mapping[int, Sequence[tuple[int, int]]]
) -> tuple[Ints, Ints, Ints]:
    """Return (place, code, document) for every unit of a layer that a code touches, each once."""
    import numpy as np

    index, unit = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for document, given in units.items():
        here = np.flatnonzero(spans.document == document)
        if not len(here) or not given:
            continue
        table = np.asarray(given, dtype=np.int64)
        first = np.searchsorted(table[:, 1], spans.start[here], side="right")
        last = np.searchsorted(table[:, 0], spans.end[here], side="left")
        counts = np.maximum(last - first, 0)
        repeated = np.repeat(here, counts)
        offsets = np.arange(len(repeated)) - np.repeat(np.cumsum(counts) - counts, counts)
        index.append(repeated)
        unit.append(np.repeat(first, counts) + offsets)
    of_span = np.concatenate(index)
    numbers = np.concatenate(unit)
    stride = int(numbers.max(initial=0)) + 1
    place = spans.layer[of_span] * stride + numbers
    size = len(spans.codes)
    distinct, kept = np.unique(place * size + spans.code[of_span], return_index=True)
    return distinct // size, distinct % size, spans.document[of_span[kept]]


def _same(place: Ints) -> tuple[Ints, Ints]:
    """Return index pairs of equal, sorted places."""
    import numpy as np

    last = np.searchsorted(place, place, side="right")
    counts = last - np.arange(len(place)) - 1
    left = np.repeat(np.arange(len(place)), counts)
    offsets = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    return left, left + 1 + offsets


def _counted(keys: Ints, bound: int, weights: Ints | None = None) -> dict[int, int]:
    """Return for each key (below `bound`) how often it occurs, or the sum of its weights; absent keys are left out."""
    import numpy as np

    if bound > _DENSE:
        found, inverse = np.unique(keys, return_inverse=True)
    else:
        found, inverse = np.flatnonzero(np.bincount(keys, minlength=1)), None
    place = keys if inverse is None else inverse
    sums = np.bincount(place, None if weights is None else weights.astype(float), minlength=1)
    totals = (sums if inverse is not None else sums[found]).astype(np.int64)
    return dict(zip(found.tolist(), totals[: len(found)].tolist(), strict=True))


def _distinct(keys: Ints, of: Ints, size: int, bound: int) -> dict[int, int]:
    """Return for each key (below `bound`) how many different values of `of` (all below `size`) go with it."""
    import numpy as np

    both = keys * max(size, 1) + of
    if bound * size <= _DENSE:
        flags = np.zeros(bound * size, dtype=bool)
        flags[both] = True
        both = np.flatnonzero(flags)
    else:
        # sorting beats a hash table several times over on millions of numbers
        both = np.sort(both)
        both = both[np.append(True, both[1:] != both[:-1])] if len(both) else both
    return _counted(both // max(size, 1), bound)
