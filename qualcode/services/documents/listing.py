"""Reading documents: the list, one document with its text, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qualcode.core.document_filter import FACTS, read_filter
from qualcode.core.documents import Document, DocumentKind, Participant, Reading
from qualcode.core.memos import Memo
from qualcode.core.participants import SpeakerLine
from qualcode.storage import documents as store
from qualcode.storage.coding import count_by_document
from qualcode.storage.memos import load_memos
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it; `codings` counts what the actor may see."""

    name: str
    kind: DocumentKind
    words: int
    turns: int
    codings: int
    participants: tuple[str, ...]
    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DocumentDescription:
    """What is known of a document beside its text; `memos` are those on the document that the actor may see."""

    document: Document
    source: str
    format: str
    encoding: str
    imported_at: datetime
    revision: int
    speakers: tuple[SpeakerLine, ...]
    participants: tuple[Participant, ...]
    memos: tuple[Memo, ...]


def list_documents(
    project: Project, *, kind: DocumentKind | None = None, only: str = ""
) -> tuple[DocumentRow, ...]:
    """Return the documents by name with their size, participants and the codings the actor may see.

    `only` is a filter such as `trust site:A` (`qualcode.core.document_filter`); UnknownName when it asks for an
    attribute that the project does not have."""
    with project.reading() as connection:
        documents = store.load_documents(connection, kind=kind)
        people = store.load_participants(connection)
        codings = count_by_document(connection, visible_to(connection, project.actor))
        turns = store.count_turns(connection)
        wanted = read_filter(only, (*store.attribute_types(connection), *FACTS))
    speaking: dict[str, list[Participant]] = {}
    for person in people:
        for name in person.documents:
            speaking.setdefault(name, []).append(person)
    rows = (
        DocumentRow(
            document.name,
            document.kind,
            document.words,
            turns.get(document.revision_id, 0),
            codings.get(document.name, 0),
            tuple(person.pseudonym for person in speaking.get(document.name, [])),
            _merged(speaking.get(document.name, [])),
        )
        for document in documents
    )
    return tuple(
        row
        for row in rows
        if wanted.fits(row.name, row.kind, participants=row.participants, values=row.values)
    )


def open_document(project: Project, name: str) -> Reading:
    """Return a document for reading: text, turns, sentences, speakers. UnknownName when there is none."""
    with project.reading() as connection:
        return store.load_reading(connection, store.find_document(connection, name))


def describe_document(project: Project, name: str) -> DocumentDescription:
    """Return what is known of a document, without its text: where it came from, who speaks, memos on it."""
    with project.reading() as connection:
        found = store.find_document(connection, name)
        source = store.load_source(connection, found.revision_id)
        return DocumentDescription(
            found,
            source.name,
            source.format,
            source.encoding,
            source.imported_at,
            source.revision,
            store.load_speaker_lines(connection, found),
            store.load_participants_of(connection, found),
            load_memos(connection, visible_to(connection, project.actor), target_uid=found.uid),
        )


def participants_of(project: Project, document: str) -> tuple[Participant, ...]:
    """Return the participants who speak in a document, with their attributes."""
    with project.reading() as connection:
        return store.load_participants_of(connection, store.find_document(connection, document))


def list_participants(project: Project) -> tuple[Participant, ...]:
    with project.reading() as connection:
        return store.load_participants(connection)


def list_speakers(project: Project, *, document: str | None = None) -> tuple[SpeakerLine, ...]:
    """Return the speakers of one document, or of all but narratives, with the participants they are."""
    with project.reading() as connection:
        found = store.find_document(connection, document) if document is not None else None
        return store.load_speaker_lines(connection, found)


def _merged(people: Iterable[Participant]) -> dict[str, tuple[str, ...]]:
    values: dict[str, dict[str, None]] = {}
    for person in people:
        for name, given in person.values.items():
            values.setdefault(name, {}).update(dict.fromkeys(given))
    return {name: tuple(given) for name, given in values.items()}
