"""The u-family: against a quadratic reference in fractions, laws, reasons."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import agreement as ag
from qualcode.errors import InputError, UnknownName


@st.composite
def unitized(draw):
    """Documents, and for each document and coder a partition into gaps ("") and units that do not overlap."""
    coders = [f"c{n}" for n in range(draw(st.integers(2, 4)))]
    texts = {}
    for d in range(draw(st.integers(1, 2))):
        length = draw(st.integers(1, 14))
        texts[f"d{d}"] = (
            {coder: _partition(draw, length) for coder in coders if draw(st.integers(0, 5))},
            length,
        )
    return coders, texts


def _partition(draw, length: int) -> list[tuple[int, int, str]]:
    cuts = sorted({0, length, *draw(st.lists(st.integers(0, length), max_size=5))})
    values = [draw(st.sampled_from(["", "x", "y", "z"])) for _ in cuts[1:]]
    return [(a, b, value) for a, b, value in zip(cuts, cuts[1:], values, strict=False)]


def as_spans(coders, texts) -> ag.SpanSet:
    rows = [
        (document, coder, value, start, end)
        for document, (parts, _) in texts.items()
        for coder, sections in parts.items()
        for start, end, value in sections
        if value
    ]
    done = [(coder, document) for document, (parts, _) in texts.items() for coder in parts]
    lengths = {document: length for document, (_, length) in texts.items()}
    return ag.span_set(lengths, rows, coders=coders, codes=["x", "y", "z"], done=done)


def reference(texts) -> dict[str, Fraction | None]:
    """The definitions, section by section: ℓ, t and T over all documents that two coders read."""
    values = ["", "x", "y", "z"]
    common = {(c, k): Fraction(0) for c in values for k in values}
    t = dict.fromkeys(values, Fraction(0))
    covered = dict.fromkeys(values, Fraction(0))
    for parts, _ in texts.values():
        if len(parts) < 2:
            continue
        for i, own in parts.items():
            for start, end, c in own:
                t[c] += (end - start) ** 2 if c else end - start
                for j, other in parts.items():
                    if i == j:
                        continue
                    under = 0
                    for low, high, k in other:
                        both = max(0, min(end, high) - max(start, low))
                        common[c, k] += Fraction(both, len(parts) - 1)
                        under += both if k else 0
                    if c:
                        covered[c] += Fraction(under**2, len(parts) - 1)

    def family(codes, squares):
        whole = sum(common[c, k] for c in codes for k in codes)
        rows = {c: sum(common[c, k] for k in codes) for c in codes}
        below = whole**2 - sum(squares[c] for c in codes)
        if not below:
            return None, None
        e = {
            (c, k): whole * (rows[c] * rows[k] - (squares[c] if c == k else 0)) / below
            for c in codes
            for k in codes
        }
        expected = whole - sum(e[c, c] for c in codes)
        alpha = 1 - (whole - sum(common[c, c] for c in codes)) / expected if expected else None
        singles = {}
        for k in codes:
            row = sum(e[c, k] for c in codes)
            room = row - e[k, k]
            singles[k] = (
                1 - (row / rows[k]) * (rows[k] - common[k, k]) / room
                if rows[k] and row and room
                else None
            )
        return alpha, singles

    u, _ = family(values, t)
    cu, ku = family(values[1:], covered)
    return {"u_alpha": u, "cu_alpha": cu, **{f"({k})": (ku or {}).get(k) for k in "xyz"}}


@given(unitized())
@settings(max_examples=150, deadline=None)
def test_the_family_equals_the_definitions(drawn):
    coders, texts = drawn
    expected = reference(texts)
    family = ag.unitizing(as_spans(coders, texts))
    for name in ("u_alpha", "cu_alpha"):
        result = family.result(name, pairs=False)
        assert (result.value is None) == bool(result.reason)
        assert result.value == (
            None if expected[name] is None else pytest.approx(float(expected[name]), abs=1e-9)
        )
    for code in "xyz":
        value = family.result_of(code, pairs=False).value
        wanted = expected[f"({code})"]
        assert value == (None if wanted is None else pytest.approx(float(wanted), abs=1e-9))


@given(unitized())
@settings(max_examples=60, deadline=None)
def test_marked_or_not_is_the_family_with_one_code(drawn):
    coders, texts = drawn
    spans = as_spans(coders, texts)
    one = spans.recoded(np.zeros(3, dtype=np.int64))
    binary = ag.unitizing(spans).result("u_alpha_binary", pairs=False).value
    alike = ag.unitizing(one).result("u_alpha", pairs=False).value
    assert binary == (None if alike is None else pytest.approx(alike, abs=1e-9))


def test_splitting_a_unit_matters_to_units():
    whole = ag.span_set({"d": 60}, [("d", "A", "x", 0, 20), ("d", "B", "x", 5, 25)])
    split = ag.span_set(
        {"d": 60}, [("d", "A", "x", 0, 10), ("d", "A", "x", 10, 20), ("d", "B", "x", 5, 25)]
    )
    first, second = (ag.unitizing(spans).result("u_alpha").value for spans in (whole, split))
    assert first != second


def test_overlapping_codings_are_cut_and_valued_by_their_set():
    rows = [
        ("d", "A", "x", 0, 20),
        ("d", "A", "y", 10, 30),
        ("d", "B", "x", 0, 20),
        ("d", "B", "y", 10, 30),
    ]
    family = ag.unitizing(ag.span_set({"d": 60}, rows))
    assert family.overlapping
    assert sorted(family.values) == ["x", "x + y", "y"]
    result = family.result("cu_alpha")
    assert result.value == 1
    assert result.parameters["overlapping codings"].startswith("cut into pieces")
    assert result.parameters["coverage"] == pytest.approx(0.5)


def test_more_codes_than_a_word_holds_are_told_apart():
    codes = [f"c{n}" for n in range(130)]
    rows = [
        ("d", name, code, 0, 5 + n) for n, code in enumerate(codes[60:]) for name in ("A", "B")
    ]
    family = ag.unitizing(ag.span_set({"d": 200}, rows, codes=codes))
    assert family.result("u_alpha").value == 1
    assert len(family.values) == 70


def test_each_member_says_why_it_has_no_value():
    two = {"coders": ["A", "B"], "codes": ["x", "y"]}
    empty = ag.unitizing(ag.span_set({"d": 9}, [], **two))
    assert empty.result("u_alpha").reason == "no coder marked anything"
    assert empty.result_of("x").reason == "not used"
    apart = ag.unitizing(
        ag.span_set({"d": 9}, [("d", "A", "x", 0, 3), ("d", "B", "x", 4, 6)], **two)
    )
    assert apart.result("cu_alpha").reason == "no overlap (coverage 0 %)"
    assert apart.result("cu_alpha").parameters["coverage"] == 0
    assert apart.result_of("x").reason == "no overlap (coverage 0 %)"
    single = ag.unitizing(
        ag.span_set({"d": 9}, [("d", "A", "x", 0, 3), ("d", "B", "x", 2, 6)], **two)
    )
    assert single.result("cu_alpha").reason == "only one code where the coders' units meet"
    assert single.result_of("x").reason == "no other code where the coders' units meet"
    full = ag.unitizing(ag.span_set({"d": 9}, [("d", name, "x", 0, 9) for name in "AB"], **two))
    assert (
        full.result("u_alpha_binary").reason == "no variation: every coder marked all of the text"
    )
    lonely = ag.unitizing(ag.span_set({"d": 9}, [], coders=["A"], codes=["x"]))
    assert lonely.result("u_alpha").reason == "needs two coders"
    unread = ag.unitizing(ag.span_set({"d": 9}, [], done=[("A", "d")], **two))
    assert unread.result("u_alpha").reason == "no text was read by two coders"


def test_too_few_meeting_units_leave_a_code_without_a_figure():
    rows = [("d", "B", "x", 0, 1), ("d", "B", "x", 1, 2), ("d", "C", "y", 0, 2)]
    family = ag.unitizing(ag.span_set({"d": 2}, rows, coders=["A", "B", "C"]))
    assert family.result_of("x").value == 0
    assert family.result_of("y").reason == "too few units meet to say what chance would give"


def test_unknown_members_and_codes_are_refused():
    family = ag.unitizing(ag.span_set({"d": 9}, [], coders=["A", "B"], codes=["x"]))
    with pytest.raises(InputError, match="unknown coefficient 's_alpha'"):
        family.result("s_alpha")
    with pytest.raises(UnknownName):
        family.result_of("q")


def test_pairs_documents_and_intervals_stand_in_the_result():
    chooser = np.random.default_rng(2)
    rows = []
    for d in range(6):
        for n, start in enumerate(range(0, 800, 100)):
            for coder in ("A", "B", "C"):
                shift = int(chooser.integers(0, 40))
                rows.append(
                    (
                        f"d{d}",
                        coder,
                        "xy"[(n + (chooser.random() < 0.2)) % 2],
                        start + shift,
                        start + shift + 50,
                    )
                )
    family = ag.unitizing(ag.span_set({f"d{d}": 900 for d in range(6)}, rows, codes=["x", "y"]))
    for result in (family.result("u_alpha"), family.result_of("x")):
        assert result.interval[0] < result.value < result.interval[1]
        assert [(one.first, one.second) for one in result.by_pair] == [
            ("A", "B"),
            ("A", "C"),
            ("B", "C"),
        ]
        assert len(result.by_document) == 6 and result.n_units == 5400
    drawn = family.result("cu_alpha", interval=ag.Bootstrap(draws=200))
    assert "bootstrap" in drawn.interval_method
    assert family.result("u_alpha", interval=None).interval_method == "none: not asked for"
