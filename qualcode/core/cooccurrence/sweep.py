"""Codings that overlap or lie near each other: one sweep over sorted codings, some documents at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.core.cooccurrence.tallies import by_document, different, joined, tally
from qualcode.core.cooccurrence.values import CodedSpans, Pair

if TYPE_CHECKING:
    from qualcode.core.cooccurrence.values import Ints


def side_by_side(spans: CodedSpans, distance: int | None) -> list[Pair]:
    """Return the pairs of codes whose codings overlap, or lie at most a distance apart."""
    import numpy as np

    size = len(spans.codes)
    sums = _Sums(size)
    reach = 0 if distance is None else distance + 1
    order, stretches = by_document(spans)
    for stretch in stretches:
        _sweep(_Block.of(spans, order[stretch]), size, reach, sums)
    total = np.bincount(spans.code, minlength=size).tolist()
    reason = None if distance is None else "codings that are near share no text to measure"
    met = sums.met()
    found = []
    for pair, together, documents, shared in sums.pairs():
        first, second = divmod(pair, size)
        jaccard = None
        if reason is None:
            jaccard = shared / (int(sums.lengths[first] + sums.lengths[second]) - shared)
        found.append(
            Pair(
                spans.codes[first],
                spans.codes[second],
                together,
                documents,
                met[pair],
                met[second * size + first],
                total[first],
                total[second],
                jaccard,
                reason,
            )
        )
    return found


@dataclass(frozen=True)
class _Block:
    """The codings of some documents, by layer and start; layers and documents are numbered from 0."""

    layer: Ints
    document: Ints
    start: Ints
    end: Ints
    code: Ints

    @classmethod
    def of(cls, spans: CodedSpans, chosen: Ints) -> _Block:
        import numpy as np

        def numbered(column: Ints) -> Ints:
            return np.cumsum(np.append(0, column[1:] != column[:-1]))

        return cls(
            numbered(spans.layer[chosen]),
            numbered(spans.document[chosen]),
            spans.start[chosen],
            spans.end[chosen],
            spans.code[chosen],
        )


@dataclass
class _Sums:
    """What the blocks come to. A pair of codes is the number `low * size + high`, a direction `from * size + to`."""

    size: int
    _pair: list[Ints] = field(default_factory=list)
    _together: list[Ints] = field(default_factory=list)
    _shared: list[Ints] = field(default_factory=list)
    _direction: list[Ints] = field(default_factory=list)
    _met: list[Ints] = field(default_factory=list)
    lengths: Ints = field(init=False)

    def __post_init__(self) -> None:
        import numpy as np

        self.lengths = np.zeros(self.size, dtype=np.int64)

    def add(self, pair: Ints, together: Ints, shared: Ints) -> None:
        """Add the pairs of one block, a pair once for each document."""
        self._pair.append(pair)
        self._together.append(together)
        self._shared.append(shared)

    def add_met(self, direction: Ints, count: Ints) -> None:
        self._direction.append(direction)
        self._met.append(count)

    def pairs(self) -> list[tuple[int, int, int, int]]:
        """Return (pair, pairs of codings, documents, code points of both) for each pair that occurs."""
        keys, bound = joined(self._pair), self.size * self.size
        pair, documents = tally(keys, bound)
        _, together = tally(keys, bound, joined(self._together))
        _, shared = tally(keys, bound, joined(self._shared))
        columns = (pair, together, documents, shared)
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def met(self) -> dict[int, int]:
        """Return for each direction how many codings of the one code meet the other."""
        keys = joined(self._direction)
        found, counts = tally(keys, self.size * self.size, joined(self._met))
        return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _sweep(block: _Block, size: int, reach: int, sums: _Sums) -> None:
    """Take every two codings of one layer of which the later begins before the earlier ends (plus `reach`)."""
    import numpy as np

    counts, right = _meeting(block, reach)
    one, other = np.repeat(block.code, counts), block.code[right]
    documents = int(block.document[-1]) + 1
    key = np.minimum(one, other) * size + np.maximum(one, other)
    key += np.repeat(block.document * (size * size), counts)
    bound = documents * size * size
    pair, together = tally(key, bound)
    shared = np.zeros_like(together)
    if not reach:
        start, end = _first_covered(block, size)
        sums.lengths += _weighed(block.code, end - start, size)
        both = np.minimum(np.repeat(end, counts), end[right])
        both -= np.maximum(np.repeat(start, counts), start[right])
        _, shared = tally(key, bound, np.maximum(both, 0))
    pair %= size * size
    differ = pair // size != pair % size
    sums.add(pair[differ], together[differ], shared[differ])
    index = np.arange(len(block.code)) * size
    meets = np.concatenate([np.repeat(index, counts) + other, right * size + one])
    who, whom = np.divmod(different(meets, len(block.code) * size), size)
    sums.add_met(*tally(block.code[who] * size + whom, size * size))


def _meeting(block: _Block, reach: int) -> tuple[Ints, Ints]:
    """Return how many later codings each coding meets, and which these are, coding by coding."""
    import numpy as np

    # One axis for all layers: each layer begins behind the furthest end of the one before it.
    stride = int(block.end.max()) + reach + 1
    begin = block.layer * stride + block.start
    finish = block.layer * stride + np.minimum(block.end + reach, stride - 1)
    after = np.arange(1, len(begin) + 1)
    counts = np.searchsorted(begin, finish, side="left") - after
    shift = after - (np.cumsum(counts) - counts)
    return counts, np.arange(int(counts.sum())) + np.repeat(shift, counts)


def _first_covered(block: _Block, size: int) -> tuple[Ints, Ints]:
    """Return of each coding the stretch that no earlier coding of its code and layer covers; it may be empty.

    Together they are what the code covers, nothing twice, so that what two codes share adds up over pairs."""
    import numpy as np

    group = block.layer * size + block.code
    order = np.argsort(_narrow(group), kind="stable")
    stride = int(block.end.max()) + 1
    base = group[order] * stride
    start, end = base + block.start[order], base + block.end[order]
    reached = np.append(0, np.maximum.accumulate(end)[:-1])
    first = np.maximum(start, reached)
    begin, finish = np.empty_like(start), np.empty_like(end)
    begin[order], finish[order] = first - base, np.maximum(end, first) - base
    return begin, finish


def _narrow(numbers: Ints) -> Ints:
    """Return small numbers in sixteen bits, which sort several times quicker."""
    import numpy as np

    fits = int(numbers.max(initial=0)) < 1 << 16
    return numbers.astype(np.uint16) if fits else numbers


def _weighed(keys: Ints, weights: Ints, bound: int) -> Ints:
    import numpy as np

    return np.bincount(keys, weights.astype(float), minlength=bound).astype(np.int64)
