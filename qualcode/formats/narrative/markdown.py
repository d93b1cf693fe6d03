"""A narrative as Markdown, with numbered quotations and a table of where each was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qualcode.core.narrative import NarrativeView, PassageView, ProseView, SectionView
from qualcode.formats.narrative.parts import (
    PROVENANCE_COLUMNS,
    about,
    attribution,
    coverage,
    prose_words,
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
    yield f"# {_plain(view.title)}"
    yield f"*{_plain(about(view))}*"
    yield from _notes(view.notes)
    yield from _prose(view.opening)
    for section in view.sections:
        yield from _section(section)
    if view.counter:
        yield "## What speaks against"
        yield from _prose(view.counter)
    if view.unplaced:
        yield "## Prose whose place is gone"
        yield from _prose(view.unplaced)
    yield "## Who speaks"
    yield from (_plain(sentence) for sentence in coverage(view))
    yield "## Where each quotation was said"
    yield to_markdown(PROVENANCE_COLUMNS, provenance(view)).rstrip()


def _section(section: SectionView) -> Iterator[str]:
    level = min(section.depth + 1, _DEEPEST - 1)
    if section.depth:
        yield f"{'#' * level} {_plain(section.name)}"
    yield from _prose(section.opening)
    for group in section.groups:
        yield f"{'#' * (level + 1)} {_plain(spoken(group.role))}"
        for item in group.items:
            if isinstance(item, PassageView):
                yield _quotation(item)
            else:
                yield from _prose([item])


def _quotation(passage: PassageView) -> str:
    lines = [
        *_escaped(passage.text).split("\n"),
        "",
        f"— \\[{passage.number}\\] {_plain(attribution(passage))}",
    ]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _prose(pieces: Iterable[ProseView]) -> Iterator[str]:
    """Yield the analyst's own words as written: they may hold Markdown."""
    for prose in pieces:
        yield prose_words(prose)


def _notes(notes: Iterable[str]) -> Iterator[str]:
    for note in notes:
        yield f"**Note:** {_plain(note)}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _escaped(text: str) -> str:
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
