"""Decisions about discrepancies as JSONL: one object a line, the place named by its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qualcode.core.reconcile import Outcome
from qualcode.errors import MistakeInFile, nearest_hint
from qualcode.formats.jsonl import mapping_of, read_objects, text_of, texts_of

_FIELDS = (
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
)
_REQUIRED = ("document", "quote", "code", "outcome")


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """One decision of a file. `keep` names a coder, or the coder of each code; `new_code` is (parent, name); `line` counts from 1."""

    line: int
    document: str
    quote: str
    code: str
    outcome: Outcome
    keep: str | dict[str, str] | None = None
    result_code: str | None = None
    new_code: tuple[str, str] | None = None
    span_quote: str | None = None
    facets: dict[str, str] = field(default_factory=dict)
    rationale: str = ""
    took_part: tuple[str, ...] = ()


def read_decisions(name: str, content: bytes) -> list[DecisionEntry]:
    """Return the decisions of a file in order; MistakeInFile at the first line that is none."""
    return [
        _entry(name, number, given)
        for number, given in read_objects(name, content, fields=_FIELDS, required=_REQUIRED)
    ]


def _entry(name: str, number: int, given: dict[str, Any]) -> DecisionEntry:
    try:
        outcome = Outcome(given["outcome"])
    except ValueError:
        hint = nearest_hint("outcome", given["outcome"], [item.value for item in Outcome])
        problem = f"unknown outcome {given['outcome']!r}"
        raise MistakeInFile(name, number, problem, hint=hint) from None
    return DecisionEntry(
        line=number,
        document=given["document"],
        quote=given["quote"],
        code=given["code"],
        outcome=outcome,
        keep=_keep(name, number, given),
        result_code=text_of(name, number, given, "result_code"),
        new_code=_new_code(name, number, given),
        span_quote=text_of(name, number, given, "span_quote"),
        facets=mapping_of(name, number, given, "facets"),
        rationale=text_of(name, number, given, "rationale") or "",
        took_part=texts_of(name, number, given, "took_part"),
    )


def _keep(name: str, number: int, given: dict[str, Any]) -> str | dict[str, str] | None:
    if isinstance(given.get("keep"), dict):
        return mapping_of(name, number, given, "keep")
    return text_of(name, number, given, "keep")


def _new_code(name: str, number: int, given: dict[str, Any]) -> tuple[str, str] | None:
    found = mapping_of(name, number, given, "new_code")
    if not found:
        return None
    if set(found) == {"parent", "name"} and all(found.values()):
        return found["parent"], found["name"]
    hint = '{"parent": "benefit", "name": "…"}'
    raise MistakeInFile(name, number, "new_code is unclear", hint=hint)
