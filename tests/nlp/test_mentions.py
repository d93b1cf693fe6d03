from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.actors import Actor, ActorKind, AliasEntry, AliasScope
from qualcode.core.documents import Turn
from qualcode.core.network.aliases import Aliases
from qualcode.core.network.statements import Mention
from qualcode.nlp.mentions import MentionFinder, Place, longest

ACTORS = (
    Actor("djo", "Deputy juvenile officer", aliases=(AliasEntry("DJO"), AliasEntry("D.J.O."))),
    Actor(
        "investigator", "Investigator", aliases=(AliasEntry("detective"), AliasEntry("task force"))
    ),
    Actor(
        "hale",
        "Detective Hale",
        ActorKind.PERSON,
        aliases=(AliasEntry("Det. Hale"), AliasEntry("Hale")),
    ),
    Actor("abernathy", "Ms. Abernathy", ActorKind.PERSON, aliases=(AliasEntry("Abernathy"),)),
    Actor("division", "Children's Division", aliases=(AliasEntry("F.B.I.-like hotline"),)),
    Actor(
        "team", "Case team", ActorKind.GROUP, aliases=(AliasEntry("team"), AliasEntry("the team"))
    ),
    Actor(
        "patrol",
        "Patrol",
        aliases=(
            AliasEntry("officer", AliasScope.DOCUMENT, "11-desmond"),
            AliasEntry("the unit", AliasScope.SITE, "B"),
        ),
    ),
    Actor("truancy", "Truancy officer", aliases=(AliasEntry("officer"),)),
)
HERE = Place("01-marguerite", ("A",))


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    return MentionFinder(Aliases(ACTORS), stop_phrases=["team meeting", "juvenile building"])


def found(finder: MentionFinder, text: str, place: Place = HERE) -> list[tuple[str, str | None]]:
    return [(mention.alias, mention.actor) for mention in finder.in_text(text, place)]


def test_the_longest_alias_wins(finder: MentionFinder) -> None:
    assert found(finder, "I asked Detective Hale.") == [("Detective Hale", "hale")]
    assert found(finder, "I asked the detective, Hale.") == [
        ("detective", "investigator"),
        ("Hale", "hale"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Det. Hale came.",
        "det. hale came.",
        "DET. HALE came.",
        "I saw Det. Hale.",
        "(Det. Hale)",
        "to Det. Hale, and",
        "Det.\nHale",
        "Det.\u00a0Hale",
    ],
)
def test_dots_case_and_spaces_do_not_hide_a_name(finder: MentionFinder, text: str) -> None:
    (mention,) = finder.in_turns(text, [Turn(0, 0, len(text))], HERE)
    assert mention.actor == "hale" and text[mention.start : mention.end] == mention.alias


def test_abbreviations_plurals_and_possessives(finder: MentionFinder) -> None:
    text = (
        "The D.J.O.s, a D.J.O. and detectives; the detective's car, Ms. Abernathy’s desk. D.J.O."
    )
    assert [actor for _, actor in found(finder, text)] == [
        "djo",
        "djo",
        "investigator",
        "investigator",
        "abernathy",
        "djo",
    ]


def test_either_apostrophe_is_found_and_offsets_stay(finder: MentionFinder) -> None:
    text = "So “Children’s Division” and Children's Division."
    mentions = finder.in_text(text, HERE)
    assert [text[m.start : m.end] for m in mentions] == [
        "Children’s Division",
        "Children's Division",
    ]


def test_phrases_that_only_look_like_actors_are_passed_over(finder: MentionFinder) -> None:
    assert found(finder, "The team meeting was long. The team came.") == [("The team", "team")]
    assert found(finder, "the team meeting") == []


def test_common_words_are_shown_and_never_linked(finder: MentionFinder) -> None:
    (mention,) = finder.in_text("An officer called.", HERE)
    assert mention.actor is None and mention.candidates == ("truancy",)


def test_an_alias_binds_in_its_document_and_its_site(finder: MentionFinder) -> None:
    assert found(finder, "The unit, an officer", Place("11-desmond", ("B",))) == [
        ("The unit", "patrol"),
        ("officer", "patrol"),
    ]
    assert found(finder, "The unit", HERE) == []


