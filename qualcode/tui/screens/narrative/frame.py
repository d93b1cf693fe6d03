"""What the list of narratives and the page of one share: long work said first, and having one coded once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from qualcode.core.codebook import Codebook
from qualcode.core.narrative.wording import counted
from qualcode.errors import QualcodeError
from qualcode.tui.looks import Looks
from qualcode.tui.screens.narrative.again import (
    SecondCycle,
    code_again,
    coders_named,
    second_cycle,
)
from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.choice import Choice
from qualcode.tui.widgets.finder import Finder, Found, Purpose
from qualcode.tui.widgets.lines import Line

NEW_ROUND = "Second cycle"


class NarrativeFrame(Page):
    """A page over which a code can be found and a line chosen, and that can have a narrative coded again."""

    def __init__(self) -> None:
        super().__init__()
        self.finder = Finder()
        self.choice = Choice()

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.finder
        yield self.choice

    # -- asking -------------------------------------------------------------------------------------------

    def choose(
        self, title: str, lines: Sequence[Line], answered: Callable[[int], str | None]
    ) -> None:
        """Let one of these lines be taken; what `answered` does with its index is done as by `do`."""
        self._opener = self.focused

        def take(index: int) -> None:
            self._back()
            self.do(lambda: answered(index))

        self.choice.open(title, lines, take)

    def find_code(
        self, title: str, codebook: Codebook, answered: Callable[[str], str | None]
    ) -> None:
        """Let a code be found; what `answered` does with its id is done as by `do`."""
        self._opener = self.focused

        def take(found: Found) -> None:
            self._back()
            self.do(lambda: answered(found.code) if found.code else None)

        self.finder.use(Looks(codebook, dark=self.app.current_theme.dark))
        self.finder.answered = take
        self.finder.open(Purpose.PIN, title, words="", recent=())

    def take_key(self, event: events.Key) -> bool:
        if self.choice.is_open:
            used = self.choice.take_key(event)
            if not self.choice.is_open and self.focused is self.choice.rows:
                self._back()
            return used
        if not self.finder.is_open:
            return super().take_key(event)
        if event.key == "enter":
            self.finder.take()
        elif event.key == "escape":
            self.finder.close()
            self._back()
        elif event.key in ("down", "ctrl+n", "tab"):
            self.finder.step(1)
        elif event.key in ("up", "ctrl+p", "shift+tab"):
            self.finder.step(-1)
        else:
            return False
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to what is open over the page."""
        is_open = self.choice.is_open or self.finder.is_open
        return not is_open and super().check_action(action, parameters)

    def ask_again(
        self, title: str, answered: Callable[[str], str | None], *, text: str = ""
    ) -> None:
        """Ask as by `ask`; what is refused is asked again with what was written."""

        def take(given: str) -> str | None:
            try:
                return answered(given)
            except QualcodeError as error:
                if given.strip():
                    self.ask_again(_told(error), answered, text=given)
                raise

        self.ask(title, take, text=text)

    def write_again(
        self,
        title: str,
        answered: Callable[[str], str | None],
        *,
        text: str = "",
        refused: str | None = None,
    ) -> None:
        """Ask as by `write`; what is refused opens again. Refused unchanged it goes to the notices: nothing is lost."""

        def take(given: str) -> str | None:
            try:
                return answered(given)
            except QualcodeError as error:
                if given.strip() and given != refused:
                    self.write_again(_told(error), answered, text=given, refused=given)
                elif given.strip():
                    self.workbench.note(f"not written: {error.message}", given)
                raise

        self.write(title, take, text=text)

    def _back(self) -> None:
        self.set_focus(self._opener, scroll_visible=False)

    def slowly(self, said: str, work: Callable[[], str | None]) -> None:
        """Say first what is being done, then do it, for it may take a while; keys wait meanwhile."""
        self.say(said)
        self.workbench.wait_for_screen()
        self.call_after_refresh(self._slowly, work)

    def _slowly(self, work: Callable[[], str | None]) -> None:
        self.do(work)
        if self.workbench.screen is self:
            self.workbench.screen_is_ready()

    # -- second cycle -------------------------------------------------------------------------------------

    def start_again(self, name: str) -> str | None:
        """Ask in which round a narrative is coded once more, and open it there."""
        found = second_cycle(self.workbench.desk.project, name)
        lines = [*(_round_line(one) for one in found), (("a new round …", "strong"),)]

        def answered(index: int) -> str | None:
            if index == len(found):
                self.ask_again(
                    "name of the second-cycle round",
                    lambda text: self._who(name, text),
                    text=NEW_ROUND,
                )
                return None
            one = found[index]
            return self._code(name, one.round) if one.mine else self._who(name, one.round)

        self.choose(f"code {name} again in", lines, answered)
        return None

    def _who(self, name: str, round_: str) -> str | None:
        if not round_.strip():
            return "left as it was"
        desk = self.workbench.desk
        self.ask_again(
            f"who codes it in {round_.strip()}? names with commas",
            lambda text: self._code(name, code_again(desk.project, name, round_, text)),
            text=coders_named(desk.project),
        )
        return None

    def _code(self, name: str, round_: str) -> str | None:
        desk = self.workbench.desk
        desk.choose_round(round_)
        mine = [
            one for one in second_cycle(desk.project, name) if one.round == round_ and one.mine
        ]
        if not mine:
            return f"{name} is given out in {round_}, not to {desk.coder.name}: its coders find it among their documents"
        self.workbench.open_document(name)
        return None


def _round_line(one: SecondCycle) -> Line:
    if not one.readers:
        told = "open; nobody codes it there yet"
    else:
        told = f"{', '.join(one.readers)}: {one.done} of {counted(len(one.readers), 'coder')} done"
    return (f"{one.round}  ", "strong"), (told, "dim"), ("  yours" if one.mine else "", "good")


def _told(error: QualcodeError) -> str:
    return f"{error.message} — {error.hint}" if error.hint else error.message
