"""Statements of ties in the database, and the passages they are proposed from."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualcode.core.coding import Coding, Provenance
from qualcode.core.documents import Participant, Reading
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import (
    BOTH_SITES,
    Basis,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Trace,
    Valence,
)
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.actors import every_actor_id, load_actors, merged_keys
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_documents, load_participants, load_reading
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of

_EVERYTHING = Visibility(0, frozenset())


@dataclass(frozen=True, slots=True)
class Told:
    """Who says a passage: the participant, the actor of the participant's role, and the participant's sites."""

    participant: str | None
    role: str | None
    sites: tuple[str, ...]


def load_registry(connection: Connection) -> Registry:
    """Return the actors as the network reads them; persons know which participant they are."""
    return Registry(load_actors(connection), merged_keys(connection))


class Witnesses:
    """Who speaks where: answers for every coding which participant says it."""

    def __init__(self, connection: Connection, actor_keys: Iterable[str]) -> None:
        self._connection = connection
        self._documents = {one.name: one for one in load_documents(connection)}
        self._people = {one.pseudonym: one for one in load_participants(connection)}
        self._actors = set(actor_keys)
        self._readings: dict[str, Reading] = {}

    def reading(self, document: str) -> Reading:
        if document not in self._readings:
            self._readings[document] = load_reading(self._connection, self._documents[document])
        return self._readings[document]

    def of(self, coding: Coding) -> Told:
        """Return who says the passage: the participant speaking at its start, or the only one of the document."""
        reading = self.reading(coding.document)
        turn = reading.turn_at(coding.start)
        speaker = reading.speakers.get(turn.speaker) if turn and turn.speaker else None
        name = speaker.participant if speaker else None
        if name is None:
            known = [one for one in reading.speakers.values() if one.participant is not None]
            name = known[0].participant if len(known) == 1 else None
        person: Participant | None = self._people.get(name) if name else None
        if person is None:
            return Told(None, None, ())
        role = next((one for one in person.values.get("role", ()) if one in self._actors), None)
        return Told(person.pseudonym, role, person.values.get("site", ()))


def role_keys(connection: Connection) -> tuple[str, ...]:
    """Return the keys of all actors, for telling which of them a participant's role is."""
    return tuple(actor.key for actor in load_actors(connection))


def load_statements(
    connection: Connection,
    *,
    status: TieStatus | None = None,
    site: str | None = None,
    reader: int | None = None,
    ids: Collection[int] | None = None,
) -> tuple[TieStatement, ...]:
    """Return the live statements in the order they were made; those whose coding is gone are among them.

    With a `reader`, the id of a coder, the second reading of that coder instead of the one that makes networks."""
    more: dict[str, Any] = {} if status is None else {"status": status.value}
    if reader is not None:
        more["coder_id"] = reader
    rows = live_rows(connection, _table(reader), **more)
    if ids is not None:
        rows = [row for row in rows if row["id"] in ids]
    if site is not None:
        rows = [row for row in rows if row["site"] in (site, BOTH_SITES)]
    keys = names_by_id(connection, tables.Actor, "key")
    codings = _codings_of(connection, rows)
    witnesses = Witnesses(connection, keys.values())
    return tuple(_statement(row, keys, codings[row["coding_id"]], witnesses) for row in rows)


def supported_codings(connection: Connection) -> set[int]:
    """Return the ids of the consensus codings that stand at this moment."""
    coding = table_of(tables.Coding)
    query = sa.select(coding.c.id).where(
        coding.c.live, coding.c.provenance == Provenance.CONSENSUS
    )
    return set(connection.execute(query).scalars())


def consensus_codings(connection: Connection) -> tuple[Coding, ...]:
    """Return all codings of the consensus, of every round."""
    return load_codings(connection, _EVERYTHING, provenance=Provenance.CONSENSUS)


def _codings_of(connection: Connection, rows: list[dict[str, Any]]) -> dict[int, Coding]:
    ids = sorted({row["coding_id"] for row in rows})
    found = load_codings(connection, _EVERYTHING, ids=ids, with_facets=False, even_removed=True)
    return {coding.id: coding for coding in found}


