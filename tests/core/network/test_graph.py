from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.network.graph import (
    build_network,
    by_attribute,
    by_facet,
    divided_by,
    known_sites,
)
from qualcode.core.network.registry import Level, Registry
from qualcode.core.network.statements import Presence, TieStatus, TieType, Trace
from qualcode.core.network.ties import Grouping, Standing
from qualcode.core.network.views import Groups, Network, Universe, View
from qualcode.errors import UnknownName

from .sample import ACTORS, ROLES, registry, statement, statements


def network(*told: object, site: str | None = "A", **view: object) -> Network:
    return build_network(told, registry(), site=site, view=View(**view))  # type: ignore[arg-type]


def test_nothing_unconfirmed_enters_a_network() -> None:
    proposed = statement("djo", "judge", status=TieStatus.PROPOSED)
    rejected = statement("djo", "family", status=TieStatus.REJECTED)
    found = network(proposed, rejected)
    assert found.ties == () and found.left_out.unconfirmed == 1
    assert found.left_out.notes == ("1 statement not confirmed and left out",)


def test_a_site_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownName, match="no site is called 'C'"):
        build_network(statements(), registry(), site="C")


def test_a_role_that_a_site_does_not_have_is_not_in_its_universe() -> None:
    a, b = (build_network(statements(), registry(), site=site) for site in "AB")
    assert "truancy_officer" in a.keys and "truancy_officer" not in b.keys
    assert b.universe_sentence == "all actors of site B (13 roles)"


def test_universes_are_explicit() -> None:
    told = statements()
    interviewed = build_network(
        told, registry(), site="A", view=View(universe=Universe.INTERVIEWED)
    )
    assert interviewed.keys == ("djo", "truancy_officer", "investigator", "service_provider")
    professional = build_network(
        told, registry(), site="A", view=View(universe=Universe.PROFESSIONALS)
    )
    assert not {"minor", "family"} & set(professional.keys)
    without = View(universe=Universe.PROFESSIONALS, without=frozenset({"truancy_officer"}))
    sentence = build_network(told, registry(), site="A", view=without).universe_sentence
    assert sentence == "professionals only of site A (11 roles, without truancy_officer)"


def test_statements_outside_the_universe_are_counted() -> None:
    found = network(statement("djo", "family"), universe=Universe.INTERVIEWED)
    assert found.ties == () and found.left_out.outside_universe == 1


def test_a_statement_about_both_sites_counts_in_each() -> None:
    told = statement("djo", "judge", site="both")
    assert len(network(told).ties) == len(network(told, site="B").ties) == 1


def test_a_statement_without_a_site_is_in_no_sites_network() -> None:
    told = statement("djo", "judge", site=None)
    assert network(told).left_out.no_site == 1
    assert len(network(told, site=None).ties) == 1
    assert network(replace(told, status=TieStatus.PROPOSED)).left_out.no_site == 0


def test_a_coding_that_is_gone_leaves_its_tie_unsupported() -> None:
    told = [statement("djo", "judge", coding_id=5), statement("djo", "family", coding_id=6)]
    found = build_network(told, registry(), site="A", supported={6})
    assert [tie.pair for tie in found.ties] == [("djo", "family")]
    assert found.left_out.unsupported == (told[0],)
    assert found.left_out.notes == ("1 statement lost their coding and are unsupported",)


def test_a_deleted_actor_is_named_and_does_not_stop_the_rest() -> None:
    found = network(statement("djo", "nobody"), statement("djo", "judge"))
    assert len(found.ties) == 1 and found.left_out.lost_actors == ("nobody",)
    assert "no longer exists: nobody" in found.left_out.notes[0]


def test_statements_follow_a_merged_actor() -> None:
    known = Registry(ACTORS, {"commissioner": "judge"})
    found = build_network([statement("djo", "commissioner")], known, site="A")
    assert found.ties[0].pair == ("djo", "judge")


def test_persons_fold_into_roles_and_roles_into_organisations() -> None:
    told = statement("djo", "hale")
    assert network(told).ties[0].pair == ("djo", "investigator")
    assert network(told, level=Level.PERSON).ties[0].pair == ("djo", "hale")
    found = network(told, level=Level.ORGANISATION)
    assert found.ties[0].pair == ("juvenile_court", "law_enforcement")
    assert "djo" not in found.keys and "service_provider" in found.keys


def test_dealings_inside_one_actor_of_the_view_are_counted_apart() -> None:
    found = network(statement("hale", "investigator"))
    assert found.ties == () and found.left_out.inside_one_actor == 1


def test_an_organisation_over_roles_is_in_only_where_somebody_names_it() -> None:
    assert "juvenile_court" not in network(statement("djo", "judge")).keys
    assert "juvenile_court" in network(statement("juvenile_court", "judge")).keys
    assert "childrens_division" in network().keys


def test_a_team_is_a_group_and_no_clique() -> None:
    told = statement("supervisor", "team", type=TieType.CONVENES, directed=True)
    apart = network(told)
    assert apart.ties == () and [tie.pair for tie in apart.group_ties] == [("supervisor", "team")]
    assert apart.left_out.of_groups == 1
    actor = network(told, groups=Groups.ACTOR)
    assert "team" in actor.keys and actor.ties[0].pair == ("supervisor", "team")


