"""Counting by whole-numbered keys, with a table of all keys where that is small and by sorting where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from qualcode.core.cooccurrence.values import CodedSpans, Ints

_DENSE = 4_000_000
"""Up to this many places a table of all of them is quicker than sorting."""

_BLOCK = 30_000
"""About so many codings are worked on at a time: their columns fit into the processor's cache."""


def tally(keys: Ints, bound: int, weights: Ints | None = None) -> tuple[Ints, Ints]:
    """Return the different keys (below `bound`) in order, and how often each occurs or what its weights come to."""
    import numpy as np

    inverse: Ints | None = None
    if bound <= _DENSE:
        found = np.flatnonzero(np.bincount(keys, minlength=1))
    else:
        found, inverse = np.unique(keys, return_inverse=True)
    # sums of whole numbers are exact in floating point as far as 2 ** 53
    sums = np.bincount(
        keys if inverse is None else inverse,
        None if weights is None else weights.astype(float),
        minlength=1,
    )
    totals = sums[found] if inverse is None else sums[: len(found)]
    return found, totals.astype(np.int64)


def different(keys: Ints, bound: int) -> Ints:
    """Return the different keys (below `bound`) in order."""
    import numpy as np

    if bound <= _DENSE:
        is_there = np.zeros(bound, dtype=bool)
        is_there[keys] = True
        return np.flatnonzero(is_there)
    # sorting beats a hash table several times over on millions of numbers
    ordered = np.sort(keys)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def joined(parts: Sequence[Ints]) -> Ints:
    import numpy as np

    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def runs(counts: Ints) -> tuple[Ints, Ints]:
    """Return for runs of these lengths, one after the other: which run each place is in, and its place within it."""
    import numpy as np

    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)


def by_document(spans: CodedSpans) -> tuple[Ints, Iterator[slice]]:
    """Return the order of the codings by document, layer and start, and stretches of it that hold whole documents."""
    import numpy as np

    layers = int(spans.layer.max(initial=0)) + 1
    stride = int(spans.start.max(initial=0)) + 1
    place = (spans.document * layers + spans.layer) * stride + spans.start
    order = np.arange(len(spans))
    if np.any(place[1:] < place[:-1]):
        order = np.argsort(place, kind="stable")
    return order, _stretches(spans.document[order])


def _stretches(document: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Iterator[slice]:
    import numpy as np

    begins = np.flatnonzero(document[1:] != document[:-1]) + 1
    first = 0
    for last in [*begins.tolist(), len(document)]:
        if last - first >= _BLOCK or last == len(document):
            if first < last:
                yield slice(first, last)
            first = last
