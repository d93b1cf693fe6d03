"""A line or a page to write in: search words and memos. Always mounted, opened at once."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from qualcode.tui.widgets.lines import Lines


class LineEntry(Vertical):
    """One line at the foot of the screen. Enter answers, Esc dismisses."""

    ROWS = 3
    DEFAULT_CSS = """
    LineEntry { layer: overlay; dock: bottom; display: none; height: 3; background: $panel; border-top: heavy $accent; padding: 0 1; }
    LineEntry > Input { border: none; height: 1; padding: 0; background: $panel; }
    LineEntry > Input:focus { border: none; }
    LineEntry > Lines { background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__(id="line-entry")
        self._answered: Callable[[str], None] = lambda text: None

    def compose(self) -> ComposeResult:
        yield Lines()
        yield Input(select_on_focus=False)

    def open(self, title: str, answered: Callable[[str], None], *, text: str = "") -> None:
        self._answered = answered
        self.query_one(Lines).show([((title, "strong"), ("  ⏎ take  Esc close", "dim"))])
        entry = self.query_one(Input)
        entry.value = text
        entry.cursor_position = len(text)
        self.display = True
        self.screen.set_focus(entry, scroll_visible=False)

    def close(self) -> None:
        self.display = False

    def take(self) -> None:
        text = self.query_one(Input).value
        self.close()
        self._answered(text)


class PageEntry(Vertical):
    """Several lines over the lower half of the screen. Ctrl+S or Esc keeps what is written."""

    ROWS = 10
    DEFAULT_CSS = """
    PageEntry { layer: overlay; dock: bottom; display: none; height: 10; max-height: 80%; background: $panel; border-top: heavy $accent; padding: 0 1; }
    PageEntry > TextArea { border: none; height: 1fr; padding: 0; background: $panel; }
    PageEntry > TextArea:focus { border: none; }
    PageEntry > Lines { background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__(id="page-entry")
        self._answered: Callable[[str], None] = lambda text: None

    def compose(self) -> ComposeResult:
        yield Lines()
        yield TextArea()

    def open(self, title: str, answered: Callable[[str], None], *, text: str = "") -> None:
        self._answered = answered
        self.query_one(Lines).show([((title, "strong"), ("  Esc keep and close", "dim"))])
        area = self.query_one(TextArea)
        area.load_text(text)
        area.move_cursor(area.document.end)
        self.display = True
        self.screen.set_focus(area, scroll_visible=False)

    def close(self) -> None:
        self.display = False

    def take(self) -> None:
        text = self.query_one(TextArea).text
        self.close()
        self._answered(text)
