"""Codes that stand in the same turns or sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from qualcode.core.cooccurrence.tallies import by_document, different, joined, runs, tally
from qualcode.core.cooccurrence.values import CodedSpans, Pair

if TYPE_CHECKING:
    from qualcode.core.cooccurrence.values import Ints

Units: TypeAlias = Mapping[int, Sequence[tuple[int, int]]]
"""The turns or sentences `[start, end)` of each document by its number, in order."""


def in_units(spans: CodedSpans, units: Units) -> list[Pair]:
    """Return the pairs of codes that stand in the same unit of one layer, and in how many."""
    import numpy as np

    size = len(spans.codes)
    total = np.zeros(size, dtype=np.int64)
    pairs: list[Ints] = []
    counts: list[Ints] = []
    order, stretches = by_document(spans)
    for stretch in stretches:
        place, code, document = _placed(spans, order[stretch], units)
        total += np.bincount(code, minlength=size)
        # places are in order: those that follow a place and equal it are its own
        after = np.arange(1, len(place) + 1)
        left, offset = runs(np.searchsorted(place, place, side="right") - after)
        right = left + 1 + offset
        key = (document[left] * size + code[left]) * size + code[right]
        found, count = tally(key, (int(document.max(initial=0)) + 1) * size * size)
        pairs.append(found % (size * size))
        counts.append(count)
    keys = joined(pairs)
    found, documents = tally(keys, size * size)
    _, together = tally(keys, size * size, joined(counts))
    figures = zip(found.tolist(), together.tolist(), documents.tolist(), strict=True)
    return [_pair(spans.codes, total, *one) for one in figures]


def _pair(codes: tuple[str, ...], total: Ints, pair: int, count: int, documents: int) -> Pair:
    first, second = divmod(pair, len(codes))
    of_first, of_second = int(total[first]), int(total[second])
    return Pair(
        codes[first],
        codes[second],
        count,
        documents,
        count,
        count,
        of_first,
        of_second,
        count / (of_first + of_second - count),
    )


def _placed(spans: CodedSpans, chosen: Ints, units: Units) -> tuple[Ints, Ints, Ints]:
    """Return (place, code, document) for every unit of a layer that a code touches, each once, by place and code.

    Documents are numbered from 0 in the order of the chosen codings, which are those of whole documents."""
    import numpy as np

    code, layer, document = spans.code[chosen], spans.layer[chosen], spans.document[chosen]
    start, end = spans.start[chosen], spans.end[chosen]
    begins = np.append(0, np.flatnonzero(document[1:] != document[:-1]) + 1)
    ends = np.append(begins[1:], len(document))
    first, last = np.zeros_like(code), np.zeros_like(code)
    for begin, finish in zip(begins.tolist(), ends.tolist(), strict=True):
        given = units.get(int(document[begin]), ())
        if len(given):
            table = np.asarray(given, dtype=np.int64)
            here = slice(begin, finish)
            first[here] = np.searchsorted(table[:, 1], start[here], side="right")
            last[here] = np.searchsorted(table[:, 0], end[here], side="left")
    of_span, offset = runs(np.maximum(last - first, 0))
    unit = first[of_span] + offset
    # numbers from 0 for what occurs here: documents and their layers, in order
    number = np.cumsum(np.append(0, layer[1:] != layer[:-1]))
    stride = int(unit.max(initial=0)) + 1
    size = len(spans.codes)
    bound = (int(number[-1]) + 1) * stride * size
    found = different((number[of_span] * stride + unit) * size + code[of_span], bound)
    place, its_code = np.divmod(found, size)
    of_number = np.zeros(int(number[-1]) + 1, dtype=np.int64)
    of_number[number] = np.cumsum(np.append(0, document[1:] != document[:-1]))
    return place, its_code, of_number[place // stride]
