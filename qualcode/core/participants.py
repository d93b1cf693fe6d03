"""A table of participants: one row each under a pseudonym, typed attributes, and their documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qualcode.core.documents import AttributeType

MAX_CHOICES = 20
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class AttributeColumn:
    """An attribute by its heading; `choices` are the values of a choice in the order they first occur."""

    name: str
    type: AttributeType
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One participant. `values` holds only attributes that have a value; `line` counts from 1 in the file."""

    pseudonym: str
    values: dict[str, tuple[str, ...]]
    documents: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class ParticipantTable:
    """Attributes and participants in the order of the file; `notes` are sentences for the importer's report."""

    columns: tuple[AttributeColumn, ...]
    rows: tuple[ParticipantRow, ...]
    notes: tuple[str, ...] = ()


def inferred_column(name: str, cells: Iterable[tuple[str, ...]]) -> AttributeColumn:
    """Return the attribute that these cells (each of none, one or several values) make.

    number and date (ISO 8601) when every value is one; choice when short values come several
    in a cell, or when at most twenty of them repeat; text otherwise and for a column without values."""
    filled = [cell for cell in cells if cell]
    values = [value for cell in filled for value in cell]
    if values and all(_NUMBER.fullmatch(value) for value in values):
        return AttributeColumn(name, AttributeType.NUMBER)
    if values and all(is_date(value) for value in values):
        return AttributeColumn(name, AttributeType.DATE)
    distinct = tuple(dict.fromkeys(values))
    is_short = all(len(value) <= 60 for value in distinct)
    repeats = len(distinct) < len(values) and len(distinct) <= MAX_CHOICES
    is_multiple = any(len(cell) > 1 for cell in filled)
    if values and is_short and (is_multiple or repeats):
        return AttributeColumn(name, AttributeType.CHOICE, distinct)
    return AttributeColumn(name, AttributeType.TEXT)


def is_date(value: str) -> bool:
    """Return whether the value is a day of the calendar, written YYYY-MM-DD."""
    if not _ISO_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
