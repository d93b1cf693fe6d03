"""The joint display: a measure's distribution beside the codes of the same participants."""

from __future__ import annotations

from qualcode.tui.action_table import Where
from qualcode.tui.screens.compare.frame import BranchesPage
from qualcode.tui.screens.compare.joining import JointReading, View
from qualcode.tui.screens.compare.table import note_lines, small_first
from qualcode.tui.widgets.lines import Line

_WIDE = 110
_FIGURES = 62
"""How many cells the figures beside the two boxes need."""


class JointScreen(BranchesPage[JointReading]):
    """Enter on a figure of those who say a code lists what they say."""

    WHERE = Where.JOINT
    FILE = "joint-display"
    NAME = "Joint display"
    FITS = True
    TITLE_ROWS = 3

    def title_lines(self) -> list[Line]:
        source = self.source
        label = source.joint.label
        named = label if label == source.measure else f"{label} ({source.measure})"
        notes = " · ".join(small_first(self.table.notes))
        is_narrow = self.size.width < _WIDE
        return [
            (
                (f" Joint display: {label if is_narrow else named}", "strong"),
                (f"  {source.view.value}", "key"),
                (f"  {source.rows_words} · {source.whose.words}", "dim"),
            ),
            *note_lines(notes, self.size.width, rows=2 if is_narrow else 1),
        ]

    def fit(self) -> None:
        names = max((len(row.name) for row in self.source.joint.rows), default=8)
        left = self.size.width - min(names, max(self.size.width // 3, 12)) - _FIGURES
        self.source.box_room = min(max(left // 2, 12), 40)

    def code_here(self) -> str | None:
        if self.source.view is View.PEOPLE:
            return self.table.keys[self.grid.column] or None
        return self.grid.key or None

    def action_choose_measure(self) -> None:
        measures = self.source.measures

        def take(index: int) -> None:
            self.change(lambda: self.source.measure_by(measures[index]))

        at = measures.index(self.source.measure) if self.source.measure in measures else 0
        self.choose("which measure", [((name, ""),) for name in measures], take, at=at)

    def action_next_view(self) -> None:
        self.change(self.source.next_view)
