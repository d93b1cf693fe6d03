"""Looking for what must never be: damage, dangling references, spans outside their text, a broken chain."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from qualcode.storage import tables
from qualcode.storage.chain import broken_links
from qualcode.storage.consensus import stale_places
from qualcode.storage.database import Connection
from qualcode.storage.documents import content_hash
from qualcode.storage.narrative import broken_passages
from qualcode.storage.rows import table_of

CHECKED = (
    "database file",
    "references",
    "texts against their hashes",
    "spans inside their texts",
    "turns and sentences",
    "consensus against its definition",
    "narratives against their interviews",
    "chain of events",
)


def find_problems(connection: Connection) -> Iterator[str]:
    """Yield one sentence for each thing that is wrong."""
    damage = list(_damage(connection)) if connection.dialect.name == "sqlite" else []
    yield from damage
    if damage:
        yield "the rest was not looked at: restore a backup first"
        return
    yield from _texts(connection)
    yield from _spans(connection)
    for document, round_name in stale_places(connection):
        yield f"consensus of {document} in {round_name} is not what its inputs give"
    yield from broken_passages(connection)
    yield from broken_links(connection)


def _damage(connection: Connection) -> Iterator[str]:
    for (verdict,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if verdict != "ok":
            yield f"database file: {verdict}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"table {row[0]}, row {row[1]}: refers to a missing row of {row[2]}"


def _texts(connection: Connection) -> Iterator[str]:
    revision, document = table_of(tables.DocumentRevision), table_of(tables.Document)
    turn = table_of(tables.Turn)
    query = sa.select(document.c.name, revision).join(
        document, document.c.id == revision.c.document_id
    )
    for row in connection.execute(query):
        if content_hash(row.body) != row.sha256:
            yield f"{row[0]}: the text is not the one that was imported"
        if len(row.body) != row.length:
            yield f"{row[0]}: its length is recorded wrongly"
        ends = connection.execute(
            sa.select(sa.func.max(turn.c.end_ch)).where(turn.c.revision_id == row.id)
        ).scalar()
        if ends is not None and ends > row.length:
            yield f"{row[0]}: a turn ends after the text"


def _spans(connection: Connection) -> Iterator[str]:
    revision = table_of(tables.DocumentRevision)
    for name, kind in (("coding", tables.Coding), ("quotation", tables.Quotation)):
        table = table_of(kind)
        query = (
            sa.select(table.c.id, table.c.end_ch, revision.c.length)
            .join(revision, revision.c.id == table.c.revision_id)
            .where(table.c.end_ch > revision.c.length)
        )
        for row_id, end, length in connection.execute(query):
            yield f"{name} {row_id} ends at {end}, its text at {length}"
