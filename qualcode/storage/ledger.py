"""Every change goes through here: one row changed, one event written, in one transaction."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from qualcode.core.identity import uuid7
from qualcode.core.project import Coder
from qualcode.errors import ChangedMeanwhile, Refused
from qualcode.storage import tables
from qualcode.storage.chain import event_hash, newest_link
from qualcode.storage.columns import now
from qualcode.storage.database import Connection, Database
from qualcode.storage.references import held_by, holding_columns, referenced_table, spoken
from qualcode.storage.rows import json_value, stored_values, table_of

# Columns that the ledger itself keeps; they are not part of what a person changed.
_KEPT = frozenset({"id", "uid", "version", "cl", "live"})


@dataclass(slots=True)
class Identities:
    """uid ↔ id of rows already met; both never change, so they are kept for the life of the project handle."""

    by_id: dict[tuple[str, int], uuid.UUID] = field(default_factory=dict)
    by_uid: dict[tuple[str, uuid.UUID], int] = field(default_factory=dict)
    document_of: dict[int, int] = field(default_factory=dict)

    def clear(self) -> None:
        self.by_id.clear()
        self.by_uid.clear()
        self.document_of.clear()


class Writer:
    """One command being written: changes of rows, each with its event, under one group.

    `action` is what the person did, in a word or two (`code applied`); it stands in the history.
    """

    def __init__(
        self,
        connection: Connection,
        actor: Coder,
        action: str,
        *,
        identities: Identities,
        undoes: uuid.UUID | None = None,
    ) -> None:
        self.connection = connection
        self.actor = actor
        self.action = action
        self.group = uuid7()
        self.undoes = undoes
        self.identities = identities
        self._replica, self._rseq, self._head = newest_link(connection)
        self._pending: list[dict[str, Any]] = []
        self._codings: dict[int, Mapping[str, Any]] = {}

    def add(self, row: SQLModel) -> int:
        """Insert the row and return its id."""
        return self.add_many([row])[0]

    def add_many(self, rows: Iterable[SQLModel]) -> list[int]:
        """Insert rows of one table and return their ids in order."""
        given = list(rows)
        if not given:
            return []
        table = table_of(type(given[0]))
        values = [stored_values(row, table) for row in given]
        ids = self._insert(table, values)
        for row_id, value in zip(ids, values, strict=True):
            self._remember(table.name, row_id, value["uid"])
            if table.name == "coding":
                self._codings[row_id] = value
            changed = {key: item for key, item in value.items() if key not in _KEPT}
            self._log("add", table, row_id, value, before=None, after=changed)
        return ids

    def record_added(self, kind: type[SQLModel], row_id: int) -> None:
        """Write the event of a row that had to stand before this writer could begin (the first lead)."""
        table = table_of(kind)
        row = self._row(table, row_id)
        content = {key: value for key, value in row.items() if key not in _KEPT}
        self._remember(table.name, row_id, row["uid"])
        self._log("add", table, row_id, row, before=None, after=content)

    def change(
        self,
        kind: type[SQLModel],
        row_id: int,
        fields: Mapping[str, Any],
        *,
        expected_version: int | None = None,
    ) -> bool:
        """Set fields of a live row; False when they are so already. ChangedMeanwhile when the version moved on."""
        table = table_of(kind)
        row = self._live_row(table, row_id)
        if expected_version is not None and row["version"] != expected_version:
            raise ChangedMeanwhile(
                f"the {spoken(table)} was changed meanwhile by somebody else",
                hint="look at it again, then repeat your change",
            )
        changed = {key: value for key, value in fields.items() if row[key] != value}
        if not changed:
            return False
        self._refuse_if_dangling(table, changed)
        self._update(table, row_id, {**changed, "version": row["version"] + 1})
        before = {key: row[key] for key in changed}
        self._log("change", table, row_id, row, before=before, after=changed)
        return True

    def remove(self, kind: type[SQLModel], row_id: int) -> None:
        """Take a live row out of view; it stays on record. Refused while other live rows stand on it."""
        table = table_of(kind)
        row = self._live_row(table, row_id)
        self._refuse_if_held(table, row_id)
        self._update(table, row_id, {"cl": row["cl"] + 1})
        content = {key: value for key, value in row.items() if key not in _KEPT}
        self._log("remove", table, row_id, row, before=content, after=None)

    def restore(self, kind: type[SQLModel], row_id: int) -> bool:
        """Bring a removed row back under its own identity; False when it is there. Refused where another has its place."""
        table = table_of(kind)
        row = self._row(table, row_id)
        if row["live"]:
            return False
        self._refuse_if_dangling(table, row)
        self._update(table, row_id, {"cl": row["cl"] + 1})
        content = {key: value for key, value in row.items() if key not in _KEPT}
        self._log("restore", table, row_id, row, before=None, after=content)
        return True

    def insert_parts(self, rows: Iterable[SQLModel]) -> None:
        """Insert immutable parts of a row just added (turns, sentences): they live and die with it, without events."""
        given = list(rows)
        if given:
            table = table_of(type(given[0]))
            self.connection.execute(sa.insert(table), [stored_values(row, table) for row in given])

    def note(
        self,
        kind: type[SQLModel],
        row_id: int,
        facts: Mapping[str, Any],
        *,
        own_in: int | None = None,
    ) -> None:
        """Record that something happened to a row without changing it (an export, an unblinding).

        `own_in` names a round in which it is the actor's own affair, hidden as long as that round is blind."""
        table = table_of(kind)
        row = self._row(table, row_id)
        if own_in is not None:
            row |= {"round_id": own_in, "coder_id": self.actor.id}
        self._log("note", table, row_id, row, before=None, after=dict(facts))

    def uid_of(self, table: str, row_id: int) -> uuid.UUID:
        key = (table, row_id)
        if key not in self.identities.by_id:
            found = SQLModel.metadata.tables[table]
            uid = self.connection.execute(
                sa.select(found.c.uid).where(found.c.id == row_id)
            ).scalar_one()
            self._remember(table, row_id, uid)
        return self.identities.by_id[key]

    def id_of(self, table: str, uid: uuid.UUID) -> int:
        key = (table, uid)
        if key not in self.identities.by_uid:
            found = SQLModel.metadata.tables[table]
            row_id = self.connection.execute(
                sa.select(found.c.id).where(found.c.uid == uid)
            ).scalar_one()
            self._remember(table, row_id, uid)
        return self.identities.by_uid[key]

    def takes_back(self, group: uuid.UUID, action: str) -> None:
        """Make this command the one that takes a group back; called before it changes anything."""
        self.undoes = group
        self.action = action

    def flush(self) -> None:
        """Write the events gathered so far: before the commit, and earlier where they are to be read back."""
        if self._pending:
            self.connection.execute(sa.insert(table_of(tables.Event)), self._pending)
            self._pending = []

    def _remember(self, table: str, row_id: int, uid: uuid.UUID) -> None:
        self.identities.by_id[table, row_id] = uid
        self.identities.by_uid[table, uid] = row_id

    def _insert(self, table: sa.Table, values: list[dict[str, Any]]) -> list[int]:
        if len(values) == 1:
            key = self.connection.execute(sa.insert(table), values[0]).inserted_primary_key
            return [int(key[0])] if key else []
        found = self.connection.execute(
            sa.insert(table).returning(table.c.id, table.c.uid), values
        ).all()
        by_uid = {uid: row_id for row_id, uid in found}
        return [by_uid[value["uid"]] for value in values]

    def _update(self, table: sa.Table, row_id: int, fields: Mapping[str, Any]) -> None:
        if table.name == "coding":
            self._codings.pop(row_id, None)
        try:
            self.connection.execute(sa.update(table).where(table.c.id == row_id), dict(fields))
        except sa.exc.IntegrityError:
            raise Refused(
                f"another {spoken(table)} stands in its place already",
                hint="rename or remove that one first",
            ) from None

    def _row(self, table: sa.Table, row_id: int) -> dict[str, Any]:
        found = (
            self.connection.execute(sa.select(table).where(table.c.id == row_id))
            .mappings()
            .first()
        )
        if found is None:
            raise Refused(
                f"there is no {spoken(table)} {row_id}", hint="list them to see which exist"
            )
        return dict(found)

    def _live_row(self, table: sa.Table, row_id: int) -> dict[str, Any]:
        row = self._row(table, row_id)
        if not row["live"]:
            raise ChangedMeanwhile(
                f"the {spoken(table)} was removed meanwhile",
                hint="`qualcode history` says by whom",
            )
        return row

    def _refuse_if_held(self, table: sa.Table, row_id: int) -> None:
        for column in holding_columns(table.name):
            other = column.table
            standing = [other.c.live] if "live" in other.c else []
            held = self.connection.execute(
                sa.select(column).where(column == row_id, *standing).limit(1)
            ).first()
            if held is not None:
                # How many is not said: in a blind round it would tell what others have coded.
                raise Refused(
                    f"the {spoken(table)} is in use: a {spoken(other)} stands on it",
                    hint="remove or move what stands on it first",
                )

    def _refuse_if_dangling(self, table: sa.Table, fields: Mapping[str, Any]) -> None:
        """Refuse to let a live row stand on a removed one."""
        for column, target in held_by(table.name):
            row_id = fields.get(column.name)
            if row_id is not None and not self._is_live(target, row_id):
                raise Refused(
                    f"the {spoken(target)} it stands on was removed meanwhile",
                    hint="`qualcode history` says by whom",
                )

    def _is_live(self, table: sa.Table, row_id: int) -> bool:
        """Tell whether a row stands, without reading it: a revision holds the whole text of a document."""
        live = sa.select(table.c.live).where(table.c.id == row_id)
        return bool(self.connection.execute(live).scalar())

    def _log(
        self,
        operation: str,
        table: sa.Table,
        row_id: int,
        row: Mapping[str, Any],
        *,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        payload = json.dumps(
            {"before": self._portable(table, before), "after": self._portable(table, after)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        self._rseq += 1
        event: dict[str, Any] = {
            "uid": uuid7(),
            "replica_id": self._replica,
            "rseq": self._rseq,
            "at": now(),
            "actor_id": self.actor.id,
            "action": self.action,
            "operation": operation,
            "entity": table.name,
            "entity_id": row_id,
            "entity_uid": row["uid"],
            "group_uid": self.group,
            "undoes": self.undoes,
            **self._place(table, row_id, row),
            "payload": payload,
            "payload_hash": hashlib.sha256(payload.encode()).digest(),
            "prev": self._head,
        }
        event["hash"] = event_hash(event, self.uid_of)
        self._head = event["hash"]
        self._pending.append(event)

    def _place(self, table: sa.Table, row_id: int, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return where an event belongs: round, whose work it is, document and code, for filters and for blindness."""
        if table.name == "coding_facet":
            row = self._coding(row["coding_id"])
        document = row.get("document_id")
        if document is None and row.get("revision_id") is not None:
            document = self._document_of(row["revision_id"])
        own = {"coding_round": "round_id", "document": "document_id", "code": "code_id"}
        place = {
            "round_id": row.get("round_id"),
            "owner_id": row.get("coder_id"),
            "document_id": document,
            "code_id": row.get("code_id"),
        }
        if table.name in own:
            place[own[table.name]] = row_id
        return place

    def _coding(self, coding_id: int) -> Mapping[str, Any]:
        """Return the coding's row for the place of its facets' events; kept while nothing of it changes."""
        if coding_id not in self._codings:
            self._codings[coding_id] = self._row(table_of(tables.Coding), coding_id)
        return self._codings[coding_id]

    def _document_of(self, revision_id: int) -> int:
        known = self.identities.document_of
        if revision_id not in known:
            revision = table_of(tables.DocumentRevision)
            known[revision_id] = self.connection.execute(
                sa.select(revision.c.document_id).where(revision.c.id == revision_id)
            ).scalar_one()
        return known[revision_id]

    def _portable(
        self, table: sa.Table, fields: Mapping[str, Any] | None
    ) -> dict[str, Any] | None:
        """Return the fields as JSON values; references become uids, so that they mean the same in another file."""
        if fields is None:
            return None
        portable: dict[str, Any] = {}
        for key, value in fields.items():
            column = table.c.get(key)
            target = referenced_table(column) if column is not None else None
            if target is not None and value is not None:
                portable[key] = self.uid_of(target, value).hex
            else:
                portable[key] = json_value(value)
        return portable


@contextmanager
def writing(
    database: Database,
    actor: Coder,
    action: str,
    *,
    identities: Identities,
    undoes: uuid.UUID | None = None,
) -> Iterator[Writer]:
    """Open one command: everything in it is committed together with its events, or nothing is."""
    try:
        with database.writing() as connection:
            writer = Writer(connection, actor, action, identities=identities, undoes=undoes)
            _refuse_stranger(connection, actor)
            yield writer
            writer.flush()
    except BaseException:
        # ids met inside a transaction that was rolled back may be given again to other rows
        identities.clear()
        raise


def _refuse_stranger(connection: Connection, actor: Coder) -> None:
    if not connection.execute(_is_live(), {"id": actor.id, "uid": actor.uid}).scalar():
        raise Refused(
            f"{actor.name} is no longer a coder of this project",
            hint="open it as somebody else: --as NAME",
        )


@cache
def _is_live() -> sa.Select[Any]:
    coder = table_of(tables.Coder)
    own = (coder.c.id == sa.bindparam("id"), coder.c.uid == sa.bindparam("uid"))
    return sa.select(coder.c.live).where(*own)
