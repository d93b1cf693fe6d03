"""The first schema of a project.

Written out in full: what it makes does not change when the tables of a later version do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_UID = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")


def upgrade() -> None:
    """Make every table of revision 1 in an empty database."""
    _project()
    _documents()
    _participants()
    _codebook()
    _rounds()
    _decisions()
    _codings()
    _memos()
    _narratives()
    _taxonomy()
    _actors()
    _ties()
    _summaries()
    _concepts()
    _stop_phrase()
    _actor_merge()
    _tie_review()
    _events()


def downgrade() -> None:
    """Refuse: a project goes back by its backup, never by taking tables away."""
    raise NotImplementedError("open the backup that was made before the migration")


class _Reference(NamedTuple):
    """A column that holds the id of a row of another table."""

    name: str
    target: str
    optional: bool


def _create(
    table: str,
    *columns: sa.Column[Any] | _Reference,
    unique: tuple[tuple[str, ...], ...] = (),
    checks: Mapping[str, str] | None = None,
) -> None:
    key = columns[0]
    made = [
        sa.Column(one.name, _BIG, nullable=one.optional) if isinstance(one, _Reference) else one
        for one in columns
    ]
    rules: list[sa.Constraint] = [sa.PrimaryKeyConstraint(key.name, name=f"pk_{table}")]
    rules += [
        sa.ForeignKeyConstraint(
            [one.name], [f"{one.target}.id"], name=f"fk_{table}_{one.name}", ondelete="RESTRICT"
        )
        for one in columns
        if isinstance(one, _Reference)
    ]
    rules += [
        sa.UniqueConstraint(*names, name=f"uq_{table}_{'_'.join(names)}") for names in unique
    ]
    rules += [
        sa.CheckConstraint(rule, name=f"ck_{table}_{name}")
        for name, rule in (checks or {}).items()
    ]
    op.create_table(table, *made, *rules)


def _index(
    table: str, *columns: str, name: str | None = None, unique: bool = False, live: bool = False
) -> None:
    where: dict[str, Any] = {}
    if live:
        where = {"sqlite_where": sa.text("live = 1"), "postgresql_where": sa.text("live")}
    found = name or f"ix_{table}_{'_'.join(columns)}"
    op.create_index(found, table, list(columns), unique=unique, **where)


def _key(name: str) -> sa.Column[Any]:
    return sa.Column(name, _BIG, sa.Identity(always=False), nullable=False)


def _plain_key(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _reference(name: str, target: str, *, optional: bool = False) -> _Reference:
    return _Reference(name, target, optional)


def _counts() -> tuple[sa.Column[Any], ...]:
    return (
        _number("version"),
        _number("cl"),
        sa.Column(
            "live", sa.Boolean(), sa.Computed("(cl % 2) = 1", persisted=True), nullable=False
        ),
    )


def _uid(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _UID, nullable=optional)


def _word(name: str, length: int | None = None, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=optional)


def _text(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _number(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def _big(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _BIG, nullable=optional)


def _flag(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=optional)


def _json(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _JSON, nullable=optional)


def _bytes(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=optional)


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _project() -> None:
    """Who works, and on which file."""
    _create(
        "project",
        _plain_key("id"),
        _uid("uid"),
        _word("name"),
        _moment("created_at"),
        _json("settings"),
        *_counts(),
        unique=(("uid",),),
    )
    _create(
        "coder",
        _key("id"),
        _uid("uid"),
        _word("name"),
        _word("login", optional=True),
        _word("role", 24),
        *_counts(),
        unique=(("uid",),),
        checks={"role": "role IN ('lead', 'mentor', 'mentee', 'analyst', 'consensus')"},
    )
    _index("coder", "name", unique=True, live=True)
    _create(
        "replica",
        _key("id"),
        _uid("uid"),
        _word("label"),
        _moment("created_at"),
        unique=(("uid",),),
    )


def _documents() -> None:
    """Texts and their parts."""
    _create(
        "document",
        _key("id"),
        _uid("uid"),
        _word("name"),
        _word("kind", 24),
        _word("language"),
        *_counts(),
        unique=(("uid",),),
        checks={"kind": "kind IN ('transcript', 'narrative', 'other')"},
    )
    _index("document", "name", unique=True, live=True)
    _create(
        "document_revision",
        _key("id"),
        _uid("uid"),
        _reference("document_id", "document"),
        _number("n"),
        _text("body"),
        _number("length"),
        _number("words"),
        _bytes("sha256"),
        _word("source_name"),
        _word("source_format"),
        _word("source_encoding"),
        _bytes("source_sha256"),
        _reference("from_revision_id", "document_revision", optional=True),
        _json("edit_map"),
        _moment("created_at"),
        *_counts(),
        unique=(
            ("document_id", "n"),
            ("uid",),
        ),
    )
    _index("document_revision", "sha256")
    _create(
        "segmentation",
        _key("id"),
        _uid("uid"),
        _reference("revision_id", "document_revision"),
        _word("unit"),
        _word("method"),
        _word("method_version"),
        _json("spans"),
        unique=(
            ("revision_id", "unit", "method", "method_version"),
            ("uid",),
        ),
    )
    _create(
        "participant", _key("id"), _uid("uid"), _word("pseudonym"), *_counts(), unique=(("uid",),)
    )
    _index("participant", "pseudonym", unique=True, live=True)
    _create(
        "speaker",
        _key("id"),
        _uid("uid"),
        _reference("document_id", "document"),
        _word("label"),
        _word("role", 24),
        _reference("participant_id", "participant", optional=True),
        *_counts(),
        unique=(("uid",),),
        checks={"role": "role IN ('participant', 'interviewer', 'other')"},
    )
    _index("speaker", "document_id", "label", unique=True, live=True)
    _index("speaker", "participant_id")
    _create(
        "turn",
        _key("id"),
        _reference("revision_id", "document_revision"),
        _number("n"),
        _number("start_ch"),
        _number("end_ch"),
        _reference("speaker_id", "speaker", optional=True),
        _number("begin_ms", optional=True),
        _number("end_ms", optional=True),
        unique=(("revision_id", "n"),),
    )
    _index("turn", "speaker_id")


def _participants() -> None:
    """Who speaks, and what is known of them."""
    _create(
        "document_participant",
        _key("id"),
        _uid("uid"),
        _reference("document_id", "document"),
        _reference("participant_id", "participant"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("document_participant", "document_id", "participant_id", unique=True, live=True)
    _index("document_participant", "participant_id")
    _create(
        "attribute",
        _key("id"),
        _uid("uid"),
        _word("name"),
        _word("type", 24),
        _json("choices"),
        *_counts(),
        unique=(("uid",),),
        checks={"type": "type IN ('text', 'choice', 'number', 'date')"},
    )
    _index("attribute", "name", unique=True, live=True)
    _create(
        "attribute_value",
        _key("id"),
        _uid("uid"),
        _reference("participant_id", "participant"),
        _reference("attribute_id", "attribute"),
        _word("value"),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("attribute_value", "attribute_id", "value")
    _index("attribute_value", "participant_id", "attribute_id", "value", unique=True, live=True)


def _codebook() -> None:
    """Codes and how they are qualified."""
    _create(
        "code",
        _key("id"),
        _uid("uid"),
        _reference("parent_id", "code", optional=True),
        _word("key"),
        _word("name"),
        _text("definition"),
        _json("include"),
        _json("exclude"),
        _json("example"),
        _word("color", optional=True),
        _word("quick_key", optional=True),
        _json("aliases"),
        _json("pairs"),
        _json("weights"),
        _number("wording"),
        _number("sort"),
        _reference("merged_into_id", "code", optional=True),
        *_counts(),
        unique=(("uid",),),
        checks={"not_own_parent": "parent_id <> id"},
    )
    _index("code", "key", unique=True, live=True)
    _index("code", "parent_id")
    _create(
        "codebook_version",
        _key("id"),
        _uid("uid"),
        _number("n"),
        _word("note"),
        _text("content"),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("codebook_version", "n", unique=True, live=True)
    _create(
        "facet",
        _key("id"),
        _uid("uid"),
        _word("key"),
        _word("name"),
        _text("definition"),
        _json("applies_to"),
        _flag("required"),
        _json("only_if"),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("facet", "key", unique=True, live=True)
    _create(
        "facet_value",
        _key("id"),
        _uid("uid"),
        _reference("facet_id", "facet"),
        _word("key"),
        _word("name"),
        _text("definition"),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("facet_value", "facet_id", "key", unique=True, live=True)
    _create(
        "theme",
        _key("id"),
        _uid("uid"),
        _word("key"),
        _word("name"),
        _json("codes"),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("theme", "key", unique=True, live=True)


def _rounds() -> None:
    """Rounds and who reads what in them."""
    _create(
        "coding_round",
        _key("id"),
        _uid("uid"),
        _word("name"),
        _word("purpose", 24),
        _word("state", 24),
        _flag("blind"),
        _text("instructions"),
        _json("scheme"),
        _reference("codebook_version_id", "codebook_version", optional=True),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
        checks={
            "purpose": "purpose IN ('training', 'independent', 'taxonomic', 'consensus')",
            "state": "state IN ('open', 'reconciling', 'closed')",
        },
    )
    _index("coding_round", "name", unique=True, live=True)
    _create(
        "assignment",
        _key("id"),
        _uid("uid"),
        _reference("round_id", "coding_round"),
        _reference("document_id", "document"),
        _reference("coder_id", "coder"),
        _flag("done"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("assignment", "coder_id")
    _index("assignment", "document_id")
    _index("assignment", "round_id", "document_id", "coder_id", unique=True, live=True)


def _decisions() -> None:
    """What was decided about a discrepancy."""
    _create(
        "decision",
        _key("id"),
        _uid("uid"),
        _reference("round_id", "coding_round"),
        _reference("revision_id", "document_revision"),
        _uid("discrepancy_uid"),
        _word("kind", 24),
        _number("start_ch"),
        _number("end_ch"),
        _json("codes"),
        _word("outcome", 24),
        _text("rationale"),
        _json("took_part"),
        _reference("coder_id", "coder"),
        _moment("decided_at"),
        *_counts(),
        unique=(("uid",),),
        checks={
            "span": "end_ch > start_ch",
            "kind": "kind IN ('missed', 'different_code', 'parent_or_child', 'overlap', 'boundary', 'facet')",
            "outcome": "outcome IN ('keep_one', 'keep_both', 'adjust_span', 'other_code', 'new_subtheme', 'reject_all', 'defer')",
        },
    )
    _index("decision", "coder_id")
    _index("decision", "discrepancy_uid", unique=True, live=True)
    _index("decision", "round_id", "revision_id")


def _codings() -> None:
    """Codings, their facets, and what decisions make of them."""
    _create(
        "coding",
        _key("id"),
        _uid("uid"),
        _reference("revision_id", "document_revision"),
        _number("start_ch"),
        _number("end_ch"),
        _reference("code_id", "code"),
        _reference("coder_id", "coder"),
        _reference("round_id", "coding_round"),
        _word("provenance", 24),
        _number("code_version"),
        _reference("codebook_version_id", "codebook_version", optional=True),
        _reference("decision_id", "decision", optional=True),
        _number("weight", optional=True),
        _flag("flagged"),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
        checks={
            "span": "start_ch >= 0 AND end_ch > start_ch",
            "cl": "cl > 0",
            "provenance": "provenance IN ('independent', 'after_suggestion', 'accepted_suggestion', 'imported', 'consensus')",
        },
    )
    _index(
        "coding",
        "code_id",
        "revision_id",
        "coder_id",
        "round_id",
        name="ix_coding_code",
        live=True,
    )
    _index("coding", "coder_id", "round_id", "revision_id", name="ix_coding_coder", live=True)
    _index("coding", "decision_id")
    _index(
        "coding",
        "revision_id",
        "start_ch",
        "end_ch",
        "code_id",
        "coder_id",
        "round_id",
        name="ix_coding_place",
        live=True,
    )
    _index("coding", "round_id")
    _create(
        "rejected_suggestion",
        _key("id"),
        _uid("uid"),
        _reference("revision_id", "document_revision"),
        _number("start_ch"),
        _number("end_ch"),
        _reference("code_id", "code"),
        _number("code_version"),
        _reference("coder_id", "coder"),
        _reference("round_id", "coding_round"),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
        checks={"span": "start_ch >= 0 AND end_ch > start_ch"},
    )
    _index(
        "rejected_suggestion",
        "revision_id",
        "start_ch",
        "end_ch",
        "code_id",
        "coder_id",
        "round_id",
        name="ix_rejected_suggestion_place",
        unique=True,
        live=True,
    )
    _create(
        "coding_facet",
        _key("id"),
        _uid("uid"),
        _reference("coding_id", "coding"),
        _reference("facet_id", "facet"),
        _reference("value_id", "facet_value"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("coding_facet", "coding_id", "facet_id", unique=True, live=True)
    _index("coding_facet", "value_id")
    _index(
        "coding_facet",
        "facet_id",
        "value_id",
        "coding_id",
        name="ix_coding_facet_answer",
        live=True,
    )
    _create(
        "decision_input",
        _key("id"),
        _uid("uid"),
        _reference("decision_id", "decision"),
        _reference("coding_id", "coding"),
        _number("coding_version"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("decision_input", "coding_id")
    _index("decision_input", "decision_id", "coding_id", unique=True, live=True)
    _create(
        "decision_result",
        _key("id"),
        _uid("uid"),
        _reference("decision_id", "decision"),
        _reference("code_id", "code"),
        _number("start_ch"),
        _number("end_ch"),
        _json("facets"),
        *_counts(),
        unique=(("uid",),),
        checks={"span": "start_ch >= 0 AND end_ch > start_ch"},
    )
    _index("decision_result", "decision_id")


def _memos() -> None:
    """Quotations, memos."""
    _create(
        "quotation",
        _key("id"),
        _uid("uid"),
        _reference("revision_id", "document_revision"),
        _number("start_ch"),
        _number("end_ch"),
        _reference("coder_id", "coder"),
        _reference("round_id", "coding_round", optional=True),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
        checks={"span": "start_ch >= 0 AND end_ch > start_ch"},
    )
    _index("quotation", "revision_id", "start_ch")
    _create(
        "memo",
        _key("id"),
        _uid("uid"),
        _reference("coder_id", "coder"),
        _reference("round_id", "coding_round", optional=True),
        _word("kind"),
        _word("target_type"),
        _uid("target_uid"),
        _text("body"),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("memo", "coder_id")
    _index("memo", "round_id")
    _index("memo", "target_uid")
    _create(
        "memo_link",
        _key("id"),
        _uid("uid"),
        _reference("memo_id", "memo"),
        _word("target_type"),
        _uid("target_uid"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("memo_link", "memo_id", "target_uid", unique=True, live=True)
    _index("memo_link", "target_uid")


def _narratives() -> None:
    """Merged narratives."""
    _create(
        "narrative",
        _key("id"),
        _uid("uid"),
        _reference("document_id", "document"),
        _word("theme"),
        _word("by", optional=True),
        _word("value", optional=True),
        _word("basis"),
        _word("title"),
        _reference("round_id", "coding_round", optional=True),
        *_counts(),
        unique=(("uid",),),
    )
    _index("narrative", "document_id", unique=True, live=True)
    _create(
        "narrative_passage",
        _key("id"),
        _reference("revision_id", "document_revision"),
        _number("n"),
        _number("start_ch"),
        _number("end_ch"),
        _reference("source_revision_id", "document_revision"),
        _number("source_start"),
        _number("source_end"),
        _reference("coding_id", "coding", optional=True),
        _word("section"),
        _word("role"),
        _json("also"),
    )
    _index("narrative_passage", "revision_id", "start_ch")
    _index("narrative_passage", "source_revision_id", "source_start")
    _create(
        "narrative_prose",
        _key("id"),
        _uid("uid"),
        _reference("narrative_id", "narrative"),
        _word("kind"),
        _word("section"),
        _uid("after_uid", optional=True),
        _text("body"),
        _number("sort"),
        _reference("coder_id", "coder"),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("narrative_prose", "coder_id")
    _index("narrative_prose", "narrative_id", "section")
    _create(
        "prose_evidence",
        _key("id"),
        _uid("uid"),
        _reference("prose_id", "narrative_prose"),
        _uid("coding_uid"),
        _json("named_as"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("prose_evidence", "coding_uid")
    _index("prose_evidence", "prose_id", "coding_uid", unique=True, live=True)


def _taxonomy() -> None:
    """Domains and included terms."""
    _create(
        "domain",
        _key("id"),
        _uid("uid"),
        _word("cover_term"),
        _word("relationship"),
        _word("variant"),
        _text("definition"),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("domain", "cover_term", unique=True, live=True)
    _create(
        "term",
        _key("id"),
        _uid("uid"),
        _reference("domain_id", "domain"),
        _reference("parent_id", "term", optional=True),
        _word("name"),
        _reference("code_id", "code", optional=True),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
        checks={"not_own_parent": "parent_id <> id"},
    )
    _index("term", "code_id")
    _index("term", "domain_id")
    _index("term", "parent_id")
    _create(
        "term_coding",
        _key("id"),
        _uid("uid"),
        _reference("term_id", "term"),
        _reference("coding_id", "coding"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("term_coding", "coding_id")
    _index("term_coding", "term_id", "coding_id", unique=True, live=True)
    _create(
        "term_contrast",
        _key("id"),
        _uid("uid"),
        _reference("term_id", "term"),
        _word("dimension"),
        _word("value"),
        _reference("coder_id", "coder"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("term_contrast", "coder_id")
    _index("term_contrast", "term_id", "dimension", unique=True, live=True)


def _actors() -> None:
    """The actor registry."""
    _create(
        "actor",
        _key("id"),
        _uid("uid"),
        _word("key"),
        _word("name"),
        _word("kind"),
        _reference("part_of_id", "actor", optional=True),
        _reference("role_of_id", "actor", optional=True),
        _reference("convened_by_id", "actor", optional=True),
        _reference("participant_id", "participant", optional=True),
        _flag("interviewed"),
        _json("sites"),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("actor", "key", unique=True, live=True)
    _create(
        "actor_alias",
        _key("id"),
        _uid("uid"),
        _reference("actor_id", "actor"),
        _word("alias"),
        _word("scope"),
        _word("scope_value"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("actor_alias", "actor_id")
    _index("actor_alias", "alias", "scope", "scope_value", "actor_id", unique=True, live=True)
    _create(
        "actor_member",
        _key("id"),
        _uid("uid"),
        _reference("group_actor_id", "actor"),
        _reference("actor_id", "actor"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("actor_member", "actor_id")
    _index("actor_member", "group_actor_id", "actor_id", unique=True, live=True)


def _ties() -> None:
    """Statements of ties."""
    _create(
        "tie_statement",
        _key("id"),
        _uid("uid"),
        _reference("coding_id", "coding"),
        _reference("source_id", "actor"),
        _reference("target_id", "actor"),
        _flag("directed"),
        _word("type"),
        _word("presence", optional=True),
        _word("valence", optional=True),
        _word("formality", optional=True),
        _word("site", optional=True),
        _word("basis", optional=True),
        _word("status"),
        _json("trace"),
        _text("note"),
        _reference("coder_id", "coder"),
        *_counts(),
        unique=(("uid",),),
        checks={"two_actors": "source_id <> target_id"},
    )
    _index("tie_statement", "coder_id")
    _index("tie_statement", "coding_id")
    _index("tie_statement", "source_id")
    _index("tie_statement", "target_id")


def _summaries() -> None:
    """Summaries in a framework matrix."""
    _create(
        "matrix_summary",
        _key("id"),
        _uid("uid"),
        _reference("code_id", "code"),
        _word("by"),
        _word("value"),
        _word("basis"),
        _text("body"),
        _word("evidence"),
        _reference("coder_id", "coder"),
        _moment("created_at"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("matrix_summary", "code_id", "by", "value", "basis", unique=True, live=True)
    _index("matrix_summary", "coder_id")


def _concepts() -> None:
    """Concept maps."""
    _create(
        "concept",
        _key("id"),
        _uid("uid"),
        _word("map"),
        _word("name"),
        _reference("code_id", "code", optional=True),
        _number("sort"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("concept", "code_id")
    _index("concept", "map", "name", unique=True, live=True)
    _create(
        "concept_link",
        _key("id"),
        _uid("uid"),
        _reference("source_id", "concept"),
        _reference("target_id", "concept"),
        _word("kind"),
        _flag("mutual"),
        _text("note"),
        _reference("coder_id", "coder"),
        *_counts(),
        unique=(("uid",),),
        checks={"two_concepts": "source_id <> target_id"},
    )
    _index("concept_link", "coder_id")
    _index("concept_link", "source_id")
    _index("concept_link", "source_id", "target_id", "kind", unique=True, live=True)
    _index("concept_link", "target_id")
    _create(
        "concept_link_coding",
        _key("id"),
        _uid("uid"),
        _reference("link_id", "concept_link"),
        _uid("coding_uid"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("concept_link_coding", "coding_uid")
    _index("concept_link_coding", "link_id", "coding_uid", unique=True, live=True)


def _stop_phrase() -> None:
    """Words that only look like an actor (`team meeting`) and are never linked to one."""
    _create(
        "stop_phrase", _key("id"), _uid("uid"), _word("phrase"), *_counts(), unique=(("uid",),)
    )
    _index("stop_phrase", "phrase", unique=True, live=True)


def _actor_merge() -> None:
    """An actor that became another: the old key, still named by codes and old files, means the other from then on."""
    _create(
        "actor_merge",
        _key("id"),
        _uid("uid"),
        _reference("actor_id", "actor"),
        _reference("into_actor_id", "actor"),
        *_counts(),
        unique=(("uid",),),
    )
    _index("actor_merge", "actor_id", unique=True, live=True)
    _index("actor_merge", "into_actor_id")


def _tie_review() -> None:
    """A second analyst's own reading of who is tied to whom; it is compared with the first and enters no network."""
    _create(
        "tie_review",
        _key("id"),
        _uid("uid"),
        _reference("coding_id", "coding"),
        _reference("source_id", "actor"),
        _reference("target_id", "actor"),
        _flag("directed"),
        _word("type"),
        _word("presence", optional=True),
        _word("valence", optional=True),
        _word("formality", optional=True),
        _word("site", optional=True),
        _word("basis", optional=True),
        _word("status"),
        _json("trace"),
        _text("note"),
        _reference("coder_id", "coder"),
        *_counts(),
        unique=(("uid",),),
        checks={"two_actors": "source_id <> target_id"},
    )
    _index("tie_review", "coder_id")
    _index("tie_review", "coding_id")
    _index("tie_review", "source_id")
    _index("tie_review", "target_id")


def _events() -> None:
    """The record of every change."""
    _create(
        "event",
        _key("seq"),
        _uid("uid"),
        _reference("replica_id", "replica"),
        _number("rseq"),
        _moment("at"),
        _reference("actor_id", "coder"),
        _word("action"),
        _word("operation"),
        _word("entity"),
        _big("entity_id"),
        _uid("entity_uid"),
        _uid("group_uid"),
        _uid("undoes", optional=True),
        _reference("round_id", "coding_round", optional=True),
        _reference("owner_id", "coder", optional=True),
        _reference("document_id", "document", optional=True),
        _reference("code_id", "code", optional=True),
        _text("payload", optional=True),
        _bytes("payload_hash"),
        _bytes("prev"),
        _bytes("hash"),
        unique=(
            ("replica_id", "rseq"),
            ("uid",),
        ),
    )
    _index("event", "actor_id", "seq")
    _index("event", "document_id")
    _index("event", "entity_uid", "seq")
    _index("event", "group_uid")
