"""Discrepancies, what is decided about them, and the consensus that follows."""

from __future__ import annotations

import uuid
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook, Facet, FacetValue
from qualcode.core.identity import derived_uid
from qualcode.core.reconcile import (
    Claim,
    Decided,
    Discrepancy,
    DiscrepancyKind,
    Outcome,
    Strategy,
    derive_consensus,
    find_discrepancies,
    fitted,
    outcome_results,
    propose,
)
from qualcode.core.reconcile.discrepancies import agreed_facets, clusters, conflicting_facets
from qualcode.core.reconcile.outcomes import joined, with_facets
from qualcode.errors import InputError, SpanError

PARENTS = {
    "benefit": None,
    "benefit.trust": "benefit",
    "benefit.contact": "benefit",
    "challenge": None,
    "challenge.load": "challenge",
}
PLACE = (derived_uid("round"), derived_uid("revision"))
CODERS = ("Ana", "Ben")


def claim(number: int, coder: str, code: str, start: int, end: int, **facets: str) -> Claim:
    return Claim(number, derived_uid("coding", number), 1, coder, code, start, end, facets)


def found(*claims: Claim, coders: tuple[str, ...] = CODERS) -> list[Discrepancy]:
    return find_discrepancies(claims, coders, parents=PARENTS, place=PLACE)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (("benefit.trust", 0, 10), ("benefit.contact", 0, 10), DiscrepancyKind.DIFFERENT_CODE),
        (("benefit.trust", 0, 10), ("benefit", 0, 10), DiscrepancyKind.PARENT_OR_CHILD),
        (("benefit.trust", 0, 10), ("challenge.load", 0, 10), DiscrepancyKind.OVERLAP),
        (("benefit.trust", 0, 10), ("benefit.trust", 0, 14), DiscrepancyKind.BOUNDARY),
    ],
)
def test_what_two_coders_said_about_the_same_words_has_a_kind(
    first: tuple[str, int, int], second: tuple[str, int, int], kind: DiscrepancyKind
) -> None:
    (one,) = found(claim(1, "Ana", *first), claim(2, "Ben", *second))
    assert (one.kind, one.start, one.end) == (kind, 0, max(first[2], second[2]))
    assert one.coders == CODERS


def test_what_one_coder_missed_is_a_discrepancy_of_its_own() -> None:
    one, other = found(
        claim(1, "Ana", "benefit.trust", 0, 10), claim(2, "Ana", "challenge", 0, 10)
    )
    assert {one.kind, other.kind} == {DiscrepancyKind.MISSED}
    assert one.coders_for("benefit.trust") == ("Ana",)


def test_agreement_is_no_discrepancy_unless_the_facets_differ() -> None:
    same = (claim(1, "Ana", "benefit", 0, 10), claim(2, "Ben", "benefit", 0, 10))
    assert found(*same) == []
    (one,) = found(
        claim(1, "Ana", "benefit", 0, 10, site="A"), claim(2, "Ben", "benefit", 0, 10, site="B")
    )
    assert one.kind is DiscrepancyKind.FACET
    assert conflicting_facets(one.claims) == {"site": ("A", "B")}
    assert (
        found(claim(1, "Ana", "benefit", 0, 9, site="A"), claim(2, "Ben", "benefit", 0, 9)) == []
    )


def test_codes_far_apart_do_not_stand_for_each_other() -> None:
    items = found(claim(1, "Ana", "benefit", 0, 100), claim(2, "Ben", "challenge", 90, 200))
    assert [one.kind for one in items] == [DiscrepancyKind.MISSED, DiscrepancyKind.MISSED]


def test_one_reader_has_nobody_to_differ_from() -> None:
    assert found(claim(1, "Ana", "benefit", 0, 9), coders=("Ana",)) == []
    assert found(claim(1, "Chi", "benefit", 0, 9)) == []


