"""The workbench: the application that holds the screens, and the one door through which keys come in."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual._callback import invoke
from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.theme import Theme
from textual.widgets import Input, TextArea

from qualcode.core.project import FirstSight
from qualcode.errors import QualcodeError, Refused
from qualcode.tui.action_table import Where
from qualcode.tui.actions import actions, bindings
from qualcode.tui.desk import Desk
from qualcode.tui.places import CODING, place_named
from qualcode.tui.protocols import ComesBack, FollowsTheme, Says, TakesKeys, TakesPaste
from qualcode.tui.screens.first import FirstScreen

if TYPE_CHECKING:
    from textual.command import Provider


_IDLE_SECONDS = 2.0
_COLLECTING = (1000, 20, 500)
"""When garbage is collected while somebody types: rarely the oldest; `_tidy` does that in the pauses."""

CONTRAST = Theme(
    name="qualcode-contrast",
    primary="#ffd700",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    warning="#ffaf00",
    error="#ff5f5f",
    success="#5fff5f",
    dark=True,
    variables={"primary-muted": "#0000c0"},
)
THEMES = ("textual-dark", "textual-light", CONTRAST.name, "ansi-dark", "ansi-light")


def _action_commands() -> type[Provider]:
    from qualcode.tui.commands import ActionCommands

    return ActionCommands


@dataclass(frozen=True, slots=True)
class Opening:
    """A project that is about to be opened, and what is seen of it at once."""

    sight: FirstSight
    open: Callable[[], Desk]


class Workbench(App[None]):
    """One coder at one project."""

    TITLE = "qualcode"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {_action_commands}
    CSS = """
    Workbench:nocolor TranscriptPane > .transcript--selection { text-style: reverse; }
    Workbench:nocolor .lines--chosen { text-style: reverse; }
    Workbench:nocolor CodebookTree > .tree--cursor { text-style: reverse; }
    Workbench:nocolor CodebookTree > .tree--guides { color: ansi_default; }
    Workbench:ansi CodebookTree > .tree--guides { color: ansi_default; }
    Workbench:nocolor Input > .input--cursor { text-style: reverse; }
    Workbench:nocolor #status { text-style: reverse; }
    Workbench:nocolor #status > .lines--dim { text-style: reverse; }
    Workbench:nocolor #status > .lines--strong { text-style: bold reverse; }
    Workbench:nocolor #status > .lines--key { text-style: bold reverse; }
    Workbench:nocolor #status > .lines--good { text-style: reverse; }
    Workbench:nocolor #status > .lines--warn { text-style: bold reverse; }
    Workbench:ansi TranscriptPane > .transcript--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    Workbench:ansi .lines--chosen { text-style: reverse; }
    Workbench:ansi CodebookTree > .tree--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar = []

    def __init__(
        self,
        desk: Desk | Opening,
        *,
        document: str | None = None,
        hardware_cursor: bool = False,
    ) -> None:
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.hardware_cursor = hardware_cursor
        for binding in bindings(Where.EVERYWHERE):
            self._bindings._add_binding(binding)
        self.refused: QualcodeError | None = None
        self.notices: deque[tuple[str, str, str | None]] = deque(maxlen=500)
        self._desk = desk
        self._first_document = document
        self._early: list[events.Key] = []
        self._waiting = False
        self._typed = 0.0
        self.register_theme(CONTRAST)

    @property
    def desk(self) -> Desk:
        """The coder's desk at the open project; there is none before the first screen has been left."""
        assert not isinstance(self._desk, Opening)
        return self._desk

    def on_mount(self) -> None:
        if self.console.color_system in ("standard", "windows") and not self.no_color:
            self.theme = "ansi-dark"
        self.set_interval(_IDLE_SECONDS, self._tidy)
        if isinstance(self._desk, Opening):
            self.wait_for_screen()
            self.push_screen(FirstScreen(self._desk.sight))
            self.call_after_refresh(self.call_later, self._open, self._desk)
        else:
            self._begin()

    def _open(self, opening: Opening) -> None:
        """Open the project, after what was found of it is on the screen."""
        try:
            self._desk = opening.open()
        except QualcodeError as error:
            self.refused = error
            self.exit(return_code=1)
            return
        self.pop_screen()
        self._begin()

    def _begin(self) -> None:
        if self._first_document is not None:
            self.open_document(self._first_document)
        else:
            self.go("documents")

    def _tidy(self) -> None:
        """Collect garbage while nobody types: a full collection in the middle of typing costs several frames."""
        if self._typed and monotonic() - self._typed > _IDLE_SECONDS:
            self._typed = 0.0
            gc.collect()
            gc.freeze()

    # -- keys ---------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Handle keys here, one after the other, so that they act in the order in which they were typed.

        Textual gives a key to the focused widget through that widget's own queue; an entry that closes, or a
        screen that opens, would then lose or misplace what is typed right after."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if await self._handle_key(event):
                return
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            if isinstance(self.focused, Input | TextArea):
                await invoke(self.focused._on_paste, event)
            elif isinstance(self.screen, TakesPaste):
                self.screen.take_paste(event.text)
            return
        await super().on_event(event)

    async def _handle_key(self, event: events.Key) -> bool:
        self._typed = monotonic()
        if self._waiting:
            self._early.append(event)
            return True
        if isinstance(self.screen, TakesKeys) and self.screen.take_key(event):
            return True
        entry = self.focused
        if not isinstance(entry, Input | TextArea):
            return False
        if event.is_printable:
            await entry._on_key(event)
            return True
        if await self._check_bindings(event.key, priority=True):
            return True
        if event.key == "enter":
            await entry._on_key(event)
            return isinstance(entry, TextArea)
        return await self._check_bindings(event.key)

    def wait_for_screen(self) -> None:
        """Keep keys until the screen that is being opened can take them."""
        self._waiting = True

    def screen_is_ready(self) -> None:
        """Hand on the keys that were typed meanwhile."""
        self.call_next(self._hand_on)

    async def _hand_on(self) -> None:
        self._waiting = False
        early, self._early = self._early, []
        for event in early:
            await self.on_event(event)

    # -- documents ----------------------------------------------------------------------------------------

    def open_document(self, name: str, *, at: tuple[int, int] | None = None) -> None:
        """Open a document for coding, with these words selected or where it was left; refusals are said where one stands."""
        try:
            if at is not None:
                self.desk.keep_place(name, at)
            screen = CODING.make(self, name)
        except QualcodeError as error:
            if len(self.screen_stack) == 1:
                self.go("documents")
            self.refuse(error)
            return
        self.show_screen(screen)

    # -- places -------------------------------------------------------------------------------------------

    def go(self, name: str) -> None:
        """Go to a place of the table; back to it where it is open below. What refuses is said where one stands."""
        place = place_named(name)
        try:
            screen = place.make(self)
        except QualcodeError as error:
            self.refuse(error)
            return
        self.show_screen(screen)

    def show_screen(self, screen: Screen[None]) -> None:
        """Put a screen on top, in place of one of its kind and what stands on that; keys wait until it is ready.

        A screen says that it is ready by `screen_is_ready`."""
        for depth, below in enumerate(self.screen_stack):
            if type(below) is type(screen):
                for _ in range(len(self.screen_stack) - depth):
                    self.pop_screen()
                break
        self.wait_for_screen()
        self.push_screen(screen)

    def leave_screen(self) -> None:
        """Go back to the screen below, which reads afresh; to the documents where there is none."""
        self.pop_screen()
        if len(self.screen_stack) == 1:
            self.go("documents")
        elif isinstance(self.screen, ComesBack):
            self.screen.come_back()

    def refuse(self, error: QualcodeError) -> None:
        """Say on the screen that is shown why something was refused."""
        if isinstance(self.screen, Says) and self.screen.is_mounted:
            self.screen.say(error.message, hint=error.hint, warns=True)
        else:
            self.note(error.message, error.hint)
            self.notify(error.hint or "", title=error.message, severity="error")

    def follow(self, place: Offset) -> None:
        """Put the terminal's own cursor on this cell, where a screen reader or a Braille line looks for it."""
        if self.hardware_cursor:
            self.cursor_position = place
            if self._driver is not None:
                self._driver.write(f"\x1b[{place.y + 1};{place.x + 1}H\x1b[?25h")

    def note(self, text: str, hint: str | None) -> None:
        """Keep a notice, so that it can be read again."""
        self.notices.appendleft((f"{datetime.now():%H:%M:%S}", text, hint))  # noqa: DTZ005 - shown to the person here

    # -- actions ------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        from qualcode.tui.screens.reading import ReadingScreen, help_lines

        if not isinstance(self.screen, ReadingScreen):
            bound = [kept for _, held in self.screen._binding_chain for kept in held]
            here = {str(one.id).rpartition(".")[0] for _, one in bound}
            self.push_screen(ReadingScreen("Keys", help_lines(here)))

    def action_notices(self) -> None:
        from qualcode.tui.screens.reading import ReadingScreen, notice_lines

        if not isinstance(self.screen, ReadingScreen):
            self.push_screen(ReadingScreen("Notices", notice_lines(self.notices)))

    def action_go(self, name: str) -> None:
        self.go(name)

    def action_places(self) -> None:
        from qualcode.tui.screens.going import GoingScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(GoingScreen(self.go))

    def action_next_theme(self) -> None:
        at = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(at + 1) % len(THEMES)]
        self.note(f"theme: {self.theme}", None)

    def watch_theme(self, theme: str) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, FollowsTheme) and screen.is_mounted:
                screen.retheme()

    # -- the end ------------------------------------------------------------------------------------------

    @property
    def _location(self) -> str:
        return "the project" if isinstance(self._desk, Opening) else self._desk.location

    def _fatal_error(self) -> None:
        """Say where the work is and what to report; no text of the project stands in it."""
        from rich.text import Text

        self.bell()
        kind, error, frames = sys.exc_info()
        name = kind.__name__ if kind else type(error).__name__
        lines = [
            f"qualcode has stopped because of a mistake of its own ({name}).",
            f"Your work is saved: every coding that was on the screen is in {self._location}.",
            "Start it again and go on. To report the mistake, copy what follows; it holds no text of your project.",
            "",
        ]
        for frame in traceback.extract_tb(frames)[-12:]:
            lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
        self._exit_renderables.append(Text("\n".join(lines)))
        self._close_messages_no_wait()


