"""All tables of a project, for SQLite and PostgreSQL alike.

Every row that a person can change carries `id` (for joins, this file only), `uid` (identity across files),
`version` (counts changes) and `cl` (causal length: odd is live, even is removed); nothing is deleted.
"""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from qualcode.core.coding import Provenance
from qualcode.core.documents import AttributeType, DocumentKind, SpeakerRole
from qualcode.core.project import Role
from qualcode.core.reconcile import DiscrepancyKind, Outcome
from qualcode.core.rounds import Purpose, RoundState
from qualcode.storage.columns import (
    BIG,
    JSON,
    LIVE,
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
)

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def unique_while_live(*columns: str) -> sa.Index:
    """Return a unique index over live rows only, so that a removed name can be used again."""
    return sa.Index(None, *columns, unique=True, **LIVE)


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
    __table_args__ = (unique_while_live("coding_id", "facet_id"),)
    id: int | None = primary_key()
    uid: uuid.UUID = uid()
    coding_id: int = reference("coding")
    facet_id: int = reference("facet")
    value_id: int = reference("facet_value", index=True)
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
