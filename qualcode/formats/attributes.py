"""attributes.yaml: what the attributes of participants mean, the ranges of scales, and codes for missing values."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition, is_number
from qualcode.errors import nearest_hint
from qualcode.formats.yamlnode import Place, load_yaml

_KEYS = ("name", "label", "description", "type", "min", "max", "values", "missing")
_MOST_MISSING = 3
"""As many discrete missing values as a variable of SPSS can have."""


def read_attributes(name: str, content: bytes) -> tuple[AttributeDefinition, ...]:
    """Return the definitions under `attributes:`, each with name and any of label, description, type, min, max,

    values (value: its label) and missing (value: the reason). MistakeInFile, with its line, for anything else."""
    root = load_yaml(name, content).fields("the file", ["attributes"])
    if "attributes" not in root:
        raise load_yaml(name, content).mistake(
            "there is no list `attributes`", "begin with `attributes:` and a `- name: …` for each"
        )
    found: dict[str, AttributeDefinition] = {}
    for place in root["attributes"].items("attributes"):
        one = _definition(place)
        if one.name.casefold() in (known.casefold() for known in found):
            raise place.mistake(f"{one.name!r} is described twice", "remove one of them")
        found[one.name] = one
    return tuple(found.values())


def _definition(place: Place) -> AttributeDefinition:
    fields = place.fields("an attribute", _KEYS)
    if "name" not in fields:
        raise place.mistake("this attribute has no name", "write `name:` as the table heads it")
    minimum, maximum = (_number(fields, key) for key in ("min", "max"))
    if minimum is not None and maximum is not None and minimum > maximum:
        raise fields["min"].mistake(
            f"min {minimum:g} is above max {maximum:g}", "exchange the two numbers"
        )
    kind = _type(fields)
    if kind is None and (minimum is not None or maximum is not None):
        kind = AttributeType.NUMBER
    if kind is not AttributeType.NUMBER and (minimum is not None or maximum is not None):
        raise place.mistake("only a number has min and max", "write `type: number`")
    missing = _labels(fields, "missing")
    if len(missing) > _MOST_MISSING:
        raise fields["missing"].mistake(
            f"there are {len(missing)} codes for missing values",
            f"at most {_MOST_MISSING}; leave the cell empty for the others",
        )
    if kind is AttributeType.NUMBER:
        wrong = next((value for value in missing if not is_number(value)), None)
        if wrong is not None:
            raise fields["missing"].mistake(
                f"{wrong!r} is no number, but the attribute is one", "write a number, as -9"
            )
    return AttributeDefinition(
        fields["name"].name("name"),
        _text(fields, "label"),
        _text(fields, "description"),
        kind,
        minimum,
        maximum,
        _labels(fields, "values"),
        missing,
    )


def _text(fields: Mapping[str, Place], key: str) -> str:
    return fields[key].text(key) if key in fields else ""


def _number(fields: Mapping[str, Place], key: str) -> float | None:
    if key not in fields or fields[key].is_empty:
        return None
    text = fields[key].text(key)
    if not is_number(text):
        raise fields[key].mistake(
            f"{key} is {text!r}, which is no number", "write it as 12 or 0.5"
        )
    return float(text)


def _type(fields: Mapping[str, Place]) -> AttributeType | None:
    text = _text(fields, "type")
    known = [kind.value for kind in AttributeType]
    if text and text not in known:
        raise fields["type"].mistake(
            f"there is no type {text!r}", nearest_hint("type", text, known)
        )
    return AttributeType(text) if text else None


def _labels(fields: Mapping[str, Place], key: str) -> dict[str, str]:
    if key not in fields or fields[key].is_empty:
        return {}
    return {value: place.text(key) for value, place in fields[key].fields(key, ()).items()}
