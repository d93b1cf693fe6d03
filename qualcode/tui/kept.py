"""What the workbench remembers for a coder between sessions: pinned codes, and the place in every document.

It lies among the user's own files, not in the project: losing it loses no work.
"""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path

STATE_VARIABLE = "QUALCODE_STATE"


@dataclass
class Kept:
    """`pins`: ids of codes by place; `places`: document uid to the span selected there last; `bookmarks` likewise."""

    pins: list[str] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    bookmarks: dict[str, list[list[int]]] = field(default_factory=dict)


def owner(project: uuid.UUID, coder: uuid.UUID) -> str:
    """Return under which name things are kept for a coder of a project."""
    return f"{project}/{coder}"


def read(owner: str) -> Kept:
    """Return what was kept for this owner; what cannot be read counts as never kept."""
    found = _all().get(owner)
    if not isinstance(found, dict):
        return Kept()
    pins, places, bookmarks = (found.get(name) for name in ("pins", "places", "bookmarks"))
    kept = Kept()
    if isinstance(pins, list):
        kept.pins = [code for code in pins if isinstance(code, str)]
    if isinstance(places, dict):
        kept.places = {key: span for key, span in places.items() if _is_span(span)}
    if isinstance(bookmarks, dict):
        kept.bookmarks = {
            key: [span for span in spans if _is_span(span)]
            for key, spans in bookmarks.items()
            if isinstance(spans, list)
        }
    return kept


def write(owner: str, kept: Kept) -> None:
    """Keep it. That it cannot be kept is no reason to stop a coder: the codings are elsewhere."""
    path = _path()
    content = {**_all(), owner: asdict(kept)}
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(content), encoding="utf-8")
        fresh.replace(path)


def _is_span(span: object) -> bool:
    return isinstance(span, list) and len(span) == 2 and all(isinstance(at, int) for at in span)


def _all() -> dict[str, object]:
    try:
        content = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _path() -> Path:
    named = os.environ.get(STATE_VARIABLE)
    if named is not None:
        return Path(named) / "workbench.json"
    from platformdirs import user_state_path

    return user_state_path("qualcode") / "workbench.json"
