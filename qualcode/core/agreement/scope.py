"""The text that counts: intervals per document, and offsets counted as if the rest were cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import InputError

IntArray = NDArray[np.int64]
Intervals = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Disjoint half-open intervals in code points, sorted by document and start; `lengths` of the whole documents.

    `sizes` are the lengths of what is in scope. An offset is *squeezed* when it counts only text in scope.
    """

    lengths: IntArray
    document: IntArray
    start: IntArray
    end: IntArray
    sizes: IntArray

    @staticmethod
    def whole(lengths: IntArray) -> Scope:
        """Return the scope that holds all of every document."""
        filled = np.flatnonzero(lengths > 0)
        return Scope(lengths, filled, np.zeros_like(filled), lengths[filled], lengths)

    @staticmethod
    def of(lengths: IntArray, intervals: Sequence[Intervals | None]) -> Scope:
        """Return the scope of these intervals per document; None is the whole document. Overlaps are united."""
        rows: list[tuple[int, int, int]] = []
        for document, chosen in enumerate(intervals):
            length = int(lengths[document])
            given = [(0, length)] if chosen is None else sorted(chosen)
            rows.extend((document, start, end) for start, end in _united(given, length))
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        sizes = np.bincount(
            table[:, 0], weights=table[:, 2] - table[:, 1], minlength=len(lengths)
        ).astype(np.int64)
        return Scope(lengths, table[:, 0], table[:, 1], table[:, 2], sizes)

    def squeeze(self, document: IntArray, offset: IntArray) -> IntArray:
        """Return how much text in scope stands before each offset of its document."""
        if not len(self.document):
            return np.zeros_like(offset)
        if len(self.document) == len(np.unique(self.document)):
            first = np.zeros_like(self.lengths)
            last = np.zeros_like(self.lengths)
            first[self.document] = self.start
            last[self.document] = self.end
            low = first[document]
            return np.clip(offset, low, last[document]) - low
        return self._squeeze_many(document, offset)

    def _squeeze_many(self, document: IntArray, offset: IntArray) -> IntArray:
        stride = int(self.lengths.max()) + 1
        before = np.concatenate([[0], np.cumsum(self.end - self.start)])
        row = np.searchsorted(
            self.document * stride + self.start, document * stride + offset, side="right"
        )
        held = np.maximum(row - 1, 0)
        inside = np.minimum(offset, self.end[held]) - self.start[held]
        same = (row > 0) & (self.document[held] == document)
        base = np.concatenate([[0], np.cumsum(self.sizes)])[document]
        squeezed = np.where(same, before[held] + inside - base, 0)
        return squeezed.astype(np.int64)

    def expand(
        self, document: IntArray, start: IntArray, end: IntArray
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Return (row, start, end) of the intervals of the documents that squeezed stretches came from.

        A stretch that bridges text out of scope gives several intervals under its row.
        """
        before = np.concatenate([[0], np.cumsum(self.end - self.start)])
        base = np.concatenate([[0], np.cumsum(self.sizes)])[document]
        low, high = base + start, base + end
        first = np.searchsorted(before, low, side="right") - 1
        pieces = np.searchsorted(before, high, side="left") - first
        row = np.repeat(np.arange(len(low)), pieces)
        interval = np.arange(len(row)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + first[row]
        shift = self.start[interval] - before[interval]
        left = np.maximum(low[row], before[interval]) + shift
        right = np.minimum(high[row], before[interval + 1]) + shift
        return row, left, right


def _united(intervals: Intervals, length: int) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in intervals:
        if start < 0 or end > length or end < start:
            raise InputError(
                f"the scope {start}–{end} does not lie in a text of {length} characters",
                hint="give intervals [start, end) inside the document",
            )
        if start == end:
            continue
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
