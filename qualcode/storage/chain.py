"""The chain of events: each names the one before it by its hash, so that a change made behind qualcode's back shows."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from qualcode.core.identity import uuid7
from qualcode.storage import tables
from qualcode.storage.columns import now
from qualcode.storage.database import Connection
from qualcode.storage.rows import table_of

# Which column of an event refers to which table: they enter the hash by uid, which means the same in every file.
_PLACES = {
    "actor_id": "coder",
    "owner_id": "coder",
    "round_id": "coding_round",
    "document_id": "document",
    "code_id": "code",
}


def event_hash(event: Mapping[str, Any], uid_of: Callable[[str, int], uuid.UUID]) -> bytes:
    """Return the link of the chain: SHA-256 over the previous link, the metadata and the payload's own hash.

    The payload stands in it only by its hash, so that it can be erased later without breaking the chain."""
    moment: datetime = event["at"]
    places = [
        uid_of(table, event[column]).hex if event[column] is not None else ""
        for column, table in _PLACES.items()
    ]
    facts = "\x1f".join(
        str(part)
        for part in (
            event["rseq"],
            moment.isoformat(timespec="microseconds"),
            event["action"],
            event["operation"],
            event["entity"],
            event["entity_uid"].hex,
            event["group_uid"].hex,
            event["undoes"].hex if event["undoes"] else "",
            *places,
        )
    )
    return hashlib.sha256(event["prev"] + facts.encode() + event["payload_hash"]).digest()


def new_replica(connection: Connection, label: str) -> int:
    """Register this file as a writer with a chain of its own and return its id."""
    table = table_of(tables.Replica)
    key = connection.execute(
        sa.insert(table), {"uid": uuid7(), "label": label, "created_at": now()}
    ).inserted_primary_key
    return int(key[0]) if key else 0


def newest_link(connection: Connection) -> tuple[int, int, bytes]:
    """Return (replica id, number, hash) of the newest event of the replica that writes; before the first, its origin.

    On a server the replica's row is locked until the commit: one writer at a time appends to the chain."""
    locks = connection.dialect.name == "postgresql"
    replica_id, replica_uid = connection.execute(_writing_replica(locks=locks)).one()
    last = connection.execute(_last_event(), {"replica_id": replica_id}).first()
    if last is None:
        return int(replica_id), 0, _origin(replica_uid)
    return int(replica_id), last[0], last[1]


@cache
def _writing_replica(*, locks: bool) -> sa.Select[Any]:
    replica = table_of(tables.Replica)
    query = sa.select(replica.c.id, replica.c.uid).order_by(replica.c.id.desc()).limit(1)
    return query.with_for_update() if locks else query


@cache
def _last_event() -> sa.Select[Any]:
    event = table_of(tables.Event)
    own = event.c.replica_id == sa.bindparam("replica_id")
    return sa.select(event.c.rseq, event.c.hash).where(own).order_by(event.c.rseq.desc()).limit(1)


def broken_links(connection: Connection) -> list[str]:
    """Return one sentence per event whose link or payload does not verify; empty when the chain is whole."""
    event, replica = table_of(tables.Event), table_of(tables.Replica)
    found: list[str] = []
    uids = _uids(connection)
    heads: dict[int, tuple[int, bytes]] = {
        row.id: (0, _origin(row.uid)) for row in connection.execute(sa.select(replica))
    }
    for row in connection.execute(sa.select(event).order_by(event.c.replica_id, event.c.rseq)):
        if row.payload is not None:
            digest = hashlib.sha256(row.payload.encode()).digest()
            if digest != row.payload_hash:
                found.append(f"event {row.seq}: its content was altered")
        rseq, head = heads[row.replica_id]
        if row.rseq != rseq + 1 or row.prev != head:
            found.append(f"event {row.seq}: the event before it is missing or altered")
        if event_hash(row._asdict(), lambda table, row_id: uids[table, row_id]) != row.hash:
            found.append(f"event {row.seq}: who, when or what was altered")
        heads[row.replica_id] = (row.rseq, row.hash)
    return found


def chain_head(connection: Connection) -> tuple[int, str]:
    """Return how many events there are, and the newest link in hexadecimal: the anchor to print or to send away."""
    event = table_of(tables.Event)
    count = int(connection.execute(sa.select(sa.func.count()).select_from(event)).scalar_one())
    newest = sa.select(event.c.hash).order_by(event.c.seq.desc()).limit(1)
    head = connection.execute(newest).scalar()
    return count, bytes(head).hex() if head else ""


def _origin(replica_uid: uuid.UUID) -> bytes:
    """Return what stands before a replica's first event, so that a chain cut at its beginning shows too."""
    return hashlib.sha256(b"qualcode chain" + replica_uid.bytes).digest()


def _uids(connection: Connection) -> dict[tuple[str, int], uuid.UUID]:
    found: dict[tuple[str, int], uuid.UUID] = {}
    for kind in (tables.Coder, tables.CodingRound, tables.Document, tables.Code):
        table = table_of(kind)
        for row_id, uid in connection.execute(sa.select(table.c.id, table.c.uid)):
            found[table.name, row_id] = uid
    return found
