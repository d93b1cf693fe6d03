"""Reading codings: which the actor may see, the words they stand on, and where a quotation is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.core.coding import Coding, Provenance, located
from qualcode.core.rounds import Visibility
from qualcode.errors import Refused
from qualcode.storage import coding as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document, load_text
from qualcode.storage.project import Project, find_coder
from qualcode.storage.rounds import find_round, visible_to


@dataclass(frozen=True, slots=True)
class QuotedCoding:
    """A coding with its quotation."""

    coding: Coding
    quote: str


def list_codings(
    project: Project,
    *,
    document: str | None = None,
    round: str | None = None,
    coder: str | None = None,
    code: str | None = None,
    with_consensus: bool = False,
) -> tuple[Coding, ...]:
    """Return the codings that the actor may see, in document order; `code` takes in everything below it."""
    with project.reading() as connection:
        equal = _filters(connection, document=document, round=round, coder=coder, code=code)
        found = store.load_codings(connection, visible_to(connection, project.actor), **equal)
    if with_consensus:
        return found
    return tuple(one for one in found if one.provenance is not Provenance.CONSENSUS)


def quote_codings(project: Project, codings: Iterable[Coding]) -> tuple[QuotedCoding, ...]:
    """Return the codings with the words they stand on."""
    texts: dict[int, str] = {}
    quoted = []
    with project.reading() as connection:
        for coding in codings:
            if coding.revision_id not in texts:
                texts[coding.revision_id] = load_text(connection, coding.revision_id)
            text = texts[coding.revision_id]
            quoted.append(QuotedCoding(coding, text[coding.start : coding.end]))
    return tuple(quoted)


def read_codings(project: Project, ids: Sequence[int]) -> tuple[Coding, ...]:
    """Return those codings of these ids that stand and that the actor may see, in document order."""
    with project.reading() as connection:
        return store.load_few(connection, visible_to(connection, project.actor), ids)


def find_coding(project: Project, coding_id: int) -> Coding:
    """Return one visible coding; Refused when there is none of this id (or it may not be seen)."""
    with project.reading() as connection:
        return coding_of(connection, visible_to(connection, project.actor), coding_id)


def locate(
    project: Project, document: str, *, quote: str | None, start: int | None, end: int | None
) -> tuple[int, int]:
    """Return the span meant by a quote, by offsets, or by both (then they must match). SpanError otherwise."""
    with project.reading() as connection:
        found = find_document(connection, document)
        text = load_text(connection, found.revision_id)
    span = located(text, found.name, quote=quote, start=start, end=end)
    return span.start, span.end


def code_counts(
    project: Project, *, round: str | None = None, document: str | None = None
) -> dict[str, int]:
    """Return how many codings the actor may see for each code, by key."""
    with project.reading() as connection:
        equal = _filters(connection, document=document, round=round)
        return store.count_by_code(connection, visible_to(connection, project.actor), **equal)


def use_of_codes(project: Project, *, round: str) -> dict[str, int]:
    """Return how many codings of each code the actor has made in a round, by key, in the order of first use."""
    with project.reading() as connection:
        round_id = find_round(connection, round).id
        return store.use_of_codes(connection, coder_id=project.actor.id, round_id=round_id)


def codings_per_document(project: Project, *, round: str) -> dict[str, int]:
    """Return how many codings the actor has made on each document in a round; documents without one are left out."""
    with project.reading() as connection:
        round_id = find_round(connection, round).id
        return store.codings_per_document(connection, coder_id=project.actor.id, round_id=round_id)


def coding_of(connection: Connection, seen: Visibility, coding_id: int) -> Coding:
    """Return the coding of this id; Refused when there is none, or it may not be seen."""
    found = store.load_few(connection, seen, [coding_id])
    if not found:
        raise Refused(
            f"there is no coding {coding_id}", hint="`qualcode coding list` shows which exist"
        )
    return found[0]


def _filters(connection: Connection, **names: str | None) -> dict[str, Any]:
    equal: dict[str, Any] = {}
    if names.get("document"):
        equal["revision_id"] = find_document(connection, str(names["document"])).revision_id
    if names.get("round"):
        equal["round_id"] = find_round(connection, str(names["round"])).id
    if names.get("coder"):
        equal["coder_id"] = find_coder(connection, str(names["coder"])).id
    if names.get("code"):
        codebook = load_codebook(connection)
        branch = codebook.branch(codebook.find(str(names["code"])).key)
        equal["code_id"] = [codebook.by_key[key].id for key in branch]
    return equal
