"""The screen of comparison: codes by site, role, any attribute or facet, document or coder."""

from __future__ import annotations

from qualcode.core.sheets import Sheet
from qualcode.tui.action_table import Where
from qualcode.tui.screens.compare.comparing import Comparison, View
from qualcode.tui.screens.compare.frame import BranchesPage
from qualcode.tui.screens.compare.table import note_lines, small_first
from qualcode.tui.widgets.lines import Line

_LONG = "csv"
"""The format for statistics: a row for each cell, with every count."""


class ComparisonScreen(BranchesPage[Comparison]):
    """Enter on a cell lists its quotations; `v` shows who says it, how broadly it is supported, who speaks against."""

    WHERE = Where.COMPARISON
    FILE = "comparison"
    NAME = "Comparison"

    TITLE_ROWS = 3

    def title_lines(self) -> list[Line]:
        source = self.source
        cells = {
            View.MATRIX: source.measure.value,
            View.VOICES: f"speakers by {source.groups}, of those who could have said it",
            View.SUPPORT: f"groups of speakers by {source.groups}, participants",
            View.CONTRARY: "participants for +, against −, both in one breath ±",
        }
        whose = "every coder's own codings" if source.columns == "coder" else source.whose.words
        notes = " · ".join(small_first(self.table.notes))
        return [
            (
                (f" Comparison: {source.view.value}", "strong"),
                (f"  {source.rows_words} by {source.columns}", "key"),
                (f"  {whose}", "dim"),
            ),
            ((f" {cells[source.view]}", ""),),
            *note_lines(notes, self.size.width),
        ]

    def empty(self) -> str:
        if self.words:
            return super().empty()
        if self.source.view is View.CONTRARY:
            return "no negative case: whoever speaks of a code here says the same, or presence was not asked"
        return "there is no code to compare" if self.source.view is View.MATRIX else self.EMPTY

    def sheet(self, format: str) -> Sheet:
        """Return the matrix with a row for each cell for csv, else the table as it is shown."""
        if format == _LONG and self.source.view is View.MATRIX:
            return self.source.long_sheet()
        return super().sheet(format)

    def action_choose_columns(self) -> None:
        choices = self.source.column_choices()
        names = [name for name, _ in choices]

        def take(index: int) -> None:
            self.change(lambda: self.source.compare_by(names[index]))

        lines: list[Line] = [((name, "strong"), (f"  {said}", "dim")) for name, said in choices]
        at = names.index(self.source.columns) if self.source.columns in names else 0
        self.choose("what the columns are", lines, take, at=at)

    def action_choose_groups(self) -> None:
        names = [name for name, _ in self.source.group_choices()]

        def take(index: int) -> None:
            self.change(lambda: self.source.group_by(names[index]))

        at = names.index(self.source.groups) if self.source.groups in names else 0
        lines: list[Line] = [((name, "strong"),) for name in names]
        self.choose("which attribute makes the groups of speakers", lines, take, at=at)

    def action_next_measure(self) -> None:
        self.change(self.source.next_measure)

    def action_next_view(self) -> None:
        self.change(self.source.next_view)

    def action_turn(self) -> None:
        self.change(self.source.turn)
