"""How many codings a layer has, which of them repeat others, and what was coded first."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from qualcode.core.compare.evidence import Evidence
from qualcode.storage import tables
from qualcode.storage.compare import Layer, Voices, in_layer, load_evidence
from qualcode.storage.compare_columns import read_numbers
from qualcode.storage.database import Connection
from qualcode.storage.rows import names_by_id, table_of

MANY = 5_000
"""Above this many codings they are read as columns of numbers: a value of Python for each would take too long."""

VERY_MANY = 50_000
"""Above this many codings comparisons count them and do not read each."""


class Size(enum.Enum):
    """How many codings a layer has, and so how it is read."""

    FEW = "few"
    MANY = "many"
    VERY_MANY = "very many"


def size_of(connection: Connection, layer: Layer) -> Size:
    """Return how many codings a layer has, as far as it matters."""
    some = sa.select(table_of(tables.Coding).c.id).where(in_layer(connection, layer))
    query = sa.select(sa.func.count()).select_from(some.limit(VERY_MANY + 1).subquery())
    found = int(connection.execute(query).scalar_one())
    if found > VERY_MANY:
        return Size.VERY_MANY
    return Size.MANY if found > MANY else Size.FEW


def load_codes_in_order(
    connection: Connection, voices: Voices, layer: Layer
) -> dict[str, list[str]]:
    """Return the different codes of each interview that has any, in the order in which they are first given there.

    Codes that begin together stand by their end, then by name."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for document, code, start, end in _firsts(connection, voices, layer):
        known = found.setdefault(document, {})
        known[code] = min(known.get(code, (start, end)), (start, end))
    return {
        document: [code for _, code in sorted((place, code) for code, place in codes.items())]
        for document, codes in found.items()
    }


def _firsts(
    connection: Connection, voices: Voices, layer: Layer
) -> Iterator[tuple[str, str, int, int]]:
    """Yield (interview, code, start, end) for all codings of a layer, or of many for the first of each code."""
    if size_of(connection, layer) is Size.FEW:
        for one in load_evidence(connection, voices, layer):
            yield one.document, one.code, one.start, one.end
        return
    import numpy as np

    coding = table_of(tables.Coding)
    keys = names_by_id(connection, tables.Code, "key")
    groups, sizes, table = read_numbers(
        connection,
        [coding.c.start_ch, coding.c.end_ch, coding.c.code_id],
        in_layer(connection, layer, by_scan=True),
        within=[coding.c.revision_id],
    )
    first = 0
    for (revision_id,), size in zip(groups, sizes.tolist(), strict=True):
        here = table[first : first + size]
        first += size
        document = voices.documents.get(voices.owner[revision_id])
        if document is None:
            continue
        here = here[np.lexsort((here[:, 1], here[:, 0]))]
        _, at = np.unique(here[:, 2], return_index=True)
        for start, end, code_id in here[at].tolist():
            yield document, keys[code_id], start, end
    for one in from_narratives(connection, voices, layer):
        yield one.document, one.code, one.start, one.end


def repeated_codings(connection: Connection, layer: Layer) -> list[int]:
    """Return the ids of codings of a layer that repeat an earlier one of the same coder in another round."""
    coding = table_of(tables.Coding)
    some = sa.select(coding.c.id).where(in_layer(connection, layer))
    rounds = [
        round_id
        for round_id in names_by_id(connection, tables.CodingRound, "name")
        if connection.execute(some.where(coding.c.round_id == round_id).limit(1)).first()
    ]
    if len(rounds) < 2:
        return []
    same = [
        coding.c[name] for name in ("revision_id", "start_ch", "end_ch", "code_id", "coder_id")
    ]
    ids = sa.func.aggregate_strings(sa.cast(coding.c.id, sa.Text), ",")
    query = (
        sa.select(ids)
        .where(in_layer(connection, layer, by_scan=True))
        .group_by(*same)
        .having(sa.func.count() > 1)
    )
    return [
        repeated
        for (text,) in connection.execute(query)
        for repeated in sorted(int(one) for one in text.split(","))[1:]
    ]


def from_narratives(connection: Connection, voices: Voices, layer: Layer) -> Iterator[Evidence]:
    """Yield the stretches of interviews that codings of narratives cover, as far as nobody's coding says so there."""
    narratives = frozenset(
        revision for revision, owner in voices.owner.items() if owner not in voices.documents
    )
    if not narratives:
        return
    coding = table_of(tables.Coding)
    names = (
        names_by_id(connection, tables.Code, "key"),
        names_by_id(connection, tables.Coder, "name"),
    )
    standing: dict[int, set[tuple[int, int, str, str]]] = {}
    for one in load_evidence(connection, voices, replace(layer, revisions=narratives)):
        if one.through is None:
            continue
        if one.revision_id not in standing:
            query = sa.select(
                coding.c.start_ch, coding.c.end_ch, coding.c.code_id, coding.c.coder_id
            ).where(in_layer(connection, layer), coding.c.revision_id == one.revision_id)
            standing[one.revision_id] = {
                (start, end, names[0][code], names[1][coder])
                for start, end, code, coder in connection.execute(query)
            }
        if (one.start, one.end, one.code, one.coder) not in standing[one.revision_id]:
            yield one
