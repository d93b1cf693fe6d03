"""Codes, facets, themes and the kept versions of the codebook."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.storage.columns import (
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


class Code(SQLModel, table=True):
    __table_args__ = (
        sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
        unique_while_live("key"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    parent_id: int | None = reference("code", optional=True, index=True)
    key: str
    name: str
    definition: str = text()
    include: list[str] = json_list()
    exclude: list[str] = json_list()
    example: list[str] = json_list()
    color: str | None = None
    quick_key: str | None = None
    aliases: list[str] = json_list()
    pairs: list[Any] = json_list()
    weights: dict[str, Any] = json_object()
    wording: int = 1
    sort: int = 0
    merged_into_id: int | None = reference("code", optional=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class CodebookVersion(SQLModel, table=True):
    """The codebook as it stood: made on import, when a round opens, and when the team says so."""

    __tablename__ = "codebook_version"
    __table_args__ = (unique_while_live("n"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    n: int
    note: str = ""
    content: str = Field(sa_type=sa.Text)
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class Facet(SQLModel, table=True):
    __table_args__ = (unique_while_live("key"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    key: str
    name: str
    definition: str = text()
    applies_to: list[str] = json_list()
    required: bool = False
    only_if: dict[str, Any] = json_object()
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()


class FacetValue(SQLModel, table=True):
    __tablename__ = "facet_value"
    __table_args__ = (unique_while_live("facet_id", "key"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    facet_id: int = reference("facet")
    key: str
    name: str
    definition: str = text()
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()


class Theme(SQLModel, table=True):
    __table_args__ = (unique_while_live("key"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    key: str
    name: str
    codes: list[str] = json_list()
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()
