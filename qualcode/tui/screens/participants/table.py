"""Participants as rows of a grid, and what a cell says in full."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.documents import AttributeType, Participant
from qualcode.core.participants import Attribute, is_number
from qualcode.tui.widgets.figure_grid import Cell, GridRow
from qualcode.tui.widgets.wrapping import cut

UNKNOWN = "·"
DOCUMENTS = "documents"
_WIDEST, _WIDEST_OF_ALL = 26, 48
_ROOMY = 150
"""From this width of the screen on values are cut later."""


def heads_of(attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """Return the heads: the attributes, then the documents."""
    return (*(_cut(one.name) for one in attributes), DOCUMENTS)


def rows_of(
    people: Sequence[Participant], attributes: Sequence[Attribute], width: int = 80
) -> list[GridRow]:
    """Return a row for each participant. An empty value is `·`; `!` stands behind one that is out of its range, and what
    stands for a missing value is in brackets."""
    most = _WIDEST_OF_ALL if width >= _ROOMY else _WIDEST
    columns = [_cells(people, attribute, most) for attribute in attributes]
    columns.append([_documents(person) for person in people])
    return [
        GridRow(person.pseudonym, person.pseudonym, 1, tuple(column[n] for column in columns))
        for n, person in enumerate(people)
    ]


def told_of(person: Participant, attribute: Attribute | None) -> str:
    """Return what a cell says in full: whose value it is, what it means, what is odd about it, what the attribute is."""
    if attribute is None:
        names = ", ".join(person.documents)
        return f"{person.pseudonym} speaks in {names or 'no document yet: v v links speakers'}"
    values = person.values.get(attribute.name, ())
    said = "; ".join(attribute.told(value) for value in values) or "not known"
    missing = [value for value in values if attribute.definition.is_missing(value)]
    odd = [f"{value} is {_odd(attribute, value)}" for value in values if attribute.problem(value)]
    parts = [
        f"{person.pseudonym} · {attribute.name}: {said}",
        *(["declared as missing"] if missing else []),
        *odd,
    ]
    return "; ".join(parts) + f" — {about(attribute)}"


def about(attribute: Attribute) -> str:
    """Return what an attribute is in a few words: its label, type, range or values."""
    definition = attribute.definition
    parts = [definition.label or "not described yet", attribute.type.value]
    if definition.range_words:
        parts.append(definition.range_words)
    if definition.values:
        parts.append(", ".join(definition.values))
    if definition.missing:
        missing = ", ".join(attribute.told(value) for value in definition.missing)
        parts.append(f"missing: {missing}")
    return ", ".join(parts)


def has_something_to_see(person: Participant, attribute: Attribute) -> bool:
    """Return whether a value is not known, or is odd: what an analyst looks for before counting."""
    values = person.values.get(attribute.name, ())
    return not values or any(attribute.problem(value) for value in values)


def _cells(people: Sequence[Participant], attribute: Attribute, most: int) -> list[Cell]:
    is_text = attribute.type is not AttributeType.NUMBER
    texts = sorted({value for one in people for value in one.values.get(attribute.name, ())})
    place = {value: float(n) for n, value in enumerate(sorted(texts, key=str.casefold))}
    found = [one.values.get(attribute.name, ()) for one in people]
    return [_cell(attribute, values, place, is_text=is_text, most=most) for values in found]


def _cell(
    attribute: Attribute,
    values: Sequence[str],
    place: dict[str, float],
    *,
    is_text: bool,
    most: int,
) -> Cell:
    if not values:
        return Cell(UNKNOWN, None, "dim", is_text)
    is_odd = any(attribute.problem(value) for value in values)
    is_missing = any(attribute.definition.is_missing(value) for value in values)
    text = cut(" ".join("; ".join(values).split()), most)
    if is_missing:
        text = f"[{text}]"
    first = values[0]
    sorted_by = float(first) if not is_text and is_number(first) else place[first]
    role = "warn" if is_odd else ("dim" if is_missing else "")
    return Cell(f"{text}!" if is_odd else text, None if is_missing else sorted_by, role, is_text)


def _documents(person: Participant) -> Cell:
    names = person.documents
    if not names:
        return Cell("none", None, "dim", True)
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return Cell(_cut(names[0]) + more, float(len(names)), "", True)


def _odd(attribute: Attribute, value: str) -> str:
    return attribute.problem(value).removeprefix("which is ")


def _cut(text: str) -> str:
    return cut(" ".join(text.split()), _WIDEST)
