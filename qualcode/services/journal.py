"""The research journal: memos on anything, found again, linked, exported."""

from __future__ import annotations

from qualcode.core.journal import JournalEntry
from qualcode.core.memos import MemoKind
from qualcode.core.project import Coder
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.formats.journal import journal_markdown
from qualcode.storage import journal as store
from qualcode.storage.database import Connection
from qualcode.storage.memos import add_memo
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to


def list_entries(
    project: Project, *, words: str = "", kind: str | None = None, about: str | None = None
) -> tuple[JournalEntry, ...]:
    """Return the memos you may see, oldest first: those with all these words, of a kind, about a kind of object."""
    wanted = _kind(kind) if kind else None
    with project.reading() as connection:
        entries = store.load_entries(connection, visible_to(connection, project.actor))
    return tuple(
        entry
        for entry in entries
        if (wanted is None or entry.memo.kind == wanted)
        and (about is None or entry.memo.target_type == about.casefold())
        and entry.holds(words)
    )


def write_entry(
    project: Project, text: str, *, about: str, name: str, kind: str = MemoKind.NOTE.value
) -> JournalEntry:
    """Write a memo on an object by its kind and name (a coding by its id). UnknownName when there is no such object."""
    if not text.strip():
        raise InputError("an empty memo is not kept", hint="write something, or leave it")
    meant = _kind(kind)
    with project.writing("memo written") as writer:
        target = _target(writer.connection, project.actor, about, name)
        memo_id = add_memo(writer, text.strip(), target=target, kind=meant, round_id=None)
        seen = visible_to(writer.connection, project.actor)
        return next(
            one for one in store.load_entries(writer.connection, seen) if one.memo.id == memo_id
        )


def link_entry(project: Project, memo_id: int, *, about: str, name: str) -> JournalEntry:
    """Let a memo point at a further object."""
    with project.writing("memo linked") as writer:
        seen = visible_to(writer.connection, project.actor)
        if all(one.memo.id != memo_id for one in store.load_entries(writer.connection, seen)):
            raise Refused(f"there is no memo {memo_id}", hint="list them to see which exist")
        store.add_link(writer, memo_id, _target(writer.connection, project.actor, about, name))
        return next(
            one for one in store.load_entries(writer.connection, seen) if one.memo.id == memo_id
        )


def export_journal(project: Project, *, words: str = "", kind: str | None = None) -> str:
    """Return the journal as Markdown, by day."""
    return journal_markdown(list_entries(project, words=words, kind=kind))


def _kind(text: str) -> MemoKind:
    try:
        return MemoKind(text.strip().casefold())
    except ValueError:
        raise UnknownName("kind of memo", text, [kind.value for kind in MemoKind]) from None


def _target(connection: Connection, viewer: Coder, about: str, name: str) -> store.Target:
    kind = about.strip().casefold()
    if kind not in store.target_kinds():
        raise UnknownName("kind of object", about, store.target_kinds())
    found = store.find_target(connection, visible_to(connection, viewer), kind, name)
    if found is None:
        raise UnknownName(kind, name, store.target_names(connection, kind))
    return found
