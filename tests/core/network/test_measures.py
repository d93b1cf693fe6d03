from __future__ import annotations

import networkx as nx
import pytest

from qualcode.core.actors import Actor
from qualcode.core.network.graph import build_network
from qualcode.core.network.measures import (
    Core,
    articulation_points,
    betweenness,
    components,
    density,
    innermost_core,
    isolates,
    reciprocity,
    share_formal,
    small_cells,
    ties_of,
)
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import Formality, Presence, TieType, Trace, Valence
from qualcode.core.network.structure import core_periphery, signed_balance
from qualcode.core.network.summary import measure_network
from qualcode.core.network.views import Network, Universe, View

from .sample import registry, statement, statements

GOOD, BAD = Valence.POSITIVE, Valence.STRAINED


def drawn(pairs: str, *, actors: str = "", interviewed: str = "", **changed: object) -> Network:
    """Return a network of one-letter actors; `ab` is a positive tie, `ab-` a strained one, `ab0` an unrated one."""
    names = sorted(set(actors) | {c for pair in pairs.split() for c in pair[:2]})
    known = Registry([Actor(c, c, interviewed=c in interviewed) for c in names])
    told = [
        statement(
            pair[0],
            pair[1],
            valence={"": GOOD, "-": BAD, "0": None}[pair[2:]],
            participant=f"P{n}",
            **changed,
        )
        for n, pair in enumerate(pairs.split())
    ]
    return build_network(told, known)


def test_density_is_workable_pairs_of_possible_pairs() -> None:
    found = density(drawn("ab ac- bd", actors="abcd"))
    assert found.value == pytest.approx(2 / 6)
    assert found.note == "2 of 6 pairs"
    assert (found.actors, found.ties, found.single_source) == (4, 3, 3)
    assert found.universe == "all actors (4 roles)"
    assert found.rule.startswith("each participant has one vote")


def test_density_of_positive_ties_leaves_out_the_rest() -> None:
    assert density(drawn("ab ac0 bd", actors="abcd"), positive_only=True).value == pytest.approx(
        2 / 6
    )


def test_density_of_one_actor_is_undefined_with_a_reason() -> None:
    found = density(drawn("", actors="a"))
    assert found.value is None and found.reason == "fewer than two actors in the universe"


def test_components_and_isolates() -> None:
    network = drawn("ab bc de fg-", actors="abcdefgh")
    assert components(network).value == (("a", "b", "c"), ("d", "e"))
    alone = isolates(network)
    assert alone.value == ("f", "g", "h") and alone.note == "1 of them never mentioned"
    assert isolates(drawn("ab")).note == ""


def test_components_of_nobody_are_undefined() -> None:
    assert components(drawn("")).value is None


def test_reciprocity_asks_only_pairs_with_both_sides_interviewed() -> None:
    network = drawn("ab ba ac bc", interviewed="abc", directed=True)
    assert reciprocity(network).value == pytest.approx(1 / 3)
    network = drawn("ab ba ac", interviewed="ab", directed=True)
    found = reciprocity(network)
    assert found.value == 1.0
    assert found.note == (
        "1 pair with a direction and both sides interviewed; 1 tie with a side nobody interviewed left out"
    )


def test_a_tie_told_as_both_ways_is_returned() -> None:
    network = drawn("ab", interviewed="ab", trace=Trace(both_ways=True))
    assert reciprocity(network).value == 1.0


def test_reciprocity_without_directions_is_undefined() -> None:
    found = reciprocity(drawn("ab", interviewed="ab"))
    assert (
        found.value is None
        and found.reason == "no pair with both sides interviewed has a told direction"
    )


def test_share_formal_counts_statements_that_say_it() -> None:
    told = [
        statement("djo", "judge", formality=Formality.FORMAL),
        statement("djo", "judge", formality=Formality.BOTH),
        statement("djo", "judge", formality=Formality.INFORMAL),
        statement("djo", "judge"),
        statement("djo", "judge", presence=Presence.WISHED, formality=Formality.FORMAL),
        statement("djo", "judge", type=TieType.BLOCKS, formality=Formality.FORMAL),
    ]
    found = share_formal(build_network(told, registry(), site="A"))
    assert (
        found.value == pytest.approx(2 / 3)
        and found.note == "3 of 4 statements say what the tie rests on"
    )
    assert share_formal(drawn("ab")).value is None


