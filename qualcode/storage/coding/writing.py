"""Adding, changing and removing codings, and finding what stands already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from qualcode.core.codebook import Code, Codebook
from qualcode.core.coding import Coding, Span
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, table_of


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
    chosen = [chosen_answers(codebook, new.facets) for new in given]
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
    wanted = chosen_answers(codebook, facets)
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


def set_weight(writer: Writer, coding: Coding, weight: int | None) -> None:
    """Give a coding this weight, or none; ChangedMeanwhile when it is no longer as it was read."""
    writer.change(tables.Coding, coding.id, {"weight": weight}, expected_version=coding.version)


def remove_coding(writer: Writer, coding_id: int) -> None:
    """Take a coding out of view; it stays on record and can be restored."""
    writer.remove(tables.Coding, coding_id)


def add_alike(writer: Writer, coding_id: int, span: Span) -> int:
    """Store a coding like this one on another span of the same text, without its facets; return its id."""
    row = _row(writer.connection, coding_id)
    kept = {name: row[name] for name in _ALIKE}
    return writer.add(tables.Coding(start_ch=span.start, end_ch=span.end, **kept))


def stands_alike(connection: Connection, coding_id: int, span: Span) -> bool:
    """Tell whether a coding of the same code, coder and round stands on this span of the same text."""
    row = _row(connection, coding_id)
    standing = find_standing(
        connection,
        (row["revision_id"], span.start, span.end),
        code_id=row["code_id"],
        coder_id=row["coder_id"],
        round_id=row["round_id"],
    )
    return standing is not None


_ALIKE = (
    "revision_id", "code_id", "coder_id", "round_id", "provenance", "code_version",
    "codebook_version_id", "weight", "flagged",
)  # fmt: skip


def _row(connection: Connection, coding_id: int) -> dict[str, Any]:
    (row,) = live_rows(connection, tables.Coding, id=coding_id)
    return row


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


def chosen_answers(codebook: Codebook, facets: Mapping[str, str]) -> dict[int, int]:
    """Return facet id → value id; UnknownName for a facet or value that the codebook does not have."""
    chosen = {}
    for key, value in facets.items():
        facet = codebook.facet(key)
        chosen[facet.id] = facet.value(value).id
    return chosen
