"""Codings and their facets in the database. Every reader takes a `Visibility`: blindness is decided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from qualcode.core.codebook import Code, Codebook
from qualcode.core.coding import Coding, Provenance, Span
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import in_chunks, live_rows, names_by_id, table_of


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
    query = sa.select(coding).where(visible(seen))
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
    facets = load_facets(connection, [row.id for row in rows]) if with_facets else {}
    names = _Names(connection)
    return tuple(names.coding(row, facets.get(row.id, {})) for row in rows)


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

    def coding(self, row: Any, facets: dict[str, str]) -> Coding:
        return Coding(
            id=row.id,
            uid=row.uid,
            document=self.document_of_revision[row.revision_id],
            revision_id=row.revision_id,
            start=row.start_ch,
            end=row.end_ch,
            code=self.codes[row.code_id],
            coder=self.coders[row.coder_id],
            round=self.rounds[row.round_id],
            provenance=row.provenance,
            version=row.version,
            code_version=row.code_version,
            created_at=row.created_at,
            facets=facets,
            decision_id=row.decision_id,
            weight=row.weight,
            flagged=row.flagged,
        )


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


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding to be stored; `place` is (revision id, start, end), facet values are keys the codebook knows."""

    code: str
    place: tuple[int, int, int]
    coder_id: int
    round_id: int
    facets: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def add_codings(writer: Writer, codebook: Codebook, codings: Iterable[NewCoding]) -> list[int]:
    """Store codings in one go, then all their facets; returns their ids in order."""
    given = list(codings)
    chosen = [_chosen(codebook, new.facets) for new in given]
    ids = writer.add_many(
        tables.Coding(
            revision_id=new.place[0],
            start_ch=new.place[1],
            end_ch=new.place[2],
            code_id=codebook.by_key[new.code].id,
            coder_id=new.coder_id,
            round_id=new.round_id,
            code_version=codebook.by_key[new.code].wording,
            **new.more,
        )
        for new in given
    )
    writer.add_many(
        tables.CodingFacet(coding_id=coding_id, facet_id=facet_id, value_id=value_id)
        for coding_id, facets in zip(ids, chosen, strict=True)
        for facet_id, value_id in facets.items()
    )
    return ids


def set_facets(
    writer: Writer, codebook: Codebook, coding_id: int, facets: Mapping[str, str]
) -> None:
    """Make these the facets of the coding: others are removed, changed ones changed."""
    standing = {
        row["facet_id"]: row
        for row in live_rows(writer.connection, tables.CodingFacet, coding_id=coding_id)
    }
    wanted = _chosen(codebook, facets)
    for facet_id, row in standing.items():
        if facet_id not in wanted:
            writer.remove(tables.CodingFacet, row["id"])
    for facet_id, value_id in wanted.items():
        if facet_id in standing:
            writer.change(tables.CodingFacet, standing[facet_id]["id"], {"value_id": value_id})
        else:
            writer.add(
                tables.CodingFacet(coding_id=coding_id, facet_id=facet_id, value_id=value_id)
            )


def _chosen(codebook: Codebook, facets: Mapping[str, str]) -> dict[int, int]:
    """Return facet id → value id; UnknownName for a facet or value that the codebook does not have."""
    chosen = {}
    for key, value in facets.items():
        facet = codebook.facet(key)
        chosen[facet.id] = facet.value(value).id
    return chosen


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


def stands_on(connection: Connection, revision_id: int) -> bool:
    """Tell whether any live coding stands on a revision, whoever made it."""
    coding = table_of(tables.Coding)
    query = sa.select(coding.c.id).where(coding.c.live, coding.c.revision_id == revision_id)
    return connection.execute(query.limit(1)).first() is not None


def find_standing(
    connection: Connection,
    place: tuple[int, int, int],
    *,
    code_id: int,
    coder_id: int,
    round_id: int,
) -> int | None:
    """Return the id of the live coding of just this span, code, coder and round; None when there is none."""
    revision_id, start, end = place
    rows = live_rows(
        connection,
        tables.Coding,
        revision_id=revision_id,
        start_ch=start,
        end_ch=end,
        code_id=code_id,
        coder_id=coder_id,
        round_id=round_id,
    )
    return int(rows[0]["id"]) if rows else None


def standing_keys(connection: Connection) -> set[tuple[int, int, int, int, int, int]]:
    """Return (revision, start, end, code, coder, round) of every live coding, to tell what an import repeats."""
    coding = table_of(tables.Coding)
    query = sa.select(
        coding.c.revision_id,
        coding.c.start_ch,
        coding.c.end_ch,
        coding.c.code_id,
        coding.c.coder_id,
        coding.c.round_id,
    ).where(coding.c.live)
    return {tuple(row) for row in connection.execute(query)}


def change_coding(
    writer: Writer,
    coding: Coding,
    *,
    span: Span | None = None,
    code: Code | None = None,
    weight: int | None = None,
    flagged: bool | None = None,
) -> None:
    """Change what is given of a coding; ChangedMeanwhile when it is no longer as it was read."""
    fields: dict[str, Any] = {}
    if span is not None:
        fields |= {"start_ch": span.start, "end_ch": span.end}
    if code is not None:
        fields |= {"code_id": code.id, "code_version": code.wording}
    if weight is not None:
        fields["weight"] = weight
    if flagged is not None:
        fields["flagged"] = flagged
    writer.change(tables.Coding, coding.id, fields, expected_version=coding.version)


def remove_coding(writer: Writer, coding_id: int) -> None:
    """Take a coding out of view; it stays on record and can be restored."""
    writer.remove(tables.Coding, coding_id)
