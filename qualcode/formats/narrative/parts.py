"""What every form of a narrative says: headings, sentences about coverage, the table of provenance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.core.narrative import NarrativeView, PassageView, ProseKind, ProseView, clock

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

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


def about(view: NarrativeView) -> str:
    """Return one sentence on what the narrative was made from."""
    passages = list(view.passages())
    people = {name for passage in passages for name in passage.participants}
    source = "the consensus" if view.basis == "consensus" else f"the codings of {view.basis}"
    if view.round:
        source += f" of {view.round}"
    return (
        f"Merged from {source}: {_count(len(passages), 'passage')} by "
        f"{_count(len(people), 'participant')}. Order: {view.order}."
    )


def attribution(passage: PassageView) -> str:
    """Return who said it and where, as it stands behind a quotation."""
    words = f"{passage.speaker}, {spoken(passage.role)} ({passage.source})"
    if passage.also:
        words += f"; also under {', '.join(passage.also)}"
    if passage.stale:
        words += f"; STALE: {passage.stale}"
    return words


def prose_words(prose: ProseView) -> str:
    """Return the analyst's words with the numbers of the quotations they name, and what has become of those."""
    words = prose.text
    if prose.evidence:
        words += " [" + ", ".join(str(number) for number in prose.evidence) + "]"
    state = [prose.stale] if prose.stale else []
    if prose.evidence_gone:
        state.append(f"{_count(prose.evidence_gone, 'coding')} it names not in the narrative")
    if state:
        words += f" (STALE: {'; '.join(state)})"
    elif prose.kind is ProseKind.CLAIM and not prose.evidence:
        words += " (a claim without evidence)"
    return words


def provenance(view: NarrativeView) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows of the table that says where each quotation stands."""
    for passage in view.passages():
        yield (
            passage.number,
            passage.speaker,
            spoken(passage.role),
            passage.document,
            passage.turn,
            clock(passage.begin_ms) if passage.begin_ms is not None else None,
            f"{passage.start}–{passage.end}",
            passage.code,
            passage.stale or "as coded",
        )


def coverage(view: NarrativeView) -> Iterator[str]:
    """Yield sentences on who speaks and who does not."""
    found = view.coverage
    could = len(found.present) + len(found.missing)
    yield f"{len(found.present)} of {could} who could have spoken: {_listed(found.present)}."
    if found.missing:
        yield f"Not in it: {_listed(found.missing)}."
    for one in found.attributes:
        words = f"By {one.attribute}: {_listed(one.present)}"
        yield words + (f"; missing: {_listed(one.missing)}." if one.missing else ".")


def xml_text(text: str) -> str:
    """Return the text without the characters that XML 1.0, and so docx, SVG and HTML, cannot hold."""
    return _NOT_XML.sub("", text)


def spoken(name: str) -> str:
    """Return an attribute's value as one would write it in a sentence: `service_provider` is a service provider."""
    return name.replace("_", " ")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nobody"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
