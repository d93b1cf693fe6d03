"""Whole spans matched one to one, and boundaries: against exhaustive search, laws, reasons."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import agreement as ag
from qualcode.core.agreement.boundaries import boundary_edits
from qualcode.core.agreement.partition import united_spans
from qualcode.errors import InputError

from .drawn import span_sets


def most_matches(first, second, same) -> int:
    """The largest one-to-one matching, by trying every order of the shorter side."""
    if len(first) > len(second):
        first, second, same = second, first, lambda a, b, s=same: s(b, a)
    return max(
        (
            sum(same(a, b) for a, b in zip(first, order, strict=True))
            for order in permutations(second, len(first))
        ),
        default=0,
    )


def overlap(a, b) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def union(a, b) -> int:
    return a[1] - a[0] + b[1] - b[0] - overlap(a, b)


SAME = {
    "exact": lambda a, b: a == b,
    "overlap": lambda a, b: overlap(a, b) > 0,
    "iou": lambda a, b: overlap(a, b) >= 0.3 * union(a, b),
}


@given(span_sets(), st.sampled_from(sorted(SAME)))
@settings(max_examples=100, deadline=None)
def test_matched_spans_are_as_many_as_can_be(spans, by):
    placed = united_spans(spans)
    rows = list(
        zip(
            *(
                column.tolist()
                for column in (
                    placed.document,
                    placed.code,
                    placed.coder,
                    placed.start,
                    placed.end,
                )
            ),
            strict=True,
        )
    )
    matched = numbers = 0
    for i, j in combinations(range(len(spans.coders)), 2):
        for d in range(len(spans.documents)):
            if spans.assigned[i, d] and spans.assigned[j, d]:
                for code in range(3):
                    a, b = ([row[3:] for row in rows if row[:3] == (d, code, c)] for c in (i, j))
                    matched += most_matches(a, b, SAME[by])
                    numbers += len(a) + len(b)
    result = ag.span_f1(spans, ag.Match(by, least=0.3))
    assert result.value == (pytest.approx(2 * matched / numbers) if numbers else None)
    assert result.n_units == numbers
    assert ag.holsti(spans, ag.Match(by, least=0.3)).value == result.value


def test_one_code_can_be_matched_alone():
    rows = [
        ("d", "A", "x", 0, 9),
        ("d", "B", "x", 1, 9),
        ("d", "A", "y", 20, 29),
        ("d", "B", "y", 20, 29),
    ]
    spans = ag.span_set({"d": 30}, rows)
    assert ag.span_f1(spans).value == 0.5
    assert ag.span_f1(spans, code="x").value == 0
    assert ag.span_f1(spans, ag.Match("iou"), code="x").value == 1
    assert ag.holsti(spans).value == 1
    result = ag.span_f1(spans, ag.Match("iou", 0.9), code="x")
    assert result.parameters == {"match": "iou", "least": 0.9, "code": "x"}
    assert result.by_document[0].value == 0 and result.by_pair[0].value == 0


def test_matching_says_why_there_is_no_figure():
    unused = ag.span_set({"d": 9}, [], coders=["A", "B"], codes=["x"])
    assert ag.span_f1(unused).reason == "not used"
    unread = ag.span_set({"d": 9}, [], coders=["A", "B"], codes=["x"], done=[])
    assert ag.span_f1(unread).reason == "no text was read by two coders"
    assert ag.boundary_similarity(unread).reason == "no text was read by two coders"
    assert ag.boundary_similarity(unused).reason == "not used"


def test_unknown_ways_to_match_are_refused():
    with pytest.raises(InputError, match="unknown match 'fuzzy'"):
        ag.Match("fuzzy")
    with pytest.raises(InputError, match="least intersection"):
        ag.Match("iou", 0)


def test_ratios_over_documents_have_intervals():
    rows = [
        (f"d{d}", name, "x", start, start + 9 + (name == "B" and d % 2))
        for d in range(6)
        for start in (0, 20)
        for name in "AB"
    ]
    spans = ag.span_set({f"d{d}": 60 for d in range(6)}, rows)
    result = ag.span_f1(spans)
    assert result.value == 0.5 and 0 <= result.interval[0] < 0.5 < result.interval[1] <= 1
    assert ag.span_f1(spans, interval=None).interval is None


positions = st.sets(st.integers(0, 25), max_size=5)


@given(positions, positions, st.integers(1, 8))
@settings(max_examples=150, deadline=None)
def test_boundary_edits_are_the_cheapest(first, second, near):
    edits = boundary_edits(first, second, near=near)
    left, right = sorted(first - second), sorted(second - first)
    short, long = sorted((left, right), key=len)
    best = min(
        sum(
            abs(a - b) / near if abs(a - b) < near else 2
            for a, b in zip(short, order, strict=True)
        )
        + len(long)
        - len(short)
        for order in permutations(long, len(short))
    )
    assert edits.cost == pytest.approx(best)
    assert edits.matches == len(first & second)
    assert edits.matches * 2 + edits.near_misses * 2 + edits.alone == len(first) + len(second)


@given(positions, positions, st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_boundary_similarity_is_symmetric_and_moves_with_the_text(first, second, shift):
    value = ag.boundary_similarity_of(first, second)
    assert value == ag.boundary_similarity_of(second, first)
    moved = ag.boundary_similarity_of({x + shift for x in first}, {x + shift for x in second})
    assert moved == value
    assert value is None or 0 <= value <= 1
    assert ag.boundary_similarity_of(first, first) == (1 if first else None)


def test_ends_of_spans_are_boundaries():
    rows = [("d", "A", "x", 10, 50), ("d", "B", "x", 15, 50), ("d", "B", "y", 70, 80)]
    spans = ag.span_set({"d": 100, "e": 100}, rows, codes=["x", "y", "z"])
    only = ag.boundary_similarity(spans, code="x", near=10)
    assert only.value == pytest.approx(1 - 0.5 / 2)
    assert only.parameters == {"near": 10, "code": "x"}
    every = ag.boundary_similarity(spans, near=10)
    assert every.value == pytest.approx(1 - 2.5 / 4)
    assert [one.reason for one in every.by_document] == ["", "not used"]
    alone = ag.span_set({"d": 9, "e": 9}, [("d", "A", "x", 0, 3), ("e", "C", "x", 0, 3)],
                        coders=["A", "B", "C"], done=[("A", "d"), ("B", "d"), ("B", "e"), ("C", "e")])  # fmt: skip
    pairs = ag.boundary_similarity(alone).by_pair
    assert [(one.value, one.n_documents) for one in pairs] == [(0, 1), (None, 0), (0, 1)]


def test_windows_wider_than_the_text_say_nothing():
    assert ag.window_difference([], [], length=2) is None
    assert ag.pk([1], [1], length=2) is None
    assert ag.segmentation_similarity([], [], length=1) is None
