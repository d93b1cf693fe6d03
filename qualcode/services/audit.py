"""History, undo and redo, and the verification of the record."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualcode.core.audit import (
    BROUGHT_BACK,
    TAKEN_BACK,
    Event,
    HistoryRow,
    sentence,
    told_action,
)
from qualcode.core.rounds import RoundState, visibility
from qualcode.errors import Refused
from qualcode.storage import audit as store
from qualcode.storage import chain
from qualcode.storage.codebook import load_codebook
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.documents import find_document
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project, find_coder
from qualcode.storage.rounds import load_rounds, visible_to


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo took back or brought back, as a sentence; `document` is where to look first, `documents`
    are all that it touched, as far as the actor may know. `kinds` names the tables that it changed, and `codings`
    the ids of the codings that are no longer as they were."""

    sentence: str
    document: str | None
    documents: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    codings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The verification of the chain of events."""

    events: int
    head: str
    problems: tuple[str, ...]


def undo(project: Project, *, only: Collection[str] | None = None) -> Undone:
    """Take back the actor's latest command, whenever it was made. Refused, with the reason, where others built on it.

    With `only`, refused as well where it is none of these actions: an import is not taken back by a key."""
    with project.writing("undo") as writer:
        done, _ = store.undo_stacks(writer.connection, project.actor.id)
        if not done:
            raise Refused("there is nothing of yours to undo")
        action = _undoable(writer, done[-1], only)
        return _invert(writer, project, done[-1], action, done=TAKEN_BACK)


def redo(project: Project, *, only: Collection[str] | None = None) -> Undone:
    """Bring back what the actor's latest undo took back; with `only`, refused where it is none of these actions."""
    with project.writing("redo") as writer:
        _, undone = store.undo_stacks(writer.connection, project.actor.id)
        if not undone:
            raise Refused("there is nothing of yours to redo")
        action = _undoable(writer, undone[-1], only)
        return _invert(writer, project, undone[-1], action, done=BROUGHT_BACK)


def history(
    project: Project,
    *,
    document: str | None = None,
    code: str | None = None,
    coder: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
) -> tuple[HistoryRow, ...]:
    """Return what everybody did, as far as the actor may see it, oldest first; with a limit the newest that many.

    `since` and `until` (which is not included) are moments with their zone."""
    with project.reading() as connection:
        equal: dict[str, Any] = {}
        if document:
            equal["document_id"] = find_document(connection, document).id
        if code:
            equal["code_id"] = load_codebook(connection).find(code).id
        if coder:
            equal["actor_id"] = find_coder(connection, coder).id
        seen = visible_to(connection, project.actor)
        events = store.load_events(connection, seen, **equal)
        taken_back = store.groups_taken_back(connection)
    groups: dict[uuid.UUID, list[Event]] = defaultdict(list)
    for event in events:
        if (since is None or event.at >= since) and (until is None or event.at < until):
            groups[event.group].append(event)
    rows = [_row(found, found[0].group in taken_back) for found in groups.values()]
    return tuple(rows[-limit:] if limit else rows)


def verify_chain(project: Project) -> ChainReport:
    """Verify that no event was altered, added or taken out since it was written."""
    with project.reading() as connection:
        count, head = chain.chain_head(connection)
        return ChainReport(count, head, tuple(chain.broken_links(connection)))


def _undoable(writer: Writer, group: uuid.UUID, only: Collection[str] | None) -> str:
    """Return the action that the group is about; refused where it is none of these."""
    action = told_action(store.group_action(writer.connection, group))
    if only is not None and action not in only:
        raise Refused(
            f"your last command ({action}) was made elsewhere, and stands",
            hint="take it back where it was made, or by qualcode undo",
        )
    return action


def _invert(
    writer: Writer, project: Project, group: uuid.UUID, action: str, *, done: str
) -> Undone:
    connection = writer.connection
    writer.takes_back(group, action + done)
    touched = store.invert(writer, group)
    rounds = load_rounds(connection)
    for round_ in rounds:
        if round_.id in touched and round_.state is not RoundState.OPEN:
            refresh_consensus(writer, round_, documents=touched[round_.id])
    seen = visibility(project.actor, rounds)
    shown = store.load_events(connection, seen, group=group)
    said = sentence(shown).removeprefix("took back: ") if shown else action
    places = tuple(dict.fromkeys(event.document for event in shown if event.document))
    writer.flush()
    kinds, codings = store.changed_by(connection, seen, writer.group)
    first = places[0] if places else None
    return Undone(f"{done.strip()}: {said}", first, places, kinds, codings)


def _row(events: list[Event], taken_back: bool) -> HistoryRow:
    first = events[0]
    return HistoryRow(
        seq=first.seq,
        at=first.at,
        actor=first.actor,
        action=first.action,
        sentence=sentence(events),
        changes=len(events),
        document=next((event.document for event in events if event.document), None),
        code=next((event.code for event in events if event.code), None),
        round=next((event.round for event in events if event.round), None),
        group=first.group,
        taken_back=taken_back,
    )
