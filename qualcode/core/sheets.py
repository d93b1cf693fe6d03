"""A finding as a plain table, on its way into a spreadsheet or a report."""

from __future__ import annotations

from dataclasses import dataclass

SheetCell = str | int | float | None
"""None is an empty cell: what is undefined or was not asked."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title, and `notes` that must be read with it: what was counted, and what is small."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    notes: tuple[str, ...] = ()
