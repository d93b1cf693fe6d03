"""Tables of results as CSV, safe to open in a spreadsheet, and as Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
Cell = str | int | float | None


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the table as CSV with LF line ends.

    A text cell that a spreadsheet would run as a formula (it begins with = + - @ or a tab, after
    any spaces) gets an apostrophe in front; numbers stay numbers. None is an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([_guarded(column) for column in columns])
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
    return stream.getvalue()


def to_markdown(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the table as a Markdown table; columns of numbers are aligned to the right."""
    cells = [list(row) for row in rows]
    rules = [
        "---:" if _is_numeric([row[n] for row in cells]) else "---" for n in range(len(columns))
    ]
    lines: list[Sequence[Cell]] = [columns, rules, *cells]
    return "".join(f"| {' | '.join(_inline(cell) for cell in line)} |\n" for line in lines)


def _guarded(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    # a lone carriage return would stand unquoted, and readers would take it for the end of the row
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{cell}" if cell.lstrip(" \xa0").startswith(_FORMULA) else cell


def _is_numeric(cells: Sequence[Cell]) -> bool:
    said = [cell for cell in cells if cell is not None]
    return bool(said) and all(isinstance(cell, (int, float)) for cell in said)


def _inline(cell: Cell) -> str:
    """Return the cell on one line, with what would end the cell escaped."""
    text = "" if cell is None else str(cell)
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
