"""Codings as columns of numbers, for counting over many of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

import sqlalchemy as sa

from qualcode.core.compare.evidence import Evidence
from qualcode.core.cooccurrence import CodedSpans
from qualcode.core.documents import DocumentKind
from qualcode.storage import tables
from qualcode.storage.compare import Layer, Voices, in_layer, load_evidence
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_segments, load_turns
from qualcode.storage.rows import live_rows, names_by_id, table_of


def load_coded_spans(connection: Connection, layer: Layer) -> CodedSpans:
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
    ).where(in_layer(connection, layer))
    table = _numbers(connection.execute(query), 7)
    owners = sa.select(revision.c.id, document.c.name, document.c.kind).join(
        document, document.c.id == revision.c.document_id
    )
    names = {
        row.id: row.name
        for row in connection.execute(owners)
        if layer.round_ is not None or row.kind is not DocumentKind.NARRATIVE
    }
    is_kept = np.zeros(int(table[:, 0].max(initial=0)) + 1, dtype=bool)
    is_kept[[revision_id for revision_id in names if revision_id < len(is_kept)]] = True
    table = table[is_kept[table[:, 0]]]
    revisions, place = _renumbered(table[:, 0])
    code_ids, code = _renumbered(table[:, 3])
    keys = names_by_id(connection, tables.Code, "key")
    people = table[:, 4] * (int(table[:, 5].max(initial=0)) + 1) + table[:, 5]
    _, who = _renumbered(people)
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


def _renumbered(ids: Any) -> tuple[Any, Any]:
    """Return the different ids in order, and the number of each id among them; ids are small whole numbers."""
    import numpy as np

    is_there = np.bincount(ids, minlength=1) > 0
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[ids]


def _numbers(result: Any, width: int) -> Any:
    """Return all rows of whole numbers as one array; they are taken from the driver as they come, which halves the time."""
    import numpy as np

    rows = result.cursor.fetchall() if result.cursor is not None else []
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
    return flat.reshape(-1, width)


def count_codings(connection: Connection, layer: Layer) -> int:
    """Return how many codings a layer has."""
    query = sa.select(sa.func.count()).select_from(table_of(tables.Coding))
    return int(connection.execute(query.where(in_layer(connection, layer))).scalar_one())


def load_counted(
    connection: Connection, voices: Voices, layer: Layer, *, facet: str | None
) -> tuple[Evidence, ...]:
    """Return the evidence of a layer counted by the database: one piece for each code, interview, coder and facet value.

    Interviews in which several participants speak, and narratives, are read coding by coding."""
    codes = names_by_id(connection, tables.Code, "key")
    coders = names_by_id(connection, tables.Coder, "name")
    rounds = names_by_id(connection, tables.CodingRound, "name")
    values = names_by_id(connection, tables.FacetValue, "key")
    sole = {revision_id: voices.sole(revision_id) for revision_id in voices.owner}
    found = []
    mixed: set[int] = set()
    for row in _counts(connection, layer, facet):
        code_id, revision_id, coder_id, round_id, value_id, count = row
        people = sole[revision_id]
        if people is None:
            mixed.add(revision_id)
            continue
        found.append(
            Evidence(
                0,
                codes[code_id],
                voices.documents[voices.owner[revision_id]],
                revision_id,
                0,
                0,
                people,
                coders[coder_id],
                rounds[round_id],
                {facet: values[value_id]} if facet and value_id is not None else {},
                count=count,
            )
        )
    if mixed:
        found += load_evidence(connection, voices, replace(layer, revisions=frozenset(mixed)))
    return tuple(found)


def _counts(connection: Connection, layer: Layer, facet: str | None) -> Iterable[Any]:
    """Return rows of (code, revision, coder, round, facet value or None, how many)."""
    coding, link = table_of(tables.Coding), table_of(tables.CodingFacet)
    group: list[sa.ColumnElement[Any]] = [
        coding.c.code_id,
        coding.c.revision_id,
        coding.c.coder_id,
        coding.c.round_id,
    ]
    source: sa.FromClause = coding
    value: sa.ColumnElement[Any] = sa.null()
    if facet is not None:
        known = live_rows(connection, tables.Facet, key=facet)
        joined = sa.and_(
            link.c.coding_id == coding.c.id, link.c.live, link.c.facet_id == known[0]["id"]
        )
        source = source.outerjoin(link, joined)
        value = link.c.value_id
    query = sa.select(*group, value, sa.func.count()).select_from(source)
    query = query.where(in_layer(connection, layer))
    return connection.execute(query.group_by(*group, *([value] if facet is not None else [])))
