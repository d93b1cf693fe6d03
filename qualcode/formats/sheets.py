"""Findings as files: csv for statistics, xlsx for spreadsheets, docx and Markdown for the report."""

from __future__ import annotations

import importlib
import io
import re
from typing import Any

from qualcode.core.sheets import Sheet, SheetCell
from qualcode.formats.tables import to_csv, to_markdown

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_IN_CELL = 32_767
_WIDEST, _LONG_WORD = 60, 24
_UPRIGHT = 5
"""More columns than this lay the page on its side."""
_SMALL = 9


def sheet_csv(sheet: Sheet) -> bytes:
    """Return the table alone, guarded against formulas; notes have no place in a file for statistics."""
    return to_csv(sheet.columns, sheet.rows).encode()


def sheet_markdown(sheet: Sheet) -> bytes:
    """Return title, table and notes."""
    notes = "".join(f"\n{note}\n" for note in sheet.notes)
    return f"## {sheet.title}\n\n{to_markdown(sheet.columns, sheet.rows)}{notes}".encode()


def sheet_tabs(sheet: Sheet) -> str:
    """Return the table with tabs between its cells, as spreadsheets and word processors take it from the clipboard."""
    lines = [sheet.columns, *sheet.rows]
    return "".join("\t".join(_one_line(cell) for cell in line) + "\n" for line in lines)


def sheet_xlsx(sheet: Sheet) -> bytes:
    """Return a workbook with the table, and its notes on a second sheet. Texts are texts and never formulas."""
    openpyxl: Any = importlib.import_module("openpyxl")
    styles: Any = importlib.import_module("openpyxl.styles")
    letters: Any = importlib.import_module("openpyxl.utils")
    book = openpyxl.Workbook()
    page = book.active
    page.title = "table"
    for n, row in enumerate([sheet.columns, *sheet.rows], start=1):
        for m, value in enumerate(row, start=1):
            if value is not None:
                _put(page.cell(row=n, column=m), value)
    for m, name in enumerate(sheet.columns, start=1):
        page.cell(row=1, column=m).font = styles.Font(bold=True)
        longest = max([len(name), *(len(str(row[m - 1] or "")) for row in sheet.rows)])
        page.column_dimensions[letters.get_column_letter(m)].width = min(longest + 2, _WIDEST)
        for n in range(2, len(sheet.rows) + 2 if longest > _WIDEST else 0):
            page.cell(row=n, column=m).alignment = styles.Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "B2"
    about = book.create_sheet("notes")
    for n, note in enumerate((sheet.title, *sheet.notes), start=1):
        _put(about.cell(row=n, column=1), note)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_docx(sheet: Sheet) -> bytes:
    """Return a document with heading, table and notes in Word's own styles; a wide table lies on its side."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = _clean(sheet.title)
    document.core_properties.author = "qualcode"
    if len(sheet.columns) > _UPRIGHT:
        _turn(document)
    document.add_heading(_clean(sheet.title), level=1)
    table = document.add_table(rows=1, cols=len(sheet.columns))
    table.style = "Table Grid"
    _repeat_head(table.rows[0])
    for cell, name in zip(table.rows[0].cells, sheet.columns, strict=True):
        cell.paragraphs[0].add_run(_clean(name)).bold = True
    for row in sheet.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(_clean(_written(value)))
            if isinstance(value, (int, float)):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page: Any = document.sections[0]
    widths = _widths(sheet, page.page_width - page.left_margin - page.right_margin)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = width
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(_SMALL)
    for note in sheet.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(_clean(note))
        run.italic, run.font.size = True, Pt(_SMALL)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _widths(sheet: Sheet, room: int) -> list[Any]:
    """Share the room among the columns by what stands in them, none very narrow and none very wide."""
    shares = []
    for n, name in enumerate(sheet.columns):
        texts = [name, *(_written(row[n]) for row in sheet.rows)]
        longest = max(len(text) for text in texts)
        word = max((len(word) for text in texts for word in text.split()), default=0)
        shares.append(max(min(longest, _WIDEST), min(word, _LONG_WORD) + 4))
    from docx.shared import Emu

    return [Emu(room * share // sum(shares)) for share in shares]


def _turn(document: Any) -> None:
    from docx.enum.section import WD_ORIENT

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _repeat_head(row: Any) -> None:
    """Let Word repeat the head of the table on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _put(cell: Any, value: SheetCell) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    text = _clean(value)[:_MOST_IN_CELL]
    cell.value = text
    # a text that begins like a formula stays one, here and when the sheet is saved as CSV again
    cell.data_type = "s"
    cell.quotePrefix = text.lstrip(" \xa0").startswith(("=", "+", "-", "@"))


def _written(value: SheetCell) -> str:
    if value is None:
        return ""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _one_line(value: SheetCell) -> str:
    return " ".join(_written(value).split())


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
