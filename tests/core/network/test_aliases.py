from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.actors import Actor, ActorKind, AliasEntry, AliasScope
from qualcode.core.network.aliases import Aliases, Meaning, alias_key, plain
from qualcode.errors import InputError

JUDGE = Actor("judge", "Judge", aliases=(AliasEntry("the bench"), AliasEntry("officer")))
POLICE = Actor(
    "police",
    "Police",
    aliases=(
        AliasEntry("officer", AliasScope.DOCUMENT, "08-gwendolyn"),
        AliasEntry("the unit", AliasScope.SITE, "A"),
    ),
)
OTHER = Actor("other", "Other unit", aliases=(AliasEntry("the unit", AliasScope.SITE, "B"),))


@given(st.text())
def test_plain_text_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_forms_of_the_apostrophe_are_one() -> None:
    assert alias_key("Children’s  Division") == alias_key("children's\u00a0division")


def test_a_common_word_is_not_linked_project_wide() -> None:
    found = Aliases([JUDGE]).meaning("officer", "01-marguerite")
    assert found == Meaning(None, ("judge",))


def test_the_narrowest_scope_decides() -> None:
    aliases = Aliases([JUDGE, POLICE, OTHER])
    assert aliases.meaning("officer", "08-gwendolyn") == Meaning("police", ("police",))
    assert aliases.meaning("the unit", "x", ["A"]) == Meaning("police", ("police",))
    assert aliases.meaning("the unit", "x", ["A", "B"]) == Meaning(None, ("police", "other"))
    assert aliases.meaning("the unit", "x") is None
    assert aliases.meaning("never told", "x") is None


def test_an_alias_of_two_actors_is_linked_to_neither() -> None:
    twice = Actor("court", "Juvenile court", aliases=(AliasEntry("the bench"),))
    aliases = Aliases([JUDGE, twice])
    assert aliases.meaning("the bench", "x") == Meaning(None, ("judge", "court"))
    assert [conflict.alias for conflict in aliases.conflicts()] == ["the bench", "the benches"]
    assert "means judge and court in the whole project" in aliases.conflicts()[0].sentence


def test_an_alias_that_is_taken_is_refused() -> None:
    aliases = Aliases([JUDGE, POLICE])
    with pytest.raises(InputError, match="means judge in the whole project already"):
        aliases.refuse_conflict("police", AliasEntry("The Bench"))
    with pytest.raises(InputError, match="means police at site A already"):
        aliases.refuse_conflict("judge", AliasEntry("the unit", AliasScope.SITE, "A"))
    with pytest.raises(InputError, match="means police in 08-gwendolyn already"):
        aliases.refuse_conflict(
            "judge", AliasEntry("officer", AliasScope.DOCUMENT, "08-gwendolyn")
        )
    aliases.refuse_conflict("judge", AliasEntry("the bench"))


def test_an_alias_needs_words_and_a_place() -> None:
    with pytest.raises(InputError, match="at least one letter"):
        Aliases([]).refuse_conflict("judge", AliasEntry(" – "))
    with pytest.raises(InputError, match="bound to a site that is not named"):
        Aliases([]).refuse_conflict("judge", AliasEntry("unit", AliasScope.SITE))


def test_an_explicit_alias_wins_over_a_name() -> None:
    police = Actor("police", "Law enforcement", ActorKind.ORGANISATION)
    role = Actor("investigator", "Investigator", aliases=(AliasEntry("law enforcement"),))
    aliases = Aliases([police, role])
    assert aliases.conflicts() == ()
    assert aliases.meaning("law enforcement", "x") == Meaning("investigator", ("investigator",))


def test_plurals_of_roles_are_known_and_those_of_persons_are_not() -> None:
    person = Actor("hale", "Hale", ActorKind.PERSON)
    phrases = Aliases([JUDGE, person, Actor("agency", "Agency"), Actor("boss", "Boss")]).phrases
    assert {"judges", "agencies", "bosses", "the benches"} <= set(phrases)
    assert "hales" not in phrases
    assert Aliases([JUDGE], plurals=False).phrases == ("judge", "officer", "the bench")


def test_an_empty_alias_matches_nothing() -> None:
    assert Aliases([Actor("x", "…", aliases=(AliasEntry("—"),))]).phrases == ()


def test_an_alias_told_twice_is_one() -> None:
    twice = Actor("judge", "Judge", aliases=(AliasEntry("bench"), AliasEntry("Bench")))
    assert Aliases([twice]).meaning("bench", "x") == Meaning("judge", ("judge",))
    assert Aliases([twice]).conflicts() == ()
