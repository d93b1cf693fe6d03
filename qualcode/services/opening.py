"""What can be shown of a project before it is open. Loads no database layer, so that the first text comes at once."""

from __future__ import annotations

from pathlib import Path

from qualcode.core.project import FirstSight
from qualcode.storage.files import is_server_url
from qualcode.storage.first_sight import look_at


def first_sight(
    location: str, *, coder: str | None = None, document: str | None = None
) -> FirstSight | None:
    """Return what is seen of a project file at once; None on a server, and where opening it has something to say."""
    if is_server_url(location):
        return None
    return look_at(Path(location), coder=coder, document=document)
