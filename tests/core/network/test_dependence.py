from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.network.dependence import (
    belonging_graph,
    leave_one_out,
    minimum_cut,
    what_if_leave,
)
from qualcode.core.network.graph import build_network
from qualcode.core.network.registry import Level, Registry
from qualcode.core.network.statements import Presence, TieStatement, Valence
from qualcode.core.network.views import Network, View
from qualcode.errors import InputError, UnknownName

from .sample import registry, statement, statements

OFFICERS = tuple(
    Actor(f"officer_{n}", f"Officer {n}", ActorKind.PERSON, role_of="djo", sites=("B",))
    for n in (1, 2, 3)
)


def carried() -> tuple[Network, Registry]:
    """Return Site B by persons: providers reach the court through three officers only."""
    known = registry(*OFFICERS)
    told = [
        replace(s, source=f"officer_{n}", target="service_provider", coding_id=900 + n)
        for s in statements()
        if s.site == "B" and {s.source, s.target} == {"djo", "service_provider"}
        for n in (1, 2, 3)
    ]
    return build_network(told, known, site="B", view=View(level=Level.PERSON)), known


def test_three_officers_are_the_fewest_between_providers_and_the_court() -> None:
    network, known = carried()
    found = minimum_cut(network, "service_provider", "juvenile_court", registry=known)
    assert found.value == ("officer_1", "officer_2", "officer_3")
    assert "hang on their role" in found.note


def test_when_the_three_leave_providers_are_cut_off() -> None:
    network, known = carried()
    found = what_if_leave(network, ["officer_1", "officer_2", "officer_3"], registry=known).value
    assert found is not None and found.disconnects
    assert ("djo", "service_provider") in found.cut_off
    assert found.stranded == ("service_provider",)
    assert len(found.ties_lost) == 3
    two = what_if_leave(network, ["officer_1", "officer_2"], registry=known).value
    assert two is not None and not two.disconnects


def test_what_if_without_belonging_counts_parts() -> None:
    network = build_network(statements(), registry(), site="B")
    found = what_if_leave(network, ["service_provider"]).value
    assert found is not None
    assert (found.parts_before, found.parts_after) == (2, 3)
    assert found.stranded == ()
    assert found.cut_off == (
        ("djo", "investigator"),
        ("djo", "patrol"),
        ("investigator", "supervisor"),
        ("patrol", "supervisor"),
    )


def test_who_leaves_has_to_be_there() -> None:
    network = build_network(statements(), registry(), site="B")
    with pytest.raises(UnknownName):
        what_if_leave(network, ["truancy_officer"])
    with pytest.raises(InputError, match="nobody leaves"):
        what_if_leave(network, [])


def test_a_cut_needs_two_actors_that_are_joined_but_not_tied() -> None:
    network = build_network(statements(), registry(), site="B")
    assert minimum_cut(network, "djo", "investigator").value == ("service_provider",)
    assert minimum_cut(network, "djo", "service_provider").reason == (
        "they are tied directly, with nobody between them"
    )
    assert minimum_cut(network, "djo", "judge").reason == "they are not connected at all"
    with pytest.raises(InputError):
        minimum_cut(network, "djo", "djo")
    with pytest.raises(UnknownName):
        minimum_cut(network, "djo", "nobody")


def test_belonging_is_no_tie() -> None:
    network, known = carried()
    assert not network.graph().has_edge("officer_1", "djo")
    assert belonging_graph(network, known).has_edge("officer_1", "djo")


def said(participant: str, source: str, target: str, word: str) -> TieStatement:
    presence = Presence.ABSENT if word == "absent" else Presence.PRESENT
    valence = Valence(word) if word in set(Valence) else None
    return statement(source, target, participant=participant, presence=presence, valence=valence)


def test_leaving_one_participant_out_shows_what_hangs_on_a_single_word() -> None:
    told = [
        said("Ada", "a", "b", "positive"),
        said("Ada", "b", "c", "positive"),
        said("Ben", "b", "c", "positive"),
        said("Ben", "c", "d", "absent"),
        said("Cy", "c", "d", "positive"),
    ]
    known = Registry([Actor(key, key) for key in "abcd"])
    found = leave_one_out(build_network(told, known)).value
    assert found is not None
    by_name = {run.participant: run for run in found.runs}
    assert by_name["Ada"].ties_lost == (("a", "b"),)
    assert by_name["Ben"].ties_gained == (("c", "d"),)
    assert by_name["Cy"].ties_lost == () and by_name["Cy"].parts == 1
    assert by_name["Ben"].parts == 1
    assert (found.lowest_density, found.highest_density) == (
        pytest.approx(1 / 6),
        pytest.approx(3 / 6),
    )


def test_leaving_out_equals_building_without_them() -> None:
    told = statements()
    network = build_network(told, registry(), site="A")
    found = leave_one_out(network).value
    assert found is not None and len(found.runs) == 11
    for run in found.runs:
        without = build_network(
            [s for s in told if s.participant != run.participant], registry(), site="A"
        )
        workable = {t.pair for t in without.ties if t.workable}
        assert run.density == pytest.approx(len(workable) / (14 * 13 / 2))
        before = {t.pair for t in network.ties if t.workable}
        assert (
            set(run.ties_lost) == before - workable and set(run.ties_gained) == workable - before
        )


def test_stability_of_nothing_is_undefined() -> None:
    assert leave_one_out(build_network([], registry())).reason == "no tie has been told"
    assert leave_one_out(build_network([], Registry([]))).value is None
