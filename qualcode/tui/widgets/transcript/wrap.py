"""The wrap table: which stretch of a text stands on which screen row, and back."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from qualcode.core.documents import Turn
from qualcode.tui.widgets.transcript.display import NOT_PLAIN, Clusters, clusters_of


class Blocks:
    """The lines of a document in order: every turn cut at its line feeds, and what stands between turns.

    `turn[i]` is the index of the block's turn, or -1 for text outside every turn. Line feed is the only line end.
    """

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self.text = text
        self.start = array("i")
        self.end = array("i")
        self.turn = array("i")
        self.first_of_turn: dict[int, int] = {}
        self._clusters: dict[int, Clusters] = {}
        self._cut(turns)
        self.odd = self._odd_blocks()

    def __len__(self) -> int:
        return len(self.start)

    def at(self, offset: int) -> int:
        """Return the block that holds this offset, or the last that begins before it."""
        return max(bisect_right(self.start, offset) - 1, 0)

    def clusters(self, block: int) -> Clusters | None:
        """Return the clusters of a block, or None where every code point is one cluster of one cell."""
        if block not in self.odd:
            return None
        found = self._clusters.get(block)
        if found is None:
            found = clusters_of(self.text, self.start[block], self.end[block])
            self._clusters[block] = found
        return found

    def _cut(self, turns: Sequence[Turn]) -> None:
        done = 0
        for index, turn in enumerate(turns):
            self._between(done, turn.start, turn.speaker)
            self.first_of_turn[index] = len(self.start)
            self._lines(turn.start, turn.end, index)
            done = max(done, turn.end)
        self._between(done, len(self.text), None)
        if not self.start:
            self._add(0, 0, -1)

    def _between(self, start: int, end: int, speaker: str | None) -> None:
        """Keep text between turns, unless it is only the label that the speaker column shows anyway."""
        gap = self.text[start:end]
        if not gap.strip() or (speaker is not None and speaker in gap):
            return
        for line in self._line_spans(start, end):
            if self.text[line[0] : line[1]].strip():
                self._add(*line, -1)

    def _lines(self, start: int, end: int, turn: int) -> None:
        for line in self._line_spans(start, end):
            self._add(*line, turn)

    def _line_spans(self, start: int, end: int) -> list[tuple[int, int]]:
        spans = []
        while True:
            cut = self.text.find("\n", start, end)
            if cut < 0:
                spans.append((start, end))
                return spans
            spans.append((start, cut))
            start = cut + 1

    def _add(self, start: int, end: int, turn: int) -> None:
        self.start.append(start)
        self.end.append(end)
        self.turn.append(turn)

    def _odd_blocks(self) -> frozenset[int]:
        odd: set[int] = set()
        found = NOT_PLAIN.search(self.text)
        while found is not None:
            block = self.at(found.start())
            odd.add(block)
            found = NOT_PLAIN.search(self.text, max(self.end[block], found.start() + 1))
        return frozenset(odd)


class WrapTable:
    """Rows of at most `width` cells. Rows of a block follow each other without a gap; no cluster is torn."""

    def __init__(self, blocks: Blocks, width: int) -> None:
        self.blocks = blocks
        self.width = max(width, 1)
        self.start = array("i")
        self.end = array("i")
        self.block = array("i")
        self.first = array("i")
        for block in range(len(blocks)):
            self.first.append(len(self.start))
            clusters = blocks.clusters(block)
            if clusters is None:
                self._wrap_plain(block)
            else:
                self._wrap_clusters(block, clusters)

    def __len__(self) -> int:
        return len(self.start)

    def row_of(self, offset: int) -> int:
        """Return the row that shows this offset; for an offset that is not drawn, the row before it."""
        return max(bisect_right(self.start, offset) - 1, 0)

    def rows_of(self, start: int, end: int) -> range:
        """Return the rows that show any of `[start, end)`; at least one."""
        return range(self.row_of(start), self.row_of(max(end - 1, start)) + 1)

    def reach(self, row: int) -> tuple[int, int]:
        """Return all offsets that count for this row: its own, and those after it that no row shows."""
        low = self.start[row] if row else 0
        last = row + 1 == len(self)
        return low, len(self.blocks.text) + 1 if last else max(self.start[row + 1], self.end[row])

    def cell_of(self, row: int, offset: int) -> int:
        """Return the cell, from the left edge of the row's text, where this offset is drawn."""
        offset = min(max(offset, self.start[row]), self.end[row])
        clusters = self.blocks.clusters(self.block[row])
        if clusters is None:
            return offset - self.start[row]
        before = clusters.cells[clusters.index_at(self.start[row])]
        return clusters.cells[clusters.index_at(offset)] - before

    def offset_at(self, row: int, cell: int) -> int:
        """Return the offset of the cluster drawn at this cell; the row's end right of its last cluster."""
        start, end = self.start[row], self.end[row]
        cell = max(cell, 0)
        clusters = self.blocks.clusters(self.block[row])
        if clusters is None:
            return min(start + cell, end)
        before = clusters.cells[clusters.index_at(start)]
        if before + cell >= clusters.cells[clusters.index_at(end)]:
            return end
        return clusters.starts[clusters.index_of_cell(before + cell)]

    def shown(self, row: int, start: int, end: int) -> str:
        """Return what is drawn of `[start, end)` on this row."""
        start, end = max(start, self.start[row]), min(end, self.end[row])
        if start >= end:
            return ""
        clusters = self.blocks.clusters(self.block[row])
        if clusters is None:
            return self.blocks.text[start:end]
        return "".join(clusters.shown[clusters.index_at(start) : clusters.index_at(end)])

    def cells_of(self, row: int) -> int:
        """Return how many cells the text of this row takes."""
        return self.cell_of(row, self.end[row])

    def _wrap_plain(self, block: int) -> None:
        text, width = self.blocks.text, self.width
        start, end = self.blocks.start[block], self.blocks.end[block]
        add_start, add_end, add_block = self.start.append, self.end.append, self.block.append
        while end - start > width:
            cut = text.rfind(" ", start, start + width + 1)
            stop = start + width if cut <= start else cut + 1
            add_start(start)
            add_end(stop)
            add_block(block)
            start = stop
        add_start(start)
        add_end(end)
        add_block(block)

    def _wrap_clusters(self, block: int, clusters: Clusters) -> None:
        count, first = len(clusters.shown), 0
        cells, starts, shown = clusters.cells, clusters.starts, clusters.shown
        while cells[count] - cells[first] > self.width:
            last = bisect_right(cells, cells[first] + self.width) - 1
            stop = max(last, first + 1)
            step = min(last, count - 1)
            while step > first and shown[step] != " ":
                step -= 1
            if step > first:
                stop = step + 1
            self._add(starts[first], starts[stop], block)
            first = stop
        self._add(starts[first], starts[count], block)

    def _add(self, start: int, end: int, block: int) -> None:
        self.start.append(start)
        self.end.append(end)
        self.block.append(block)