def test_betweenness_is_ranked_and_warns_of_few_actors() -> None:
    found = betweenness(drawn("ab bc bd"))
    assert found.value is not None
    assert (found.value[0].actor, found.value[0].value, found.value[0].participants) == (
        "b",
        1.0,
        3,
    )
    assert found.note == "4 actors: read the ranking only with the ties behind it"
    assert betweenness(drawn("ab")).value is None


def test_above_five_hundred_actors_betweenness_is_sampled_and_says_so() -> None:
    known = Registry([Actor(f"a{n:03d}", f"A {n}") for n in range(501)])
    told = [statement(f"a{n:03d}", f"a{n + 1:03d}") for n in range(500)]
    network = build_network(told, known)
    found = betweenness(network)
    assert found.note == "estimated from 100 sampled actors of 501, seed 1"
    assert found.value is not None and found.value[0].value > 0.3
    assert betweenness(network).value == found.value


def test_actors_who_hold_parts_together() -> None:
    assert articulation_points(drawn("ab bc cd")).value == ("b", "c")
    assert articulation_points(drawn("ab bc ca")).value == ()
    assert articulation_points(drawn("ab")).value is None


def test_the_innermost_core() -> None:
    assert innermost_core(drawn("ab bc ca cd")).value == Core(2, ("a", "b", "c"))
    assert innermost_core(drawn("ab-")).reason == "no workable tie"


def test_an_ideal_core_correlates_perfectly() -> None:
    found = core_periphery(drawn("ab bc ca ad be cf")).value
    assert found is not None
    assert found.core == ("a", "b", "c") and found.correlation == pytest.approx(1.0)


def test_core_and_periphery_need_actors_and_variance() -> None:
    assert core_periphery(drawn("ab bc")).reason == "fewer than four actors in the universe"
    assert core_periphery(drawn("ab-", actors="abcd")).value is None


def test_a_large_network_is_searched_by_degree() -> None:
    core = [f"a{n:02d}" for n in range(5)]
    rest = [f"b{n:02d}" for n in range(15)]
    known = Registry([Actor(key, key) for key in core + rest])
    told = [statement(a, b) for n, a in enumerate(core) for b in core[n + 1 :]]
    told += [statement(core[n % 5], b) for n, b in enumerate(rest)]
    found = core_periphery(build_network(told, known))
    assert found.value is not None and found.value.core == tuple(core)
    assert found.note == "searched among the actors with most ties only"


def test_a_triad_with_one_strained_tie_is_unbalanced() -> None:
    found = signed_balance(drawn("ab bc ca- cd- da-")).value
    assert found is not None
    assert (found.balanced, found.triads, found.unbalanced) == (
        0,
        2,
        (("a", "b", "c"), ("a", "c", "d")),
    )
    assert found.share == 0.0
    balanced = signed_balance(drawn("ab bc- ca-")).value
    assert balanced is not None and balanced.share == 1.0


def test_pairs_with_both_signs_are_ambivalent() -> None:
    found = signed_balance(drawn("ab ab- bc")).value
    assert found is not None and found.ambivalent == (("a", "b"),)
    assert found.share is None


def test_measures_agree_with_networkx() -> None:
    network = build_network(statements(), registry(), site="A")
    graph = network.graph()
    assert density(network).value == pytest.approx(nx.density(graph))
    found = betweenness(network).value
    assert found is not None
    assert {r.actor: r.value for r in found} == pytest.approx(nx.betweenness_centrality(graph))


def test_every_measure_carries_universe_rule_and_thin_evidence() -> None:
    network = build_network(
        statements(), registry(), site="B", view=View(universe=Universe.PROFESSIONALS)
    )
    for found in measure_network(network):
        assert found.universe.startswith("professionals only of site B")
        assert found.rule and found.single_source == network.single_source
        assert (found.value is None) == (found.reason is not None)


def test_every_measure_answers_for_an_empty_network() -> None:
    network = build_network([], Registry([]))
    assert all(m.value is not None or m.reason for m in measure_network(network))


def test_the_ties_behind_an_actor_and_the_small_cells() -> None:
    network = build_network(statements(), registry(), site="B")
    behind = ties_of(network, "investigator")
    assert [tie.workable for tie in behind] == [True, True, False, False]
    assert all(tie.weight == 1 for tie in small_cells(network.ties))
    assert len(small_cells(network.ties)) == network.single_source
