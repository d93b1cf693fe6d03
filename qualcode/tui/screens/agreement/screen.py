"""The screen of agreement: the figures over all codes, the grid, and what the cell under the cursor says in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen

from qualcode.errors import QualcodeError
from qualcode.tui.action_table import Where
from qualcode.tui.actions import hints
from qualcode.tui.screens.agreement.grid import FigureGrid
from qualcode.tui.screens.agreement.passages import PassagesScreen
from qualcode.tui.screens.agreement.source import SHOWN, Source
from qualcode.tui.screens.agreement.views import (
    View,
    first_column,
    heads_of,
    rows_of,
    summary_parts,
    told_of,
    wanted_of,
)
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.lines import Line, Lines, Piece

if TYPE_CHECKING:
    from qualcode.core.agreement.report import AgreementReport
    from qualcode.tui.app import Workbench


def agreement_screen(app: Workbench) -> AgreementScreen:
    """Return the agreement of the chosen round. QualcodeError where it may not be shown."""
    source = Source(app.desk)
    return AgreementScreen(source, source.report())


class AgreementScreen(Screen[None]):
    """Shows one report; Enter on a figure lists its passages."""

    AUTO_FOCUS = "#figures"
    DEFAULT_CSS = """
    AgreementScreen { layout: vertical; }
    AgreementScreen #title { height: 3; background: $panel; }
    AgreementScreen #told { background: $panel; height: 2; }
    """

    def __init__(self, source: Source, report: AgreementReport) -> None:
        super().__init__()
        self.source = source
        self.report = report
        self.view = View.TABLE
        self.grid = FigureGrid(id="figures")

    def compose(self) -> ComposeResult:
        yield Lines(id="title")
        yield self.grid
        yield Lines(id="told")
        yield Lines(id="hint")

    def on_mount(self) -> None:
        self.grid.chosen = self._open_passages
        self.grid.moved = self._tell
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.show_report()
        self.workbench.screen_is_ready()

    @property
    def workbench(self) -> Workbench:
        from qualcode.tui.app import workbench_of

        return workbench_of(self)

    def on_resize(self) -> None:
        self._show_title()

    def show_report(self) -> None:
        """Show the report in the chosen view."""
        self.grid.fill(
            heads_of(self.report, self.view),
            rows_of(self.report, self.view),
            column=first_column(self.view),
        )
        self._show_title()

    def action_next_view(self) -> None:
        self.view = self.view.next
        self.show_report()

    def action_next_unit(self) -> None:
        self.source.next_unit()
        self._measure()

    def action_toggle_interviewer(self) -> None:
        self.source.toggle_interviewer()
        self._measure()

    def action_show_method(self) -> None:
        """Show what was measured and how, ready for the methods section, with the command."""
        width = min(self.size.width, 84) - 6
        text = self.source.methods(self.report)
        lines: list[Line] = [
            ((piece, ""),) for part in text.split("\n") for piece in _wrapped(part, width)
        ]
        self.app.push_screen(ReadingScreen("How this was measured", lines))

    def action_close(self) -> None:
        self.workbench.leave_screen()

    def _measure(self) -> None:
        try:
            self.report = self.source.report()
        except QualcodeError as error:
            self._warn(error)
            return
        self.show_report()

    def _warn(self, error: QualcodeError) -> None:
        said = f" {error.message} — {error.hint}" if error.hint else f" {error.message}"
        self.query_one("#told", Lines).show([((said, "warn"),)])

    def _open_passages(self, key: str, column: int) -> None:
        wanted = wanted_of(self.report, self.view, key, column)
        try:
            found = self.source.passages(wanted, show=SHOWN[0])
        except QualcodeError as error:
            self._warn(error)
            return
        self.workbench.show_screen(PassagesScreen(self.source, wanted, found))

    def _tell(self) -> None:
        told = told_of(self.report, self.view, self.grid.key, self.grid.column)
        lines = _wrapped(told, max(self.size.width - 2, 20))
        self.query_one("#told", Lines).show([((f" {line}", ""),) for line in lines[:2]])

    def _summary(self) -> list[str]:
        """Return the figures over all codes in one line where they fit, else in two."""
        parts = summary_parts(self.report)
        line = " · ".join(parts)
        if len(line) < self.size.width - 1:
            return [line]
        return [" · ".join(parts[:2]), " · ".join(parts[2:])]

    def _show_title(self) -> None:
        told = self.report.measured
        text = "all turns" if told.with_interviewer else "without the interviewer"
        about = (
            f"  {self.view.value} · by {told.unit}, {text} · {len(told.coders)} coders, "
            f"{len(told.compared)} documents"
        )
        self.query_one("#title", Lines).show(
            [
                ((f" Agreement in {told.round}", "strong"), (about, "dim")),
                *(((f" {line}", ""),) for line in self._summary()),
            ]
        )
        pieces: list[Piece] = []
        for keys, word in hints(Where.AGREEMENT, Where.EVERYWHERE):
            pieces += [(f" {keys} ", "key"), (f"{word} ", "")]
        self.query_one("#hint", Lines).show([tuple(pieces)])


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
