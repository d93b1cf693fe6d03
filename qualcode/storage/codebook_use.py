"""How codes are used: counts by document and coder, and the quotations of a code one at a time."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from qualcode.core.codebook_use import CodeQuotation
from qualcode.core.coding import Provenance
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.coding import visible
from qualcode.storage.database import Connection
from qualcode.storage.project import consensus_coder_id
from qualcode.storage.rows import names_by_id, table_of


def load_use(connection: Connection, seen: Visibility) -> list[tuple[str, str, str, int]]:
    """Return (code, document, coder, visible codings) for all that were coded, without the consensus."""
    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    query = (
        sa.select(coding.c.code_id, coding.c.revision_id, coding.c.coder_id, sa.func.count())
        .where(coding.c.live, visible(seen), coding.c.coder_id != consensus_coder_id(connection))
        .group_by(coding.c.code_id, coding.c.revision_id, coding.c.coder_id)
    )
    codes = names_by_id(connection, tables.Code, "key")
    coders = names_by_id(connection, tables.Coder, "name")
    names = names_by_id(connection, tables.Document, "name")
    owner = connection.execute(sa.select(revision.c.id, revision.c.document_id))
    documents = {row_id: names[document] for row_id, document in owner}
    return [
        (codes[code], documents[place], coders[coder], count)
        for code, place, coder, count in connection.execute(query)
    ]


def load_quotation(
    connection: Connection, seen: Visibility, code_ids: Sequence[int], n: int
) -> CodeQuotation | None:
    """Return the n-th visible quotation of these codes, by document and place, around the end; None without any."""
    coding, turn = table_of(tables.Coding), table_of(tables.Turn)
    revision, document = table_of(tables.DocumentRevision), table_of(tables.Document)
    wanted = (
        coding.c.live,
        visible(seen),
        coding.c.code_id.in_(code_ids),
        coding.c.provenance != Provenance.CONSENSUS,
    )
    total = connection.execute(
        sa.select(sa.func.count()).select_from(coding).where(*wanted)
    ).scalar_one()
    if not total:
        return None
    n %= total
    order = (coding.c.revision_id, coding.c.start_ch, coding.c.end_ch, coding.c.id)
    one = connection.execute(
        sa.select(coding).where(*wanted).order_by(*order).limit(1).offset(n)
    ).one()
    length = one.end_ch - one.start_ch
    words = sa.func.substr(revision.c.body, one.start_ch + 1, length)
    quote, name = connection.execute(
        sa.select(words, document.c.name)
        .join(document, document.c.id == revision.c.document_id)
        .where(revision.c.id == one.revision_id)
    ).one()
    spoken = connection.execute(
        sa.select(turn.c.n, turn.c.speaker_id)
        .where(turn.c.revision_id == one.revision_id, turn.c.start_ch <= one.start_ch)
        .order_by(turn.c.n.desc())
        .limit(1)
    ).first()
    speakers = names_by_id(connection, tables.Speaker, "label")
    return CodeQuotation(
        n=n,
        total=total,
        id=one.id,
        code=names_by_id(connection, tables.Code, "key")[one.code_id],
        document=name,
        start=one.start_ch,
        end=one.end_ch,
        quote=quote,
        coder=names_by_id(connection, tables.Coder, "name")[one.coder_id],
        round=names_by_id(connection, tables.CodingRound, "name")[one.round_id],
        turn=spoken.n if spoken else None,
        speaker=speakers.get(spoken.speaker_id) if spoken else None,
    )
