"""Codings and their facets as values. Every reader takes a `Visibility`: blindness is decided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from qualcode.core.coding import Coding
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.rows import in_chunks, names_by_id, table_of

# What a coding is made of, in this order; rows are taken apart by place, which is several times faster than by name.
_COLUMNS = (
    "id",
    "uid",
    "revision_id",
    "start_ch",
    "end_ch",
    "code_id",
    "coder_id",
    "round_id",
    "provenance",
    "version",
    "code_version",
    "created_at",
    "decision_id",
    "weight",
    "flagged",
)
_REVISION, _CODE, _CODER, _ROUND = (
    _COLUMNS.index(name) for name in ("revision_id", "code_id", "coder_id", "round_id")
)


def visible(seen: Visibility) -> sa.ColumnElement[bool]:
    """Return the condition under which a coding may be shown to the viewer."""
    coding = table_of(tables.Coding)
    if not seen.hidden_rounds:
        return sa.true()
    return sa.or_(
        coding.c.round_id.not_in(sorted(seen.hidden_rounds)), coding.c.coder_id == seen.viewer_id
    )


def load_codings(
    connection: Connection,
    seen: Visibility,
    *,
    ids: Sequence[int] | None = None,
    with_facets: bool = True,
    even_removed: bool = False,
    **equal: Any,
) -> tuple[Coding, ...]:
    """Return visible codings in document order; `equal` names columns such as revision_id, round_id, coder_id.

    A value that is a tuple or list means any of these. Only live codings, unless `even_removed`."""
    coding = table_of(tables.Coding)
    query = sa.select(*_columns()).where(visible(seen))
    if not even_removed:
        query = query.where(coding.c.live)
    for column, value in equal.items():
        if isinstance(value, list | tuple):
            query = query.where(coding.c[column].in_(value))
        else:
            query = query.where(coding.c[column] == value)
    query = query.order_by(coding.c.revision_id, coding.c.start_ch, coding.c.end_ch, coding.c.id)
    if ids is None:
        rows = connection.execute(query).all()
    else:
        rows = [
            row
            for chunk in in_chunks(ids)
            for row in connection.execute(query.where(coding.c.id.in_(chunk)))
        ]
    facets = load_facets(connection, [row[0] for row in rows]) if with_facets else {}
    names = _Names(connection)
    return tuple(names.coding(row, facets.get(row[0], {})) for row in rows)


def load_few(connection: Connection, seen: Visibility, ids: Sequence[int]) -> tuple[Coding, ...]:
    """Return those of a few codings that are live and visible, in document order: in one statement, for the hot path."""
    found: dict[int, Coding] = {}
    for *row, document, code, coder, round_, facet, answer in connection.execute(
        _few_query(), {"ids": list(ids)}
    ):
        if not seen.shows(row[_ROUND], row[_CODER]):
            continue
        coding = found.get(row[0])
        if coding is None:
            coding = found[row[0]] = _coding(row, (document, code, coder, round_), {})
        if facet is not None:
            coding.facets[facet] = answer
    return tuple(found.values())


def load_facets(connection: Connection, coding_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return facet → value (keys) for each of these codings."""
    link, facet, value = (
        table_of(tables.CodingFacet),
        table_of(tables.Facet),
        table_of(tables.FacetValue),
    )
    query = (
        sa.select(link.c.coding_id, facet.c.key, value.c.key)
        .join(facet, facet.c.id == link.c.facet_id)
        .join(value, value.c.id == link.c.value_id)
        .where(link.c.live)
        .order_by(facet.c.sort)
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for chunk in in_chunks(coding_ids):
        for coding_id, key, chosen in connection.execute(query.where(link.c.coding_id.in_(chunk))):
            found[coding_id][key] = chosen
    return found


@cache
def _few_query() -> sa.Select[Any]:
    coding, link = table_of(tables.Coding), table_of(tables.CodingFacet)
    facet, value = table_of(tables.Facet), table_of(tables.FacetValue)
    revision, document = table_of(tables.DocumentRevision), table_of(tables.Document)
    code, coder = table_of(tables.Code), table_of(tables.Coder)
    round_ = table_of(tables.CodingRound)
    return (
        sa.select(
            *_columns(),
            document.c.name,
            code.c.key,
            coder.c.name,
            round_.c.name,
            facet.c.key,
            value.c.key,
        )
        .select_from(coding)
        .join(revision, revision.c.id == coding.c.revision_id)
        .join(document, document.c.id == revision.c.document_id)
        .join(code, code.c.id == coding.c.code_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .join(round_, round_.c.id == coding.c.round_id)
        .outerjoin(link, sa.and_(link.c.coding_id == coding.c.id, link.c.live))
        .outerjoin(facet, facet.c.id == link.c.facet_id)
        .outerjoin(value, value.c.id == link.c.value_id)
        .where(coding.c.live, coding.c.id.in_(sa.bindparam("ids", expanding=True)))
        .order_by(coding.c.revision_id, coding.c.start_ch, coding.c.end_ch, coding.c.id)
        .order_by(facet.c.sort)
    )


class _Names:
    """The names that ids stand for, read once for one reading."""

    def __init__(self, connection: Connection) -> None:
        revision = table_of(tables.DocumentRevision)
        documents = names_by_id(connection, tables.Document, "name")
        owner = connection.execute(sa.select(revision.c.id, revision.c.document_id))
        self.document_of_revision = {row_id: documents[document] for row_id, document in owner}
        self.codes = names_by_id(connection, tables.Code, "key")
        self.coders = names_by_id(connection, tables.Coder, "name")
        self.rounds = names_by_id(connection, tables.CodingRound, "name")

    def coding(self, row: Sequence[Any], facets: dict[str, str]) -> Coding:
        names = (
            self.document_of_revision[row[_REVISION]],
            self.codes[row[_CODE]],
            self.coders[row[_CODER]],
            self.rounds[row[_ROUND]],
        )
        return _coding(row, names, facets)


def _columns() -> list[sa.Column[Any]]:
    coding = table_of(tables.Coding)
    return [coding.c[name] for name in _COLUMNS]


def _coding(
    row: Sequence[Any], names: tuple[str, str, str, str], facets: dict[str, str]
) -> Coding:
    """Return the coding of a row of `_COLUMNS`; `names` are those of document, code, coder and round."""
    row_id, uid, revision_id, start, end, _, _, _, provenance, *rest = row
    version, code_version, created_at, decision_id, weight, flagged = rest
    return Coding(
        row_id,
        uid,
        names[0],
        revision_id,
        start,
        end,
        *names[1:],
        provenance,
        version,
        code_version,
        created_at,
        facets,
        decision_id,
        weight,
        flagged,
    )
