"""attributes.yaml: what the attributes of participants mean, the ranges of scales, and codes for missing values."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition, is_number
from qualcode.errors import nearest_hint
from qualcode.formats.yamlnode import Place, load_yaml

_KEYS = ("name", "label", "description", "type", "min", "max", "values", "missing")
_WIDTH = 110


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


def attributes_yaml(definitions: Iterable[AttributeDefinition]) -> str:
    """Return the YAML of these definitions; reading it gives equal ones."""
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump({"attributes": [_written(one) for one in definitions]}, stream)
    return stream.getvalue()


def _written(one: AttributeDefinition) -> CommentedMap:
    fields: dict[str, Any] = {
        "name": _scalar(one.name),
        "label": _scalar(one.label),
        "description": _scalar(one.description),
        "type": one.type.value if one.type else None,
        "min": _plain(one.minimum),
        "max": _plain(one.maximum),
        "values": _pairs(one.values),
        "missing": _pairs(one.missing),
    }
    return CommentedMap(
        (key, value) for key, value in fields.items() if value is not None and value != ""
    )


def _pairs(labels: Mapping[str, str]) -> CommentedMap | None:
    pairs = CommentedMap((_scalar(value), _scalar(label)) for value, label in labels.items())
    return pairs or None


def _scalar(text: str) -> str:
    """Return the text in quotation marks, so that `no`, `1` and `-9` are read as they were written."""
    return DoubleQuotedScalarString(text) if text else ""


def _plain(number: float | None) -> int | float | None:
    return int(number) if number is not None and number == int(number) else number


def _definition(place: Place) -> AttributeDefinition:
    fields = place.fields("an attribute", _KEYS)
    if "name" not in fields:
        raise place.mistake("this attribute has no name", "write `name:` as the table heads it")
    minimum, maximum = (_number(fields, key) for key in ("min", "max"))
    found = AttributeDefinition(
        fields["name"].name("name"),
        _text(fields, "label"),
        _text(fields, "description"),
        _type(fields),
        minimum,
        maximum,
        _labels(fields, "values"),
        _labels(fields, "missing"),
    ).settled()
    mistake = found.mistake()
    if mistake is not None:
        field, problem, hint = mistake
        raise (place if field == "type" else fields[field]).mistake(problem, hint)
    return found


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
