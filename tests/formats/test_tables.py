"""Tables as CSV and Markdown."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.formats.tables import to_csv, to_markdown


def test_numbers_and_texts_are_written() -> None:
    assert (
        to_csv(["code", "n"], [["a, b", 3], ["c", None], ["d", -1.5]])
        == 'code,n\n"a, b",3\nc,\nd,-1.5\n'
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u3000", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    row = next(csv.reader(io.StringIO(to_csv([text], []))))
    assert row == [f"'{text}"] or text == "\u3000"


def test_carriage_return_in_a_cell_does_not_break_the_row() -> None:
    assert list(csv.reader(io.StringIO(to_csv(["a", "b"], [["", "x\r\ty"]])))) == [
        ["a", "b"],
        ["", "x\n\ty"],
    ]


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(codec="utf-8"), max_size=8), min_size=2, max_size=2
        ),
        max_size=5,
    )
)
def test_no_text_cell_begins_like_a_formula(rows: list[list[str]]) -> None:
    table = to_csv(["a", "b"], rows)
    for row in csv.reader(io.StringIO(table, newline="")):
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for cell in row)


def test_markdown_keeps_cells_in_their_columns() -> None:
    assert to_markdown(["code", "n"], [["a|b\nc", 1], ["d\\", None]]) == (
        "| code | n |\n| --- | ---: |\n| a\\|b c | 1 |\n| d\\\\ |  |\n"
    )
