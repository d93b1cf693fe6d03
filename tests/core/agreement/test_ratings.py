"""Coefficients of matrices, tables and counts: laws, weights, missing ratings, refusals."""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from qualcode.core import agreement as ag
from qualcode.core.agreement.scales import LEVELS, WEIGHTS
from qualcode.errors import InputError

value = st.one_of(st.none(), st.integers(1, 4))
matrices = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(value, min_size=width, max_size=width), min_size=1, max_size=12
    )
)


@given(matrices, st.sampled_from(LEVELS))
@settings(max_examples=120, deadline=None)
def test_alpha_equals_that_of_the_krippendorff_package(rows, level):
    found = ag.coefficients_from_ratings(rows, level=level)["krippendorff_alpha"]
    pairable = [
        one
        for row in rows
        if sum(x is not None for x in row) > 1
        for one in row
        if one is not None
    ]
    if len(set(pairable)) < 2:
        assert found.value is None
        assert found.reason in ("no variation among the values", "no unit was rated by two coders")
        return
    table = np.array(
        [[np.nan if one is None else one for one in row] for row in rows], dtype=float
    ).T
    expected = krippendorff.alpha(table, level_of_measurement=level)
    assert found.value == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=15))
@settings(max_examples=80, deadline=None)
def test_weighted_kappa_equals_that_of_scikit_learn(rows):
    first, second = zip(*rows, strict=True)
    for weights, name in (("identity", None), ("linear", "linear"), ("quadratic", "quadratic")):
        found = ag.coefficients_from_ratings(rows, weights, categories=(1, 2, 3, 4))["cohen_kappa"]
        if found.value is None:
            assert len({*first, *second}) == 1
        else:
            expected = cohen_kappa_score(first, second, labels=[1, 2, 3, 4], weights=name)
            assert found.value == pytest.approx(expected, abs=1e-9)


@given(matrices, st.permutations(range(4)))
@settings(max_examples=60, deadline=None)
def test_names_of_categories_change_nothing_without_order(rows, turned):
    renamed = [[None if one is None else "abcd"[turned[one - 1]] for one in row] for row in rows]
    first = ag.coefficients_from_ratings(rows, categories=(1, 2, 3, 4))
    second = ag.coefficients_from_ratings(renamed, categories="abcd")
    for key, figure in first.items():
        if figure.value is None:
            assert second[key].value is None
        else:
            assert second[key].value == pytest.approx(figure.value, abs=1e-9)


@given(matrices)
@settings(max_examples=60, deadline=None)
def test_the_order_of_coders_and_units_changes_nothing(rows):
    first = ag.coefficients_from_ratings(rows)
    second = ag.coefficients_from_ratings([row[::-1] for row in rows][::-1])
    for key, figure in first.items():
        for one in ("value", "standard_error"):
            a, b = getattr(figure, one), getattr(second[key], one)
            assert (a is None and b is None) or a == pytest.approx(b, abs=1e-9)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_table_gives_what_its_units_give(cells):
    rows = [[i, j] for i in range(3) for j in range(3) for _ in range(cells[i][j])]
    listed = ag.coefficients_from_ratings(rows, categories=(0, 1, 2))
    tabled = ag.coefficients_from_table(cells, categories=(0, 1, 2))
    for key, figure in listed.items():
        assert (figure.value is None) == (tabled[key].value is None)
        if figure.value is not None:
            assert tabled[key].value == pytest.approx(figure.value, abs=1e-9)


@given(matrices)
@settings(max_examples=40, deadline=None)
def test_counts_give_what_their_units_give_where_nobody_asks_who(rows):
    listed = ag.coefficients_from_ratings(rows, categories=(1, 2, 3, 4))
    counts = [[row.count(k) for k in (1, 2, 3, 4)] for row in rows]
    counted = ag.coefficients_from_counts(counts)
    for key in (
        "percent_agreement",
        "fleiss_kappa",
        "brennan_prediger",
        "gwet_ac1",
        "krippendorff_alpha",
    ):
        assert (listed[key].value is None) == (counted[key].value is None)
        if listed[key].value is not None:
            assert counted[key].value == pytest.approx(listed[key].value, abs=1e-9)
    assert counted["conger_kappa"].value is None
    if any(sum(row) > 1 for row in counts):
        assert counted["light_kappa"].reason == "asks who gave which rating"


def test_without_weights_ac2_is_ac1():
    rows = [[1, 1], [1, 2], [2, 2], [3, 3], [3, 1]]
    plain = ag.coefficients_from_ratings(rows)["gwet_ac1"]
    weighted = ag.coefficients_from_ratings(rows, np.eye(3))["gwet_ac2"]
    assert weighted.value == pytest.approx(plain.value)
    assert weighted.parameters["weights"] == "given"


