"""Comparisons as files: matrices as CSV or Markdown, and participants with their attributes against codes."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.compare import Matrix, matrix_codes
from qualcode.core.documents import AttributeType
from qualcode.errors import InputError
from qualcode.formats.tables import Cell, to_csv, to_markdown
from qualcode.services.compare.matrix import LayerReading
from qualcode.storage.project import CONSENSUS_CODER, Project


def write_matrix(matrix: Matrix, *, format: str = "csv") -> str:
    """Return a matrix as csv (a row for each cell) or md (participants of those who could have said it, and codings)."""
    if format == "md":
        heads = [column.name for column in matrix.columns]
        rows: list[list[Cell]] = [
            [
                "· " * row.depth + row.name,
                *(
                    f"{cell.participants}/{cell.of} ({cell.codings})" if cell.codings else "·"
                    for cell in (*row.cells, row.total)
                ),
            ]
            for row in matrix.rows
        ]
        notes = "".join(f"\n{note}\n" for note in matrix.notes)
        return to_markdown(["Code", *heads, "All"], rows) + notes
    if format != "csv":
        raise InputError(f"{format!r} is no format for a matrix", hint="csv or md")
    columns = ["code", "depth", matrix.by, "codings", "documents", "participants", "of", "share"]
    cells: list[list[Cell]] = [
        [
            row.code,
            row.depth,
            column.name,
            cell.codings,
            cell.documents,
            cell.participants,
            cell.of,
            cell.share,
        ]
        for row in matrix.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
    ]
    return to_csv(columns, cells)


def export_cases(
    project: Project,
    codes: Sequence[str] = (),
    *,
    basis: str = CONSENSUS_CODER,
    as_presence: bool = False,
) -> str:
    """Return participants in rows, with their attributes and how often each code (its branch) was said, as CSV.

    With `as_presence` 1 and 0 stand for said and not said. Several values of an attribute are joined by a semicolon;
    a number stays a number; what somebody has no value of is an empty cell."""
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns="participant", basis=basis)
    book = reading.codebook
    keys = [book.find(code).key for code in codes] or [key for _, key in matrix_codes(book, None)]
    corpus = reading.corpus
    rows: list[list[Cell]] = []
    for voice in corpus.voices:
        row: list[Cell] = [voice.name]
        for name, kind in corpus.attributes.items():
            values = voice.value(name)
            is_number = kind is AttributeType.NUMBER and len(values) == 1
            row.append(_number(values[0]) if is_number else "; ".join(values) or None)
        for key in keys:
            branch = set(book.branch(key))
            said = {
                one.coding_id
                for one in reading.evidence
                if one.code in branch and voice.name in one.participants
            }
            row.append(int(bool(said)) if as_presence else len(said))
        rows.append(row)
    return to_csv(["participant", *corpus.attributes, *keys], rows)


def _number(text: str) -> Cell:
    number = float(text)
    return int(number) if number.is_integer() else number
