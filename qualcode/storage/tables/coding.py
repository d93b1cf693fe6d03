"""Codings, their facets, quotations, memos and the links of memos."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.core.coding import Provenance
from qualcode.storage.columns import (
    LIVE,
    Uid,
    choice,
    live,
    moment,
    primary_key,
    reference,
    uid,
    unique_while_live,
)


class Coding(SQLModel, table=True):
    __table_args__ = (
        sa.CheckConstraint("start_ch >= 0 AND end_ch > start_ch", name="span"),
        sa.CheckConstraint("cl > 0", name="cl"),
        sa.Index(
            "ix_coding_place",
            "revision_id",
            "start_ch",
            "end_ch",
            "code_id",
            "coder_id",
            "round_id",
            **LIVE,
        ),
        sa.Index("ix_coding_code", "code_id", "revision_id", "coder_id", "round_id", **LIVE),
        sa.Index("ix_coding_coder", "coder_id", "round_id", "revision_id", **LIVE),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    revision_id: int = reference("document_revision")
    start_ch: int
    end_ch: int
    code_id: int = reference("code")
    coder_id: int = reference("coder")
    round_id: int = reference("coding_round", index=True)
    provenance: Provenance = Field(
        default=Provenance.INDEPENDENT, sa_type=choice(Provenance, "provenance")
    )
    code_version: int = 1
    codebook_version_id: int | None = reference("codebook_version", optional=True)
    decision_id: int | None = reference("decision", optional=True, index=True)
    weight: int | None = None
    flagged: bool = False
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class CodingFacet(SQLModel, table=True):
    __tablename__ = "coding_facet"
    __table_args__ = (
        unique_while_live("coding_id", "facet_id"),
        # answers a matrix by facet from the index alone
        sa.Index("ix_coding_facet_answer", "facet_id", "value_id", "coding_id", **LIVE),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    coding_id: int = reference("coding")
    facet_id: int = reference("facet")
    value_id: int = reference("facet_value", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class RejectedSuggestion(SQLModel, table=True):
    """A suggestion that a coder has rejected: this code for this sentence, under the wording that it had then."""

    __tablename__ = "rejected_suggestion"
    __table_args__ = (
        sa.CheckConstraint("start_ch >= 0 AND end_ch > start_ch", name="span"),
        sa.Index(
            "ix_rejected_suggestion_place",
            "revision_id",
            "start_ch",
            "end_ch",
            "code_id",
            "coder_id",
            "round_id",
            unique=True,
            **LIVE,
        ),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    revision_id: int = reference("document_revision")
    start_ch: int
    end_ch: int
    code_id: int = reference("code")
    code_version: int = 1
    coder_id: int = reference("coder")
    round_id: int = reference("coding_round")
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class Quotation(SQLModel, table=True):
    """Words of a document that somebody wrote a memo on without coding them. In a blind round they are the coder's."""

    __table_args__ = (
        sa.CheckConstraint("start_ch >= 0 AND end_ch > start_ch", name="span"),
        sa.Index(None, "revision_id", "start_ch"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    revision_id: int = reference("document_revision")
    start_ch: int
    end_ch: int
    coder_id: int = reference("coder")
    round_id: int | None = reference("coding_round", optional=True)
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class Memo(SQLModel, table=True):
    """A memo on anything that has a uid; on a discrepancy it is a remark of the thread before the decision."""

    __table_args__ = (sa.Index(None, "target_uid"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    coder_id: int = reference("coder", index=True)
    round_id: int | None = reference("coding_round", optional=True, index=True)
    kind: str = "note"
    target_type: str
    target_uid: uuid.UUID = Field(sa_type=Uid)
    body: str = Field(sa_type=sa.Text)
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class MemoLink(SQLModel, table=True):
    """A memo points at a further thing that has a uid."""

    __tablename__ = "memo_link"
    __table_args__ = (
        unique_while_live("memo_id", "target_uid"),
        sa.Index(None, "target_uid"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    memo_id: int = reference("memo")
    target_type: str
    target_uid: uuid.UUID = Field(sa_type=Uid)
    version: int = 1
    cl: int = 1
    live: bool = live()
