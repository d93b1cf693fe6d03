"""The passages behind a figure: who gave the code and who did not, and the way into the document or to a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen

from qualcode.errors import QualcodeError
from qualcode.tui.action_table import Where
from qualcode.tui.actions import hints
from qualcode.tui.screens.agreement.source import SHOWN, Source, Wanted
from qualcode.tui.widgets.lines import Line, Lines, Piece
from qualcode.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from qualcode.services.agreement import FoundPassage

_QUOTE_LINES = 4
_TITLES = {
    "disagreement": "where they differ",
    "agreement": "where they agree",
    "all": "all they marked",
}


class PassagesScreen(Screen[None]):
    """Lists passages; Enter opens the document at the passage, `r` leads to its reconciliation."""

    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    PassagesScreen { layout: vertical; }
    PassagesScreen #title { height: 1; background: $panel; }
    PassagesScreen #quote { height: 6; background: $panel; }
    """

    def __init__(self, source: Source, wanted: Wanted, passages: tuple[FoundPassage, ...]) -> None:
        super().__init__()
        self.source = source
        self.wanted = wanted
        self.shown = SHOWN[0]
        self.rows = RowList(Where.PASSAGES, id="rows")
        self._passages = passages

    def compose(self) -> ComposeResult:
        yield Lines(id="title")
        yield self.rows
        yield Lines(id="quote")
        yield Lines(id="hint")

    def on_mount(self) -> None:
        self.rows.chosen = self._open_document
        self.rows.moved = self._show_quote
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        from qualcode.tui.app import workbench_of

        self._draw()
        workbench_of(self).screen_is_ready()

    def on_resize(self) -> None:
        self._draw()

    def come_back(self) -> None:
        self.read()

    def read(self) -> None:
        """Read the passages afresh: what was decided meanwhile shows."""
        try:
            self._passages = self.source.passages(self.wanted, show=self.shown)
        except QualcodeError as error:
            self.query_one("#title", Lines).show([((f" {error.message}", "warn"),)])
            return
        self._draw()

    def action_next_shown(self) -> None:
        self.shown = SHOWN[(SHOWN.index(self.shown) + 1) % len(SHOWN)]
        self.rows.cursor = 0
        self.read()

    def action_reconcile(self) -> None:
        """Go to the discrepancy of this passage."""
        one = self._here()
        if one is None or one.discrepancy is None:
            self._say("nothing is to be settled here")
            return
        from qualcode.tui.app import workbench_of
        from qualcode.tui.screens.reconcile import reconcile_screen

        try:
            workbench_of(self).show_screen(
                reconcile_screen(workbench_of(self), at=one.discrepancy)
            )
        except QualcodeError as error:
            self._say(f"{error.message} — {error.hint}" if error.hint else error.message)

    def action_close(self) -> None:
        from qualcode.tui.app import workbench_of

        workbench_of(self).leave_screen()

    def _open_document(self, index: int) -> None:
        from qualcode.tui.app import workbench_of

        if self._passages:
            one = self._passages[index]
            self.source.go_to(one)
            workbench_of(self).open_document(one.document)

    def _here(self) -> FoundPassage | None:
        return self._passages[self.rows.cursor] if self._passages else None

    def _draw(self) -> None:
        wanted = self.wanted
        of = " and ".join(wanted.coders)
        where = [part for part in (of, wanted.document or "") if part]
        count = f"{len(self._passages)} passage{'' if len(self._passages) == 1 else 's'}"
        title = f" {wanted.name}: {_TITLES[self.shown]}"
        self.query_one("#title", Lines).show(
            [((title, "strong"), (f"  {', '.join([*where, count])}", "dim"))]
        )
        name = max((len(one.document) for one in self._passages), default=8)
        self.rows.fill(
            [_row(one, name, shows_code=wanted.code == "all") for one in self._passages]
            or [(("none", "dim"),)]
        )
        pieces: list[Piece] = []
        for keys, word in hints(Where.LIST, Where.PASSAGES, Where.EVERYWHERE):
            pieces += [(f" {keys} ", "key"), (f"{word} ", "")]
        self.query_one("#hint", Lines).show([tuple(pieces)])

    def _show_quote(self, index: int) -> None:
        import textwrap

        if not self._passages:
            self.query_one("#quote", Lines).show([])
            return
        one = self._passages[index]
        turn = f", turn {one.turn}" if one.turn is not None else ""
        said = f" {one.document} {one.start}–{one.end}{turn}"
        who = f"  {', '.join(one.gave)} gave it"
        who += f"; {', '.join(one.did_not)} did not" if one.did_not else ""
        words = textwrap.wrap(" ".join(one.quote.split()), max(self.size.width - 4, 20))
        if len(words) > _QUOTE_LINES:
            words = [*words[: _QUOTE_LINES - 1], words[_QUOTE_LINES - 1] + " …"]
        self.query_one("#quote", Lines).show(
            [((said, "strong"), (who, "")), *(((f"  {line}", ""),) for line in words)]
        )

    def _say(self, text: str) -> None:
        self.query_one("#title", Lines).show([((f" {text}", "warn"),)])


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
