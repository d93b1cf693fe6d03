"""Rounds and assignments."""

import datetime as dt
import uuid
from typing import Any

from sqlmodel import Field, SQLModel

from qualcode.core.rounds import Purpose, RoundState
from qualcode.storage.columns import (
    choice,
    json_object,
    live,
    moment,
    primary_key,
    reference,
    text,
    uid,
    unique_while_live,
)


class CodingRound(SQLModel, table=True):
    __tablename__ = "coding_round"
    __table_args__ = (unique_while_live("name"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    name: str
    purpose: Purpose = Field(sa_type=choice(Purpose, "purpose"))
    state: RoundState = Field(default=RoundState.OPEN, sa_type=choice(RoundState, "state"))
    blind: bool = True
    instructions: str = text()
    scheme: dict[str, Any] = json_object()
    codebook_version_id: int | None = reference("codebook_version", optional=True)
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class Assignment(SQLModel, table=True):
    __table_args__ = (unique_while_live("round_id", "document_id", "coder_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    round_id: int = reference("coding_round")
    document_id: int = reference("document", index=True)
    coder_id: int = reference("coder", index=True)
    done: bool = False
    version: int = 1
    cl: int = 1
    live: bool = live()