def test_every_kind_of_weights_gives_full_marks_to_agreement():
    for kind in WEIGHTS:
        matrix = ag.agreement_weights(kind, (1, 2, 3, 4))
        assert np.diag(matrix).tolist() == [1] * 4
        assert np.allclose(matrix, matrix.T)
        assert 0 <= matrix.min() < matrix.max() == 1
    assert ag.agreement_weights("linear", "abc")[0].tolist() == [1, 0.5, 0]
    assert ag.agreement_weights("linear", (1, 2, 5))[0].tolist() == [1, 0.75, 0]
    assert ag.agreement_weights("radical", (0, 1, 4))[0].tolist() == [1, 0.5, 0]
    assert ag.agreement_weights("quadratic", ("only",)).tolist() == [[1]]


def test_a_distance_of_ones_own_gives_alpha():
    rows = [["a", "b"], ["a", "a"], ["b", "b"]]
    own = ag.coefficients_from_ratings(rows, level=lambda c, k: float(c != k))[
        "krippendorff_alpha"
    ]
    assert own.value == ag.coefficients_from_ratings(rows)["krippendorff_alpha"].value
    assert own.parameters["level"] == "given"


def test_wrong_weights_and_levels_are_refused_with_what_is_known():
    rows = [["a", "b"], ["b", "b"]]
    with pytest.raises(InputError, match="unknown weights 'cubic'") as refused:
        ag.coefficients_from_ratings(rows, "cubic")
    assert "quadratic" in refused.value.hint
    with pytest.raises(InputError, match="unknown level 'metric'"):
        ag.coefficients_from_ratings(rows, level="metric")
    with pytest.raises(InputError, match="needs numbers"):
        ag.coefficients_from_ratings(rows, level="interval")
    with pytest.raises(InputError, match="2 × 2"):
        ag.coefficients_from_ratings(rows, np.eye(3))
    with pytest.raises(InputError, match="diagonal"):
        ag.coefficients_from_ratings(rows, np.full((2, 2), 0.5))


