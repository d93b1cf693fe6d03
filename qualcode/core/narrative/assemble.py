"""From arranged passages to the text of a narrative, in which every passage knows its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.core.documents import Turn
from qualcode.core.narrative.arrange import Arranged, Draft
from qualcode.core.narrative.views import clock


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage and its stretch `[start, end)` of the narrative's text, in code points."""

    draft: Draft
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text that second-cycle coders read: headings and passages, each a turn; passages have a speaker."""

    text: str
    turns: tuple[Turn, ...]
    passages: tuple[PlacedPassage, ...]


def assemble(
    title: str,
    arranged: Arranged,
    *,
    quote: Callable[[Draft], str],
    turn_of: Callable[[Draft], Turn | None],
) -> Assembled:
    """Return the narrative's text. Passages are repeated letter for letter; the analyst's prose is kept beside it,

    so that writing it never moves what was coded."""
    sheet = _Sheet()
    sheet.heading(title)
    waiting = list(arranged.drafts)
    for section in arranged.sections:
        if section.depth > 0:
            sheet.heading(section.name)
        role = None
        while waiting and waiting[0].section == section.code:
            draft = waiting.pop(0)
            if draft.role != role:
                role = draft.role
                sheet.heading(role)
            sheet.passage(draft, quote(draft), turn_of(draft))
    return Assembled("".join(sheet.pieces), tuple(sheet.turns), tuple(sheet.passages))


class _Sheet:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.turns: list[Turn] = []
        self.passages: list[PlacedPassage] = []
        self._length = 0

    def heading(self, words: str) -> None:
        self._gap()
        start = self._length
        self._write(words)
        self.turns.append(Turn(len(self.turns), start, self._length))

    def passage(self, draft: Draft, words: str, turn: Turn | None) -> None:
        self._gap()
        speaker = " & ".join(draft.evidence.participants) or None
        where = [draft.evidence.document]
        if turn is not None:
            where.append(f"turn {turn.n}")
            if turn.begin_ms is not None:
                where.append(clock(turn.begin_ms))
        self._write(f"{speaker or 'Somebody'} ({', '.join(where)}): ")
        start = self._length
        self._write(words)
        begin, end = (turn.begin_ms, turn.end_ms) if turn else (None, None)
        self.turns.append(Turn(len(self.turns), start, self._length, speaker, begin, end))
        self.passages.append(PlacedPassage(draft, start, self._length))

    def _gap(self) -> None:
        if self.pieces:
            self._write("\n\n")

    def _write(self, words: str) -> None:
        self.pieces.append(words)
        self._length += len(words)
