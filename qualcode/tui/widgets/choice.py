"""A short list over the foot of a screen to choose one line of. Always mounted, opened at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList


class Choice(Vertical):
    """Open it with `open`; a digit, or Enter, answers with the index of a line, Esc dismisses.

    The screen that holds it hands its keys on by `take_key`; opening gives it the focus at once, so that keys
    typed right after it already count."""

    ROWS = 12
    DEFAULT_CSS = """
    Choice { layer: overlay; dock: bottom; display: none; height: 12; max-height: 80%; background: $panel; border-top: heavy $accent; padding: 0 1; }
    Choice > RowList { background: $panel; height: 1fr; }
    Choice > #choice-title { background: $panel; height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="choice")
        self.rows = RowList()
        self._answered: Callable[[int], None] = lambda index: None
        self._choices: tuple[Line, ...] = ()

    def compose(self) -> ComposeResult:
        yield Lines(id="choice-title")
        yield self.rows

    def on_mount(self) -> None:
        self.rows.chosen = self._take

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def open(
        self, title: str, choices: Sequence[Line], answered: Callable[[int], None], *, at: int = 0
    ) -> None:
        """Show these lines; the first nine can be taken by their digits."""
        self._choices, self._answered = tuple(choices), answered
        self.query_one("#choice-title", Lines).show(
            [((title, "strong"), ("  ⏎ take  1-9 take at once  Esc close", "dim"))]
        )
        self.display = True
        self.screen.set_focus(self.rows, scroll_visible=False)
        self.rows.fill(
            [
                ((f"{n} " if n <= 9 else "  ", "key"), *line)
                for n, line in enumerate(self._choices, start=1)
            ],
            cursor=at,
        )
        self.call_after_refresh(self.rows.fill, self.rows._rows)

    def close(self) -> None:
        self.display = False

    def take_key(self, event: events.Key) -> bool:
        """Steer the list while it is open; True when the key is used up."""
        if not self.is_open:
            return False
        key = event.key
        digit = int(key) - 1 if key.isdigit() and key != "0" else -1
        if key == "escape":
            self.close()
        elif key == "enter":
            self._take(self.rows.cursor)
        elif 0 <= digit < len(self._choices):
            self._take(digit)
        elif key in ("down", "j", "tab"):
            self.rows.action_step(1)
        elif key in ("up", "k", "shift+tab"):
            self.rows.action_step(-1)
        elif key == "ctrl+q":
            return False
        return True

    def _take(self, index: int) -> None:
        self.close()
        if self._choices:
            self._answered(index)
