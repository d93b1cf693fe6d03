"""Text broken into rows: nothing is lost, nothing is too wide, breaks stand between words where they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.tui.widgets.wrapping import wrapped, wrapped_lines


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
