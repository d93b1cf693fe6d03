"""Codes that stand together, against a count by hand and against brute force."""

from __future__ import annotations

from dataclasses import replace
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
    tallies,
)
from qualcode.core.cooccurrence.units import Units
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


def apart(one: Row, other: Row) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def by_hand(rows: list[Row], limit: int) -> list[tuple[object, ...]]:
    """Return every figure of every pair, from sets of codings and of characters."""
    found = []
    for first, second in combinations(range(4), 2):
        met = [
            (one, other)
            for one in rows
            for other in rows
            if (one.code, other.code, one.layer) == (first, second, other.layer)
            and apart(one, other) <= limit
        ]
        index = [
            (n, m)
            for n, one in enumerate(rows)
            for m, other in enumerate(rows)
            if (one.code, other.code, one.layer) == (first, second, other.layer)
            and apart(one, other) <= limit
        ]
        if met:
            found.append(
                (
                    "abcd"[first],
                    "abcd"[second],
                    len(met),
                    len({one.document for one, _ in met}),
                    len({n for n, _ in index}),
                    len({m for _, m in index}),
                    sum(1 for row in rows if row.code == first),
                    sum(1 for row in rows if row.code == second),
                )
            )
    return sorted(found, key=lambda one: (-one[2], one[0], one[1]))


def figures(found: CoOccurrences) -> list[tuple[object, ...]]:
    return [
        (
            one.first,
            one.second,
            one.together,
            one.documents,
            one.first_met,
            one.second_met,
            one.first_all,
            one.second_all,
        )
        for one in found.pairs
    ]


@pytest.mark.parametrize(("dense", "block"), [(4_000_000, 30_000), (0, 1), (60, 5)])
@given(rows=drawn, distance=st.integers(0, 6))
def test_every_figure_equals_brute_force_however_the_work_is_cut(
    dense: int, block: int, rows: list[Row], distance: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallies, "_DENSE", dense)
        patch.setattr(tallies, "_BLOCK", block)
        overlap = count_together(spans_of(rows), Relation.OVERLAP)
        near = count_together(spans_of(rows), Relation.NEAR, distance=distance)
        turns = count_together(spans_of(rows), Relation.TURN, units={0: [(0, 20), (20, 50)]})
    assert figures(overlap) == by_hand(rows, -1)
    assert figures(near) == by_hand(rows, distance)
    plain = count_together(spans_of(rows), Relation.OVERLAP)
    assert plain.pairs == overlap.pairs
    units: Units = {0: [(0, 20), (20, 50)]}
    assert count_together(spans_of(rows), Relation.TURN, units=units).pairs == turns.pairs
    covered: list[set[tuple[int, int]]] = [set() for _ in "abcd"]
    for row in rows:
        covered[row.code] |= {(row.layer, at) for at in range(row.start, row.end)}
    for one in overlap.pairs:
        first, second = covered["abcd".index(one.first)], covered["abcd".index(one.second)]
        assert one.jaccard == len(first & second) / len(first | second)


def test_very_many_codes_and_documents_count_as_few_do() -> None:
    # more pairs of codes than a table of all of them would hold
    rows = [
        Row(document, document, start, start + 4, (7 * document + start) % 4)
        for document in range(40)
        for start in range(0, 60, 3)
    ]
    few = spans_of(rows)
    codes = tuple(f"c{n:05}" for n in range(3_000))
    many = replace(few, code=few.code * 700, codes=codes, documents=tuple(map(str, range(40))))
    plain = count_together(few, Relation.OVERLAP)
    found = count_together(many, Relation.OVERLAP)
    assert [one.together for one in found.pairs] == [one.together for one in plain.pairs]
    assert [one.jaccard for one in found.pairs] == [one.jaccard for one in plain.pairs]
    assert {one.documents for one in found.pairs} == {40}
