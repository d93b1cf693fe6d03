"""A list of styled rows with a cursor: documents, rounds, notices, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from qualcode.tui.action_table import Where
from qualcode.tui.actions import bind
from qualcode.tui.widgets.lines import Line, Lines


class RowList(Lines, can_focus=True):
    """`chosen` is called with the index of the row that was taken. Without a cursor it only scrolls."""

    DEFAULT_CSS = """
    RowList { height: 1fr; background: $background; }
    """

    def __init__(self, *places: Where, has_cursor: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        bind(self, Where.LIST, *places)
        self.chosen: Callable[[int], None] = lambda index: None
        self.moved: Callable[[int], None] = lambda index: None
        self._has_cursor = has_cursor
        self._rows: tuple[Line, ...] = ()
        self.cursor = 0
        self._top = 0

    def fill(self, rows: Sequence[Line], *, cursor: int | None = None) -> None:
        """Show these rows; the cursor stays where it is unless told otherwise."""
        self._rows = tuple(rows)
        if cursor is not None:
            self.cursor = cursor
        self._go(self.cursor)

    def action_step(self, by: int) -> None:
        self._go((self.cursor if self._has_cursor else self._top) + by)

    def action_page(self, by: int) -> None:
        self._go(
            (self.cursor if self._has_cursor else self._top) + by * max(self.size.height - 1, 1)
        )

    def action_edge(self, by: int) -> None:
        self._go(0 if by < 0 else len(self._rows))

    def action_choose(self) -> None:
        if self._rows and self._has_cursor:
            self.chosen(self.cursor)

    def on_resize(self) -> None:
        self._go(self.cursor)

    def on_click(self, event: events.Click) -> None:
        if self._has_cursor and self._top + event.y < len(self._rows):
            again = self._top + event.y == self.cursor and event.chain > 1
            self._go(self._top + event.y)
            if again:
                self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.action_step(1 if self._has_cursor else 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.action_step(-1 if self._has_cursor else -3)

    def _go(self, row: int) -> None:
        height = max(self.size.height, 1)
        last = max(len(self._rows) - 1, 0)
        if self._has_cursor:
            self.cursor = min(max(row, 0), last)
            if self.cursor < self._top:
                self._top = self.cursor
            elif self.cursor >= self._top + height:
                self._top = self.cursor - height + 1
            self._top = min(self._top, max(len(self._rows) - height, 0))
            self.moved(self.cursor)
        else:
            self._top = min(max(row, 0), max(len(self._rows) - height, 0))
        self.show(
            [
                self._row(line, chosen=self._has_cursor and self._top + n == self.cursor)
                for n, line in enumerate(self._rows[self._top : self._top + height])
            ]
        )

    def _row(self, line: Line, *, chosen: bool) -> Line:
        if not self._has_cursor:
            return line
        if not chosen:
            return (("  ", ""), *line)
        return (("▸ ", "chosen"), *((text, "chosen") for text, _ in line))