def test_the_identity_follows_from_what_is_said_and_nothing_else() -> None:
    said = (claim(1, "Ana", "benefit", 0, 10), claim(2, "Ben", "benefit", 0, 12))
    (one,) = found(*said)
    (again,) = found(*reversed(said))
    changed_back = Claim(2, said[1].uid, 7, "Ben", "benefit", 0, 12)
    (same,) = found(said[0], changed_back)
    assert one.uid == again.uid == same.uid
    others = [
        found(said[0], claim(2, "Ben", "benefit", 0, 13))[0],
        found(said[0], claim(3, "Ben", "benefit", 0, 12))[0],
        found(claim(1, "Ana", "benefit", 0, 10, site="A"), said[1])[0],
        found(*said, coders=("Ana", "Ben", "Chi"))[0],
        find_discrepancies(said, CODERS, parents=PARENTS, place=(uuid.UUID(int=1), PLACE[1]))[0],
    ]
    assert len({one.uid, *(other.uid for other in others)}) == 6


def test_cases_that_are_alike_share_their_case() -> None:
    one, other = found(
        claim(1, "Ana", "benefit", 0, 10),
        claim(2, "Ben", "challenge", 0, 10),
        claim(3, "Ana", "benefit", 50, 70),
        claim(4, "Ben", "challenge", 50, 70),
    )
    assert one.case == other.case
    assert one.is_between("Ana", "Ben") and not one.is_between("Ana", "Chi")
    assert one.claims_of("Ben")[0].code == "challenge"


_claims = st.lists(
    st.tuples(
        st.sampled_from(("Ana", "Ben", "Chi")),
        st.sampled_from(tuple(PARENTS)),
        st.integers(0, 12),
        st.integers(1, 6),
        st.sampled_from(({}, {"site": "A"}, {"site": "B"})),
    ),
    max_size=14,
).map(
    lambda rows: [
        claim(number, coder, code, start, start + length, **facets)
        for number, (coder, code, start, length, facets) in enumerate(rows)
    ]
)


@given(_claims)
def test_every_offset_on_which_they_differ_is_in_exactly_the_discrepancies_of_its_codes(
    claims: list[Claim],
) -> None:
    coders = ("Ana", "Ben", "Chi")
    items = found(*claims, coders=coders)
    said: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in claims:
        for offset in range(one.start, one.end):
            said[one.code, offset].add(one.coder)
    disputed = {place for place, who in said.items() if who != set(coders)}
    covered = {
        (one.code, offset)
        for item in items
        for one in item.claims
        for offset in range(one.start, one.end)
    }
    assert disputed <= covered
    assert len({item.uid for item in items}) == len(items)
    told = [one.coding_id for item in items for one in item.claims]
    assert len(told) == len(set(told))


@given(_claims)
def test_clusters_part_every_stretch_into_what_all_share_and_what_they_do_not(
    claims: list[Claim],
) -> None:
    coders = ("Ana", "Ben", "Chi")
    for cluster in clusters(claims, coders):
        for offset in range(cluster.start, cluster.end):
            who = {one.coder for one in cluster.claims if one.start <= offset < one.end}
            assert who, "clusters hang together"
            inside = [
                sum(start <= offset < end for start, end in runs)
                for runs in (cluster.unanimous, cluster.disputed)
            ]
            assert inside == ([1, 0] if who == set(coders) else [0, 1])


@given(_claims)
def test_an_undecided_consensus_is_what_every_reader_said(claims: list[Claim]) -> None:
    coders = ("Ana", "Ben")
    spans = derive_consensus(claims, coders, found(*claims, coders=coders), [])
    kept = {(one.code, offset) for one in spans for offset in range(one.start, one.end)}
    said: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in claims:
        for offset in range(one.start, one.end):
            said[one.code, offset].add(one.coder)
    assert kept == {place for place, who in said.items() if who >= set(coders)}
    assert all(one.decision_id is None for one in spans)


DIFFERENT = (
    claim(1, "Ana", "benefit.trust", 0, 10, site="A"),
    claim(2, "Ben", "benefit.contact", 2, 12, site="A", valence="good"),
)


def different() -> Discrepancy:
    (one,) = found(*DIFFERENT)
    return one


