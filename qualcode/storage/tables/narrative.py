"""Narratives, the passages they repeat, and the analyst’s prose between them."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.storage.columns import (
    Uid,
    json_list,
    json_object,
    live,
    moment,
    primary_key,
    reference,
    uid,
    unique_while_live,
)


class Narrative(SQLModel, table=True):
    """The merged account of one theme (and one value of an attribute or facet), kept as a document."""

    __table_args__ = (unique_while_live("document_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    document_id: int = reference("document")
    theme: str
    by: str | None = None
    value: str | None = None
    basis: str = "consensus"
    title: str = ""
    round_id: int | None = reference("coding_round", optional=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class NarrativePassage(SQLModel, table=True):
    """A stretch of a narrative's text that repeats, letter for letter, a span of an interview."""

    __tablename__ = "narrative_passage"
    __table_args__ = (
        sa.Index(None, "revision_id", "start_ch"),
        sa.Index(None, "source_revision_id", "source_start"),
    )
    id: int | None = primary_key()
    revision_id: int = reference("document_revision")
    n: int
    start_ch: int
    end_ch: int
    source_revision_id: int = reference("document_revision")
    source_start: int
    source_end: int
    coding_id: int | None = reference("coding", optional=True)
    section: str = ""
    role: str = ""
    also: list[str] = json_list()


class NarrativeProse(SQLModel, table=True):
    """What the analyst wrote into a narrative: connecting prose, a claim, or what speaks against it.

    It stands in a section (a code's key, empty for the opening), after a passage or at the section's head."""

    __tablename__ = "narrative_prose"
    __table_args__ = (sa.Index(None, "narrative_id", "section"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    narrative_id: int = reference("narrative")
    kind: str = "prose"
    section: str = ""
    after_uid: uuid.UUID | None = Field(default=None, sa_type=Uid)
    body: str = Field(sa_type=sa.Text)
    sort: int = 0
    coder_id: int = reference("coder", index=True)
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class ProseEvidence(SQLModel, table=True):
    """A coding that a claim names, as it stood when it was named: `{"code", "start", "end", "facets"}`."""

    __tablename__ = "prose_evidence"
    __table_args__ = (
        unique_while_live("prose_id", "coding_uid"),
        sa.Index(None, "coding_uid"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    prose_id: int = reference("narrative_prose")
    coding_uid: uuid.UUID = Field(sa_type=Uid)
    named_as: dict[str, Any] = json_object()
    version: int = 1
    cl: int = 1
    live: bool = live()
