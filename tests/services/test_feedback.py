"""Feedback: who may read it, of which rounds, and that its reasons come from the decisions."""

from __future__ import annotations

import pytest

from qualcode.core.feedback import Verdict
from qualcode.core.reconcile import Outcome
from qualcode.errors import BlindRound, InputError, Refused
from qualcode.services import reconcile, rounds
from tests.study import ROUND, Study


@pytest.fixture
def decided(small: Study) -> Study:
    small.quarrel()
    small.reconcile()
    for item in small.discrepancies():
        small.decide("Ana", item, Outcome.KEEP_ONE, keep="Ana", rationale="as the rule says")
    return small


def test_a_mentee_reads_her_own_feedback_with_the_reasons(decided: Study) -> None:
    page = reconcile.give_feedback(decided.by("Ben"), "ben", [ROUND])
    found = page.feedback
    assert (found.overall.hits, found.overall.misses, found.overall.extras) == (1, 2, 2)
    missed = [one for one in found.passages if one.verdict is Verdict.MISS]
    assert {one.reason for one in missed} == {"as the rule says"}
    assert "There are forty cases on one desk." in {one.quote for one in missed}
    extra = [one for one in found.passages if one.verdict is Verdict.EXTRA]
    assert {one.reason for one in extra} == {"as the rule says"}
    assert page.as_markdown().startswith("# Feedback for Ben")


def test_others_feedback_is_for_those_who_teach(decided: Study) -> None:
    with pytest.raises(Refused, match="feedback to Ana is not yours"):
        reconcile.give_feedback(decided.by("Ben"), "Ana", [ROUND])
    assert reconcile.give_feedback(decided.by("Ana"), "Ben", [ROUND]).feedback.coder == "Ben"


def test_feedback_needs_a_reconciled_round_and_a_reader(decided: Study) -> None:
    with pytest.raises(Refused, match="read nothing"):
        reconcile.give_feedback(decided.lead, "Chi", [ROUND])
    with pytest.raises(InputError, match="which rounds"):
        reconcile.give_feedback(decided.lead, "Ben", [])
    decided.reopen()
    with pytest.raises(BlindRound):
        reconcile.give_feedback(decided.lead, "Ben", [ROUND])
    rounds.unblind_round(decided.lead, ROUND, reason="training")
    with pytest.raises(Refused, match="no consensus yet"):
        reconcile.give_feedback(decided.lead, "Ben", [ROUND])
