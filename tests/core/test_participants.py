"""Types of attributes, told from their values."""

from __future__ import annotations

import pytest

from qualcode.core.documents import AttributeType
from qualcode.core.participants import inferred_column, is_date


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["3", "12.5", "-1"], AttributeType.NUMBER),
        (["2025-04-08", "2024-02-29"], AttributeType.DATE),
        (["2025-04-08", "2025-02-30"], AttributeType.TEXT),
        (["officer", "judge", "officer"], AttributeType.CHOICE),
        (["came late", "has two posts"], AttributeType.TEXT),
        ([], AttributeType.TEXT),
    ],
)
def test_a_type_is_told_from_all_values(cells: list[str], expected: AttributeType) -> None:
    assert inferred_column("a", [(cell,) for cell in cells]).type is expected


def test_choices_stand_in_the_order_they_first_occur() -> None:
    column = inferred_column("site", [("B",), ("A", "B"), ()])
    assert (column.type, column.choices) == (AttributeType.CHOICE, ("B", "A"))


def test_many_different_values_are_text_even_if_one_repeats() -> None:
    cells = [(f"value {n}",) for n in range(30)] + [("value 1",)]
    assert inferred_column("a", cells).type is AttributeType.TEXT


def test_prose_with_semicolons_is_text() -> None:
    prose = "long prose of a note that goes on for more than sixty characters in all"
    assert inferred_column("a", [(prose, "and more")]).type is AttributeType.TEXT


def test_a_date_is_iso_and_on_the_calendar() -> None:
    assert is_date("2024-02-29")
    assert not is_date("2023-02-29")
    assert not is_date("8.4.2025")
