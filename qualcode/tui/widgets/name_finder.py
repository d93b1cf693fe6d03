"""Finders: always mounted, opened at once, with a line to type in and the names that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from qualcode.tui.widgets.lines import Line, Lines

MOST = 200
"""How many names are listed at most."""
_FEWEST_ROWS = 8


class FindingList(Vertical):
    """The frame of finders; subclasses say what fits the words, how it looks, and what becomes of it.

    Opening changes display and focus at once, so that keys typed right after it already arrive here. Letters go to
    the line it contains; the screen that holds it hands other keys on."""

    ROWS = 14
    WORDS: ClassVar[str] = "some letters of the name"
    DEFAULT_CSS = """
    FindingList {
        layer: overlay; dock: bottom; display: none; height: 14; max-height: 80%;
        background: $panel; border-top: heavy $accent; padding: 0 1;
    }
    FindingList > Input { border: none; height: 1; padding: 0; background: $panel; }
    FindingList > Input:focus { border: none; }
    FindingList > Lines { height: 1fr; background: $panel; }
    FindingList > #finder-title { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="finder")
        self._query: str | None = None
        self._at = self._top = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="finder-title")
        yield Input(placeholder=self.WORDS, id="finder-query")
        yield Lines(id="finder-list")

    def search(self, query: str) -> None:
        """Find what fits these words."""
        raise NotImplementedError

    def count(self) -> int:
        """Return how many were found."""
        raise NotImplementedError

    def line(self, at: int, *, is_chosen: bool) -> Line:
        """Return how the one found at this place looks."""
        raise NotImplementedError

    def taken(self, at: int) -> None:
        """Do what is to be done with the one found at this place."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def show_empty(self, title: str) -> None:
        """Open with nothing typed yet."""
        self._query = None
        entry = self.query_one(Input)
        entry.value = ""
        self.query_one("#finder-title", Lines).show(
            [((title, "strong"), ("  ⏎ take  ↑↓ choose  Esc close", "dim"))]
        )
        self.display = True
        self.screen.set_focus(entry, scroll_visible=False)
        self._search()

    def close(self) -> None:
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._search()

    def take(self) -> None:
        """Answer with the chosen line; what has been typed by now counts, not what was last shown."""
        self._search()
        if self.count():
            at = min(self._at, self.count() - 1)
            self.close()
            self.taken(at)

    def steer(self, key: str) -> bool:
        """Move the choice where the key does that: a line goes on at the other end, a page stops there."""
        if key in ("down", "ctrl+n", "tab"):
            self.step(1)
        elif key in ("up", "ctrl+p", "shift+tab"):
            self.step(-1)
        elif key in ("pagedown", "pageup"):
            self._search()
            ahead = self.count() - 1 - self._at
            self.step(min(10, ahead) if key == "pagedown" else -min(10, self._at))
        else:
            return False
        return True

    def step(self, by: int) -> None:
        """Move the choice."""
        self._search()
        count = self.count()
        self._at = (self._at + by) % count if count else 0
        self._draw()

    def _search(self) -> None:
        query = self.query_one(Input).value
        if query == self._query:
            return
        self._query = query
        self.search(query)
        self._at = self._top = 0
        self._draw()

    def _draw(self) -> None:
        lines = self.query_one("#finder-list", Lines)
        height = max(lines.size.height, _FEWEST_ROWS)
        if self._at < self._top:
            self._top = self._at
        elif self._at >= self._top + height:
            self._top = self._at - height + 1
        shown = range(self._top, min(self._top + height, self.count()))
        lines.show(
            [self.line(at, is_chosen=at == self._at) for at in shown]
            or [(("nothing fits", "dim"),)]
        )


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


class Findable(Protocol):
    """What a finder looks through; everything in it has a number."""

    @property
    def words(self) -> str:
        """Say what may be typed."""
        ...

    def fitting(self, query: str) -> list[int]:
        """Return the numbers of what fits the words, the likeliest first."""
        ...

    def line(self, index: int, *, is_chosen: bool) -> Line: ...


class Names:
    """Names to look through."""

    words = FindingList.WORDS

    def __init__(self, names: Sequence[Named]) -> None:
        self._names = tuple(names)

    def fitting(self, query: str) -> list[int]:
        words = query.casefold().split()
        ranked = [(one.rank(words), n) for n, one in enumerate(self._names)]
        fits = [(rank, n) for rank, n in ranked if rank is not None]
        return [n for _, n in sorted(fits)][:MOST]

    def line(self, index: int, *, is_chosen: bool) -> Line:
        one = self._names[index]
        kind = f"{one.kind}  " if one.kind else ""
        if is_chosen:
            return (("▸ ", "chosen"), (kind, "chosen"), (one.name, "chosen"))
        return (("  ", ""), (kind, "dim"), (one.name, ""))


class NameFinder(FindingList):
    """Open it with `open`; Enter answers with the number of what is chosen, Esc dismisses.

    The screen that holds it hands its keys on by `take_key`."""

    def __init__(self) -> None:
        super().__init__()
        self._answered: Callable[[int], None] = lambda index: None
        self._among: Findable = Names(())
        self._found: list[int] = []

    def open(self, title: str, among: Findable, answered: Callable[[int], None]) -> None:
        """Show all of these; typing leaves those that fit."""
        self._among, self._answered = among, answered
        self.query_one(Input).placeholder = among.words
        self.show_empty(title)
        self.call_after_refresh(self._draw)

    def search(self, query: str) -> None:
        self._found = self._among.fitting(query)

    def count(self) -> int:
        return len(self._found)

    def line(self, at: int, *, is_chosen: bool) -> Line:
        return self._among.line(self._found[at], is_chosen=is_chosen)

    def taken(self, at: int) -> None:
        self._answered(self._found[at])

    def take_key(self, event: events.Key) -> bool:
        """Steer the list while it is open; True when the key is used up."""
        if not self.is_open:
            return False
        if event.key == "escape":
            self.close()
        elif event.key == "enter":
            self.take()
        else:
            return self.steer(event.key)
        return True
