"""A list of passages over the one under the cursor in full: what stands behind a figure, a claim, a term, a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from textual.widget import Widget

from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList
from qualcode.tui.widgets.wrapping import wrapped_lines


class Passage(Protocol):
    """The words `[start, end)` of a document."""

    @property
    def document(self) -> str: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Kind = TypeVar("Kind", bound=Passage)


class QuotingPage(KeepingPage, Generic[Kind]):
    """Enter opens the document of a passage at its words.

    Subclasses set `shown` and call `show_rows` in `show_all`; `quote_head` and `quoted` say what stands below."""

    HINTS: ClassVar = (Where.LIST,)
    AUTO_FOCUS = "#rows"
    QUOTE_ROWS: ClassVar[int] = 7
    EMPTY: ClassVar[str] = "none"
    DEFAULT_CSS = """
    QuotingPage #quote { background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows = RowList(id="rows")
        self.quote = Lines(id="quote")
        self.shown: Sequence[Kind] = ()

    def body(self) -> Iterable[Widget]:
        self.quote.styles.height = self.QUOTE_ROWS
        self.rows.chosen = self.chosen
        self.rows.moved = self._show_quote
        yield self.rows
        yield self.quote

    def show_rows(self, rows: Sequence[Line]) -> None:
        """Show a row for each of the passages."""
        self.rows.fill(rows or [((self.EMPTY, "dim"),)])

    def here(self) -> Kind:
        """Return the passage under the cursor; Refused where there is none."""
        if not self.shown:
            raise Refused("no quotation is shown", hint="/ with nothing in it shows all")
        return self.shown[min(self.rows.cursor, len(self.shown) - 1)]

    def chosen(self, index: int) -> None:
        if self.shown:
            self.open_passage()

    def open_passage(self) -> None:
        """Open the document with the words selected."""
        one = self.here()
        self.workbench.open_document(one.document, at=(one.start, one.end))

    def quote_head(self, one: Kind) -> Line:
        """Return what stands above the words; nothing where that is empty."""
        return ()

    def quoted(self, one: Kind) -> str:
        """Return the words."""
        raise NotImplementedError

    def _show_quote(self, index: int) -> None:
        if not self.shown:
            self.quote.show([])
            return
        one = self.shown[min(index, len(self.shown) - 1)]
        head = self.quote_head(one)
        room = self.QUOTE_ROWS - (1 if head else 0)
        rows = wrapped_lines(" ".join(self.quoted(one).split()), max(self.size.width - 4, 20))
        if len(rows) > room:
            rows = [*rows[: room - 1], rows[room - 1] + " …"]
        self.quote.show([*([head] if head else []), *(((f"  {row}", ""),) for row in rows)])
