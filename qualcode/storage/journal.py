"""What memos are about: the objects behind their uids, in words."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from qualcode.core.coding import Coding
from qualcode.core.journal import JournalEntry, JournalTarget
from qualcode.core.memos import Memo
from qualcode.core.rounds import Visibility
from qualcode.storage import tables
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import load_memos
from qualcode.storage.quoted_words import QuotationRow, load_quotations
from qualcode.storage.rows import live_rows, names_by_id, table_of

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
_ORDER = ("project", "document", "code", "theme", "participant", *_NAMED)


def load_entries(connection: Connection, seen: Visibility) -> tuple[JournalEntry, ...]:
    """Return the memos that the viewer may see, oldest first, each with its object."""
    memos = load_memos(connection, seen)
    links = _links(connection)
    wanted = {(memo.target_type, memo.target_uid) for memo in memos}
    wanted |= {target for found in links.values() for target in found}
    codings = _codings(connection, seen, wanted)
    named = _named(connection, seen, wanted)
    quoted = load_quotations(
        connection, seen, (uid for kind, uid in wanted if kind == "quotation")
    )
    named |= {("quotation", uid): _quotation_target(row) for uid, row in quoted.items()}
    texts: dict[int, str] = {}

    def target(one: Target) -> JournalTarget:
        coding = codings.get(one[1])
        if coding is not None:
            return _coding_target(coding)
        return named.get(one) or _unnamed(one)

    def quote(memo: Memo) -> str | None:
        place = codings.get(memo.target_uid) or quoted.get(memo.target_uid)
        if place is None:
            return None
        if place.revision_id not in texts:
            texts[place.revision_id] = load_text(connection, place.revision_id)
        return texts[place.revision_id][place.start : place.end]

    return tuple(
        JournalEntry(
            memo,
            target((memo.target_type, memo.target_uid)),
            quote(memo),
            tuple(target(one) for one in links.get(memo.id, ())),
        )
        for memo in memos
    )


def load_targets(connection: Connection, seen: Visibility) -> tuple[JournalTarget, ...]:
    """Return every live object with a name that a memo can be written on, kind by kind, the project first."""
    found = [
        target
        for kind in target_kinds()
        if kind in _NAMED
        for target in _targets_of(connection, seen, kind)
        if target.is_live
    ]
    return tuple(sorted(found, key=lambda target: _ORDER.index(target.kind)))


def change_entry(
    writer: Writer, memo_id: int, fields: Mapping[str, Any], *, version: int | None = None
) -> None:
    """Set body or kind of a memo. ChangedMeanwhile when it is no longer of this version."""
    writer.change(tables.Memo, memo_id, fields, expected_version=version)


def remove_link(writer: Writer, memo_id: int, target: Target) -> bool:
    """Let a memo no longer point at an object; False when it did not."""
    for row in live_rows(writer.connection, tables.MemoLink, memo_id=memo_id):
        if row["target_uid"] == target[1]:
            writer.remove(tables.MemoLink, row["id"])
            return True
    return False


def add_link(writer: Writer, memo_id: int, target: Target) -> bool:
    """Let a memo point at a further object; False when it does so already."""
    kind, uid = target
    for row in live_rows(writer.connection, tables.MemoLink, memo_id=memo_id):
        if row["target_uid"] == uid:
            return False
    writer.add(tables.MemoLink(memo_id=memo_id, target_type=kind, target_uid=uid))
    return True


def find_target(connection: Connection, seen: Visibility, kind: str, name: str) -> Target | None:
    """Return the live object of this kind by its name or uid (a visible coding by its id), None when there is none.

    There is one project, whatever it is called."""
    if kind == "coding" and name.isdecimal():
        found = load_codings(connection, seen, ids=[int(name)])
        return ("coding", found[0].uid) if found else None
    if kind not in _NAMED:
        return None
    wanted = name.strip().casefold()
    for target in _targets_of(connection, seen, kind):
        is_meant = kind == "project" or wanted in (target.name.casefold(), str(target.uid))
        if target.is_live and is_meant:
            return kind, target.uid
    return None


def target_kinds() -> tuple[str, ...]:
    """Return the kinds of object that a memo can be written on by name."""
    return ("coding", "quotation", *(kind for kind in _NAMED if kind != "coding_round"))


def target_names(connection: Connection, kind: str) -> list[str]:
    if kind not in _NAMED:
        return []
    if kind == "decision":
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


def _named(
    connection: Connection, seen: Visibility, wanted: Iterable[Target]
) -> dict[Target, JournalTarget]:
    """Return the objects by their names; those removed since keep theirs, so that old memos can be read."""
    found: dict[Target, JournalTarget] = {}
    kinds = {kind for kind, _ in wanted}
    for kind in kinds & set(_NAMED):
        for target in _targets_of(connection, seen, kind):
            found[kind, target.uid] = target
    if "discrepancy" in kinds:
        found |= _decided_discrepancies(connection, seen)
    return found


def _decided_discrepancies(
    connection: Connection, seen: Visibility
) -> dict[Target, JournalTarget]:
    """Return the discrepancies that were decided: an open one is found by comparing codings, and has no row."""
    decision = table_of(tables.Decision)
    uids = connection.execute(sa.select(decision.c.uid, decision.c.discrepancy_uid))
    discrepancy_of = {uid: about for uid, about in uids}
    return {
        ("discrepancy", discrepancy_of[one.uid]): replace(
            one,
            kind="discrepancy",
            uid=discrepancy_of[one.uid],
            words=f"the discrepancy decided as {one.name.partition(':')[0]}",
        )
        for one in _decisions(connection, seen)
    }


def _targets_of(connection: Connection, seen: Visibility, kind: str) -> Iterable[JournalTarget]:
    """Yield all objects of a kind, removed ones too; no decision of a round that is hidden from the viewer."""
    if kind == "decision":
        yield from _decisions(connection, seen)
        return
    model, column = _NAMED[kind]
    table = table_of(model)
    live = table.c.live if "live" in table.c else sa.true()
    word = kind.removeprefix("coding_")
    for row in connection.execute(
        sa.select(table.c.uid, table.c[column], live).order_by(table.c.id)
    ):
        name = str(row[1])
        yield JournalTarget(
            kind,
            row[0],
            name,
            f"{word} {name}",
            document=name if kind == "document" else None,
            code=name if kind == "code" else None,
            is_live=bool(row[2]),
        )


def _decisions(connection: Connection, seen: Visibility) -> Iterable[JournalTarget]:
    decision, revision = table_of(tables.Decision), table_of(tables.DocumentRevision)
    query = sa.select(decision, revision.c.document_id).join(
        revision, revision.c.id == decision.c.revision_id
    )
    if seen.hidden_rounds:
        query = query.where(decision.c.round_id.not_in(sorted(seen.hidden_rounds)))
    documents = names_by_id(connection, tables.Document, "name")
    for row in connection.execute(query.order_by(decision.c.id)):
        document = documents[row.document_id]
        about = (
            f"{row.outcome.value.replace('_', ' ')} in {document} at {row.start_ch}–{row.end_ch}"
        )
        name = f"{about}: {row.rationale}" if row.rationale else about
        yield JournalTarget(
            "decision",
            row.uid,
            name,
            f"decision {row.rationale or about}",
            document=document,
            span=(row.start_ch, row.end_ch),
            is_live=row.live,
        )


def _coding_target(coding: Coding) -> JournalTarget:
    return JournalTarget(
        "coding",
        coding.uid,
        str(coding.id),
        f"a coding of {coding.code} in {coding.document}",
        coding.document,
        (coding.start, coding.end),
        coding.code,
    )


def _quotation_target(row: QuotationRow) -> JournalTarget:
    name = f"{row.document}:{row.start}-{row.end}"
    words = f"a quotation in {row.document}"
    return JournalTarget(
        "quotation", row.uid, name, words, row.document, (row.start, row.end), is_live=row.is_live
    )


def _unnamed(target: Target) -> JournalTarget:
    words = f"a {target[0].replace('_', ' ')}"
    return JournalTarget(target[0], target[1], words, words, is_live=False)
