"""Documents, revisions, turns, sentences and speakers in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qualcode.core.documents import (
    Document,
    DocumentKind,
    Reading,
    SpeakerRole,
    Transcript,
    Turn,
    document_named,
)
from qualcode.core.sentences import SPLITTER, SPLITTER_VERSION
from qualcode.errors import Refused, UnknownName
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.documents.speakers import load_speakers
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, table_of

INTERVIEWER_LABELS = frozenset(
    {"interviewer", "int", "i", "moderator", "researcher", "mod", "int.", "q"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text of a revision came from, and when."""

    name: str
    format: str
    encoding: str
    imported_at: datetime
    revision: int


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
    found = document_named(documents, name)
    if found is None:
        raise UnknownName("document", name, [document.name for document in documents])
    return found


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
    _refuse_taken(writer.connection, name)
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


def rename_document(writer: Writer, document: Document, name: str) -> None:
    """Give a document another name. Refused when a live document has it, ignoring case."""
    _refuse_taken(writer.connection, name, but=document.id)
    writer.change(tables.Document, document.id, {"name": name})


def load_source(connection: Connection, revision_id: int) -> Source:
    """Return where a revision came from, without reading its text."""
    revision = table_of(tables.DocumentRevision)
    columns = (
        revision.c.source_name,
        revision.c.source_format,
        revision.c.source_encoding,
        revision.c.created_at,
        revision.c.n,
    )
    return Source(
        *connection.execute(sa.select(*columns).where(revision.c.id == revision_id)).one()
    )


def _refuse_taken(connection: Connection, name: str, *, but: int | None = None) -> None:
    for document in load_documents(connection):
        if document.name.casefold() == name.casefold() and document.id != but:
            raise Refused(
                f"a document named {name} exists already",
                hint="choose another name, or remove the other document first",
            )


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
