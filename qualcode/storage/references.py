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
        ("tie_statement", "coding_id"),
        ("term_coding", "coding_id"),
        ("decision_input", "coding_id"),
        ("decision_input", "decision_id"),
        ("decision_result", "decision_id"),
        ("coding", "decision_id"),
        ("narrative_passage", "coding_id"),
        ("facet_value", "facet_id"),
        ("actor_alias", "actor_id"),
        ("speaker", "document_id"),
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
