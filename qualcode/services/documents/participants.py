"""Participants and their attributes, one at a time: add, rename, set a value, declare what an attribute means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.core.documents import AttributeType, Participant
from qualcode.core.participants import Attribute, AttributeDefinition, attribute_notices
from qualcode.errors import InputError, Refused
from qualcode.formats.participants import DOCUMENT_HEADINGS, KEY, participants_csv
from qualcode.storage import documents as store
from qualcode.storage.attributes import load_definitions, set_definitions
from qualcode.storage.database import Connection
from qualcode.storage.project import Project


@dataclass(frozen=True, slots=True)
class ParticipantGrid:
    """All participants with all attributes; `notices` are those of `check_project` about them."""

    participants: tuple[Participant, ...]
    attributes: tuple[Attribute, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetValue:
    """The values that a participant now has, and what is odd about them (they are kept all the same)."""

    participant: str
    attribute: str
    values: tuple[str, ...]
    notices: tuple[str, ...] = ()


def read_participants_grid(project: Project) -> ParticipantGrid:
    """Return participants and attributes of one moment."""
    with project.reading() as connection:
        people = store.load_participants(connection)
        attributes = store.load_attributes(connection)
        return ParticipantGrid(
            people,
            attributes,
            attribute_notices(
                store.attribute_types(connection), load_definitions(connection), people
            ),
        )


def list_attributes(project: Project) -> tuple[Attribute, ...]:
    """Return the attributes with their types, values and descriptions."""
    with project.reading() as connection:
        return store.load_attributes(connection)


def add_participant(project: Project, pseudonym: str) -> str:
    """Add a participant and return the pseudonym. Refused when it is taken, ignoring case."""
    wanted = _name(pseudonym, "a participant needs a pseudonym")
    with project.writing("participant added") as writer:
        store.add_participant(writer, wanted)
    return wanted


def rename_participant(project: Project, pseudonym: str, *, to: str) -> str:
    """Give a participant another pseudonym; speakers, documents and values stay. The texts are not changed."""
    wanted = _name(to, "a participant needs a pseudonym")
    with project.writing("participant renamed") as writer:
        person = store.find_participant(writer.connection, pseudonym)
        store.rename_participant(writer, person, wanted)
    return wanted


def remove_participant(project: Project, pseudonym: str) -> None:
    """Take a participant with all values out of view; documents and codings stay. Refused while an actor is meant."""
    with project.writing("participant removed") as writer:
        store.remove_participant(writer, store.find_participant(writer.connection, pseudonym))


def set_attribute_value(
    project: Project, pseudonym: str, *, attribute: str, values: Sequence[str]
) -> SetValue:
    """Let these be a participant's values of an attribute; none at all: nothing is known.

    InputError for a value of another type than the attribute's (unless it is a code for a missing value). What is
    out of range, or none of the declared values, is kept, and said in `notices` as `check_project` will say it."""
    given = [value.strip() for value in values if value.strip()]
    with project.writing("attribute value set" if given else "attribute value removed") as writer:
        person = store.find_participant(writer.connection, pseudonym)
        found = store.find_attribute(writer.connection, attribute)
        wanted = tuple(dict.fromkeys(found.as_offered(value) for value in given))
        for value in wanted:
            if not found.accepts(value):
                raise InputError(
                    f"{found.name} is a {found.type.value}, and {value!r} is none",
                    hint=_FORMS.get(found.type, "leave it empty where there is no value"),
                )
        store.set_value(writer, person, attribute=found, values=wanted)
    odd = [
        f"{found.name}: {person.pseudonym} has {value}, {problem}"
        for value in wanted
        if (problem := found.problem(value))
    ]
    return SetValue(person.pseudonym, found.name, wanted, tuple(odd))


def declare_attribute(project: Project, definition: AttributeDefinition) -> Attribute:
    """Add an attribute, or say anew what one of this name is: type, label, range, values, codes for missing values.

    Its type may change while every value fits; else it is refused and the first that does not fit is named."""
    name = _attribute_name(definition.name)
    with project.writing("attribute declared") as writer:
        connection = writer.connection
        known = {one.name.casefold(): one for one in store.load_attributes(connection)}
        standing = known.get(name.casefold())
        found = replace(definition, name=standing.name if standing else name).settled()
        kind = found.type or (standing.type if standing else _kind_of(found))
        found = replace(found, type=kind)
        mistake = found.mistake()
        if mistake is not None:
            raise InputError(f"{found.name}: {mistake[1]}", hint=mistake[2])
        if standing is not None and standing.type is not kind:
            _refuse_unfit(connection, standing, replace(standing, type=kind, definition=found))
            store.set_attribute_type(writer, standing, kind)
        set_definitions(writer, [found])
        return store.find_attribute(connection, found.name)


def rename_attribute(project: Project, attribute: str, *, to: str) -> str:
    """Give an attribute another name. Refused when it is taken, or when something is kept by its name."""
    wanted = _attribute_name(to)
    with project.writing("attribute renamed") as writer:
        found = store.find_attribute(writer.connection, attribute)
        for one in store.load_attributes(writer.connection):
            if one.name.casefold() == wanted.casefold() and one.name != found.name:
                raise Refused(
                    f"an attribute named {one.name} exists already", hint="choose another name"
                )
        _refuse_used(writer.connection, found)
        store.rename_attribute(writer, found, wanted)
    return wanted


def remove_attribute(project: Project, attribute: str) -> None:
    """Take an attribute with all its values out of view. Refused while something is kept by its name."""
    with project.writing("attribute removed") as writer:
        found = store.find_attribute(writer.connection, attribute)
        _refuse_used(writer.connection, found)
        store.remove_attribute(writer, found)


def export_participants(project: Project) -> str:
    """Return participants, documents and attributes as the CSV that `import_participants` takes."""
    with project.reading() as connection:
        return participants_csv(
            store.load_attributes(connection), store.load_participants(connection)
        )


def export_attributes(project: Project) -> str:
    """Return what attributes mean as the YAML that `import_attributes` takes."""
    from qualcode.formats.attributes import attributes_yaml

    with project.reading() as connection:
        found = store.load_attributes(connection)
    return attributes_yaml(replace(one.definition, name=one.name, type=one.type) for one in found)


_FORMS = {
    AttributeType.NUMBER: "write it as 12 or 0.5, or leave it empty where there is no value",
    AttributeType.DATE: "write it as 2025-06-30, or leave it empty where there is no value",
}


def _kind_of(definition: AttributeDefinition) -> AttributeType:
    return AttributeType.CHOICE if definition.values else AttributeType.TEXT


def _name(text: str, problem: str) -> str:
    wanted = " ".join(text.split())
    if not wanted:
        raise InputError(problem, hint="write one")
    return wanted


def _attribute_name(text: str) -> str:
    wanted = _name(text, "an attribute needs a name")
    if wanted.casefold() in (KEY, *DOCUMENT_HEADINGS):
        raise InputError(
            f"{wanted!r} is a column of its own in tables of participants",
            hint="choose another name",
        )
    return wanted


def _refuse_unfit(connection: Connection, standing: Attribute, wanted: Attribute) -> None:
    unfit = [value for value in store.values_of(connection, standing) if not wanted.accepts(value)]
    if unfit:
        raise Refused(
            f"{standing.name} cannot become a {wanted.type.value}: {unfit[0]!r} is none",
            hint="correct these values first, or declare another attribute",
        )


def _refuse_used(connection: Connection, found: Attribute) -> None:
    uses = store.uses_of(connection, found)
    if uses:
        more = f" and {len(uses) - 1} more" if len(uses) > 1 else ""
        raise Refused(
            f"{found.name} is in use: {uses[0]}{more} is kept by it",
            hint="leave it as it is; another attribute can be added beside it",
        )
