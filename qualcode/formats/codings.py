"""Codings as JSON lines, both ways: one object a line, as they travel between coders and tools."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from qualcode.core.coding import Provenance
from qualcode.errors import MistakeInFile, nearest_hint
from qualcode.formats.decoding import decode_text

KEYS = (
    "document",
    "start",
    "end",
    "quote",
    "code",
    "coder",
    "round",
    "facets",
    "weight",
    "provenance",
    "memo",
)
TOLD = (Provenance.AFTER_SUGGESTION, Provenance.ACCEPTED_SUGGESTION, Provenance.IMPORTED)
"""The provenances that travel; a line that names none is a coding made independently."""
MAX_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class CodingLine:
    """A coding by its names. The span is `[start, end)` in code points, or the place of the quote, or both.

    None where the file says nothing: the importer supplies coder and round. `line` counts from 1."""

    document: str
    code: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    coder: str | None = None
    round: str | None = None
    facets: dict[str, str] = field(default_factory=dict)
    memo: str = ""
    line: int = 0
    weight: int | None = None
    provenance: str | None = None


def read_codings(name: str, content: bytes) -> tuple[CodingLine, ...]:
    """Return the codings in a file of JSON lines; blank lines are skipped.

    MistakeInFile, with its line, for bad JSON, an unknown key, a missing document or code, a value
    of another type, and a coding that has neither a quote nor both ends of its span."""
    text = decode_text(name, content).text
    lines = (
        _line(name, number, line)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    )
    return tuple(lines)


def write_codings(lines: Iterable[CodingLine]) -> str:
    """Return the codings as JSON lines, keys in the order of KEYS, without those that say nothing."""
    return "".join(
        json.dumps(_fields(line), ensure_ascii=False, separators=(", ", ": ")) + "\n"
        for line in lines
    )


def _fields(line: CodingLine) -> dict[str, Any]:
    values = {key: getattr(line, key) for key in KEYS}
    return {key: value for key, value in values.items() if value not in (None, "", {})}


def _line(name: str, number: int, text: str) -> CodingLine:
    def mistake(problem: str, hint: str | None = None) -> MistakeInFile:
        return MistakeInFile(name, number, problem, hint=hint)

    found = _parsed(name, number, text)
    for key in found:
        if key not in KEYS:
            raise mistake(f"a coding has no key {key!r}", nearest_hint("key", key, KEYS))
    for key in ("document", "code", "coder", "round", "quote", "memo"):
        if found.get(key) is not None and not isinstance(found[key], str):
            raise mistake(f"{key} must be a text", f'for example "{key}": "…"')
        if isinstance(found.get(key), str) and _has_surrogate(found[key]):
            raise mistake(
                f"{key} contains half a character (a lone surrogate)", "write the character itself"
            )
    for key in ("document", "code"):
        if not (found.get(key) or "").strip():
            raise mistake(f"a coding needs a {key}", f'for example "{key}": "…"')
    start, end = (_offset(name, number, key, found.get(key)) for key in ("start", "end"))
    if (start is None) is not (end is None):
        raise mistake("start and end go together", "give both, or a quote alone")
    if start is not None and end is not None and end <= start:
        raise mistake(
            f"the span {start}–{end} is empty", "the end is not included and must be greater"
        )
    if start is None and not (found.get("quote") or "").strip():
        raise mistake(
            "a coding needs a quote, or start and end",
            'for example "quote": "words of the passage"',
        )
    return CodingLine(
        document=found["document"].strip(),
        code=found["code"].strip(),
        start=start,
        end=end,
        quote=found.get("quote") or None,
        coder=found.get("coder") or None,
        round=found.get("round") or None,
        facets=_facets(name, number, found.get("facets")),
        memo=found.get("memo") or "",
        line=number,
        weight=_weight(name, number, found.get("weight")),
        provenance=_provenance(name, number, found.get("provenance")),
    )


def _parsed(name: str, number: int, text: str) -> dict[str, Any]:
    if len(text) > MAX_LINE:
        raise MistakeInFile(
            name, number, f"this line has {len(text)} characters", hint="one coding a line"
        )
    try:
        found = json.loads(text, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise MistakeInFile(
            name,
            number,
            f"this is no JSON object: {problem[:80]}",
            hint="one object a line, not a list over several lines",
        ) from error
    if not isinstance(found, dict):
        raise MistakeInFile(
            name,
            number,
            "this is no JSON object",
            hint='one line is {"document": …, "quote": …, "code": …}',
        )
    return found


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _offset(name: str, number: int, key: str, value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MistakeInFile(
            name, number, f"{key} must be a whole number from 0", hint="offsets count characters"
        )
    return value


def _weight(name: str, number: int, value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise MistakeInFile(
            name, number, "weight must be a whole number from 0", hint="for example 40"
        )
    return value


def _provenance(name: str, number: int, value: object) -> str | None:
    known = [one.value for one in (Provenance.INDEPENDENT, *TOLD)]
    if value is not None and value not in known:
        raise MistakeInFile(
            name,
            number,
            f"this provenance is not known: {value!r}"[:120],
            hint="one of " + ", ".join(known),
        )
    return None if value is None or value == Provenance.INDEPENDENT else str(value)


def _facets(name: str, number: int, value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise MistakeInFile(
            name,
            number,
            "facets must be an object of texts",
            hint='for example "facets": {"site": "A"}',
        )
    if any(_has_surrogate(part) for pair in value.items() for part in pair):
        raise MistakeInFile(
            name,
            number,
            "facets contain half a character (a lone surrogate)",
            hint="write the character itself",
        )
    return dict(value)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)
