"""Units other than the character: grids, rules by which spans count, and how refusals read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import agreement as ag
from qualcode.core.agreement.units import unit_codings
from qualcode.errors import InputError

from .drawn import naive, span_sets

LEAST = {"any": 0.0, "half": 0.5, "full": 1.0}


@st.composite
def with_segments(draw):
    spans = draw(span_sets())
    segments = {}
    for name, length in zip(spans.documents, spans.scope.lengths.tolist(), strict=True):
        cuts = sorted(draw(st.lists(st.integers(0, length), min_size=2, max_size=6, unique=True)))
        segments[name] = list(pairwise(cuts))[:: draw(st.integers(1, 2))]
    return spans, segments


@given(with_segments(), st.sampled_from(sorted(LEAST)))
@settings(max_examples=120, deadline=None)
def test_a_grid_gives_what_counting_characters_by_hand_gives(drawn, rule):
    spans, segments = drawn
    grid = ag.unit_grid(spans, "segment", segments, rule=rule)
    found = ag.code_agreement(spans, grid)
    for c, code in enumerate(spans.tree.keys):
        columns = []
        for d, name in enumerate(spans.documents):
            inside = np.zeros(int(spans.scope.lengths[d]), dtype=bool)
            for row in np.flatnonzero(spans.scope.document == d):
                inside[spans.scope.start[row] : spans.scope.end[row]] = True
            coded = np.zeros((len(spans.coders), len(inside)))
            for row in np.flatnonzero((spans.document == d) & (spans.code == c)):
                coded[spans.coder[row], spans.start[row] : spans.end[row]] = 1
            for start, end in segments[name]:
                size = inside[start:end].sum()
                if size:
                    held = coded[:, start:end] @ inside[start:end]
                    given_ = ((held > 0) & (held >= LEAST[rule] * size)).astype(float)
                    given_[~spans.assigned[:, d]] = np.nan
                    columns.append(given_)
        matrix = np.array(columns).T.reshape(len(spans.coders), -1)
        for coefficient, expected in naive(matrix).items():
            value = found.result(code, coefficient, interval=None).value
            assert value == (None if expected is None else pytest.approx(expected, abs=1e-12))


@given(span_sets())
@settings(max_examples=40, deadline=None)
def test_units_of_one_character_are_characters(spans):
    segments = {
        name: [(n, n + 1) for n in range(length)]
        for name, length in zip(spans.documents, spans.scope.lengths.tolist(), strict=True)
    }
    for rule in LEAST:
        single = ag.code_agreement(spans, ag.unit_grid(spans, "segment", segments, rule=rule))
        for first, second in zip(
            single.results("krippendorff_alpha"),
            ag.code_agreement(spans).results("krippendorff_alpha"),
            strict=True,
        ):
            assert first.value == second.value or first.value == pytest.approx(second.value)


def test_the_rule_decides_and_stands_in_the_parameters():
    spans = ag.span_set({"d": 30}, [("d", "A", "x", 0, 14), ("d", "B", "x", 0, 20)])
    segments = {"d": [(0, 10), (10, 20), (20, 30)]}
    agree = {}
    for rule in LEAST:
        grid = ag.unit_grid(spans, "sentence", segments, rule=rule)
        result = ag.code_agreement(spans, grid).result("x", "percent_agreement")
        agree[rule] = result.value
        assert result.unit == "sentence" and result.n_units == 3
        assert result.parameters == {"unit": "sentence", "rule": rule, "code": "x"}
    assert agree == {"any": 1.0, "half": pytest.approx(2 / 3), "full": pytest.approx(2 / 3)}


def test_documents_are_units_without_being_given():
    spans = ag.span_set(
        {"d": 30, "e": 9, "f": 0}, [("d", "A", "x", 0, 14), ("d", "B", "x", 20, 21)]
    )
    found = ag.code_agreement(spans, ag.unit_grid(spans, ag.Unit.DOCUMENT))
    assert found.result("x", "percent_agreement").value == 1
    assert found.n_units == 2 and found.compared.tolist() == [0, 1]


def test_characters_need_no_grid():
    assert ag.unit_grid(ag.span_set({}, [], coders=["A"], codes=["x"]), "character") is None


def test_a_document_without_segments_has_no_units():
    spans = ag.span_set({"d": 30, "e": 30}, [("e", "A", "x", 0, 14)], coders=["A", "B"])
    grid = ag.unit_grid(spans, "turn", {"d": [(0, 10)]})
    assert ag.code_agreement(spans, grid).n_units == 1
    assert len(unit_codings(spans, grid).unit) == 0


@pytest.mark.parametrize(
    ("unit", "segments", "rule", "message"),
    [
        ("paragraph", {}, "any", "unknown unit 'paragraph'"),
        ("sentence", {}, "most", "unknown rule 'most'"),
        ("sentence", None, "any", "needs the places of the units"),
        ("sentence", {"d": [(0, 5), (4, 9)]}, "any", "the unit 4–9 overlaps another unit of d"),
        ("sentence", {"d": [(0, 50)]}, "any", "the unit 0–50 does not lie in d"),
    ],
)
def test_unknown_units_rules_and_impossible_places_are_refused(unit, segments, rule, message):
    spans = ag.span_set({"d": 30}, [("d", "A", "x", 0, 14)])
    with pytest.raises(InputError, match=message) as refused:
        ag.unit_grid(spans, unit, segments, rule=rule)
    assert refused.value.hint
