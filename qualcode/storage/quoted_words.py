"""Quotations: words of a document that a memo was written on without coding them.

Readers take a `Visibility`: in a blind open round a quotation is its coder's alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from qualcode.core.documents import Document
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import in_chunks, live_rows, names_by_id, table_of


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A span `[start, end)` of a revision, in code points."""

    uid: uuid.UUID
    document: str
    revision_id: int
    start: int
    end: int
    is_live: bool


def load_quotations(
    connection: Connection, seen: Visibility, uids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, QuotationRow]:
    """Return those of these quotations that the viewer may see, removed ones too."""
    quotation, revision = table_of(tables.Quotation), table_of(tables.DocumentRevision)
    documents = names_by_id(connection, tables.Document, "name")
    query = sa.select(quotation, revision.c.document_id).join(
        revision, revision.c.id == quotation.c.revision_id
    )
    if seen.hidden_rounds:
        query = query.where(
            sa.or_(
                quotation.c.round_id.is_(None),
                quotation.c.round_id.not_in(sorted(seen.hidden_rounds)),
                quotation.c.coder_id == seen.viewer_id,
            )
        )
    found: dict[uuid.UUID, QuotationRow] = {}
    for chunk in _chunks(uids):
        for row in connection.execute(query.where(quotation.c.uid.in_(chunk))):
            found[row.uid] = QuotationRow(
                row.uid,
                documents[row.document_id],
                row.revision_id,
                row.start_ch,
                row.end_ch,
                row.live,
            )
    return found


def quotation_at(
    writer: Writer, document: Document, *, span: tuple[int, int], round_id: int | None
) -> uuid.UUID:
    """Return the uid of the actor's quotation of these words, which is added where there is none."""
    standing = live_rows(
        writer.connection,
        tables.Quotation,
        revision_id=document.revision_id,
        start_ch=span[0],
        end_ch=span[1],
        coder_id=writer.actor.id,
        round_id=round_id,
    )
    if standing:
        uid: uuid.UUID = standing[0]["uid"]
        return uid
    quotation = tables.Quotation(
        revision_id=document.revision_id,
        start_ch=span[0],
        end_ch=span[1],
        coder_id=writer.actor.id,
        round_id=round_id,
    )
    writer.add(quotation)
    return quotation.uid


def remove_quotation(writer: Writer, uid: uuid.UUID) -> None:
    """Take a quotation out of view when no memo is about it, or points at it, any more."""
    for kind in (tables.Memo, tables.MemoLink):
        if live_rows(writer.connection, kind, target_uid=uid):
            return
    for row in live_rows(writer.connection, tables.Quotation, uid=uid):
        writer.remove(tables.Quotation, row["id"])


def _chunks(uids: Iterable[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    given = list(dict.fromkeys(uids))
    for numbers in in_chunks(range(len(given))):
        yield [given[n] for n in numbers]
