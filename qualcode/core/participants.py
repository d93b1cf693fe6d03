"""A table of participants: one row each under a pseudonym, typed attributes, and their documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qualcode.core.documents import AttributeType, Participant, SpeakerRole

MAX_CHOICES = 20
MOST_MISSING = 3
"""As many discrete missing values as a variable of SPSS can have."""
VALUE_SEPARATOR = ";"
_NAMED = 8
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class AttributeColumn:
    """An attribute by its heading; `choices` are the values of a choice in the order they first occur."""

    name: str
    type: AttributeType
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One participant. `values` holds only attributes that have a value; `line` counts from 1 in the file."""

    pseudonym: str
    values: dict[str, tuple[str, ...]]
    documents: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class ParticipantTable:
    """Attributes and participants in the order of the file; `notes` are sentences for the importer's report."""

    columns: tuple[AttributeColumn, ...]
    rows: tuple[ParticipantRow, ...]
    notes: tuple[str, ...] = ()


def inferred_column(name: str, cells: Iterable[tuple[str, ...]]) -> AttributeColumn:
    """Return the attribute that these cells (each of none, one or several values) make.

    number and date (ISO 8601) when every value is one; choice when short values come several
    in a cell, or when at most twenty of them repeat; text otherwise and for a column without values."""
    filled = [cell for cell in cells if cell]
    values = [value for cell in filled for value in cell]
    if values and all(_NUMBER.fullmatch(value) for value in values):
        return AttributeColumn(name, AttributeType.NUMBER)
    if values and all(is_date(value) for value in values):
        return AttributeColumn(name, AttributeType.DATE)
    distinct = tuple(dict.fromkeys(values))
    is_short = all(len(value) <= 60 for value in distinct)
    repeats = len(distinct) < len(values) and len(distinct) <= MAX_CHOICES
    is_multiple = any(len(cell) > 1 for cell in filled)
    if values and is_short and (is_multiple or repeats):
        return AttributeColumn(name, AttributeType.CHOICE, distinct)
    return AttributeColumn(name, AttributeType.TEXT)


def cell_values(cell: str, kind: AttributeType) -> tuple[str, ...]:
    """Return the values in a cell of a table: prose is one value, else `;` stands between several; none when empty."""
    if kind is AttributeType.TEXT:
        return (cell.strip(),) if cell.strip() else ()
    parts = [part.strip() for part in cell.split(VALUE_SEPARATOR)]
    return tuple(dict.fromkeys(part for part in parts if part))


def is_date(value: str) -> bool:
    """Return whether the value is a day of the calendar, written YYYY-MM-DD."""
    if not _ISO_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class AttributeDefinition:
    """What an attribute means: the words on it, the range of a scale, and what stands for a missing value.

    `minimum` and `maximum` belong to the range; `values` names the values of a choice, `missing` the values that say why
    there is none (`-9`: refused). Where `type` is None the imported table decides."""

    name: str
    label: str = ""
    description: str = ""
    type: AttributeType | None = None
    minimum: float | None = None
    maximum: float | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)

    def is_missing(self, value: str) -> bool:
        """Return whether a value says that there is none; numbers are compared as numbers (`-9` is `-9.0`)."""
        return value in self.missing or (
            is_number(value)
            and any(is_number(one) and float(one) == float(value) for one in self.missing)
        )

    def settled(self) -> AttributeDefinition:
        """Return the definition with the type that its range implies."""
        has_range = self.minimum is not None or self.maximum is not None
        return replace(self, type=AttributeType.NUMBER) if has_range and not self.type else self

    def mistake(self) -> tuple[str, str, str] | None:
        """Return (field, problem, what to do) for the first thing that cannot stand together, None where all can."""
        low, high = self.minimum, self.maximum
        if low is not None and high is not None and low > high:
            return "min", f"min {low:g} is above max {high:g}", "exchange the two numbers"
        if self.type is not AttributeType.NUMBER and (low is not None or high is not None):
            return "type", "only a number has min and max", "write `type: number`"
        if len(self.missing) > MOST_MISSING:
            return (
                "missing",
                f"there are {len(self.missing)} codes for missing values",
                f"at most {MOST_MISSING}; leave the cell empty for the others",
            )
        wrong = next((value for value in self.missing if not is_number(value)), None)
        if self.type is AttributeType.NUMBER and wrong is not None:
            return (
                "missing",
                f"{wrong!r} is no number, but the attribute is one",
                "write a number, as -9",
            )
        return None

    def is_out_of_range(self, value: float) -> bool:
        too_low = self.minimum is not None and value < self.minimum
        return too_low or (self.maximum is not None and value > self.maximum)

    @property
    def range_words(self) -> str:
        """Return the range in words: `12 to 84`, `0 or more`, `10 or less`; empty where none is declared."""
        if self.minimum is not None and self.maximum is not None:
            return f"{self.minimum:g} to {self.maximum:g}"
        if self.minimum is not None:
            return f"{self.minimum:g} or more"
        return "" if self.maximum is None else f"{self.maximum:g} or less"


