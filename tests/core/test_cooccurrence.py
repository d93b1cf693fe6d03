"""Codes that stand together, against a count by hand and against brute force."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.cooccurrence import (
    CodedSpans,
    CoOccurrences,
    Pair,
    Relation,
    count_together,
    relation_from,
)
from qualcode.errors import InputError


class Row(NamedTuple):
    layer: int
    document: int
    start: int
    end: int
    code: int


def spans_of(rows: list[Row], codes: str = "abcd") -> CodedSpans:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return CodedSpans(
        layer=columns[:, 0],
        document=columns[:, 1],
        start=columns[:, 2],
        end=columns[:, 3],
        code=columns[:, 4],
        codes=tuple(codes),
        documents=("one", "two"),
    )


def pair(found: CoOccurrences, first: str, second: str) -> Pair:
    return next(one for one in found.pairs if (one.first, one.second) == (first, second))


def test_spans_that_only_touch_do_not_overlap() -> None:
    rows = [Row(0, 0, 0, 5, 0), Row(0, 0, 5, 9, 1)]
    assert count_together(spans_of(rows), Relation.OVERLAP).pairs == ()
    assert count_together(spans_of(rows), Relation.NEAR, distance=0).pairs[0].together == 1


def test_codings_of_different_layers_never_meet() -> None:
    rows = [Row(0, 0, 0, 9, 0), Row(1, 0, 0, 9, 1)]
    for relation in Relation:
        found = count_together(spans_of(rows), relation, units={0: [(0, 9)]})
        assert found.pairs == ()


def test_jaccard_of_overlap_measures_characters_once() -> None:
    # a covers 0–10 twice; b covers 5–15: shared 5 of 15.
    rows = [Row(0, 0, 0, 10, 0), Row(0, 0, 2, 8, 0), Row(0, 0, 5, 15, 1)]
    found = pair(count_together(spans_of(rows), Relation.OVERLAP), "a", "b")
    assert found.together == 2
    assert found.jaccard == pytest.approx(5 / 15)
    assert (found.first_met, found.second_met) == (2, 1)
    assert (found.first_all, found.second_all) == (2, 1)


def test_unit_holds_a_code_once_however_often_it_is_there() -> None:
    rows = [Row(0, 0, 0, 2, 0), Row(0, 0, 3, 5, 0), Row(0, 0, 6, 8, 1), Row(0, 0, 12, 14, 0)]
    found = count_together(spans_of(rows), Relation.TURN, units={0: [(0, 10), (11, 20)]})
    both = pair(found, "a", "b")
    assert both.together == 1
    assert both.jaccard == pytest.approx(1 / 2)


def test_near_has_no_jaccard_and_says_why() -> None:
    rows = [Row(0, 0, 0, 5, 0), Row(0, 0, 100, 109, 1)]
    assert count_together(spans_of(rows), Relation.NEAR, distance=94).pairs == ()
    found = count_together(spans_of(rows), Relation.NEAR, distance=95).pairs[0]
    assert found.jaccard is None and found.jaccard_reason


def test_nothing_coded_gives_no_pairs() -> None:
    for relation in Relation:
        assert count_together(spans_of([]), relation, units={}).pairs == ()


def test_unit_list_that_is_empty_or_missing_places_nothing() -> None:
    rows = [Row(0, 0, 0, 5, 0), Row(1, 1, 0, 5, 1)]
    assert count_together(spans_of(rows), Relation.SENTENCE, units={0: []}).pairs == ()


def test_unknown_relation_is_refused() -> None:
    assert relation_from(" Near ") is Relation.NEAR
    with pytest.raises(InputError, match="beside"):
        relation_from("beside")


drawn = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, 30),
        st.integers(1, 12),
        st.integers(0, 3),
    ).map(lambda row: Row(row[0] * 2 + row[1], row[1], row[2], row[2] + row[3], row[4])),
    max_size=24,
)


@given(drawn, st.integers(0, 6))
def test_sweep_equals_brute_force(rows: list[Row], distance: int) -> None:
    for relation in (Relation.OVERLAP, Relation.NEAR):
        found = count_together(spans_of(rows), relation, distance=distance)
        wanted: dict[tuple[str, str], int] = {}
        for one, other in combinations(rows, 2):
            gap = max(one.start, other.start) - min(one.end, other.end)
            limit = distance if relation is Relation.NEAR else -1
            if one.layer == other.layer and one.code != other.code and gap <= limit:
                low, high = sorted((one.code, other.code))
                key = "abcd"[low], "abcd"[high]
                wanted[key] = wanted.get(key, 0) + 1
        assert {(one.first, one.second): one.together for one in found.pairs} == wanted


@given(drawn)
def test_jaccard_of_overlap_equals_sets_of_characters(rows: list[Row]) -> None:
    covered: list[set[tuple[int, int]]] = [set() for _ in "abcd"]
    for row in rows:
        covered[row.code] |= {(row.layer, at) for at in range(row.start, row.end)}
    for one in count_together(spans_of(rows), Relation.OVERLAP).pairs:
        first, second = covered["abcd".index(one.first)], covered["abcd".index(one.second)]
        assert one.jaccard == pytest.approx(len(first & second) / len(first | second))


@given(drawn)
def test_units_equal_sets_of_units(rows: list[Row]) -> None:
    units = {0: [(0, 10), (10, 20), (22, 50)], 1: [(0, 25)]}
    stands: list[set[tuple[int, int]]] = [set() for _ in "abcd"]
    for row in rows:
        for n, (start, end) in enumerate(units[row.document]):
            if start < row.end and row.start < end:
                stands[row.code].add((row.layer, n))
    found = count_together(spans_of(rows), Relation.TURN, units=units)
    for first, second in combinations(range(4), 2):
        both = stands[first] & stands[second]
        match = [
            one
            for one in found.pairs
            if (one.first, one.second) == ("abcd"[first], "abcd"[second])
        ]
        assert [one.together for one in match] == ([len(both)] if both else [])
        if both:
            either = stands[first] | stands[second]
            assert match[0].jaccard == pytest.approx(len(both) / len(either))
