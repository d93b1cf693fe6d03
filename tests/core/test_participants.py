"""Types of attributes, told from their values."""

from __future__ import annotations

import pytest

from qualcode.core.documents import AttributeType
from qualcode.core.participants import Attribute, AttributeDefinition, inferred_column, is_date


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


@pytest.mark.parametrize(
    ("definition", "mistake"),
    [
        (AttributeDefinition("a", minimum=2, maximum=1), ("min", "min 2 is above max 1")),
        (
            AttributeDefinition("a", type=AttributeType.TEXT, minimum=1),
            ("type", "only a number has min and max"),
        ),
        (
            AttributeDefinition("a", missing={str(n): "" for n in range(4)}),
            ("missing", "there are 4 codes for missing values"),
        ),
        (
            AttributeDefinition("a", minimum=0, missing={"x": "?"}),
            ("missing", "'x' is no number, but the attribute is one"),
        ),
        (AttributeDefinition("a", maximum=9, missing={"-9": "refused"}), None),
        (AttributeDefinition("a", type=AttributeType.CHOICE, missing={"x": "refused"}), None),
    ],
)
def test_what_cannot_stand_together_is_named(
    definition: AttributeDefinition, mistake: tuple[str, str] | None
) -> None:
    found = definition.settled().mistake()
    assert (found[:2] if found else None) == mistake


def test_values_offered_are_the_declared_ones_then_others_that_occur() -> None:
    site = Attribute(
        "site",
        AttributeType.CHOICE,
        ("B", "C", "-9"),
        AttributeDefinition("site", values={"A": "Alder", "B": "B"}, missing={"-9": "refused"}),
    )
    assert site.offered == (("A", "Alder"), ("B", "B"), ("C", ""))
    assert (site.as_offered("b"), site.as_offered("d")) == ("B", "d")
    assert [site.told(value) for value in ("A", "B", "-9")] == ["A (Alder)", "B", "-9 (refused)"]
    assert [site.problem(value) for value in ("A", "C", "-9")] == ["", "which is none of A, B", ""]
    assert Attribute("years", AttributeType.NUMBER, ("1",)).offered == ()
    assert not Attribute("born", AttributeType.DATE).accepts("2025-02-30")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1, 2.5, "1 to 2.5"), (1, None, "1 or more"), (None, 2, "2 or less"), (None, None, "")],
)
def test_range_is_said_in_words(low: float | None, high: float | None, words: str) -> None:
    assert AttributeDefinition("a", minimum=low, maximum=high).range_words == words
