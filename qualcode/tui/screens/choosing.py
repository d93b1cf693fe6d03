"""A page that can also let a line be chosen: from a short list, or found by letters of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.choice import Choice
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.name_finder import Named, NameFinder


class ChoosingPage(Page):
    """A page with a list to choose from and a finder of names; what is chosen is done as by `do`."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice()
        self.finder = NameFinder()

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.choice
        yield self.finder

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError

    def choose(
        self,
        title: str,
        lines: Sequence[Line],
        answered: Callable[[int], str | None],
        *,
        at: int = 0,
    ) -> None:
        """Let one of a few lines be taken, by its digit or with Enter."""
        opener = self._remembered()

        def take(index: int) -> None:
            self.set_focus(opener, scroll_visible=False)
            self.do(lambda: answered(index))

        self.choice.open(title, lines, take, at=at)

    def find(
        self, title: str, names: Sequence[Named], answered: Callable[[int], str | None]
    ) -> None:
        """Let one of many names be found by typing."""
        opener = self._remembered()

        def take(index: int) -> None:
            self.set_focus(opener, scroll_visible=False)
            self.do(lambda: answered(index))

        self.finder.open(title, names, take)

    def _remembered(self) -> Widget | None:
        """Return what had the focus before anything was opened over it."""
        if self.focused is not self.choice.rows and not self.finder.is_open:
            self._opener = self.focused
        return self._opener

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
