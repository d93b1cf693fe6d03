"""The actor registry: adding, merging and removing, and the words that mean an actor."""

from __future__ import annotations

import pytest

from qualcode.core.actors import ActorKind, AliasScope
from qualcode.core.network.statements import TieStatus
from qualcode.errors import InputError, QualcodeError, Refused, UnknownName
from qualcode.services import audit, network
from qualcode.services.project import Project
from tests.services.network.told import proposed, tie_of


def actor(project: Project, key: str) -> object:
    return next((one for one in network.list_actors(project) if one.key == key), None)


def test_an_actor_is_added_and_corrected(ties: Project) -> None:
    network.add_actor(ties, "nurse", {"name": "School nurse", "sites": "A"})
    made = network.edit_actor(ties, "nurse", {"kind": "person", "role_of": "officer"})
    assert (made.name, made.kind, made.role_of) == ("School nurse", ActorKind.PERSON, "officer")


def test_a_group_gets_and_loses_members(ties: Project) -> None:
    network.edit_actor(ties, "team", {"members": "officer, shelter"})
    team = next(one for one in network.list_actors(ties) if one.key == "team")
    assert set(team.members) == {"officer", "shelter"}
    audit.undo(ties)
    team = next(one for one in network.list_actors(ties) if one.key == "team")
    assert set(team.members) == {"officer", "detective"}


@pytest.mark.parametrize(
    ("key", "fields", "words"),
    [
        ("officer", {}, "there is an actor 'officer' already"),
        ("two words", {}, "cannot be the key"),
        ("x\x1b[2J", {}, "cannot be the key"),
        ("nurse", {"kind": "thing"}, "no kind of actor is called 'thing'"),
        ("nurse", {"sites": "Z"}, "no site is called 'Z'"),
        ("nurse", {"members": "officer"}, "only a group has members"),
        ("nurse", {"role_of": "nobody"}, "no actor is called 'nobody'"),
        ("nurse", {"participant": "Zoe"}, "no participant is called 'Zoe'"),
        ("nurse", {"shoe": "7"}, "'shoe' is not a field"),
    ],
)
def test_an_actor_that_contradicts_itself_is_refused(
    ties: Project, key: str, fields: dict[str, str], words: str
) -> None:
    with pytest.raises(QualcodeError, match=words.replace("(", r"\(")):
        network.add_actor(ties, key, fields)
    assert actor(ties, "nurse") is None


def test_belonging_in_a_circle_is_refused_and_nothing_is_written(ties: Project) -> None:
    with pytest.raises(InputError, match="itself"):
        network.edit_actor(ties, "court", {"part_of": "officer"})
    assert actor(ties, "court").part_of is None  # type: ignore[attr-defined]


def test_an_alias_of_two_actors_is_refused_in_one_scope_and_allowed_in_a_document(
    ties: Project,
) -> None:
    with pytest.raises(InputError, match=r"means detective in the whole project already"):
        network.bind_alias(ties, "officer", "The  Police")
    network.bind_alias(ties, "officer", "the police", scope=AliasScope.DOCUMENT, where="dan")
    assert network.alias_conflicts(ties) == ()
    with pytest.raises(Refused, match="already"):
        network.bind_alias(ties, "officer", "the police", scope=AliasScope.DOCUMENT, where="dan")


@pytest.mark.parametrize(
    ("scope", "where", "words"),
    [
        (AliasScope.SITE, "Z", "no site is called 'Z'"),
        (AliasScope.DOCUMENT, "nowhere", "nowhere"),
        (AliasScope.SITE, None, "which site"),
    ],
)
def test_an_alias_of_a_place_that_does_not_exist_is_refused(
    ties: Project, scope: AliasScope, where: str | None, words: str
) -> None:
    with pytest.raises(QualcodeError, match=words):
        network.bind_alias(ties, "officer", "boss", scope=scope, where=where)


def test_words_can_be_freed_again(ties: Project) -> None:
    assert network.free_alias(ties, "detective", "the police") == 1
    network.bind_alias(ties, "officer", "the police")
    with pytest.raises(Refused, match="is not called"):
        network.free_alias(ties, "detective", "the police")


