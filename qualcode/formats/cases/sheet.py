"""Tables of cases for spreadsheets: csv, and xlsx with a second sheet that explains the variables."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from qualcode.core.compare.cases import CaseCell, CaseTable, CaseVariable
from qualcode.core.documents import AttributeType
from qualcode.core.participants import is_number
from qualcode.formats.tables import Cell, to_csv

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_IN_CELL = 32_767
ABOUT = ("variable", "label", "description", "type", "range", "values", "missing")


def cases_to_csv(table: CaseTable) -> str:
    """Return the cases as CSV, guarded against formulas.

    Several values of an attribute are joined by a semicolon; a number stays a number; what somebody has no value of, or
    what nobody has read, is an empty cell."""
    return to_csv(_heads(table), _rows(table))


def cases_to_xlsx(table: CaseTable) -> bytes:
    """Return the cases as a workbook of two sheets, `cases` and `variables`. Texts are texts and never formulas."""
    openpyxl: Any = importlib.import_module("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "cases"
    _fill(sheet, [_heads(table), *_rows(table)])
    about = book.create_sheet("variables")
    _fill(about, [ABOUT, *(_explained(one) for one in table.variables)])
    for note in table.notes:
        _fill(about, [[note]], below=about.max_row + 1)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, rows: Iterable[Sequence[Cell]], *, below: int = 0) -> None:
    for n, row in enumerate(rows, start=below + 1):
        for m, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(row=n, column=m)
            if isinstance(value, str):
                text = _NOT_IN_XML.sub("\ufffd", value)[:_MOST_IN_CELL]
                cell.value = text
                # a text that begins like a formula stays one, here and when the sheet is saved as CSV again
                cell.data_type = "s"
                cell.quotePrefix = text.lstrip(" \xa0").startswith(("=", "+", "-", "@"))
            else:
                cell.value = value
    sheet.freeze_panes = "B2"


def _heads(table: CaseTable) -> list[str]:
    return ["participant", *(one.name for one in table.variables)]


def _rows(table: CaseTable) -> list[list[Cell]]:
    return [
        [name, *(_cell(one, cell) for one, cell in zip(table.variables, cells, strict=True))]
        for name, cells in table.rows
    ]


def _cell(variable: CaseVariable, cell: CaseCell) -> Cell:
    if not isinstance(cell, tuple):
        return cell
    if variable.type is AttributeType.NUMBER and len(cell) == 1 and is_number(cell[0]):
        number = float(cell[0])
        return int(number) if number.is_integer() else number
    return "; ".join(cell) or None


def _explained(one: CaseVariable) -> list[Cell]:
    kind = "presence" if one.is_presence else "codings" if one.code else one.type.value
    return [
        one.name,
        one.definition.label or None,
        one.definition.description or None,
        kind,
        one.definition.range_words or None,
        _pairs(one.values) or None,
        _pairs(one.definition.missing) or None,
    ]


def _pairs(values: Any) -> str:
    return "; ".join(
        value if value == label else f"{value}: {label}" for value, label in values.items()
    )
