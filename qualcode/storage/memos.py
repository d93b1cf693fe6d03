"""Memos in the database. Readers take a `Visibility`: in a blind open round a memo is its author's alone."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from qualcode.core.memos import Memo
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.rows import names_by_id, table_of


def load_memos(
    connection: sa.Connection,
    seen: Visibility,
    *,
    target_uid: uuid.UUID | None = None,
    memo_id: int | None = None,
) -> tuple[Memo, ...]:
    """Return visible live memos, oldest first."""
    memo = table_of(tables.Memo)
    query = sa.select(memo).where(memo.c.live).order_by(memo.c.created_at, memo.c.id)
    if seen.hidden_rounds:
        query = query.where(
            sa.or_(
                memo.c.round_id.is_(None),
                memo.c.round_id.not_in(sorted(seen.hidden_rounds)),
                memo.c.coder_id == seen.viewer_id,
            )
        )
    if target_uid is not None:
        query = query.where(memo.c.target_uid == target_uid)
    if memo_id is not None:
        query = query.where(memo.c.id == memo_id)
    coders = names_by_id(connection, tables.Coder, "name")
    return tuple(
        Memo(
            row.id,
            row.uid,
            coders[row.coder_id],
            row.kind,
            row.target_type,
            row.target_uid,
            row.body,
            row.created_at,
            row.version,
        )
        for row in connection.execute(query)
    )
