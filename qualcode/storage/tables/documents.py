"""Documents and their revisions, turns and speakers; participants and their attributes."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.core.documents import AttributeType, DocumentKind, SpeakerRole
from qualcode.storage.columns import (
    JSON,
    choice,
    json_list,
    live,
    moment,
    primary_key,
    reference,
    uid,
    unique_while_live,
)


class Document(SQLModel, table=True):
    __table_args__ = (unique_while_live("name"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    name: str
    kind: DocumentKind = Field(sa_type=choice(DocumentKind, "kind"))
    language: str = "en"
    version: int = 1
    cl: int = 1
    live: bool = live()


class DocumentRevision(SQLModel, table=True):
    """Immutable text. A corrected transcript is a further revision with the edit map from the one before."""

    __tablename__ = "document_revision"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "n"),
        sa.Index(None, "sha256"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    document_id: int = reference("document")
    n: int = 1
    body: str = Field(sa_type=sa.Text)
    length: int
    words: int
    sha256: bytes
    source_name: str = ""
    source_format: str = ""
    source_encoding: str = ""
    source_sha256: bytes = b""
    from_revision_id: int | None = reference("document_revision", optional=True)
    edit_map: list[Any] = json_list()
    created_at: dt.datetime = moment()
    version: int = 1
    cl: int = 1
    live: bool = live()


class Segmentation(SQLModel, table=True):
    """Units of a revision (sentences, given segments), with the method that cut them: `[[start, end], …]`."""

    __table_args__ = (sa.UniqueConstraint("revision_id", "unit", "method", "method_version"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    revision_id: int = reference("document_revision")
    unit: str
    method: str
    method_version: str
    spans: list[Any] = Field(sa_type=JSON)


class Speaker(SQLModel, table=True):
    __table_args__ = (unique_while_live("document_id", "label"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    document_id: int = reference("document")
    label: str
    role: SpeakerRole = Field(sa_type=choice(SpeakerRole, "role"))
    participant_id: int | None = reference("participant", optional=True, index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class Turn(SQLModel, table=True):
    __table_args__ = (sa.UniqueConstraint("revision_id", "n"),)
    id: int | None = primary_key()
    revision_id: int = reference("document_revision")
    n: int
    start_ch: int
    end_ch: int
    speaker_id: int | None = reference("speaker", optional=True, index=True)
    begin_ms: int | None = None
    end_ms: int | None = None


class Participant(SQLModel, table=True):
    __table_args__ = (unique_while_live("pseudonym"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    pseudonym: str
    version: int = 1
    cl: int = 1
    live: bool = live()


class DocumentParticipant(SQLModel, table=True):
    __tablename__ = "document_participant"
    __table_args__ = (unique_while_live("document_id", "participant_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    document_id: int = reference("document")
    participant_id: int = reference("participant", index=True)
    version: int = 1
    cl: int = 1
    live: bool = live()


class Attribute(SQLModel, table=True):
    __table_args__ = (unique_while_live("name"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    name: str
    type: AttributeType = Field(sa_type=choice(AttributeType, "type"))
    choices: list[str] = json_list()
    version: int = 1
    cl: int = 1
    live: bool = live()


class AttributeValue(SQLModel, table=True):
    """One value of a participant; several rows where the participant has several (two study sites)."""

    __tablename__ = "attribute_value"
    __table_args__ = (
        unique_while_live("participant_id", "attribute_id", "value"),
        sa.Index(None, "attribute_id", "value"),
    )
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    participant_id: int = reference("participant")
    attribute_id: int = reference("attribute")
    value: str
    sort: int = 0
    version: int = 1
    cl: int = 1
    live: bool = live()
