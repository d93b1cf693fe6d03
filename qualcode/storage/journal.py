"""What memos are about: the objects behind their uids, in words."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import SQLModel

from qualcode.core.coding import Coding
from qualcode.core.journal import JournalEntry
from qualcode.core.memos import Memo
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import load_memos
from qualcode.storage.rows import live_rows, table_of

Target = tuple[str, uuid.UUID]

_NAMED: dict[str, tuple[type[SQLModel], str]] = {
    "document": (tables.Document, "name"),
    "code": (tables.Code, "key"),
    "participant": (tables.Participant, "pseudonym"),
    "theme": (tables.Theme, "name"),
    "domain": (tables.Domain, "cover_term"),
    "term": (tables.Term, "name"),
    "round": (tables.CodingRound, "name"),
    "coding_round": (tables.CodingRound, "name"),
    "narrative": (tables.Narrative, "title"),
    "actor": (tables.Actor, "name"),
    "concept": (tables.Concept, "name"),
    "project": (tables.Project, "name"),
    "decision": (tables.Decision, "rationale"),
}


def load_entries(connection: Connection, seen: Visibility) -> tuple[JournalEntry, ...]:
    """Return the memos that the viewer may see, oldest first, each with its object in words."""
    memos = load_memos(connection, seen)
    links = _links(connection)
    targets = {(memo.target_type, memo.target_uid) for memo in memos}
    targets |= {target for found in links.values() for target in found}
    codings = _codings(connection, seen, targets)
    words = _names(connection, targets)
    texts: dict[int, str] = {}

    def said(target: Target) -> str:
        coding = codings.get(target[1])
        if coding is not None:
            return f"a coding of {coding.code} in {coding.document}"
        return words.get(target, f"a {target[0].replace('_', ' ')}")

    def quote(memo: Memo) -> str | None:
        coding = codings.get(memo.target_uid)
        if coding is None:
            return None
        if coding.revision_id not in texts:
            texts[coding.revision_id] = load_text(connection, coding.revision_id)
        return texts[coding.revision_id][coding.start : coding.end]

    return tuple(
        JournalEntry(
            memo,
            said((memo.target_type, memo.target_uid)),
            quote(memo),
            tuple(said(target) for target in links.get(memo.id, ())),
        )
        for memo in memos
    )


def add_link(writer: Writer, memo_id: int, target: Target) -> bool:
    """Let a memo point at a further object; False when it does so already."""
    kind, uid = target
    for row in live_rows(writer.connection, tables.MemoLink, memo_id=memo_id):
        if row["target_uid"] == uid:
            return False
    writer.add(tables.MemoLink(memo_id=memo_id, target_type=kind, target_uid=uid))
    return True


def find_target(connection: Connection, seen: Visibility, kind: str, name: str) -> Target | None:
    """Return the live object of this kind and name (a visible coding by its id), None when there is none."""
    if kind == "coding" and name.isdecimal():
        found = load_codings(connection, seen, ids=[int(name)])
        return ("coding", found[0].uid) if found else None
    if kind not in _NAMED:
        return None
    model, column = _NAMED[kind]
    for row in live_rows(connection, model):
        if str(row[column]).casefold() == name.strip().casefold():
            return kind, row["uid"]
    return None


def target_kinds() -> tuple[str, ...]:
    """Return the kinds of object that a memo can be written on by name."""
    return ("coding", *(kind for kind in _NAMED if kind not in ("coding_round", "decision")))


def target_names(connection: Connection, kind: str) -> list[str]:
    if kind not in _NAMED:
        return []
    model, column = _NAMED[kind]
    return [str(row[column]) for row in live_rows(connection, model)]


def _links(connection: Connection) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = defaultdict(list)
    for row in live_rows(connection, tables.MemoLink):
        found[row["memo_id"]].append((row["target_type"], row["target_uid"]))
    return found


def _codings(
    connection: Connection, seen: Visibility, targets: Iterable[Target]
) -> dict[uuid.UUID, Coding]:
    coding = table_of(tables.Coding)
    uids = sorted({uid for kind, uid in targets if kind == "coding"})
    ids: list[int] = []
    for start in range(0, len(uids), 5_000):
        query = sa.select(coding.c.id).where(coding.c.uid.in_(uids[start : start + 5_000]))
        ids += [row.id for row in connection.execute(query)]
    return {one.uid: one for one in load_codings(connection, seen, ids=ids)}


def _names(connection: Connection, targets: Iterable[Target]) -> dict[Target, str]:
    """Return the objects' names; those removed since keep theirs, so that old memos can be read."""
    found: dict[Target, str] = {}
    for kind in {kind for kind, _ in targets} & set(_NAMED):
        model, column = _NAMED[kind]
        table = table_of(model)
        for row in connection.execute(sa.select(table.c.uid, table.c[column])):
            word = "decision" if kind == "decision" else kind.removeprefix("coding_")
            found[kind, row[0]] = f"{word} {row[1]}"
    return found
