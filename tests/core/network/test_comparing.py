from __future__ import annotations

from itertools import permutations

import pytest

from qualcode.core.actors import Actor
from qualcode.core.network.differences import Change, Silence, differences, qap
from qualcode.core.network.graph import build_network
from qualcode.core.network.measures import density
from qualcode.core.network.perspectives import disagreements, perspectives_on
from qualcode.core.network.registry import Registry
from qualcode.core.network.review import review_agreement
from qualcode.core.network.sensitivity import sensitivity, variations
from qualcode.core.network.statements import Presence, TieStatus, Valence
from qualcode.core.network.ties import Grouping, MixedRule, Standing
from qualcode.core.network.views import Groups, Network, Universe, View
from qualcode.errors import InputError

from .sample import registry, statement, statements


def sites() -> tuple[Network, Network]:
    told = statements()
    return build_network(told, registry(), site="A"), build_network(told, registry(), site="B")


def test_differences_are_told_tie_by_tie() -> None:
    rows = {row.pair: row for row in differences(*sites())}
    assert rows["djo", "investigator"].change is Change.ONLY_FIRST
    assert rows["djo", "investigator"].second_silence is Silence.ABSENT
    assert rows["djo", "judge"].second_silence is Silence.NOT_MENTIONED
    assert rows["investigator", "patrol"].change is Change.ONLY_SECOND
    assert rows["djo", "truancy_officer"].change is Change.NO_SUCH_ACTOR
    assert rows["defence_attorney", "investigator"].change is Change.QUALITY
    assert rows["djo", "service_provider"].change is Change.FORMALITY
    assert rows["childrens_division", "djo"].change is Change.SAME


def test_differences_lead_to_the_words_of_both_sides() -> None:
    rows = {row.pair: row for row in differences(*sites())}
    ours, theirs = rows["djo", "investigator"].statements
    assert {s.participant for s in ours} >= {"Marguerite", "Lionel"}
    assert {s.participant for s in theirs} == {
        "Gwendolyn",
        "Imogen",
        "Cyril",
        "Desmond",
        "Percival",
    }
    assert rows["djo", "judge"].statements[1] == ()


def test_a_pair_that_is_in_neither_is_still_listed() -> None:
    told = [statement("djo", "judge", site=site, presence=Presence.ABSENT) for site in "AB"]
    known = registry()
    first, second = (build_network(told, known, site=site) for site in "AB")
    assert [row.change for row in differences(first, second)] == [Change.NEITHER]


def test_networks_of_different_rules_are_not_compared() -> None:
    first, _ = sites()
    other = build_network(statements(), registry(), site="B", view=View(rule=MixedRule.BEST))
    with pytest.raises(InputError, match="different rules"):
        differences(first, other)


def test_a_difference_needs_pairs() -> None:
    view = View(grouping=Grouping.TYPE)
    first, second = (
        build_network(statements(), registry(), site=site, view=view) for site in "AB"
    )
    with pytest.raises(InputError, match="one tie for each pair"):
        differences(first, second)


def letters(pairs: str) -> Network:
    known = Registry([Actor(key, key) for key in "abcde"])
    return build_network([statement(*pair) for pair in pairs.split()], known)


def test_identical_networks_correlate_perfectly() -> None:
    found = qap(letters("ab bc cd"), letters("ab bc cd"), permutations=500)
    assert found.value == pytest.approx(1.0) and found.jaccard == 1.0
    assert found.p_value is not None and found.p_value < 0.2


def test_the_permutation_share_comes_near_the_exact_one() -> None:
    first, second = letters("ab bc cd de"), letters("ab bc ae")
    one = {("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")}
    other = {("a", "b"), ("b", "c"), ("a", "e")}
    shared = len(one & other)
    hits = 0
    for order in permutations("abcde"):
        name = dict(zip("abcde", order, strict=True))
        moved = {tuple(sorted((name[a], name[b]))) for a, b in other}
        hits += len(one & moved) >= shared
    found = qap(first, second, permutations=4000)
    assert found.p_value == pytest.approx(hits / 120, abs=0.03)
    assert found.value == pytest.approx((2 * 10 - 12) / (4 * 6 * 3 * 7) ** 0.5)


def test_a_correlation_is_printed_with_its_sentence() -> None:
    found = qap(*sites(), permutations=200)
    assert "participants are not a random sample" in found.sentence
    assert "never of a difference" in found.sentence


def test_networks_without_variance_are_not_correlated() -> None:
    assert "Site B" not in (qap(letters("ab"), letters("ab")).reason or "")
    empty = qap(letters(""), letters("ab"))
    assert empty.value is None and empty.p_value is None
    assert empty.sentence == (
        "The two networks cannot be correlated: All sites has no workable tie among the common actors."
    )
    full = letters("ab ac ad ae bc bd be cd ce de")
    assert "every possible tie" in (qap(full, letters("ab")).reason or "")
    tiny = build_network([], Registry([Actor("a", "A")]))
    assert qap(tiny, tiny).reason == "they have fewer than three actors in common"
    assert qap(tiny, tiny).jaccard is None


def test_the_sensitivity_table_shows_where_the_sign_flips() -> None:
    found = sensitivity(statements(), registry(), ("A", "B"))
    rows = {row.label: row for row in found.rows}
    assert found.rows[0].label == "as chosen" and (found.rows[0].difference or 0) > 0
    assert not rows["interviewed actors only"].flips
    assert rows["mixed evidence: best"].difference is not None
    together = {label for label in rows if " with mixed evidence: " in label}
    assert len(together) == 6
    assert set(rows) - together == {
        "as chosen",
        "professionals only",
        "interviewed actors only",
        "only actors that both sites have",
        "mixed evidence: any",
        "mixed evidence: worst",
        "mixed evidence: best",
        "groups as actors of their own",
        "groups as ties among all members",
        "positive ties only",
        "ties told by at least 2 participants",
    }


