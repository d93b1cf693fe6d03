"""The passages that a claim names: read them, open them where they were said, take one away."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget

from qualcode.core.narrative import PassageView, ProseKind, ProseView
from qualcode.core.narrative.wording import prose_state
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.narrative.book import Book
from qualcode.tui.screens.narrative.drawing import evidence_row
from qualcode.tui.screens.narrative.way import open_at
from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList
from qualcode.tui.widgets.wrapping import wrapped_lines


class ClaimScreen(Page):
    """Lists the evidence of one piece of prose; Enter opens the interview."""

    WHERE = Where.CLAIM
    HINTS = (Where.LIST,)
    AUTO_FOCUS = "#claim"
    TITLE_ROWS = 3
    DEFAULT_CSS = """
    ClaimScreen #quote { height: 8; background: $panel; }
    """

    def __init__(self, book: Book, piece: ProseView) -> None:
        super().__init__()
        self.book = book
        self.piece = piece
        self.rows = RowList(id="claim")
        self.quote = Lines(id="quote")

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = self._open
        self.rows.moved = self._show_quote
        yield self.rows
        yield self.quote

    def begin(self) -> str | None:
        self.book.load(prose=self.piece.id)
        self.piece = self.book.prose()
        return None

    def show_all(self) -> None:
        width = max(self.size.width - 2, 20)
        kind = "Speaks against" if self.piece.kind is ProseKind.COUNTER else "Claim"
        state = prose_state(self.piece)
        words = wrapped_lines(f"{kind}: {' '.join(self.piece.text.split())}", width)
        title: list[Line] = [((f" {line}", "strong"),) for line in words[: 2 if state else 3]]
        if state:
            title.append(((f" {state}", "warn"),))
        self.head.show(title)
        self.rows.fill(
            [evidence_row(one, self.size.width) for one in self._passages()]
            or [(("it names no passage of this narrative", "dim"),)]
        )

    def action_detach(self) -> None:
        self.do(self._take_away)

    def action_accept(self) -> None:
        self.do(lambda: self._changed(self.book.accept))

    def action_undo(self) -> None:
        self.do(lambda: self._changed(self.book.undo))

    def action_redo(self) -> None:
        self.do(lambda: self._changed(lambda: self.book.undo(again=True)))

    def _changed(self, work: Callable[[], str]) -> str:
        said = work()
        self.begin()
        return said

    def _take_away(self) -> str:
        found = self._passages()
        if not found:
            raise Refused("it names no passage", hint="q, then mark passages and a")
        said = self.book.detach(self.piece, found[self.rows.cursor].number)
        self.piece = self.book.prose()
        return said

    def _open(self, index: int) -> None:
        found = self._passages()
        if found:
            one = found[index]
            self.do(lambda: open_at(self.workbench, one.document, (one.start, one.end)))

    def _passages(self) -> list[PassageView]:
        named = set(self.piece.evidence)
        return [one for one in self.book.view.passages() if one.number in named]

    def _show_quote(self, index: int) -> None:
        found = self._passages()
        if not found:
            self.quote.show([])
            return
        rows = wrapped_lines(found[index].text, max(self.size.width - 4, 20))
        self.quote.show([((f"  {row}", ""),) for row in rows])
