"""The screen of co-occurrence: pairs of codes that stand together, and heatmaps of them."""

from __future__ import annotations

from qualcode.tui.action_table import Where
from qualcode.tui.screens.compare.frame import FindingsPage
from qualcode.tui.screens.compare.meeting import Together, View
from qualcode.tui.screens.compare.table import numbered
from qualcode.tui.widgets.lines import Line


class CooccurrenceScreen(FindingsPage[Together]):
    """Enter on a figure lists the passages where both codes stand."""

    WHERE = Where.COOCCURRENCE
    FILE = "cooccurrence"
    NAME = "Co-occurrence"
    EMPTY = "no two codes stand together in what is counted here: n and w look elsewhere"

    def text_room(self) -> int | None:
        """Return how wide the second code may be."""
        return 22 if self.size.width < 110 else 40

    def title_lines(self) -> list[Line]:
        source = self.source
        notes = " · ".join(self.table.notes)
        pairs = (
            numbered(len(self.table.rows), "pair") if source.view is View.PAIRS else source.view
        )
        return [
            (
                (" Co-occurrence", "strong"),
                (f"  {source.how}", "key"),
                (f"  {pairs} · {source.rows_words} · {source.whose.words}", "dim"),
            ),
            ((f" {notes or 'within one coder or the consensus, never across coders'}", "dim"),),
        ]

    def action_next_relation(self) -> None:
        self.change(self.source.next_relation)

    def action_next_view(self) -> None:
        self.change(self.source.next_view)

    def action_ask_distance(self) -> None:
        """Ask how far apart near codings may stand."""

        def take(given: str) -> str | None:
            before = self.source.distance, self.source.relation
            self.source.set_distance(given)
            if (self.source.distance, self.source.relation) != before:
                self.change(lambda: None)
            return None

        title = "near: at most so many characters apart"
        self.ask(title, take, text=str(self.source.distance))
