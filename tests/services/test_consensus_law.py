"""The consensus equals its definition after any sequence of codings, decisions, undos and changes of the codebook."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.reconcile import Outcome, Strategy
from qualcode.errors import QualcodeError, Refused
from qualcode.services import audit, codebook, coding, project, reconcile, rounds
from qualcode.storage.reconcile import load_decisions, load_places
from qualcode.storage.rounds import find_round
from tests.services.test_undo_laws import Fresh
from tests.study import ROUND, Study

LONG = os.environ.get("QUALCODE_PROOFS") == "long"
CODES = ("benefit.trust", "benefit.contact", "challenge.load")
_place = st.tuples(st.integers(0, 6), st.integers(1, 5)).map(
    lambda at: (at[0] * 10, (at[0] + at[1]) * 10)
)
_said = st.tuples(
    st.sampled_from(("Ana", "Ben", "Chi")),
    st.sampled_from(CODES),
    _place,
    st.sampled_from(({}, {}, {"site": "A"}, {"site": "B"})),
)
_move = st.tuples(
    st.sampled_from(
        ("decide", "decide", "decide", "majority", "undo", "undo", "redo", "recode", "merge")
    ),
    st.sampled_from(("Ana", "Chi", "Vera")),
    st.integers(0, 5),
    st.sampled_from(tuple(Outcome)),
    st.sampled_from(CODES),
)


def defined(study: Study) -> dict[tuple[str, str], set[int]]:
    """Return (document, code) → offsets of the consensus by its definition, counted offset by offset."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    with study.lead.reading() as connection:
        round_ = find_round(connection, ROUND)
        if round_.state.value == "open":
            return {}
        book = codebook.read_codebook(study.lead)
        for place in load_places(connection, round_):
            standing = {one.uid: one for one in place.discrepancies(round_, book)}
            counted = [
                row
                for row in load_decisions(connection, round_, revision_id=place.revision_id)
                if row.outcome is not Outcome.DEFER and row.discrepancy_uid in standing
            ]
            settled = {
                claim.coding_id
                for row in counted
                for claim in standing[row.discrepancy_uid].claims
            }
            for code in {claim.code for claim in place.claims}:
                said: dict[int, set[str]] = defaultdict(set)
                for claim in place.claims:
                    if (
                        claim.code == code
                        and claim.coder in place.coders
                        and claim.coding_id not in settled
                    ):
                        for offset in range(claim.start, claim.end):
                            said[offset].add(claim.coder)
                found[place.document, code] |= {
                    offset for offset, who in said.items() if who >= set(place.coders)
                }
            for row in counted:
                for result in row.results:
                    found[place.document, result.code] |= set(range(result.start, result.end))
    return {place: offsets for place, offsets in found.items() if offsets}


def kept(study: Study) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in coding.list_codings(study.lead, round=ROUND, with_consensus=True):
        if one.provenance.value == "consensus":
            found[one.document, one.code] |= set(range(one.start, one.end))
    return dict(found)


def act(study: Study, move: tuple[Any, ...]) -> None:
    what, person, which, outcome, code = move
    items = study.discrepancies()
    if what == "decide" and items:
        study.decide(
            person,
            items[which % len(items)],
            outcome,
            keep="Ana",
            code=code,
            span=(5, 25),
            new_code=("benefit", "Being known"),
        )
    elif what == "majority":
        reconcile.apply_strategy(study.by(person), ROUND, Strategy.MAJORITY)
    elif what == "undo":
        audit.undo(study.by(person))
    elif what == "redo":
        audit.redo(study.by(person))
    elif what == "recode":
        study.reopen()
        coding.apply_code(
            study.by("Ben"), code, document="talk-1", round=ROUND, start=which, end=which + 20
        )
        study.reconcile()
    elif what == "merge":
        codebook.merge_codes(study.lead, "benefit.contact", into="benefit.trust")


@pytest.mark.proof
@settings(max_examples=400 if LONG else 8, deadline=None)
@given(said=st.lists(_said, min_size=2, max_size=10), moves=st.lists(_move, max_size=9))
def test_the_consensus_equals_its_definition_after_anything(
    small_place: Path, said: list[tuple[Any, ...]], moves: list[tuple[Any, ...]]
) -> None:
    with Fresh(small_place) as study:
        for person, code, (start, end), facets in said:
            coding.apply_code(
                study.by(person),
                code,
                document="talk-1",
                round=ROUND,
                start=start,
                end=end,
                facets=facets,
            )
        study.finish(document="talk-1")
        assert kept(study) == {}
        study.reconcile()
        assert kept(study) == defined(study)
        for move in moves:
            try:
                act(study, move)
            except QualcodeError:
                continue
            finally:
                assert kept(study) == defined(study)
        assert project.check_project(study.lead).problems == ()


