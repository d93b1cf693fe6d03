"""The workbench: the application that holds the screens, and the one door through which keys come in."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections import deque
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events
from textual._callback import invoke
from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.theme import Theme
from textual.widgets import Input, TextArea

from qualcode.errors import QualcodeError, Refused
from qualcode.tui.action_table import Where
from qualcode.tui.actions import actions, bindings
from qualcode.tui.desk import Desk
from qualcode.tui.sitting import Sitting

if TYPE_CHECKING:
    from textual.command import Provider

    from qualcode.services.project import Project

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


@runtime_checkable
class TakesKeys(Protocol):
    """A screen that may claim a key before any binding: prefixes, questions, open entries."""

    def take_key(self, event: events.Key) -> bool: ...


def _action_commands() -> type[Provider]:
    from qualcode.tui.commands import ActionCommands

    return ActionCommands


class Workbench(App[None]):
    """One coder at one project."""

    TITLE = "qualcode"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {_action_commands}
    CSS = """
    Workbench:nocolor TranscriptPane > .transcript--selection { text-style: reverse; }
    Workbench:nocolor .lines--chosen { text-style: reverse; }
    Workbench:nocolor CodebookTree > .tree--cursor { text-style: reverse; }
    Workbench:ansi TranscriptPane > .transcript--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    Workbench:ansi .lines--chosen { text-style: reverse; }
    Workbench:ansi CodebookTree > .tree--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar = []

    def __init__(
        self, desk: Desk, *, document: str | None = None, hardware_cursor: bool = False
    ) -> None:
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.hardware_cursor = hardware_cursor
        for binding in bindings(Where.EVERYWHERE):
            self._bindings._add_binding(binding)
        self.desk = desk
        self.notices: deque[tuple[str, str, str | None]] = deque(maxlen=500)
        self._first_document = document
        self._early: list[events.Key] = []
        self._waiting = False
        self._typed = 0.0
        self.register_theme(CONTRAST)

    def on_mount(self) -> None:
        if self.console.color_system in ("standard", "windows") and not self.no_color:
            self.theme = "ansi-dark"
        self.set_interval(_IDLE_SECONDS, self._tidy)
        if self._first_document is not None:
            self.open_document(self._first_document)
        else:
            self._show_start()

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

    def open_document(self, name: str) -> None:
        """Open a document for coding; refusals are said on the start screen."""
        from qualcode.tui.screens.coding import CodingScreen

        try:
            sitting = Sitting(self.desk, name, dark=self.current_theme.dark)
        except QualcodeError as error:
            self.note(error.message, error.hint)
            if len(self.screen_stack) == 1:
                self._show_start()
            self.notify(error.hint or "", title=error.message, severity="error")
            return
        self.wait_for_screen()
        self.push_screen(CodingScreen(sitting))

    def open_ties(self) -> None:
        """Open the review of ties."""
        from qualcode.tui.screens.network import open_ties

        round_ = self.desk.round
        open_ties(self, self.desk.project, round=round_.name if round_ else None)

    def open_networks(self) -> None:
        """Open the networks of the sites."""
        from qualcode.tui.screens.network import open_networks

        open_networks(self, self.desk.project)

    def open_reconciliation(self, *, at: str | None = None) -> None:
        """Open the worklist of the chosen round, at a discrepancy if one is named; refused while its coders' work is
        hidden."""
        from qualcode.tui.screens.reconcile import ReconcileScreen

        session = self.desk.reconciliation(dark=self.current_theme.dark)
        if at is None:
            session.load_first()
        else:
            session.load()
            places = [item.id for item in session.items]
            session.go(places.index(at) - session.at if at in places else 0)
        self.wait_for_screen()
        self.push_screen(ReconcileScreen(session))

    def close_document(self) -> None:
        """Go back to the documents."""
        self.pop_screen()
        if len(self.screen_stack) == 1:
            self._show_start()

    def _show_start(self) -> None:
        from qualcode.tui.screens.start import StartScreen

        self.push_screen(StartScreen(self.desk))

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
            self.push_screen(ReadingScreen("Keys", help_lines()))

    def action_notices(self) -> None:
        from qualcode.tui.screens.reading import ReadingScreen, notice_lines

        if not isinstance(self.screen, ReadingScreen):
            self.push_screen(ReadingScreen("Notices", notice_lines(self.notices)))

    def action_next_theme(self) -> None:
        at = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(at + 1) % len(THEMES)]
        self.note(f"theme: {self.theme}", None)

    def watch_theme(self, theme: str) -> None:
        from qualcode.tui.screens.coding import CodingScreen
        from qualcode.tui.screens.reconcile import ReconcileScreen

        for screen in self.screen_stack:
            if isinstance(screen, CodingScreen) and screen.is_mounted:
                screen.reload_codebook()
            if isinstance(screen, ReconcileScreen) and screen.is_mounted:
                screen.retheme()

    # -- the end ------------------------------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """Say where the work is and what to report; no text of the project stands in it."""
        from rich.text import Text

        self.bell()
        kind, error, frames = sys.exc_info()
        name = kind.__name__ if kind else type(error).__name__
        lines = [
            f"qualcode has stopped because of a mistake of its own ({name}).",
            f"Your work is saved: every coding that was on the screen is in {self.desk.location}.",
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
    project: Project,
    *,
    document: str | None = None,
    round: str | None = None,
    hardware_cursor: bool = False,
) -> None:
    """Open the workbench on a project and return when the coder leaves.

    Refused where there is no terminal. A round is chosen by name, else the newest open one is taken.
    With `hardware_cursor` the terminal's cursor is shown and follows the selection, for screen readers."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(
            "the workbench needs a terminal for input and error output",
            hint="without one, every task is also a command: qualcode --help",
        )
    from qualcode.tui.project_desk import ProjectDesk

    actions()
    gc.set_threshold(*_COLLECTING)
    desk = ProjectDesk(project, round=round)
    if document is not None:
        desk.read(document)
    app = Workbench(desk, document=document, hardware_cursor=hardware_cursor)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
