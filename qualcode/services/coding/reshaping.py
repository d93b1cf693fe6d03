"""One coding made into two, and several into one: each is one command, taken back by one undo."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.coding import Coding, Span, checked_span
from qualcode.core.rounds import everything_to
from qualcode.errors import Refused
from qualcode.services.coding.applying import own_coding
from qualcode.services.coding.reading import coding_of
from qualcode.storage import coding as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.documents import find_document, load_text
from qualcode.storage.memos import move_memos
from qualcode.storage.project import Project


def split_coding(project: Project, coding_id: int, *, at: int) -> tuple[Coding, Coding]:
    """Split one of the actor's own codings before the code point `at`; blanks before it belong to neither part.

    Both parts keep code, facets, weight, flag and provenance; memos stay with the first. Refused where `at` does not
    lie inside, and where one of the parts stands already."""
    with project.writing("coding split") as writer:
        coding = own_coding(writer, project, coding_id)
        if not coding.start < at < coding.end:
            raise Refused(
                "the second part must begin inside the coding",
                hint="select the first word of its second part",
            )
        document = find_document(writer.connection, coding.document)
        text = load_text(writer.connection, document.revision_id)[coding.start : at]
        first = Span(coding.start, coding.start + max(len(text.rstrip()), 1))
        second = Span(at, coding.end)
        if any(store.stands_alike(writer.connection, coding.id, one) for one in (first, second)):
            raise Refused(
                f"a coding of {coding.code} stands on one of the parts already",
                hint="remove it, or split elsewhere",
            )
        store.change_coding(writer, coding, span=first)
        made = store.add_alike(writer, coding.id, second)
        codebook = load_codebook(writer.connection)
        store.set_facets(writer, codebook, made, dict(coding.facets))
        seen = everything_to(project.actor)
        return coding_of(writer.connection, seen, coding.id), coding_of(
            writer.connection, seen, made
        )


def join_codings(project: Project, coding_ids: Sequence[int]) -> Coding:
    """Join the actor's own codings of one code in one document and round into the one that begins first.

    It reaches from the first beginning to the last end and keeps its own facets, weight and flag; the memos of all
    come along. Refused where they differ in code, document, round or facets."""
    with project.writing("codings joined") as writer:
        parts = sorted(
            (own_coding(writer, project, one) for one in dict.fromkeys(coding_ids)),
            key=lambda one: (one.start, one.id),
        )
        if len(parts) < 2:
            raise Refused("one coding alone cannot be joined", hint="name two or more")
        first, others = parts[0], parts[1:]
        for other in others:
            _refuse_unlike(first, other)
        for other in others:
            move_memos(writer, other.uid, to=first.uid)
            store.remove_coding(writer, other.id)
        document = find_document(writer.connection, first.document)
        end = max(one.end for one in parts)
        span = checked_span(first.start, end, document.length, document.name)
        if span.end != first.end:
            store.change_coding(writer, first, span=span)
        return coding_of(writer.connection, everything_to(project.actor), first.id)


def _refuse_unlike(first: Coding, other: Coding) -> None:
    if (first.code, first.document, first.round) != (other.code, other.document, other.round):
        raise Refused(
            "only codings of one code in one document and round can be joined",
            hint="give them the same code first",
        )
    if first.facets != other.facets:
        raise Refused(
            f"the codings of {first.code} differ in their facets",
            hint="answer the facets of one of them anew, then join",
        )