def test_a_stop_phrase_wins_over_the_actor_inside_it(ties: Project) -> None:
    network.add_stop_phrases(ties, ("No  officer",))
    assert network.list_stop_phrases(ties) == ("no officer",)
    named = [m.alias for m in tie_of(proposed(ties), "ever called").statement.trace.mentions]
    assert "officer" not in named
    network.remove_stop_phrase(ties, "NO OFFICER")
    with pytest.raises(UnknownName):
        network.remove_stop_phrase(ties, "no officer")


def test_a_merged_actor_hands_over_its_ties_and_its_old_key_is_understood(ties: Project) -> None:
    row = tie_of(proposed(ties), "keeps a bed", "detective", "shelter")
    network.confirm_ties(ties, [row.statement.id])
    moved = network.merge_actors(ties, "shelter", "agency")
    assert moved >= 1 and network.merged_actors(ties) == {"shelter": "agency"}
    one = tie_of(ties, "keeps a bed").statement
    assert "agency" in (one.source, one.target)
    assert one.status is TieStatus.CONFIRMED
    assert network.build_networks(ties)[0].network.ties[0].pair == ("agency", "detective")
    changed = network.edit_tie(ties, one.id, {"source": "shelter", "target": "detective"})
    assert changed.statement.source == "agency"
    assert "shelter" in [alias.text for alias in actor(ties, "agency").aliases]  # type: ignore[attr-defined]


def test_a_merge_can_be_taken_back(ties: Project) -> None:
    proposed(ties)
    before = [(r.statement.source, r.statement.target) for r in network.list_ties(ties)]
    registry = network.list_actors(ties)
    network.merge_actors(ties, "stark", "detective")
    assert actor(ties, "stark") is None
    audit.undo(ties)
    assert [(r.statement.source, r.statement.target) for r in network.list_ties(ties)] == before
    assert network.list_actors(ties) == registry
    assert network.merged_actors(ties) == {}


def test_two_actors_with_a_tie_between_them_do_not_merge(ties: Project) -> None:
    network.confirm_ties(ties, [tie_of(proposed(ties), "every week").statement.id])
    with pytest.raises(Refused, match="no tie to itself"):
        network.merge_actors(ties, "officer", "detective")
    with pytest.raises(InputError, match="already"):
        network.merge_actors(ties, "officer", "Officer")


def test_an_actor_with_reviewed_ties_stays_and_one_without_goes(ties: Project) -> None:
    row = tie_of(proposed(ties), "keeps a bed", "detective", "shelter")
    network.confirm_ties(ties, [row.statement.id])
    with pytest.raises(Refused, match="1 reviewed ties name shelter"):
        network.remove_actor(ties, "shelter")
    with pytest.raises(Refused, match="belong to court"):
        network.remove_actor(ties, "court")
    network.reject_tie(ties, row.statement.id, reason="no")
    network.remove_actor(ties, "shelter")
    assert actor(ties, "shelter") is None
    assert network.propose(ties, "First") is not None
    network.add_actor(ties, "shelter", {"name": "Night shelter"})
    assert actor(ties, "shelter") is not None


def test_a_tie_of_an_actor_that_is_gone_stays_legible_and_is_not_counted(ties: Project) -> None:
    """As after a merge of two copies of the project, of which one removed the actor."""
    row = tie_of(proposed(ties), "keeps a bed", "detective", "shelter")
    network.confirm_ties(ties, [row.statement.id])
    with ties.writing("actor gone") as writer:
        writer.connection.exec_driver_sql("UPDATE actor SET cl = cl + 1 WHERE key = 'shelter'")
    kept = tie_of(ties, "keeps a bed", "detective", "shelter").statement
    assert kept.status is TieStatus.CONFIRMED
    one = network.build_networks(ties)[0].network
    assert not one.ties
    assert any("no longer exists: shelter" in note for note in one.left_out.notes)
    end = "source" if kept.source == "shelter" else "target"
    changed = network.edit_tie(ties, kept.id, {end: "agency"}).statement
    assert {changed.source, changed.target} == {"detective", "agency"}
    assert network.build_networks(ties)[0].network.ties
