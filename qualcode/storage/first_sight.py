"""The first sight of a project file, read with the driver alone: the database layer takes longer to load than to read.

Only what never changes is read here, so that nothing has to be taken back when the project is open."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode.core.documents import (
    Document,
    DocumentKind,
    Reading,
    Speaker,
    SpeakerRole,
    Turn,
    document_named,
)
from qualcode.core.project import Coder, FirstSight, Role
from qualcode.storage.files import SCHEMA_REVISION, check_file, connect_file

_PROJECT = "SELECT uid, name FROM project"
_CODERS = "SELECT id, uid, name, role FROM coder WHERE live AND role <> 'consensus' ORDER BY id"
_DOCUMENTS = """
SELECT d.id, d.uid, d.name, d.kind, r.id, r.uid, r.length, r.words
FROM document d JOIN document_revision r ON r.document_id = d.id
WHERE d.live AND r.n = (
    SELECT max(n) FROM document_revision WHERE document_id = d.id AND live
)
ORDER BY d.name
"""
_TEXT = "SELECT body FROM document_revision WHERE id = ?"
_TURNS = """
SELECT t.n, t.start_ch, t.end_ch, s.label, t.begin_ms, t.end_ms
FROM turn t LEFT JOIN speaker s ON s.id = t.speaker_id
WHERE t.revision_id = ? ORDER BY t.n
"""
_SENTENCES = """
SELECT spans FROM segmentation WHERE revision_id = ? AND unit = 'sentence' ORDER BY id DESC LIMIT 1
"""
_SPEAKERS = """
SELECT s.label, s.role, p.pseudonym
FROM speaker s LEFT JOIN participant p ON p.id = s.participant_id AND p.live
WHERE s.document_id = ? AND s.live ORDER BY s.id
"""


def look_at(path: Path, *, coder: str | None, document: str | None) -> FirstSight | None:
    """Return the first sight of a project file for this coder (its first lead when none is named).

    None where an older file has to be migrated first, where the coder or the document is unknown, or where the file
    cannot be read: opening the project says why. ProjectError for what is no project."""
    from sqlcipher3 import dbapi2

    if check_file(path) < SCHEMA_REVISION:
        return None
    try:
        connection = connect_file(path)
    except dbapi2.Error:
        return None
    try:
        return _seen(connection, coder, document)
    except dbapi2.Error:
        return None
    finally:
        connection.close()


def _seen(connection: Any, coder: str | None, document: str | None) -> FirstSight | None:
    ((uid, name),) = connection.execute(_PROJECT)
    acting = _acting(connection, coder)
    if acting is None:
        return None
    documents = [_document(row) for row in connection.execute(_DOCUMENTS)]
    sight = FirstSight(uuid.UUID(bytes=uid), name, acting, tuple(one.name for one in documents))
    if document is None:
        return sight
    found = document_named(documents, document)
    return None if found is None else replace(sight, reading=_reading(connection, found))


def _acting(connection: Any, name: str | None) -> Coder | None:
    for key, uid, known, role in connection.execute(_CODERS):
        is_meant = role == Role.LEAD if name is None else known.casefold() == name.casefold()
        if is_meant:
            return Coder(key, uuid.UUID(bytes=uid), known, Role(role))
    return None


def _document(row: tuple[Any, ...]) -> Document:
    key, uid, name, kind, revision, revision_uid, length, words = row
    return Document(
        key, uuid.UUID(bytes=uid), name, DocumentKind(kind),
        revision, uuid.UUID(bytes=revision_uid), length, words,
    )  # fmt: skip


def _reading(connection: Any, document: Document) -> Reading:
    revision = (document.revision_id,)
    ((text,),) = connection.execute(_TEXT, revision)
    spans = connection.execute(_SENTENCES, revision).fetchone()
    return Reading(
        document,
        text,
        tuple(Turn(*row) for row in connection.execute(_TURNS, revision)),
        tuple((start, end) for start, end in json.loads(spans[0])) if spans else (),
        {
            label: Speaker(label, SpeakerRole(role), participant)
            for label, role, participant in connection.execute(_SPEAKERS, (document.id,))
        },
    )
