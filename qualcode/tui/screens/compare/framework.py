"""The screen of the framework matrix: cases by codes, summaries written in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from qualcode.tui.action_table import Where
from qualcode.tui.screens.compare.frame import BranchesPage
from qualcode.tui.screens.compare.framing import FrameworkReading, Place
from qualcode.tui.widgets.lines import Line

_LEAST_TEXT, _MOST_TEXT = 16, 60
_HEAD = 26
_TALL = 30


class FrameworkScreen(BranchesPage[FrameworkReading]):
    """`e` writes the summary of the cell under the cursor, Enter lists the quotations it rests on."""

    WHERE = Where.FRAMEWORK
    FILE = "framework"
    NAME = "Framework"
    TOLD_ROWS: ClassVar[int] = 6
    EMPTY = "no case to sum up: import interviews and participants first"

    def title_lines(self) -> list[Line]:
        source = self.source
        counts = source.counts()
        return [
            (
                (" Framework", "strong"),
                (f"  {source.by} by {source.rows_words}", "key"),
                (f"  {source.whose.words}", "dim"),
            ),
            ((f" {counts}", "warn" if "stale" in counts else "dim"),),
        ]

    @property
    def told_rows(self) -> int:
        """Fewer on a low screen: the cases need the room, and `e` shows a summary in full."""
        return self.TOLD_ROWS if self.size.height >= _TALL else 2

    def show_all(self) -> None:
        self.told.styles.height = self.told_rows
        super().show_all()

    def text_room(self) -> int | None:
        """Return the width that is left for each column with summaries, between bounds that can be read."""
        names = max((len(row.name) for row in self.table.rows), default=8) + 4
        left = self.size.width - min(names, max(self.size.width // 3, 12))
        written = 0
        for n, head in enumerate(self.table.heads):
            widest = max((len(row.figures[n].text) for row in self.table.rows), default=0)
            if widest > _LEAST_TEXT:
                written += 1
            left -= max(min(len(head), _HEAD), min(widest, _LEAST_TEXT)) + 2
        return min(max(left // max(written, 1) + _LEAST_TEXT, _LEAST_TEXT), _MOST_TEXT)

    @property
    def place(self) -> Place:
        """The cell under the cursor; of no code and no case where there is none."""
        column = self.grid.column
        code = self.table.keys[column] if column < len(self.table.keys) else ""
        return code, self.grid.key or ""

    def code_here(self) -> str | None:
        return self.place[0] or None

    def action_choose_cases(self) -> None:
        choices = self.source.case_choices()
        names = [name for name, _ in choices]

        def take(index: int) -> None:
            self.change(lambda: self.source.show_cases(names[index]))

        at = names.index(self.source.by) if self.source.by in names else 0
        lines: list[Line] = [((name, "strong"), (f"  {said}", "dim")) for name, said in choices]
        self.choose("what the cases are", lines, take, at=at)

    def action_write_summary(self) -> None:
        """Write the summary of this cell on several lines."""
        place = self.place

        def take(text: str) -> str:
            said = self.source.write(place, text)
            self._load()
            return said

        def open_page() -> None:
            text = self.source.summary(place)
            figure = self.figure
            said = figure.told.partition(":")[0] if figure else ""
            self.write(f"summary: {said}", take, text=text)

        self.do(open_page)

    def action_accept(self) -> None:
        self._do(lambda: self.source.accept(self.place))

    def action_remove_summary(self) -> None:
        self._do(lambda: self.source.remove(self.place))

    def action_undo(self) -> None:
        self._do(self.source.undo)

    def action_redo(self) -> None:
        self._do(lambda: self.source.undo(again=True))

    def action_next_stale(self, by: int) -> None:
        self.do(lambda: self._go(by, stale=True))

    def action_next_open(self) -> None:
        self.do(lambda: self._go(1, stale=False))

    def _go(self, by: int, *, stale: bool) -> str:
        places = [(code, row.key) for row in self.table.rows for code in self.table.keys]
        code, case = self.source.next_place(places, self.place, by, stale=stale)
        self.grid.go_to(case, self.table.keys.index(code))
        return ""

    def _do(self, work: Callable[[], str]) -> None:
        def done() -> str:
            said = work()
            self._load()
            return said

        self.do(done)
