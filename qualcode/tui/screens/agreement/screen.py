"""The screen of agreement: the figures over all codes, the grid, and what the cell under the cursor says in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from qualcode.tui.action_table import Where
from qualcode.tui.cycling import following
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
from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.figure_grid import FigureGrid
from qualcode.tui.widgets.lines import Lines
from qualcode.tui.widgets.wrapping import wrapped_lines

if TYPE_CHECKING:
    from qualcode.core.agreement.report import AgreementReport
    from qualcode.tui.app import Workbench


def agreement_screen(app: Workbench) -> AgreementScreen:
    """Return the agreement of the chosen round. QualcodeError where it may not be shown."""
    source = Source(app.desk)
    return AgreementScreen(source, source.report())


class AgreementScreen(Page):
    """Shows one report; Enter on a figure lists its passages."""

    WHERE = Where.AGREEMENT
    HINTS: ClassVar = (Where.FIGURES,)
    TITLE_ROWS = 3
    HINT_ROWS = 2
    AUTO_FOCUS = "#figures"
    DEFAULT_CSS = """
    AgreementScreen #told { background: $panel; height: 2; }
    """

    def __init__(self, source: Source, report: AgreementReport) -> None:
        super().__init__()
        self.source = source
        self.report = report
        self.view = View.TABLE
        self.grid = FigureGrid(id="figures")
        self.told = Lines(id="told")

    def body(self) -> Iterable[Widget]:
        yield self.grid
        yield self.told

    def on_mount(self) -> None:
        self.grid.chosen = self._open_passages
        self.grid.moved = self._tell

    def begin(self) -> str | None:
        self._fill()
        return None

    def come_back(self) -> None:
        """Show what was measured; only another unit or text measures again."""

    def show_all(self) -> None:
        """Show the figures over all codes in the title."""
        told = self.report.measured
        text = "all turns" if told.with_interviewer else "without the interviewer"
        about = (
            f"  {self.view.value} · by {told.unit}, {text} · {len(told.coders)} coders, "
            f"{len(told.compared)} documents"
        )
        self.head.show(
            [
                ((f" Agreement in {told.round}", "strong"), (about, "dim")),
                *(((f" {line}", ""),) for line in self._summary()),
            ]
        )

    def action_next_view(self) -> None:
        self.view = following(View, self.view)
        self.do(self.begin)

    def action_next_unit(self) -> None:
        self._measure(self.source.next_unit)

    def action_toggle_interviewer(self) -> None:
        self._measure(self.source.toggle_interviewer)

    def action_show_method(self) -> None:
        """Show what was measured and how, ready for the methods section, with the command."""
        self.read("How this was measured", self.source.methods(self.report).split("\n"))

    def _measure(self, change: Callable[[], None]) -> None:
        def measure() -> str:
            change()
            self.report = self.source.report()
            self._fill()
            return ""

        self.do(measure)

    def _fill(self) -> None:
        self.grid.fill(
            heads_of(self.report, self.view),
            rows_of(self.report, self.view),
            column=first_column(self.view),
        )

    def _open_passages(self, key: str, column: int) -> None:
        def open_them() -> None:
            wanted = wanted_of(self.report, self.view, key, column)
            found = self.source.passages(wanted, show=SHOWN[0])
            self.workbench.show_screen(PassagesScreen(self.source, wanted, found))

        self.do(open_them)

    def _tell(self) -> None:
        told = told_of(self.report, self.view, self.grid.key, self.grid.column)
        lines = wrapped_lines(told, max(self.size.width - 2, 20))
        self.told.show([((f" {line}", ""),) for line in lines[:2]])

    def _summary(self) -> list[str]:
        """Return the figures over all codes in one line where they fit, else in two."""
        parts = summary_parts(self.report)
        line = " · ".join(parts)
        if len(line) < self.size.width - 1:
            return [line]
        return [" · ".join(parts[:2]), " · ".join(parts[2:])]
