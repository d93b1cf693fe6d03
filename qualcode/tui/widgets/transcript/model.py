"""One open document as the pane knows it: rows, marks, lanes, selection, and which rows each change dirties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.core.documents import Reading, Turn
from qualcode.tui.widgets.transcript.marks import STRIPE, Lanes, Layer, Mark, MarkIndex
from qualcode.tui.widgets.transcript.selection import Selection, at_start
from qualcode.tui.widgets.transcript.units import Units
from qualcode.tui.widgets.transcript.wrap import Blocks, WrapTable

Rows = set[int]

_MOST_PLACED_SINGLY = 1500

NAME_ROWS = 6
"""On how many rows the names of codes that begin on one row may stand."""


class TranscriptModel:
    """Offsets are code points of the reading's text. Every change answers with the rows that look different now."""

    def __init__(self, reading: Reading, *, width: int = 72) -> None:
        self.text = reading.text
        self.blocks = Blocks(reading.text, reading.turns)
        self.units = Units(reading, self.blocks)
        # the units hold the sentences from here on, in a quarter of the room
        self.reading = replace(reading, sentences=())
        self.marks = MarkIndex()
        self.table = WrapTable(self.blocks, width)
        self.lanes = Lanes(self.table.rows_of)
        self.selection = at_start(self.units)
        self.current: int | None = None
        """The key of the mark that removing, recoding and memos act upon."""

    def rewrap(self, width: int) -> bool:
        """Lay the text out anew; False when the width has not changed."""
        if width == self.table.width:
            return False
        self.table = WrapTable(self.blocks, width)
        self.lanes = Lanes(self.table.rows_of)
        self._assign_lanes()
        return True

    def load(self, marks: Iterable[Mark]) -> None:
        """Replace all marks."""
        self.marks = MarkIndex(marks)
        self._assign_lanes()
        self.current = None
        self._choose_current()

    def add(self, mark: Mark) -> Rows:
        """Add a mark in the lowest free lane; an existing mark of this key is replaced."""
        dirty = self.remove(mark.key) if mark.key in self.marks else set()
        self.marks.add(mark)
        if mark.layer in STRIPE:
            self.lanes.place(mark, self._around(mark))
        if mark.layer is Layer.OWN and self._touches(mark):
            dirty |= self.focus(mark.key)
        return dirty | self._rows(mark)

    def remove(self, key: int) -> Rows:
        """Remove a mark; nothing happens when there is none of this key."""
        mark = self.marks.remove(key)
        if mark is None:
            return set()
        dirty = self._rows(mark)
        self.lanes.drop(key)
        if self.current == key:
            self.current = None
            dirty |= self._choose_current()
        return dirty

    def replace_layer(self, layer: Layer, marks: Iterable[Mark]) -> Rows:
        """Replace the marks of one layer."""
        dirty: Rows = set()
        for mark in self.marks.all():
            if mark.layer is layer:
                dirty |= self.remove(mark.key)
        for mark in marks:
            dirty |= self.add(mark)
        return dirty

    def select(self, selection: Selection) -> Rows:
        """Change the selection; only rows that differ between the old and the new one are dirty."""
        old, self.selection = self.selection, selection
        dirty = self._difference(old, selection)
        return dirty | self._choose_current()

    def focus(self, key: int | None) -> Rows:
        """Make this mark the current one."""
        if key == self.current:
            return set()
        dirty: Rows = set()
        for changed in (self.current, key):
            mark = None if changed is None else self.marks.get(changed)
            if mark is not None:
                dirty |= self._rows(mark)
        self.current = key
        return dirty

    def here(self) -> list[Mark]:
        """Return the striped marks that touch the selection, narrowest first."""
        found = self.marks.over(
            self.selection.start, max(self.selection.end, self.selection.start + 1)
        )
        striped = [mark for mark in found if mark.layer in STRIPE]
        return sorted(striped, key=lambda mark: (mark.end - mark.start, mark.start, mark.key))

    def marks_on(self, row: int) -> list[Mark]:
        """Return the marks that show on this row."""
        low, high = self.table.reach(row)
        return self.marks.over(low, max(high, low + 1))

    def turn_at(self, offset: int) -> Turn | None:
        """Return the turn that holds this offset; None outside every turn."""
        index = self.blocks.turn[self.blocks.at(offset)]
        return None if index < 0 else self.reading.turns[index]

    def turn_of_row(self, row: int) -> tuple[int, Turn | None, int]:
        """Return the index of the row's turn (-1: none), the turn, and how many of its rows stand above."""
        index = self.blocks.turn[self.table.block[row]]
        if index < 0:
            return -1, None, 0
        first = self.table.first[self.blocks.first_of_turn[index]]
        return index, self.reading.turns[index], row - first

    def _assign_lanes(self) -> None:
        """Give the coder's own marks the first lanes, so that others' never push them out of sight."""
        marks = self.marks.all()
        others = [mark for mark in marks if mark.layer is not Layer.OWN]
        if len(others) > _MOST_PLACED_SINGLY:
            self.lanes.assign(marks)
            return
        self.lanes.assign(mark for mark in marks if mark.layer is Layer.OWN)
        for mark in others:
            self.lanes.place(mark, self._around(mark))

    def _choose_current(self) -> Rows:
        """Keep the current mark while it is touched, otherwise take the narrowest own one here."""
        if self.current is not None:
            mark = self.marks.get(self.current)
            if mark is not None and self._touches(mark):
                return set()
        here = self.here()
        own = [mark for mark in here if mark.layer is Layer.OWN]
        best = (own or here)[:1]
        return self.focus(best[0].key if best else None)

    def _touches(self, mark: Mark) -> bool:
        end = max(self.selection.end, self.selection.start + 1)
        return mark.start < end and self.selection.start < mark.end

    def _rows(self, mark: Mark) -> Rows:
        """Return the rows a mark shows on, whether it is still there or not."""
        rows = self.table.rows_of(mark.start, mark.end)
        return {*rows, *self._named_rows(rows.start)}

    def _named_rows(self, row: int) -> range:
        """Return the rows whose names depend on what begins on this row: as many as codes wait for one, here or from
        the rows above, and the row before, which may say how many names found no row."""
        table = self.table
        first = max(row - NAME_ROWS + 1, 0)
        begun: dict[int, set[str]] = {row: {""}}
        for mark in self.marks.over(table.reach(first)[0], table.reach(row)[1]):
            start = table.row_of(mark.start)
            if mark.layer in STRIPE and first <= start <= row:
                begun.setdefault(start, set()).add(mark.code)
        last = max(start + min(len(codes), NAME_ROWS) for start, codes in begun.items())
        return range(max(row - 1, 0), max(last, row + 1))

    def _around(self, mark: Mark) -> list[Mark]:
        rows = self.table.rows_of(mark.start, mark.end)
        return self.marks.over(self.table.reach(rows.start)[0], self.table.reach(rows.stop - 1)[1])

    def _difference(self, old: Selection, new: Selection) -> Rows:
        """Return the rows of the symmetric difference of both spans, and those of both active ends."""
        rows_of, row_of = self.table.rows_of, self.table.row_of
        dirty: Rows = {row_of(old.active), row_of(new.active)}
        if old.end <= new.start or new.end <= old.start:
            dirty.update(rows_of(*old.span))
            dirty.update(rows_of(*new.span))
            return dirty
        if old.start != new.start:
            dirty.update(rows_of(min(old.start, new.start), max(old.start, new.start)))
        if old.end != new.end:
            dirty.update(rows_of(min(old.end, new.end), max(old.end, new.end)))
        return dirty
