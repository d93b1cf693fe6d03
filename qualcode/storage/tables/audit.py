"""Events: one row for every change."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.storage.columns import BIG, Uid, moment, primary_key, reference, uid


class Event(SQLModel, table=True):
    """One change to one row: who, when, what, before and after. Rows are only ever added.

    `group_uid` joins the events of one command; `undoes` names the group that this group takes back.
    Within a replica the events form a chain: `hash` covers `prev`, the metadata and the payload's own hash.
    """

    __table_args__ = (
        sa.UniqueConstraint("replica_id", "rseq"),
        sa.Index(None, "entity_uid", "seq"),
        sa.Index(None, "actor_id", "seq"),
        sa.Index(None, "group_uid"),
        sa.Index(None, "document_id"),
    )
    seq: int | None = primary_key()
    uid: uuid.UUID = uid()
    replica_id: int = reference("replica")
    rseq: int
    at: dt.datetime = moment()
    actor_id: int = reference("coder")
    action: str
    operation: str
    entity: str
    entity_id: int = Field(sa_type=BIG)
    entity_uid: uuid.UUID = Field(sa_type=Uid)
    group_uid: uuid.UUID = Field(sa_type=Uid)
    undoes: uuid.UUID | None = Field(default=None, sa_type=Uid)
    round_id: int | None = reference("coding_round", optional=True)
    owner_id: int | None = reference("coder", optional=True)
    document_id: int | None = reference("document", optional=True)
    code_id: int | None = reference("code", optional=True)
    payload: str | None = Field(default=None, sa_type=sa.Text)
    payload_hash: bytes
    prev: bytes
    hash: bytes
