"""α over sets of codes: against character by character counting, laws of the tree distance, reasons."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import agreement as ag
from qualcode.errors import InputError

from .drawn import character_matrix, span_sets

DISTANCES = ("nominal", "jaccard", "masi", "dice", "tree")


def by_hand(rows, distance) -> float | None:
    """Krippendorff's α of units (lists of values, missing ones left out) from its definition."""
    rows = [row for row in rows if len(row) > 1]
    values = [value for row in rows for value in row]
    n = len(values)
    observed = sum(
        distance(a, b) / (len(row) - 1) for row in rows for a, b in permutations(row, 2)
    )
    expected = sum(distance(a, b) for a, b in permutations(values, 2))
    return None if expected < 1e-12 else 1 - (n - 1) * observed / expected


def dice(a, b) -> float:
    return 1 - 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def as_sets(spans) -> list[list[frozenset[str]]]:
    matrices = character_matrix(spans)
    width = next(iter(matrices.values())).shape[1]
    return [
        [
            frozenset(code for code, matrix in matrices.items() if matrix[c, n])
            for c in range(len(spans.coders))
            if not np.isnan(next(iter(matrices.values()))[c, n])
        ]
        for n in range(width)
    ]


def closed(spans, value: frozenset[str]) -> frozenset[str]:
    above = spans.tree.closure()
    return frozenset(
        spans.tree.keys[up]
        for code in value
        for up in np.flatnonzero(above[spans.tree.index(code)])
    )


@given(span_sets(documents=(1, 3)), st.sampled_from(DISTANCES), st.sampled_from(["all", "coded"]))
@settings(max_examples=100, deadline=None)
def test_alpha_over_sets_equals_counting_characters(spans, distance, text):
    rows = [row for row in as_sets(spans) if text == "all" or any(row)]
    measures = {
        "nominal": lambda a, b: float(a != b),
        "jaccard": ag.jaccard_distance,
        "masi": ag.masi_distance,
        "dice": dice,
        "tree": lambda a, b: ag.jaccard_distance(closed(spans, a), closed(spans, b)),
    }
    expected = by_hand(rows, measures[distance])
    result = ag.set_alpha(spans, distance=distance, text=text)
    assert result.value == (None if expected is None else pytest.approx(expected, abs=1e-9))
    assert (result.value is None) == bool(result.reason)
    own = ag.set_alpha(spans, distance=measures[distance], text=text).value
    assert own == (None if result.value is None else pytest.approx(result.value, abs=1e-9))


@given(span_sets(codes=("p", "q")))
@settings(max_examples=40, deadline=None)
def test_on_a_flat_tree_with_single_codes_tree_distance_is_nominal(spans):
    keep = spans.only(codes=["p"])
    first = ag.set_alpha(keep, distance="tree").value
    second = ag.set_alpha(keep, distance="nominal").value
    assert first == (None if second is None else pytest.approx(second, abs=1e-12))
    plain = ag.code_agreement(keep).result("p", "krippendorff_alpha").value
    assert first == (None if plain is None else pytest.approx(plain, abs=1e-9))


def test_siblings_agree_in_part_under_the_tree_distance():
    codes = {"a": None, "a.b": "a", "a.c": "a", "d": None}
    rows = [
        ("t", "A", "a.b", 0, 10),
        ("t", "B", "a.c", 0, 10),
        ("t", "A", "d", 20, 30),
        ("t", "B", "d", 20, 30),
    ]
    spans = ag.span_set({"t": 40}, rows, codes=codes)
    flat = ag.set_alpha(spans, distance="nominal", text="coded")
    tree = ag.set_alpha(spans, distance="tree", text="coded")
    assert flat.value < tree.value < 1
    assert tree.parameters == {"unit": "character", "distance": "tree", "text": "coded"}
    assert tree.n_units == 20 and tree.observed == pytest.approx(1 - 0.5 * 2 / 3)


def test_sets_are_compared_in_other_units_too():
    rows = [
        ("t", "A", "x", 0, 3),
        ("t", "B", "x", 7, 9),
        ("t", "A", "y", 22, 25),
        ("t", "C", "y", 0, 30),
    ]
    spans = ag.span_set({"t": 30}, rows, coders=["A", "B", "C"], done=[("A", "t"), ("B", "t")])
    grid = ag.unit_grid(spans, "sentence", {"t": [(0, 10), (10, 20), (20, 30)]}, rule="any")
    result = ag.set_alpha(spans, distance="jaccard", grid=grid)
    x, y, none = frozenset("x"), frozenset("y"), frozenset()
    expected = by_hand([[x, x], [none, none], [y, none]], ag.jaccard_distance)
    assert result.value == pytest.approx(expected)
    assert result.parameters["rule"] == "any" and result.unit == "sentence"
    assert [(one.first, one.second, one.n_documents) for one in result.by_pair] == [
        ("A", "B", 1), ("A", "C", 0), ("B", "C", 0),
    ]  # fmt: skip


