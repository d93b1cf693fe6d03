"""participants.csv: a table with a column `pseudonym`, attributes, and the participants' documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from qualcode.core.documents import AttributeType, Participant
from qualcode.core.participants import (
    VALUE_SEPARATOR,
    Attribute,
    AttributeColumn,
    ParticipantRow,
    ParticipantTable,
    cell_values,
    inferred_column,
    is_number,
)
from qualcode.errors import InputError, MistakeInFile, nearest_hint
from qualcode.formats.decoding import decode_text
from qualcode.formats.tables import to_csv

KEY = "pseudonym"
DOCUMENT_HEADINGS = frozenset(
    ["document", "documents", "transcript", "transcripts", "file", "files"]
)
_NO_ATTRIBUTES = DOCUMENT_HEADINGS | {KEY}
_DELIMITERS = ",;\t"
_DELIMITER_NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab"}


def read_participants(name: str, content: bytes) -> ParticipantTable:
    """Return the participants in a CSV file.

    The delimiter (comma, semicolon or tab) is told from the heading. A cell may hold several
    values, separated by `;`, unless it is prose. MistakeInFile, with its line, for a missing column `pseudonym`, an
    empty or double pseudonym, a double heading and a row of another length than the heading."""
    if content.startswith(b"PK\x03\x04"):
        raise InputError(
            f"{name} is a spreadsheet or an archive", hint="save the table as CSV (UTF-8)"
        )
    decoded = decode_text(name, content)
    delimiter = _delimiter(decoded.text)
    following = _records(name, decoded.text, delimiter)
    line, first = next(following, (1, []))
    headings = _heading(name, line, first)
    records = [
        (line, _fitted(name, line, cells, headings, delimiter)) for line, cells in following
    ]
    if not records:
        raise MistakeInFile(
            name,
            line,
            "there are no participants below the heading",
            hint="one row per participant",
        )
    columns = _attributes(headings, [cells for _, cells in records])
    rows: dict[str, ParticipantRow] = {}
    for line, cells in records:
        row = _row(name, line, dict(zip(headings, cells, strict=True)), columns)
        earlier = rows.setdefault(row.pseudonym.casefold(), row)
        if earlier is not row:
            raise MistakeInFile(
                name,
                line,
                f"the pseudonym {row.pseudonym!r} is already in line {earlier.line}",
                hint="one row per participant; separate several values of one cell by ;",
            )
    return ParticipantTable(columns, tuple(rows.values()), decoded.notes)


def participants_csv(attributes: Sequence[Attribute], people: Iterable[Participant]) -> str:
    """Return the table as CSV: pseudonym, documents, attributes. Reading it gives the same participants.

    Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    heads = [KEY, "documents", *(one.name for one in attributes)]
    rows = [
        [
            person.pseudonym,
            f"{VALUE_SEPARATOR} ".join(person.documents),
            *(_cell(person.values.get(one.name, ())) for one in attributes),
        ]
        for person in people
    ]
    return to_csv(heads, rows)


def _cell(values: Sequence[str]) -> Any:
    """Return the values as one cell; a number alone stays a number, so that -9 is not taken for a formula."""
    if len(values) == 1 and is_number(values[0]):
        return Decimal(values[0])
    return f"{VALUE_SEPARATOR} ".join(values)


def _delimiter(text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _records(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which it begins, cells) for every record that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise MistakeInFile(
                name,
                begins,
                f"this row cannot be read: {error}",
                hint="check the quotation marks; inside a quoted cell they are doubled",
            ) from error
        if any(cell.strip() for cell in cells):
            yield begins, [cell.strip() for cell in cells]
        begins = reader.line_num + 1


def _heading(name: str, line: int, cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    folded = [cell.casefold() for cell in cells]
    if KEY not in folded:
        raise MistakeInFile(
            name,
            line,
            f"there is no column {KEY!r}",
            hint=f"the first line names the columns, one of them {KEY}; "
            + nearest_hint("column", KEY, cells)
            .removesuffix("?")
            .replace("did you mean", "rename"),
        )
    for n, cell in enumerate(cells):
        if not cell:
            raise MistakeInFile(
                name, line, f"column {n + 1} has no name", hint="name it or remove it"
            )
        if folded.index(cell.casefold()) != n:
            raise MistakeInFile(
                name, line, f"there are two columns {cell!r}", hint="rename one of them"
            )
    return cells


def _fitted(
    name: str, line: int, cells: list[str], columns: Sequence[str], delimiter: str
) -> list[str]:
    """Return the cells without empty ones beyond the heading; a mistake for any other length."""
    while len(cells) > len(columns) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != len(columns):
        raise MistakeInFile(
            name,
            line,
            f"this row has {len(cells)} cells, the heading has {len(columns)}",
            hint=f"put quotation marks around a cell that contains {_DELIMITER_NAMES[delimiter]}",
        )
    return cells


def _attributes(headings: Sequence[str], records: list[list[str]]) -> tuple[AttributeColumn, ...]:
    return tuple(
        inferred_column(heading, [_several(cells[n]) for cells in records])
        for n, heading in enumerate(headings)
        if heading.casefold() not in _NO_ATTRIBUTES
    )


def _row(
    name: str, line: int, cells: dict[str, str], columns: Sequence[AttributeColumn]
) -> ParticipantRow:
    by_heading = {heading.casefold(): cell for heading, cell in cells.items()}
    pseudonym = by_heading[KEY]
    if not pseudonym:
        raise MistakeInFile(
            name, line, "this row has no pseudonym", hint="every participant needs one"
        )
    documents = [
        document
        for heading, cell in by_heading.items()
        if heading in DOCUMENT_HEADINGS
        for document in _several(cell)
    ]
    values = {column.name: cell_values(cells[column.name], column.type) for column in columns}
    filled = {attribute: several for attribute, several in values.items() if several}
    return ParticipantRow(pseudonym, filled, tuple(dict.fromkeys(documents)), line)


def _several(cell: str) -> tuple[str, ...]:
    return cell_values(cell, AttributeType.CHOICE)