@pytest.mark.parametrize("rule", list(MixedRule))
def test_the_table_measures_what_each_view_would(rule: MixedRule) -> None:
    view = View(rule=rule, universe=Universe.PROFESSIONALS)
    found = sensitivity(statements(), registry(), ("A", "B"), view=view)
    for row, variation in zip(found.rows, variations(view, registry(), ("A", "B")), strict=True):
        for site, told in (("A", row.first), ("B", row.second)):
            network = build_network(statements(), registry(), site=site, view=variation.view)
            assert told == density(network, positive_only=variation.positive_only)


def test_a_universe_trick_is_found_out() -> None:
    view = View(rule=MixedRule.BEST)
    found = sensitivity(statements(), registry(), ("A", "B"), view=view)
    flips = [row.label for row in found.rows if row.flips]
    both = "interviewed actors only with mixed evidence: any"
    assert flips == ["interviewed actors only", both]
    assert found.sentence == (
        f"The network is denser at A, but not with: interviewed actors only; {both}."
    )


def test_a_robust_difference_is_called_one() -> None:
    told = [statement("djo", "judge"), statement("djo", "judge", participant="Odette")]
    told += [
        statement("djo", "investigator", participant=name, valence=Valence.POSITIVE)
        for name in "XY"
    ]
    found = sensitivity(told, registry(), ("A", "B"), view=View(groups=Groups.ACTOR))
    assert found.rows[0].second.value == 0.0
    assert (
        found.sentence
        == "The network is denser at A, under every choice of universe and rule tried."
    )


def test_equal_and_undefined_densities_are_said() -> None:
    assert sensitivity([], registry(), ("A", "B")).sentence.startswith(
        "The network is equally dense"
    )
    view = View(universe=Universe.INTERVIEWED)
    lonely = Registry([Actor("a", "A", sites=("A",)), Actor("b", "B", sites=("B",))])
    found = sensitivity([], lonely, ("A", "B"), view=view)
    assert (
        found.sentence
        == "The density of one of the two sites is undefined, so nothing is compared."
    )
    assert found.rows[0].difference is None


def test_actors_already_left_out_are_no_variation() -> None:
    view = View(without=frozenset({"truancy_officer", "hale"}))
    rows = sensitivity(statements(), registry(), ("A", "B"), view=view).rows
    assert "only actors that both sites have" not in {row.label for row in rows}


def test_each_role_tells_the_tie_its_own_way() -> None:
    network = build_network(statements(), registry(), site="B")
    (tie,) = network.ties_between("djo", "investigator")
    found = perspectives_on(tie, registry())
    assert [(p.role, p.side) for p in found.told] == [
        ("djo", "djo"),
        ("investigator", "investigator"),
    ]
    assert found.told[0].standing is Standing.ABSENT
    assert found.unheard == () and not found.disagree


def test_two_sides_that_disagree_are_found() -> None:
    told = [
        statement("djo", "investigator", valence=Valence.POSITIVE),
        statement(
            "djo",
            "investigator",
            participant="Lionel",
            speaker_role="investigator",
            presence=Presence.ABSENT,
        ),
        statement("djo", "investigator", participant="Rosalind", speaker_role="service_provider"),
        statement("djo", "investigator", participant="?", speaker_role=None),
        statement("djo", "judge"),
    ]
    network = build_network(told, registry(), site="A")
    (found,) = disagreements(network, registry())
    assert found.tie.pair == ("djo", "investigator") and found.disagree
    assert [p.role for p in found.told] == ["djo", "investigator", "service_provider", None]
    one_sided = perspectives_on(network.ties_between("djo", "judge")[0], registry())
    assert one_sided.unheard == ("judge",) and not one_sided.disagree


def test_a_second_review_is_compared_pair_by_pair_and_field_by_field() -> None:
    first = [
        statement("djo", "judge", coding_id=1, valence=Valence.POSITIVE),
        statement("djo", "family", coding_id=2, valence=Valence.STRAINED),
        statement("djo", "minor", coding_id=3),
        statement("djo", "patrol", coding_id=4, status=TieStatus.PROPOSED),
    ]
    second = [
        statement("judge", "djo", coding_id=1, valence=Valence.POSITIVE),
        statement("djo", "family", coding_id=2, valence=Valence.NEUTRAL),
        statement("djo", "school", coding_id=3),
    ]
    found = review_agreement(first, second)
    assert found.both == ((1, ("djo", "judge")), (2, ("djo", "family")))
    assert found.only_first == ((3, ("djo", "minor")),)
    assert found.only_second == ((3, ("djo", "school")),)
    assert found.overlap == 0.5
    valence = found.fields[1]
    assert (valence.first, valence.second) == (("positive", "strained"), ("positive", "neutral"))
    assert valence.observed == 0.5 and valence.kappa == pytest.approx((0.5 - 0.25) / 0.75)
    assert found.fields[0].kappa is None and "no variation" in (found.fields[0].reason or "")


def test_two_empty_reviews_have_no_agreement_and_a_reason() -> None:
    found = review_agreement([], [])
    assert found.overlap is None and found.fields[0].observed is None
    assert found.fields[0].reason == "no pair was found by both analysts"
