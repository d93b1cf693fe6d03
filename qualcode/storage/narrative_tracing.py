"""Which narratives repeat a stretch of an interview, how often a narrative was built, and how much stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qualcode.core.narrative import PassagePlace
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.rows import in_chunks, table_of


@dataclass(frozen=True, slots=True)
class RepeatedPlace:
    """A passage of a narrative's newest text that repeats words of an interview; `number` counts from 1."""

    document_id: int
    revision_id: int
    number: int
    place: PassagePlace


@dataclass(frozen=True, slots=True)
class Built:
    """How often a narrative's text was built, when it was last, and how many passages and pieces of prose it holds."""

    versions: int
    last: datetime
    passages: int
    prose: int


def passages_repeating(
    connection: Connection, source_revision_id: int, start: int, end: int, newest: Iterable[int]
) -> tuple[RepeatedPlace, ...]:
    """Return the passages, of these newest revisions, that repeat something of `[start, end)` of an interview."""
    passage, revision = table_of(tables.NarrativePassage), table_of(tables.DocumentRevision)
    found = []
    for chunk in in_chunks(newest):
        query = (
            sa.select(passage, revision.c.document_id)
            .join(revision, revision.c.id == passage.c.revision_id)
            .where(
                passage.c.source_revision_id == source_revision_id,
                passage.c.source_start < end,
                passage.c.source_end > start,
                passage.c.revision_id.in_(chunk),
            )
            .order_by(passage.c.revision_id, passage.c.n)
        )
        for row in connection.execute(query):
            place = PassagePlace(
                row.start_ch, row.end_ch, row.source_revision_id, row.source_start, row.coding_id
            )
            found.append(RepeatedPlace(row.document_id, row.revision_id, row.n, place))
    return tuple(found)


def how_built(connection: Connection) -> dict[int, Built]:
    """Return, for every live narrative's id, what is counted of it without looking at its evidence."""
    narrative, revision = table_of(tables.Narrative), table_of(tables.DocumentRevision)
    passage, prose = table_of(tables.NarrativePassage), table_of(tables.NarrativeProse)
    newest = (
        sa.select(revision.c.document_id, sa.func.max(revision.c.id).label("id"))
        .where(revision.c.live)
        .group_by(revision.c.document_id)
        .subquery()
    )
    counted = (
        sa.select(newest.c.document_id, sa.func.count(passage.c.id))
        .join(passage, passage.c.revision_id == newest.c.id)
        .group_by(newest.c.document_id)
    )
    passages = {document: count for document, count in connection.execute(counted)}
    written = (
        sa.select(prose.c.narrative_id, sa.func.count())
        .where(prose.c.live)
        .group_by(prose.c.narrative_id)
    )
    pieces = {narrative_id: count for narrative_id, count in connection.execute(written)}
    query = (
        sa.select(
            narrative.c.id,
            narrative.c.document_id,
            sa.func.count(revision.c.id).label("versions"),
            sa.type_coerce(sa.func.max(revision.c.created_at), revision.c.created_at.type).label(
                "last"
            ),
        )
        .join(revision, revision.c.document_id == narrative.c.document_id)
        .where(narrative.c.live, revision.c.live)
        .group_by(narrative.c.id, narrative.c.document_id)
    )
    return {
        row.id: Built(
            row.versions, row.last, passages.get(row.document_id, 0), pieces.get(row.id, 0)
        )
        for row in connection.execute(query)
    }
