"""Writing a file that was asked for: whole or not at all, and for its owner only."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from qualcode.errors import InputError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in place of one that stands there.

    InputError where that cannot be done; then nothing has changed and nothing is left behind."""
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
