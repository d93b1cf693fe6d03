"""The code finder: always mounted, opened at once, with a line to type in and the codes that fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from qualcode.core.codebook import Code
from qualcode.tui.looks import Looks
from qualcode.tui.matching import CodeMatcher
from qualcode.tui.widgets.lines import Line, Lines


class Purpose(StrEnum):
    """What is done with the code that is found."""

    APPLY = "apply"
    RECODE = "recode"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of the finder: an existing code, or the name of one to be created."""

    purpose: Purpose
    code: str | None
    new_name: str | None = None


class Finder(Vertical):
    """Open it with `open`; it calls `answered` once, or `dismissed`. Letters go to the line it contains.

    Opening changes display and focus at once, so that keys typed right after it already arrive here."""

    ROWS = 14
    DEFAULT_CSS = """
    Finder {
        layer: overlay; dock: bottom; display: none; height: 14; max-height: 80%;
        background: $panel; border-top: heavy $accent; padding: 0 1;
    }
    Finder > Input { border: none; height: 1; padding: 0; background: $panel; }
    Finder > Input:focus { border: none; }
    Finder > Lines { height: 1fr; background: $panel; }
    Finder > #finder-title { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="finder")
        self.answered: Callable[[Found], None] = lambda found: None
        self.dismissed: Callable[[], None] = lambda: None
        self.purpose = Purpose.APPLY
        self._matcher: CodeMatcher | None = None
        self._looks: Looks | None = None
        self._recent: tuple[str, ...] = ()
        self._words = ""
        self._found: list[Code] = []
        self._at = 0
        self._top = 0
        self._query: str | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="finder-title")
        yield Input(placeholder="name, path, definition or alias", id="finder-query")
        yield Lines(id="finder-list")

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    def use(self, looks: Looks) -> None:
        """Search this codebook from now on."""
        self._matcher = CodeMatcher(looks.codebook)
        self._looks = looks

    def open(self, purpose: Purpose, title: str, *, words: str, recent: tuple[str, ...]) -> None:
        """Show the finder empty; `words` can become the name of a new code."""
        self.purpose = purpose
        self._words, self._recent = words, recent
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
        choices = self._choices()
        if not choices:
            return
        code, name = choices[min(self._at, len(choices) - 1)]
        self.close()
        self.answered(Found(self.purpose, code.key if code else None, name))

    def step(self, by: int) -> None:
        """Move the choice."""
        self._search()
        count = len(self._choices())
        self._at = (self._at + by) % count if count else 0
        self._draw()

    def _search(self) -> None:
        query = self.query_one(Input).value
        if query == self._query or self._matcher is None:
            return
        self._query = query
        self._found = self._matcher.find(query, recent=self._recent)
        self._at = self._top = 0
        self._draw()

    def _choices(self) -> list[tuple[Code | None, str | None]]:
        choices: list[tuple[Code | None, str | None]] = [(code, None) for code in self._found]
        typed = (self._query or "").strip()
        name = typed or self._words
        names = {code.name.casefold() for code in self._found}
        if name and self.purpose is not Purpose.PIN and name.casefold() not in names:
            choices.append((None, name))
        return choices

    def _draw(self) -> None:
        lines = self.query_one("#finder-list", Lines)
        choices = self._choices()
        height = max(lines.size.height, 8)
        if self._at < self._top:
            self._top = self._at
        elif self._at >= self._top + height:
            self._top = self._at - height + 1
        shown = choices[self._top : self._top + height]
        lines.show(
            [
                self._line(*choice, chosen=self._top + n == self._at)
                for n, choice in enumerate(shown)
            ]
            or [(("nothing fits", "dim"),)]
        )

    def _line(self, code: Code | None, name: str | None, *, chosen: bool) -> Line:
        sign = ("▸ ", "chosen") if chosen else ("  ", "")
        if code is None or self._looks is None:
            return (
                sign,
                ("+ new code: ", "good" if not chosen else "chosen"),
                (str(name), "chosen" if chosen else "strong"),
            )
        look = self._looks(code.key)
        path = " > ".join(self._looks.codebook.path(code.key)[:-1])
        role = "chosen" if chosen else ""
        definition = f" — {code.definition}" if code.definition else ""
        return (
            sign,
            (f"{look.key or ' '} ", role or look.color or "key"),
            (code.name, "chosen" if chosen else "strong"),
            (f"  {path}" if path else "", role or "dim"),
            (definition, role or "dim"),
        )
