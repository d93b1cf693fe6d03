"""Members of a zip archive from outside, read with limits that its own headers cannot lie about."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from qualcode.errors import InputError

MEMBER_BYTES = 50 * 1024 * 1024
MEMBERS = 20_000
RATIO = 200
_SLACK = 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


class Archive:
    """An open zip archive whose members are read by name, never unpacked to disk."""

    def __init__(self, name: str, members: zipfile.ZipFile) -> None:
        self._name = name
        self._members = members

    def read(self, member: str) -> bytes | None:
        """Return a member's bytes, None when there is no such member; InputError when it is too large."""
        try:
            entry = self._members.getinfo(member)
        except KeyError:
            return None
        limit = min(MEMBER_BYTES, RATIO * max(1, entry.compress_size) + _SLACK)
        try:
            with self._members.open(entry) as stream:
                content = stream.read(limit + 1)
        except _BROKEN as error:
            raise InputError(
                f"{self._name} is damaged: {member} cannot be unpacked",
                hint="open it in the program that wrote it and save it again",
            ) from error
        if len(content) > limit:
            raise InputError(
                f"{self._name} is refused: {member} unpacks to more than {limit // 1024**2} MB",
                hint="open it in the program that wrote it, remove what is not text and save it again",
            )
        return content


@contextmanager
def opened_archive(name: str, content: bytes, *, kind: str) -> Iterator[Archive]:
    """Open a zip archive; InputError when it is none, is encrypted, or has too many members."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise InputError(
            f"{name} is not {kind}, or it is damaged",
            hint="open it in the program that wrote it and save it again",
        ) from error
    with members:
        if len(members.filelist) > MEMBERS:
            raise InputError(
                f"{name} is refused: it has more than {MEMBERS} members",
                hint=f"{kind} has a few dozen",
            )
        if any(entry.flag_bits & 0x1 for entry in members.filelist):
            raise InputError(
                f"{name} is protected by a password", hint="remove the password and save it again"
            )
        yield Archive(name, members)
