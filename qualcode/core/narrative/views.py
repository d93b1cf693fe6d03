"""A narrative as it is read, exported and drawn: sections, passages with provenance, prose, coverage."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_MS_PER_SECOND = 1_000
_SECONDS_PER_HOUR = 3_600


class ProseKind(enum.StrEnum):
    """What the analyst writes: prose that connects, a claim with its evidence, or what speaks against a claim."""

    PROSE = "prose"
    CLAIM = "claim"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class PassageView:
    """A quotation of a narrative. `number` counts through the narrative from 1; `[start, end)` is its place in the

    interview, `[narrative_start, narrative_end)` in the narrative's own text. `stale` says what became of its evidence."""

    number: int
    text: str
    participants: tuple[str, ...]
    role: str
    document: str
    turn: int | None
    begin_ms: int | None
    start: int
    end: int
    narrative_start: int
    narrative_end: int
    code: str
    also: tuple[str, ...]
    coding_id: int | None
    facets: Mapping[str, str] = field(default_factory=dict)
    stale: str | None = None

    @property
    def speaker(self) -> str:
        return " and ".join(self.participants) or "speaker not on record"

    @property
    def source(self) -> str:
        """Return where it was said: document, turn and time."""
        parts = [self.document]
        if self.turn is not None:
            parts.append(f"turn {self.turn}")
        if self.begin_ms is not None:
            parts.append(clock(self.begin_ms))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class ProseView:
    """Words of the analyst. `evidence` are numbers of passages; `evidence_gone` counts named codings that are not

    in the narrative any more; `stale` says why the claim must be looked at again."""

    id: int
    kind: ProseKind
    text: str
    author: str
    evidence: tuple[int, ...] = ()
    evidence_gone: int = 0
    stale: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedProse:
    """A piece of prose with its place: the subtheme it stands in, and the number of the passage it is behind."""

    piece: ProseView
    section: str | None = None
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """What speakers of one role say about one subtheme, with the prose that stands between their passages."""

    role: str
    items: tuple[PassageView | ProseView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    code: str
    name: str
    depth: int
    definition: str
    opening: tuple[ProseView, ...]
    groups: tuple[RoleGroup, ...]


@dataclass(frozen=True, slots=True)
class CoverageOf:
    """Which values of an attribute speak in the narrative and which do not."""

    attribute: str
    present: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who could have spoken, and who does."""

    present: tuple[str, ...]
    missing: tuple[str, ...]
    attributes: tuple[CoverageOf, ...]


@dataclass(frozen=True, slots=True)
class NarrativeView:
    """One merged narrative. `unplaced` is prose whose subtheme is gone; `waiting` counts passages that a rebuild

    would add; `counter` is what speaks against, in its own place."""

    document: str
    title: str
    theme: str
    by: str | None
    value: str | None
    basis: str
    round: str | None
    revision: int
    order: str
    opening: tuple[ProseView, ...]
    sections: tuple[SectionView, ...]
    counter: tuple[ProseView, ...]
    unplaced: tuple[ProseView, ...]
    coverage: Coverage
    waiting: int = 0
    notes: tuple[str, ...] = ()

    def passages(self) -> Iterator[PassageView]:
        """Yield the passages in order."""
        for section in self.sections:
            for group in section.groups:
                for item in group.items:
                    if isinstance(item, PassageView):
                        yield item

    def placed_prose(self) -> Iterator[PlacedProse]:
        """Yield the analyst's prose in order, counter-evidence and what has no place any more at the end."""
        for piece in self.opening:
            yield PlacedProse(piece)
        for section in self.sections:
            for piece in section.opening:
                yield PlacedProse(piece, section.code)
            behind = None
            for group in section.groups:
                for item in group.items:
                    if isinstance(item, PassageView):
                        behind = item.number
                    else:
                        yield PlacedProse(item, section.code, behind)
        yield from (PlacedProse(piece) for piece in (*self.counter, *self.unplaced))

    def passage(self, number: int) -> PassageView:
        """Return the passage of this number; KeyError when there is none."""
        for passage in self.passages():
            if passage.number == number:
                return passage
        raise KeyError(number)


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """What a coding of a narrative covers of an interview: `[start, end)` in code points of its revision."""

    document: str
    revision_id: int
    start: int
    end: int
    quote: str
    participants: tuple[str, ...]
    role: str
    turn: int | None
    begin_ms: int | None
    coding_id: int | None


def clock(milliseconds: int) -> str:
    """Return a time of a recording as `hours:minutes:seconds`."""
    seconds = milliseconds // _MS_PER_SECOND
    minutes, rest = divmod(seconds % _SECONDS_PER_HOUR, 60)
    return f"{seconds // _SECONDS_PER_HOUR}:{minutes:02d}:{rest:02d}"
