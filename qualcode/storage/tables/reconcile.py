"""Decisions about discrepancies, with what they looked at and what they gave."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.core.reconcile import DiscrepancyKind, Outcome
from qualcode.storage.columns import (
    Uid,
    choice,
    json_list,
    json_object,
    live,
    moment,
    primary_key,
    reference,
    text,
    uid,
    unique_while_live,
)


class Decision(SQLModel, table=True):
    """What was decided about one discrepancy; `discrepancy_uid` follows from the discrepancy's inputs."""

    __table_args__ = (
        sa.Index(None, "round_id", "revision_id"),
        unique_while_live("discrepancy_uid"),
        sa.CheckConstraint("end_ch > start_ch", name="span"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    round_id: int = reference("coding_round")
    revision_id: int = reference("document_revision")
    discrepancy_uid: uuid.UUID = Field(sa_type=Uid)
    kind: DiscrepancyKind = Field(sa_type=choice(DiscrepancyKind, "kind"))
    start_ch: int
    end_ch: int
    codes: list[str] = json_list()
    outcome: Outcome = Field(sa_type=choice(Outcome, "outcome"))
    rationale: str = text()
    took_part: list[str] = json_list()
    coder_id: int = reference("coder", index=True)
    decided_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class DecisionInput(SQLModel, table=True):
    """A coding the decision was about, in the version that was looked at."""

    __tablename__ = "decision_input"
    __table_args__ = (unique_while_live("decision_id", "coding_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    decision_id: int = reference("decision")
    coding_id: int = reference("coding", index=True)
    coding_version: int
    version: int = 1
    cl: int = 1
    live: bool = live()


class DecisionResult(SQLModel, table=True):
    """A coding that the decision puts into the consensus."""

    __tablename__ = "decision_result"
    __table_args__ = (sa.CheckConstraint("start_ch >= 0 AND end_ch > start_ch", name="span"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    decision_id: int = reference("decision", index=True)
    code_id: int = reference("code")
    start_ch: int
    end_ch: int
    facets: dict[str, Any] = json_object()
    version: int = 1
    cl: int = 1
    live: bool = live()
