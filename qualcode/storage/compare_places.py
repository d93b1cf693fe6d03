"""The words and the turns of many places of documents, read in one go."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise
from typing import TypeAlias

import sqlalchemy as sa

from qualcode.core.documents import Turn
from qualcode.storage import tables
from qualcode.storage.compare_columns import joined
from qualcode.storage.database import Connection
from qualcode.storage.rows import in_chunks, names_by_id, table_of

Place: TypeAlias = tuple[int, int, int]
"""A revision's id and the span `[start, end)`."""

Offset: TypeAlias = tuple[int, int]
"""A revision's id and an offset in its text."""

_TEXTS_AT_ONCE = 50
"""So many texts are held at a time: those of a large project need not fit into the memory."""

_WIDTH = 6
_NONE = -1
"""Stands for a speaker or a time that is not known: neither is ever negative."""


def load_words(connection: Connection, places: Iterable[Place]) -> dict[Place, str]:
    """Return the words of each place."""
    revision = table_of(tables.DocumentRevision)
    wanted = _by_revision(places)
    found: dict[Place, str] = {}
    ids = list(wanted)
    for first in range(0, len(ids), _TEXTS_AT_ONCE):
        chunk = ids[first : first + _TEXTS_AT_ONCE]
        query = sa.select(revision.c.id, revision.c.body).where(revision.c.id.in_(chunk))
        for revision_id, body in connection.execute(query).all():
            for start, end in wanted[revision_id]:
                found[revision_id, start, end] = body[start:end]
    return found


def load_turns_at(connection: Connection, starts: Iterable[Offset]) -> dict[Offset, Turn | None]:
    """Return the turn that holds each offset, or the last before it; None before the first."""
    turn = table_of(tables.Turn)
    labels = names_by_id(connection, tables.Speaker, "label")
    wanted: dict[int, list[int]] = defaultdict(list)
    found: dict[Offset, Turn | None] = {}
    for revision_id, offset in dict.fromkeys(starts):
        wanted[revision_id].append(offset)
        found[revision_id, offset] = None
    query = sa.select(turn.c.revision_id, joined(_facts(turn))).group_by(turn.c.revision_id)
    for chunk in in_chunks(wanted):
        rows = connection.execute(query.where(turn.c.revision_id.in_(chunk))).all()
        for revision_id, text in rows:
            turns = _Turns(text)
            for offset in wanted[revision_id]:
                found[revision_id, offset] = turns.at(offset, labels)
    return found


def _facts(turn: sa.Table) -> list[sa.ColumnElement[int]]:
    return [
        turn.c.n,
        turn.c.start_ch,
        turn.c.end_ch,
        sa.func.coalesce(turn.c.speaker_id, _NONE),
        sa.func.coalesce(turn.c.begin_ms, _NONE),
        sa.func.coalesce(turn.c.end_ms, _NONE),
    ]


class _Turns:
    """The turns of one revision as the database writes them: only what is asked for becomes a value."""

    def __init__(self, text: str) -> None:
        numbers = text.split(",")
        self._rows = list(zip(*(iter(numbers),) * _WIDTH, strict=True))
        order = [int(row[0]) for row in self._rows]
        if any(one > other for one, other in pairwise(order)):
            self._rows.sort(key=lambda row: int(row[0]))
        # the turn before the first one that begins behind an offset
        self._begins = list(accumulate((int(row[1]) for row in self._rows), max))

    def at(self, offset: int, labels: Mapping[int, str]) -> Turn | None:
        index = bisect_right(self._begins, offset) - 1
        if index < 0:
            return None
        n, start, end, speaker, begin_ms, end_ms = (int(one) for one in self._rows[index])
        return Turn(
            n,
            start,
            end,
            labels.get(speaker),
            None if begin_ms == _NONE else begin_ms,
            None if end_ms == _NONE else end_ms,
        )


def _by_revision(places: Iterable[Place]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for revision_id, start, end in dict.fromkeys(places):
        found[revision_id].append((start, end))
    return found
