"""The screen of saturation: a bar for each document, the curve, and the reading by its rule and reference."""

from __future__ import annotations

from typing import ClassVar

from qualcode.core.saturation import REFERENCE
from qualcode.tui.action_table import Where
from qualcode.tui.screens.compare.frame import FindingsPage
from qualcode.tui.screens.compare.saturating import SaturationReading, View
from qualcode.tui.screens.compare.table import note_lines
from qualcode.tui.widgets.lines import Line

_NUMBERS = 42
"""How many cells the figures beside the bars need."""
_WHOLE = 190
"""From this width on the reference stands in full above the table; `m` always has it."""


class SaturationScreen(FindingsPage[SaturationReading]):
    """Enter on a document lists the quotations by which it brought new codes."""

    WHERE = Where.SATURATION
    FILE = "saturation"
    NAME = "Saturation"
    FITS = True
    TITLE_ROWS = 3
    EMPTY = "no document is coded yet in what is counted here: w counts other codings"
    TOLD_ROWS: ClassVar[int] = 3

    def title_lines(self) -> list[Line]:
        source = self.source
        found = source.found
        drawn = f", {found.resampled.orders:,} random orders" if found.resampled else ""
        order = f"{found.order}{drawn}"
        reference = REFERENCE if self.size.width >= _WHOLE else REFERENCE.partition("),")[0] + ")"
        return [
            (
                (f" Saturation: {source.view.value}", "strong"),
                (f"  {source.rule_words}", "key"),
            ),
            ((f" {found.reading}", "good" if found.reached is not None else "warn"),),
            *note_lines(
                f"{order} · {source.rows_words} · {source.whose.words} · {reference}",
                self.size.width,
            ),
        ]

    def fit(self) -> None:
        names = max((len(step.document) for step in self.source.found.steps), default=8) + 7
        left = self.size.width - min(names, max(self.size.width // 3, 12)) - _NUMBERS
        self.source.bar_room = min(max(left, 10), 80)

    def action_next_view(self) -> None:
        self.change(self.source.next_view)

    def action_choose_order(self) -> None:
        choices = self.source.order_choices()
        orders = [order for order, _ in choices]

        def take(index: int) -> None:
            self.change(lambda: self.source.put_in_order(orders[index]))

        at = orders.index(self.source.order) if self.source.order in orders else 0
        self.choose(
            "the order of the documents", [((said, ""),) for _, said in choices], take, at=at
        )

    def action_resample(self) -> None:
        self.change(self.source.resample)

    def action_next_base(self) -> None:
        self.change(self.source.next_base)

    def action_next_run(self) -> None:
        self.change(self.source.next_run)

    def action_next_threshold(self) -> None:
        self.change(self.source.next_threshold)

    def action_ask_rule(self) -> None:
        """Ask for base, run and threshold in numbers."""

        def take(given: str) -> str | None:
            self.source.trying(lambda: self.source.follow(given))
            self._load()
            return self.source.rule_words

        base, run, threshold = self.source.rule
        text = f"{base} {run} {100 * threshold:g}%"
        self.ask("base, run and threshold: 4 2 5%", take, text=text)

    def _open(self, key: str, column: int) -> None:
        if self.source.view is View.RULES:
            base, run, threshold = key.split("\x1f")
            self.source.view = View.NEW
            self.change(lambda: self.source.follow(f"{base} {run} {threshold}"))
            return
        super()._open(key, column)
