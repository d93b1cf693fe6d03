"""Writing a file that was asked for: whole or not at all, and never over another one unsaid."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from qualcode.errors import InputError, Refused


def asked_path(given: str) -> tuple[Path, bool]:
    """Return the path that was typed or dragged here, and whether a file there may be replaced (a `!` behind it)."""
    typed = given.strip()
    replaces = typed.endswith("!")
    cleaned = typed.removesuffix("!").strip().strip("'\"").replace("\\ ", " ")
    if not cleaned:
        raise InputError("no file is named", hint="for example results.docx")
    return Path(cleaned.removeprefix("file://")).expanduser(), replaces


def save(given: str, content: bytes) -> str:
    """Write a file that only its owner can read; return what to say. Refused where something stands already."""
    path, replaces = asked_path(given)
    if path.is_dir():
        raise InputError(f"{path} is a folder", hint="name a file in it")
    if path.exists() and not replaces:
        raise Refused(
            f"{path} is there already", hint="write its name with ! behind it to replace it"
        )
    beside = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise InputError(
            f"{path} cannot be written: {error.strerror}", hint="check the folder and the disk"
        ) from None
    return f"written: {path}"
