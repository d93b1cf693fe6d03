"""A page to build something on: lines are chosen, names found, and what was written is kept when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from qualcode.core.codebook import Codebook
from qualcode.tui.looks import Looks
from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.choice import Choice
from qualcode.tui.widgets.finder import Codes
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.name_finder import Findable, Named, NameFinder, Names


class KeepingPage(Page):
    """See `Page`; over it a list to choose from and a finder open. What an answer does is done as by `do`."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice()
        self.finder = NameFinder()
        self._refusal = ""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.choice
        yield self.finder

    def say(self, text: str, *, hint: str | None = None, warns: bool = False) -> None:
        if warns:
            self._refusal = f"{text} — {hint}" if hint else text
        super().say(text, hint=hint, warns=warns)

    # -- choosing -----------------------------------------------------------------------------------------

    def choose(
        self,
        title: str,
        lines: Sequence[Line],
        answered: Callable[[int], str | None],
        *,
        at: int = 0,
    ) -> None:
        """Let one of a few lines be taken, by its digit or with Enter."""
        if not lines:
            self.say(f"{title}: there is nothing to choose", warns=True)
            return
        self.choice.open(title, lines, self._taking(answered), at=at)

    def find(
        self, title: str, names: Sequence[Named], answered: Callable[[int], str | None]
    ) -> None:
        """Let one of many names be found by typing."""
        self._look_through(title, Names(names), answered)

    def find_code(
        self,
        title: str,
        codebook: Codebook,
        answered: Callable[[str], str | None],
        *,
        recent: Sequence[str] = (),
    ) -> None:
        """Let a code be found by name, path, alias or definition, the recent ones first; its id goes to `answered`."""
        looks = Looks(codebook, dark=self.app.current_theme.dark)
        codes = codebook.codes
        self._look_through(
            title, Codes(looks, recent=recent), lambda index: answered(codes[index].key)
        )

    def _look_through(
        self, title: str, among: Findable, answered: Callable[[int], str | None]
    ) -> None:
        self.finder.open(title, among, self._taking(answered))

    def _taking(self, answered: Callable[[int], str | None]) -> Callable[[int], None]:
        """Return what gives the focus back and then does what the answer does."""
        if self.focused is not self.choice.rows and not self.finder.is_open:
            self._opener = self.focused
        opener = self._opener

        def take(index: int) -> None:
            self.set_focus(opener, scroll_visible=False)
            self.do(lambda: answered(index))

        return take

    # -- writing ------------------------------------------------------------------------------------------

    def ask(self, title: str, answered: Callable[[str], str | None], *, text: str = "") -> None:
        """Open a line to write in; on a refusal it opens again with what was written, the reason above it."""
        self._ask(title, title, answered, text)

    def _ask(
        self, shown: str, title: str, answered: Callable[[str], str | None], text: str
    ) -> None:
        def answer(given: str) -> None:
            if not self.do(lambda: answered(given)):
                self._ask(f"{self._refusal} — {title}", title, answered, given)

        self._opener = self.focused
        self.line_entry.open(shown, answer, text=text)

    def write(self, title: str, answered: Callable[[str], str | None], *, text: str = "") -> None:
        """Open several lines to write in; on a refusal they open again with what was written.

        What is refused a second time unchanged goes to the notices: nobody is held, and nothing is lost."""
        self._write(title, title, answered, text=text)

    def _write(
        self,
        shown: str,
        title: str,
        answered: Callable[[str], str | None],
        *,
        text: str,
        refused: str | None = None,
    ) -> None:
        def answer(given: str) -> None:
            if self.do(lambda: answered(given)):
                return
            if given.strip() and given == refused:
                self.workbench.note(f"not written: {self._refusal}", given)
            elif given.strip():
                reason = f"{self._refusal} — {title}"
                self._write(reason, title, answered, text=given, refused=given)

        self.open_page(shown, answer, text=text)

    def open_page(self, title: str, answered: Callable[[str], None], *, text: str) -> None:
        """Open several lines to write in; a page may make room for them."""
        self._opener = self.focused
        self.page_entry.open(title, answered, text=text)

    # -- keys ---------------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        for list_ in (self.choice, self.finder):
            if not list_.is_open:
                continue
            used = list_.take_key(event)
            if not list_.is_open and event.key == "escape":
                self.set_focus(self._opener, scroll_visible=False)
            return used
        return super().take_key(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave all keys to what is open over the page."""
        is_free = not (self.choice.is_open or self.finder.is_open)
        return is_free and super().check_action(action, parameters)

    def slowly(self, said: str, work: Callable[[], str | None]) -> None:
        """Say first what is being done, then do it, for it may take a while; keys wait meanwhile."""
        self.say(said)
        self.workbench.wait_for_screen()
        self.call_after_refresh(self._slowly, work)

    def _slowly(self, work: Callable[[], str | None]) -> None:
        self.do(work)
        if self.workbench.screen is self:
            self.workbench.screen_is_ready()
