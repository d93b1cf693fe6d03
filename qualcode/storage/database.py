"""Opening and creating the database of a project: one SQLite file (through SQLCipher's build), or PostgreSQL."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from qualcode.errors import NewerProject, NotAProject, ProjectError

CODEBOOK_READ = "qualcode.codebook"
Connection: TypeAlias = sa.Connection
"""A connection inside one transaction: services hand it from one storage function to the next."""

APPLICATION_ID = 0x51C0DE01
SCHEMA_REVISION = 1
BUSY_TIMEOUT_MS = 5_000
_SQLITE_MAGIC = b"SQLite format 3\x00"
_HEADER_LENGTH = 100
_USER_VERSION_AT = 60
_APPLICATION_ID_AT = 68


def is_server_url(location: str) -> bool:
    """Tell a PostgreSQL URL from a path."""
    return location.startswith(("postgresql://", "postgresql+psycopg://"))


class Database:
    """The connection pool of one project. `reading()` and `writing()` give a connection inside one transaction.

    On SQLite a write begins IMMEDIATE, so that two programs on one file wait for each other instead of
    losing a change; every commit is on the disk when it returns (WAL, synchronous=FULL).
    """

    def __init__(self, location: str, *, foreign_keys: bool = True) -> None:
        self.location = location
        self.is_server = is_server_url(location)
        self._engine = (
            _server_engine(location)
            if self.is_server
            else _file_engine(Path(location), foreign_keys=foreign_keys)
        )
        self._writer = self._engine.execution_options(qualcode_write=True)
        # SQLite reads from one snapshot anyway; PostgreSQL has to be asked for it
        self._reader = (
            self._engine.execution_options(isolation_level="REPEATABLE READ")
            if self.is_server
            else self._engine
        )
        sa.event.listen(self._engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with translated_errors(self.location), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with translated_errors(self.location), self._writer.begin() as connection:
            try:
                yield connection
            except BaseException:
                connection.info.pop(CODEBOOK_READ, None)
                raise

    def data_version(self) -> int:
        """Return a number that changes when another program has committed (SQLite only; 0 on a server)."""
        if self.is_server:
            return 0
        with self._engine.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it; what cannot be folded now is at the next opening."""
        self.fold()
        self._engine.dispose()

    def fold(self) -> None:
        """Bring the write-ahead log into the file, as far as no reader stands in the way (SQLite only)."""
        if not self.is_server and Path(self.location).exists():
            with suppress(sa.exc.DatabaseError), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def translated_errors(location: str) -> Iterator[None]:
    """Turn what the database driver says about the file or the disk into one line with a hint."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise _explained(location, str(error.orig)) from error
    except sa.exc.DatabaseError as error:
        text = str(error.orig)
        if "malformed" in text or "not a database" in text:
            raise _explained(location, text) from error
        raise


def _explained(location: str, text: str) -> ProjectError:
    if "locked" in text:
        return ProjectError(
            f"{location} is being written by another program",
            hint="try again in a moment; your last saved change is safe",
        )
    if "full" in text:
        return ProjectError(
            f"the disk of {location} is full: the last change was not saved",
            hint="free some space and repeat it; everything before it is safe",
        )
    if "readonly" in text or "read-only" in text:
        return ProjectError(
            f"{location} cannot be written", hint="check its permissions and its folder's"
        )
    if "malformed" in text or "not a database" in text:
        return ProjectError(f"{location} is damaged: {text}", hint="restore the newest backup")
    if "disk I/O" in text or "unable to open" in text:
        return ProjectError(
            f"{location} cannot be reached: the last change was not saved",
            hint="is the disk or folder still there? everything saved before is safe",
        )
    if is_server_url(location):
        first = text.strip().partition("\n")[0]
        return ProjectError(f"the server answers: {first}", hint="check the URL and the server")
    return ProjectError(f"{location}: {text}", hint="see `qualcode check`")


def create_file(path: Path) -> None:
    """Create the empty project file, readable by its owner only; refuses an existing one."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        raise ProjectError(
            f"{path} exists already", hint="choose another name, or open it: qualcode " + str(path)
        ) from None
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be created: {error.strerror}",
            hint="name a folder that exists and that you may write to",
        ) from None
    os.close(descriptor)


def check_file(path: Path) -> int:
    """Return the schema revision of a project file, from its header alone.

    NotAProject for anything else, NewerProject when a newer qualcode wrote it."""
    if not path.exists():
        raise ProjectError(f"{path} does not exist", hint=f"create it: qualcode init {path}")
    if path.is_dir():
        raise NotAProject(f"{path} is a folder", hint="name the project file inside it")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_LENGTH)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be read: {error.strerror}", hint="check its permissions"
        ) from None
    if len(header) < _HEADER_LENGTH or not header.startswith(_SQLITE_MAGIC):
        raise NotAProject(
            f"{path} is not a qualcode project",
            hint="to bring a transcript into a project: qualcode import PROJECT " + path.name,
        )
    (application,) = struct.unpack_from(">I", header, _APPLICATION_ID_AT)
    (revision,) = struct.unpack_from(">I", header, _USER_VERSION_AT)
    if application != APPLICATION_ID:
        raise NotAProject(
            f"{path} is a database of another program", hint="name a project made by qualcode init"
        )
    if revision > SCHEMA_REVISION:
        raise NewerProject(
            f"{path} was written by a newer qualcode (schema {revision}, this one knows {SCHEMA_REVISION})",
            hint="install the newer version; nothing was changed",
        )
    return int(revision)


def connect_file(path: Path, *, foreign_keys: bool = True) -> Any:
    """Return a raw connection to the file with the settings that every connection has.

    Without `foreign_keys` references are not enforced: for a migration, which checks them at its end."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000
    )
    cursor = connection.cursor()
    for pragma in (
        "cipher_log_level = none",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "cache_size = -32000",
    ):
        cursor.execute("PRAGMA " + pragma)
    cursor.close()
    return connection


def _file_engine(path: Path, *, foreign_keys: bool) -> sa.Engine:
    from sqlcipher3 import dbapi2

    return sa.create_engine(
        "sqlite://",
        creator=lambda: connect_file(path, foreign_keys=foreign_keys),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=2,
    )


def _server_engine(url: str) -> sa.Engine:
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        return sa.create_engine(url, pool_size=2, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise ProjectError(
            "the PostgreSQL driver is not installed", hint="pip install 'qualcode[postgres]'"
        ) from None


def _begin(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    is_write = connection.get_execution_options().get("qualcode_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