def test_an_alias_out_of_scope_does_not_hide_a_shorter_one() -> None:
    actors = (
        Actor("a", "Unit", aliases=(AliasEntry("red unit", AliasScope.SITE, "B"),)),
        Actor("b", "Red", aliases=(AliasEntry("red"),)),
    )
    assert found(MentionFinder(Aliases(actors)), "the red unit", HERE)[0] == ("red", "b")


def test_turns_of_the_interviewer_are_marked_as_context(finder: MentionFinder) -> None:
    text = "Q: The detective? A: Yes, Hale."
    turns = [Turn(0, 3, 17, "Q"), Turn(1, 21, 31, "A")]
    asked, told = finder.in_turns(text, turns, Place("x", interviewers=frozenset({"Q"})))
    assert (asked.in_question, told.in_question) == (True, False)
    assert (told.start, told.end, told.actor) == (26, 30, "hale")


def test_a_name_does_not_run_over_two_turns(finder: MentionFinder) -> None:
    text = "Detective Hale"
    turns = [Turn(0, 0, 9), Turn(1, 10, 14)]
    assert [m.actor for m in finder.in_turns(text, turns, HERE)] == ["investigator", "hale"]


def test_an_unknown_language_falls_back_and_says_so() -> None:
    finder = MentionFinder(Aliases(ACTORS), language="qq")
    assert finder.pipeline.startswith("blank xx, spaCy ")
    assert found(finder, "the task force") == [("task force", "investigator")]


def test_a_language_that_does_not_cut_at_spaces_is_read_whole() -> None:
    actors = (Actor("police", "Police", aliases=(AliasEntry("警察"),)),)
    finder = MentionFinder(Aliases(actors, plurals=False), language="zh")
    assert found(finder, "我给警察打电话") == [("警察", "police")]


def test_no_aliases_find_nothing() -> None:
    assert MentionFinder(Aliases(())).in_text("Detective Hale", HERE) == ()


def test_longest_prefers_length_then_place() -> None:
    assert [hit[:2] for hit in longest([(0, 4, None), (2, 9, None), (9, 11, None)])] == [
        (2, 9),
        (9, 11),
    ]
    assert [hit[:2] for hit in longest([(0, 4, None), (2, 6, None)])] == [(0, 4)]


PIECES = st.lists(
    st.sampled_from(
        [
            "Detective",
            "Hale",
            "Det.",
            "D.J.O.",
            "D.J.O.s",
            "team",
            "the team",
            "meeting",
            "officer",
            "(",
            ")",
            ",",
            ".",
            "…",
            "’s",
            "'s",
            "Children’s",
            "Division",
            "-",
            "/",
            "word",
            "it's",
            "task",
            "force",
            "İ",
            "ß",
            "\n",
            "  ",
            " ",
        ]
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from(["", " "]))
def test_reading_only_promising_stretches_loses_nothing(pieces: list[str], joint: str) -> None:
    """The finder tokenizes only where an alias could stand; the whole text must give the same mentions."""
    finder = _shared()
    text = joint.join(pieces)
    tokenizer = finder._tokenizer
    whole = sorted(_on_whole(tokenizer, text))
    assert sorted(tokenizer.match(text)) == whole


def _shared() -> MentionFinder:
    if not _CACHE:
        _CACHE.append(MentionFinder(Aliases(ACTORS), stop_phrases=["team meeting"]))
    return _CACHE[0]


def _on_whole(tokenizer, text: str):  # type: ignore[no-untyped-def]
    before = tokenizer._cuts_at_spaces
    tokenizer._cuts_at_spaces = False
    try:
        return tokenizer.match(text)
    finally:
        tokenizer._cuts_at_spaces = before


_CACHE: list[MentionFinder] = []


def test_offsets_always_point_at_the_alias(finder: MentionFinder) -> None:
    text = "🙂 Det. Hale, the D.J.O. — ‘Children’s Division’\nthe team"
    for mention in finder.in_text(text, HERE):
        assert isinstance(mention, Mention)
        assert text[mention.start : mention.end] == mention.alias


def test_spacy_is_loaded_with_the_first_text_only() -> None:
    code = (
        "import sys, qualcode.nlp.mentions as m; from qualcode.core.network.aliases import Aliases; "
        "m.MentionFinder(Aliases(())); assert 'spacy' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
