"""The way between words of an interview and the narratives that repeat them, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget

from qualcode.core.narrative import clock
from qualcode.core.narrative.wording import counted, spoken
from qualcode.errors import Refused
from qualcode.services import narrative
from qualcode.tui.action_table import Where
from qualcode.tui.screens.page import Page
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList
from qualcode.tui.widgets.wrapping import wrapped_lines

if TYPE_CHECKING:
    from qualcode.services.project import Project
    from qualcode.tui.app import Workbench

_QUOTE_ROWS = 6


@dataclass(frozen=True, slots=True)
class Way:
    """A place to go to: a span of a document, what stands there, and what was coded there."""

    document: str
    start: int
    end: int
    quote: str
    told: str
    codings: tuple[str, ...] = ()


def ways_from(project: Project, document: str, span: tuple[int, int]) -> tuple[Way, ...]:
    """Return where words of a narrative were said; for words of an interview, the narratives that repeat them."""
    sources = narrative.sources_of_span(project, document, *span)
    if sources:
        return tuple(
            Way(
                one.document,
                one.start,
                one.end,
                one.quote,
                _told(one.participants, one.role, one.turn, one.begin_ms),
            )
            for one in sources
        )
    repeated = narrative.repeated_in(project, document, *span)
    if not repeated:
        raise Refused(
            "no narrative repeats these words, and they are no passage of one",
            hint="F2 n lists the narratives",
        )
    return tuple(
        Way(
            one.narrative,
            one.start,
            one.end,
            one.quote,
            f"passage {one.number} of {one.title}",
            tuple(f"{found.code} by {found.coder} in {found.round}" for found in one.codings),
        )
        for one in repeated
    )


def open_at(app: Workbench, document: str, span: tuple[int, int]) -> None:
    """Open a document for coding at these words. UnknownName when it is not there any more."""
    uid = str(app.desk.read(document).document.uid)
    app.desk.kept.places[uid] = list(span)
    app.open_document(document)


class WayScreen(Page):
    """Lists the places; Enter opens one."""

    WHERE = Where.WAY
    HINTS = (Where.LIST,)
    AUTO_FOCUS = "#ways"
    DEFAULT_CSS = """
    WayScreen #quote { height: 7; background: $panel; }
    """

    def __init__(self, document: str, span: tuple[int, int], ways: tuple[Way, ...]) -> None:
        super().__init__()
        self.document, self.span, self.ways = document, span, ways
        self.rows = RowList(id="ways")
        self.quote = Lines(id="quote")

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = self._open
        self.rows.moved = self._show_quote
        yield self.rows
        yield self.quote

    def show_all(self) -> None:
        self.head.show(
            [
                (
                    (f" {self.document} {self.span[0]}–{self.span[1]}", "strong"),
                    (f"  {counted(len(self.ways), 'place')}", "dim"),
                )
            ]
        )
        self.rows.fill([_row(one) for one in self.ways])

    def action_back_to_words(self) -> None:
        self.do(lambda: open_at(self.workbench, self.document, self.span))

    def _open(self, index: int) -> None:
        one = self.ways[index]
        self.do(lambda: open_at(self.workbench, one.document, (one.start, one.end)))

    def _show_quote(self, index: int) -> None:
        if not self.ways:
            return
        one = self.ways[index]
        rows = wrapped_lines(" ".join(one.quote.split()), max(self.size.width - 4, 20))
        coded = f"coded here: {'; '.join(one.codings)}" if one.codings else ""
        lines: list[Line] = [((f"  {row}", ""),) for row in rows[:_QUOTE_ROWS]]
        self.quote.show([((f" {coded}", "key"),), *lines] if coded else lines)


def _row(one: Way) -> Line:
    count = f"{counted(len(one.codings), 'coding')}  " if one.codings else ""
    return (
        (f"{one.document}  ", "strong"),
        (f"{one.told}  ", "dim"),
        (count, "key"),
        (f"“{' '.join(one.quote.split())}”", ""),
    )


def _told(participants: tuple[str, ...], role: str, turn: int | None, begin_ms: int | None) -> str:
    words = f"{' and '.join(participants) or 'speaker not on record'}, {spoken(role)}"
    if turn is not None:
        words += f" · turn {turn}"
    return words + (f", {clock(begin_ms)}" if begin_ms is not None else "")
