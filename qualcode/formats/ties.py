"""An analyst's review of proposed ties as JSONL: one object a line, the passage named by its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.errors import MistakeInFile
from qualcode.formats.jsonl import mapping_of, read_objects, text_of

_FIELDS = ("document", "quote", "code", "source", "target", "review", "reason", "set")
_REQUIRED = ("document", "quote", "source", "target", "review")
REVIEWS = ("confirmed", "rejected", "undecided", "added")


@dataclass(frozen=True, slots=True)
class TieReview:
    """One judgement: a proposal confirmed or rejected, or a tie the rules did not propose, added by the analyst.

    `fields` are set before it is confirmed; `code` names the evidence of an added tie."""

    line: int
    document: str
    quote: str
    source: str
    target: str
    review: str
    code: str | None = None
    reason: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def read_tie_reviews(name: str, content: bytes) -> list[TieReview]:
    """Return the reviews of a file in order; MistakeInFile at the first line that is none."""
    found = []
    for number, given in read_objects(name, content, fields=_FIELDS, required=_REQUIRED):
        if given["review"] not in REVIEWS:
            raise MistakeInFile(
                name, number, f"unknown review {given['review']!r}", hint=", ".join(REVIEWS)
            )
        code = text_of(name, number, given, "code")
        if given["review"] == "added" and code is None:
            hint = 'name the evidence: "code": "collaboration.…"'
            raise MistakeInFile(name, number, "an added tie needs its code", hint=hint)
        found.append(
            TieReview(
                line=number,
                document=given["document"],
                quote=given["quote"],
                source=given["source"],
                target=given["target"],
                review=given["review"],
                code=code,
                reason=text_of(name, number, given, "reason") or "",
                fields=mapping_of(name, number, given, "set"),
            )
        )
    return found
