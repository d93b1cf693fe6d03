"""What happened in a project, as values and sentences, and what an undo would take back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualcode.core.rounds import RoundState

TAKEN_BACK = " taken back"
BROUGHT_BACK = " brought back"

# Taken back by a command of their own, which asks for a reason.
NOT_UNDOABLE = frozenset(
    {"project created", "round state changed", "round unblinded", "project exported"}
)

# What belongs to an open round, and is frozen when it moves on.
_CODING_ACTIONS = frozenset(
    {
        "code applied",
        "coding removed",
        "coding changed",
        "coding weighted",
        "coding split",
        "codings joined",
        "codings imported",
        "document read",
        "document opened again",
    }
)


def needed_state(action: str, entity: str) -> RoundState | None:
    """Return the state in which a round must be for such a change to be taken back or brought back; None: any."""
    told = told_action(action)
    if told in _CODING_ACTIONS and entity in ("coding", "coding_facet", "assignment"):
        return RoundState.OPEN
    is_deciding = told == "decisions imported" or told.startswith("discrepanc")
    return RoundState.RECONCILING if is_deciding and entity == "decision" else None


def told_action(action: str) -> str:
    """Return the action that an undo or redo is about, or the action itself."""
    return action.removesuffix(TAKEN_BACK).removesuffix(BROUGHT_BACK)


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
    """One command of one person; `sentence` is what follows the actor's name."""

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
    done: dict[uuid.UUID, None] = {}
    undone: dict[uuid.UUID, None] = {}
    for group, undoes in groups:
        if undoes is None:
            done[group] = None
            undone.clear()
        elif undoes in undone:
            del undone[undoes]
            done[group] = None
        else:
            done.pop(undoes, None)
            undone[group] = None
    return list(done), list(undone)


def sentence(events: Sequence[Event]) -> str:
    """Say what a group of events did, as what follows the actor's name: `applied benefit.trust in 01 at 3–9 (Set 1)`."""
    action = events[0].action
    if action.endswith(TAKEN_BACK):
        return "took back: " + _told(told_action(action), events)
    if action.endswith(BROUGHT_BACK):
        return "brought back: " + _told(told_action(action), events)
    return _told(action, events)


def _told(action: str, events: Sequence[Event]) -> str:
    entity = _ABOUT.get(action)
    about = [event for event in events if event.entity == entity] or list(events)
    words = [_deed(action, about)]
    documents = {event.document for event in about if event.document}
    spans = {_span(event) for event in about} - {None}
    if len(documents) == 1 and entity not in ("document", "assignment"):
        words.append(f"in {documents.pop()}")
    if len(spans) == 1 and len(about) == 1:
        words.append(f"at {spans.pop()}")
    if action == "discrepancy decided" and _fact(about[0], "outcome"):
        words[-1] += f": {_fact(about[0], 'outcome')}"
    rounds = {event.round for event in about if event.round}
    if len(rounds) == 1 and entity != "coding_round":
        words.append(f"({rounds.pop()})")
    return " ".join(words)


def _deed(action: str, about: Sequence[Event]) -> str:
    first = about[0]
    if action in _DEEDS:
        return _DEEDS[action].format(
            code=first.code or "a code",
            codes=", ".join(dict.fromkeys(event.code or "a code" for event in about)),
            document=first.document or "a document",
            documents=_counted(len({event.document for event in about}), "document"),
            round=first.round or "a round",
            name=_fact(first, "name") or "",
            count=len({event.entity_id for event in about}),
            fields=", ".join(
                name for name in first.after or {} if name not in ("sort", "wording")
            ),
            state=_fact(first, "state") or "another state",
            target=_fact(first, "target_type") or "thing",
            n=_fact(first, "n") or "",
        )
    if action.startswith("discrepancies decided by "):
        strategy = action.removeprefix("discrepancies decided by ")
        decided = sum(1 for event in about if event.entity == "decision")
        return f"decided {_counted(decided, 'discrepancy', 'discrepancies')} by {strategy}"
    noun, _, verb = action.rpartition(" ")
    if noun.endswith("s") and noun != "alias":
        return f"{verb} {_counted(len({event.entity_id for event in about}), noun[:-1], noun)}"
    name = _fact(first, "name") or _fact(first, "cover_term")
    article = "an" if noun[:1] in "aeiou" else "a"
    return f"{verb} {noun} {name}" if name else f"{verb} {article} {noun}"


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _fact(event: Event, name: str) -> Any:
    return (event.after or {}).get(name) or (event.before or {}).get(name)


