"""A narrative as Markdown, with numbered quotations and a table of where each was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from qualcode.core.narrative import (
    NarrativeView,
    PassageView,
    ProseKind,
    ProseView,
    SectionView,
)
from qualcode.formats.narrative.parts import (
    AGAINST,
    APPENDIX,
    PROVENANCE_COLUMNS,
    SPEAKING,
    UNPLACED,
    about,
    coverage,
    credit,
    names_of,
    numbered,
    prose_state,
    provenance,
    spoken,
)
from qualcode.formats.tables import to_markdown

_DEEPEST = 6
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_OPENING = re.compile(r"^(\s*)(#|[-+](?=\s)|\d+(?=[.)]\s)|=|~)", re.MULTILINE)


def narrative_markdown(view: NarrativeView) -> str:
    """Return the narrative as Markdown; quotations are block quotes, letter for letter except for escapes."""
    return "\n\n".join(_blocks(view)) + "\n"


def _blocks(view: NarrativeView) -> Iterator[str]:
    names = names_of(view)
    yield f"# {_plain(view.title)}"
    yield f"*{_plain(about(view))}*"
    yield from _notes(view.notes)
    yield from _prose(view.opening)
    for section in view.sections:
        yield from _section(section, names)
    if view.counter:
        yield f"## {AGAINST}"
        for piece in view.counter:
            yield from _prose([piece])
            for number in piece.evidence:
                yield _quotation(view.passage(number), names)
    if view.unplaced:
        yield f"## {UNPLACED}"
        yield from _prose(view.unplaced)
    yield f"## {SPEAKING}"
    rows = (row.words for row in coverage(view))
    yield to_markdown(("", "Speak", "Could have spoken and do not"), rows).rstrip()
    yield f"## {APPENDIX}"
    yield f"*Order: {_plain(view.order)}.*"
    yield to_markdown(PROVENANCE_COLUMNS, provenance(view)).rstrip()


def _section(section: SectionView, names: Mapping[str, str]) -> Iterator[str]:
    level = min(section.depth + 1, _DEEPEST)
    if section.depth:
        yield f"{'#' * level} {_plain(section.name)}"
        if section.definition:
            yield f"*{_plain(section.definition)}*"
    yield from _prose(section.opening)
    for group in section.groups:
        yield f"**{_plain(spoken(group.role))}**"
        for item in group.items:
            if isinstance(item, PassageView):
                yield _quotation(item, names)
            else:
                yield from _prose([item])


def _quotation(passage: PassageView, names: Mapping[str, str]) -> str:
    state = f" — STALE: {_plain(passage.stale)}" if passage.stale else ""
    lines = [
        *_escaped(passage.text).split("\n"),
        "",
        f"— \\[{passage.number}\\] {_plain(credit(passage, names))}{state}",
    ]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _prose(pieces: Iterable[ProseView]) -> Iterator[str]:
    """Yield the analyst's own words as written: they may hold Markdown."""
    for prose in pieces:
        words = prose.text
        if prose.kind is ProseKind.CLAIM:
            words = f"**Claim.** {words}"
        numbers = numbered(prose)
        state = prose_state(prose)
        if numbers:
            words += f" {numbers}"
        if state:
            is_bare = not prose.stale and not prose.evidence_gone
            words += f" ({state})" if is_bare else f" (STALE: {state})"
        yield words


def _notes(notes: Iterable[str]) -> Iterator[str]:
    for note in notes:
        yield f"**Note:** {_plain(note)}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _escaped(text: str) -> str:
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
