"""The schema of a project: made once by the migrations, stamped, and moved on after a verified backup."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from qualcode.errors import ProjectError
from qualcode.storage import tables  # noqa: F401 - fills the metadata
from qualcode.storage.database import Connection, Database
from qualcode.storage.files import (
    APPLICATION_ID,
    SCHEMA_REVISION,
    check_file,
    connect_file,
    create_file,
)

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_name(revision: int) -> str:
    return f"{revision:04d}"


def create_schema(connection: Connection) -> None:
    """Create every table of the newest revision and stamp it. A test holds this equal to the migrations' result."""
    SQLModel.metadata.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    stamp = sa.text("INSERT INTO alembic_version (version_num) VALUES (:revision)")
    connection.execute(stamp, {"revision": revision_name(SCHEMA_REVISION)})
    if connection.dialect.name == "sqlite":
        _stamp_file(connection, SCHEMA_REVISION)


def server_revision(connection: Connection) -> int | None:
    """Return the schema revision of a server's database, None when it holds no project."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return int(found) if found is not None else None


def migrate_file(
    path: Path, *, target: int = SCHEMA_REVISION, migrations: Path = MIGRATIONS
) -> Path | None:
    """Bring an older project file to the target revision; return the backup made before, None if nothing was due.

    The file is checked, copied and the copy checked before anything changes; a failure leaves it as it was."""
    revision = check_file(path)
    if revision >= target:
        return None
    backup = backup_file(path, label=f"v{revision}")
    database = Database(str(path), foreign_keys=False)
    try:
        with database.writing() as connection:
            upgrade(connection, target=target, migrations=migrations)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise ProjectError(
                    f"{path} was not migrated: {len(broken)} broken references",
                    hint=f"the project is unchanged; a copy lies at {backup}",
                )
            _stamp_file(connection, target)
    finally:
        database.close()
    return backup


def upgrade(
    connection: Connection, *, target: int = SCHEMA_REVISION, migrations: Path = MIGRATIONS
) -> None:
    """Run the migrations up to the target inside the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    command.upgrade(config, revision_name(target))


def backup_file(path: Path, *, label: str = "backup", folder: Path | None = None) -> Path:
    """Copy a project while it may be in use, check the copy, and return its path (owner-readable only)."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    name = f"{path.stem}.{label}-{stamp}-{secrets.token_hex(2)}{path.suffix or '.qualcode'}"
    target = (folder or path.parent) / name
    create_file(target)
    verdict = _copied(path, target)
    if verdict != "ok":
        target.unlink()
        raise ProjectError(
            f"{path} is damaged: {verdict}", hint="nothing was changed; restore an older backup"
        )
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return target


def _copied(path: Path, target: Path) -> str:
    """Copy the database into an empty file; return what the check of the copy says, `ok` when it is sound."""
    from sqlcipher3 import dbapi2

    opened: list[Any] = []
    try:
        opened += [connect_file(path), connect_file(target)]
        source, copy = opened
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        return str(copy.execute("PRAGMA integrity_check").fetchone()[0])
    except dbapi2.DatabaseError as error:
        return str(error)
    finally:
        for connection in reversed(opened):
            connection.close()


def _stamp_file(connection: Connection, revision: int) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {revision}")
