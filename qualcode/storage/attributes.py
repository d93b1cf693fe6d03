"""What attributes mean, kept in the project's settings: one event for a change, undone like any other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import table_of

_KEY = "attributes"


def load_definitions(connection: Connection) -> dict[str, AttributeDefinition]:
    """Return the definitions by the attribute's name, in the order in which they came."""
    # a list of pairs: a server's JSON objects do not keep the order of their keys
    return {row["name"]: _definition(row) for row in _settings(connection).get(_KEY, [])}


def set_definitions(writer: Writer, definitions: Iterable[AttributeDefinition]) -> None:
    """Add definitions; one of a name that has a definition takes its place."""
    standing = {row["name"]: row for row in _rows(writer.connection)}
    for one in definitions:
        standing[one.name] = _row(one)
    _keep(writer, list(standing.values()))


def remove_definition(writer: Writer, name: str) -> None:
    """Forget what was said of an attribute; nothing happens where nothing was."""
    _keep(writer, [row for row in _rows(writer.connection) if row["name"] != name])


def rename_definition(writer: Writer, name: str, new: str) -> None:
    """Let what was said of one attribute stand under another name."""
    rows = _rows(writer.connection)
    _keep(writer, [{**row, "name": new} if row["name"] == name else row for row in rows])


def _rows(connection: Connection) -> list[dict[str, Any]]:
    return list(_settings(connection).get(_KEY, []))


def _keep(writer: Writer, rows: list[dict[str, Any]]) -> None:
    settings = _settings(writer.connection)
    if settings.get(_KEY, []) != rows:
        writer.change(tables.Project, 1, {"settings": {**settings, _KEY: rows}})


def _settings(connection: Connection) -> dict[str, Any]:
    found: dict[str, Any] = connection.execute(
        sa.select(table_of(tables.Project).c.settings)
    ).scalar_one()
    return found


def _row(one: AttributeDefinition) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": one.label,
        "description": one.description,
        "type": one.type.value if one.type else None,
        "min": one.minimum,
        "max": one.maximum,
        "values": [list(pair) for pair in one.values.items()],
        "missing": [list(pair) for pair in one.missing.items()],
    }


def _definition(row: dict[str, Any]) -> AttributeDefinition:
    return AttributeDefinition(
        row["name"],
        row["label"],
        row["description"],
        AttributeType(row["type"]) if row["type"] else None,
        row["min"],
        row["max"],
        {value: label for value, label in row["values"]},
        {value: label for value, label in row["missing"]},
    )
