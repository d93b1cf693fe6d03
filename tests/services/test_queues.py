"""Queues and schemes: who reads what, shared out by a plan that is kept, and how far everybody is."""

from __future__ import annotations

import pytest

from qualcode.core.assigning import Plan, Scheme
from qualcode.errors import InputError, Refused
from qualcode.services import narrative, rounds
from qualcode.services.project import Project
from qualcode.services.rounds import ReadingState
from tests.study import ROUND, Study


def test_a_queue_begins_with_what_is_begun_and_ends_with_what_held_nothing(small: Study) -> None:
    small.apply("Ben", "benefit.trust", "We call each other by name", document="talk-3")
    rounds.mark_done(small.by("Ben"), ROUND, "talk-1")
    mine = rounds.queue(small.by("Ben"), ROUND)
    assert [(row.document, row.state, row.codings) for row in mine] == [
        ("talk-3", ReadingState.BEGUN, 1),
        ("talk-2", ReadingState.TO_READ, 0),
        ("talk-1", ReadingState.NOTHING, 0),
    ]
    assert mine[2].state.is_read
    assert all(row.words > 20 for row in mine)


def test_a_mentor_sees_how_far_others_are_but_not_what_they_coded(small: Study) -> None:
    small.apply("Ben", "benefit.trust", "We call each other by name", document="talk-3")
    rounds.mark_done(small.by("Ben"), ROUND, "talk-1")
    theirs = rounds.queue(small.by("Ana"), ROUND, coder="ben")
    assert [(row.document, row.state, row.codings) for row in theirs] == [
        ("talk-2", ReadingState.TO_READ, None),
        ("talk-3", ReadingState.TO_READ, None),
        ("talk-1", ReadingState.DONE, None),
    ]
    with pytest.raises(Refused, match="queue of Ana is not yours"):
        rounds.queue(small.by("Ben"), ROUND, coder="Ana")


def test_a_plan_is_kept_with_the_round_and_shares_out_as_it_showed(small: Study) -> None:
    rounds.new_round(small.lead, "second")
    plan = Plan(Scheme.BALANCED, per_document=2, seed=5)
    people = ["Ana", "Ben", "Chi"]
    shown = rounds.preview_assignments(small.lead, "second", coders=people, plan=plan)
    assert rounds.list_assignments(small.lead, "second") == ()
    assert rounds.assign_documents(small.lead, "second", coders=people, plan=plan) == 6
    given = rounds.list_assignments(small.lead, "second")
    assert {(one.document, one.coder) for one in given} == set(shown)
    assert rounds.round_scheme(small.lead, "second") == {
        "scheme": "balanced", "per_document": 2, "seed": 5,
    }  # fmt: skip
    assert rounds.assign_documents(small.lead, "second", coders=people, plan=plan) == 0
    assert rounds.round_scheme(small.lead, ROUND) == {}


def test_pairs_follow_from_the_roles_or_are_named(small: Study) -> None:
    rounds.new_round(small.lead, "second")
    shown = rounds.preview_assignments(small.lead, "second", plan=Plan(Scheme.PAIRS))
    assert {coder for _, coder in shown} == {"Ana", "Ben"}
    named = Plan(Scheme.PAIRS, pairs=(("chi", "ben"),))
    assert {coder for _, coder in rounds.preview_assignments(small.lead, "second", plan=named)} == {
        "Ben", "Chi",
    }  # fmt: skip
    with pytest.raises(InputError, match="mentors and mentees"):
        rounds.preview_assignments(small.lead, "second", coders=["Chi"], plan=Plan(Scheme.PAIRS))


def test_narratives_are_assigned_only_by_name(sample: Project) -> None:
    told = [row for row in narrative.list_narratives(sample)]
    assert told
    rounds.new_round(sample, "second")
    shown = rounds.preview_assignments(sample, "second", coders=["Noor"])
    assert len(shown) == 16


def test_only_leads_and_mentors_assign_and_a_project_without_texts_says_so(
    small: Study, project: Project
) -> None:
    with pytest.raises(Refused, match="assigns documents"):
        rounds.assign_documents(small.by("Ben"), ROUND)
    rounds.new_round(project, "first")
    with pytest.raises(Refused, match="no transcript"):
        rounds.assign_documents(project, "first")