def test_malformed_matrices_are_refused():
    with pytest.raises(InputError, match="different numbers"):
        ag.coefficients_from_ratings([[1, 2], [1]])
    with pytest.raises(InputError, match="'c' is not among"):
        ag.coefficients_from_ratings([["a", "c"]], categories="ab")
    with pytest.raises(InputError, match="square"):
        ag.coefficients_from_table([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(InputError, match="one row per unit"):
        ag.coefficients_from_counts([[1, -2]])
    with pytest.raises(InputError, match="2 categories in the table, 3 named"):
        ag.coefficients_from_counts([[1, 2]], categories="abc")


def test_empty_and_invariant_matrices_say_why_there_is_no_figure():
    for figure in ag.coefficients_from_ratings([]).values():
        assert (figure.value, figure.status) == (None, "not_enough_data")
    for key, figure in ag.coefficients_from_ratings([["a", "a"], ["a", "a"]]).items():
        if key == "percent_agreement":
            assert figure.value == 1
        else:
            assert figure.value is None and figure.reason, key
    declared = ag.coefficients_from_ratings([["a", "a"], ["a", "a"]], categories="ab")
    assert declared["gwet_ac1"].value == declared["brennan_prediger"].value == 1
    assert declared["cohen_kappa"].reason.startswith("no variation")
    apart = ag.coefficients_from_ratings([["a", None], [None, "b"]])
    assert apart["cohen_kappa"].reason == "no unit was rated by two coders"


def test_not_a_number_is_a_missing_rating():
    rows = [[1.0, 1.0], [2.0, math.nan], [2.0, 1.0]]
    assert ag.coefficients_from_ratings(rows)["percent_agreement"].n_units == 2


def test_numbers_sort_by_size_and_before_words():
    assert ag.Ratings.of_units([[10, 9], ["b", "a"]]).categories == (9, 10, "a", "b")


def test_pairs_are_compared_over_what_both_rated():
    rows = [["a", "a", None], ["a", "b", "a"], ["b", "b", "b"], [None, "a", "b"]]
    found = ag.coefficients_from_ratings(rows)
    pairs = found["percent_agreement"].by_pair
    assert [(one.first, one.second, one.n_units) for one in pairs] == [
        ("coder 1", "coder 2", 3), ("coder 1", "coder 3", 2), ("coder 2", "coder 3", 3),
    ]  # fmt: skip
    assert [one.value for one in pairs] == pytest.approx([2 / 3, 1, 1 / 3])
    assert "see the pairs" in found["cohen_kappa"].reason
    kappas = [one.value for one in found["light_kappa"].by_pair]
    assert found["light_kappa"].value == pytest.approx(np.mean(kappas))
    assert found["light_kappa"].interval_method == "none: no analytic standard error"
    lonely = ag.coefficients_from_ratings([["a", "a", None], ["b", "a", None]])[
        "percent_agreement"
    ]
    assert [one.reason for one in lonely.by_pair][1:] == ["no unit was rated by two coders"] * 2


def test_light_without_a_pair_that_has_a_kappa_is_undefined():
    rows = [["a", "a", None, None], [None, None, "b", "b"]]
    assert ag.coefficients_from_ratings(rows)["light_kappa"].reason == "no pair of coders has a κ"


def test_one_unit_has_no_interval():
    found = ag.coefficients_from_ratings([["a", "b"]])["gwet_ac1"]
    assert found.interval is None and found.interval_method == "none: needs two units"


def test_stretches_of_text_get_no_analytic_interval():
    spans = ag.span_set({"d": 90}, [("d", "A", "x", 0, 30), ("d", "B", "x", 10, 40)])
    figures = ag.coefficients(ag.code_agreement(spans).ratings("x"))
    methods = {one.interval_method for one in figures.values()}
    assert methods == {"none: stretches of one text are not independent units"}


def test_one_category_against_the_rest_and_agreement_unit_by_unit():
    ratings = ag.Ratings.of_units([["a", "a", "b"], ["b", "b", None], ["c", None, None]])
    found = ag.coefficients_by_category(ratings)
    assert set(found) == {"a", "b", "c"}
    assert found["c"]["krippendorff_alpha"].value is None
    assert ag.agreement_by_unit(ratings) == (pytest.approx(1 / 3), 1.0, None)
    assert ag.Ratings.of_counts([[2, 1]]).one_against_rest(1).by_coder is None


def test_the_greatest_kappa_needs_variation():
    assert ag.greatest_kappa([[5, 0], [0, 0]]) is None
    assert ag.greatest_kappa([[40, 9], [6, 45]]) == pytest.approx(0.9399, abs=1e-4)


def test_multi_valued_alpha_says_why_there_is_none():
    assert ag.mv_alpha([[["a"], None]]).reason == "no unit was rated by two coders"
    assert ag.mv_alpha([[[], []], [[], []]]).reason == "no variation among the values"


def test_the_superseded_unitizing_alpha_needs_units():
    found = ag.alpha_u_1995({"x": [[], []]}, length=100)
    assert found["x"].value is None and found["all"].reason == "not used"


def test_four_counts_give_the_paradox_and_its_diagnosis():
    # Feinstein & Cicchetti (1990), Cicchetti & Feinstein (1990), Byrt et al. (1993): one Po, two κ.
    even = ag.coefficients_from_fourfold(40, 9, 6, 45)
    skewed = ag.coefficients_from_fourfold(80, 10, 5, 5)
    assert even["percent_agreement"].value == skewed["percent_agreement"].value == 0.85
    assert even["cohen_kappa"].value == pytest.approx(0.70, abs=0.005)
    assert skewed["cohen_kappa"].value == pytest.approx(0.32, abs=0.005)
    assert even["prevalence_index"].value == 0.05 and skewed["prevalence_index"].value == 0.75
    assert even["bias_index"].value == 0.03 and skewed["bias_index"].value == 0.05
    assert skewed["positive_agreement"].value == pytest.approx(160 / 175)
    assert skewed["negative_agreement"].value == pytest.approx(10 / 25)
    assert skewed["brennan_prediger"].value == pytest.approx(0.7)
    assert skewed["cohen_kappa"].interval is not None and skewed["f1"].interval is None
    greatest = ag.coefficients_from_fourfold(40, 9, 6, 45)["cohen_kappa"].parameters["greatest"]
    assert greatest == pytest.approx(0.9399, abs=1e-4)


def test_four_counts_without_a_figure_say_why():
    unused = ag.coefficients_from_fourfold(0, 0, 0, 9)
    assert (unused["f1"].value, unused["f1"].reason) == (None, "not used")
    assert unused["negative_agreement"].value == 1
    full = ag.coefficients_from_fourfold(9, 0, 0, 0)
    assert full["negative_agreement"].reason.startswith("no variation")
    none = ag.coefficients_from_fourfold(0, 0, 0, 0)
    assert none["bias_index"].status == none["cohen_kappa"].status == "not_enough_data"
    assert none["cohen_kappa"].parameters["greatest"] is None


def test_specific_agreement_is_positive_and_negative_agreement_of_two_coders():
    ratings = ag.Ratings.of_table([[80, 10], [5, 5]], categories=("yes", "no"))
    assert ag.specific_agreement(ratings) == {
        "yes": pytest.approx(160 / 175),
        "no": pytest.approx(0.4),
    }
    three = ag.Ratings.of_units([["a", "a", "b"], ["b", None, None]], categories="abc")
    assert ag.specific_agreement(three) == {"a": 0.5, "b": 0.0, "c": None}