def workbench_of(node: DOMNode) -> Workbench:
    """Return the application this widget or screen belongs to."""
    app = node.app
    assert isinstance(app, Workbench)
    return app


def open_workbench(
    place: str,
    *,
    coder: str | None = None,
    document: str | None = None,
    round: str | None = None,
    hardware_cursor: bool = False,
) -> None:
    """Open the workbench on the project at this place, and return when the coder leaves.

    Refused where there is no terminal. A round is chosen by name, else the newest open one is taken.
    With `hardware_cursor` the terminal's cursor is shown and follows the selection, for screen readers.
    A document's text is on the screen before the database layer is loaded."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(
            "the workbench needs a terminal for input and error output",
            hint="without one, every task is also a command: qualcode --help",
        )
    from qualcode.services.opening import first_sight

    actions()
    gc.set_threshold(*_COLLECTING)
    with ExitStack() as stack:

        def open_desk() -> Desk:
            from qualcode.services.project import open_project
            from qualcode.tui.project_desk import ProjectDesk

            project = stack.enter_context(open_project(place, coder=coder))
            desk = ProjectDesk(project, round=round)
            if document is not None:
                desk.read(document)
            return desk

        sight = first_sight(place, coder=coder, document=document)
        app = Workbench(
            open_desk() if sight is None else Opening(sight, open_desk),
            document=document,
            hardware_cursor=hardware_cursor,
        )
        app.run()
    if app.refused is not None:
        raise app.refused
    if app.return_code:
        raise SystemExit(app.return_code)
