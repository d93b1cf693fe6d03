"""Codings as columns of numbers, for counting over many of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualcode.core.coding import Provenance
from qualcode.core.cooccurrence import CodedSpans
from qualcode.core.documents import DocumentKind
from qualcode.core.rounds import Round, Visibility
from qualcode.storage import tables
from qualcode.storage.coding import visible
from qualcode.storage.compare import EVERY_CODER, basis_coder
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_segments, load_turns
from qualcode.storage.project import CONSENSUS_CODER, consensus_coder_id
from qualcode.storage.rows import names_by_id, table_of


def load_coded_spans(
    connection: Connection, seen: Visibility, *, basis: str, round_: Round | None = None
) -> CodedSpans:
    """Return the codings of one layer as arrays; narratives are left out unless a round is named.

    Every coder of every round is a layer of their own in every document: nobody's coding meets somebody else's."""
    import numpy as np

    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    document = table_of(tables.Document)
    query = sa.select(
        coding.c.revision_id,
        coding.c.start_ch,
        coding.c.end_ch,
        coding.c.code_id,
        coding.c.coder_id,
        coding.c.round_id,
        coding.c.id,
    ).where(coding.c.live, visible(seen), _of_layer(connection, basis))
    if round_ is not None:
        query = query.where(coding.c.round_id == round_.id)
    rows: Any = connection.execute(query).fetchall()
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    owners = sa.select(revision.c.id, document.c.name, document.c.kind).join(
        document, document.c.id == revision.c.document_id
    )
    names = {
        row.id: row.name
        for row in connection.execute(owners)
        if round_ is not None or row.kind is not DocumentKind.NARRATIVE
    }
    table = table[np.isin(table[:, 0], list(names))]
    revisions, place = np.unique(table[:, 0], return_inverse=True)
    code_ids, code = np.unique(table[:, 3], return_inverse=True)
    keys = names_by_id(connection, tables.Code, "key")
    people = table[:, 4] * (int(table[:, 5].max(initial=0)) + 1) + table[:, 5]
    _, who = np.unique(people, return_inverse=True)
    return CodedSpans(
        layer=place * (int(who.max(initial=0)) + 1) + who,
        document=place,
        start=table[:, 1],
        end=table[:, 2],
        code=code,
        coding_id=table[:, 6],
        codes=tuple(keys[one] for one in code_ids.tolist()),
        documents=tuple(names[one] for one in revisions.tolist()),
        revisions=tuple(revisions.tolist()),
    )


def load_units(
    connection: Connection, spans: CodedSpans, unit: str
) -> dict[int, list[tuple[int, int]]]:
    """Return the turns or sentences of each document by its number in the spans."""
    if unit == "turn":
        return {
            n: [(turn.start, turn.end) for turn in load_turns(connection, revision_id)]
            for n, revision_id in enumerate(spans.revisions)
        }
    return {
        n: list(load_segments(connection, revision_id, unit))
        for n, revision_id in enumerate(spans.revisions)
    }


def _of_layer(connection: Connection, basis: str) -> sa.ColumnElement[bool]:
    coding = table_of(tables.Coding)
    word = basis.casefold()
    if word == CONSENSUS_CODER:
        return coding.c.coder_id == consensus_coder_id(connection)
    if word == EVERY_CODER:
        return coding.c.provenance != Provenance.CONSENSUS
    return coding.c.coder_id == basis_coder(connection, basis)
