from __future__ import annotations

import pytest

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.network.registry import Level, Registry
from qualcode.errors import InputError, UnknownName

from .sample import ACTORS, registry


def test_a_deleted_actor_is_named_with_its_neighbours() -> None:
    with pytest.raises(UnknownName) as refused:
        registry().actor("judges")
    assert "judge" in (refused.value.hint or "")


def test_a_merged_actor_is_followed_to_the_one_that_stayed() -> None:
    found = Registry(ACTORS, {"officer": "deputy", "deputy": "djo"})
    assert found.actor("officer").key == "djo"
    assert "officer" in found and "nobody" not in found


def test_merges_in_a_circle_end_in_an_answer() -> None:
    with pytest.raises(UnknownName):
        Registry(ACTORS, {"a": "b", "b": "a"}).actor("a")


def test_two_actors_of_one_key_are_refused() -> None:
    with pytest.raises(InputError, match="two actors are called 'djo'"):
        registry(Actor("djo", "Another"))


def test_a_reference_to_nobody_is_refused() -> None:
    with pytest.raises(InputError, match="'x' points to 'nobody'"):
        registry(Actor("x", "X", part_of="nobody"))


def test_organisations_within_themselves_are_refused() -> None:
    kind = ActorKind.ORGANISATION
    with pytest.raises(InputError, match="part_of itself"):
        Registry([Actor("a", "A", kind, part_of="b"), Actor("b", "B", kind, part_of="a")])


@pytest.mark.parametrize(
    ("key", "level", "stands_for"),
    [
        ("hale", Level.PERSON, "hale"),
        ("hale", Level.ROLE, "investigator"),
        ("hale", Level.ORGANISATION, "law_enforcement"),
        ("djo", Level.ORGANISATION, "juvenile_court"),
        ("service_provider", Level.ORGANISATION, "service_provider"),
        ("childrens_division", Level.ORGANISATION, "childrens_division"),
        ("team", Level.ORGANISATION, "team"),
    ],
)
def test_actors_are_folded_to_the_level(key: str, level: Level, stands_for: str) -> None:
    assert registry().folded(key, level) == stands_for


def test_a_person_stands_for_role_and_organisation() -> None:
    known = registry()
    assert known.above("hale") == ("investigator", "law_enforcement")
    assert known.stands_for("hale", "investigator")
    assert known.stands_for("hale", "law_enforcement")
    assert not known.stands_for("investigator", "hale")
    assert not known.stands_for("nobody", "hale")


def test_lay_actors_are_the_usual_ones_and_those_a_project_names() -> None:
    assert registry().lay() == {"minor", "family"}
    assert registry().lay(["patrol"]) == {"minor", "family", "patrol"}
    assert "aunt" in registry(Actor("aunt", "Aunt", part_of="family")).lay()


def test_members_of_a_group_are_actors() -> None:
    assert [actor.key for actor in registry().members_of("team")][:2] == [
        "djo",
        "childrens_division",
    ]


def test_organisations_shown_by_their_roles_are_known() -> None:
    unit = Actor("unit", "Trafficking unit", ActorKind.ORGANISATION, part_of="law_enforcement")
    assert registry(unit).organisations_with_roles == {"juvenile_court", "law_enforcement", "unit"}
    assert len(list(registry())) == len(ACTORS)
