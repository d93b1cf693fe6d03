"""Statements of ties in the database, and the passages they are proposed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qualcode.core.coding import Coding, Provenance
from qualcode.core.documents import Participant, Reading
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import (
    Actor,
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
from qualcode.storage.actors import actor_ids, load_actors
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_documents, load_participants, load_reading
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id

_EVERYTHING = Visibility(0, frozenset())


@dataclass(frozen=True, slots=True)
class Told:
    """Who says a passage: the participant, the actor of the participant's role, and the participant's sites."""

    participant: str | None
    role: str | None
    sites: tuple[str, ...]


def load_registry(connection: Connection) -> Registry:
    """Return the actors as the network reads them; persons know which participant they are."""
    participants = names_by_id(connection, tables.Participant, "pseudonym")
    people = {
        row["key"]: participants.get(row["participant_id"])
        for row in live_rows(connection, tables.Actor)
    }
    return Registry(
        Actor(
            key=entry.key,
            name=entry.name,
            kind=entry.kind,
            part_of=entry.part_of,
            role_of=entry.role_of,
            interviewed=entry.interviewed,
            sites=entry.sites,
            aliases=entry.aliases,
            members=entry.members,
            participant=people[entry.key],
            convened_by=entry.convened_by,
        )
        for entry in load_actors(connection)
    )


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


def load_statements(
    connection: Connection, *, status: TieStatus | None = None
) -> tuple[TieStatement, ...]:
    """Return the live statements in the order they were made; those whose coding is gone are left out of nothing."""
    more = {} if status is None else {"status": status.value}
    rows = live_rows(connection, tables.TieStatement, **more)
    keys = names_by_id(connection, tables.Actor, "key")
    codings = _codings_of(connection, rows)
    witnesses = Witnesses(connection, keys.values())
    return tuple(_statement(row, keys, codings[row["coding_id"]], witnesses) for row in rows)


def supported_codings(connection: Connection) -> set[int]:
    """Return the ids of the consensus codings that stand at this moment."""
    return {coding.id for coding in consensus_codings(connection)}


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


def add_statements(writer: Writer, statements: Iterable[TieStatement]) -> list[int]:
    """Keep statements and return their ids."""
    ids = actor_ids(writer.connection)
    return writer.add_many(
        tables.TieStatement(
            uid=one.uid,
            coding_id=one.coding_id,
            source_id=ids[one.source],
            target_id=ids[one.target],
            directed=one.directed,
            type=one.type.value,
            presence=one.presence.value if one.presence else None,
            valence=one.valence.value if one.valence else None,
            formality=one.formality.value if one.formality else None,
            site=one.site,
            basis=one.basis.value if one.basis else None,
            status=one.status.value,
            trace=one.trace.as_dict(),
            note=one.note,
            coder_id=writer.actor.id,
        )
        for one in statements
    )


def change_statement(writer: Writer, statement: TieStatement) -> bool:
    """Bring the kept statement up to date with this one."""
    ids = actor_ids(writer.connection)
    fields = {
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
    return writer.change(tables.TieStatement, statement.id, fields)
