"""Findings as files: any table of the comparisons as csv, xlsx, docx or Markdown."""

from __future__ import annotations

from pathlib import Path

from qualcode.core.compare import Matrix
from qualcode.core.sheets import Sheet
from qualcode.errors import InputError
from qualcode.formats.sheets import sheet_csv, sheet_docx, sheet_markdown, sheet_tabs, sheet_xlsx

_WRITERS = {"csv": sheet_csv, "xlsx": sheet_xlsx, "docx": sheet_docx, "md": sheet_markdown}
SHEET_FORMATS = tuple(_WRITERS)


def sheet_format(path: str | Path) -> str:
    """Return the format that the ending of a path asks for; InputError where there is none for it."""
    ending = Path(path).suffix.casefold().lstrip(".")
    if ending not in _WRITERS:
        raise InputError(
            f"{Path(path).name!r} names no format for a table",
            hint="end it in " + ", ".join(f".{known}" for known in SHEET_FORMATS),
        )
    return ending


def write_sheet(sheet: Sheet, *, format: str) -> bytes:
    """Return the table as a file of this format; InputError for one that is not known."""
    writer = _WRITERS.get(format.casefold().lstrip("."))
    if writer is None:
        raise InputError(
            f"{format!r} is no format for a table", hint="one of " + ", ".join(SHEET_FORMATS)
        )
    return writer(sheet)


def copied_sheet(sheet: Sheet) -> str:
    """Return the table with tabs between its cells, for the clipboard."""
    return sheet_tabs(sheet)


def wide_sheet(matrix: Matrix) -> Sheet:
    """Return a matrix as it is read: participants of those who could have said it, and codings, in each cell."""
    rows = tuple(
        (
            "  " * row.depth + row.name,
            *(
                f"{cell.participants}/{cell.of} ({cell.codings})" if cell.codings else "·"
                for cell in (*row.cells, row.total)
            ),
        )
        for row in matrix.rows
    )
    columns = ("Code", *(column.name for column in matrix.columns), "All")
    read = "Cells: participants of those who could have said it (codings)."
    return Sheet(f"Codes by {matrix.by}", columns, rows, (read, *matrix.notes))


def matrix_sheet(matrix: Matrix) -> Sheet:
    """Return a matrix with a row for each cell, as statistics want it; undefined shares are empty beside their reason."""
    counts = ("codings", "documents", "participants", "of", "proportion")
    columns = ("code", "name", "depth", matrix.by, *counts, "share of text", "share_reason")
    rows = tuple(
        (
            row.code, row.name, row.depth, name, cell.codings, cell.documents, cell.participants,
            cell.of, cell.proportion, cell.share, cell.share_reason,
        )
        for row in matrix.rows
        for name, cell in (
            *((column.name, cell) for column, cell in zip(matrix.columns, row.cells, strict=True)),
            ("all", row.total),
        )
    )  # fmt: skip
    return Sheet(f"Codes by {matrix.by}", columns, rows, matrix.notes)
