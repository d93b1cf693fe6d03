"""Suggestions follow from a code's own words, with a reason; endings of words do not matter."""

from __future__ import annotations

import random
import time
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook
from qualcode.core.documents import Document, DocumentKind, Reading, Speaker, SpeakerRole, Turn
from qualcode.core.sentences import split_sentences
from qualcode.core.stems import STOP_WORDS, is_telling, stem
from qualcode.core.suggest import Settled, Strength, suggest

BOOK = Codebook(
    codes=(
        Code("trust", "Trust"),
        Code("contact", "Known contact", aliases=("call back", "reach somebody")),
        Code("load", "Caseload", example=("There are forty cases piled on one narrow desk.",)),
        Code("judge", "Officers and judges"),
        Code("court", "Officers and courts"),
    )
)


def read(text: str, *, asked: tuple[int, int] | None = None) -> Reading:
    """Return a text as it is read; `asked` is the span of the interviewer's turn."""
    sentences = tuple(split_sentences(text, 0, len(text)))
    turns: tuple[Turn, ...] = ()
    speakers = {}
    if asked is not None:
        turns = (Turn(0, *asked, speaker="I"), Turn(1, asked[1], len(text), speaker="Ada"))
        speakers = {
            "I": Speaker("I", SpeakerRole.INTERVIEWER, None),
            "Ada": Speaker("Ada", SpeakerRole.PARTICIPANT, "Ada"),
        }
        sentences = tuple(
            span
            for first, last in (asked, (asked[1], len(text)))
            for span in split_sentences(text, first, last)
        )
    document = Document(
        1, uuid.uuid4(), "d", DocumentKind.TRANSCRIPT, 1, uuid.uuid4(), len(text), 1
    )
    return Reading(document, text, turns, sentences, speakers)


def told(text: str, **more: object) -> list[tuple[str, Strength, str]]:
    return [(one.code, one.strength, one.reason) for one in suggest(BOOK, read(text), **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "forms",
    [
        "rely relies relied relying",
        "call calls called calling Calls CALLED",
        "plan plans planned planning",
        "judge judges judge's judged",
        "agency agencies",
        "meet met meeting meets",
        "child children child’s",
        "tell told tells telling",
        "case cases",
        "class classes",
        "make making made",
        "wish wishes wished",
        "box boxes",
        "church churches",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("bus", "bush"), ("sing", "s"), ("need", "knee"), ("string", "str")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(min_size=1))
def test_a_word_always_has_a_stem_whatever_its_case(word: str) -> None:
    assert stem(word)
    assert stem(word) == stem(word.casefold())


def test_function_words_numbers_and_short_words_tell_nothing() -> None:
    assert not any(is_telling(word) for word in (*STOP_WORDS, "it", "2024", "don’t"))
    assert is_telling("trust")


def test_an_alias_speaks_for_its_code_in_any_form_and_says_so() -> None:
    assert told("They called back at once.") == [
        ("contact", Strength.STRONG, "alias “call back”: “called back”")
    ]


def test_the_words_of_an_alias_have_to_stand_side_by_side() -> None:
    assert told("We call, and then we drive back.") == []


def test_a_name_of_one_word_speaks_for_its_code_in_any_form() -> None:
    assert told("I trusted her.") == [("trust", Strength.STRONG, "the name “Trust”: “trusted”")]


def test_a_name_of_several_words_is_strong_as_a_whole_and_faint_by_a_word_of_its_own() -> None:
    assert told("She is a known contact.")[0][1] is Strength.STRONG
    assert told("I have a contact there.") == [
        ("contact", Strength.FAINT, "a word of the name: “contact”")
    ]


def test_two_words_of_a_name_are_fair_only_where_no_other_name_has_both() -> None:
    book = Codebook(
        codes=(Code("a", "Court officers at night"), Code("b", "Court officers and judges"))
    )
    found = {
        one.code: one.strength
        for one in suggest(book, read("The court sends officers, judges come."))
    }
    assert found == {"b": Strength.FAIR, "a": Strength.FAINT}


def test_two_telling_words_of_an_example_are_faint_and_three_are_fair() -> None:
    assert told("My desk is narrow.") == [
        (
            "load",
            Strength.FAINT,
            "words of the example “There are forty cases piled on one narr…”: “desk”, “narrow”",
        )
    ]
    assert told("Forty on my narrow desk.")[0][1] is Strength.FAIR


def test_words_count_whole_and_never_inside_another_word() -> None:
    assert told("We are entrusted with it, a trustee said.") == []


def test_a_word_that_stands_everywhere_is_no_reason_unless_it_is_the_whole_name() -> None:
    text = "I have a contact. " * 9 + "The end."
    assert told(text) == []
    assert len(told("I trust her. " * 9)) == 9


def test_what_the_interviewer_asks_is_left_out_and_so_is_a_heading() -> None:
    asked = "Do you trust her? "
    text = asked + "I trust her. That is all."
    found = suggest(BOOK, read(text, asked=(0, len(asked))))
    assert [text[one.start : one.end] for one in found] == ["I trust her."]


def test_only_the_codes_asked_for_are_suggested() -> None:
    text = "I trust her, she called back."
    assert {code for code, *_ in told(text)} == {"trust", "contact"}
    assert {code for code, *_ in told(text, codes=["trust"])} == {"trust"}


def test_an_example_taken_from_a_quotation_is_read_without_its_source() -> None:
    book = Codebook(codes=(Code("a", "X", example=("She waits outside. [talk seven 3–19]",)),))
    assert suggest(book, read("The talk seven did.")) == ()
    assert len(suggest(book, read("We waited outside."))) == 1


@given(
    st.lists(
        st.sampled_from(
            ["trust", "call", "back", "Trusted", "narrow", "desk", "forty", "cases", "the", "…"]
        ),
        max_size=40,
    )
)
def test_suggestions_are_sentences_in_order_one_for_each_code_and_always_the_same(
    words: list[str],
) -> None:
    text = " ".join(word + ("." if n % 4 == 3 else "") for n, word in enumerate(words))
    reading = read(text)
    found = suggest(BOOK, reading)
    assert found == suggest(BOOK, reading)
    assert all((one.start, one.end) in reading.sentences for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert len({(one.start, one.code) for one in found}) == len(found)
    assert all(one.reason for one in found)


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))
)


