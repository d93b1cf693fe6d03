"""What every form of a narrative says: headings, runs of emphasis, who speaks, the table of provenance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qualcode.core.narrative import NarrativeView, PassageView, ProseView, clock
from qualcode.core.narrative.wording import (
    about,
    attribution,
    listed,
    prose_state,
    spoken,
)

__all__ = [
    "AGAINST",
    "APPENDIX",
    "PROVENANCE_COLUMNS",
    "SPEAKING",
    "UNPLACED",
    "CoverageRow",
    "Run",
    "about",
    "coverage",
    "credit",
    "names_of",
    "numbered",
    "paragraphs",
    "prose_state",
    "provenance",
    "runs_of",
    "spoken",
    "xml_text",
]

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPHASIS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|\*(?=\S)(.+?)(?<=\S)\*", re.DOTALL)

AGAINST = "What speaks against"
UNPLACED = "Prose whose place is gone"
SPEAKING = "Who speaks"
APPENDIX = "Appendix: where each quotation was said"
PROVENANCE_COLUMNS = (
    "No.",
    "Participant",
    "Role",
    "Document",
    "Turn",
    "Time",
    "Characters",
    "Subtheme",
    "State",
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the analyst's words under one emphasis."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Of one thing (participants, an attribute): which speak, which could have spoken and do not."""

    name: str
    present: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def words(self) -> tuple[str, str, str]:
        """Return the row as it stands in a table: name with the count, who speaks, who does not."""
        could = len(self.present) + len(self.missing)
        missing = listed(self.missing) if self.missing else "—"
        return f"{self.name} ({len(self.present)} of {could})", listed(self.present), missing


def names_of(view: NarrativeView) -> dict[str, str]:
    """Return the subthemes' ids with their names."""
    return {section.code: section.name for section in view.sections}


def credit(passage: PassageView, names: Mapping[str, str]) -> str:
    """Return who said it and where, as it stands behind a quotation."""
    words = attribution(passage)
    if passage.also:
        words += f"; also under {', '.join(names.get(code, code) for code in passage.also)}"
    return words


def numbered(prose: ProseView) -> str:
    """Return the numbers of the quotations a piece rests on, in brackets; empty when it names none."""
    return f"[{', '.join(str(number) for number in prose.evidence)}]" if prose.evidence else ""


def paragraphs(prose: ProseView) -> list[str]:
    """Return the analyst's words paragraph by paragraph, as written."""
    return [part.strip() for part in re.split(r"\n\s*\n", prose.text) if part.strip()]


def runs_of(text: str) -> tuple[Run, ...]:
    """Return words with Markdown's `*emphasis*` and `**strong emphasis**` taken apart; the rest stays as written."""
    runs = []
    at = 0
    for found in _EMPHASIS.finditer(text):
        if found.start() > at:
            runs.append(Run(text[at : found.start()]))
        strong, slanted = found.groups()
        runs.append(Run(strong or slanted, bold=strong is not None, italic=slanted is not None))
        at = found.end()
    if at < len(text) or not runs:
        runs.append(Run(text[at:]))
    return tuple(runs)


def provenance(view: NarrativeView) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows of the table that says where each quotation stands."""
    names = names_of(view)
    for passage in view.passages():
        yield (
            passage.number,
            passage.speaker,
            spoken(passage.role),
            passage.document,
            passage.turn,
            clock(passage.begin_ms) if passage.begin_ms is not None else None,
            f"{passage.start}–{passage.end}",
            names.get(passage.code, passage.code),
            passage.stale or "as coded",
        )


def coverage(view: NarrativeView) -> Iterator[CoverageRow]:
    """Yield who speaks and who does not: the participants, then each attribute."""
    found = view.coverage
    yield CoverageRow("Participants", found.present, found.missing)
    for one in found.attributes:
        name = spoken(one.attribute)
        yield CoverageRow(name[:1].upper() + name[1:], one.present, one.missing)


def xml_text(text: str) -> str:
    """Return the text without the characters that XML 1.0, and so docx, SVG and HTML, cannot hold."""
    return _NOT_XML.sub("", text)
