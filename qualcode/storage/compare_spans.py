"""Codings as columns of numbers, for counting over many of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from qualcode.core.cooccurrence import CodedSpans
from qualcode.core.documents import DocumentKind
from qualcode.storage import tables
from qualcode.storage.compare import Layer, in_layer
from qualcode.storage.compare_columns import ranked, read_numbers
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_segments
from qualcode.storage.rows import names_by_id, table_of


def load_coded_spans(connection: Connection, layer: Layer) -> CodedSpans:
    """Return the codings of one layer as arrays; narratives are left out unless a round is named.

    Every coder of every round is a layer of their own in every document: nobody's coding meets somebody else's."""
    import numpy as np

    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    document = table_of(tables.Document)
    rounds = 1 + max(names_by_id(connection, tables.CodingRound, "name"), default=0)
    owners = sa.select(revision.c.id, document.c.name, document.c.kind).join(
        document, document.c.id == revision.c.document_id
    )
    names = {
        row.id: row.name
        for row in connection.execute(owners)
        if layer.round_ is not None or row.kind is not DocumentKind.NARRATIVE
    }
    groups, counts, table = read_numbers(
        connection,
        [
            coding.c.start_ch,
            coding.c.end_ch,
            coding.c.code_id,
            coding.c.coder_id * rounds + coding.c.round_id,
        ],
        in_layer(connection, layer, by_scan=True),
        within=[coding.c.revision_id],
    )
    is_kept = np.array([revision_id in names for (revision_id,) in groups], dtype=bool)
    table, counts = table[np.repeat(is_kept, counts)], counts[is_kept]
    revisions = [key for (key,) in groups if key in names]
    place = np.repeat(np.arange(len(revisions)), counts)
    code_ids, code = ranked(table[:, 2])
    keys = names_by_id(connection, tables.Code, "key")
    _, who = ranked(table[:, 3])
    return CodedSpans(
        layer=place * (int(who.max(initial=0)) + 1) + who,
        document=place,
        start=table[:, 0].copy(),
        end=table[:, 1].copy(),
        code=code,
        codes=tuple(keys[one] for one in code_ids.tolist()),
        documents=tuple(names[one] for one in revisions),
        revisions=tuple(revisions),
    )


def load_units(
    connection: Connection, spans: CodedSpans, unit: str
) -> dict[int, Sequence[tuple[int, int]]]:
    """Return the turns or sentences of each document by its number in the spans."""
    if unit == "turn":
        turns = _turns(connection)
        return {n: turns.get(revision, ()) for n, revision in enumerate(spans.revisions)}
    return {
        n: load_segments(connection, revision_id, unit)
        for n, revision_id in enumerate(spans.revisions)
    }


def _turns(connection: Connection) -> dict[int, list[tuple[int, int]]]:
    """Return the turns of every revision as spans, in order."""
    turn = table_of(tables.Turn)
    query = sa.select(turn.c.revision_id, turn.c.start_ch, turn.c.end_ch)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for revision_id, start, end in connection.execute(
        query.order_by(turn.c.revision_id, turn.c.n)
    ):
        found[revision_id].append((start, end))
    return found
