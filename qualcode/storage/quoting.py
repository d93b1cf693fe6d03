"""Codings as quotations: their words out of the texts, and codings found again by the words that a file names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from qualcode.core.coding import Coding, located
from qualcode.core.compare.evidence import Evidence
from qualcode.core.quotations import NamedCoding, Quotation
from qualcode.core.rounds import Visibility
from qualcode.errors import Refused
from qualcode.storage import tables
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document, load_text
from qualcode.storage.rows import table_of

# Changes of these leave every piece of evidence as it was.
_NO_EVIDENCE = (
    "domain",
    "term",
    "term_contrast",
    "concept",
    "concept_link",
    "concept_link_coding",
    "memo",
    "memo_link",
)


class Texts:
    """The texts of revisions, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts: dict[int, str] = {}

    def words(self, revision_id: int, start: int, end: int) -> str:
        """Return the words `[start, end)` of a revision."""
        if revision_id not in self._texts:
            self._texts[revision_id] = load_text(self._connection, revision_id)
        return self._texts[revision_id][start:end]


def quoted(
    connection: Connection, evidence: Iterable[Evidence], *, bound: Collection[int] = ()
) -> tuple[Quotation, ...]:
    """Return the words behind pieces of evidence, in the order given; `bound` are the codings an analyst chose."""
    texts = Texts(connection)
    return tuple(
        Quotation(
            one.coding_id,
            one.document,
            one.start,
            one.end,
            texts.words(one.revision_id, one.start, one.end),
            one.code,
            one.coder,
            one.round,
            one.participants,
            one.through,
            one.coding_id in bound,
        )
        for one in evidence
    )


def named_codings(
    connection: Connection, seen: Visibility, ids: Sequence[int]
) -> dict[int, NamedCoding]:
    """Return the visible codings of these ids as a file names them."""
    texts = Texts(connection)
    return {
        one.id: NamedCoding(
            one.document,
            one.start,
            one.end,
            texts.words(one.revision_id, one.start, one.end),
            one.code,
            one.coder,
            one.round,
        )
        for one in load_codings(connection, seen, ids=list(ids), with_facets=False)
    }


def find_named(connection: Connection, seen: Visibility, wanted: NamedCoding) -> Coding:
    """Return the one visible coding that a file names: its words must stand where they are said to stand.

    UnknownName or SpanError when the words are not there; Refused when no coding stands on them, or several do."""
    document = find_document(connection, wanted.document)
    text = load_text(connection, document.revision_id)
    span = located(text, document.name, quote=wanted.quote, start=wanted.start, end=wanted.end)
    standing = load_codings(
        connection,
        seen,
        with_facets=False,
        revision_id=document.revision_id,
        start_ch=span.start,
        end_ch=span.end,
    )
    found = [one for one in standing if wanted.fits(one, (span.start, span.end))]
    place = f"{document.name} {span.start}–{span.end}"
    if not found:
        held = ", ".join(f"{one.code} by {one.coder}" for one in standing)
        raise Refused(
            f"no such coding stands on {place}",
            hint=f"there are: {held}" if held else "import the codings first",
        )
    if len(found) > 1:
        held = ", ".join(f"{one.code} by {one.coder} in {one.round}" for one in found)
        raise Refused(f"several codings stand on {place}", hint=f"name one of {held}")
    return found[0]


def evidence_state(connection: Connection) -> int:
    """Return a number that changes whenever codings, or what is known of who speaks, may have changed."""
    event = table_of(tables.Event)
    query = (
        sa.select(event.c.seq)
        .where(event.c.entity.not_in(_NO_EVIDENCE))
        .order_by(event.c.seq.desc())
        .limit(1)
    )
    return int(connection.execute(query).scalar() or 0)
