"""Spans, scopes and code trees: what is taken, what is refused, and offsets counted in the text that counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import agreement as ag
from qualcode.errors import InputError, SpanError, UnknownName

from .drawn import character_matrix, span_sets


def test_coders_and_codes_default_to_those_that_occur():
    spans = ag.span_set({"d": 9}, [("d", "B", "y", 0, 3), ("d", "A", "x", 0, 3)])
    assert (spans.coders, spans.tree.keys) == (("B", "A"), ("y", "x"))
    assert spans.assigned.all() and spans.tree.parents.tolist() == [-1, -1]
    assert spans.document_index("d") == 0


@pytest.mark.parametrize("row", [("e", "A", "x"), ("d", "C", "x"), ("d", "A", "q")])
def test_an_unknown_document_coder_or_code_is_named(row):
    with pytest.raises(UnknownName):
        ag.span_set({"d": 9}, [(*row, 0, 3)], coders=["A", "B"], codes=["x"])


def test_unknown_names_in_the_assignment_are_refused():
    with pytest.raises(UnknownName, match="'C'"):
        ag.span_set({"d": 9}, [], coders=["A"], codes=["x"], done=[("C", "d")])
    with pytest.raises(UnknownName, match="'e'"):
        ag.span_set({"d": 9}, [], coders=["A"], codes=["x"], done=[("A", "e")])


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 10)])
def test_a_span_outside_its_document_or_empty_is_refused(start, end):
    with pytest.raises(SpanError, match=f"span {start}–{end} does not lie in d"):
        ag.span_set({"d": 9}, [("d", "A", "x", start, end)])


def test_an_assignment_of_the_wrong_shape_is_refused():
    spans = ag.span_set({"d": 9}, [("d", "A", "x", 0, 3)])
    with pytest.raises(InputError, match="one row per coder"):
        ag.SpanSet(
            spans.documents, spans.coders, spans.tree, spans.scope, np.ones((2, 1), dtype=bool),
            spans.document, spans.coder, spans.code, spans.start, spans.end,
        )  # fmt: skip


def test_the_code_tree_knows_levels_branches_and_circles():
    tree = ag.CodeTree.of({"a": None, "a.b": "a", "a.b.c": "a.b", "d": None})
    assert tree.depths().tolist() == [1, 2, 3, 1]
    assert tree.at_level(1).tolist() == [0, 0, 0, 3]
    assert tree.at_level(2).tolist() == [0, 1, 1, 3]
    assert tree.branch("a.b").tolist() == [1, 2]
    assert tree.closure().sum() == 7
    with pytest.raises(UnknownName):
        ag.CodeTree.of({"a": "b"})
    with pytest.raises(UnknownName):
        tree.index("x")
    with pytest.raises(InputError, match="circle"):
        ag.CodeTree.of({"a": "b", "b": "a"})


def test_choosing_codes_and_coders_keeps_the_rest_as_it_is():
    spans = ag.span_set(
        {"d": 9},
        [("d", "A", "x", 0, 3), ("d", "B", "y", 1, 4), ("d", "C", "x", 2, 5)],
        done=[("A", "d"), ("C", "d")],
        coders=["A", "B", "C"],
    )
    chosen = spans.only(codes=["x"], coders=["C", "A"])
    assert (chosen.coders, chosen.coder.tolist(), chosen.start.tolist()) == (
        ("C", "A"),
        [1, 0],
        [0, 2],
    )
    assert spans.without("A").coders == ("B", "C")
    assert spans.only().start is spans.start
    assert spans.n_left_out == 1
    with pytest.raises(UnknownName):
        spans.without("Z")
    assert spans.recoded(np.array([1, -1])).code.tolist() == [1, 1]


def test_a_scope_outside_the_text_is_refused():
    with pytest.raises(InputError, match="the scope 5–12 does not lie"):
        ag.span_set({"d": 9}, [], coders=["A"], codes=["x"], scope={"d": [(5, 12)]})


def test_scopes_unite_overlaps_and_drop_nothing_else():
    scope = ag.Scope.of(np.array([20, 5]), [[(4, 8), (0, 2), (7, 9), (3, 3)], None])
    assert list(zip(scope.document.tolist(), scope.start.tolist(), scope.end.tolist(), strict=True)) == [
        (0, 0, 2), (0, 4, 9), (1, 0, 5),
    ]  # fmt: skip
    assert scope.sizes.tolist() == [7, 5]
    assert ag.Scope.whole(np.array([3, 0])).sizes.tolist() == [3, 0]


@given(span_sets(), st.data())
@settings(max_examples=80, deadline=None)
def test_squeezed_offsets_count_the_text_in_scope_before_them(spans, data):
    scope = spans.scope
    document = data.draw(st.integers(0, len(spans.documents) - 1))
    inside = np.zeros(int(scope.lengths[document]) + 1, dtype=int)
    for row in np.flatnonzero(scope.document == document):
        inside[scope.start[row] : scope.end[row]] = 1
    offsets = np.arange(len(inside))
    squeezed = scope.squeeze(np.full(len(offsets), document), offsets)
    assert squeezed.tolist() == [int(inside[:offset].sum()) for offset in offsets]
    start, end = sorted(
        data.draw(
            st.tuples(
                st.integers(0, int(scope.sizes[document])),
                st.integers(0, int(scope.sizes[document])),
            )
        )
    )
    if start < end:
        found = scope.expand(np.array([document]), np.array([start]), np.array([end]))
        back = [offset for _, low, high in zip(*found, strict=True) for offset in range(low, high)]
        assert back == np.flatnonzero(inside[:-1])[start:end].tolist()


def test_a_scope_that_holds_nothing_leaves_nothing_to_compare():
    spans = ag.span_set({"d": 9}, [("d", "A", "x", 0, 3)], coders=["A", "B"], scope={"d": []})
    assert ag.code_agreement(spans).result("x", "f1").reason == "no text was read by two coders"
    assert len(spans.placed().start) == 0


def test_interviewer_turns_out_of_scope_do_not_count():
    rows = [("d", "A", "x", 5, 25), ("d", "B", "x", 12, 18)]
    spans = ag.span_set({"d": 40}, rows, scope={"d": [(0, 10), (20, 40)]})
    assert character_matrix(spans)["x"].sum(axis=1).tolist() == [10, 0]
    assert ag.code_agreement(spans).result("x", "percent_agreement").value == pytest.approx(2 / 3)
