"""Declaring attributes: a new one, the fields of one, taking one away. Used by the grid and by the list of attributes."""

from __future__ import annotations

from qualcode.core.documents import AttributeType
from qualcode.core.participants import Attribute
from qualcode.errors import Refused
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.participants.source import People, written_pairs, written_range
from qualcode.tui.widgets.lines import Line

_KINDS = {
    AttributeType.CHOICE: "choice   one or several of a few values",
    AttributeType.NUMBER: "number   a score, years",
    AttributeType.DATE: "date     2025-06-30",
    AttributeType.TEXT: "text     words",
}
_ASKED = {
    "name": "name of the attribute",
    "label": "label: a few words, as they stand in tables",
    "description": "description: what is meant, and where it comes from",
    "range": "range: 12 to 84, or 0 to, or to 10; nothing: no range",
    "values": "values: A=Alder; B=Birch",
    "missing": "codes for missing values: -9=refused; -8=not asked",
}


def ask_for_new(page: KeepingPage, people: People) -> None:
    """Ask for name and type of a new attribute, then offer its fields."""

    def named(name: str) -> None:
        if not name.strip():
            return
        kinds = list(_KINDS)

        def typed(index: int) -> str | None:
            made = people.new_attribute(name, kinds[index])
            return edit_fields(page, people, made.name)

        page.choose(
            f"what are the values of {name.strip()}?",
            [((_KINDS[one], ""),) for one in kinds],
            typed,
        )

    page.ask("name of the new attribute", named)


def edit_fields(page: KeepingPage, people: People, name: str) -> str | None:
    """Offer the fields of an attribute; after each change they are offered again, until Esc."""
    attribute = next((one for one in people.attributes if one.name == name), None)
    if attribute is None:
        raise Refused(f"{name} is no longer there", hint="Ctrl+R reads afresh")
    fields = [*_ASKED, "type"]
    fields.insert(3, fields.pop())
    written = _written(attribute)
    lines: list[Line] = [
        ((f"{field:<12} ", "strong"), (written[field] or "—", "" if written[field] else "dim"))
        for field in fields
    ]

    def chosen(index: int) -> str | None:
        field = fields[index]
        if field == "type":
            _choose_type(page, people, attribute)
        else:
            page.ask(
                _ASKED[field],
                lambda text: _changed(page, people, attribute, field, text),
                text=written[field],
            )
        return None

    page.choose(f"{attribute.name}: what it is", lines, chosen)
    return None


def ask_to_remove(page: KeepingPage, people: People, attribute: Attribute) -> None:
    """Ask before an attribute goes with all its values."""
    page.choose(
        f"remove {attribute.name} with the values of {attribute.filled} participants?",
        [(("no, keep", ""),), ((f"yes, remove {attribute.name}", ""),)],
        lambda index: people.remove_attribute(attribute) if index else "kept",
    )


def _choose_type(page: KeepingPage, people: People, attribute: Attribute) -> None:
    kinds = list(_KINDS)
    page.choose(
        f"type of {attribute.name}",
        [((_KINDS[one], ""),) for one in kinds],
        lambda index: _changed(page, people, attribute, "type", kinds[index].value),
        at=kinds.index(attribute.type),
    )


def _changed(
    page: KeepingPage, people: People, attribute: Attribute, field: str, text: str
) -> str | None:
    made = people.change_field(attribute, field, text)
    edit_fields(page, people, made.name)
    return f"{made.name}: {field} is {_written(made)[field] or 'empty'}"


def _written(attribute: Attribute) -> dict[str, str]:
    definition = attribute.definition
    return {
        "name": attribute.name,
        "label": definition.label,
        "description": definition.description,
        "type": attribute.type.value,
        "range": written_range(definition),
        "values": written_pairs(dict(definition.values)),
        "missing": written_pairs(dict(definition.missing)),
    }
