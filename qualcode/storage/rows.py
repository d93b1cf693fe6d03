"""Small readers that all storage modules share: tables by model, rows as mappings."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

# SQLite binds at most 32,766 values in one statement; stay well below.
CHUNK = 5_000


def table_of(kind: type[SQLModel]) -> sa.Table:
    table: sa.Table = kind.__table__  # type: ignore[attr-defined]
    return table


def live_rows(
    connection: sa.Connection, kind: type[SQLModel], *order: str, **equal: Any
) -> list[dict[str, Any]]:
    """Return the live rows of a table whose columns equal the given values, ordered by these columns, then id."""
    table = table_of(kind)
    query = sa.select(table).where(table.c.live)
    for column, value in equal.items():
        query = query.where(
            table.c[column].is_(None) if value is None else table.c[column] == value
        )
    query = query.order_by(*(table.c[name] for name in order), table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def names_by_id(connection: sa.Connection, kind: type[SQLModel], column: str) -> dict[int, str]:
    """Return id → name for all rows, removed ones too, so that old references can still be spoken of."""
    table = table_of(kind)
    found = connection.execute(sa.select(table.c.id, table.c[column]))
    return {key: value for key, value in found}


def in_chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    given = list(ids)
    for start in range(0, len(given), CHUNK):
        yield given[start : start + CHUNK]


def stored_values(row: SQLModel, table: sa.Table) -> dict[str, Any]:
    """Return the row's columns as they will be stored, without the id and the computed column."""
    return {
        column.name: getattr(row, column.name)
        for column in table.columns
        if column.name not in ("id", "live")
    }


def json_value(value: Any) -> Any:
    """Return a stored value as an event holds it: enumerations, identities, bytes and moments as text."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.isoformat()
    return value
