"""How codes are used, where examples come from, what stands on a code; and scales of weights."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook, Touched, WeightScale, checked_scale, scale_from
from qualcode.core.codebook_use import (
    CodeUse,
    SourcedExample,
    count_use,
    sourced_example,
    touched_lines,
)
from qualcode.errors import InputError

BOOK = Codebook(
    codes=(
        Code("a", "A", weights=WeightScale(1, 5, "strength")),
        Code("a.b", "B", parent="a"),
        Code("c", "C"),
    )
)


def test_use_is_counted_for_the_code_and_with_those_below() -> None:
    rows = [
        ("a", "one", "Ana", 2),
        ("a.b", "two", "Ben", 3),
        ("a.b", "one", "Ana", 1),
        ("gone", "one", "Ana", 9),
    ]
    found = count_use(BOOK, rows, viewer="Ana")
    assert found == {
        "a": CodeUse(2, 2, 6, ("one", "two"), ("Ana", "Ben")),
        "a.b": CodeUse(1, 4, 4, ("one", "two"), ("Ana", "Ben")),
        "c": CodeUse(),
    }


@given(st.text(min_size=1), st.text(min_size=1), st.integers(0, 9999), st.integers(1, 500))
def test_a_quotation_kept_as_an_example_tells_its_source(
    quote: str, document: str, start: int, length: int
) -> None:
    words, name = " ".join(quote.split()), " ".join(document.split())
    if not words or not name or " [" in words or " [" in name:
        return
    example = SourcedExample(words, name, start, start + length)
    assert sourced_example(str(example)) == example


@pytest.mark.parametrize("text", ["plain words", "a [b]", "a [b 9–3]", "[talk 1–2]", ""])
def test_an_example_written_by_hand_has_no_source(text: str) -> None:
    assert sourced_example(text) is None


def test_what_stands_on_a_code_is_told_in_lines() -> None:
    found = Touched(
        "a",
        ("a.b",),
        (("Ana", "One", 1), ("Ben", "One", 2)),
        3,
        (("narrative", 2), ("taxonomy term", 1)),
        ("T",),
        ("Site",),
        False,
    )
    assert touched_lines(found) == (
        "codes below it: a.b",
        "1 coding by Ana in One",
        "2 codings by Ben in One",
        "3 codings of the consensus",
        "2 narratives",
        "1 taxonomy term",
        "themes fed by it: T",
        "facets asked for it: Site",
    )
    assert touched_lines(Touched("c", (), (), 0, (), (), (), False)) == ()


def test_a_code_has_the_scale_of_the_nearest_code_above_else_0_to_100() -> None:
    assert BOOK.scale_of("a.b") == WeightScale(1, 5, "strength")
    assert BOOK.scale_of("c") == BOOK.scale_of("not there") == WeightScale(0, 100)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("1-5", WeightScale(1, 5)),
        (" 0 – 100 ", WeightScale(0, 100)),
        ("1 to 7 how strong", WeightScale(1, 7, "how strong")),
        ("1..3 (firm)", WeightScale(1, 3, "firm")),
    ],
)
def test_a_scale_is_read_as_it_is_written(text: str, scale: WeightScale) -> None:
    assert scale_from(text) == scale
    assert scale_from(str(scale)) == scale


@pytest.mark.parametrize("text", ["", "5", "5-1", "3-3", "a-b", "0-5000", "-1-5"])
def test_what_is_no_scale_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match="no scale of weights") as refusal:
        scale_from(text)
    assert "1-5" in (refusal.value.hint or "")


def test_a_weight_outside_its_scale_is_refused() -> None:
    scale = checked_scale(1, 5)
    assert scale.checked(5) == 5
    for weight in (0, 6):
        with pytest.raises(InputError, match="outside the weights 1–5"):
            scale.checked(weight)
