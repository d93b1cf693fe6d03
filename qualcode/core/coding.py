"""Codings: one coder's claim that a span of a document means a code."""

from __future__ import annotations

import enum
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from qualcode.errors import SpanError


class Provenance(enum.StrEnum):
    """How a coding came about. Only `independent` codings count for agreement."""

    INDEPENDENT = "independent"
    AFTER_SUGGESTION = "after_suggestion"
    ACCEPTED_SUGGESTION = "accepted_suggestion"
    IMPORTED = "imported"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding with its names resolved. `start`, `end`: half-open, in code points of the revision's text."""

    id: int
    uid: uuid.UUID
    document: str
    revision_id: int
    start: int
    end: int
    code: str
    coder: str
    round: str
    provenance: Provenance = Provenance.INDEPENDENT
    version: int = 1
    code_version: int = 1
    created_at: datetime | None = None
    facets: dict[str, str] = field(default_factory=dict)
    decision_id: int | None = None
    weight: int | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch `[start, end)` of a text, in code points."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def checked_span(start: int, end: int, length: int, document: str) -> Span:
    """Return the span, or SpanError when it is empty, turned round or outside a text of `length` code points."""
    if start < 0 or end > length:
        raise SpanError(
            f"span {start}–{end} lies outside {document}, which has {length} characters",
            hint="offsets count characters from 0; the end is not included",
        )
    if end <= start:
        raise SpanError(
            f"span {start}–{end} of {document} is empty",
            hint="the end must be greater than the start",
        )
    return Span(start, end)


def locate_quote(text: str, quote: str, document: str) -> Span:
    """Return the only place where the quote stands word for word; SpanError when nowhere or more than once."""
    if not quote.strip():
        raise SpanError(f"empty quote for {document}", hint="give the words of the passage")
    start = text.find(quote)
    if start < 0:
        raise SpanError(
            f"the quote {shortened(quote)!r} is not in {document}",
            hint="a quote must match the text letter for letter; check spaces and quotation marks",
        )
    if text.find(quote, start + 1) >= 0:
        raise SpanError(
            f"the quote {shortened(quote)!r} stands more than once in {document}",
            hint="give start and end as well, or a longer quote",
        )
    return Span(start, start + len(quote))


def located(
    text: str, document: str, *, quote: str | None, start: int | None, end: int | None
) -> Span:
    """Return the span meant by a quote, by offsets, or by both (then they must match). SpanError otherwise."""
    if start is None or end is None:
        if quote is None:
            raise SpanError(
                f"no place is named in {document}", hint="give a quote, or start and end"
            )
        return locate_quote(text, quote, document)
    span = checked_span(start, end, len(text), document)
    if quote is not None and text[span.start : span.end] != quote:
        raise SpanError(
            f"the text of {document} at {start}–{end} is {shortened(text[span.start : span.end])!r}, "
            f"not {shortened(quote)!r}",
            hint="leave start and end out to find the quote by its words",
        )
    return span


def shortened(text: str, width: int = 60) -> str:
    """Return the text on one line, cut to `width` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
