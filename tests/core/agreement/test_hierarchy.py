"""Level by level, branch by branch, pooled over codes, and without one coder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from qualcode.core import agreement as ag
from qualcode.errors import InputError

from .drawn import character_matrix, naive, span_sets

TREE = {"a": None, "a.b": "a", "a.b.c": "a.b", "a.d": "a", "e": None}


def coded(coders: str = "AB", documents: int = 6) -> ag.SpanSet:
    chooser = np.random.default_rng(8)
    rows = [
        (f"t{d}", name, list(TREE)[int(chooser.integers(0, 5))], start, start + 10)
        for d in range(documents)
        for start in range(0, 300, 25)
        for name in coders
    ]
    return ag.span_set(
        {f"t{d}": 320 for d in range(documents)}, rows, coders=list(coders), codes=TREE
    )


def test_a_rolled_up_code_is_given_where_any_code_below_it_is():
    spans = coded()
    found = ag.levels(spans)
    assert [level.depth for level in found] == [1, 2, 3]
    assert [level.codes for level in found] == [("a", "e"), ("a", "a.b", "a.d", "e"), tuple(TREE)]
    matrices = character_matrix(spans)
    rolled = np.maximum.reduce([matrices[code] for code in ("a", "a.b", "a.b.c", "a.d")])
    top = found[0].results[0]
    assert top.value == pytest.approx(naive(rolled)["krippendorff_alpha"], abs=1e-12)
    assert top.interval is not None
    exact = [result.value for result in found[2].results]
    assert exact == [one.value for one in ag.code_agreement(spans).results("krippendorff_alpha")]
    assert found[0].overall.n_units == found[2].overall.n_units
    assert found[0].overall.observed > found[2].overall.observed


def test_a_branch_is_measured_as_a_whole_and_within():
    spans = coded()
    first, second = ag.branches(spans, coefficient="f1")
    assert (first.code, second.code) == ("a", "a.b")
    whole = ag.levels(spans, coefficient="f1")[0].results[0]
    assert first.whole.value == whole.value and first.whole.coefficient == "f1"
    assert second.within.parameters["distance"] == "tree"
    assert second.within.n_units < first.within.n_units
    assert ag.branches(ag.span_set({"t": 9}, [], coders=["A", "B"], codes=["x"])) == ()


def test_levels_of_an_empty_codebook_are_none():
    assert ag.levels(ag.span_set({"t": 9}, [], coders=["A", "B"], codes=[])) == ()


@given(span_sets())
@settings(max_examples=50, deadline=None)
def test_pooled_kappa_is_made_of_mean_agreements(spans):
    measured = ag.code_agreement(spans)
    result = ag.pooled_kappa(measured)
    key = "cohen_kappa" if len(spans.coders) == 2 else "conger_kappa"
    each = measured.results(key, interval=None)
    if result.value is None:
        assert result.reason
        return
    observed = np.mean([one.observed for one in each])
    expected = np.mean([one.expected for one in each])
    assert result.value == pytest.approx((observed - expected) / (1 - expected), abs=1e-9)
    assert (result.observed, result.expected) == (pytest.approx(observed), pytest.approx(expected))


def test_pooled_kappa_has_intervals_and_reasons():
    result = ag.pooled_kappa(ag.code_agreement(coded("ABC")))
    assert result.interval[0] < result.value < result.interval[1]
    assert result.parameters["of"] == "conger_kappa" and len(result.by_document) == 6
    assert ag.pooled_kappa(ag.code_agreement(coded("A"))).reason == "needs two coders"
    two = {"coders": ["A", "B"], "codes": ["x"]}
    unused = ag.span_set({"d": 9}, [], **two)
    assert ag.pooled_kappa(ag.code_agreement(unused)).reason == "not used: no coder gave any code"
    full = ag.span_set({"d": 9}, [("d", name, "x", 0, 9) for name in "AB"], **two)
    assert ag.pooled_kappa(ag.code_agreement(full)).reason.startswith("no variation")
    unread = ag.span_set({"d": 9}, [], done=[], **two)
    assert ag.pooled_kappa(ag.code_agreement(unread)).reason == "no text was read by two coders"
    part = ag.span_set({"d": 9, "e": 9}, [("d", name, "x", 0, 4) for name in "AB"], **two)
    reasons = [one.reason for one in ag.pooled_kappa(ag.code_agreement(part)).by_document]
    assert reasons == ["", "no code tells the coders apart from chance"]


def test_leaving_one_coder_out_compares_the_others():
    spans = coded("ABC")
    found = dict(ag.leave_one_coder_out(spans))
    assert set(found) == {"A", "B", "C"}
    pair = ag.code_agreement(spans.only(coders=["A", "B"])).results("krippendorff_alpha")
    assert [one.value for one in found["C"]] == [one.value for one in pair]
    with pytest.raises(InputError, match="three coders"):
        ag.leave_one_coder_out(coded("AB"))