def _span(event: Event) -> str | None:
    facts = event.after if event.after and "start_ch" in event.after else event.before
    if facts and "start_ch" in facts and "end_ch" in facts:
        return f"{facts['start_ch']}–{facts['end_ch']}"
    return None


# What an action is about, where its group holds other changes too.
_ABOUT = {
    "code applied": "coding",
    "coding removed": "coding",
    "coding changed": "coding",
    "coding weighted": "coding",
    "coding split": "coding",
    "codings joined": "coding",
    "codings imported": "coding",
    "code added": "code",
    "code changed": "code",
    "code moved": "code",
    "code removed": "code",
    "codes merged": "coding",
    "code split": "code",
    "suggestion rejected": "rejected_suggestion",
    "facet added": "facet",
    "facet changed": "facet",
    "facet removed": "facet",
    "codebook imported": "code",
    "discrepancy decided": "decision",
    "decisions imported": "decision",
    "document imported": "document",
    "document removed": "document",
    "documents assigned": "assignment",
    "document read": "assignment",
    "document opened again": "assignment",
    "memo written": "memo",
    "memo changed": "memo",
    "memo removed": "memo",
    "remark written": "memo",
    "participants imported": "participant",
    "round opened": "coding_round",
    "round state changed": "coding_round",
    "round unblinded": "coding_round",
    "codebook version kept": "codebook_version",
    "coder added": "coder",
    "ties proposed": "tie_statement",
    "ties confirmed": "tie_statement",
    "tie changed": "tie_statement",
    "tie rejected": "tie_statement",
    "narrative built": "narrative",
    "narratives built": "narrative",
    "narrative removed": "narrative",
}

_DEEDS = {
    "code applied": "applied {code}",
    "coding removed": "removed {code}",
    "coding changed": "changed a coding of {code}",
    "code added": "added the code {code}",
    "code changed": "changed the code {code} ({fields})",
    "code moved": "moved the code {code}",
    "code removed": "removed the code {code}",
    "codes merged": "merged {code} into another code",
    "code split": "split a code into {codes}",
    "coding weighted": "weighted {code}",
    "coding split": "split a coding of {code}",
    "codings joined": "joined codings of {code}",
    "suggestions shown": "was shown suggestions",
    "suggestion rejected": "rejected a suggestion of {code}",
    "facet changed": "changed a facet",
    "codebook imported": "imported a codebook",
    "codebook version kept": "kept codebook version {n}",
    "coder added": "added {name}",
    "claim written": "wrote a claim",
    "counter-evidence written": "wrote counter-evidence",
    "discrepancy decided": "decided a discrepancy",
    "document imported": "imported {document}",
    "document removed": "removed {document}",
    "documents assigned": "assigned {documents}",
    "document read": "read {document} to the end",
    "document opened again": "opened {document} again",
    "memo written": "wrote a memo on a {target}",
    "memo changed": "changed a memo",
    "memo removed": "removed a memo",
    "participants imported": "imported participants",
    "prose changed": "changed prose",
    "prose moved": "moved prose",
    "prose removed": "removed prose",
    "prose written": "wrote prose",
    "project created": "created the project",
    "remark written": "remarked on a discrepancy",
    "round opened": "opened the round {round}",
    "round state changed": "set {round} to {state}",
    "round unblinded": "unblinded {round}",
}
