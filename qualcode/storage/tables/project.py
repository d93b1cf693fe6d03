"""The project itself, its people, and the files that write."""

import datetime as dt
import uuid
from typing import Any

from sqlmodel import Field, SQLModel

from qualcode.core.project import Role
from qualcode.storage.columns import (
    choice,
    json_object,
    live,
    moment,
    primary_key,
    uid,
    unique_while_live,
)


class Project(SQLModel, table=True):
    id: int = Field(primary_key=True)
    uid: uuid.UUID = uid()
    name: str
    created_at: dt.datetime = moment()
    settings: dict[str, Any] = json_object()
    version: int = 1
    cl: int = 1
    live: bool = live()


class Coder(SQLModel, table=True):
    __table_args__ = (unique_while_live("name"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    name: str
    login: str | None = None
    role: Role = Field(sa_type=choice(Role, "role"))
    version: int = 1
    cl: int = 1
    live: bool = live()


class Replica(SQLModel, table=True):
    """One file that writes: each keeps its own chain of events."""

    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    label: str
    created_at: dt.datetime = moment()
