"""A page of findings that asks: for a line of a short list, for a code, for words that are kept when they are refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from qualcode.core.codebook import Codebook
from qualcode.core.sheets import Sheet
from qualcode.errors import QualcodeError
from qualcode.services.compare.sheets import copied_sheet, sheet_format, write_sheet
from qualcode.tui.looks import Looks
from qualcode.tui.saving import asked_path, save
from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.choice import Choice
from qualcode.tui.widgets.finder import Finder, Found, Purpose
from qualcode.tui.widgets.lines import Line


class AskingPage(Page):
    """See `Page`; what an answer does is done as by `do`."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice()
        self.finder = Finder()

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.choice
        yield self.finder

    def choose(
        self,
        title: str,
        lines: Sequence[Line],
        answered: Callable[[int], str | None],
        *,
        at: int = 0,
    ) -> None:
        """Open a short list; the number of the line that is taken goes to `answered`."""
        if not lines:
            self.say(f"{title}: there is nothing to choose", warns=True)
            return

        def take(index: int) -> None:
            self._back()
            self.do(lambda: answered(index))

        self._opener = self.focused
        self.choice.open(title, lines, take, at=at)

    def find_code(self, title: str, book: Codebook, answered: Callable[[str], str | None]) -> None:
        """Open the finder; the id of the code that is found goes to `answered`."""

        def take(found: Found) -> None:
            code = found.code
            if code is None:
                self.say("there is no such code", warns=True)
            else:
                self.do(lambda: answered(code))

        self._opener = self.focused
        self.finder.use(Looks(book, dark=self.app.current_theme.dark))
        self.finder.answered = take
        self.finder.open(Purpose.PIN, title, words="", recent=())

    def insist(self, title: str, answered: Callable[[str], str | None], *, text: str = "") -> None:
        """Open a line to write in, and again with what was written and the reason where it is refused."""

        def take(given: str) -> str | None:
            try:
                return answered(given)
            except QualcodeError as error:
                self.ask(f"{_reason(error)} · {title}", take, text=given)
                raise

        self.ask(title, take, text=text)

    def insist_on_page(
        self, title: str, answered: Callable[[str], str | None], *, text: str = ""
    ) -> None:
        """Open several lines to write in, and again with what was written where it is refused."""

        def take(given: str) -> str | None:
            try:
                return answered(given)
            except QualcodeError as error:
                self.write(f"{_reason(error)} · {title}", take, text=given)
                raise

        self.write(title, take, text=text)

    def export(self, what: str, sheet: Callable[[str], Sheet], *, text: str) -> None:
        """Ask for a path and write the table there; `sheet` returns it for the format that the ending means."""

        def write(given: str) -> str | None:
            if not given.strip():
                return "nothing was written"
            format = sheet_format(asked_path(given)[0])
            return save(given, write_sheet(sheet(format), format=format))

        self.insist(f"write {what} to a file (.docx .xlsx .csv .md)", write, text=text)

    def copy(self, sheet: Sheet) -> None:
        """Put the table on the clipboard of the terminal."""
        self.app.copy_to_clipboard(copied_sheet(sheet))
        self.say("copied; if your terminal does not allow that, E writes a file")

    def take_key(self, event: events.Key) -> bool:
        """Steer what is open over the page; True when the key is used up."""
        if self.choice.is_open:
            used = self.choice.take_key(event)
            if not self.choice.is_open and self.focused is self.choice.rows:
                self._back()
            return used
        if not self.finder.is_open:
            return super().take_key(event)
        if event.key == "enter":
            self._back()
            self.finder.take()
        elif event.key == "escape":
            self._back()
            self.finder.close()
        elif event.key in ("down", "up", "tab", "shift+tab"):
            self.finder.step(1 if event.key in ("down", "tab") else -1)
        else:
            return False
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to what is open over the page."""
        is_open = self.choice.is_open or self.finder.is_open
        return not is_open and super().check_action(action, parameters)

    def _back(self) -> None:
        self.set_focus(self._opener, scroll_visible=False)


def _reason(error: QualcodeError) -> str:
    return f"{error.message} — {error.hint}" if error.hint else error.message
