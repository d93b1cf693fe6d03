"""What happened in a project, as values and sentences, and what an undo would take back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Taken back by a command of their own, which asks for a reason.
NOT_UNDOABLE = frozenset(
    {"project created", "round state changed", "round unblinded", "project exported"}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One change to one row, with names resolved where the history needs them."""

    seq: int
    at: datetime
    actor: str
    action: str
    operation: str
    entity: str
    entity_id: int
    entity_uid: uuid.UUID
    group: uuid.UUID
    undoes: uuid.UUID | None
    document: str | None
    code: str | None
    round: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One command of one person, as a sentence."""

    seq: int
    at: datetime
    actor: str
    action: str
    sentence: str
    changes: int
    document: str | None
    code: str | None
    round: str | None
    group: uuid.UUID
    taken_back: bool


def stacks(
    groups: Iterable[tuple[uuid.UUID, uuid.UUID | None]],
) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Return (what can be undone, what can be redone), newest last, from one person's groups in order.

    Each item is (group, the group it takes back or None). An undo is itself a group; a redo takes back an undo;
    any other command forgets what could have been redone."""
    done: list[uuid.UUID] = []
    undone: list[uuid.UUID] = []
    for group, undoes in groups:
        if undoes is None:
            done.append(group)
            undone.clear()
        elif undoes in undone:
            undone.remove(undoes)
            done.append(group)
        else:
            if undoes in done:
                done.remove(undoes)
            undone.append(group)
    return done, undone


def sentence(events: list[Event]) -> str:
    """Say in one sentence what a group of events did; the action's own words, then what it was about."""
    first = events[0]
    words = [first.action]
    if first.code and first.entity in ("coding", "coding_facet", "code", "decision_result"):
        words.append(first.code)
    elif first.after and first.after.get("name"):
        words.append(str(first.after["name"]))
    elif first.before and first.before.get("name"):
        words.append(str(first.before["name"]))
    if first.document and first.entity != "document":
        words.append(f"in {first.document}")
    span = first.after or first.before or {}
    if "start_ch" in span and "end_ch" in span:
        words.append(f"at {span['start_ch']}–{span['end_ch']}")
    if first.entity == "code" and first.operation == "change" and first.after:
        words.append("(" + ", ".join(first.after) + ")")
    if first.round:
        words.append(f"({first.round})")
    if len(events) > 1:
        words.append(f"· {len(events)} changes")
    return " ".join(words)
