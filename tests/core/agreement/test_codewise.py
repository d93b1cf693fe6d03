"""Agreement code by code: the sweep against the character matrix, laws, missing readings, reasons, intervals."""

from __future__ import annotations

from dataclasses import replace

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from qualcode.core import agreement as ag
from qualcode.core.agreement.binary import BINARY
from qualcode.core.agreement.sweep import mask_counts
from qualcode.errors import InputError, UnknownName

from .drawn import character_matrix, naive, span_sets

CHARACTER_ONLY = sorted(set(BINARY) - {"cohen_kappa", "scott_pi"})


def values(spans: ag.SpanSet, grid: ag.UnitGrid | None = None) -> dict[str, list[float | None]]:
    found = ag.code_agreement(spans, grid)
    return {
        name: [result.value for result in found.results(name, interval=None)] for name in BINARY
    }


def same(first: dict, second: dict, **tolerance: float) -> bool:
    return all(
        (a is None) == (b is None) and (a is None or a == pytest.approx(b, **tolerance))
        for name in first
        for a, b in zip(first[name], second[name], strict=True)
    )


@given(span_sets())
@settings(max_examples=120, deadline=None)
def test_the_sweep_gives_what_the_character_matrix_gives(spans):
    found = ag.code_agreement(spans)
    for code, matrix in character_matrix(spans).items():
        for coefficient, expected in naive(matrix).items():
            value = found.result(code, coefficient, interval=None).value
            wanted = None if expected is None else pytest.approx(expected, abs=1e-12)
            assert value == wanted, coefficient


@given(span_sets())
@settings(max_examples=60, deadline=None)
def test_the_closed_forms_give_what_the_table_of_patterns_gives(spans):
    found = ag.code_agreement(spans)
    for code in spans.tree.keys:
        figures = ag.coefficients(found.ratings(code))
        for name in set(figures) & set(BINARY):
            closed = found.result(code, name, interval=None)
            wanted = None if closed.value is None else pytest.approx(closed.value, abs=1e-9)
            assert figures[name].value == wanted, name
            assert figures[name].interval is None


@given(span_sets(coders=(2, 2), everyone=True))
@settings(max_examples=40, deadline=None)
def test_alpha_and_kappa_equal_those_of_other_libraries(spans):
    found = ag.code_agreement(spans)
    for code, matrix in character_matrix(spans).items():
        if matrix.shape[1] and 0 < matrix.sum() < matrix.size:
            alpha = krippendorff.alpha(matrix, level_of_measurement="nominal")
            assert found.result(code, "krippendorff_alpha").value == pytest.approx(
                alpha, abs=1e-12
            )
            kappa = found.result(code, "cohen_kappa").value
            assert kappa == pytest.approx(cohen_kappa_score(*matrix), abs=1e-12)


