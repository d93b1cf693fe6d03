"""Who sees what in which round."""

from __future__ import annotations

import itertools

import pytest

from qualcode.core.identity import uuid7
from qualcode.core.project import Coder, Role
from qualcode.core.rounds import (
    Purpose,
    Round,
    RoundState,
    compared_round,
    everything_to,
    may_decide,
    visibility,
)


def round_(number: int, state: RoundState, *, blind: bool) -> Round:
    return Round(number, uuid7(), f"r{number}", Purpose.INDEPENDENT, state, blind)


ANA = Coder(7, uuid7(), "Ana", Role.MENTEE)


@pytest.mark.parametrize(("state", "blind"), list(itertools.product(RoundState, (True, False))))
def test_only_a_blind_open_round_hides_the_coders_from_each_other(
    state: RoundState, blind: bool
) -> None:
    found = round_(1, state, blind=blind)
    assert found.hides_coders is (blind and state is RoundState.OPEN)
    seen = visibility(ANA, [found, round_(2, RoundState.OPEN, blind=False)])
    assert seen.shows(1, ANA.id) and seen.shows(2, 99)
    assert seen.shows(1, 99) is not found.hides_coders


def test_a_lead_is_as_blind_as_everybody() -> None:
    lead = Coder(1, uuid7(), "Vera", Role.LEAD)
    assert not visibility(lead, [round_(1, RoundState.OPEN, blind=True)]).shows(1, 7)


def test_what_is_open_to_all_is_not_hidden() -> None:
    assert everything_to(ANA).shows(1, 99)


def test_mentees_do_not_decide_and_only_leads_and_mentors_follow_progress() -> None:
    people = {role: Coder(1, uuid7(), "x", role) for role in Role}
    assert {role for role, person in people.items() if may_decide(person)} == {
        Role.LEAD,
        Role.MENTOR,
        Role.ANALYST,
    }
    assert {role for role in Role if role.sees_progress} == {Role.LEAD, Role.MENTOR}


def test_coders_are_compared_in_the_chosen_round_unless_it_is_blind_and_another_is_not() -> None:
    closed = Round(1, uuid7(), "old", Purpose.INDEPENDENT, RoundState.CLOSED, blind=True)
    newer = Round(2, uuid7(), "newer", Purpose.INDEPENDENT, RoundState.RECONCILING, blind=True)
    blind = Round(3, uuid7(), "practice", Purpose.TRAINING, RoundState.OPEN, blind=True)
    assert compared_round(closed, [closed, newer, blind]) is closed
    assert compared_round(blind, [closed, newer, blind]) is newer
    assert compared_round(blind, [blind]) is blind
    assert compared_round(None, [closed]) is None
