"""Writing a file that was asked for: whole or not at all, and never over another one unsaid."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InputError, Refused
from qualcode.services.writing import write_whole


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
    write_whole(path, content)
    return f"written: {path}"
