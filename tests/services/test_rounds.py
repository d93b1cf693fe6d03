"""Rounds: opened, assigned, read to the end, reconciled, closed; and what each state refuses."""

from __future__ import annotations

import pytest

from qualcode.core.reconcile import Outcome
from qualcode.core.rounds import Purpose, RoundState
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.services import audit, project, rounds
from tests.study import CODERS, ROUND, Study

OPEN, RECONCILING, CLOSED = RoundState.OPEN, RoundState.RECONCILING, RoundState.CLOSED


def move(study: Study, state: RoundState, **how: bool) -> RoundState:
    return rounds.set_round_state(study.lead, ROUND, state, **how).state


def test_a_round_goes_from_open_to_reconciling_to_closed_and_back_step_by_step(
    anywhere: Study,
) -> None:
    anywhere.finish()
    assert [move(anywhere, state) for state in (RECONCILING, CLOSED, RECONCILING, OPEN)] == [
        RECONCILING,
        CLOSED,
        RECONCILING,
        OPEN,
    ]
    assert project.check_project(anywhere.lead).problems == ()
    told = [row.sentence for row in audit.history(anywhere.lead, limit=4)]
    assert told == [
        f"set first to {state}" for state in ("reconciling", "closed", "reconciling", "open")
    ]


def test_a_state_is_not_entered_twice_and_a_closed_round_does_not_open_at_once(
    small: Study,
) -> None:
    small.finish()
    with pytest.raises(Refused, match="first is open already"):
        move(small, OPEN)
    move(small, CLOSED)
    with pytest.raises(Refused, match="first is closed"):
        move(small, OPEN)


def test_a_round_with_unread_documents_is_not_reconciled_unless_it_is_said(small: Study) -> None:
    small.finish("Ana", "Ben")
    with pytest.raises(
        Refused, match="3 assigned documents are not read to the end, the first talk-1 by Chi"
    ):
        move(small, RECONCILING)
    assert move(small, RECONCILING, even_unread=True) is RECONCILING


def test_a_round_without_assignments_is_not_reconciled(small: Study) -> None:
    rounds.new_round(small.lead, "second")
    with pytest.raises(Refused, match="nothing is assigned in second"):
        rounds.set_round_state(small.lead, "second", RECONCILING)


def test_a_round_is_not_closed_over_undecided_discrepancies(small: Study) -> None:
    small.quarrel()
    small.reconcile()
    with pytest.raises(Refused, match="3 discrepancies of first are undecided"):
        move(small, CLOSED)
    for item in small.discrepancies():
        small.decide("Ana", item, Outcome.DEFER)
    with pytest.raises(Refused, match="3 discrepancies of first are undecided"):
        move(small, CLOSED)
    for item in small.discrepancies():
        small.decide("Ana", item, Outcome.REJECT_ALL)
    assert move(small, CLOSED) is CLOSED


def test_only_a_lead_or_a_mentor_steers(small: Study) -> None:
    for person in ("Ben", "Chi"):
        handle = small.by(person)
        for command in (
            lambda handle=handle: rounds.new_round(handle, "second"),
            lambda handle=handle: rounds.assign_documents(handle, ROUND),
            lambda handle=handle: rounds.set_round_state(handle, ROUND, RECONCILING),
            lambda handle=handle: rounds.unblind_round(handle, ROUND, reason="x"),
            lambda handle=handle: rounds.mark_done(handle, ROUND, "talk-1", coder="Ana"),
        ):
            with pytest.raises(Refused, match="only a lead or mentor"):
                command()
    assert rounds.new_round(small.by("Ana"), "second").name == "second"


def test_a_round_has_a_name_of_its_own_a_purpose_and_the_newest_codebook_version(
    small: Study,
) -> None:
    made = rounds.new_round(
        small.lead, " second ", purpose=Purpose.TRAINING, blind=False, instructions="Read twice."
    )
    assert (made.name, made.purpose, made.blind, made.instructions) == (
        "second",
        Purpose.TRAINING,
        False,
        "Read twice.",
    )
    with pytest.raises(Refused, match="a round named second exists already"):
        rounds.new_round(small.lead, "SECOND")
    with pytest.raises(InputError, match="a round needs a name"):
        rounds.new_round(small.lead, " ")


def test_documents_are_assigned_once_all_of_them_where_none_is_named(anywhere: Study) -> None:
    assert rounds.assign_documents(anywhere.lead, ROUND, coders=list(CODERS)) == 0
    assert rounds.assign_documents(anywhere.lead, ROUND, documents=["talk-1"]) == 1
    assert rounds.assign_documents(anywhere.lead, ROUND) == 2
    with pytest.raises(UnknownName, match="no coder is called 'Bem'"):
        rounds.assign_documents(anywhere.lead, ROUND, coders=["Bem"])


def test_nothing_is_assigned_in_a_closed_round(small: Study) -> None:
    small.finish()
    move(small, CLOSED)
    with pytest.raises(Refused, match="first is closed"):
        rounds.assign_documents(small.lead, ROUND)
    with pytest.raises(Refused, match="first is closed"):
        rounds.mark_done(small.by("Ana"), ROUND, "talk-1")


def test_a_document_is_read_to_the_end_and_can_be_opened_again(anywhere: Study) -> None:
    handle = anywhere.by("Ana")

    def done() -> set[str]:
        return {
            one.document
            for one in rounds.list_assignments(handle, ROUND)
            if one.done and one.coder == "Ana"
        }

    rounds.mark_done(handle, ROUND, "talk-2")
    assert done() == {"talk-2"}
    rounds.mark_done(handle, ROUND, "talk-2", done=False)
    assert done() == set()
    rounds.mark_done(anywhere.lead, ROUND, "talk-3", coder="ana")
    assert done() == {"talk-3"}
    told = [f"{row.actor} {row.sentence}" for row in audit.history(handle, limit=3)]
    assert told == [
        "Ana read talk-2 to the end (first)",
        "Ana opened talk-2 again (first)",
        "Vera read talk-3 to the end (first)",
    ]
