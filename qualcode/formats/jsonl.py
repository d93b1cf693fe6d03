"""Objects written one a line: reading them with the file and line of every mistake."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qualcode.errors import MistakeInFile, nearest_hint
from qualcode.formats.decoding import decode_text


def read_objects(
    name: str, content: bytes, *, fields: Iterable[str], required: Iterable[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line from 1, object). MistakeInFile for what is no object, an unknown field or a missing text."""
    known = sorted(fields)
    for number, line in enumerate(decode_text(name, content).text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            hint = "one JSON object a line"
            raise MistakeInFile(name, number, "this is not JSON", hint=hint) from None
        if not isinstance(given, dict):
            raise MistakeInFile(name, number, "not an object", hint='{"document": …}')
        for key in given:
            if key not in known:
                hint = nearest_hint("field", key, known)
                raise MistakeInFile(name, number, f"unknown field {key!r}", hint=hint)
        for key in required:
            if not isinstance(given.get(key), str) or not given[key].strip():
                raise MistakeInFile(name, number, f"{key} is missing", hint="a text is expected")
        yield number, given


def text_of(name: str, number: int, given: Mapping[str, Any], key: str) -> str | None:
    """Return the text under this key, None where there is none; MistakeInFile for anything else."""
    value = given.get(key)
    if value is None or isinstance(value, str):
        return value
    raise MistakeInFile(name, number, f"{key} is no text", hint=f'write "{key}": "…"')


def texts_of(name: str, number: int, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the list of texts under this key; MistakeInFile for anything else."""
    value = given.get(key)
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise MistakeInFile(name, number, f"{key} is no list of texts", hint=f'"{key}": ["…", "…"]')


def mapping_of(name: str, number: int, given: Mapping[str, Any], key: str) -> dict[str, str]:
    """Return the object of texts under this key; MistakeInFile for anything else."""
    value = given.get(key)
    if value is None:
        return {}
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return dict(value)
    raise MistakeInFile(name, number, f"{key} is unclear", hint=f'"{key}": {{"site": "A"}}')
