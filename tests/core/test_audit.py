"""What can be undone and redone, and how the history tells it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.audit import (
    BROUGHT_BACK,
    TAKEN_BACK,
    Event,
    needed_state,
    sentence,
    stacks,
    told_action,
)
from qualcode.core.identity import uuid7
from qualcode.core.rounds import RoundState


def event(action: str, entity: str, after: dict[str, Any] | None = None, **more: Any) -> Event:
    given = {"document": None, "code": None, "round": None, "before": None, "entity_id": 1} | more
    return Event(
        seq=1,
        at=datetime(2026, 1, 2, tzinfo=UTC),
        actor="Ana",
        action=action,
        operation="add",
        entity=entity,
        entity_uid=uuid7(),
        group=uuid7(),
        undoes=None,
        after=after,
        **given,
    )


@given(st.lists(st.sampled_from(("do", "undo", "redo")), max_size=30))
def test_the_stacks_follow_any_sequence_of_commands(steps: list[str]) -> None:
    groups: list[tuple[uuid.UUID, uuid.UUID | None]] = []
    done: list[str] = []
    undone: list[str] = []
    names: dict[uuid.UUID, str] = {}
    for number, step in enumerate(steps):
        to_undo, to_redo = stacks(groups)
        assert (len(to_undo), len(to_redo)) == (len(done), len(undone))
        made = uuid7()
        if step == "do":
            groups.append((made, None))
            names[made] = f"command {number}"
            done.append(names[made])
            undone.clear()
        elif step == "undo" and to_undo:
            groups.append((made, to_undo[-1]))
            names[made] = names[to_undo[-1]]
            undone.append(done.pop())
            assert names[made] == undone[-1]
        elif step == "redo" and to_redo:
            groups.append((made, to_redo[-1]))
            names[made] = names[to_redo[-1]]
            done.append(undone.pop())
            assert names[made] == done[-1]


def test_an_undo_of_something_too_long_ago_to_be_read_can_be_redone() -> None:
    taken_back, forgotten = uuid7(), uuid7()
    assert stacks([(taken_back, forgotten)]) == ([], [taken_back])


def test_codings_need_an_open_round_and_decisions_a_reconciling_one() -> None:
    assert needed_state("code applied", "coding") is RoundState.OPEN
    assert needed_state("code applied" + TAKEN_BACK, "coding_facet") is RoundState.OPEN
    assert needed_state("discrepancy decided", "decision") is RoundState.RECONCILING
    assert needed_state("decisions imported" + BROUGHT_BACK, "decision") is RoundState.RECONCILING
    assert needed_state("codes merged", "coding") is None
    assert needed_state("codes merged", "decision") is None
    assert told_action("code applied" + TAKEN_BACK) == "code applied"


SPAN = {"start_ch": 3, "end_ch": 9}
HERE = {"document": "talk-1", "round": "first"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([event("code applied", "assignment", {}), event("code applied", "coding", SPAN, code="a.b", **HERE)], "applied a.b in talk-1 at 3–9 (first)"),
        ([event("coding removed", "coding", None, before=SPAN, code="a.b", **HERE)], "removed a.b in talk-1 at 3–9 (first)"),
        ([event("code applied taken back", "coding", None, before=SPAN, code="a", **HERE)], "took back: applied a in talk-1 at 3–9 (first)"),
        ([event("code applied brought back", "coding", SPAN, code="a", **HERE)], "brought back: applied a in talk-1 at 3–9 (first)"),
        ([event("codings imported", "coding", SPAN, entity_id=n, code="a", **HERE) for n in range(3)], "imported 3 codings in talk-1 (first)"),
        ([event("code changed", "code", {"definition": "x", "wording": 2}, code="a")], "changed the code a (definition)"),
        ([event("discrepancy decided", "decision", {**SPAN, "outcome": "keep_one"}, **HERE)], "decided a discrepancy in talk-1 at 3–9: keep_one (first)"),
        ([event("discrepancies decided by majority", "decision", SPAN, entity_id=n, round="first") for n in range(2)], "decided 2 discrepancies by majority (first)"),
        ([event("document imported", "document", {"name": "talk-1"}, document="talk-1")], "imported talk-1"),
        ([event("documents assigned", "assignment", {}, document=f"t{n % 2}", round="first") for n in range(4)], "assigned 2 documents (first)"),
        ([event("round state changed", "coding_round", {"state": "closed"}, round="first")], "set first to closed"),
        ([event("memo written", "memo", {"target_type": "coding"}, round="first")], "wrote a memo on a coding (first)"),
        ([event("coder added", "coder", {"name": "Dee"})], "added Dee"),
        ([event("codebook version kept", "codebook_version", {"n": 2})], "kept codebook version 2"),
        ([event("ties proposed", "tie_statement", {}, entity_id=n) for n in range(5)], "proposed 5 ties"),
        ([event("narratives built", "narrative", {})], "built 1 narrative"),
        ([event("domain added", "domain", {"cover_term": "trusting"})], "added domain trusting"),
        ([event("alias bound", "actor_alias", {})], "bound an alias"),
    ],
)  # fmt: skip
def test_a_group_of_events_is_told_in_one_sentence(found: list[Event], said: str) -> None:
    assert sentence(found) == said