def test_a_round_that_is_opened_again_has_no_consensus(small: Study) -> None:
    small.quarrel()
    small.reconcile()
    assert small.consensus()
    small.reopen()
    assert kept(small) == {}
    assert project.check_project(small.lead).problems == ()


def test_a_decision_counts_again_when_its_round_is_opened_and_closed_unchanged(
    small: Study,
) -> None:
    small.quarrel()
    small.reconcile()
    for item in small.discrepancies():
        small.decide("Ana", item, Outcome.KEEP_ONE, keep="Ana")
    before = small.consensus()
    small.reopen()
    small.reconcile()
    assert small.consensus() == before


def test_a_decision_whose_input_changed_is_stale_and_does_not_count(small: Study) -> None:
    small.quarrel()
    small.reconcile()
    (item,) = [one for one in small.discrepancies() if "challenge.load" in one.discrepancy.codes]
    small.decide("Ana", item, Outcome.KEEP_ONE, keep="Ana")
    small.reopen()
    own = coding.list_codings(small.by("Ben"), code="challenge.turnover")[0]
    coding.change_coding(small.by("Ben"), own.id, span=(own.start, own.end - 3))
    small.reconcile()
    report = reconcile.consensus_report(small.lead, ROUND)
    assert [row.discrepancy_uid for row in report.stale] == [item.discrepancy.uid]
    assert "challenge.load" not in {code for _, code, _, _ in small.consensus()}


def test_the_identity_of_a_consensus_coding_outlives_undo_and_redo(anywhere: Study) -> None:
    anywhere.quarrel()
    anywhere.reconcile()
    (item,) = [
        one for one in anywhere.discrepancies() if "challenge.load" in one.discrepancy.codes
    ]
    anywhere.decide("Ana", item, Outcome.KEEP_ONE, keep="Ana")
    before = {(one.code, one.uid) for one in reconcile.list_consensus(anywhere.lead, ROUND)}
    audit.undo(anywhere.by("Ana"))
    audit.redo(anywhere.by("Ana"))
    assert {
        (one.code, one.uid) for one in reconcile.list_consensus(anywhere.lead, ROUND)
    } == before


def test_merging_codes_carries_decisions_and_is_taken_back_whole(anywhere: Study) -> None:
    anywhere.quarrel()
    anywhere.reconcile()
    for item in anywhere.discrepancies():
        anywhere.decide("Chi", item, Outcome.KEEP_ONE, keep="Ana")
    rounds.set_round_state(anywhere.lead, ROUND, rounds.RoundState.CLOSED)
    before = anywhere.consensus()
    assert codebook.merge_codes(anywhere.lead, "benefit.contact", into="benefit.trust") == 2
    moved = [
        (document, "benefit.trust" if code == "benefit.contact" else code, start, end)
        for document, code, start, end in before
    ]
    assert sorted(anywhere.consensus()) == sorted(moved)
    assert reconcile.consensus_report(anywhere.lead, ROUND).stale == ()
    assert project.check_project(anywhere.lead).problems == ()
    audit.undo(anywhere.lead)
    assert anywhere.consensus() == before
    assert reconcile.consensus_report(anywhere.lead, ROUND).undecided == 0
    assert project.check_project(anywhere.lead).problems == ()
    audit.redo(anywhere.lead)
    assert sorted(anywhere.consensus()) == sorted(moved)


def test_merging_leaves_one_coding_where_a_coder_had_both_codes_on_the_same_words(
    small: Study,
) -> None:
    for code in ("benefit.trust", "benefit.contact"):
        small.apply("Ana", code, "She knows whom to ask")
    codebook.merge_codes(small.by("Ana"), "benefit.contact", into="benefit.trust")
    assert [one.code for one in coding.list_codings(small.by("Ana"))] == ["benefit.trust"]
    audit.undo(small.by("Ana"))
    found = {one.code for one in coding.list_codings(small.by("Ana"))}
    assert found == {"benefit.trust", "benefit.contact"}


def test_a_code_is_not_merged_into_itself_or_into_what_lies_under_it(small: Study) -> None:
    for target, said in (("benefit", "into itself"), ("benefit.trust", "lies under benefit")):
        with pytest.raises(Refused, match=said):
            codebook.merge_codes(small.lead, "benefit", into=target)


def test_merging_brings_children_and_themes_along(small: Study) -> None:
    codebook.merge_codes(small.lead, "benefit", into="challenge")
    book = codebook.read_codebook(small.lead)
    assert book.by_key["benefit.trust"].parent == "challenge"
    assert book.themes[0].codes == ("challenge",)
