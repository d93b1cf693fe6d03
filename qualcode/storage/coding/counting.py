"""How many codings there are: by code, by document, of everybody who may be seen or of one coder."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualcode.core.coding import Provenance
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.coding.reading import visible
from qualcode.storage.database import Connection
from qualcode.storage.rows import names_by_id, table_of


def count_by_code(connection: Connection, seen: Visibility, **equal: Any) -> dict[str, int]:
    """Return how many visible live codings each code has, by key; codes without one are left out."""
    coding, code = table_of(tables.Coding), table_of(tables.Code)
    query = (
        sa.select(code.c.key, sa.func.count())
        .join(code, code.c.id == coding.c.code_id)
        .where(coding.c.live, visible(seen), coding.c.provenance != Provenance.CONSENSUS)
        .group_by(code.c.key)
    )
    for column, value in equal.items():
        query = query.where(coding.c[column] == value)
    return {key: value for key, value in connection.execute(query)}


def count_by_document(connection: Connection, seen: Visibility) -> dict[str, int]:
    """Return how many visible codings each document has, by its name."""
    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    document = table_of(tables.Document)
    query = (
        sa.select(document.c.name, sa.func.count())
        .select_from(coding)
        .join(revision, revision.c.id == coding.c.revision_id)
        .join(document, document.c.id == revision.c.document_id)
        .where(coding.c.live, visible(seen), coding.c.provenance != Provenance.CONSENSUS)
        .group_by(document.c.name)
    )
    return {key: value for key, value in connection.execute(query)}


def use_of_codes(connection: Connection, *, coder_id: int, round_id: int) -> dict[str, int]:
    """Return how many live codings a coder has of each code in a round, by key, in the order of first use."""
    coding = table_of(tables.Coding)
    first = sa.func.min(coding.c.id)
    # `+ 0` keeps SQLite from looking up every one of the coder's rows: the index by code answers alone
    query = (
        sa.select(coding.c.code_id, sa.func.count(), first)
        .where(coding.c.live, coding.c.coder_id + 0 == coder_id, coding.c.round_id + 0 == round_id)
        .group_by(coding.c.code_id)
        .order_by(first)
    )
    rows = connection.execute(query).all()
    keys = names_by_id(connection, tables.Code, "key") if rows else {}
    return {keys[code_id]: count for code_id, count, _ in rows}


def codings_per_document(
    connection: Connection, *, coder_id: int, round_id: int
) -> dict[str, int]:
    """Return how many live codings a coder has on each document in a round, by its name."""
    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    document = table_of(tables.Document)
    counted = (
        sa.select(coding.c.revision_id, sa.func.count().label("n"))
        .where(coding.c.live, coding.c.coder_id == coder_id, coding.c.round_id == round_id)
        .group_by(coding.c.revision_id)
        .subquery()
    )
    query = (
        sa.select(document.c.name, sa.func.sum(counted.c.n))
        .select_from(counted)
        .join(revision, revision.c.id == counted.c.revision_id)
        .join(document, document.c.id == revision.c.document_id)
        .group_by(document.c.name)
    )
    return {name: int(n) for name, n in connection.execute(query)}
