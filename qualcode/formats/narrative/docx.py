"""A narrative as a word-processor document: headings, quotations, prose, and the table of provenance at the end."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from qualcode.core.narrative import NarrativeView, PassageView, ProseView, SectionView
from qualcode.formats.narrative.parts import (
    PROVENANCE_COLUMNS,
    about,
    attribution,
    coverage,
    prose_words,
    provenance,
)

_SMALL = 8
_CITE = 9


def narrative_docx(view: NarrativeView) -> bytes:
    """Return the file's content. Styles are Word's own (Heading, Quote, Table Grid), so that a team can restyle it."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = _clean(view.title)
    document.core_properties.author = "qualcode"
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(_clean(view.title), level=0)
    document.add_paragraph().add_run(_clean(about(view))).italic = True
    for note in view.notes:
        document.add_paragraph().add_run(_clean(f"Note: {note}")).italic = True
    _prose(document, view.opening)
    for section in view.sections:
        _section(document, section)
    if view.counter:
        document.add_heading("What speaks against", level=1)
        _prose(document, view.counter)
    if view.unplaced:
        document.add_heading("Prose whose place is gone", level=1)
        _prose(document, view.unplaced)
    document.add_heading("Who speaks", level=1)
    for sentence in coverage(view):
        document.add_paragraph(_clean(sentence))
    document.add_heading("Where each quotation was said", level=1)
    _table(document, view)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _section(document: Any, section: SectionView) -> None:
    level = min(max(section.depth, 1), 8)
    if section.depth:
        document.add_heading(_clean(section.name), level=level)
    _prose(document, section.opening)
    for group in section.groups:
        document.add_heading(_clean(group.role), level=level + 1)
        for item in group.items:
            if isinstance(item, PassageView):
                _quotation(document, item)
            else:
                _prose(document, [item])


def _quotation(document: Any, passage: PassageView) -> None:
    from docx.shared import Cm, Pt

    words = document.add_paragraph(style="Quote")
    words.paragraph_format.left_indent = Cm(1)
    words.paragraph_format.space_after = Pt(0)
    words.paragraph_format.keep_with_next = True
    words.add_run(_clean(passage.text))
    cite = document.add_paragraph()
    cite.paragraph_format.left_indent = Cm(1)
    run = cite.add_run(f"[{passage.number}] {_clean(attribution(passage))}")
    run.font.size = Pt(_CITE)


def _prose(document: Any, pieces: Iterable[ProseView]) -> None:
    for prose in pieces:
        for part in prose_words(prose).split("\n\n"):
            if part.strip():
                document.add_paragraph(_clean(part))


def _table(document: Any, view: NarrativeView) -> None:
    from docx.shared import Pt

    rows = list(provenance(view))
    table = document.add_table(rows=1, cols=len(PROVENANCE_COLUMNS))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, PROVENANCE_COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run("" if value is None else _clean(str(value)))
    for line in table.rows:
        for cell in line.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(_SMALL)


def _clean(text: str) -> str:
    """Return the text without control characters, which a docx cannot hold; line ends stay."""
    return "".join(char for char in text if char in "\n\t" or char.isprintable() or char.isspace())
