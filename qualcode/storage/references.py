"""Which column of which table refers to which other table, and which references hold a row in place."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

# References that do not hold a row in place: what points here is shown as unsupported instead.
_SOFT = frozenset(
    {
        ("coding_facet", "coding_id"),
        ("rejected_suggestion", "code_id"),
        ("rejected_suggestion", "revision_id"),
        ("rejected_suggestion", "round_id"),
        ("tie_statement", "coding_id"),
        ("tie_review", "coding_id"),
        ("term_coding", "coding_id"),
        ("decision_input", "coding_id"),
        ("decision_input", "decision_id"),
        ("decision_result", "decision_id"),
        ("coding", "decision_id"),
        ("narrative_passage", "coding_id"),
        ("narrative_passage", "revision_id"),
        ("facet_value", "facet_id"),
        ("actor_alias", "actor_id"),
        ("actor_merge", "actor_id"),
        ("speaker", "document_id"),
        ("turn", "speaker_id"),
        ("turn", "revision_id"),
        ("segmentation", "revision_id"),
        ("document_revision", "document_id"),
        ("attribute_value", "participant_id"),
        ("document_participant", "document_id"),
    }
)


def referenced_table(column: sa.Column[Any]) -> str | None:
    """Return the name of the table that a column refers to, None when it is no reference."""
    for foreign in column.foreign_keys:
        return str(foreign.column.table.name)
    return None


@cache
def holding_columns(name: str) -> tuple[sa.Column[Any], ...]:
    """Return the columns whose live rows hold a row of this table in place."""
    return tuple(
        column
        for table in SQLModel.metadata.tables.values()
        if table.name != "event"
        for column in table.columns
        if referenced_table(column) == name and (table.name, column.name) not in _SOFT
    )


@cache
def held_by(name: str) -> tuple[tuple[sa.Column[Any], sa.Table], ...]:
    """Return the columns by which a live row of this table stands on others, each with the table it stands on."""
    tables = SQLModel.metadata.tables
    found = []
    for column in tables[name].columns:
        target = referenced_table(column)
        if target is None or (name, column.name) in _SOFT or "live" not in tables[target].c:
            continue
        if column.name != "merged_into_id":
            found.append((column, tables[target]))
    return tuple(found)


def spoken(table: sa.Table) -> str:
    """Return what a person calls a row of this table."""
    return {"coding_round": "round", "document_revision": "revision"}.get(
        table.name, table.name.replace("_", " ")
    )