@given(spans, st.integers(0, 70), st.integers(1, 12))
def test_what_is_settled_is_what_one_of_the_spans_touches(
    settled: list[tuple[int, int]], start: int, length: int
) -> None:
    end = start + length
    expected = any(first < end and start < last for first, last in settled)
    assert Settled(settled).touches(start, end) == expected


def test_what_holds_no_telling_words_suggests_nothing() -> None:
    book = Codebook(
        codes=(Code("a", "All of it", aliases=("…",), example=("She waits.", "Oh well.")),)
    )
    assert suggest(book, read("She waits. All of them. Oh well, and it is.")) == ()


def test_an_alias_is_looked_for_at_every_place_where_its_first_word_stands() -> None:
    assert len(told("We call, they call, and she calls back.")) == 1


def test_a_megabyte_and_two_hundred_codes_take_no_longer_than_a_blink() -> None:
    draw = random.Random(5)
    words = [
        f"{first}{last}"
        for first in "bcdfghklmnprst"
        for last in ("alon", "erity", "ombel", "uning", "arved", "iskos")
    ]
    pool = words + sorted(STOP_WORDS) * 2
    parts, spans, at = [], [], 0
    while at < 1_000_000:
        part = " ".join(draw.choice(pool) for _ in range(14)) + ". "
        parts.append(part)
        spans.append((at, at + len(part) - 1))
        at += len(part)
    book = Codebook(
        codes=tuple(
            Code(f"c{n}", " ".join(draw.sample(words, 2)), aliases=(" ".join(draw.sample(words, 2)),), example=(" ".join(draw.sample(words, 5)),))
            for n in range(200)
        )
    )  # fmt: skip
    reading = replace(read("".join(parts)[:10]), text="".join(parts), sentences=tuple(spans))
    began = time.process_time()
    found = suggest(book, reading)
    assert time.process_time() - began < 2.0, (
        "about 0.3 s of processor time, with room for slow machines"
    )
    assert found
