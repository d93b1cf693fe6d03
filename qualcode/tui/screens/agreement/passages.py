"""The passages behind a figure: who gave the code and who did not, and the way into the document or to a decision."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from qualcode.tui.action_table import Where
from qualcode.tui.screens.agreement.source import SHOWN, Source, Wanted
from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from qualcode.services.agreement import FoundPassage

_QUOTE_LINES = 4
_TITLES = {
    "disagreement": "where they differ",
    "agreement": "where they agree",
    "all": "all they marked",
}


class PassagesScreen(Page):
    """Lists passages; Enter opens the document at the passage, `r` leads to its reconciliation."""

    WHERE = Where.PASSAGES
    HINTS: ClassVar = (Where.LIST,)
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    PassagesScreen #quote { height: 6; background: $panel; }
    """

    def __init__(self, source: Source, wanted: Wanted, passages: tuple[FoundPassage, ...]) -> None:
        super().__init__()
        self.source = source
        self.wanted = wanted
        self.shown = SHOWN[0]
        self.rows = RowList(id="rows")
        self.quote = Lines(id="quote")
        self._passages = passages

    def body(self) -> Iterable[Widget]:
        yield self.rows
        yield self.quote

    def on_mount(self) -> None:
        self.rows.chosen = self._open_document
        self.rows.moved = self._show_quote

    def come_back(self) -> None:
        """Read afresh: what was decided meanwhile shows."""
        self.do(self._read)

    def show_all(self) -> None:
        wanted = self.wanted
        of = " and ".join(wanted.coders)
        where = [part for part in (of, wanted.document or "") if part]
        count = f"{len(self._passages)} passage{'' if len(self._passages) == 1 else 's'}"
        title = f" {wanted.name}: {_TITLES[self.shown]}"
        self.head.show([((title, "strong"), (f"  {', '.join([*where, count])}", "dim"))])
        name = max((len(one.document) for one in self._passages), default=8)
        self.rows.fill(
            [_row(one, name, shows_code=wanted.code == "all") for one in self._passages]
            or [(("none", "dim"),)]
        )

    def action_next_shown(self) -> None:
        self.shown = SHOWN[(SHOWN.index(self.shown) + 1) % len(SHOWN)]
        self.rows.cursor = 0
        self.do(self._read)

    def action_reconcile(self) -> None:
        """Go to the discrepancy of this passage."""
        one = self._passages[self.rows.cursor] if self._passages else None
        if one is None or one.discrepancy is None:
            self.say("nothing is to be settled here", warns=True)
            return
        found = one.discrepancy

        def go() -> None:
            from qualcode.tui.screens.reconcile import reconcile_screen

            self.workbench.show_screen(reconcile_screen(self.workbench, at=found))

        self.do(go)

    def _read(self) -> str:
        self._passages = self.source.passages(self.wanted, show=self.shown)
        return ""

    def _open_document(self, index: int) -> None:
        if self._passages:
            one = self._passages[index]
            self.source.go_to(one)
            self.workbench.open_document(one.document)

    def _show_quote(self, index: int) -> None:
        if not self._passages:
            self.quote.show([])
            return
        one = self._passages[index]
        turn = f", turn {one.turn}" if one.turn is not None else ""
        said = f" {one.document} {one.start}–{one.end}{turn}"
        who = f"  {', '.join(one.gave)} gave it"
        who += f"; {', '.join(one.did_not)} did not" if one.did_not else ""
        words = textwrap.wrap(" ".join(one.quote.split()), max(self.size.width - 4, 20))
        if len(words) > _QUOTE_LINES:
            words = [*words[: _QUOTE_LINES - 1], words[_QUOTE_LINES - 1] + " …"]
        self.quote.show([((said, "strong"), (who, "")), *(((f"  {line}", ""),) for line in words)])


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