@given(span_sets(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_names_of_coders_and_order_of_spans_change_nothing(spans, random):
    order = list(range(len(spans.coders)))
    random.shuffle(order)
    turned = spans.only(coders=[spans.coders[n] for n in order])
    rows = list(range(len(turned.start)))
    random.shuffle(rows)
    columns = ("document", "coder", "code", "start", "end")
    turned = replace(turned, **{name: getattr(turned, name)[rows] for name in columns})
    assert same(values(spans), values(turned), abs=1e-12)


@given(span_sets(), st.data())
@settings(max_examples=40, deadline=None)
def test_splitting_a_span_changes_no_character_figure(spans, data):
    long = np.flatnonzero(spans.end - spans.start > 1)
    assume(len(long))
    row = data.draw(st.sampled_from(long.tolist()))
    cut = data.draw(st.integers(int(spans.start[row]) + 1, int(spans.end[row]) - 1))
    parts = {
        name: np.append(getattr(spans, name), getattr(spans, name)[row])
        for name in ("document", "coder", "code", "start", "end")
    }
    parts["end"][row], parts["start"][-1] = cut, cut
    assert same(values(spans), values(replace(spans, **parts)), abs=1e-12)


@given(span_sets(), st.integers(1, 9))
@settings(max_examples=30, deadline=None)
def test_text_put_before_every_document_and_left_out_of_scope_changes_nothing(spans, shift):
    scope = spans.scope
    moved = replace(
        spans,
        scope=replace(
            scope, lengths=scope.lengths + shift, start=scope.start + shift, end=scope.end + shift
        ),
        start=spans.start + shift,
        end=spans.end + shift,
    )
    assert values(spans) == values(moved)


@given(span_sets(), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_longer_characters_change_only_what_corrects_for_their_number(spans, factor):
    scope = spans.scope
    bigger = replace(
        spans,
        scope=replace(
            scope,
            **{
                name: getattr(scope, name) * factor
                for name in ("lengths", "start", "end", "sizes")
            },
        ),
        start=spans.start * factor,
        end=spans.end * factor,
    )
    small, large = values(spans), values(bigger)
    for figures in (small, large):
        del figures["krippendorff_alpha"]
    assert same(small, large, abs=1e-12)


@given(span_sets(documents=(2, 2), everyone=True))
@settings(max_examples=40, deadline=None)
def test_documents_end_to_end_give_the_pooled_figures(spans):
    first, second = (int(length) for length in spans.scope.lengths)
    pieces = [
        [
            (int(low), int(high))
            for low, high, at in zip(
                spans.scope.start, spans.scope.end, spans.scope.document, strict=True
            )
            if at == n
        ]
        for n in (0, 1)
    ]
    joined = ag.SpanSet(
        ("both",), spans.coders, spans.tree,
        ag.Scope.of(np.array([first + second]), [pieces[0] + [(low + first, high + first) for low, high in pieces[1]]]),
        spans.assigned[:, :1], np.zeros_like(spans.document), spans.coder, spans.code,
        spans.start + first * spans.document, spans.end + first * spans.document,
    )  # fmt: skip
    assert same(values(spans), values(joined), abs=1e-12)


@given(span_sets(coders=(2, 2)))
@settings(max_examples=40, deadline=None)
def test_with_two_coders_fleiss_is_scott_and_conger_and_light_are_cohen(spans):
    found = values(spans)
    for first, second in (
        ("fleiss_kappa", "scott_pi"),
        ("conger_kappa", "cohen_kappa"),
        ("light_kappa", "cohen_kappa"),
    ):
        assert same({"": found[first]}, {"": found[second]}, abs=1e-12)


@given(span_sets(everyone=True))
@settings(max_examples=40, deadline=None)
def test_alpha_exceeds_fleiss_by_its_correction_for_the_number_of_values(spans):
    found = ag.code_agreement(spans)
    size = found.n_units * len(spans.coders)
    for alpha, pi in zip(
        found.results("krippendorff_alpha"), found.results("fleiss_kappa"), strict=True
    ):
        if alpha.value is not None:
            assert alpha.value - pi.value == pytest.approx((1 - pi.value) / size, abs=1e-12)


@given(span_sets(coders=(1, 1)))
@settings(max_examples=30, deadline=None)
def test_identical_coders_agree_fully_or_have_no_variation(spans):
    twice = {
        name: np.tile(getattr(spans, name), 2) for name in ("document", "code", "start", "end")
    }
    coder = np.repeat([0, 1], len(spans.start))
    both = replace(
        spans, coders=("a", "b"), coder=coder, assigned=np.tile(spans.assigned, (2, 1)), **twice
    )
    for result in ag.code_agreement(both).results("krippendorff_alpha"):
        assert result.value in (None, 1.0)
        assert result.value == 1.0 or result.reason


@given(span_sets(documents=(2, 4)))
@settings(max_examples=40, deadline=None)
def test_a_document_read_by_one_coder_counts_for_nothing(spans):
    alone = spans.assigned.copy()
    alone[1:, 0] = False
    kept = spans.document != 0
    without = replace(spans, assigned=alone)
    emptied = replace(
        without,
        **{
            name: getattr(spans, name)[kept]
            for name in ("document", "coder", "code", "start", "end")
        },
    )
    assert same(values(without), values(emptied), abs=1e-12)
    assert ag.code_agreement(without).tallies.array[0].sum() == 0


def drifting(documents: int = 8, coders: int = 3) -> ag.SpanSet:
    chooser = np.random.default_rng(5)
    rows = []
    for n in range(documents):
        for start in range(0, 900, 90):
            for coder in range(coders):
                shift = int(chooser.integers(0, 30))
                rows.append(
                    (
                        f"d{n}",
                        f"c{coder}",
                        "xy"[start // 90 % 2],
                        start + shift,
                        start + shift + 40,
                    )
                )
    return ag.span_set({f"d{n}": 1000 for n in range(documents)}, rows)


def test_the_jackknife_is_the_textbook_one():
    found = ag.code_agreement(drifting())
    result = found.result("x", "krippendorff_alpha")
    left_out = []
    for n in range(8):
        spans = drifting()
        spans = replace(spans, assigned=spans.assigned & (np.arange(8) != n))
        left_out.append(ag.code_agreement(spans).result("x", "krippendorff_alpha").value)
    error = np.sqrt(7 / 8 * ((np.array(left_out) - np.mean(left_out)) ** 2).sum())
    assert result.standard_error == pytest.approx(error, abs=1e-12)
    assert result.interval == pytest.approx(
        (result.value - 2.364624 * error, result.value + 2.364624 * error), abs=1e-6
    )
    assert result.interval_method == "95% jackknife over 8 documents, t(7)"
    wider = found.result("x", "krippendorff_alpha", interval=ag.Jackknife(0.99))
    assert wider.interval[0] < result.interval[0]


def test_the_bootstrap_is_repeated_by_its_seed():
    found = ag.code_agreement(drifting())
    how = ag.Bootstrap(draws=400, seed=3)
    first = found.result("x", "f1", interval=how)
    assert first.interval == found.result("x", "f1", interval=how).interval
    assert "seed 3" in first.interval_method
    assert first.interval[0] < first.value < first.interval[1]
    assert found.bootstrapped("f1", how).shape == (400, 2)
    other = found.result("x", "f1", interval=ag.Bootstrap(draws=400, seed=4))
    assert other.interval != first.interval


def test_fewer_than_five_documents_give_no_interval():
    result = ag.code_agreement(drifting(4)).result("x", "krippendorff_alpha")
    assert result.interval is None
    assert result.interval_method == "none: needs at least 5 documents coded by both, there are 4"
    few = ag.code_agreement(drifting(3))
    for how in (ag.Jackknife(), ag.Bootstrap(draws=20)):
        assert few.result("x", "f1", interval=how).interval_method.endswith("there are 3")
    assert ag.code_agreement(drifting(1)).result("x", "f1").interval is None


def test_an_interval_that_hangs_on_one_document_is_refused():
    rows = [("d0", name, "x", 0, 5) for name in ("A", "B")]
    spans = ag.span_set({f"d{n}": 20 for n in range(6)}, rows)
    found = ag.code_agreement(spans)
    for how in (ag.Jackknife(), ag.Bootstrap(draws=200)):
        assert found.result("x", "krippendorff_alpha", interval=how).interval is None
    method = found.result("x", "krippendorff_alpha").interval_method
    assert method == "none: one document carries the figure: without it there is none"


def test_a_figure_that_no_document_moves_has_no_interval():
    rows = [(f"d{n}", name, "x", 0, 5) for n in range(6) for name in ("A", "B")]
    found = ag.code_agreement(ag.span_set({f"d{n}": 20 for n in range(6)}, rows))
    for how in (ag.Jackknife(), ag.Bootstrap(draws=50)):
        result = found.result("x", "krippendorff_alpha", interval=how)
        assert result.value == 1.0 and result.interval is None
        assert "the same" in result.interval_method


def test_bootstrap_draws_without_a_figure_are_left_out_and_counted():
    rows = [
        (f"d{n}", name, "x", 0, 5 + n * (name == "A")) for n in range(3) for name in ("A", "B")
    ]
    found = ag.code_agreement(ag.span_set({f"d{n}": 20 for n in range(7)}, rows))
    result = found.result("x", "krippendorff_alpha", interval=ag.Bootstrap(draws=2000))
    assert result.interval is not None
    assert "draws without a figure left out" in result.interval_method


def test_each_situation_without_a_figure_has_its_own_reason():
    two = {"coders": ["A", "B"], "codes": ["x"]}
    unused = ag.code_agreement(ag.span_set({"d": 9}, [], **two)).result("x", "krippendorff_alpha")
    assert (unused.value, unused.status, unused.reason) == (None, "undefined", "not used")
    every = [("d", name, "x", 0, 9) for name in ("A", "B")]
    full = ag.code_agreement(ag.span_set({"d": 9}, every, **two)).result("x", "fleiss_kappa")
    assert full.reason == "no variation: every coder gave it to all of the text"
    alone = ag.code_agreement(ag.span_set({"d": 9}, [], coders=["A"], codes=["x"])).result(
        "x", "f1"
    )
    assert (alone.status, alone.reason) == ("not_enough_data", "needs two coders")
    apart = ag.span_set({"d": 9, "e": 9}, [], done=[("A", "d"), ("B", "e")], **two)
    assert ag.code_agreement(apart).result("x", "f1").reason == "no text was read by two coders"
    empty = ag.code_agreement(ag.span_set({"d": 0}, [], **two)).result("x", "gwet_ac1")
    assert empty.reason == "no text was read by two coders"
    three = ag.span_set({"d": 9}, [("d", "A", "x", 0, 3)], coders=["A", "B", "C"])
    assert "see the pairs" in ag.code_agreement(three).result("x", "cohen_kappa").reason


def test_light_counts_the_pairs_that_have_no_kappa():
    spans = ag.span_set({"d": 9}, [("d", "A", "x", 0, 3)], coders=["A", "B", "C"])
    result = ag.code_agreement(spans).result("x", "light_kappa")
    assert result.value == 0
    assert "mean of 2 of 3 pairs; the others have no κ" in result.notes
    assert [pair.reason for pair in result.by_pair] == ["", "", "not used"]


def test_light_without_a_pair_that_has_a_kappa_is_undefined():
    rows = [("d", "A", "x", 0, 5), ("d", "B", "x", 0, 5)]
    done = [("A", "d"), ("B", "d"), ("C", "e"), ("D", "e")]
    spans = ag.span_set({"d": 5, "e": 5}, rows, coders=["A", "B", "C", "D"], done=done)
    found = ag.code_agreement(spans)
    assert found.result("x", "light_kappa").reason == "no pair of coders has a κ"
    assert found.result("x", "krippendorff_alpha").value == 1


def test_a_code_used_by_one_coder_is_marked_as_such():
    spans = ag.span_set(
        {"d": 50}, [("d", "A", "x", 0, 3), ("d", "A", "x", 9, 12)], coders=["A", "B"]
    )
    result = ag.code_agreement(spans).result("x", "krippendorff_alpha")
    assert result.value < 0
    assert result.notes == ("used by A only (2 spans)",)


def test_documents_and_pairs_stand_in_the_result():
    done = [("A", "d"), ("B", "d"), ("A", "e"), ("C", "e"), ("A", "f")]
    rows = [
        ("d", "A", "x", 0, 4),
        ("d", "B", "x", 2, 6),
        ("e", "C", "x", 0, 5),
        ("e", "B", "x", 0, 5),
    ]
    spans = ag.span_set({"d": 10, "e": 20, "f": 30}, rows, coders=["A", "B", "C"], done=done)
    found = ag.code_agreement(spans)
    result = found.result("x", "percent_agreement")
    assert spans.n_left_out == 1
    assert (result.n_units, result.n_documents, result.n_coders, found.n_units) == (30, 2, 3, 30)
    assert [(one.document, one.value, one.reason) for one in result.by_document] == [
        ("d", pytest.approx(0.6), ""),
        ("e", pytest.approx(0.75), ""),
        ("f", None, "no text was read by two coders"),
    ]
    assert [(one.first, one.second, one.n_documents, one.n_units) for one in result.by_pair] == [
        ("A", "B", 1, 10), ("A", "C", 1, 20), ("B", "C", 0, 0),
    ]  # fmt: skip
    assert result.notes == ("1 documents left out: read by fewer than two coders",)
    assert found.coded.tolist() == [11]
    assert result.parameters == {"unit": "character", "code": "x"}


def test_arrays_for_tables_are_masked_where_undefined():
    found = ag.code_agreement(drifting())
    assert found.values("krippendorff_alpha").shape == (2,)
    assert found.by_document("f1").shape == (8, 2)
    assert found.by_pair("cohen_kappa").shape == (2, 3)
    assert found.by_pair_and_document("cohen_kappa").shape == (8, 2, 3)
    assert found.values("cohen_kappa").mask.all()
    for n, result in enumerate(found.results("cohen_kappa")):
        pairs = [pair.value for pair in result.by_pair]
        assert pairs == pytest.approx(found.by_pair("cohen_kappa")[n].tolist())


def test_unknown_codes_and_coefficients_are_named():
    found = ag.code_agreement(drifting())
    with pytest.raises(UnknownName, match="no code is called 'z'"):
        found.result("z", "f1")
    with pytest.raises(UnknownName, match="no code is called 'z'"):
        found.ratings("z")
    with pytest.raises(UnknownName) as refused:
        found.result("x", "krippendorf_alpha")
    assert refused.value.hint == "did you mean krippendorff_alpha?"


def test_many_coders_take_the_sparse_road_to_the_same_figures():
    chooser = np.random.default_rng(1)
    rows = [
        ("d", f"c{n % 23}", "x", start, start + 9)
        for n, start in enumerate(chooser.integers(0, 190, 120).tolist())
    ]
    spans = ag.span_set({"d": 200, "e": 50}, rows, coders=[f"c{n}" for n in range(23)])
    expected = naive(character_matrix(spans)["x"])
    found = ag.code_agreement(spans)
    for name, value in expected.items():
        assert found.result("x", name, interval=None).value == pytest.approx(value, abs=1e-12)
    nobody = ag.code_agreement(ag.span_set({"d": 200}, [], coders=spans.coders, codes=["x"]))
    assert nobody.result("x", "f1").reason == "not used"


def test_too_many_coders_or_too_large_a_comparison_is_refused():
    with pytest.raises(InputError, match="63 coders"):
        ag.span_set({"d": 5}, [], coders=[f"c{n}" for n in range(63)])
    huge = ag.span_set({"d": 1 << 61}, [("d", "A", "x", 0, 1 << 60), ("d", "B", "y", 0, 1 << 61)])
    with pytest.raises(InputError, match="too many"):
        mask_counts(huge)


def test_the_number_of_spans_does_not_multiply_memory_by_text_length():
    spans = ag.span_set({"d": 10**12}, [("d", "A", "x", 0, 10**11), ("d", "B", "x", 5, 10**11)])
    assert ag.code_agreement(spans).result("x", "f1").value == pytest.approx(1, abs=1e-9)


def test_all_codes_together_are_one_decision_per_unit_and_code():
    spans = drifting()
    pooled = ag.pooled_agreement(spans).result("all", "krippendorff_alpha")
    matrix = np.concatenate(list(character_matrix(spans).values()), axis=1)
    assert pooled.value == pytest.approx(naive(matrix)["krippendorff_alpha"], abs=1e-12)
    nothing = ag.span_set({"d": 5}, [], coders=["A", "B"], codes=["x"])
    assert ag.pooled_agreement(nothing).result("all", "f1").reason == "not used"
    grid = ag.unit_grid(spans, "document")
    assert ag.pooled_agreement(spans, grid).result("all", "f1").value == 1.0


def test_warnings_stand_beside_the_figures():
    spans = ag.span_set(
        {"d": 100_000},
        [("d", "A", "x", 0, 9), ("d", "B", "x", 8, 17), ("d", "A", "y", 50, 60)],
        coders=["A", "B"], codes=["x", "y", "z"],
    )  # fmt: skip
    found = ag.code_agreement(spans)
    sentences = ag.code_agreement(
        spans, ag.unit_grid(spans, "sentence", {"d": [(0, 40), (40, 90), (90, 150)]})
    )
    rare, moved = ag.flags(found, "x", other_unit=sentences)
    assert rare.startswith("mostly uncoded text")
    assert moved.startswith("boundary-sensitive: α is 0.11 by character, 1.00 by sentence")
    assert ag.flags(found, "x") == (rare,)
    assert ag.flags(found, "y")[0] == "used by A only (1 spans)"
    assert ag.flags(found, "z", other_unit=sentences) == ()
    whole = ag.code_agreement(drifting(), ag.unit_grid(drifting(), "document"))
    assert ag.flags(ag.code_agreement(drifting()), "x", other_unit=whole) == ()
