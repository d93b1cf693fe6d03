"""The measures of the participants: which attributes are numbers, and what everybody has of one."""

from __future__ import annotations

from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition, is_number
from qualcode.errors import UnknownName
from qualcode.storage.attributes import load_definitions
from qualcode.storage.documents import attribute_types, load_participants
from qualcode.storage.project import Project


def list_measures(project: Project) -> tuple[str, ...]:
    """Return the attributes that are numbers: scores of scales, years, ages."""
    with project.reading() as connection:
        types = attribute_types(connection)
    return tuple(name for name, kind in types.items() if kind is AttributeType.NUMBER)


def list_attributes(project: Project) -> tuple[str, ...]:
    """Return the attributes that anybody has, or that are declared."""
    with project.reading() as connection:
        return tuple(attribute_types(connection))


def participant_scores(project: Project, measure: str) -> dict[str, float]:
    """Return pseudonym → score of everybody who has exactly one that counts, the highest first.

    A missing value, a value out of the declared range and several values give no score, as in the joint display.
    UnknownName where no attribute that is a number is called so."""
    with project.reading() as connection:
        types = attribute_types(connection)
        people = load_participants(connection)
        definitions = load_definitions(connection)
    numeric = [name for name, kind in types.items() if kind is AttributeType.NUMBER]
    name = next((one for one in numeric if one.casefold() == measure.strip().casefold()), None)
    if name is None:
        raise UnknownName("measure", measure, numeric)
    defined = definitions.get(name, AttributeDefinition(name))
    scores: dict[str, float] = {}
    for person in people:
        values = [value for value in person.values.get(name, ()) if not defined.is_missing(value)]
        if len(values) == 1 and is_number(values[0]):
            score = float(values[0])
            if not defined.is_out_of_range(score):
                scores[person.pseudonym] = score
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))
