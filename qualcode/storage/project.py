"""The handle of an open project: who acts, reading, and writing with events."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from qualcode.core.identity import uuid7
from qualcode.core.project import Coder, Role
from qualcode.errors import NewerProject, NotAProject, ProjectError, Refused, UnknownName
from qualcode.storage import tables
from qualcode.storage.chain import new_replica
from qualcode.storage.columns import now
from qualcode.storage.database import Connection, Database
from qualcode.storage.files import SCHEMA_REVISION, check_file, create_file, is_server_url
from qualcode.storage.ledger import Identities, Writer, writing
from qualcode.storage.rows import live_rows, table_of
from qualcode.storage.schema import create_schema, migrate_file, server_revision

CONSENSUS_CODER = "consensus"


class Project:
    """One open project. `actor` is the coder on whose behalf everything is read and written.

    Close it, or use it as a context manager; a project that is never closed is still safe on the disk."""

    def __init__(self, location: str, database: Database, actor: Coder) -> None:
        self.location = location
        self.database = database
        self.actor = actor
        self.backup: Path | None = None
        self._identities = Identities()
        with self.reading() as connection:
            (row,) = live_rows(connection, tables.Project)
        self.name: str = row["name"]
        self.uid: uuid.UUID = row["uid"]
        self.settings: dict[str, Any] = row["settings"]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a read transaction: everything read in it is of one moment."""
        with self.database.reading() as connection:
            yield connection

    @contextmanager
    def writing(self, action: str, *, undoes: uuid.UUID | None = None) -> Iterator[Writer]:
        """Open one command by the actor; see `Writer`. Committed at the end, rolled back on any error."""
        with writing(
            self.database, self.actor, action, identities=self._identities, undoes=undoes
        ) as writer:
            yield writer

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create(location: str, *, name: str, lead: str) -> Project:
    """Create a project with its lead and return it open. Refuses a place that is taken; leaves nothing half-made."""
    path = None if is_server_url(location) else Path(location)
    if path is not None:
        create_file(path)
    database = Database(location)
    try:
        with database.writing() as connection:
            if database.is_server and server_revision(connection) is not None:
                raise ProjectError(
                    "this database holds a project already",
                    hint="open it, or make another database",
                )
            create_schema(connection)
            actor = _first_rows(connection, name, lead)
        # the header that marks the file as a project must stand in the file, not only in its log
        database.fold()
    except BaseException:
        database.close()
        if path is not None:
            for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                leftover.unlink(missing_ok=True)
        raise
    return Project(location, database, actor)


def open_at(location: str, *, coder: str | None = None) -> Project:
    """Open a project as this coder (the first lead when none is named), migrating an older file after a backup."""
    backup = None
    if not is_server_url(location):
        check_file(Path(location))
        backup = migrate_file(Path(location))
    database = Database(location)
    try:
        with database.reading() as connection:
            if database.is_server:
                _check_server(connection, location)
            actor = _acting(connection, coder)
    except BaseException:
        database.close()
        raise
    project = Project(location, database, actor)
    project.backup = backup
    return project


def load_coders(connection: Connection) -> tuple[Coder, ...]:
    """Return the people of the project in the order they were added (without the consensus)."""
    found = live_rows(connection, tables.Coder)
    return tuple(
        Coder(row["id"], row["uid"], row["name"], Role(row["role"]))
        for row in found
        if row["role"] is not Role.CONSENSUS
    )


def find_coder(connection: Connection, name: str) -> Coder:
    """Return the coder of this name, ignoring case; UnknownName with the nearest otherwise."""
    coders = load_coders(connection)
    for coder in coders:
        if coder.name.casefold() == name.casefold():
            return coder
    raise UnknownName("coder", name, [coder.name for coder in coders])


def add_coder(writer: Writer, name: str, role: Role) -> Coder:
    """Add a person. Refused when the name is taken, ignoring case."""
    for known in load_coders(writer.connection):
        if known.name.casefold() == name.casefold():
            raise Refused(f"a coder named {known.name} exists already", hint="choose another name")
    row = tables.Coder(name=name, role=role)
    return Coder(writer.add(row), row.uid, name, role)


def consensus_coder_id(connection: Connection) -> int:
    """Return the id of the coder under whom the consensus is kept."""
    coder = table_of(tables.Coder)
    found = sa.select(coder.c.id).where(coder.c.role == Role.CONSENSUS)
    return int(connection.execute(found).scalar_one())


def _first_rows(connection: Connection, name: str, lead: str) -> Coder:
    connection.execute(
        sa.insert(tables.Project),
        {
            "id": 1,
            "uid": uuid7(),
            "name": name,
            "created_at": now(),
            "settings": {},
            "version": 1,
            "cl": 1,
        },
    )
    new_replica(connection, "original")
    # The lead acts in her own first event, so her row stands before the writer begins.
    row = tables.Coder(name=lead, role=Role.LEAD)
    coder = table_of(tables.Coder)
    values = {"uid": row.uid, "name": lead, "role": Role.LEAD, "version": 1, "cl": 1}
    connection.execute(sa.insert(coder), values)
    lead_id = connection.execute(sa.select(coder.c.id).where(coder.c.uid == row.uid)).scalar_one()
    actor = Coder(lead_id, row.uid, lead, Role.LEAD)
    writer = Writer(connection, actor, "project created", identities=Identities())
    writer.record_added(tables.Coder, lead_id)
    writer.add(tables.Coder(name=CONSENSUS_CODER, role=Role.CONSENSUS))
    writer.flush()
    return actor


def _acting(connection: Connection, name: str | None) -> Coder:
    if name is not None:
        return find_coder(connection, name)
    coders = load_coders(connection)
    leads = [coder for coder in coders if coder.role is Role.LEAD]
    if not leads:
        raise ProjectError("the project has no lead", hint="`qualcode check` says what is wrong")
    return leads[0]


def _check_server(connection: Connection, location: str) -> None:
    revision = server_revision(connection)
    if revision is None:
        raise NotAProject(
            f"{location} holds no qualcode project", hint="qualcode init " + location
        )
    if revision > SCHEMA_REVISION:
        raise NewerProject(
            f"the project was written by a newer qualcode (schema {revision})",
            hint="install the newer version; nothing was changed",
        )
