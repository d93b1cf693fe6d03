"""The way between words of an interview and the narratives that repeat them, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.narrative import clock
from qualcode.core.narrative.wording import counted, spoken
from qualcode.errors import Refused
from qualcode.services import narrative
from qualcode.tui.action_table import Where
from qualcode.tui.screens.quoting import QuotingPage
from qualcode.tui.widgets.lines import Line

if TYPE_CHECKING:
    from qualcode.services.project import Project


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


class WayScreen(QuotingPage[Way]):
    """Lists the places; Enter opens one."""

    WHERE = Where.WAY

    def __init__(self, document: str, span: tuple[int, int], ways: tuple[Way, ...]) -> None:
        super().__init__()
        self.document, self.span, self.shown = document, span, ways

    def show_all(self) -> None:
        self.head.show(
            [
                (
                    (f" {self.document} {self.span[0]}–{self.span[1]}", "strong"),
                    (f"  {counted(len(self.shown), 'place')}", "dim"),
                )
            ]
        )
        self.show_rows([_row(one) for one in self.shown])

    def action_back_to_words(self) -> None:
        self.workbench.open_document(self.document, at=self.span)

    def quote_head(self, one: Way) -> Line:
        return ((f" coded here: {'; '.join(one.codings)}", "key"),) if one.codings else ()

    def quoted(self, one: Way) -> str:
        return one.quote


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
