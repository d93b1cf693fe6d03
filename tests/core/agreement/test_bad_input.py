"""Whatever the codings are like, every figure is a number or a reason: never NaN, never a traceback."""

from __future__ import annotations

import math

import pytest

from qualcode.core import agreement as ag
from qualcode.core.agreement.binary import BINARY

AB = {"coders": ["A", "B"], "codes": ["x", "y"]}
ROWS = [("d", "A", "x", 0, 5), ("d", "A", "x", 3, 8), ("d", "A", "y", 2, 9), ("d", "B", "x", 5, 9)]
SITUATIONS = {
    "no documents": ag.span_set({}, [], **AB),
    "no codes": ag.span_set({"d": 9}, [], coders=["A", "B"], codes=[]),
    "no coders": ag.span_set({"d": 9}, [], coders=[], codes=["x"]),
    "one coder": ag.span_set({"d": 9}, [ROWS[0]], coders=["A"], codes=["x"]),
    "nothing coded": ag.span_set({"d": 9}, [], **AB),
    "nothing read": ag.span_set({"d": 9}, ROWS, done=[], **AB),
    "no common document": ag.span_set({"d": 9, "e": 9}, ROWS, done=[("A", "d"), ("B", "e")], **AB),
    "empty document": ag.span_set({"d": 9, "e": 0}, ROWS, **AB),
    "only empty documents": ag.span_set({"d": 0, "e": 0}, [], **AB),
    "nothing in scope": ag.span_set({"d": 9}, ROWS, scope={"d": []}, **AB),
    "all text by all": ag.span_set({"d": 9}, [("d", name, "x", 0, 9) for name in "AB"], **AB),
    "one character": ag.span_set({"d": 1}, [("d", "A", "x", 0, 1)], **AB),
    "own codings overlap": ag.span_set({"d": 9}, ROWS, **AB),
    "one of three never codes": ag.span_set(
        {"d": 9}, ROWS, coders=["A", "B", "C"], codes=["x", "y"]
    ),
    "one reads alone": ag.span_set(
        {"d": 9, "e": 9}, ROWS, done=[("A", "d"), ("B", "d"), ("A", "e")], **AB
    ),
    "six documents, one used": ag.span_set({"d": 9, **{f"e{n}": 9 for n in range(5)}}, ROWS, **AB),
}


def every_result(spans: ag.SpanSet):
    grids = [None, ag.unit_grid(spans, "document")]
    grids += [
        ag.unit_grid(spans, "turn", {"d": [(0, 1)]}, rule=rule)
        for rule in ("any", "half")
        if spans.scope.lengths[:1].any()
    ]
    for how in (ag.Jackknife(), ag.Bootstrap(draws=20), None):
        for grid in grids:
            found = ag.code_agreement(spans, grid)
            for name in BINARY:
                yield from found.results(name, interval=how)
            yield ag.pooled_kappa(found, interval=how)
            yield from (
                result
                for measured in (ag.pooled_agreement(spans, grid),)
                for result in measured.results("krippendorff_alpha", interval=how)
            )
            for distance in ("jaccard", "masi", "dice", "nominal", "tree"):
                for text in ("all", "coded"):
                    yield ag.set_alpha(
                        spans, distance=distance, text=text, grid=grid, interval=how
                    )
            for level in ag.levels(spans, grid=grid, interval=how):
                yield from (*level.results, level.overall)
            for code in spans.tree.keys:
                yield from ag.coefficients(found.ratings(code)).values()
        family = ag.unitizing(spans)
        yield from (
            family.result(name, interval=how) for name in ("u_alpha", "u_alpha_binary", "cu_alpha")
        )
        yield from (family.result_of(code, interval=how) for code in spans.tree.keys)
        yield from (
            ag.span_f1(spans, ag.Match(by), interval=how) for by in ("exact", "overlap", "iou")
        )
        yield ag.boundary_similarity(spans, interval=how)
    options = ag.GammaOptions(samples=3, most_samples=3)
    yield from (ag.gamma(spans, options), ag.gamma_cat(spans, options))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_figure_is_a_number_or_a_reason(situation):
    spans = SITUATIONS[situation]
    for result in every_result(spans):
        said = (result.coefficient, result.parameters)
        assert (result.value is None) == bool(result.reason) == (result.status != "ok"), said
        assert (result.interval is None) == result.interval_method.startswith("none: "), said
        numbers = [result.value, result.observed, result.expected, result.standard_error]
        numbers += [*(result.interval or ()), result.n_units]
        figures = [*result.by_pair, *result.by_document]
        assert all((one.value is None) == bool(one.reason) for one in figures), said
        numbers += [one.value for one in figures]
        assert not any(number is not None and math.isnan(number) for number in numbers), said
        assert not any(value != value for value in result.parameters.values()), said


@pytest.mark.parametrize("situation", SITUATIONS)
def test_passages_and_confusions_are_found_or_empty(situation):
    spans = SITUATIONS[situation]
    for code in spans.tree.keys:
        assert isinstance(ag.passages(spans, code, show="all"), tuple)
    for confusion in ag.confusions(spans).ranked(silence=True):
        assert ag.confused_passages(spans, confusion)
