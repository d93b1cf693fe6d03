"""Decisions about discrepancies as JSONL: one object a line, the place named by its words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from qualcode.core.reconcile import Outcome
from qualcode.errors import MistakeInFile, nearest_hint
from qualcode.formats.decoding import decode_text

_FIELDS = frozenset(
    {
        "document",
        "quote",
        "code",
        "outcome",
        "keep",
        "result_code",
        "new_code",
        "span_quote",
        "facets",
        "rationale",
        "took_part",
    }
)


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """One decision of a file. `new_code` is (parent, name); `line` counts from 1."""

    line: int
    document: str
    quote: str
    code: str
    outcome: Outcome
    keep: str | None = None
    result_code: str | None = None
    new_code: tuple[str, str] | None = None
    span_quote: str | None = None
    facets: dict[str, str] = field(default_factory=dict)
    rationale: str = ""
    took_part: tuple[str, ...] = ()


def read_decisions(name: str, content: bytes) -> list[DecisionEntry]:
    """Return the decisions of a file in order; MistakeInFile at the first line that is none."""
    entries = []
    for number, line in enumerate(decode_text(name, content).text.split("\n"), start=1):
        if line.strip():
            entries.append(_entry(name, number, line))
    return entries


def _entry(name: str, number: int, line: str) -> DecisionEntry:
    try:
        given = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise MistakeInFile(name, number, "this is not JSON", hint="one object a line") from None
    if not isinstance(given, dict):
        raise MistakeInFile(name, number, "not an object", hint='{"document": …}')
    for key in given:
        if key not in _FIELDS:
            hint = nearest_hint("field", key, sorted(_FIELDS))
            raise MistakeInFile(name, number, f"unknown field {key!r}", hint=hint)
    for key in ("document", "quote", "code", "outcome"):
        if not isinstance(given.get(key), str) or not given[key]:
            raise MistakeInFile(name, number, f"{key} is missing", hint="a text is expected")
    try:
        outcome = Outcome(given["outcome"])
    except ValueError:
        hint = nearest_hint("outcome", given["outcome"], [item.value for item in Outcome])
        raise MistakeInFile(
            name, number, f"unknown outcome {given['outcome']!r}", hint=hint
        ) from None
    return DecisionEntry(
        line=number,
        document=given["document"],
        quote=given["quote"],
        code=given["code"],
        outcome=outcome,
        keep=given.get("keep"),
        result_code=given.get("result_code"),
        new_code=_new_code(name, number, given.get("new_code")),
        span_quote=given.get("span_quote"),
        facets=dict(given.get("facets") or {}),
        rationale=str(given.get("rationale") or ""),
        took_part=tuple(given.get("took_part") or ()),
    )


def _new_code(name: str, number: int, given: Any) -> tuple[str, str] | None:
    if given is None:
        return None
    if isinstance(given, dict) and isinstance(given.get("parent"), str) and given.get("name"):
        return given["parent"], str(given["name"])
    raise MistakeInFile(
        name, number, "new_code is unclear", hint='{"parent": "benefit", "name": "…"}'
    )