def test_more_codes_than_a_word_holds_make_different_sets():
    codes = [f"c{n}" for n in range(140)]
    rows = [("t", name, code, n * 4, n * 4 + 3) for n, code in enumerate(codes) for name in "AB"]
    spans = ag.span_set({"t": 600}, rows, codes=codes)
    assert ag.set_alpha(spans).value == 1
    grid = ag.unit_grid(spans, "segment", {"t": [(n, n + 4) for n in range(0, 600, 4)]})
    assert ag.set_alpha(spans, grid=grid).value == 1


def test_many_sets_are_measured_in_blocks():
    chooser = np.random.default_rng(0)
    rows = [
        ("t", name, f"c{code}", start, start + 400)
        for name in "AB"
        for code in range(12)
        for start in chooser.integers(0, 9000, 20).tolist()
    ]
    spans = ag.span_set({"t": 9500}, rows)
    result = ag.set_alpha(spans, distance="jaccard")
    matrices = character_matrix(spans)
    stack = np.stack([matrices[code] for code in spans.tree.keys], axis=2).astype(int)
    rows = [
        [frozenset(np.flatnonzero(cell).tolist()) for cell in unit]
        for unit in stack.swapaxes(0, 1)[::50]
    ]
    assert len({cell for row in rows for cell in row}) > 100
    assert abs(result.value - by_hand(rows, ag.jaccard_distance)) < 0.1


def test_intervals_pairs_and_documents_stand_in_the_result():
    chooser = np.random.default_rng(3)
    rows = [
        (f"d{d}", name, "xyz"[n % 3], start, start + 20)
        for d in range(7)
        for name in ("A", "B", "C")
        for n, start in enumerate((np.arange(0, 300, 30) + chooser.integers(0, 9)).tolist())
    ]
    spans = ag.span_set({f"d{d}": 400 for d in range(7)}, rows)
    for how in (ag.Jackknife(), ag.Bootstrap(draws=300)):
        result = ag.set_alpha(spans, interval=how)
        assert result.interval[0] < result.value < result.interval[1]
    assert [one.document for one in result.by_document] == [f"d{d}" for d in range(7)]
    pair = result.by_pair[0]
    alone = ag.set_alpha(spans.only(coders=["A", "B"]), interval=None)
    assert pair.value == pytest.approx(alone.value)
    assert alone.by_pair == () and alone.interval_method == "none: not asked for"
    assert ag.set_alpha(spans, text="coded").by_pair[0].value == pytest.approx(
        ag.set_alpha(spans.only(coders=["A", "B"]), text="coded").value
    )
    few = spans.only(coders=["A", "B"]).without("A")
    assert ag.set_alpha(few).reason == "no text was read by two coders"


def test_sets_without_a_figure_say_why():
    unused = ag.span_set({"d": 9}, [], coders=["A", "B"], codes=["x"])
    assert ag.set_alpha(unused).reason == "not used: no coder gave any code"
    assert ag.set_alpha(unused, text="coded").status == "not_enough_data"
    every = ag.span_set({"d": 9}, [("d", name, "x", 0, 9) for name in "AB"])
    assert ag.set_alpha(every).reason == "no variation: one set of codes everywhere"
    assert ag.set_alpha_from_ratings([]).status == "not_enough_data"


def test_unknown_distances_texts_and_ragged_sets_are_refused():
    spans = ag.span_set({"d": 9}, [("d", "A", "x", 0, 3)], coders=["A", "B"])
    with pytest.raises(InputError, match="unknown distance 'cosine'"):
        ag.set_alpha(spans, distance="cosine")
    with pytest.raises(InputError, match="unknown text 'some'"):
        ag.set_alpha(spans, text="some")
    with pytest.raises(InputError, match="different numbers"):
        ag.set_alpha_from_ratings([[["a"], ["b"]], [["a"]]])


def test_a_tree_may_be_given_with_sets_of_ratings():
    tree = ag.CodeTree.of({"a": None, "a.b": "a", "a.c": "a"})
    rows = [[["a.b"], ["a.c"]], [["a.b"], ["a.b"]], [[], []]]
    flat = ag.set_alpha_from_ratings(rows, distance="jaccard", codes=tree).value
    assert flat < ag.set_alpha_from_ratings(rows, distance="tree", codes=tree).value