@pytest.mark.parametrize(
    ("outcome", "how", "expected"),
    [
        (Outcome.KEEP_ONE, {"coder": "Ana"}, [("benefit.trust", 0, 10, {"site": "A"})]),
        (Outcome.KEEP_BOTH, {}, [("benefit.trust", 0, 10, {"site": "A"}), ("benefit.contact", 2, 12, {"site": "A", "valence": "good"})]),
        (Outcome.KEEP_BOTH, {"coder": {"benefit.contact": "Ben"}}, [("benefit.contact", 2, 12, {"site": "A", "valence": "good"})]),
        (Outcome.ADJUST_SPAN, {"span": (1, 9), "code": "benefit.trust"}, [("benefit.trust", 1, 9, {"site": "A"})]),
        (Outcome.ADJUST_SPAN, {"span": (1, 9)}, [("benefit.trust", 1, 9, {"site": "A"}), ("benefit.contact", 1, 9, {"site": "A", "valence": "good"})]),
        (Outcome.OTHER_CODE, {"code": "challenge"}, [("challenge", 0, 12, {"site": "A", "valence": "good"})]),
        (Outcome.NEW_SUBTHEME, {"code": "benefit.new", "facets": {"site": "B", "valence": ""}}, [("benefit.new", 0, 12, {"site": "B"})]),
        (Outcome.REJECT_ALL, {}, []),
        (Outcome.DEFER, {}, []),
    ],
)  # fmt: skip
def test_every_outcome_puts_what_it_says_into_the_consensus(
    outcome: Outcome, how: dict[str, object], expected: list[tuple[object, ...]]
) -> None:
    results = outcome_results(different(), outcome, **how)  # type: ignore[arg-type]
    assert [(one.code, one.start, one.end, dict(one.facets)) for one in results] == expected


@pytest.mark.parametrize(
    ("outcome", "how", "said"),
    [
        (Outcome.KEEP_ONE, {}, "whose coding is kept"),
        (Outcome.KEEP_ONE, {"coder": {"benefit": "Ana"}}, "whose coding is kept"),
        (Outcome.KEEP_ONE, {"coder": "Chi"}, "Chi did not read this document"),
        (Outcome.KEEP_BOTH, {"coder": {}}, "which codings are kept"),
        (
            Outcome.KEEP_BOTH,
            {"coder": {"benefit.trust": "Ben"}},
            "Ben has no coding of benefit.trust here",
        ),
        (Outcome.ADJUST_SPAN, {}, "which span is right"),
        (Outcome.ADJUST_SPAN, {"span": (40, 50)}, "does not touch the discrepancy"),
        (Outcome.OTHER_CODE, {}, "which code is right"),
    ],
)
def test_an_outcome_without_what_it_needs_is_refused(
    outcome: Outcome, how: dict[str, object], said: str
) -> None:
    with pytest.raises((InputError, SpanError), match=said):
        outcome_results(different(), outcome, **how)  # type: ignore[arg-type]


def test_a_decision_replaces_what_the_coders_shared_of_its_codings() -> None:
    claims = (claim(1, "Ana", "benefit", 0, 10), claim(2, "Ben", "benefit", 4, 14), claim(3, "Ana", "challenge", 20, 30), claim(4, "Ben", "challenge", 20, 30))  # fmt: skip
    (one,) = found(*claims)

    def consensus(*decisions: Decided) -> list[tuple[str, int, int, int | None]]:
        spans = derive_consensus(claims, CODERS, [one], decisions)
        return [(span.code, span.start, span.end, span.decision_id) for span in spans]

    agreed = ("challenge", 20, 30, None)
    assert consensus() == [("benefit", 4, 10, None), agreed]
    rejected = Decided(9, one.uid, Outcome.REJECT_ALL, ())
    assert consensus(rejected) == [agreed]
    kept = Decided(
        9, one.uid, Outcome.KEEP_ONE, outcome_results(one, Outcome.KEEP_ONE, coder="Ben")
    )
    assert consensus(kept) == [("benefit", 4, 14, 9), agreed]
    assert consensus(Decided(9, one.uid, Outcome.DEFER, ())) == consensus()
    assert consensus(Decided(9, uuid.UUID(int=5), Outcome.REJECT_ALL, ())) == consensus()


