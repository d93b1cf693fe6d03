"""Who speaks in a document under which label, and which participant that is."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualcode.core.documents import Document, DocumentKind, Speaker, SpeakerRole
from qualcode.core.participants import SpeakerLine
from qualcode.errors import UnknownName
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of


def load_speakers(connection: Connection, document_id: int) -> dict[str, Speaker]:
    names = names_by_id(connection, tables.Participant, "pseudonym")
    return {
        row["label"]: Speaker(
            row["label"], SpeakerRole(row["role"]), names.get(row["participant_id"])
        )
        for row in live_rows(connection, tables.Speaker, document_id=document_id)
    }


def load_speaker_lines(
    connection: Connection, document: Document | None = None
) -> tuple[SpeakerLine, ...]:
    """Return the speakers of a document, or of all but narratives, by document in the order they first came.

    Who speaks in a narrative follows from the interviews it repeats."""
    speaker, turn = table_of(tables.Speaker), table_of(tables.Turn)
    held, person = table_of(tables.Document), table_of(tables.Participant)
    counted = (
        sa.select(turn.c.speaker_id, sa.func.count().label("turns"))
        .group_by(turn.c.speaker_id)
        .subquery()
    )
    query = (
        sa.select(
            held.c.name,
            speaker.c.label,
            speaker.c.role,
            person.c.pseudonym,
            sa.func.coalesce(counted.c.turns, 0),
        )
        .join(held, held.c.id == speaker.c.document_id)
        .outerjoin(person, person.c.id == speaker.c.participant_id)
        .outerjoin(counted, counted.c.speaker_id == speaker.c.id)
        .where(speaker.c.live, held.c.live)
        .order_by(held.c.name, speaker.c.id)
    )
    if document is None:
        query = query.where(held.c.kind != DocumentKind.NARRATIVE)
    else:
        query = query.where(held.c.id == document.id)
    return tuple(
        SpeakerLine(row[0], row[1], SpeakerRole(row[2]), row[3], row[4])
        for row in connection.execute(query)
    )


def set_speaker_role(writer: Writer, document: Document, *, label: str, role: SpeakerRole) -> None:
    writer.change(tables.Speaker, _speaker(writer, document, label)["id"], {"role": role})


def link_speaker(
    writer: Writer, document: Document, *, label: str, participant_id: int | None
) -> None:
    """Say which participant a speaker is (None: nobody on record), and let the document be one of that participant's.

    Who was the speaker before loses the document where no other speaker of it is theirs."""
    row = _speaker(writer, document, label)
    before = row["participant_id"]
    if before == participant_id:
        return
    writer.change(tables.Speaker, row["id"], {"participant_id": participant_id})
    place = {"document_id": document.id}
    if before is not None and not live_rows(
        writer.connection, tables.Speaker, participant_id=before, **place
    ):
        for link in live_rows(
            writer.connection, tables.DocumentParticipant, participant_id=before, **place
        ):
            writer.remove(tables.DocumentParticipant, link["id"])
    if participant_id is not None and not live_rows(
        writer.connection, tables.DocumentParticipant, participant_id=participant_id, **place
    ):
        writer.add(
            tables.DocumentParticipant(document_id=document.id, participant_id=participant_id)
        )


def _speaker(writer: Writer, document: Document, label: str) -> dict[str, Any]:
    rows = live_rows(writer.connection, tables.Speaker, document_id=document.id)
    for row in rows:
        if row["label"].casefold() == label.strip().casefold():
            return row
    raise UnknownName("speaker", label, [row["label"] for row in rows])
