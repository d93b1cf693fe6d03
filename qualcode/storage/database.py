"""Opening and creating the database of a project: one SQLite file (through SQLCipher's build), or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from qualcode.errors import ProjectError
from qualcode.storage.files import connect_file, is_server_url

CODEBOOK_READ = "qualcode.codebook"
Connection: TypeAlias = sa.Connection
"""A connection inside one transaction: services hand it from one storage function to the next."""


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
