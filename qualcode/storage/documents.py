"""Documents, revisions, turns, speakers, participants and attributes in the database."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from qualcode.core.documents import (
    AttributeType,
    Document,
    DocumentKind,
    Participant,
    Reading,
    Speaker,
    SpeakerRole,
    Transcript,
    Turn,
)
from qualcode.core.sentences import SPLITTER, SPLITTER_VERSION
from qualcode.errors import Refused, UnknownName
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of

INTERVIEWER_LABELS = frozenset(
    {"interviewer", "int", "i", "moderator", "researcher", "mod", "int.", "q"}
)


def content_hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()


def load_documents(
    connection: Connection, *, kind: DocumentKind | None = None
) -> tuple[Document, ...]:
    """Return the live documents by name, each with its newest revision."""
    document, revision = table_of(tables.Document), table_of(tables.DocumentRevision)
    newest = (
        sa.select(revision.c.document_id, sa.func.max(revision.c.n).label("n"))
        .where(revision.c.live)
        .group_by(revision.c.document_id)
        .subquery()
    )
    query = (
        sa.select(
            document.c.id,
            document.c.uid,
            document.c.name,
            document.c.kind,
            revision.c.id,
            revision.c.uid,
            revision.c.length,
            revision.c.words,
        )
        .join(newest, newest.c.document_id == document.c.id)
        .join(
            revision,
            sa.and_(revision.c.document_id == document.c.id, revision.c.n == newest.c.n),
        )
        .where(document.c.live)
        .order_by(document.c.name)
    )
    if kind is not None:
        query = query.where(document.c.kind == kind)
    return tuple(Document(*row) for row in connection.execute(query))


def find_document(connection: Connection, name: str) -> Document:
    """Return the document of this name (with or without its file's ending), ignoring case; UnknownName otherwise."""
    documents = load_documents(connection)
    wanted = name.casefold()
    for document in documents:
        if document.name.casefold() in (wanted, wanted.rpartition(".")[0]):
            return document
    raise UnknownName("document", name, [document.name for document in documents])


def load_reading(connection: Connection, document: Document) -> Reading:
    """Return the document's text with turns, sentences and speakers."""
    return Reading(
        document,
        load_text(connection, document.revision_id),
        load_turns(connection, document.revision_id),
        load_segments(connection, document.revision_id, "sentence"),
        load_speakers(connection, document.id),
    )


def load_text(connection: Connection, revision_id: int) -> str:
    revision = table_of(tables.DocumentRevision)
    found = sa.select(revision.c.body).where(revision.c.id == revision_id)
    return str(connection.execute(found).scalar_one())


def load_turns(connection: Connection, revision_id: int) -> tuple[Turn, ...]:
    turn, speaker = table_of(tables.Turn), table_of(tables.Speaker)
    query = (
        sa.select(
            turn.c.n,
            turn.c.start_ch,
            turn.c.end_ch,
            speaker.c.label,
            turn.c.begin_ms,
            turn.c.end_ms,
        )
        .outerjoin(speaker, speaker.c.id == turn.c.speaker_id)
        .where(turn.c.revision_id == revision_id)
        .order_by(turn.c.n)
    )
    return tuple(Turn(*row) for row in connection.execute(query))


def count_turns(connection: Connection) -> dict[int, int]:
    """Return how many turns each revision has."""
    turn = table_of(tables.Turn)
    query = sa.select(turn.c.revision_id, sa.func.count()).group_by(turn.c.revision_id)
    return {key: value for key, value in connection.execute(query)}


def load_segments(
    connection: Connection, revision_id: int, unit: str
) -> tuple[tuple[int, int], ...]:
    """Return the stored units of a revision as spans `(start, end)`; empty when they were never cut."""
    table = table_of(tables.Segmentation)
    query = sa.select(table.c.spans).where(
        table.c.revision_id == revision_id, table.c.unit == unit
    )
    spans = connection.execute(query.order_by(table.c.id.desc()).limit(1)).scalar()
    return tuple((start, end) for start, end in spans or ())


def load_speakers(connection: Connection, document_id: int) -> dict[str, Speaker]:
    names = names_by_id(connection, tables.Participant, "pseudonym")
    return {
        row["label"]: Speaker(
            row["label"], SpeakerRole(row["role"]), names.get(row["participant_id"])
        )
        for row in live_rows(connection, tables.Speaker, document_id=document_id)
    }


def load_participants(connection: Connection) -> tuple[Participant, ...]:
    """Return the participants by pseudonym with all their attribute values and documents."""
    attributes = names_by_id(connection, tables.Attribute, "name")
    documents = names_by_id(connection, tables.Document, "name")
    values: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in live_rows(connection, tables.AttributeValue, "sort"):
        values[row["participant_id"]][attributes[row["attribute_id"]]].append(row["value"])
    spoken: dict[int, list[str]] = defaultdict(list)
    for row in live_rows(connection, tables.DocumentParticipant):
        spoken[row["participant_id"]].append(documents[row["document_id"]])
    return tuple(
        Participant(
            row["id"],
            row["pseudonym"],
            {name: tuple(found) for name, found in values[row["id"]].items()},
            tuple(sorted(spoken[row["id"]])),
        )
        for row in live_rows(connection, tables.Participant, "pseudonym")
    )


def attribute_types(connection: Connection) -> dict[str, AttributeType]:
    return {
        row["name"]: AttributeType(row["type"]) for row in live_rows(connection, tables.Attribute)
    }


def find_by_hash(connection: Connection, digest: bytes) -> str | None:
    """Return the name of the live document whose text has this hash."""
    document, revision = table_of(tables.Document), table_of(tables.DocumentRevision)
    query = (
        sa.select(document.c.name)
        .join(revision, revision.c.document_id == document.c.id)
        .where(document.c.live, revision.c.sha256 == digest)
    )
    found = connection.execute(query.limit(1)).scalar()
    return None if found is None else str(found)


def add_document(
    writer: Writer,
    name: str,
    transcript: Transcript,
    *,
    sentences: Sequence[tuple[int, int]],
    source: tuple[str, bytes],
    kind: DocumentKind = DocumentKind.TRANSCRIPT,
) -> int:
    """Store a document with its first revision; `source` is the file's name and content. Returns the document's id.

    Refused when a live document has this name."""
    taken = {document.name.casefold() for document in load_documents(writer.connection)}
    if name.casefold() in taken:
        raise Refused(
            f"a document named {name} exists already",
            hint="rename the file, or remove the document first",
        )
    document_id = writer.add(tables.Document(name=name, kind=kind))
    add_revision(writer, document_id, transcript, sentences=sentences, source=source)
    return document_id


def add_revision(
    writer: Writer,
    document_id: int,
    transcript: Transcript,
    *,
    sentences: Sequence[tuple[int, int]],
    source: tuple[str, bytes],
) -> int:
    """Store the next revision of a document with its turns, speakers and sentences; returns the revision's id."""
    revision = table_of(tables.DocumentRevision)
    last = writer.connection.execute(
        sa.select(revision.c.n, revision.c.id)
        .where(revision.c.document_id == document_id)
        .order_by(revision.c.n.desc())
        .limit(1)
    ).first()
    source_name, content = source
    revision_id = writer.add(
        tables.DocumentRevision(
            document_id=document_id,
            n=last.n + 1 if last else 1,
            body=transcript.text,
            length=len(transcript.text),
            words=len(transcript.text.split()),
            sha256=content_hash(transcript.text),
            source_name=source_name,
            source_format=transcript.format,
            source_encoding=transcript.encoding,
            source_sha256=hashlib.sha256(content).digest(),
            from_revision_id=last.id if last else None,
        )
    )
    speakers = _add_speakers(writer, document_id, transcript.turns)
    _add_parts(writer, revision_id, transcript.turns, speakers, sentences)
    return revision_id


def _add_parts(
    writer: Writer,
    revision_id: int,
    turns: Iterable[Turn],
    speakers: dict[str, int],
    sentences: Sequence[tuple[int, int]],
) -> None:
    writer.insert_parts(
        tables.Turn(
            revision_id=revision_id,
            n=turn.n,
            start_ch=turn.start,
            end_ch=turn.end,
            speaker_id=speakers.get(turn.speaker) if turn.speaker is not None else None,
            begin_ms=turn.begin_ms,
            end_ms=turn.end_ms,
        )
        for turn in turns
    )
    writer.insert_parts(
        [
            tables.Segmentation(
                revision_id=revision_id,
                unit="sentence",
                method=SPLITTER,
                method_version=SPLITTER_VERSION,
                spans=[list(span) for span in sentences],
            )
        ]
    )


def remove_document(writer: Writer, document: Document) -> None:
    """Take a document out of view; its text stays on record. Refused while anything live stands on it."""
    writer.remove(tables.Document, document.id)


def _add_speakers(writer: Writer, document_id: int, turns: Iterable[Turn]) -> dict[str, int]:
    known = {
        row["label"]: int(row["id"])
        for row in live_rows(writer.connection, tables.Speaker, document_id=document_id)
    }
    for label in dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None):
        if label not in known:
            is_asking = label.casefold() in INTERVIEWER_LABELS
            role = SpeakerRole.INTERVIEWER if is_asking else SpeakerRole.PARTICIPANT
            known[label] = writer.add(
                tables.Speaker(document_id=document_id, label=label, role=role)
            )
    return known


