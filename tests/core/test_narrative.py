"""Arranging passages, the narrative's text, the way back to the interviews and on to the next text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook
from qualcode.core.compare import Corpus, Evidence, Voice
from qualcode.core.documents import AttributeType, Turn
from qualcode.core.narrative import (
    Carried,
    Coverage,
    Draft,
    NarrativeView,
    PassagePlace,
    PassageView,
    arrange,
    assemble,
    carry_over,
    clock,
    lead_back,
    sections_of,
)

BOOK = Codebook(
    codes=(
        Code("t", "Theme"),
        Code("t.x", "X", parent="t"),
        Code("t.x.y", "Y", parent="t.x"),
        Code("o", "Other"),
    )
)
CORPUS = Corpus(
    {"one": 400, "two": 400},
    (Voice("Ann", {"role": ("officer",)}, ("one",)), Voice("Bob", {"role": ("nurse",)}, ("two",))),
    {"role": AttributeType.CHOICE},
)


def said(n: int, code: str, who: str, start: int, end: int) -> Evidence:
    document = "one" if who == "Ann" else "two"
    return Evidence(n, code, document, 1 if who == "Ann" else 2, start, end, (who,) if who else ())


def test_passages_stand_by_subtheme_then_role_then_place() -> None:
    evidence = [
        said(1, "t.x.y", "Ann", 0, 5),
        said(2, "t", "Ann", 50, 60),
        said(3, "t", "Bob", 0, 9),
        said(4, "t.x", "Ann", 0, 5),
        said(5, "o", "Ann", 0, 5),
    ]
    found = arrange(evidence, sections_of(BOOK, ("t",)), CORPUS)
    assert [draft.evidence.coding_id for draft in found.drafts] == [3, 2, 4]
    assert found.drafts[2].also == ("t.x.y",)
    assert [section.code for section in found.sections] == ["t", "t.x"]


def test_headings_above_a_subtheme_are_kept_even_without_passages_of_their_own() -> None:
    found = arrange([said(1, "t.x.y", "Ann", 0, 5)], sections_of(BOOK, ("t", "o")), CORPUS)
    assert [(one.code, one.depth) for one in found.sections] == [
        ("t", 1),
        ("t.x", 2),
        ("t.x.y", 3),
    ]


def test_passage_without_a_speaker_says_so() -> None:
    nobody = Evidence(1, "t", "two", 2, 0, 4)
    found = arrange([nobody], sections_of(BOOK, ("t",)), CORPUS)
    assert found.drafts[0].role == "speaker not on record"
    made = assemble("T", found, quote=lambda draft: "word", turn_of=lambda draft: None)
    assert made.text == "T\n\nspeaker not on record\n\nSomebody (two): word"
    assert made.turns[-1].speaker is None


def test_text_repeats_each_passage_at_the_place_it_is_said_to_stand() -> None:
    words = {1: "first words", 2: "more\n\nwords"}
    evidence = [said(1, "t", "Ann", 0, 11), said(2, "t.x", "Bob", 0, 11)]

    def quote(draft: Draft) -> str:
        return words[draft.evidence.coding_id]

    found = arrange(evidence, sections_of(BOOK, ("t",)), CORPUS)
    made = assemble(
        "T", found, quote=quote, turn_of=lambda draft: Turn(3, 0, 20, "x", 61_000, 62_000)
    )
    assert [made.text[one.start : one.end] for one in made.passages] == list(words.values())
    assert "Ann (one, turn 3, 0:01:01): first words" in made.text
    assert [made.text[turn.start : turn.end] for turn in made.turns if turn.speaker] == list(
        words.values()
    )
    assert [turn.n for turn in made.turns] == list(range(len(made.turns)))


def test_span_of_headings_leads_back_to_nothing() -> None:
    passages = [PassagePlace(10, 20, 7, 100)]
    assert lead_back(0, 10, passages) == ()
    assert lead_back(5, 12, passages) == (PassagePlace(10, 12, 7, 100),)
    assert carry_over(0, 10, passages, passages) is None


def test_span_goes_over_into_a_passage_that_has_grown() -> None:
    before = [PassagePlace(10, 20, 7, 100)]
    after = [PassagePlace(40, 70, 7, 90)]
    assert carry_over(12, 18, before, after) == Carried(52, 58)
    assert carry_over(12, 18, before, [PassagePlace(40, 45, 7, 100)]) is None


places = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4)), min_size=1, max_size=6)


def laid_out(sources: list[tuple[int, int, int]], gap: int) -> list[PassagePlace]:
    at, found = gap, []
    for revision, start, length in sources:
        found.append(PassagePlace(at, at + length, revision, start))
        at += length + gap
    return found


@given(places, st.data())
def test_span_carried_over_covers_the_same_words_of_the_interviews(
    lengths: list[tuple[int, int]], data: st.DataObject
) -> None:
    sources = [(n, 100 * n, length) for n, (length, _) in enumerate(lengths)]
    before = laid_out(sources, 3)
    kept = [one for one, (_, gap) in zip(sources, lengths, strict=True) if gap > 1]
    after = laid_out([(99, 0, 5), *kept], 4)
    start = data.draw(st.integers(0, before[-1].end - 1))
    end = data.draw(st.integers(start + 1, before[-1].end))
    moved = carry_over(start, end, before, after)
    was = [
        (one.source_revision_id, one.source_start, one.source_end)
        for one in lead_back(start, end, before)
    ]
    if moved is None:
        assert (
            not was
            or {revision for revision, _, _ in was} - {one[0] for one in kept}
            or len(was) > 1
        )
    else:
        now = lead_back(moved.start, moved.end, after)
        assert [(one.source_revision_id, one.source_start, one.source_end) for one in now] == was


@given(places)
def test_unchanged_narrative_carries_every_passage_to_its_own_place(
    lengths: list[tuple[int, int]],
) -> None:
    passages = laid_out([(n, 0, length) for n, (length, _) in enumerate(lengths)], 2)
    for one in passages:
        assert carry_over(one.start, one.end, passages, passages) == Carried(one.start, one.end)


def test_passage_tells_its_source_with_or_without_a_time() -> None:
    plain = PassageView(1, "x", ("Ann", "Bob"), "r", "one", 3, None, 0, 1, 0, 1, "t", (), None)
    assert (plain.speaker, plain.source) == ("Ann and Bob", "one, turn 3")
    timed = PassageView(1, "x", (), "r", "one", None, 3_725_000, 0, 1, 0, 1, "t", (), None)
    assert (timed.speaker, timed.source) == ("speaker not on record", "one, 1:02:05")
    assert clock(59_999) == "0:00:59"


def test_view_without_passages_has_none_of_any_number() -> None:
    view = NarrativeView(
        "n",
        "N",
        "t",
        None,
        None,
        "consensus",
        None,
        1,
        "order",
        (),
        (),
        (),
        (),
        Coverage((), (), ()),
    )
    assert list(view.passages()) == []
    with pytest.raises(KeyError):
        view.passage(1)
