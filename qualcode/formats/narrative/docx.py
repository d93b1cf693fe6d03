"""A narrative as a word-processor document: a results section to write on, and where everything was said at its end."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping

from qualcode.core.narrative import (
    NarrativeView,
    PassageView,
    ProseKind,
    ProseView,
    SectionView,
)
from qualcode.formats.narrative.docx_look import (
    alert,
    bookmark,
    emphasised,
    fill,
    link,
    new_document,
    paragraph,
    run,
    table,
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
    paragraphs,
    prose_state,
    provenance,
    runs_of,
    spoken,
    xml_text,
)

_DEEPEST = 3
_COVERAGE_CM = (4.2, 7.4, 4.4)
_PROVENANCE_CM = (1.1, 3.2, 3.4, 3.9, 1.2, 1.7, 2.4, 5.2, 3.6)
_STYLE_OF = {
    ProseKind.PROSE: "Normal",
    ProseKind.CLAIM: "Claim",
    ProseKind.COUNTER: "CounterEvidence",
}


def narrative_docx(view: NarrativeView) -> bytes:
    """Return the file's content. Everything has a named style (Heading, Quote, Claim …), so that a team can restyle it;

    the numbers behind a claim lead to its quotations."""
    document = new_document(xml_text(view.title))
    fill(document, _upright(view), _appendix(view))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _upright(view: NarrativeView) -> Iterator[str]:
    names = names_of(view)
    yield paragraph("Title", run(view.title))
    yield paragraph("MethodLine", run(about(view)))
    for note in view.notes:
        yield paragraph("StaleNote", run("Note: ", bold=True), run(note))
    yield from _prose(view.opening)
    for section in view.sections:
        yield from _section(section, names)
    if view.counter:
        yield paragraph("Heading1", run(AGAINST))
        for piece in view.counter:
            yield from _prose([piece])
            for number in piece.evidence:
                yield from _quotation(view.passage(number), names, is_again=True)
    if view.unplaced:
        yield paragraph("Heading1", run(UNPLACED))
        yield from _prose(view.unplaced)
    yield paragraph("Heading1", run(SPEAKING))
    rows = [row.words for row in coverage(view)]
    yield table(("", "Speak", "Could have spoken and do not"), rows, _COVERAGE_CM, is_short=True)


def _appendix(view: NarrativeView) -> Iterator[str]:
    yield paragraph("Heading1", run(APPENDIX))
    yield paragraph("MethodLine", run(f"Order: {view.order}."))
    yield table(PROVENANCE_COLUMNS, provenance(view), _PROVENANCE_CM)


def _section(section: SectionView, names: Mapping[str, str]) -> Iterator[str]:
    if section.depth:
        yield paragraph(f"Heading{min(section.depth, _DEEPEST)}", run(section.name))
        if section.definition:
            yield paragraph("Definition", run(section.definition))
    yield from _prose(section.opening)
    for group in section.groups:
        yield paragraph("SpeakerRole", run(spoken(group.role)))
        for item in group.items:
            if isinstance(item, PassageView):
                yield from _quotation(item, names)
            else:
                yield from _prose([item])


def _quotation(
    passage: PassageView, names: Mapping[str, str], *, is_again: bool = False
) -> Iterator[str]:
    """Yield the words with their number before them, and who said them; said again, the number leads to the first."""
    number = passage.number
    label = link(number) if is_again else bookmark(number, run(str(number), bold=True))
    yield paragraph("Quote", label, run("\t"), run(passage.text))
    told = [run(credit(passage, names))]
    if passage.stale:
        told.append(alert(f"  STALE: {passage.stale}"))
    yield paragraph("Attribution", *told)


def _prose(pieces: Iterable[ProseView]) -> Iterator[str]:
    for prose in pieces:
        parts = paragraphs(prose)
        for n, part in enumerate(parts, start=1):
            content = emphasised(runs_of(part))
            if n == len(parts):
                content += _resting(prose)
            yield paragraph(_STYLE_OF[prose.kind], content)


def _resting(prose: ProseView) -> str:
    """Return the numbers of the quotations a piece rests on, and what is wrong with them."""
    words = ""
    if prose.evidence:
        links = run(",\u00a0").join(link(number) for number in prose.evidence)
        words += run(" [") + links + run("]")
    state = prose_state(prose)
    if state:
        is_bare = not prose.stale and not prose.evidence_gone
        words += alert(f" ({state})" if is_bare else f" (STALE: {state})")
    return words
