"""Files and folders that were dragged to the terminal or pasted: the paths in a text."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import unquote


def paths_in(given: str) -> list[Path]:
    """Return the paths in a text as terminals write dragged files: quoted or escaped, one or several, or as file://."""
    whole = _path(given.strip().strip("'\""))
    if _exists(whole):
        return [whole]
    try:
        parts = shlex.split(given.replace("\n", " "))
    except ValueError:
        parts = []
    several = [_path(part) for part in parts]
    if len(several) > 1 and not any(_exists(path) for path in several):
        return [whole]
    return several or [whole]


def looks_like_paths(pasted: str) -> bool:
    """Return whether a pasted text is files or folders that exist."""
    text = pasted.strip()
    if not text or len(text) > 20_000:
        return False
    return all(_exists(path) for path in paths_in(text))


def _path(text: str) -> Path:
    if text.startswith("file://"):
        text = unquote(text.removeprefix("file://").removeprefix("localhost"))
    return Path(text.replace("\\ ", " ")).expanduser()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