def test_a_team_can_be_read_as_ties_among_all_its_members() -> None:
    told = [statement("supervisor", "team"), statement("djo", "investigator")]
    clique = network(*told, groups=Groups.CLIQUE)
    assert len(clique.ties) == 7 * 6 // 2
    assert sum(tie.by_membership for tie in clique.ties) == 20
    absent = statement("supervisor", "team", presence=Presence.ABSENT)
    assert network(absent, groups=Groups.CLIQUE).ties == ()
    assert network(told[1], groups=Groups.CLIQUE).ties[0].by_membership is False


def test_a_team_of_another_site_is_outside() -> None:
    found = network(statement("supervisor", "team", site="B"), site="B")
    assert found.groups == () and found.left_out.outside_universe == 1


def test_ties_can_be_kept_apart_by_direction_and_type() -> None:
    told = [
        statement("djo", "judge", directed=True, type=TieType.TRAINS),
        statement("judge", "djo", directed=True),
        statement("judge", "djo"),
    ]
    assert [tie.directed for tie in network(*told).ties] == [False]
    assert [
        (t.source, t.target, t.directed) for t in network(*told, grouping=Grouping.DIRECTION).ties
    ] == [
        ("djo", "judge", False),
        ("djo", "judge", True),
        ("judge", "djo", True),
    ]
    kinds = [t.type for t in network(*told, grouping=Grouping.TYPE).ties]
    assert kinds == [TieType.WORKS_WITH, TieType.TRAINS, TieType.WORKS_WITH]


def test_a_tie_knows_who_acts() -> None:
    one_way = network(statement("judge", "djo", directed=True)).ties[0]
    assert one_way.acting == ("judge",)
    both = network(statement("judge", "djo", trace=Trace(both_ways=True))).ties[0]
    assert both.acting == ("djo", "judge")
    blocked = statement("judge", "djo", directed=True, type=TieType.BLOCKS)
    assert network(blocked).ties[0].acting == ()


def test_ties_can_be_limited_to_types_and_participants() -> None:
    told = [
        statement("djo", "judge"),
        statement("djo", "judge", participant="Odette"),
        statement("djo", "family"),
    ]
    assert len(network(*told, min_participants=2).ties) == 1
    assert network(*told, types=frozenset({TieType.MEETS})).ties == ()
    sentence = network(*told, min_participants=2).rule_sentence
    assert sentence.endswith("; ties told by at least 2 participants")


def test_who_is_heard_is_told_with_the_tie() -> None:
    told = [
        statement("djo", "investigator"),
        statement("djo", "investigator", participant="Lionel", speaker_role="investigator"),
    ]
    both = network(*told).ties[0]
    assert (
        both.sides_heard == ("djo", "investigator")
        and not both.one_sided
        and both.both_sides_interviewed
    )
    one = network(statement("djo", "judge")).ties[0]
    assert one.sides_heard == ("djo",) and one.one_sided and not one.both_sides_interviewed
    assert one.roles == ("djo",)
    unknown = network(statement("djo", "judge", speaker_role=None)).ties[0]
    assert unknown.roles == () and unknown.sides_heard == ()


def test_absent_is_not_the_same_as_not_mentioned() -> None:
    found = build_network(statements(), registry(), site="B")
    absent = found.ties_between("service_provider", "judge")
    assert [tie.standing for tie in absent] == [Standing.ABSENT]
    assert found.ties_between("djo", "judge") == ()


def test_statements_that_say_nothing_make_no_tie() -> None:
    silent = statement("djo", "judge", type=TieType.BLOCKS, presence=Presence.ABSENT)
    assert network(silent).ties == ()


def test_a_network_can_be_had_for_any_attribute_or_facet() -> None:
    by_role = divided_by(statements(), by_attribute(ROLES))
    assert set(by_role) == {"djo", "truancy_officer", "investigator", "service_provider"}
    by_level = divided_by(statements(), by_facet({1: "micro", 2: "macro"}))
    assert [len(found) for found in by_level.values()] == [1, 1, 51]
    assert list(by_level) == ["macro", "micro", ""]


def test_known_sites_are_those_of_actors_and_statements() -> None:
    told = [statement("djo", "judge", site="both"), statement("djo", "judge", site="Z")]
    assert known_sites(told, registry()) == ("A", "B", "Z")


def test_titles_and_the_default_graph() -> None:
    found = build_network(statements(), registry())
    assert found.title == "All sites" and found.universe_sentence == "all actors (14 roles)"
    assert build_network([], registry(), title="Mine").title == "Mine"
    assert (
        not build_network(statements(), registry(), site="B")
        .graph()
        .has_edge("djo", "investigator")
    )
    everything = build_network(statements(), registry(), site="B").graph(lambda tie: True)
    assert everything.has_edge("djo", "investigator")
    assert found.participants == tuple(sorted(ROLES))


def test_a_person_without_a_role_stands_for_itself() -> None:
    known = registry(Actor("devan", "Devan", ActorKind.PERSON))
    found = build_network([statement("djo", "devan")], known, site="A")
    assert found.ties[0].pair == ("devan", "djo")
