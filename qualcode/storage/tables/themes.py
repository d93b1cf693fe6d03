"""Taxonomies, summaries of matrix cells, and concept maps."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.storage.columns import (
    Uid,
    live,
    moment,
    primary_key,
    reference,
    text,
    uid,
    unique_while_live,
)


class Domain(SQLModel, table=True):
    __table_args__ = (unique_while_live("cover_term"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    cover_term: str
    relationship: str
    variant: str = ""
    definition: str = text()
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()


class Term(SQLModel, table=True):
    __table_args__ = (sa.CheckConstraint("parent_id <> id", name="not_own_parent"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    domain_id: int = reference("domain", index=True)
    parent_id: int | None = reference("term", optional=True, index=True)
    name: str
    code_id: int | None = reference("code", optional=True, index=True)
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()


class TermCoding(SQLModel, table=True):
    """A quotation bound to an included term."""

    __tablename__ = "term_coding"
    __table_args__ = (unique_while_live("term_id", "coding_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    term_id: int = reference("term")
    coding_id: int = reference("coding", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class TermContrast(SQLModel, table=True):
    """What an analyst wrote of an included term under a dimension of contrast: a cell of the componential view."""

    __tablename__ = "term_contrast"
    __table_args__ = (unique_while_live("term_id", "dimension"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    term_id: int = reference("term")
    dimension: str
    value: str
    coder_id: int = reference("coder", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class MatrixSummary(SQLModel, table=True):
    """The analyst's summary of one cell of a framework matrix, and a digest of the evidence it was written on."""

    __tablename__ = "matrix_summary"
    __table_args__ = (unique_while_live("code_id", "by", "value", "basis"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    code_id: int = reference("code")
    by: str
    value: str
    basis: str = "consensus"
    body: str = Field(sa_type=sa.Text)
    evidence: str = ""
    coder_id: int = reference("coder", index=True)
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class Concept(SQLModel, table=True):
    """A box of a concept map: a code, or an idea of the analyst that no code stands for."""

    __table_args__ = (unique_while_live("map", "name"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    map: str
    name: str
    code_id: int | None = reference("code", optional=True, index=True)
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()


class ConceptLink(SQLModel, table=True):
    """An analyst's link between two concepts: leads to, supports, part of …"""

    __tablename__ = "concept_link"
    __table_args__ = (
        sa.CheckConstraint("source_id <> target_id", name="two_concepts"),
        unique_while_live("source_id", "target_id", "kind"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    source_id: int = reference("concept", index=True)
    target_id: int = reference("concept", index=True)
    kind: str = "leads-to"
    mutual: bool = False
    note: str = text()
    coder_id: int = reference("coder", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class ConceptLinkCoding(SQLModel, table=True):
    """A coding that speaks for a link between concepts."""

    __tablename__ = "concept_link_coding"
    __table_args__ = (
        unique_while_live("link_id", "coding_uid"),
        sa.Index(None, "coding_uid"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    link_id: int = reference("concept_link")
    coding_uid: uuid.UUID = Field(sa_type=Uid)
    version: int = 1
    cl: int = 1
    live: bool = live()