def test_a_document_with_one_reader_is_taken_as_read() -> None:
    claims = (claim(1, "Ana", "benefit", 0, 10), claim(2, "Chi", "benefit", 50, 60))
    assert [span.key for span in derive_consensus(claims, ("Ana",), [], [])] == [
        ("benefit", 0, 10)
    ]


def test_strategies_propose_or_stay_silent() -> None:
    coders = ("Ana", "Ben", "Chi")
    (two_alike,) = found(
        claim(1, "Ana", "benefit", 0, 10), claim(2, "Ben", "benefit", 0, 10), coders=coders
    )
    (all_differ,) = found(
        claim(1, "Ana", "benefit", 0, 10),
        claim(2, "Ben", "benefit", 1, 10),
        claim(3, "Chi", "benefit", 0, 9),
        coders=coders,
    )
    (crossing,) = found(claim(1, "Ana", "benefit", 0, 10), claim(2, "Ben", "challenge", 0, 10))
    assert propose(two_alike, Strategy.MAJORITY)[0] is Outcome.KEEP_ONE  # type: ignore[index]
    assert propose(all_differ, Strategy.MAJORITY) is None
    assert propose(crossing, Strategy.MENTOR, mentor="Ana")[1][0].code == "benefit"  # type: ignore[index]
    assert propose(crossing, Strategy.MENTOR) is None
    assert propose(crossing, Strategy.MENTOR, mentor="Chi") is None
    assert propose(crossing, Strategy.UNION)[0] is Outcome.KEEP_BOTH  # type: ignore[index]
    assert propose(two_alike, Strategy.UNION) is None
    assert propose(two_alike, Strategy.COMPLETE)[0] is Outcome.REJECT_ALL  # type: ignore[index]
    outcome, results, _ = propose(all_differ, Strategy.COMPLETE)  # type: ignore[misc]
    assert (outcome, [(one.start, one.end) for one in results]) == (Outcome.ADJUST_SPAN, [(1, 9)])


def test_facets_are_joined_answers_first_and_an_empty_one_is_taken_away() -> None:
    assert with_facets({"site": "A", "mood": "x"}, {"site": "B", "mood": ""}) == {"site": "B"}
    assert agreed_facets(DIFFERENT) == {"site": "A", "valence": "good"}


def test_results_keep_only_the_facets_that_are_asked_for_their_codes() -> None:
    book = Codebook(
        codes=(Code("benefit", "b"), Code("challenge", "c")),
        facets=(
            Facet("site", "Site", (FacetValue("A", "A"),)),
            Facet("mood", "Mood", (FacetValue("x", "x"),), applies_to=("benefit",), only_if={"site": ("A",)}),
        ),
    )  # fmt: skip
    results = outcome_results(
        different(), Outcome.OTHER_CODE, code="challenge", facets={"mood": "x"}
    )
    assert dict(fitted(results, book, {})[0].facets) == {"site": "A"}
    asked = outcome_results(different(), Outcome.OTHER_CODE, code="benefit", facets={"mood": "x"})
    assert dict(fitted(asked, book, {"mood": "x"})[0].facets) == {"site": "A", "mood": "x"}
    with pytest.raises(InputError, match="the facet mood is not asked for challenge") as refusal:
        fitted(results, book, {"mood": "x"})
    assert refusal.value.hint == "it is asked for benefit, where site is A"


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=8))
def test_a_union_of_spans_covers_the_same_offsets(given_spans: list[tuple[int, int]]) -> None:
    spans = [(start, start + length) for start, length in given_spans]
    union = joined(spans)
    assert {n for start, end in union for n in range(start, end)} == {
        n for start, end in spans for n in range(start, end)
    }
    assert all(one[1] <= other[0] for one, other in pairwise(union))
