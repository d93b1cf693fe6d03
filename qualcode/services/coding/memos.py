"""Memos on anything that has a uid: write, list, change."""

from __future__ import annotations

import uuid
from dataclasses import replace

from qualcode.core.memos import Memo, MemoKind
from qualcode.core.rounds import everything_to
from qualcode.errors import InputError, Refused
from qualcode.storage import memos as store
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round, visible_to


def write_memo(
    project: Project,
    text: str,
    *,
    target_type: str,
    target_uid: uuid.UUID,
    round: str | None = None,
    kind: MemoKind = MemoKind.NOTE,
) -> Memo:
    """Write a memo on the thing of this uid; InputError when it is empty."""
    if not text.strip():
        raise InputError("an empty memo is not kept", hint="write something, or leave it")
    with project.writing("memo written") as writer:
        round_id = find_round(writer.connection, round).id if round else None
        memo_id = store.add_memo(
            writer, text, target=(target_type, target_uid), round_id=round_id, kind=kind
        )
        return store.load_memos(writer.connection, everything_to(project.actor), memo_id=memo_id)[
            0
        ]


def list_memos(project: Project, *, target_uid: uuid.UUID | None = None) -> tuple[Memo, ...]:
    with project.reading() as connection:
        seen = visible_to(connection, project.actor)
        return store.load_memos(connection, seen, target_uid=target_uid)


def change_memo(project: Project, memo_id: int, text: str) -> Memo:
    """Rewrite one of the actor's own memos; an empty text removes it."""
    with project.writing("memo changed" if text.strip() else "memo removed") as writer:
        found = store.load_memos(writer.connection, everything_to(project.actor), memo_id=memo_id)
        if not found or found[0].coder != project.actor.name:
            raise Refused("this memo is not yours to change", hint="write one of your own")
        if not text.strip():
            store.remove_memo(writer, memo_id)
            return replace(found[0], body="")
        store.change_memo(writer, memo_id, text)
        return replace(found[0], body=text, version=found[0].version + 1)
