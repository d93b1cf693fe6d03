"""γ: the best alignment against exhaustive search, chance by random texts, reasons."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import agreement as ag
from qualcode.core.agreement.alignment import Units, best_alignment, positional
from qualcode.core.agreement.gammas import categorical_disorder, random_units
from qualcode.errors import InputError


@st.composite
def units(draw):
    n_coders = draw(st.integers(2, 4))
    rows = []
    for coder in range(n_coders):
        for _ in range(draw(st.integers(0, 3 if n_coders < 4 else 2))):
            start = draw(st.integers(0, 30))
            rows.append((coder, start, start + draw(st.integers(1, 12)), draw(st.integers(0, 2))))
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Units(*columns), n_coders


def least_disorder(found: Units, n_coders: int, how: ag.Dissimilarity) -> float:
    """The least cost of all ways to put every unit into one unitary alignment, by trying them all."""
    distance = how.position * positional(found, found)
    distance += how.category * (found.code[:, None] != found.code[None, :])
    distance *= how.empty

    def cost(group: tuple[int, ...]) -> float:
        inside = sum(distance[a, b] for n, a in enumerate(group) for b in group[:n])
        return (inside + how.empty * (comb(n_coders, 2) - comb(len(group), 2))) / comb(n_coders, 2)

    def best(left: tuple[int, ...]) -> float:
        if not left:
            return 0.0
        first, rest = left[0], left[1:]
        groups = [(first,)]
        for unit in rest:
            groups += [
                (*group, unit) for group in groups
                if all(found.coder[unit] != found.coder[one] for one in group)
            ]  # fmt: skip
        return min(
            cost(group) + best(tuple(unit for unit in rest if unit not in group))
            for group in groups
        )

    return best(tuple(range(len(found.start))))


@given(units(), st.sampled_from([(1, 1, 1), (3, 1, 1), (0.5, 2, 1), (1, 0, 0.5)]))
@settings(max_examples=80, deadline=None)
def test_the_best_alignment_is_the_cheapest_of_all(drawn, weights):
    found, n_coders = drawn
    how = ag.Dissimilarity(*weights)
    made = best_alignment(found, n_coders, how)
    assert made.cost == pytest.approx(least_disorder(found, n_coders, how), abs=1e-4)
    used = made.tuples[made.tuples >= 0]
    assert sorted(used.tolist()) == list(range(len(found.start)))
    for column in range(n_coders):
        own = made.tuples[:, column]
        assert (found.coder[own[own >= 0]] == column).all()


def test_components_that_the_linear_programme_leaves_broken_are_made_whole():
    chooser = np.random.default_rng(0)
    how = ag.Dissimilarity(0.3, 1.0, 1.0)
    for _ in range(25):
        start = chooser.integers(0, 12, 9)
        found = Units(
            np.repeat([0, 1, 2], 3),
            start,
            start + chooser.integers(3, 9, 9),
            chooser.integers(0, 3, 9),
        )
        made = best_alignment(found, 3, how)
        assert made.cost == pytest.approx(least_disorder(found, 3, how), abs=1e-4)


def test_of_alignments_that_cost_the_same_the_one_that_aligns_most_is_taken():
    found = Units(
        np.array([0, 1, 2]), np.array([44, 40, 500]), np.array([60, 44, 510]), np.array([0, 1, 0])
    )
    made = best_alignment(found, 3, ag.Dissimilarity(3))
    assert len(made.tuples) == 2


def coded(documents: int = 1, noise: int = 6) -> ag.SpanSet:
    chooser = np.random.default_rng(4)
    rows = []
    for d in range(documents):
        for n, start in enumerate(range(0, 1000, 100)):
            for name in ("A", "B", "C"):
                shift = int(chooser.integers(0, noise))
                code = ("a.b", "a.c", "d")[n % 3] if chooser.random() < 0.8 else "d"
                rows.append((f"t{d}", name, code, start + shift, start + shift + 40))
    codes = {"a": None, "a.b": "a", "a.c": "a", "d": None}
    return ag.span_set({f"t{d}": 1000 for d in range(documents)}, rows, codes=codes)


def test_gamma_is_repeated_by_its_seed_and_names_all_it_hangs_on():
    how = ag.GammaOptions(samples=10, most_samples=10, seed=7)
    first, again = ag.gamma(coded(), how), ag.gamma(coded(), how)
    assert first.value == again.value
    assert 0.5 < first.value < 1
    assert first.parameters["seed"] == 7 and first.parameters["samples"] == 10
    assert first.value == pytest.approx(1 - first.observed / first.expected)
    assert (
        ag.gamma(coded(), ag.GammaOptions(samples=10, most_samples=10, seed=8)).value
        != first.value
    )


def test_more_samples_are_drawn_until_the_mean_is_precise():
    few = ag.gamma(coded(), ag.GammaOptions(samples=5, precision=0.5))
    many = ag.gamma(coded(), ag.GammaOptions(samples=5, precision=0.01, most_samples=40))
    assert few.parameters["samples"] == 5
    assert 5 < many.parameters["samples"] <= 40


def test_disorders_of_documents_are_added_and_have_an_interval():
    spans = coded(6, noise=60)
    how = ag.GammaOptions(samples=4, precision=0.9)
    aligned = ag.aligned_documents(spans, how)
    for measure in (ag.gamma, ag.gamma_cat):
        result = measure(spans, how, aligned=aligned)
        assert result.interval[0] < result.value < result.interval[1]
        assert len(result.by_document) == 6
    assert result.n_units == 180 and "disorders" in result.notes[0]
    assert ag.gamma(spans, how).value == ag.gamma(spans, how, aligned=aligned).value


def test_identical_coders_have_gamma_one():
    rows = [("t", name, "x", start, start + 9) for name in "AB" for start in (0, 40, 200)]
    spans = ag.span_set({"t": 300}, rows)
    how = ag.GammaOptions(samples=5)
    assert ag.gamma(spans, how).value == 1
    everything = ag.span_set(
        {"t": 9}, [("t", name, "x", 0, 1) for name in "AB"], scope={"t": [(0, 1)]}
    )
    assert ag.gamma(everything, how).reason == "no variation: chance expects no disorder"


def test_codes_near_in_the_tree_cost_less():
    rows = [("t", "A", "a.b", 0, 9), ("t", "B", "a.c", 0, 9), ("t", "A", "d", 50, 59)]
    spans = ag.span_set({"t": 90}, rows, codes={"a": None, "a.b": "a", "a.c": "a", "d": None})
    plain = ag.aligned_documents(spans, ag.GammaOptions(samples=3))[0]
    tree = ag.aligned_documents(spans, ag.GammaOptions(samples=3, codes="tree"))[0]
    assert tree.alignment.disorder < plain.alignment.disorder
    assert tree.cat_observed < plain.cat_observed


def test_unaligned_units_may_be_left_out_of_gamma_cat():
    rows = [("t", "A", "x", 0, 9), ("t", "B", "x", 0, 9), ("t", "A", "y", 500, 509)]
    spans = ag.span_set({"t": 1000}, rows)
    values = [
        ag.aligned_documents(spans, ag.GammaOptions(samples=3, unaligned=how))[0].cat_observed
        for how in ("counted", "left_out")
    ]
    assert values == [0.5, 0.0]


def test_gamma_says_why_there_is_no_figure():
    how = ag.GammaOptions(samples=3, most_samples=3)
    unused = ag.span_set({"t": 9}, [], coders=["A", "B"], codes=["x"])
    assert ag.gamma(unused, how).reason == "not used"
    unread = ag.span_set({"t": 9}, [], coders=["A", "B"], codes=["x"], done=[])
    assert ag.gamma(unread, how).reason == "no text was read by two coders"
    apart = ag.span_set({"t": 90}, [("t", "A", "x", 0, 5), ("t", "B", "x", 70, 75)])
    left = ag.GammaOptions(samples=3, most_samples=3, unaligned="left_out")
    assert ag.gamma_cat(apart, left).reason == "no two coders' spans meet"
    only = ag.span_set({"t": 90}, [("t", name, "x", 0, 90) for name in "AB"])
    assert ag.gamma_cat(only, left).reason == "no variation: chance expects no disorder"
    assert ag.gamma_cat(only, left).by_document[0].reason == "chance expects no disorder"


def test_random_texts_are_never_empty():
    rows = [("t", "A", "x", 0, 5)]
    spans = ag.span_set({"t": 90}, rows, coders=["A", "B"])
    result = ag.gamma(spans, ag.GammaOptions(samples=30, most_samples=30))
    assert result.value is not None
    alone = Units(np.array([2]), np.array([5]), np.array([9]), np.array([0]))
    for seed in range(20):
        assert len(random_units(alone, 3, 90, np.random.default_rng(seed)).start)
    none = Units(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
    assert best_alignment(none, 2, ag.Dissimilarity()).disorder == 0


def test_random_units_stay_in_number_kind_and_length():
    spans = coded()
    found = Units(spans.coder, spans.start, spans.end, spans.code)
    made = random_units(found, 3, 1000, np.random.default_rng(1))
    assert len(made.start) == 30 and (made.end - made.start == 40).all()
    assert (made.start < 1000).all() and (made.start >= 0).all()
    crowded = random_units(found, 3, 45, np.random.default_rng(1))
    assert len(crowded.start) == 30
    how = ag.GammaOptions()
    alone = best_alignment(found, 3, how.dissimilarity)
    assert categorical_disorder(found, alone, how) is not None


def test_impossible_options_are_refused():
    with pytest.raises(InputError, match="weights of γ"):
        ag.Dissimilarity(position=-1)
    with pytest.raises(InputError, match="unknown distance of codes"):
        ag.GammaOptions(codes="masi")
    with pytest.raises(InputError, match="cannot be 'ignored'"):
        ag.GammaOptions(unaligned="ignored")
    with pytest.raises(InputError, match="two samples"):
        ag.GammaOptions(samples=1)


def test_spans_on_one_heap_are_refused_with_advice(monkeypatch):
    monkeypatch.setattr("qualcode.core.agreement.alignment._MOST_CANDIDATES", 50)
    start = np.arange(30)
    found = Units(np.repeat([0, 1, 2], 10), start, start + 50, np.zeros(30, dtype=np.int64))
    with pytest.raises(InputError, match="too close together") as refused:
        best_alignment(found, 3, ag.Dissimilarity())
    assert "branch" in refused.value.hint
