"""The frame of the coding screen: its widgets, what they show, and the one way in which a change is made."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widget import Widget

from qualcode.errors import QualcodeError
from qualcode.tui.action_table import Where
from qualcode.tui.actions import bind
from qualcode.tui.breakpoints import MEDIUM, WIDE
from qualcode.tui.screens.coding.bars import hint_line, pins_lines, question_line, status_line
from qualcode.tui.screens.coding.questions import Questions
from qualcode.tui.sitting import Outcome, Sitting
from qualcode.tui.widgets.codebook_tree import CodebookTree
from qualcode.tui.widgets.entry import LineEntry, PageEntry
from qualcode.tui.widgets.finder import Finder
from qualcode.tui.widgets.inspector import Inspector
from qualcode.tui.widgets.lines import Line, Lines, Piece
from qualcode.tui.widgets.transcript import TranscriptPane

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

_TALL = 30
"""From this height on the pinned codes may take a second row."""


class CodingFrame(Screen[None]):
    """Holds the panes of one sitting and brings them up to date."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        bind(self, Where.CODING)
        self.sitting = sitting
        self.pane = TranscriptPane(id="transcript")
        bind(self.pane, Where.TRANSCRIPT)
        self.tree_pane = CodebookTree()
        self.inspector = Inspector(id="inspector")
        self.pins = Lines(id="pins")
        self.pin_rows = 1
        self.status = Lines(id="status")
        self.hint = Lines(id="hint")
        self.finder = Finder()
        self.line_entry = LineEntry()
        self.page_entry = PageEntry()
        self.questions: Questions | None = None
        self._prefix: Callable[[str], None] | None = None
        self._prefix_line: Line = ()
        self._said: Piece = ("", "")
        self._said_now = False
        self._opener: Widget | None = None
        self._wants_codebook: bool | None = None
        self._wants_inspector: bool | None = None

    def show_place(self) -> None:
        """Bring status and inspector up to date, within the same frame."""
        width = self.size.width
        self.status.show(
            [status_line(self.sitting, width, said=self._said, holding=self.pane.holding)]
        )
        if self.inspector.display:
            code = self.tree_pane.code_at_cursor if self.focused is self.tree_pane else None
            self.inspector.show_place(self.sitting, code=code or None)

    def moved(self) -> None:
        """The selection has changed: what was said before it goes, what was said with it stays."""
        if self._said_now:
            self._said_now = False
        else:
            self._said = ("", "")
        self.show_place()
        if self.workbench.hardware_cursor:
            self.workbench.follow(self.pane.cell_of_selection())

    def say(self, text: str, *, hint: str | None = None, warns: bool = False) -> None:
        """Put a sentence into the status line; what warns can be read again among the notices."""
        shown = f"{text} — {hint}" if hint else text
        self._said = (shown, "warn" if warns or hint else "good")
        if warns or hint:
            self.workbench.note(text, hint)
        self.show_place()

    @property
    def workbench(self) -> Workbench:
        from qualcode.tui.app import workbench_of

        return workbench_of(self)

    def _use_looks(self) -> None:
        sitting = self.sitting
        self.pane.look = sitting.looks
        self.pane.restyle()
        self.finder.use(sitting.looks)
        self.tree_pane.show(sitting.looks, sitting.shown_counts(), sitting.pin_digits())
        self._show_bars()

    def reload_codebook(self) -> None:
        """Read the codebook afresh, with the colours for the theme that is now chosen."""
        self.sitting.use_codebook(dark=self.app.current_theme.dark)
        self._use_looks()

    def retheme(self) -> None:
        """Take the colours of the codes for the theme that is now chosen."""
        self.reload_codebook()

    def come_back(self) -> None:
        """Read what another screen may have changed."""
        self.change(self.sitting.reload)
        self.say("")

    def _show_bars(self) -> None:
        self._show_pins()
        self._show_hint()

    def _show_pins(self) -> None:
        """Show the pinned codes, on two rows where one is too short and the screen is high."""
        rows = 2 if self.size.height >= _TALL else 1
        lines = pins_lines(self.sitting, self.size.width, rows=rows)
        if len(lines) != self.pin_rows:
            self.pin_rows = len(lines)
            self.pins.styles.height = len(lines)
        self.pins.show(lines)

    def _show_hint(self) -> None:
        width = self.size.width
        if self.questions is not None:
            line = question_line(self.questions.line(), width)
        elif self._prefix is not None:
            line = self._prefix_line
        else:
            where = Where.CODEBOOK if self.focused is self.tree_pane else Where.TRANSCRIPT
            line = hint_line(where, width)
        self.hint.show([line])

    def _arrange(self) -> None:
        """Decide what stands beside the transcript, and what lies over it."""
        width, height = self.app.size
        room_for_tree, room_for_inspector = width >= MEDIUM, width >= WIDE
        wants_tree = room_for_tree if self._wants_codebook is None else self._wants_codebook
        wants_inspector = (
            room_for_inspector if self._wants_inspector is None else self._wants_inspector
        )
        _place(self.tree_pane, wants_tree, over=not room_for_tree)
        _place(self.inspector, wants_inspector, over=not room_for_inspector)
        self.pins.display = height >= 14
        self.hint.display = height >= 8
        self.status.display = height >= 4
        if self.is_mounted:
            self._show_bars()

    def change(self, work: Callable[[], Outcome]) -> None:
        """Do one change; what it says is shown when it is durable, a refusal when it is not."""
        try:
            outcome = work()
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
            return
        self.pane.mark_dirty(outcome.rows)
        self._recount()
        if outcome.is_large:
            gc.freeze()
        if outcome.changes_codebook:
            self.reload_codebook()
        if outcome.place is not None:
            self._said, self._said_now = (outcome.sentence, "good"), True
            self.pane.select(outcome.place)
        else:
            self.say(outcome.sentence)

    def _recount(self) -> None:
        self.tree_pane.recount(self.sitting.shown_counts(), self.sitting.pin_digits())
        self._show_pins()

    def _await_letter(self, then: Callable[[str], None], line: Line) -> None:
        self._prefix, self._prefix_line = then, line
        self._show_hint()

    def open_line(self, title: str, answered: Callable[[str], None], *, text: str = "") -> None:
        """Open the line to write in, without hiding what is selected."""
        self._make_room(LineEntry.ROWS)
        self.line_entry.open(title, answered, text=text)

    def open_page(self, title: str, answered: Callable[[str], None], *, text: str = "") -> None:
        """Open the page to write in, without hiding what is selected."""
        self._make_room(PageEntry.ROWS)
        self.page_entry.open(title, answered, text=text)

    def _make_room(self, rows: int) -> None:
        bars = sum(1 for bar in (self.status, self.hint) if bar.display)
        bars += self.pin_rows if self.pins.display else 0
        self._opener = self.focused
        self.pane.covered = max(min(rows, self.size.height * 4 // 5) - bars, 0)
        self.pane.reveal()

    def _give_back(self) -> None:
        """Give the focus back to where it was before something was opened."""
        self.pane.covered = 0
        if self._opener is self.tree_pane and self.tree_pane.display:
            self.set_focus(self.tree_pane, scroll_visible=False)
        else:
            self._back_to_text()

    def _back_to_text(self) -> None:
        self.pane.covered = 0
        self.set_focus(self.pane, scroll_visible=False)
        if self.tree_pane.has_class("-over"):
            self._wants_codebook = None
            self._arrange()


def _place(widget: Widget, wanted: bool, *, over: bool) -> None:
    widget.set_class(over, "-over")
    widget.display = wanted
