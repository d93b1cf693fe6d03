"""A page: the frame that screens share. Title above, a body, one line for what was said, one for the hints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from qualcode.errors import QualcodeError
from qualcode.tui.action_table import Where
from qualcode.tui.actions import bind, hints
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.entry import LineEntry, PageEntry
from qualcode.tui.widgets.lines import Line, Lines, Piece
from qualcode.tui.widgets.wrapping import wrapped_lines

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench


class Page(Screen[None]):
    """A screen that owns the actions of `WHERE` and `ALSO`, shows hints for these and `HINTS`, and asks on lines that open over it.

    Subclasses yield their widgets in `body`, read and show in `begin`, and show again in `show_all` (called after
    every change, and when the size or the theme changes)."""

    WHERE: ClassVar[Where]
    ALSO: ClassVar[tuple[Where, ...]] = ()
    HINTS: ClassVar[tuple[Where, ...]] = ()
    TITLE_ROWS: ClassVar[int] = 1
    HINT_ROWS: ClassVar[int] = 1
    DEFAULT_CSS = """
    Page { layout: vertical; layers: base overlay; }
    Page > #title { background: $panel; }
    Page > #said { background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        bind(self, self.WHERE, *self.ALSO)
        self.head = Lines(id="title")
        self.said = Lines(id="said")
        self.hint = Lines(id="hint")
        self.line_entry = LineEntry()
        self.page_entry = PageEntry()
        self._opener: Widget | None = None
        self._began = False

    def compose(self) -> ComposeResult:
        self.head.styles.height = self.TITLE_ROWS
        self.hint.styles.height = self.HINT_ROWS
        yield self.head
        yield from self.body()
        yield self.said
        yield self.hint
        yield self.line_entry
        yield self.page_entry

    def body(self) -> Iterable[Widget]:
        """Return what stands between title and status line."""
        raise NotImplementedError

    def begin(self) -> str | None:
        """Read what the page shows; return what to say about it. Refusals are said."""

    def show_all(self) -> None:
        """Show what was read."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Textual calls this beside the `on_mount` of a subclass, which must not call it as well."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self._began:
            return
        self.do(self.begin)
        self._began = True
        self.workbench.screen_is_ready()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_again)

    def come_back(self) -> None:
        """Read afresh: the screen that was left may have changed something."""
        self.do(self.begin)

    def retheme(self) -> None:
        """Show everything again in the colours of the theme."""
        self._show_again()

    def _show_again(self) -> None:
        if self._began:
            self.show_all()
            self.show_hints()

    @property
    def workbench(self) -> Workbench:
        from qualcode.tui.app import workbench_of

        return workbench_of(self)

    # -- saying and doing ---------------------------------------------------------------------------------

    def say(self, text: str, *, hint: str | None = None, warns: bool = False) -> None:
        """Put a sentence into the status line; what warns can be read again among the notices."""
        shown = f"{text} — {hint}" if hint else text
        self.said.show([((f" {shown}" if shown else "", "warn" if warns else "good"),)])
        if warns:
            self.workbench.note(text, hint)

    def do(self, work: Callable[[], str | None]) -> bool:
        """Do one thing and show the page again; say what it says, or why it was refused (then False)."""
        said, refused = None, None
        try:
            said = work()
        except QualcodeError as error:
            refused = error
        self.show_all()
        self.show_hints()
        if refused is not None:
            self.say(refused.message, hint=refused.hint, warns=True)
        elif said is not None:
            self.say(said)
        return refused is None

    def read(self, title: str, paragraphs: Iterable[str]) -> None:
        """Show these paragraphs to read over the page."""
        rows = (row for text in paragraphs for row in wrapped_lines(text, self.reading_width))
        self.workbench.push_screen(ReadingScreen(title, [((row, ""),) for row in rows]))

    @property
    def reading_width(self) -> int:
        """How wide the lines of a `ReadingScreen` may be."""
        return min(self.size.width, ReadingScreen.WIDTH) - 6

    def show_hints(self, places: Sequence[Where] = ()) -> None:
        """Show as many hints as there is room for, whole ones only."""
        shown = places or (*self.HINTS, self.WHERE, *self.ALSO, Where.EVERYWHERE)
        self.hint.show(hint_lines(shown, self.size.width, rows=self.HINT_ROWS))

    # -- asking -------------------------------------------------------------------------------------------

    def ask(self, title: str, answered: Callable[[str], str | None], *, text: str = "") -> None:
        """Open a line to write in; what `answered` does with it is done as by `do`."""
        self._opener = self.focused
        self.line_entry.open(title, lambda given: self._answer(answered, given), text=text)

    def write(self, title: str, answered: Callable[[str], str | None], *, text: str = "") -> None:
        """Open several lines to write in; Esc keeps what is written."""
        self._opener = self.focused
        self.page_entry.open(title, lambda given: self._answer(answered, given), text=text)

    def _answer(self, answered: Callable[[str], str | None], given: str) -> None:
        self.do(lambda: answered(given))

    def take_key(self, event: events.Key) -> bool:
        """Finish the entry that is open; True when the key is used up."""
        if self.line_entry.display and event.key in ("enter", "escape"):
            entry: LineEntry | PageEntry = self.line_entry
        elif self.page_entry.display and event.key in ("escape", "ctrl+s"):
            entry = self.page_entry
        else:
            return False
        self.set_focus(self._opener, scroll_visible=False)
        if entry is self.line_entry and event.key == "escape":
            entry.close()
        else:
            entry.take()
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave arrows, Tab and Ctrl+Z to the entry while one is open."""
        return not (self.line_entry.display or self.page_entry.display)

    def action_close(self) -> None:
        self.workbench.leave_screen()


def hint_line(places: Sequence[Where], width: int) -> Line:
    """Return the hints of these places, whole ones only, the most needed first."""
    return hint_lines(places, width)[0]


def hint_lines(places: Sequence[Where], width: int, *, rows: int = 1) -> list[Line]:
    """Return the hints of these places on at most so many rows, whole ones only, the most needed first."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for keys, word in hints(*places):
        needed = cell_len(keys) + cell_len(word) + 3
        if used + needed > width:
            if len(lines) == rows:
                break
            lines.append([])
            used = 0
        lines[-1] += [(f" {keys} ", "key"), (f"{word} ", "")]
        used += needed
    return [tuple(line) for line in lines]
