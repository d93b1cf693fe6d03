"""Participants, their attributes and values in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from qualcode.core.documents import AttributeType, Document, Participant
from qualcode.core.participants import Attribute, AttributeDefinition
from qualcode.errors import Refused, UnknownName
from qualcode.storage import tables
from qualcode.storage.attributes import load_definitions, remove_definition, rename_definition
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of


def load_participants(
    connection: Connection, *, only: Sequence[int] | None = None
) -> tuple[Participant, ...]:
    """Return the participants by pseudonym with all their attribute values and documents; `only` are the ids of some."""
    attributes = names_by_id(connection, tables.Attribute, "name")
    documents = names_by_id(connection, tables.Document, "name")
    value, link = table_of(tables.AttributeValue), table_of(tables.DocumentParticipant)
    person = table_of(tables.Participant)
    held = sa.select(value.c.participant_id, value.c.attribute_id, value.c.value)
    held = held.where(value.c.live).order_by(value.c.sort, value.c.id)
    speaking = sa.select(link.c.participant_id, link.c.document_id).where(link.c.live)
    people = sa.select(person.c.id, person.c.pseudonym).where(person.c.live)
    people = people.order_by(person.c.pseudonym, person.c.id)
    if only is not None:
        held = held.where(value.c.participant_id.in_(only))
        speaking = speaking.where(link.c.participant_id.in_(only))
        people = people.where(person.c.id.in_(only))
    values: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for participant_id, attribute_id, one in connection.execute(held):
        mine, name = values[participant_id], attributes[attribute_id]
        mine[name] = (*mine[name], one) if name in mine else (one,)
    spoken: dict[int, list[str]] = defaultdict(list)
    for participant_id, document_id in connection.execute(speaking):
        spoken[participant_id].append(documents[document_id])
    return tuple(
        Participant(row_id, pseudonym, values.get(row_id, {}), tuple(sorted(spoken[row_id])))
        for row_id, pseudonym in connection.execute(people)
    )


def load_participants_of(connection: Connection, document: Document) -> tuple[Participant, ...]:
    """Return the participants of one document, without reading the others."""
    rows = live_rows(connection, tables.DocumentParticipant, document_id=document.id)
    return load_participants(connection, only=[row["participant_id"] for row in rows])


def attribute_types(connection: Connection) -> dict[str, AttributeType]:
    return {
        row["name"]: AttributeType(row["type"]) for row in live_rows(connection, tables.Attribute)
    }


def set_participant(
    writer: Writer,
    pseudonym: str,
    *,
    values: dict[str, Sequence[str]],
    types: dict[str, AttributeType],
    documents: Sequence[Document],
) -> int:
    """Add a participant or bring the one of this pseudonym up to date: values, documents, matching speakers."""
    found = live_rows(writer.connection, tables.Participant, pseudonym=pseudonym)
    participant_id = (
        int(found[0]["id"]) if found else writer.add(tables.Participant(pseudonym=pseudonym))
    )
    for name, given in values.items():
        attribute_id = _attribute(writer, name, types[name], given)
        _set_values(writer, participant_id, attribute_id, given)
    linked = {
        row["document_id"]
        for row in live_rows(
            writer.connection, tables.DocumentParticipant, participant_id=participant_id
        )
    }
    for document in documents:
        if document.id not in linked:
            writer.add(
                tables.DocumentParticipant(document_id=document.id, participant_id=participant_id)
            )
        for row in live_rows(writer.connection, tables.Speaker, document_id=document.id):
            is_the_one = row["label"].casefold() == pseudonym.casefold()
            if is_the_one and row["participant_id"] is None:
                writer.change(tables.Speaker, row["id"], {"participant_id": participant_id})
    return participant_id


def _attribute(writer: Writer, name: str, kind: AttributeType, values: Sequence[str]) -> int:
    found = live_rows(writer.connection, tables.Attribute, name=name)
    if not found:
        choices = list(dict.fromkeys(values)) if kind is AttributeType.CHOICE else []
        return writer.add(tables.Attribute(name=name, type=kind, choices=choices))
    row: dict[str, Any] = found[0]
    if row["type"] == AttributeType.CHOICE:
        wanted = [*row["choices"], *(value for value in values if value not in row["choices"])]
        writer.change(tables.Attribute, row["id"], {"choices": wanted})
    return int(row["id"])


def _set_values(
    writer: Writer, participant_id: int, attribute_id: int, values: Sequence[str]
) -> None:
    standing = {
        row["value"]: row["id"]
        for row in live_rows(
            writer.connection,
            tables.AttributeValue,
            participant_id=participant_id,
            attribute_id=attribute_id,
        )
    }
    for value, row_id in standing.items():
        if value not in values:
            writer.remove(tables.AttributeValue, row_id)
    for sort, value in enumerate(dict.fromkeys(values)):
        if value in standing:
            writer.change(tables.AttributeValue, standing[value], {"sort": sort})
        else:
            writer.add(
                tables.AttributeValue(
                    participant_id=participant_id,
                    attribute_id=attribute_id,
                    value=value,
                    sort=sort,
                )
            )


def find_participant(connection: Connection, pseudonym: str) -> Participant:
    """Return the participant of this pseudonym, ignoring case; UnknownName otherwise."""
    person = table_of(tables.Participant)
    query = sa.select(person.c.id, person.c.pseudonym).where(person.c.live)
    people = {name: row_id for row_id, name in connection.execute(query)}
    for name, row_id in people.items():
        if name.casefold() == pseudonym.strip().casefold():
            return load_participants(connection, only=[row_id])[0]
    raise UnknownName("participant", pseudonym, list(people))


def add_participant(writer: Writer, pseudonym: str) -> int:
    """Add a participant. Refused when the pseudonym is taken, ignoring case."""
    _refuse_taken(writer.connection, pseudonym)
    return writer.add(tables.Participant(pseudonym=pseudonym))


def rename_participant(writer: Writer, person: Participant, pseudonym: str) -> None:
    _refuse_taken(writer.connection, pseudonym, but=person.id)
    writer.change(tables.Participant, person.id, {"pseudonym": pseudonym})


def remove_participant(writer: Writer, person: Participant) -> None:
    """Take a participant out of view with the values, and unlink speakers and documents. Refused while an actor is meant."""
    for row in live_rows(writer.connection, tables.Speaker, participant_id=person.id):
        writer.change(tables.Speaker, row["id"], {"participant_id": None})
    for kind in (tables.DocumentParticipant, tables.AttributeValue):
        for row in live_rows(writer.connection, kind, participant_id=person.id):
            writer.remove(kind, row["id"])
    writer.remove(tables.Participant, person.id)


def set_value(
    writer: Writer, person: Participant, *, attribute: Attribute, values: Sequence[str]
) -> None:
    """Let these be the values of a participant; none at all means that nothing is known."""
    if not values and not live_rows(writer.connection, tables.Attribute, name=attribute.name):
        return
    attribute_id = _attribute(writer, attribute.name, attribute.type, values)
    _set_values(writer, person.id, attribute_id, values)


def load_attributes(connection: Connection) -> tuple[Attribute, ...]:
    """Return the attributes in the order they came, then those that are declared and that nobody has yet."""
    definitions = load_definitions(connection)
    value = table_of(tables.AttributeValue)
    person = table_of(tables.Participant)
    counted = connection.execute(
        sa.select(value.c.attribute_id, sa.func.count(sa.distinct(value.c.participant_id)))
        .join(person, person.c.id == value.c.participant_id)
        .where(value.c.live, person.c.live)
        .group_by(value.c.attribute_id)
    )
    filled = {key: count for key, count in counted}
    found = [
        Attribute(
            row["name"],
            AttributeType(row["type"]),
            tuple(row["choices"]),
            definitions.pop(row["name"], AttributeDefinition(row["name"])),
            filled.get(row["id"], 0),
        )
        for row in live_rows(connection, tables.Attribute)
    ]
    found += [
        Attribute(name, one.type or AttributeType.TEXT, (), one)
        for name, one in definitions.items()
    ]
    return tuple(found)


def find_attribute(connection: Connection, name: str) -> Attribute:
    """Return the attribute of this name, ignoring case; UnknownName otherwise."""
    attributes = load_attributes(connection)
    for attribute in attributes:
        if attribute.name.casefold() == name.strip().casefold():
            return attribute
    raise UnknownName("attribute", name, [attribute.name for attribute in attributes])


def set_attribute_type(writer: Writer, attribute: Attribute, kind: AttributeType) -> None:
    """Give the attribute's column this type; the caller has looked whether the values fit."""
    for row in live_rows(writer.connection, tables.Attribute, name=attribute.name):
        fields: dict[str, Any] = {"type": kind}
        if kind is AttributeType.CHOICE:
            fields["choices"] = _values_of(writer.connection, row["id"])
        writer.change(tables.Attribute, row["id"], fields)


