"""Memos in the database. Readers take a `Visibility`: in a blind open round a memo is its author's alone."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from qualcode.core.memos import Memo, MemoKind
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of


def load_memos(
    connection: Connection,
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


def add_memo(
    writer: Writer,
    body: str,
    *,
    target: tuple[str, uuid.UUID],
    round_id: int | None,
    kind: MemoKind = MemoKind.NOTE,
    coder_id: int | None = None,
) -> int:
    """Write a memo on `target`, a (type, uid), by this coder (the one who acts when none is named); return its id.

    A memo on a coding belongs to the coding's round, whatever is said: it is hidden as long as the coding is."""
    target_type, target_uid = target
    if target_type == "coding":
        coding = table_of(tables.Coding)
        found = sa.select(coding.c.round_id).where(coding.c.uid == target_uid)
        round_id = writer.connection.execute(found).scalar() or round_id
    return writer.add(
        tables.Memo(
            coder_id=writer.actor.id if coder_id is None else coder_id,
            round_id=round_id,
            kind=kind,
            target_type=target_type,
            target_uid=target_uid,
            body=body,
        )
    )


def change_memo(writer: Writer, memo_id: int, body: str) -> None:
    writer.change(tables.Memo, memo_id, {"body": body})


def move_memos(writer: Writer, target: uuid.UUID, *, to: uuid.UUID) -> None:
    """Let the memos on one thing stand on another from now on."""
    for row in live_rows(writer.connection, tables.Memo, target_uid=target):
        writer.change(tables.Memo, row["id"], {"target_uid": to})


def remove_memo(writer: Writer, memo_id: int) -> None:
    writer.remove(tables.Memo, memo_id)
