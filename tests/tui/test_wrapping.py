"""Text broken into rows: nothing is lost, nothing is too wide, breaks stand between words where they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.tui.widgets.wrapping import cut, fitted, wrapped, wrapped_lines


@given(st.text(alphabet="ab é字ｗ\n\t🙂", max_size=80), st.integers(2, 12))
def test_rows_follow_each_other_lose_nothing_and_fit(text: str, width: int) -> None:
    rows = wrapped(text, width)
    assert "".join(text[start:end] for start, end in rows) == text
    assert all(cell_len(text[start:end].rstrip()) <= width for start, end in rows)


def test_a_word_wider_than_a_row_is_broken_where_the_row_ends() -> None:
    assert wrapped_lines("an incomprehensibility", 8) == ["an", "incompre", "hensibil", "ity"]
    assert wrapped_lines("字字字字字", 4) == ["字字", "字字", "字"]


def test_an_empty_text_is_one_empty_row_and_line_breaks_stay() -> None:
    assert wrapped_lines("", 10) == [""]
    assert wrapped_lines("a\n\nb", 10) == ["a", "", "b"]


@given(st.text(alphabet="ab é字ｗ🙂", max_size=40), st.integers(1, 30))
def test_a_text_is_cut_or_filled_to_its_room_and_says_where_it_is_cut(
    text: str, width: int
) -> None:
    assert cell_len(cut(text, width)) <= max(width, 1)
    assert cell_len(fitted(text, width)) == width
    assert cut(text, width) == text or cut(text, width).endswith("…")
