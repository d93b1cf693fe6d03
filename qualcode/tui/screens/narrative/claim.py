"""The passages that a claim names: read them, open them where they were said, take one away."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.narrative import PassageView, ProseKind, ProseView
from qualcode.core.narrative.wording import prose_state
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.narrative.book import Book
from qualcode.tui.screens.narrative.drawing import evidence_row
from qualcode.tui.screens.quoting import QuotingPage
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import wrapped_lines


class ClaimScreen(QuotingPage[PassageView]):
    """Lists the evidence of one piece of prose; Enter opens the interview."""

    WHERE = Where.CLAIM
    TITLE_ROWS = 3
    QUOTE_ROWS = 8
    EMPTY = "it names no passage of this narrative"

    def __init__(self, book: Book, piece: ProseView) -> None:
        super().__init__()
        self.book = book
        self.piece = piece

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
        named = set(self.piece.evidence)
        self.shown = [one for one in self.book.view.passages() if one.number in named]
        self.show_rows([evidence_row(one, self.size.width) for one in self.shown])

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
        if not self.shown:
            raise Refused("it names no passage", hint="q, then mark passages and a")
        said = self.book.detach(self.piece, self.here().number)
        self.piece = self.book.prose()
        return said

    def quoted(self, one: PassageView) -> str:
        return one.text
