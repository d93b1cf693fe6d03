"""From a narrative back to the interviews, and from one state of a narrative on to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """`[start, end)` of a narrative repeats `[source_start, source_start + end - start)` of an interview's revision."""

    start: int
    end: int
    source_revision_id: int
    source_start: int
    coding_id: int | None = None

    @property
    def source_end(self) -> int:
        return self.source_start + self.end - self.start


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span of an earlier narrative stands in the next one."""

    start: int
    end: int


def lead_back(start: int, end: int, passages: Iterable[PassagePlace]) -> tuple[PassagePlace, ...]:
    """Return what a span of a narrative covers of the interviews, passage by passage; headings are nobody's words."""
    found = []
    for passage in passages:
        first, last = max(start, passage.start), min(end, passage.end)
        if first < last:
            source = passage.source_start + first - passage.start
            found.append(
                PassagePlace(first, last, passage.source_revision_id, source, passage.coding_id)
            )
    return tuple(found)


def carry_over(
    start: int, end: int, before: Sequence[PassagePlace], after: Sequence[PassagePlace]
) -> Carried | None:
    """Return where the words of a span stand in the rebuilt narrative; None when they do not stand there as they did.

    A span over several passages is carried only if the same passages follow each other still: nobody's coding
    is stretched over words that its coder did not read."""
    pieces = lead_back(start, end, before)
    if not pieces:
        return None
    found: list[tuple[int, PassagePlace]] = []
    for piece in pieces:
        n = _holding(piece, after)
        if n is None or (found and n != found[-1][0] + 1):
            return None
        found.append((n, piece))
    first_n, first = found[0]
    last_n, last = found[-1]
    begin = after[first_n].start + first.source_start - after[first_n].source_start
    finish = after[last_n].start + last.source_end - after[last_n].source_start
    return Carried(begin, finish)


def _holding(piece: PassagePlace, passages: Sequence[PassagePlace]) -> int | None:
    """Return the index of the passage that repeats these very words; the shortest when several do."""
    fitting = [
        (passage.end - passage.start, n)
        for n, passage in enumerate(passages)
        if passage.source_revision_id == piece.source_revision_id
        and passage.source_start <= piece.source_start
        and piece.source_end <= passage.source_end
    ]
    return min(fitting)[1] if fitting else None
