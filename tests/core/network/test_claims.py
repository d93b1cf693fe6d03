"""The network claims of the reference study (doi:10.3390/soc13030066) on invented statements that carry them."""

from __future__ import annotations

import pytest

from qualcode.core.actors import ActorKind
from qualcode.core.network.differences import Change, differences
from qualcode.core.network.graph import build_network
from qualcode.core.network.measures import betweenness, components, density, isolates, share_formal
from qualcode.core.network.perspectives import perspectives_on
from qualcode.core.network.registry import Level
from qualcode.core.network.statements import Formality, Presence, TieType, Valence
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network, Universe, View

from .sample import registry, statements

COMMON = View(universe=Universe.PROFESSIONALS, without=frozenset({"truancy_officer"}))


def site(name: str, view: View | None = None) -> Network:
    return build_network(statements(), registry(), site=name, view=view)


def tie(name: str, one: str, other: str, view: View | None = None) -> Tie:
    (found,) = site(name, view).ties_between(one, other)
    return found


def test_e03_the_team_of_site_a_has_six_kinds_of_members_and_no_judge() -> None:
    (team,) = site("A").groups
    assert len(team.members) == 6 and "judge" not in team.members
    assert team.convened_by == "supervisor"
    assert site("A").group_ties[0].pair == ("supervisor", "team")


def test_e04_site_a_is_denser_on_the_same_professional_roles() -> None:
    a, b = density(site("A", COMMON)), density(site("B", COMMON))
    assert a.actors == b.actors == 11
    assert a.value is not None and b.value is not None and a.value > b.value


def test_e04_site_a_rests_more_on_rules() -> None:
    a, b = share_formal(site("A")).value, share_formal(site("B")).value
    assert a is not None and b is not None and a > b


def test_e05_court_and_investigators_work_well_in_site_a() -> None:
    found = tie("A", "djo", "investigator")
    assert found.standing is Standing.POSITIVE and found.weight >= 4
    assert found.both_sides_interviewed and not found.one_sided


def test_e06_in_site_b_that_tie_is_absent_with_its_counter_example() -> None:
    found = tie("B", "djo", "investigator")
    assert found.standing in (Standing.ABSENT, Standing.STRAINED)
    assert [s.participant for s in found.counter_examples] == ["Imogen"]
    assert found.contradictory


def test_e07_only_the_childrens_division_is_strained_at_both_sites() -> None:
    strained = [
        {t.pair for t in site(name).ties if t.standing is Standing.STRAINED} for name in "AB"
    ]
    assert strained[0] & strained[1] == {("childrens_division", "djo")}


def test_e09_a_formal_meeting_can_exclude() -> None:
    excluded = [
        s for s in tie("B", "childrens_division", "djo").statements if s.type is TieType.EXCLUDES
    ]
    assert [(s.source, s.formality) for s in excluded] == [
        ("childrens_division", Formality.FORMAL)
    ]


def test_e10_providers_and_officers_get_on_formally_in_a_and_informally_in_b() -> None:
    a, b = tie("A", "djo", "service_provider"), tie("B", "djo", "service_provider")
    assert a.standing is b.standing is Standing.POSITIVE
    assert (a.formality, b.formality) == (Formality.BOTH, Formality.INFORMAL)


def test_e12_missing_ties_of_providers_in_b_rest_on_a_single_source() -> None:
    for other in ("judge", "court_administrator", "supervisor"):
        found = tie("B", "service_provider", other)
        assert found.standing is Standing.ABSENT and found.single_source


def test_e13_providers_and_the_bench_in_a_are_positive_informal_and_one_sided() -> None:
    for other in ("judge", "court_administrator"):
        found = tie("A", "service_provider", other)
        assert (found.standing, found.formality) == (Standing.POSITIVE, Formality.INFORMAL)
        assert found.one_sided
        assert perspectives_on(found, registry()).unheard == (other,)


def test_e14_officers_teach_judges_as_a_provider_tells_it() -> None:
    (told,) = tie("A", "djo", "judge").statements
    assert told.type is TieType.TRAINS and told.speaker_role == "service_provider"


def test_e16_lawyers_are_trusted_in_a_and_block_in_b() -> None:
    assert tie("A", "investigator", "defence_attorney").standing is Standing.POSITIVE
    assert tie("B", "investigator", "defence_attorney").standing is Standing.STRAINED


def test_e17_one_investigator_stands_between_persons_of_site_a() -> None:
    ranking = betweenness(site("A", View(level=Level.PERSON))).value
    assert ranking is not None
    persons = {actor.key for actor in registry() if actor.kind is ActorKind.PERSON}
    assert next(row.actor for row in ranking if row.actor in persons) == "hale"


def test_e19_site_b_falls_into_more_pieces() -> None:
    def pieces(name: str) -> int:
        network = site(name, COMMON)
        return len(components(network).value or ()) + len(isolates(network).value or ())

    assert pieces("B") > pieces("A")


def test_every_tie_leads_to_its_words() -> None:
    for name in "AB":
        for found in site(name).ties:
            assert all(s.coding_id and s.end > s.start and s.document for s in found.statements)


def test_the_sites_differ_where_the_study_says() -> None:
    rows = {row.pair: row.change for row in differences(site("A"), site("B"))}
    only_a = {pair for pair, change in rows.items() if change is Change.ONLY_FIRST}
    assert {
        ("djo", "investigator"),
        ("judge", "service_provider"),
        ("court_administrator", "service_provider"),
    } <= only_a


@pytest.mark.parametrize("name", ["A", "B"])
def test_no_statement_is_lost_on_the_way(name: str) -> None:
    network = site(name)
    counted = sum(len(t.statements) for t in (*network.ties, *network.group_ties))
    assert counted == sum(s.site == name for s in statements())
    assert all(s.presence is not Presence.WISHED or s.valence is None for s in statements())
    assert {s.valence for s in statements()} >= {Valence.MIXED, None}
