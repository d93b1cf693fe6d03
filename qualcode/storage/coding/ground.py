"""One code applied to one span: what it stands on is read in one statement, and nothing is read again afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Coding, Provenance, Span
from qualcode.core.rounds import RoundState
from qualcode.storage import tables
from qualcode.storage.coding.writing import chosen_answers
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import table_of


@dataclass(frozen=True, slots=True)
class Ground:
    """What a coding is to stand on: document, code and round by their exact names, and what is there already.

    `standing` is the id of the coder's live coding of just this span, code and round."""

    document_id: int
    document: str
    revision_id: int
    length: int
    code_id: int
    code: str
    wording: int
    round_id: int
    round: str
    round_state: RoundState
    standing: int | None
    assignment_id: int | None
    codebook_version_id: int | None


def find_ground(
    connection: Connection,
    span: tuple[int, int],
    *,
    document: str,
    code: str,
    round: str,
    coder_id: int,
) -> Ground | None:
    """Return what a coding would stand on, in one statement; None where one of the names is not exactly so."""
    found = connection.execute(
        _ground_query(),
        {
            "start": span[0],
            "end": span[1],
            "document": document,
            "code": code,
            "round": round,
            "coder_id": coder_id,
        },
    ).first()
    return None if found is None else Ground(*found)


def add_coding(
    writer: Writer,
    ground: Ground,
    span: Span,
    *,
    codebook: Codebook | None = None,
    facets: Mapping[str, str] | None = None,
    provenance: Provenance = Provenance.INDEPENDENT,
) -> Coding:
    """Store one coding of the writer's own and return it as it stands; facets need the codebook that has them."""
    chosen = chosen_answers(codebook, facets) if codebook is not None and facets else {}
    row = tables.Coding(
        revision_id=ground.revision_id,
        start_ch=span.start,
        end_ch=span.end,
        code_id=ground.code_id,
        coder_id=writer.actor.id,
        round_id=ground.round_id,
        code_version=ground.wording,
        provenance=provenance,
        codebook_version_id=ground.codebook_version_id,
    )
    row.id = writer.add(row)
    writer.add_many(
        tables.CodingFacet(coding_id=row.id, facet_id=facet_id, value_id=value_id)
        for facet_id, value_id in chosen.items()
    )
    return Coding(
        id=row.id,
        uid=row.uid,
        document=ground.document,
        revision_id=ground.revision_id,
        start=span.start,
        end=span.end,
        code=ground.code,
        coder=writer.actor.name,
        round=ground.round,
        provenance=provenance,
        code_version=ground.wording,
        created_at=row.created_at,
        facets=_answers(codebook, chosen),
    )


def _answers(codebook: Codebook | None, chosen: Mapping[int, int]) -> dict[str, str]:
    """Return facet → value as keys, in the codebook's order."""
    return {
        facet.key: value.key
        for facet in (codebook.facets if codebook is not None else ())
        for value in facet.values
        if chosen.get(facet.id) == value.id
    }


@cache
def _ground_query() -> sa.Select[Any]:
    document, revision = table_of(tables.Document), table_of(tables.DocumentRevision)
    code, round_ = table_of(tables.Code), table_of(tables.CodingRound)
    coding, given = table_of(tables.Coding), table_of(tables.Assignment)
    version = table_of(tables.CodebookVersion)
    coder_id: sa.BindParameter[int] = sa.bindparam("coder_id")
    standing = sa.select(coding.c.id).where(
        coding.c.live,
        coding.c.revision_id == revision.c.id,
        coding.c.start_ch == sa.bindparam("start"),
        coding.c.end_ch == sa.bindparam("end"),
        coding.c.code_id == code.c.id,
        coding.c.coder_id == coder_id,
        coding.c.round_id == round_.c.id,
    )
    assignment = sa.select(given.c.id).where(
        given.c.live,
        given.c.round_id == round_.c.id,
        given.c.document_id == document.c.id,
        given.c.coder_id == coder_id,
    )
    newest = sa.select(version.c.id).where(version.c.live).order_by(version.c.n.desc())
    return (
        sa.select(
            document.c.id,
            document.c.name,
            revision.c.id,
            revision.c.length,
            code.c.id,
            code.c.key,
            code.c.wording,
            round_.c.id,
            round_.c.name,
            round_.c.state,
            standing.order_by(coding.c.id).limit(1).scalar_subquery(),
            assignment.limit(1).scalar_subquery(),
            newest.limit(1).scalar_subquery(),
        )
        .select_from(document)
        .join(revision, sa.and_(revision.c.document_id == document.c.id, revision.c.live))
        .join(code, sa.and_(code.c.key == sa.bindparam("code"), code.c.live))
        .join(round_, sa.and_(round_.c.name == sa.bindparam("round"), round_.c.live))
        .where(document.c.name == sa.bindparam("document"), document.c.live)
        .order_by(revision.c.n.desc())
        .limit(1)
    )