def set_participant(
    writer: Writer,
    pseudonym: str,
    *,
    values: dict[str, Sequence[str]],
    types: dict[str, AttributeType],
    documents: Sequence[Document],
) -> int:
    """Add a participant or bring the one of this pseudonym up to date: values, documents, matching speakers."""
    found = live_rows(writer.connection, tables.Participant, pseudonym=pseudonym)
    participant_id = (
        int(found[0]["id"]) if found else writer.add(tables.Participant(pseudonym=pseudonym))
    )
    for name, given in values.items():
        attribute_id = _attribute(writer, name, types[name], given)
        _set_values(writer, participant_id, attribute_id, given)
    linked = {
        row["document_id"]
        for row in live_rows(
            writer.connection, tables.DocumentParticipant, participant_id=participant_id
        )
    }
    for document in documents:
        if document.id not in linked:
            writer.add(
                tables.DocumentParticipant(document_id=document.id, participant_id=participant_id)
            )
        for row in live_rows(writer.connection, tables.Speaker, document_id=document.id):
            is_the_one = row["label"].casefold() == pseudonym.casefold()
            if is_the_one and row["participant_id"] is None:
                writer.change(tables.Speaker, row["id"], {"participant_id": participant_id})
    return participant_id


def _attribute(writer: Writer, name: str, kind: AttributeType, values: Sequence[str]) -> int:
    found = live_rows(writer.connection, tables.Attribute, name=name)
    if not found:
        choices = list(dict.fromkeys(values)) if kind is AttributeType.CHOICE else []
        return writer.add(tables.Attribute(name=name, type=kind, choices=choices))
    row: dict[str, Any] = found[0]
    if row["type"] == AttributeType.CHOICE:
        wanted = [*row["choices"], *(value for value in values if value not in row["choices"])]
        writer.change(tables.Attribute, row["id"], {"choices": wanted})
    return int(row["id"])


def _set_values(
    writer: Writer, participant_id: int, attribute_id: int, values: Sequence[str]
) -> None:
    standing = {
        row["value"]: row["id"]
        for row in live_rows(
            writer.connection,
            tables.AttributeValue,
            participant_id=participant_id,
            attribute_id=attribute_id,
        )
    }
    for value, row_id in standing.items():
        if value not in values:
            writer.remove(tables.AttributeValue, row_id)
    for sort, value in enumerate(dict.fromkeys(values)):
        if value not in standing:
            writer.add(
                tables.AttributeValue(
                    participant_id=participant_id,
                    attribute_id=attribute_id,
                    value=value,
                    sort=sort,
                )
            )
