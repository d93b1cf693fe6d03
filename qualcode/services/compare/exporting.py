"""Comparisons as files, and participants with attributes against codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.compare import Matrix, matrix_codes
from qualcode.core.compare.cases import attribute_variables, build_cases, code_variables
from qualcode.errors import InputError
from qualcode.formats.cases import cases_to_csv, cases_to_xlsx, to_sav
from qualcode.formats.tables import Cell, to_csv, to_markdown
from qualcode.services.compare.layer import LayerReading
from qualcode.storage.attributes import load_definitions
from qualcode.storage.project import CONSENSUS_CODER, Project

CASE_FORMATS = ("csv", "xlsx", "sav")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A table of cases as a file, and what must be said about it."""

    content: bytes
    notes: tuple[str, ...] = ()


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
    format: str = "csv",
) -> CaseFile:
    """Return participants in rows, with their attributes and how often each code (its branch) was said.

    `format` is csv, xlsx or sav (SPSS). With `as_presence` 1 and 0 stand for said and not said. Without codes, the top
    branches. What somebody has no value of, and codes of whom nobody has read, are missing and never 0."""
    if format not in CASE_FORMATS:
        raise InputError(
            f"{format!r} is no format for cases", hint="one of " + ", ".join(CASE_FORMATS)
        )
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns="participant", basis=basis)
        definitions = load_definitions(connection)
    book, voices = reading.codebook, reading.voices
    keys = [book.find(code).key for code in codes] or [key for _, key in matrix_codes(book, None)]
    variables = (
        *attribute_variables(reading.corpus.attributes, definitions, voices),
        *code_variables(book, list(dict.fromkeys(keys)), as_presence=as_presence),
    )
    table = build_cases(variables, voices, reading.corpus, reading.counted, book)
    if format == "sav":
        return CaseFile(*to_sav(table, title=project.name))
    content = cases_to_csv(table).encode() if format == "csv" else cases_to_xlsx(table)
    return CaseFile(content, table.notes)
