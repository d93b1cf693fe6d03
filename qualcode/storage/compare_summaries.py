"""The analyst's summaries of framework cells in the database."""

from __future__ import annotations

from typing import Any

from qualcode.core.compare.framework import Summary
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id


def load_summaries(
    connection: Connection, *, by: str, basis: str
) -> dict[tuple[str, str], Summary]:
    """Return the live summaries of one framework by (code, value)."""
    codes = names_by_id(connection, tables.Code, "key")
    coders = names_by_id(connection, tables.Coder, "name")
    return {
        (codes[row["code_id"]], row["value"]): Summary(
            row["body"], coders[row["coder_id"]], row["evidence"]
        )
        for row in live_rows(connection, tables.MatrixSummary, by=by, basis=basis)
    }


def put_summary(
    writer: Writer, code_id: int, cell: tuple[str, str, str], *, text: str, digest: str
) -> None:
    """Write, rewrite or (when the text is empty) remove the summary of a cell, which is (by, value, basis)."""
    by, value, basis = cell
    place: dict[str, Any] = {"code_id": code_id, "by": by, "value": value, "basis": basis}
    standing = live_rows(writer.connection, tables.MatrixSummary, **place)
    if not text:
        for row in standing:
            writer.remove(tables.MatrixSummary, row["id"])
        return
    fields: dict[str, Any] = {"body": text, "evidence": digest, "coder_id": writer.actor.id}
    if standing:
        writer.change(tables.MatrixSummary, standing[0]["id"], fields)
    else:
        writer.add(tables.MatrixSummary(**place, **fields))
