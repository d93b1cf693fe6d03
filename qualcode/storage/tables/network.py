"""Actors, their aliases and groups, statements of ties and their review."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from qualcode.storage.columns import (
    json_list,
    json_object,
    live,
    primary_key,
    reference,
    text,
    uid,
    unique_while_live,
)


class Actor(SQLModel, table=True):
    __table_args__ = (unique_while_live("key"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    key: str
    name: str
    kind: str
    part_of_id: int | None = reference("actor", optional=True)
    role_of_id: int | None = reference("actor", optional=True)
    convened_by_id: int | None = reference("actor", optional=True)
    participant_id: int | None = reference("participant", optional=True)
    interviewed: bool = False
    sites: list[str] = json_list()
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()


class ActorAlias(SQLModel, table=True):
    __tablename__ = "actor_alias"
    __table_args__ = (unique_while_live("alias", "scope", "scope_value", "actor_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    actor_id: int = reference("actor", index=True)
    alias: str
    scope: str = "project"
    scope_value: str = ""
    version: int = 1
    cl: int = 1
    live: bool = live()


class ActorMember(SQLModel, table=True):
    __tablename__ = "actor_member"
    __table_args__ = (unique_while_live("group_actor_id", "actor_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    group_actor_id: int = reference("actor")
    actor_id: int = reference("actor", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class ActorMerge(SQLModel, table=True):
    """An actor that became another: the old key, still named by codes and old files, means the other from then on."""

    __tablename__ = "actor_merge"
    __table_args__ = (unique_while_live("actor_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    actor_id: int = reference("actor")
    into_actor_id: int = reference("actor", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class StopPhrase(SQLModel, table=True):
    """Words that only look like an actor (`team meeting`) and are never linked to one."""

    __tablename__ = "stop_phrase"
    __table_args__ = (unique_while_live("phrase"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    phrase: str
    version: int = 1
    cl: int = 1
    live: bool = live()


class TieStatement(SQLModel, table=True):
    """Somebody says of two actors how they deal with each other; the evidence is a coding."""

    __tablename__ = "tie_statement"
    __table_args__ = (sa.CheckConstraint("source_id <> target_id", name="two_actors"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    coding_id: int = reference("coding", index=True)
    source_id: int = reference("actor", index=True)
    target_id: int = reference("actor", index=True)
    directed: bool = False
    type: str
    presence: str | None = None
    valence: str | None = None
    formality: str | None = None
    site: str | None = None
    basis: str | None = None
    status: str = "proposed"
    trace: dict[str, Any] = json_object()
    note: str = text()
    coder_id: int = reference("coder", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class TieReview(SQLModel, table=True):
    """A second analyst's own reading of who is tied to whom; it is compared with the first and enters no network."""

    __tablename__ = "tie_review"
    __table_args__ = (sa.CheckConstraint("source_id <> target_id", name="two_actors"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    coding_id: int = reference("coding", index=True)
    source_id: int = reference("actor", index=True)
    target_id: int = reference("actor", index=True)
    directed: bool = False
    type: str
    presence: str | None = None
    valence: str | None = None
    formality: str | None = None
    site: str | None = None
    basis: str | None = None
    status: str = "proposed"
    trace: dict[str, Any] = json_object()
    note: str = text()
    coder_id: int = reference("coder", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()
