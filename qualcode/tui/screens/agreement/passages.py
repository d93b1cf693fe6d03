"""The passages behind a figure: who gave the code and who did not, and the way into the document or to a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.tui.action_table import Where
from qualcode.tui.cycling import following
from qualcode.tui.screens.agreement.source import SHOWN, Source, Wanted
from qualcode.tui.screens.quoting import QuotingPage
from qualcode.tui.widgets.lines import Line

if TYPE_CHECKING:
    from qualcode.services.agreement import FoundPassage

_TITLES = {
    "disagreement": "where they differ",
    "agreement": "where they agree",
    "all": "all they marked",
}


class PassagesScreen(QuotingPage["FoundPassage"]):
    """Lists passages; Enter opens the document at the passage, `r` leads to its reconciliation."""

    WHERE = Where.PASSAGES
    QUOTE_ROWS = 6

    def __init__(self, source: Source, wanted: Wanted, passages: tuple[FoundPassage, ...]) -> None:
        super().__init__()
        self.source = source
        self.wanted = wanted
        self.which = SHOWN[0]
        self.shown = passages

    def come_back(self) -> None:
        """Read afresh: what was decided meanwhile shows."""
        self.do(self._read)

    def show_all(self) -> None:
        wanted = self.wanted
        of = " and ".join(wanted.coders)
        where = [part for part in (of, wanted.document or "") if part]
        count = f"{len(self.shown)} passage{'' if len(self.shown) == 1 else 's'}"
        title = f" {wanted.name}: {_TITLES[self.which]}"
        self.head.show([((title, "strong"), (f"  {', '.join([*where, count])}", "dim"))])
        name = max((len(one.document) for one in self.shown), default=8)
        self.show_rows([_row(one, name, shows_code=wanted.code == "all") for one in self.shown])

    def action_next_shown(self) -> None:
        self.which = following(SHOWN, self.which)
        self.rows.cursor = 0
        self.do(self._read)

    def action_reconcile(self) -> None:
        """Go to the discrepancy of this passage."""
        one = self.shown[self.rows.cursor] if self.shown else None
        if one is None or one.discrepancy is None:
            self.say("nothing is to be settled here", warns=True)
            return
        found = one.discrepancy

        def go() -> None:
            from qualcode.tui.screens.reconcile import reconcile_screen

            self.workbench.show_screen(reconcile_screen(self.workbench, at=found))

        self.do(go)

    def _read(self) -> str:
        self.shown = self.source.passages(self.wanted, show=self.which)
        return ""

    def quote_head(self, one: FoundPassage) -> Line:
        turn = f", turn {one.turn}" if one.turn is not None else ""
        said = f" {one.document} {one.start}–{one.end}{turn}"
        who = f"  {', '.join(one.gave)} gave it"
        who += f"; {', '.join(one.did_not)} did not" if one.did_not else ""
        return (said, "strong"), (who, "")

    def quoted(self, one: FoundPassage) -> str:
        return one.quote


def _row(one: FoundPassage, name: int, *, shows_code: bool) -> Line:
    settled = (
        f"{one.discrepancy} {'decided' if one.decided else 'open   '}" if one.discrepancy else ""
    )
    gave = "+" + " +".join(one.gave) + "".join(f" −{coder}" for coder in one.did_not)
    quote = " ".join(one.quote.split())
    code = f"{one.code}  " if shows_code else ""
    return (
        (f"{one.document:<{name}}  ", ""),
        (f"{settled:<16}  ", "dim"),
        (f"{gave}  ", "strong"),
        (f"{code}“{quote}”", ""),
    )
