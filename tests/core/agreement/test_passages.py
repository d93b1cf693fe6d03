"""The text behind a figure: where coders differ, and which codes they take for one another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from qualcode.core import agreement as ag
from qualcode.errors import InputError, UnknownName

from .drawn import character_matrix, span_sets


@given(span_sets())
@settings(max_examples=60, deadline=None)
def test_passages_hold_exactly_the_text_where_readers_differ(spans):
    for code, matrix in character_matrix(spans).items():
        read = (~np.isnan(matrix)).sum(axis=0)
        gave = np.nansum(matrix, axis=0)
        differing = int(((read >= 2) & (gave > 0) & (gave < read)).sum())
        agreeing = int(((read >= 2) & (gave == read)).sum())
        for show, expected in (
            ("disagreement", differing),
            ("agreement", agreeing),
            ("all", differing + agreeing),
        ):
            found = ag.passages(spans, code, show=show)
            assert sum(one.end - one.start for one in found) == expected
            for one in found:
                assert one.gave and (bool(one.did_not) or show != "disagreement")
                assert not set(one.gave) & set(one.did_not)


def test_a_passage_names_who_gave_the_code_and_who_did_not():
    rows = [
        ("d", "A", "x", 0, 10),
        ("d", "B", "x", 5, 10),
        ("e", "A", "x", 0, 4),
        ("e", "C", "x", 0, 4),
    ]
    done = [("A", "d"), ("B", "d"), ("A", "e"), ("B", "e")]
    spans = ag.span_set({"d": 20, "e": 20}, rows, coders=["A", "B", "C"], done=done)
    assert ag.passages(spans, "x") == (
        ag.Passage("d", 0, 5, "x", ("A",), ("B",)),
        ag.Passage("e", 0, 4, "x", ("A",), ("B",)),
    )
    assert [one.document for one in ag.passages(spans, "x", document="e")] == ["e"]
    assert ag.passages(spans, "x", coders=["B", "A"])[0].gave == ("A",)
    assert ag.passages(spans, "x", coders=["A", "C"]) == ()


def test_a_passage_that_bridges_text_out_of_scope_is_shown_in_pieces():
    spans = ag.span_set(
        {"d": 30}, [("d", "A", "x", 5, 25)], coders=["A", "B"], scope={"d": [(0, 10), (20, 30)]}
    )
    assert [(one.start, one.end) for one in ag.passages(spans, "x")] == [(5, 10), (20, 25)]


def test_unknown_names_and_kinds_of_passages_are_refused():
    spans = ag.span_set({"d": 30}, [("d", "A", "x", 5, 25)], coders=["A", "B"])
    with pytest.raises(UnknownName):
        ag.passages(spans, "q")
    with pytest.raises(UnknownName):
        ag.passages(spans, "x", document="q")
    with pytest.raises(InputError, match="cannot show 'doubt'"):
        ag.passages(spans, "x", show="doubt")


@given(span_sets())
@settings(max_examples=50, deadline=None)
def test_confusions_count_the_characters_given_one_code_by_each(spans):
    found = ag.confusions(spans)
    matrices = character_matrix(spans)
    codes = spans.tree.keys
    pairs = [(i, j) for i in range(len(spans.coders)) for j in range(i + 1, len(spans.coders))]
    for p, (i, j) in enumerate(pairs):
        one = np.stack([matrices[code][i] for code in codes])
        two = np.stack([matrices[code][j] for code in codes])
        both = ~(np.isnan(one) | np.isnan(two)).any(axis=0)
        one, two = one[:, both] > 0, two[:, both] > 0
        for x in range(3):
            for y in range(3):
                expected = (one[x] & ~two[x] & two[y] & ~one[y]).sum()
                assert found.weights[p, x, y] == expected
            assert found.weights[p, x, 3] == (one[x] & ~two.any(axis=0)).sum()
            assert found.reverse[p, x] == (two[x] & ~one.any(axis=0)).sum()
    for confusion in found.ranked(silence=True):
        behind = ag.confused_passages(spans, confusion)
        assert sum(end - start for _, start, end in behind) == confusion.weight


def test_the_largest_confusion_comes_first_with_its_text():
    rows = [
        ("d", "A", "x", 0, 10), ("d", "B", "y", 0, 10), ("d", "A", "x", 20, 24), ("d", "B", "z", 20, 24),
        ("d", "A", "y", 30, 33),
    ]  # fmt: skip
    spans = ag.span_set({"d": 50}, rows, codes=["x", "y", "z"])
    found = ag.confusions(spans)
    assert found.ranked() == (
        ag.Confusion("A", "B", "x", "y", 10.0),
        ag.Confusion("A", "B", "x", "z", 4.0),
    )
    assert found.ranked(silence=True)[2] == ag.Confusion("A", "B", "y", None, 3.0)
    assert found.between_codes().tolist() == [[0, 10, 4], [10, 0, 0], [4, 0, 0]]
    assert ag.confused_passages(spans, found.ranked()[0]) == (("d", 0, 10),)
    assert ag.confused_passages(spans, ag.Confusion("A", "B", "z", "y", 0)) == ()


def test_confusions_are_counted_in_other_units_too():
    spans = ag.span_set(
        {"d": 50}, [("d", "A", "x", 0, 2), ("d", "B", "y", 5, 8)], codes=["x", "y"]
    )
    grid = ag.unit_grid(spans, "sentence", {"d": [(0, 10), (10, 50)]})
    found = ag.confusions(spans, grid)
    assert found.unit == "sentence"
    assert found.ranked() == (ag.Confusion("A", "B", "x", "y", 1.0),)
    assert ag.confused_passages(spans, found.ranked()[0], grid) == (("d", 0, 10),)
