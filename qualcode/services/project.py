"""Projects and their coders: create, open, add people, check that everything is sound."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path

from qualcode.core.participants import attribute_notices
from qualcode.core.project import Coder, Role
from qualcode.errors import InputError, Refused
from qualcode.storage import checks
from qualcode.storage import project as storage
from qualcode.storage.attributes import load_definitions
from qualcode.storage.documents import attribute_types, load_participants
from qualcode.storage.files import is_server_url
from qualcode.storage.project import Project
from qualcode.storage.schema import backup_file

__all__ = [
    "CheckReport",
    "Project",
    "add_coder",
    "back_up",
    "check_project",
    "create_project",
    "list_coders",
    "open_project",
]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check looked at, and what it found wrong (empty: sound).

    `notices` are no damage: attributes that are not described, values that are missing or out of their range."""

    checked: tuple[str, ...]
    problems: tuple[str, ...]
    notices: tuple[str, ...] = ()


def create_project(location: str, *, name: str | None = None, lead: str | None = None) -> Project:
    """Create a project (a file, or a PostgreSQL URL) and open it as its lead.

    ProjectError when the place is taken or cannot be written."""
    person = (lead or _login()).strip()
    if not person:
        raise InputError("the lead needs a name", hint="qualcode init PROJECT --lead NAME")
    title = name or (
        location.rpartition("/")[2] if is_server_url(location) else Path(location).stem
    )
    return storage.create(location, name=title, lead=person)


def open_project(location: str, *, coder: str | None = None) -> Project:
    """Open a project as this coder, or as its first lead. See `qualcode.errors.ProjectError` for refusals."""
    return storage.open_at(location, coder=coder)


def list_coders(project: Project) -> tuple[Coder, ...]:
    with project.reading() as connection:
        return storage.load_coders(connection)


def add_coder(project: Project, name: str, *, role: Role) -> Coder:
    """Add a person. Refused when the name is taken."""
    name = name.strip()
    if not name or role is Role.CONSENSUS:
        raise InputError("a coder needs a name and a role of a person")
    with project.writing("coder added") as writer:
        return storage.add_coder(writer, name, role)


def check_project(project: Project) -> CheckReport:
    """Verify file, references, spans, consensus and the chain of events; reads only."""
    with project.reading() as connection:
        notices = attribute_notices(
            attribute_types(connection),
            load_definitions(connection),
            load_participants(connection),
        )
        return CheckReport(checks.CHECKED, tuple(checks.find_problems(connection)), notices)


def back_up(project: Project, folder: Path | None = None) -> Path:
    """Copy the project file while it is open, verify the copy, and return its path."""
    if project.database.is_server:
        raise Refused("a server's project is backed up on the server", hint="use pg_dump")
    return backup_file(Path(project.location), folder=folder)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "lead"
