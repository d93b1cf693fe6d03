"""A finder for anything that has a name: always mounted, opened at once, with a line to type in and the names that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from qualcode.tui.widgets.lines import Line, Lines

_MOST = 200


@dataclass(frozen=True, slots=True)
class Named:
    """Something to find: its name, and a word on what it is, which is searched too."""

    name: str
    kind: str = ""

    def rank(self, words: Sequence[str]) -> int | None:
        """Return how well the words fit, 0 best; None when they do not."""
        name, kind = self.name.casefold(), self.kind.casefold()
        if not all(word in name or word in kind for word in words):
            return None
        whole = " ".join(words)
        if not words or name == whole:
            return 0
        return 1 if name.startswith(whole) else 2 if f" {whole}" in f" {name}" else 3


class NameFinder(Vertical):
    """Open it with `open`; Enter answers with the index of the name that is chosen, Esc dismisses.

    The screen that holds it hands its keys on by `take_key`; letters go to the line it contains."""

    DEFAULT_CSS = """
    NameFinder { layer: overlay; dock: bottom; display: none; height: 14; max-height: 80%; background: $panel; border-top: heavy $accent; padding: 0 1; }
    NameFinder > Input { border: none; height: 1; padding: 0; background: $panel; }
    NameFinder > Input:focus { border: none; }
    NameFinder > Lines { height: 1fr; background: $panel; }
    NameFinder > #name-title { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="name-finder")
        self._answered: Callable[[int], None] = lambda index: None
        self._names: tuple[Named, ...] = ()
        self._found: list[int] = []
        self._query: str | None = None
        self._at = self._top = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="name-title")
        yield Input(placeholder="some letters of the name")
        yield Lines(id="name-list")

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def open(self, title: str, names: Sequence[Named], answered: Callable[[int], None]) -> None:
        """Show these names; typing leaves those that fit."""
        self._names, self._answered, self._query = tuple(names), answered, None
        self.query_one("#name-title", Lines).show(
            [((title, "strong"), ("  ⏎ take  ↑↓ choose  Esc close", "dim"))]
        )
        entry = self.query_one(Input)
        entry.value = ""
        self.display = True
        self.screen.set_focus(entry, scroll_visible=False)
        self._search()
        self.call_after_refresh(self._draw)

    def close(self) -> None:
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._search()

    def take_key(self, event: events.Key) -> bool:
        """Steer the list while it is open; True when the key is used up."""
        key = event.key
        if not self.is_open:
            return False
        if key == "escape":
            self.close()
        elif key == "enter":
            self._take()
        elif key in ("down", "tab", "up", "shift+tab", "pagedown", "pageup"):
            step = 10 if key.startswith("page") else 1
            self._step(step if key in ("down", "tab", "pagedown") else -step)
        else:
            return False
        return True

    def _take(self) -> None:
        self._search()
        if self._found:
            self.close()
            self._answered(self._found[self._at])

    def _step(self, by: int) -> None:
        self._search()
        self._at = min(max(self._at + by, 0), max(len(self._found) - 1, 0))
        self._draw()

    def _search(self) -> None:
        """Find what fits the words that stand in the line by now."""
        query = self.query_one(Input).value
        if query == self._query:
            return
        self._query = query
        words = query.casefold().split()
        ranked = [(one.rank(words), n) for n, one in enumerate(self._names)]
        fits = [(rank, n) for rank, n in ranked if rank is not None]
        self._found = [n for _, n in sorted(fits)][:_MOST]
        self._at = self._top = 0
        self._draw()

    def _draw(self) -> None:
        lines = self.query_one("#name-list", Lines)
        height = max(lines.size.height, 8)
        if self._at < self._top:
            self._top = self._at
        elif self._at >= self._top + height:
            self._top = self._at - height + 1
        shown = self._found[self._top : self._top + height]
        lines.show(
            [self._line(n, is_chosen=self._top + at == self._at) for at, n in enumerate(shown)]
            or [(("nothing fits", "dim"),)]
        )

    def _line(self, index: int, *, is_chosen: bool) -> Line:
        one = self._names[index]
        kind = f"{one.kind}  " if one.kind else ""
        if is_chosen:
            return (("▸ ", "chosen"), (kind, "chosen"), (one.name, "chosen"))
        return (("  ", ""), (kind, "dim"), (one.name, ""))
