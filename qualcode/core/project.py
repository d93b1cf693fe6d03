"""People of a project, and what is seen of it before it is open."""

from __future__ import annotations

import enum
import uuid
from dataclasses import dataclass

from qualcode.core.documents import Reading


class Role(enum.StrEnum):
    """What a coder may do. The consensus is kept under a coder of its own, who is nobody."""

    LEAD = "lead"
    MENTOR = "mentor"
    MENTEE = "mentee"
    ANALYST = "analyst"
    CONSENSUS = "consensus"

    @property
    def sees_progress(self) -> bool:
        """Leads and mentors steer a round: they see who is done, never what was coded."""
        return self in (Role.LEAD, Role.MENTOR)


@dataclass(frozen=True, slots=True)
class Coder:
    id: int
    uid: uuid.UUID
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class FirstSight:
    """What can be shown of a project while it is being opened: who works on it, and a document or the names of all."""

    uid: uuid.UUID
    name: str
    coder: Coder
    documents: tuple[str, ...]
    reading: Reading | None = None