def _statement(
    row: dict[str, Any], keys: dict[int, str], coding: Coding, witnesses: Witnesses
) -> TieStatement:
    told = witnesses.of(coding)
    return TieStatement(
        id=row["id"],
        uid=row["uid"],
        source=keys[row["source_id"]],
        target=keys[row["target_id"]],
        directed=row["directed"],
        type=TieType(row["type"]),
        presence=Presence(row["presence"]) if row["presence"] else None,
        valence=Valence(row["valence"]) if row["valence"] else None,
        formality=Formality(row["formality"]) if row["formality"] else None,
        site=row["site"],
        basis=Basis(row["basis"]) if row["basis"] else None,
        status=TieStatus(row["status"]),
        document=coding.document,
        participant=told.participant,
        speaker_role=told.role,
        start=coding.start,
        end=coding.end,
        coding_id=coding.id,
        code=coding.code,
        trace=Trace.from_dict(row["trace"]),
        note=row["note"],
    )


def add_statements(
    writer: Writer, statements: Iterable[TieStatement], *, reader: int | None = None
) -> list[int]:
    """Keep statements and return their ids; one that was removed before comes back under its own id."""
    kind = _table(reader)
    ids = every_actor_id(writer.connection)
    given = list(statements)
    standing = _ids_by_uid(writer.connection, kind, [one.uid for one in given])
    fresh = [one for one in given if one.uid not in standing]
    rows = [
        kind(uid=one.uid, coding_id=one.coding_id, coder_id=writer.actor.id, **_fields(one, ids))
        for one in fresh
    ]
    made = dict(zip((one.uid for one in fresh), writer.add_many(rows), strict=True))
    for one in given:
        if one.uid in standing:
            writer.restore(kind, standing[one.uid])
            writer.change(kind, standing[one.uid], _fields(one, ids))
    return [{**standing, **made}[one.uid] for one in given]


def change_statement(
    writer: Writer, statement: TieStatement, *, reader: int | None = None
) -> bool:
    """Bring the kept statement up to date with this one."""
    ids = every_actor_id(writer.connection)
    return writer.change(_table(reader), statement.id, _fields(statement, ids))


def readers(connection: Connection) -> tuple[str, ...]:
    """Return the names of the coders who gave a second reading."""
    names = names_by_id(connection, tables.Coder, "name")
    rows = live_rows(connection, tables.TieReview)
    return tuple(dict.fromkeys(names[row["coder_id"]] for row in rows))


def _table(reader: int | None) -> Any:
    return tables.TieStatement if reader is None else tables.TieReview


def _ids_by_uid(connection: Connection, kind: Any, uids: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    table = table_of(kind)
    wanted = set(uids)
    rows = connection.execute(sa.select(table.c.uid, table.c.id))
    return {row.uid: row.id for row in rows if row.uid in wanted}


def _fields(statement: TieStatement, ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "source_id": ids[statement.source],
        "target_id": ids[statement.target],
        "directed": statement.directed,
        "type": statement.type.value,
        "presence": statement.presence.value if statement.presence else None,
        "valence": statement.valence.value if statement.valence else None,
        "formality": statement.formality.value if statement.formality else None,
        "site": statement.site,
        "basis": statement.basis.value if statement.basis else None,
        "status": statement.status.value,
        "trace": statement.trace.as_dict(),
        "note": statement.note,
    }


def participant_values(connection: Connection, attribute: str) -> dict[str, tuple[str, ...]]:
    """Return pseudonym → values of an attribute, of the participants who have one."""
    return {
        one.pseudonym: one.values[attribute]
        for one in load_participants(connection)
        if one.values.get(attribute)
    }


def attribute_names(connection: Connection) -> tuple[str, ...]:
    """Return the names of the participants' attributes."""
    return tuple(row["name"] for row in live_rows(connection, tables.Attribute))
