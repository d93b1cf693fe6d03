"""Spans and quotations: half-open, in code points, found by their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.coding import Span, checked_span, locate_quote, located, shortened
from qualcode.errors import SpanError

TEXT = "She knows whom to ask. 🙂 She knows me."


@given(st.integers(-3, 12), st.integers(-3, 12), st.integers(-3, 12), st.integers(-3, 12))
def test_spans_overlap_when_they_share_a_character(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if one.length and other.length:
        assert one.overlaps(other) is bool(shared) is other.overlaps(one)


@given(st.integers(-5, 20), st.integers(-5, 20), st.integers(0, 15))
def test_a_span_is_taken_only_when_it_lies_inside_and_holds_something(
    start: int, end: int, length: int
) -> None:
    if 0 <= start < end <= length:
        assert checked_span(start, end, length, "talk") == Span(start, end)
    else:
        with pytest.raises(SpanError):
            checked_span(start, end, length, "talk")


def test_a_quote_is_found_in_code_points() -> None:
    span = locate_quote(TEXT, "She knows me", "talk")
    assert TEXT[span.start : span.end] == "She knows me" and span.start == 25


def test_a_quote_that_is_not_there_is_refused_with_what_to_check() -> None:
    with pytest.raises(SpanError, match="the quote 'she knows' is not in talk") as refusal:
        locate_quote(TEXT, "she knows", "talk")
    assert "letter for letter" in (refusal.value.hint or "")


@given(st.text(min_size=1, max_size=30), st.data())
def test_every_quote_is_found_or_refused_as_missing_or_ambiguous(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if quote.strip() and text.find(quote) == text.rfind(quote):
        assert locate_quote(text, quote, "talk") == Span(start, end)
    else:
        with pytest.raises(SpanError, match=r"more than once|empty quote"):
            locate_quote(text, quote, "talk")


def test_offsets_must_hold_the_quoted_words() -> None:
    assert located(TEXT, "talk", quote="She", start=0, end=3) == Span(0, 3)
    assert located(TEXT, "talk", quote=None, start=0, end=3) == Span(0, 3)
    assert located(TEXT, "talk", quote="whom", start=None, end=None) == Span(10, 14)
    with pytest.raises(SpanError, match="no place is named in talk"):
        located(TEXT, "talk", quote=None, start=4, end=None)
    with pytest.raises(SpanError, match="the text of talk at 0–4 is 'She', not 'Shee'"):
        located(TEXT, "talk", quote="Shee", start=0, end=4)


def test_a_long_text_is_shortened_to_one_line() -> None:
    assert shortened("a\n b") == "a b"
    assert shortened("word " * 20, 12) == "word word w…"
