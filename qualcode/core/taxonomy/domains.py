"""Domains as they are written in a codebook: cover term, semantic relationship, included terms."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.core.quotations import NamedCoding


class SemanticRelationship(enum.StrEnum):
    """The nine universal relationships (Spradley, The Ethnographic Interview, 1979, step five)."""

    STRICT_INCLUSION = "strict-inclusion"
    SPATIAL = "spatial"
    CAUSE_EFFECT = "cause-effect"
    RATIONALE = "rationale"
    LOCATION_FOR_ACTION = "location-for-action"
    FUNCTION = "function"
    MEANS_END = "means-end"
    SEQUENCE = "sequence"
    ATTRIBUTION = "attribution"

    @property
    def words(self) -> str:
        """The relationship as it is written in a sentence: `strict inclusion`, `means–end`."""
        pairs = (SemanticRelationship.CAUSE_EFFECT, SemanticRelationship.MEANS_END)
        return self.value.replace("-", "–" if self in pairs else " ")

    @property
    def reading(self) -> str:
        """The sentence by which the relationship is read: X an included term, Y the cover term."""
        return READINGS[self][0]


READINGS: dict[SemanticRelationship, tuple[str, ...]] = {
    SemanticRelationship.STRICT_INCLUSION: ("X is a kind of Y",),
    SemanticRelationship.SPATIAL: ("X is a part of Y", "X is a place in Y"),
    SemanticRelationship.CAUSE_EFFECT: ("X is a cause of Y", "X is a result of Y"),
    SemanticRelationship.RATIONALE: ("X is a reason for Y", "X is a reason for doing Y"),
    SemanticRelationship.LOCATION_FOR_ACTION: (
        "X is a place for Y",
        "X is a place for doing Y",
    ),
    SemanticRelationship.FUNCTION: ("X is used for Y",),
    SemanticRelationship.MEANS_END: ("X is a way to Y", "X is a way to do Y"),
    SemanticRelationship.SEQUENCE: ("X is a step in Y", "X is a stage in Y"),
    SemanticRelationship.ATTRIBUTION: (
        "X is an attribute of Y",
        "X is a characteristic of Y",
    ),
}
"""The readings of each relationship; the first is the one shown."""


@dataclass(frozen=True, slots=True)
class TermEntry:
    """An included term, the code it stands for if any, and the terms it includes in turn.

    `quotations` are bound to it; `contrasts` are what an analyst wrote of it under a dimension of contrast, as
    (dimension, value). `line` is where it stands in the file it was read from, 0 for none."""

    name: str
    code: str | None = None
    terms: tuple[TermEntry, ...] = ()
    quotations: tuple[NamedCoding, ...] = ()
    contrasts: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class DomainEntry:
    """A domain: one cover term, one relationship, its included terms.

    `variant` is another reading of the same relationship where the team chose one: a *result* of Y
    is a cause–effect domain as a *cause* of Y is, and says the opposite. Empty: the usual reading."""

    cover_term: str
    relationship: SemanticRelationship
    definition: str = ""
    terms: tuple[TermEntry, ...] = ()
    variant: str = ""

    @property
    def reading(self) -> str:
        """The reading of this domain, `X is a … Y`."""
        return self.variant or self.relationship.reading

    def read(self, term: str) -> str:
        """Return the reading with the terms in it: `a phone call is a way to bring others in`."""
        return f"{term} {self.reading.removeprefix('X ').removesuffix(' Y')} {self.cover_term}"

    def walk(self) -> Iterator[tuple[int, TermEntry]]:
        """Yield (depth from 0, term) in the order written."""
        stack = [(0, term) for term in reversed(self.terms)]
        while stack:
            depth, term = stack.pop()
            yield depth, term
            stack.extend((depth + 1, below) for below in reversed(term.terms))


def relationship_from(text: str) -> tuple[SemanticRelationship, str] | None:
    """Return (relationship, variant reading) meant by a name or a reading, None when there is none.

    `means_end`, `means-end`, `X is a way to Y` and `way to` all mean MEANS_END; the variant is
    empty unless the text is a reading other than the usual one."""
    wanted = _bare(text)
    for relationship, readings in READINGS.items():
        if wanted == _bare(relationship.value):
            return relationship, ""
        for reading in readings:
            if wanted == _bare(reading):
                return relationship, "" if reading == readings[0] else reading
    return None


def _bare(text: str) -> str:
    words = text.casefold().replace("_", " ").replace("-", " ").replace("–", " ").split()
    if words[:1] == ["x"]:
        words = words[1:]
    if words[-1:] == ["y"]:
        words = words[:-1]
    while words[:1] and words[0] in ("is", "a", "an"):
        words = words[1:]
    return " ".join(words)