def values_of(connection: Connection, attribute: Attribute) -> list[str]:
    """Return the different values that participants have, in the order they came."""
    rows = live_rows(connection, tables.Attribute, name=attribute.name)
    return _values_of(connection, rows[0]["id"]) if rows else []


def rename_attribute(writer: Writer, attribute: Attribute, name: str) -> None:
    """Give the attribute another name, in its column and in its description."""
    for row in live_rows(writer.connection, tables.Attribute, name=attribute.name):
        writer.change(tables.Attribute, row["id"], {"name": name})
    rename_definition(writer, attribute.name, name)


def remove_attribute(writer: Writer, attribute: Attribute) -> None:
    """Take an attribute out of view with its values and its description."""
    for row in live_rows(writer.connection, tables.Attribute, name=attribute.name):
        for value in live_rows(writer.connection, tables.AttributeValue, attribute_id=row["id"]):
            writer.remove(tables.AttributeValue, value["id"])
        writer.remove(tables.Attribute, row["id"])
    remove_definition(writer, attribute.name)


def uses_of(connection: Connection, attribute: Attribute) -> list[str]:
    """Return what is kept by the name of this attribute: narratives, summaries of a framework matrix."""
    narratives = live_rows(connection, tables.Narrative, by=attribute.name)
    summaries = live_rows(connection, tables.MatrixSummary, by=attribute.name)
    found = [f"the narrative {row['title'] or row['theme']}" for row in narratives]
    return found + (["summaries of a framework matrix"] if summaries else [])


def _values_of(connection: Connection, attribute_id: int) -> list[str]:
    rows = live_rows(connection, tables.AttributeValue, attribute_id=attribute_id)
    return list(dict.fromkeys(row["value"] for row in rows))


def _refuse_taken(connection: Connection, pseudonym: str, *, but: int | None = None) -> None:
    for person in live_rows(connection, tables.Participant):
        if person["pseudonym"].casefold() == pseudonym.casefold() and person["id"] != but:
            raise Refused(
                f"a participant named {person['pseudonym']} exists already",
                hint="every participant has a pseudonym of their own",
            )
