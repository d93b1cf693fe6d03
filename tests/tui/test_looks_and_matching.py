"""Quick keys, colours that can be read, and the finder's order."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook, Facet, FacetValue
from qualcode.tui.looks import ON_DARK, ON_LIGHT, Looks, legible, quick_keys
from qualcode.tui.matching import CodeMatcher
from qualcode.tui.screens.coding.questions import answer_keys
from tests.tui.builders import small_codebook


def test_quick_keys_are_those_of_the_codebook_and_then_letters_of_the_names() -> None:
    keys = quick_keys(small_codebook())
    assert keys["benefit.trust"] == "t" and keys["challenge.caseload"] == "c"
    assert keys["benefit.contact"] == "k"
    assert len(set(keys.values())) == len(keys)


def test_a_codebook_of_two_thousand_codes_has_keys_for_some_and_looks_for_all() -> None:
    book = Codebook(codes=tuple(Code(f"c{n}", f"Code {n}") for n in range(2000)))
    looks = Looks(book, dark=True)
    assert len(looks.keys) == 52
    assert looks("c1999").name == "Code 1999"
    assert looks("gone").key == "?"


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True), st.booleans())
def test_every_colour_is_made_readable(color: str, dark: bool) -> None:
    assert _contrast(legible(color, dark=dark), "#121212" if dark else "#f5f5f5") >= 3.3


def test_the_palettes_are_left_as_they_are() -> None:
    assert all(legible(color, dark=True) == color for color in ON_DARK)
    assert all(legible(color, dark=False) == color for color in ON_LIGHT)


def test_the_finder_puts_names_before_aliases_before_definitions() -> None:
    matcher = CodeMatcher(small_codebook())
    assert next(code.key for code in matcher.find("trust")) == "benefit.trust"
    assert [code.key for code in matcher.find("whom")] == ["benefit.contact"]
    assert next(code.key for code in matcher.find("kc")) == "benefit.contact"
    assert [code.key for code in matcher.find("reason")] == ["benefit"]
    assert [code.key for code in matcher.find("helps trust")] == ["benefit.trust"]
    assert matcher.find("zzz") == []


def test_without_a_query_the_finder_begins_with_what_was_used_last() -> None:
    found = CodeMatcher(small_codebook()).find("", recent=("challenge.caseload", "benefit.trust"))
    assert [code.key for code in found[:2]] == ["challenge.caseload", "benefit.trust"]


def test_the_finder_answers_fast_over_two_thousand_codes() -> None:
    book = Codebook(
        codes=tuple(
            Code(f"c{n}", f"Code number {n} of many", definition="x" * 200) for n in range(2000)
        )
    )
    matcher = CodeMatcher(book)
    begun = time.process_time()
    for query in ("n", "nu", "num", "1999", "zq"):
        matcher.find(query)
    assert (time.process_time() - begun) / 5 < 0.1


def test_answers_to_a_facet_have_keys_of_their_own() -> None:
    facet = Facet(
        "site",
        "Site",
        tuple(FacetValue(key, key.title()) for key in ("A", "B", "both", "unspecified")),
    )
    assert answer_keys(facet) == {"a": "A", "b": "B", "o": "both", "u": "unspecified"}
    many = Facet("n", "N", tuple(FacetValue("a", "A", id=n) for n in range(30)))
    assert len(answer_keys(many)) == 30


def _contrast(one: str, other: str) -> float:
    def light(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
