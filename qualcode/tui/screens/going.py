"""The menu of places: every screen of the workbench with its letter."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from qualcode.tui.places import PLACES
from qualcode.tui.widgets.lines import Lines
from qualcode.tui.widgets.row_list import RowList


class GoingScreen(ModalScreen[None]):
    """Lists the places; a letter or Enter goes there, Esc stays."""

    DEFAULT_CSS = """
    GoingScreen { align: center middle; }
    GoingScreen > Vertical { width: 68; max-width: 100%; height: auto; max-height: 90%; background: $panel; border: heavy $accent; padding: 0 1; }
    GoingScreen RowList { background: $panel; }
    GoingScreen Lines { background: $panel; }
    """

    def __init__(self, go: Callable[[str], None]) -> None:
        """`go` is called with the name of the place, after this menu has closed."""
        super().__init__()
        self._go_to = go
        self.head = Lines(id="going-title")
        self.rows = RowList()

    def compose(self) -> ComposeResult:
        self.rows.styles.height = len(PLACES)
        with Vertical():
            yield self.head
            yield self.rows

    def on_mount(self) -> None:
        self.head.show([(("Go to", "strong"), ("   a letter, or ↑↓ and ⏎ · Esc stays", "dim"))])
        self.rows.chosen = self._go
        self.set_focus(self.rows)
        self.call_after_refresh(
            self.rows.fill,
            [((f"{place.letter}  ", "key"), (place.help, "")) for place in PLACES],
        )

    def take_key(self, event: events.Key) -> bool:
        """Go where the letter leads; True when the key is used up."""
        for place in PLACES:
            if event.character == place.letter:
                self._leave_for(place.name)
                return True
        return False

    def action_close(self) -> None:
        self.dismiss()

    def _go(self, index: int) -> None:
        self._leave_for(PLACES[index].name)

    def _leave_for(self, name: str) -> None:
        self.app.pop_screen()
        self._go_to(name)