def is_number(value: str) -> bool:
    """Return whether the value is a number as tables write it: no exponent, a point for the fraction."""
    return _NUMBER.fullmatch(value) is not None


def fits(value: str, kind: AttributeType) -> bool:
    """Return whether a value can stand under an attribute of this type."""
    if kind is AttributeType.NUMBER:
        return is_number(value)
    return kind is not AttributeType.DATE or is_date(value)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the project: its type, the values of a choice as they first occurred, and what was said of it.

    `filled` is the number of participants who have a value."""

    name: str
    type: AttributeType
    choices: tuple[str, ...] = ()
    definition: AttributeDefinition = AttributeDefinition("")
    filled: int = 0

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """Return the values to choose from, each with its label: the declared ones, then others that occur."""
        if self.type is not AttributeType.CHOICE:
            return ()
        found = {**self.definition.values}
        for value in self.choices:
            if not self.definition.is_missing(value):
                found.setdefault(value, "")
        return tuple(found.items())

    def as_offered(self, value: str) -> str:
        """Return the value in the spelling in which it is known, where it differs in case only."""
        known = {one.casefold(): one for one, _ in reversed(self.offered)}
        return known.get(value.casefold(), value)

    def accepts(self, value: str) -> bool:
        """Return whether a value can stand under this attribute: it is of the type, or a code for a missing value."""
        return fits(value, self.type) or self.definition.is_missing(value)

    def problem(self, value: str) -> str:
        """Return what `attribute_notices` says of a value (`outside 12 to 84`), empty where nothing is wrong."""
        if self.definition.is_missing(value):
            return ""
        return _problem(value, self.type, self.definition)

    def told(self, value: str) -> str:
        """Return a value with what it stands for: `djo (juvenile officer)`, `-9 (refused)`."""
        meaning = self.definition.missing.get(value) or self.definition.values.get(value)
        return f"{value} ({meaning})" if meaning and meaning != value else value


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A speaker of a document by the label in its text, with the number of turns and the participant behind it."""

    document: str
    label: str
    role: SpeakerRole
    participant: str | None
    turns: int


def attribute_notices(
    types: Mapping[str, AttributeType],
    definitions: Mapping[str, AttributeDefinition],
    participants: Sequence[Participant],
) -> tuple[str, ...]:
    """Return a sentence for everything an analyst should know of the attributes before counting with them:

    undocumented ones, values outside a declared range or list, and participants without a value."""
    undocumented = [
        name
        for name in types
        if name not in definitions
        or not (definitions[name].label or definitions[name].description)
    ]
    found = (
        [f"attributes without a description: {', '.join(undocumented)}"] if undocumented else []
    )
    found += [
        f"attribute {name} is described, but nobody has a value of it"
        for name in definitions
        if name not in types
    ]
    for name, kind in types.items():
        defined = definitions.get(name, AttributeDefinition(name))
        without = []
        for person in participants:
            values = [one for one in person.values.get(name, ()) if not defined.is_missing(one)]
            found += [
                f"{name}: {person.pseudonym} has {value}, {problem}"
                for value in values
                if (problem := _problem(value, kind, defined))
            ]
            if not values:
                without.append(person.pseudonym)
        if without:
            names = ", ".join(without[:_NAMED]) + (" …" if len(without) > _NAMED else "")
            found.append(
                f"{name}: no value for {len(without)} of {len(participants)} participants: {names}"
            )
    return tuple(found)


def _problem(value: str, kind: AttributeType, defined: AttributeDefinition) -> str:
    if not fits(value, kind):
        return f"which is no {kind.value}"
    if kind is AttributeType.NUMBER and defined.is_out_of_range(float(value)):
        return f"outside {defined.range_words}"
    if kind is AttributeType.CHOICE and defined.values and value not in defined.values:
        return f"which is none of {', '.join(defined.values)}"
    return ""
