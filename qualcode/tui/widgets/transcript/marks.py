"""Marks on a text (codings, suggestions, hits) and the lanes their stripes run in."""

from __future__ import annotations

import enum
import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

_BUCKET = 1024


class Layer(enum.IntEnum):
    """Whose mark it is. The layers differ by glyph, so that colour is never needed to tell them apart."""

    OWN = 0
    OTHER = 1
    CONSENSUS = 2
    SUGGESTION = 3
    HIT = 4
    BOOKMARK = 5


STRIPE = {
    Layer.OWN: "┃",
    Layer.OTHER: "╏",
    Layer.CONSENSUS: "║",
    Layer.SUGGESTION: "┊",
}
CODED = frozenset(STRIPE) - {Layer.SUGGESTION}
"""The layers that are codings: a suggestion has a stripe and is none."""


class Mark(NamedTuple):
    """One mark over `[start, end)` in code points; `key` is unique among the marks of a document."""

    key: int
    start: int
    end: int
    code: str
    layer: Layer = Layer.OWN


class MarkIndex:
    """The marks of one document, found by place in time that does not grow with their number."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._marks: dict[int, Mark] = {mark.key: mark for mark in marks}
        self._order = sorted(self._marks.values(), key=_reading_order)
        self._buckets: dict[int, list[Mark]] = {}
        for mark in self._order:
            for bucket in _buckets(mark):
                self._buckets.setdefault(bucket, []).append(mark)

    def __len__(self) -> int:
        return len(self._marks)

    def __contains__(self, key: int) -> bool:
        return key in self._marks

    def get(self, key: int) -> Mark | None:
        return self._marks.get(key)

    def add(self, mark: Mark) -> None:
        """Add a mark; one of this key must not be there."""
        self._marks[mark.key] = mark
        insort(self._order, mark, key=_reading_order)
        for bucket in _buckets(mark):
            self._buckets.setdefault(bucket, []).append(mark)

    def remove(self, key: int) -> Mark | None:
        """Remove and return the mark of this key, or None when there is none."""
        mark = self._marks.pop(key, None)
        if mark is not None:
            del self._order[self._place(mark)]
            for bucket in _buckets(mark):
                self._buckets[bucket].remove(mark)
        return mark

    def over(self, start: int, end: int) -> list[Mark]:
        """Return the marks that share a code point with `[start, end)`, by start, longest first."""
        found: dict[int, Mark] = {}
        for bucket in range(start // _BUCKET, max(end - 1, start) // _BUCKET + 1):
            for mark in self._buckets.get(bucket, ()):
                if mark.start < end and start < mark.end:
                    found[mark.key] = mark
        return sorted(found.values(), key=_reading_order)

    def all(self) -> list[Mark]:
        """Return every mark in reading order."""
        return list(self._order)

    def walk(self, step: int, *, mark: Mark | None = None, start: int = 0) -> Iterator[Mark]:
        """Go through the marks forward (step 1) or back (-1): from the one after `mark`, else from those that begin
        after (going back, before) the offset `start`."""
        if mark is not None:
            at = self._place(mark) + step
        elif step > 0:
            at = bisect_right(self._order, start, key=_start)
        else:
            at = bisect_left(self._order, start, key=_start) - 1
        while 0 <= at < len(self._order):
            yield self._order[at]
            at += step

    def _place(self, mark: Mark) -> int:
        return bisect_left(self._order, _reading_order(mark), key=_reading_order)


def _buckets(mark: Mark) -> range:
    return range(mark.start // _BUCKET, max(mark.end - 1, mark.start) // _BUCKET + 1)


def _start(mark: Mark) -> int:
    return mark.start


def _reading_order(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, mark.key


class Lanes:
    """A lane for every striped mark, such that two marks that share a row never share a lane.

    Lanes hold for the whole document and do not move when a mark is added or removed.
    """

    def __init__(self, rows_of: Callable[[int, int], range]) -> None:
        self._rows_of = rows_of
        self._lane: dict[int, int] = {}

    def lane(self, key: int) -> int | None:
        return self._lane.get(key)

    def assign(self, marks: Iterable[Mark]) -> None:
        """Give every mark a lane afresh: the lowest that is free on its rows, in reading order."""
        self._lane.clear()
        spans = []
        for mark in marks:
            if mark.layer in STRIPE:
                rows = self._rows_of(mark.start, mark.end)
                spans.append((rows.start, -rows.stop, mark.key))
        spans.sort(key=itemgetter(0, 1, 2))
        busy: list[tuple[int, int]] = []
        free: list[int] = []
        count = 0
        for first, minus_stop, key in spans:
            while busy and busy[0][0] <= first:
                heapq.heappush(free, heapq.heappop(busy)[1])
            if free:
                lane = heapq.heappop(free)
            else:
                lane = count
                count += 1
            heapq.heappush(busy, (-minus_stop, lane))
            self._lane[key] = lane

    def place(self, mark: Mark, neighbours: Iterable[Mark]) -> None:
        """Give one new mark the lowest lane that is free on its rows; nobody else moves."""
        if mark.layer not in STRIPE:
            return
        rows = self._rows_of(mark.start, mark.end)
        taken = set()
        for other in neighbours:
            lane = self._lane.get(other.key)
            if lane is None or other.key == mark.key:
                continue
            theirs = self._rows_of(other.start, other.end)
            if theirs.start < rows.stop and rows.start < theirs.stop:
                taken.add(lane)
        self._lane[mark.key] = next(n for n in range(len(taken) + 1) if n not in taken)

    def drop(self, key: int) -> None:
        self._lane.pop(key, None)
