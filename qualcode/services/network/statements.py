"""Statements of ties as lists show them, with their words and what is still to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.core.network.statements import (
    Basis,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Valence,
    open_questions,
    word_of,
)
from qualcode.errors import InputError, Refused
from qualcode.storage import network as store
from qualcode.storage.actors import find_actor
from qualcode.storage.database import Connection
from qualcode.storage.project import Project

if TYPE_CHECKING:
    pass


_WORDS: dict[str, Any] = {
    "type": (TieType, "tie type"),
    "presence": (Presence, "presence"),
    "valence": (Valence, "valence"),
    "formality": (Formality, "formality"),
    "basis": (Basis, "basis"),
}


@dataclass(frozen=True, slots=True)
class TieRow:
    """A statement with its quotation, what is still to be asked, and whether its evidence stands."""

    statement: TieStatement
    quote: str
    open_questions: tuple[str, ...]
    is_supported: bool


def list_ties(
    project: Project, *, status: TieStatus | None = None, site: str | None = None
) -> tuple[TieRow, ...]:
    """Return statements with their quotations; a tie whose coding was removed is shown as unsupported."""
    with project.reading() as connection:
        return tie_rows(connection, store.load_statements(connection, status=status), site)


def tie_rows(
    connection: Connection, statements: Sequence[TieStatement], site: str | None
) -> tuple[TieRow, ...]:
    supported = store.supported_codings(connection)
    witnesses = store.Witnesses(connection, ())
    return tuple(
        TieRow(
            one,
            witnesses.reading(one.document).text[one.start : one.end],
            open_questions(one),
            one.coding_id in supported,
        )
        for one in statements
        if one.speaks_of(site)
    )


def found_ties(connection: Connection, ids: Sequence[int]) -> list[TieStatement]:
    known = {one.id: one for one in store.load_statements(connection)}
    missing = [tie_id for tie_id in ids if tie_id not in known]
    if missing:
        raise Refused(f"there is no tie {missing[0]}", hint="qualcode network ties PROJECT")
    return [known[tie_id] for tie_id in ids]


def field_value(connection: Connection, one: TieStatement, name: str, value: str) -> Any:
    if name in ("source", "target"):
        return find_actor(connection, value).key
    if name == "directed":
        return value.casefold() in ("yes", "true", "1")
    if name == "note":
        return value
    if name == "site":
        return value or None
    if name in _WORDS:
        kind, what = _WORDS[name]
        return word_of(kind, value, what) if value else None
    raise InputError(
        f"{name!r} is not a field of a tie",
        hint="source, target, directed, site, note, " + ", ".join(_WORDS),
    )
