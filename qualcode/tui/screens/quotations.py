"""Quotations as a list: behind a term or a link, and those to choose from when some are to be bound to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from qualcode.core.quotations import Quotation, holding
from qualcode.tui.action_table import Where
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.quoting import QuotingPage
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import fitted

_WIDE, _WIDE_NAME, _NAME = 100, 28, 14


class Behind(Protocol):
    """What the quotations stand behind. Every call reads or writes at once."""

    title: str

    def quotations(self) -> Sequence[Quotation]: ...

    def release(self, one: Quotation) -> str:
        """Take a quotation away that an analyst bound here; Refused where it follows from a code."""
        ...

    def undo(self, *, again: bool = False) -> str: ...


class Quoting(QuotingPage[Quotation]):
    """The frame of both: a filter by words, and marks."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.marked: dict[int, None] = {}
        self.found: tuple[Quotation, ...] = ()

    def on_mount(self) -> None:
        self.head.show([((" reading the quotations …", "dim"),)])

    def heading(self) -> str:
        raise NotImplementedError

    def show_all(self) -> None:
        self.shown = holding(self.found, self.words)
        count = f"{len(self.shown)} quotation{'' if len(self.shown) == 1 else 's'}"
        of = self.out_of()
        marked = f", {len(self.marked)} marked" if self.marked else ""
        self.head.show([((f" {self.heading()}", "strong"), (f"  {count}{of}{marked}", "dim"))])
        name = _WIDE_NAME if self.size.width >= _WIDE else _NAME
        self.show_rows(
            [_row(one, name, is_marked=one.coding_id in self.marked) for one in self.shown]
        )

    def out_of(self) -> str:
        """Say of how many the shown ones are."""
        return f" of {len(self.found)}, with “{self.words}”" if self.words else ""

    def action_filter(self) -> None:
        self.ask("show quotations with these words", self.filtered, text=self.words)

    def filtered(self, words: str) -> str | None:
        self.words = " ".join(words.split())
        self.rows.cursor = 0
        return None

    def action_open(self) -> None:
        self.do(self.open_passage)

    def quote_head(self, one: Quotation) -> Line:
        who = " and ".join(one.participants) or "nobody on record"
        through = f", coded in {one.through}" if one.through else ""
        return (
            (f" {who}", "strong"),
            (f"  {one.document} {one.start}–{one.end}", ""),
            (f"  {one.code} by {one.coder}, {one.round}{through}", "dim"),
        )

    def quoted(self, one: Quotation) -> str:
        return one.quote


class QuotationsScreen(Quoting):
    """Lists what stands behind something; Enter opens the document at the words."""

    WHERE = Where.QUOTATIONS

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self.behind = behind

    def heading(self) -> str:
        return self.behind.title

    def begin(self) -> str | None:
        self.found = tuple(self.behind.quotations())
        return None

    def action_release(self) -> None:
        self.do(lambda: self._changed(lambda: self.behind.release(self.here())))

    def action_undo(self) -> None:
        self.do(lambda: self._changed(self.behind.undo))

    def action_redo(self) -> None:
        self.do(lambda: self._changed(lambda: self.behind.undo(again=True)))

    def _changed(self, work: Callable[[], str]) -> str:
        said = work()
        self.begin()
        return said


class PickingScreen(Quoting):
    """Offers quotations; Enter takes the marked ones, or the one under the cursor where none is marked.

    `find` is asked with words; it may answer with the first `MOST` of very many."""

    WHERE = Where.PICKING
    MOST = 500

    def __init__(
        self,
        title: str,
        find: Callable[[str], Sequence[Quotation]],
        taken: Callable[[list[int]], str],
    ) -> None:
        super().__init__()
        self._title = title
        self._find = find
        self._taken = taken

    def heading(self) -> str:
        return self._title

    def begin(self) -> str | None:
        self.found = tuple(self._find(self.words))
        return None

    def out_of(self) -> str:
        words = f" with “{self.words}”" if self.words else ""
        return f"{words}, / finds others" if len(self.found) >= self.MOST else words

    def filtered(self, words: str) -> str | None:
        super().filtered(words)
        return self.begin()

    def action_mark(self) -> None:
        self.do(self._mark)

    def _mark(self) -> None:
        one = self.here().coding_id
        if one in self.marked:
            del self.marked[one]
        else:
            self.marked[one] = None
        self.rows.action_step(1)

    def chosen(self, index: int) -> None:
        said: list[str] = []
        if self.do(lambda: said.append(self._take())):
            below = self.workbench
            below.leave_screen()
            if isinstance(below.screen, KeepingPage):
                below.screen.say(said[0])

    def _take(self) -> str:
        return self._taken(list(self.marked) or [self.here().coding_id])


def _row(one: Quotation, name: int, *, is_marked: bool) -> Line:
    who = " and ".join(one.participants) or one.document
    mark = "✓ " if is_marked else ("• " if one.is_bound else "  ")
    return (
        (mark, "key"),
        (fitted(who, 12) + "  ", "strong"),
        (fitted(one.document, name) + "  ", ""),
        (f"“{' '.join(one.quote.split())}”", ""),
    )
