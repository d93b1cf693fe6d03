"""The file of a project: how it is made, known by its header, and connected to. Knows the driver alone, no tables."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Any

from qualcode.errors import NewerProject, NotAProject, ProjectError

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
