"""What a decision puts into the consensus, and what the named strategies would propose."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook, Facet, FacetValue
from qualcode.core.identity import derived_uid
from qualcode.core.reconcile import (
    Claim,
    Discrepancy,
    DiscrepancyKind,
    Outcome,
    Result,
    Strategy,
    find_discrepancies,
    fitted,
    outcome_results,
    propose,
)
from qualcode.errors import InputError, SpanError

PLACE = (uuid.UUID(int=1), uuid.UUID(int=2))
PARENTS = {
    "benefit.trust": "benefit",
    "challenge.mistrust": "challenge",
    "benefit": None,
    "challenge": None,
}
CODEBOOK = Codebook(
    codes=(
        Code("benefit", "Benefit"),
        Code("benefit.trust", "Trust", parent="benefit"),
        Code("challenge", "Challenge"),
        Code("challenge.mistrust", "Mistrust", parent="challenge"),
    ),
    facets=(
        Facet(
            "site", "Site", (FacetValue("A", "A"), FacetValue("B", "B")), applies_to=("challenge",)
        ),
        Facet("tone", "Tone", (FacetValue("harsh", "Harsh"),), only_if={"site": ("A",)}),
    ),
)


def claim(coder: str, code: str, start: int, end: int, **facets: str) -> Claim:
    number = hash((coder, code, start, end)) % 10_000
    uid = derived_uid("coding", coder, code, start, end)
    return Claim(number, uid, 1, coder, code, start, end, facets)


def only(*claims: Claim, coders: tuple[str, ...] = ("Ana", "Ben")) -> Discrepancy:
    (found,) = find_discrepancies(claims, coders, parents=PARENTS, place=PLACE)
    return found


def overlap() -> Discrepancy:
    return only(
        claim("Ana", "benefit.trust", 10, 50), claim("Ben", "challenge.mistrust", 15, 60, site="A")
    )


def test_each_code_can_be_kept_as_another_coder_has_it() -> None:
    found = only(
        claim("Ana", "benefit.trust", 10, 50),
        claim("Ben", "benefit.trust", 12, 55),
        claim("Chi", "challenge.mistrust", 15, 60, site="A"),
        coders=("Ana", "Ben", "Chi"),
    )
    keep = {"benefit.trust": "Ben", "challenge.mistrust": "Chi"}
    assert outcome_results(found, Outcome.KEEP_BOTH, coder=keep) == (
        Result("benefit.trust", 12, 55, {}),
        Result("challenge.mistrust", 15, 60, {"site": "A"}),
    )
    assert len(outcome_results(found, Outcome.KEEP_BOTH, coder={"benefit.trust": "Ana"})) == 1


def test_a_code_is_not_kept_as_somebody_has_it_who_has_not() -> None:
    with pytest.raises(InputError, match=r"Ben has no coding of benefit.trust") as refusal:
        outcome_results(overlap(), Outcome.KEEP_BOTH, coder={"benefit.trust": "Ben"})
    assert "Ana" in str(refusal.value.hint)
    with pytest.raises(InputError, match="did not read"):
        outcome_results(overlap(), Outcome.KEEP_BOTH, coder={"benefit.trust": "Dee"})
    with pytest.raises(InputError, match="which codings"):
        outcome_results(overlap(), Outcome.KEEP_BOTH, coder={})
    with pytest.raises(InputError, match="whose coding"):
        outcome_results(overlap(), Outcome.KEEP_ONE, coder={"benefit.trust": "Ana"})


@pytest.mark.parametrize("span", [(60, 90), (0, 10), (200, 300), (20, 20)])
@pytest.mark.parametrize("outcome", [Outcome.ADJUST_SPAN, Outcome.OTHER_CODE])
def test_a_span_must_touch_the_discrepancy(outcome: Outcome, span: tuple[int, int]) -> None:
    with pytest.raises(SpanError, match="does not touch the discrepancy at 10–60"):
        outcome_results(overlap(), outcome, code="benefit", span=span)


def test_facets_stay_with_the_codes_they_are_asked_for() -> None:
    results = outcome_results(overlap(), Outcome.KEEP_BOTH, facets={"site": "B", "tone": "harsh"})
    with pytest.raises(InputError, match="tone is not asked for"):
        fitted(results, CODEBOOK, {"site": "B", "tone": "harsh"})
    kept = fitted(results, CODEBOOK, {"site": "B"})
    assert [(one.code, dict(one.facets)) for one in kept] == [
        ("benefit.trust", {}),
        ("challenge.mistrust", {"site": "B"}),
    ]


def test_a_facet_that_is_asked_for_no_code_is_refused_with_where_it_is_asked() -> None:
    results = (Result("benefit.trust", 1, 5, {"site": "A"}),)
    with pytest.raises(InputError, match=r"site is not asked for benefit.trust") as refusal:
        fitted(results, CODEBOOK, {"site": "A"})
    assert refusal.value.hint == "it is asked for challenge"
    with pytest.raises(InputError) as refusal:
        fitted((Result("challenge", 1, 5, {"tone": "harsh"}),), CODEBOOK, {"tone": "harsh"})
    assert refusal.value.hint == "it is asked for every code, where site is A"
    assert fitted((), CODEBOOK, {"site": "A"}) == ()
    gone = (Result("gone", 1, 5, {"site": "A"}),)
    assert fitted(gone, CODEBOOK, {}) == gone


def test_an_empty_value_takes_a_facet_away() -> None:
    (kept,) = outcome_results(
        only(claim("Ben", "challenge.mistrust", 15, 60, site="A")),
        Outcome.KEEP_ONE,
        coder="Ben",
        facets={"site": ""},
    )
    assert kept.facets == {}


def test_complete_agreement_keeps_only_what_all_coded() -> None:
    boundary = only(claim("Ana", "benefit.trust", 10, 50), claim("Ben", "benefit.trust", 20, 60))
    outcome, results, _ = propose(boundary, Strategy.COMPLETE) or (None, (), "")
    assert (outcome, results) == (Outcome.ADJUST_SPAN, (Result("benefit.trust", 20, 50, {}),))
    outcome, results, _ = propose(overlap(), Strategy.COMPLETE) or (None, (), "")
    assert (outcome, results) == (Outcome.REJECT_ALL, ())


def test_the_mentor_and_the_union_answer_where_they_can() -> None:
    outcome, results, why = propose(overlap(), Strategy.MENTOR, mentor="Ana") or (None, (), "")
    assert (outcome, [one.code for one in results]) == (Outcome.KEEP_ONE, ["benefit.trust"])
    assert "Ana" in why
    assert propose(overlap(), Strategy.MENTOR, mentor="Dee") is None
    outcome, results, _ = propose(overlap(), Strategy.UNION) or (None, (), "")
    assert (outcome, len(results)) == (Outcome.KEEP_BOTH, 2)
    boundary = only(claim("Ana", "benefit.trust", 10, 50), claim("Ben", "benefit.trust", 20, 60))
    assert propose(boundary, Strategy.UNION) is None
    assert propose(boundary, Strategy.MAJORITY) is None


def test_what_is_missing_is_asked_for() -> None:
    for outcome, why in (
        (Outcome.KEEP_ONE, "whose coding"),
        (Outcome.ADJUST_SPAN, "which span"),
        (Outcome.OTHER_CODE, "which code"),
    ):
        with pytest.raises(InputError, match=why):
            outcome_results(overlap(), outcome)


def test_a_case_is_shared_by_what_can_be_decided_alike() -> None:
    one, other = (
        overlap(),
        only(
            claim("Ana", "benefit.trust", 110, 150), claim("Ben", "challenge.mistrust", 115, 160)
        ),
    )
    swapped = only(
        claim("Ben", "benefit.trust", 10, 50), claim("Ana", "challenge.mistrust", 15, 60)
    )
    assert one.case == other.case
    assert one.case != swapped.case
    assert one.uid != other.uid


def test_two_who_say_the_same_are_no_pair_that_differs() -> None:
    found = only(
        claim("Ana", "benefit.trust", 10, 50),
        claim("Ben", "benefit.trust", 10, 50),
        coders=("Ana", "Ben", "Chi"),
    )
    assert found.kind is DiscrepancyKind.MISSED
    assert not found.is_between("Ana", "Ben")
    assert found.is_between("Ana", "Chi")
    assert not found.is_between("Ana", "Dee")


_claims = st.lists(
    st.builds(
        claim,
        st.sampled_from(["Ana", "Ben", "Chi"]),
        st.sampled_from(["benefit.trust", "challenge.mistrust", "benefit"]),
        st.integers(0, 20),
        st.integers(21, 40),
    ),
    max_size=8,
    unique_by=lambda one: (one.coder, one.code, one.start, one.end),
)


@given(claims=_claims)
def test_complete_agreement_never_keeps_words_that_somebody_left_out(claims: list[Claim]) -> None:
    coders = ("Ana", "Ben", "Chi")
    for found in find_discrepancies(claims, coders, parents=PARENTS, place=PLACE):
        proposed = propose(found, Strategy.COMPLETE)
        assert proposed is not None
        for result in proposed[1]:
            for offset in range(result.start, result.end):
                having = {
                    one.coder
                    for one in claims
                    if one.code == result.code and one.start <= offset < one.end
                }
                assert having == set(coders)


@given(claims=_claims, seed=st.randoms())
def test_the_order_of_the_codings_changes_no_discrepancy(
    claims: list[Claim], seed: object
) -> None:
    shuffled = list(claims)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    coders = ("Ana", "Ben", "Chi")
    one = find_discrepancies(claims, coders, parents=PARENTS, place=PLACE)
    other = find_discrepancies(shuffled, coders, parents=PARENTS, place=PLACE)
    assert {item.uid for item in one} == {item.uid for item in other}
