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
    spoken,
    xml_text,
)

_SMALL = 8
_CITE = 9


def narrative_docx(view: NarrativeView) -> bytes:
    """Return the file's content. Styles are Word's own (Heading, Quote, Table Grid), so that a team can restyle it."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = xml_text(view.title)
    document.core_properties.author = "qualcode"
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(xml_text(view.title), level=0)
    document.add_paragraph().add_run(xml_text(about(view))).italic = True
    for note in view.notes:
        document.add_paragraph().add_run(xml_text(f"Note: {note}")).italic = True
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
        document.add_paragraph(xml_text(sentence))
    _turned(document)
    document.add_heading("Where each quotation was said", level=1)
    _table(document, view)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _turned(document: Any) -> None:
    """Begin a page laid on its side, for the wide table."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _section(document: Any, section: SectionView) -> None:
    level = min(max(section.depth, 1), 8)
    if section.depth:
        document.add_heading(xml_text(section.name), level=level)
    _prose(document, section.opening)
    for group in section.groups:
        document.add_heading(xml_text(spoken(group.role)), level=level + 1)
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
    words.add_run(xml_text(passage.text))
    cite = document.add_paragraph()
    cite.paragraph_format.left_indent = Cm(1)
    run = cite.add_run(f"[{passage.number}] {xml_text(attribution(passage))}")
    run.font.size = Pt(_CITE)


def _prose(document: Any, pieces: Iterable[ProseView]) -> None:
    for prose in pieces:
        for part in prose_words(prose).split("\n\n"):
            if part.strip():
                document.add_paragraph(xml_text(part))


def _table(document: Any, view: NarrativeView) -> None:
    from docx.shared import Pt

    rows = list(provenance(view))
    table = document.add_table(rows=1, cols=len(PROVENANCE_COLUMNS))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, PROVENANCE_COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run("" if value is None else xml_text(str(value)))
    for line in table.rows:
        for cell in line.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(_SMALL)
