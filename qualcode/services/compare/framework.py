"""Framework matrices: read them, write summaries into cells, export them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.core.compare.framework import (
    Framework,
    build_framework,
    cell_evidence,
    evidence_digest,
)
from qualcode.core.compare.tally import count_framework
from qualcode.errors import InputError
from qualcode.formats.tables import Cell, to_csv, to_markdown
from qualcode.services.compare.layer import LayerReading, column_called
from qualcode.storage.compare_summaries import load_summaries, put_summary
from qualcode.storage.project import CONSENSUS_CODER, Project


def show_framework(
    project: Project,
    codes: Sequence[str] = (),
    *,
    by: str = "participant",
    basis: str = CONSENSUS_CODER,
) -> Framework:
    """Return cases against codes (the top branches when none are named) with summaries; stale ones are marked."""
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns=by, basis=basis, with_places=True)
        book = reading.codebook
        keys = [book.find(code).key for code in codes]
        keys = keys or [code.key for code in book.children.get(None, ())]
        summaries = load_summaries(connection, by=reading.columns.name, basis=reading.basis)
        if reading.tally is None:
            evidence = reading.of_codes(keys)
            return build_framework(
                evidence, keys, reading.columns, book, summaries, basis=reading.basis
            )
        found = count_framework(reading.tally, keys, reading.columns, book, basis=reading.basis)
        # whether a summary is stale only its passages tell
        told = [key for key in keys if any(key == code for code, _ in summaries)]
        evidence = reading.of_codes(told) if told else ()
        judged = build_framework(evidence, told, reading.columns, book, summaries)
    cells = {key: cell for key, cell in judged.cells.items() if cell.summary is not None}
    return replace(found, cells={**found.cells, **cells})


def write_summary(
    project: Project,
    code: str,
    case: str,
    text: str,
    *,
    by: str = "participant",
    basis: str = CONSENSUS_CODER,
) -> None:
    """Write the summary of a cell on the evidence as it stands now; an empty text removes it."""
    with project.writing("summary written" if text.strip() else "summary removed") as writer:
        reading = LayerReading(writer.connection, project, columns=by, basis=basis)
        found = reading.codebook.find(code)
        column = column_called(reading.columns.columns, case)
        evidence = cell_evidence(
            reading.of_codes([found.key]), found.key, column.key, reading.columns, reading.codebook
        )
        put_summary(
            writer,
            found.id,
            (reading.columns.name, column.key, reading.basis),
            text=text.strip(),
            digest=evidence_digest(evidence),
        )


def export_framework(
    project: Project,
    codes: Sequence[str] = (),
    *,
    by: str = "participant",
    basis: str = CONSENSUS_CODER,
    format: str = "csv",
) -> str:
    """Return the framework as csv or md: a row for each case, a column for each code."""
    found = show_framework(project, codes, by=by, basis=basis)
    columns = [found.by, *found.codes]
    rows: list[list[Cell]] = [
        [name, *(_words(found, code, key) for code in found.codes)] for key, name in found.cases
    ]
    if format == "csv":
        return to_csv(columns, rows)
    if format == "md":
        return to_markdown(columns, rows)
    raise InputError(f"{format!r} is no format for a framework", hint="csv or md")


def _words(found: Framework, code: str, case: str) -> str | None:
    cell = found.cells[code, case]
    count = "1 passage" if cell.codings == 1 else f"{cell.codings} passages"
    if cell.summary is None:
        return count if cell.codings else None
    stale = "; STALE: its evidence has changed" if cell.is_stale else ""
    return f"{cell.summary.text} ({count}{stale})"
