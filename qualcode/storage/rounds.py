"""Rounds and assignments in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from qualcode.core.project import Coder
from qualcode.core.rounds import Assignment, Purpose, Round, RoundState, Visibility, visibility
from qualcode.errors import Refused, UnknownName
from qualcode.storage import tables
from qualcode.storage.coding import visible
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of


def load_rounds(connection: Connection) -> tuple[Round, ...]:
    """Return the rounds in the order they were made."""
    return tuple(
        Round(
            row["id"],
            row["uid"],
            row["name"],
            Purpose(row["purpose"]),
            RoundState(row["state"]),
            row["blind"],
            row["instructions"],
        )
        for row in live_rows(connection, tables.CodingRound)
    )


def find_round(connection: Connection, name: str) -> Round:
    rounds = load_rounds(connection)
    for found in rounds:
        if found.name.casefold() == name.casefold():
            return found
    raise UnknownName("round", name, [found.name for found in rounds])


def visible_to(connection: Connection, viewer: Coder) -> Visibility:
    """Return whose codings this viewer may see now."""
    return visibility(viewer, load_rounds(connection))


def load_assignments(connection: Connection, round_: Round) -> tuple[Assignment, ...]:
    documents = names_by_id(connection, tables.Document, "name")
    coders = names_by_id(connection, tables.Coder, "name")
    found = [
        Assignment(
            row["id"],
            round_.name,
            documents[row["document_id"]],
            coders[row["coder_id"]],
            row["done"],
        )
        for row in live_rows(connection, tables.Assignment, round_id=round_.id)
    ]
    return tuple(sorted(found, key=lambda given: (given.document, given.coder)))


def count_codings(
    connection: Connection, seen: Visibility, round_: Round
) -> dict[tuple[str, str], int]:
    """Return (document, coder) → how many codings of a round stand there, of those that the viewer may see."""
    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    query = (
        sa.select(coding.c.revision_id, coding.c.coder_id, sa.func.count())
        .where(coding.c.live, coding.c.round_id == round_.id, visible(seen))
        .group_by(coding.c.revision_id, coding.c.coder_id)
    )
    counted = list(connection.execute(query))
    owner = connection.execute(sa.select(revision.c.id, revision.c.document_id))
    documents = names_by_id(connection, tables.Document, "name")
    document_of = {row_id: documents[document] for row_id, document in owner}
    coders = names_by_id(connection, tables.Coder, "name")
    found: dict[tuple[str, str], int] = {}
    for revision_id, coder, count in counted:
        place = (document_of[revision_id], coders[coder])
        found[place] = found.get(place, 0) + count
    return found


def assign(
    writer: Writer, round_id: int, document_ids: Sequence[int], coder_ids: Sequence[int]
) -> int:
    """Assign every one of these documents to every one of these coders; returns how many assignments are new."""
    standing = {
        (row["document_id"], row["coder_id"])
        for row in live_rows(writer.connection, tables.Assignment, round_id=round_id)
    }
    new = [
        tables.Assignment(round_id=round_id, document_id=document, coder_id=coder)
        for document in document_ids
        for coder in coder_ids
        if (document, coder) not in standing
    ]
    writer.add_many(new)
    return len(new)


def assign_pairs(writer: Writer, round_id: int, pairs: Iterable[tuple[int, int]]) -> int:
    """Assign (document id, coder id) as given; returns how many assignments are new."""
    standing = {
        (row["document_id"], row["coder_id"])
        for row in live_rows(writer.connection, tables.Assignment, round_id=round_id)
    }
    new = [pair for pair in dict.fromkeys(pairs) if pair not in standing]
    writer.add_many(
        tables.Assignment(round_id=round_id, document_id=document, coder_id=coder)
        for document, coder in new
    )
    return len(new)


def load_scheme(connection: Connection, round_id: int) -> dict[str, Any]:
    """Return the plan by which the round's documents were last shared out; empty where there was none."""
    (row,) = live_rows(connection, tables.CodingRound, id=round_id)
    return dict(row["scheme"])


def set_scheme(writer: Writer, round_id: int, scheme: Mapping[str, Any]) -> None:
    """Keep the plan by which the round's documents were shared out."""
    writer.change(tables.CodingRound, round_id, {"scheme": dict(scheme)})


def unassign_document(writer: Writer, document_id: int) -> None:
    """Take every assignment of a document out of view."""
    for row in live_rows(writer.connection, tables.Assignment, document_id=document_id):
        writer.remove(tables.Assignment, row["id"])


def set_done(
    writer: Writer, round_id: int, *, document_id: int, coder_id: int, done: bool
) -> None:
    """Say whether a coder has read a document to the end; it is assigned first where it is not."""
    assign(writer, round_id, [document_id], [coder_id])
    for row in live_rows(
        writer.connection,
        tables.Assignment,
        round_id=round_id,
        document_id=document_id,
        coder_id=coder_id,
    ):
        writer.change(tables.Assignment, row["id"], {"done": done})


def add_round(
    writer: Writer,
    name: str,
    *,
    purpose: Purpose,
    blind: bool,
    instructions: str,
    codebook_version_id: int | None,
) -> int:
    """Open a round and return its id. Refused when the name is taken, ignoring case."""
    for known in load_rounds(writer.connection):
        if known.name.casefold() == name.casefold():
            raise Refused(f"a round named {known.name} exists already", hint="choose another")
    return writer.add(
        tables.CodingRound(
            name=name,
            purpose=purpose,
            blind=blind,
            instructions=instructions,
            codebook_version_id=codebook_version_id,
        )
    )


def set_state(writer: Writer, round_id: int, state: RoundState) -> None:
    writer.change(tables.CodingRound, round_id, {"state": state})


def unblind(writer: Writer, round_id: int, *, reason: str) -> None:
    """Let everybody see everybody's codings, and keep the reason in the record."""
    writer.change(tables.CodingRound, round_id, {"blind": False})
    writer.note(tables.CodingRound, round_id, {"reason": reason})
