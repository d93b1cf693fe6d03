"""A matrix from counted codings says what a matrix from every single coding says."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook, Facet, FacetValue
from qualcode.core.compare import (
    Corpus,
    Evidence,
    Matrix,
    Voice,
    build_matrix,
    columns_for,
    matrix_codes,
    triangulate,
)
from qualcode.core.compare.cases import sayings
from qualcode.core.compare.framework import build_framework
from qualcode.core.compare.tally import Places, Tally, count_framework, count_matrix
from qualcode.core.documents import AttributeType

BOOK = Codebook(
    codes=(
        Code("a", "A"),
        Code("a.b", "B", parent="a"),
        Code("a.b.c", "C", parent="a.b"),
        Code("z", "Z"),
    ),
    facets=(
        Facet("site", "Site", tuple(FacetValue(key, key) for key in ("N", "S", "both", "other"))),
    ),
)
VOICES = (
    Voice("Ann", {"role": ("officer",), "site": ("N",), "years": ("1",)}, ("one", "two")),
    Voice("Bob", {"role": ("officer", "judge"), "site": ("S",), "years": ("2",)}, ("two",)),
    Voice("Cyd", {"role": ("nurse",), "years": ("30",)}, ("three",)),
)
CORPUS = Corpus(
    {"one": 100, "two": 100, "three": 0},
    VOICES,
    {"role": AttributeType.CHOICE, "site": AttributeType.CHOICE, "years": AttributeType.NUMBER},
)
COLUMNS = ("site", "role", "years", "document", "participant", "coder")


def tally_of(evidence: list[Evidence], *, with_places: bool = False) -> Tally:
    """Count what belongs to interviews; what came through narratives stays single."""
    if with_places:
        return placed_tally_of(evidence)
    pieces: dict[tuple[object, ...], Evidence] = {}
    counts: Counter[tuple[int, int]] = Counter()
    codes = [code.key for code in BOOK.codes]
    order: dict[tuple[object, ...], int] = {}
    for one in evidence:
        if one.through is None:
            key = (one.document, one.participants, one.coder, tuple(one.facets.items()))
            piece = Evidence(0, "", one.document, 1, 0, 0, one.participants, one.coder)
            pieces.setdefault(key, Evidence(**fields_of(piece), facets=one.facets))
            counts[order.setdefault(key, len(order)), codes.index(one.code)] += 1
    table = np.array([(*key, n) for key, n in counts.items()], dtype=np.int64).reshape(-1, 3)
    single = tuple(one for one in evidence if one.through is not None)
    return Tally(
        tuple(pieces.values()), tuple(codes), table[:, 0], table[:, 1], table[:, 2], single
    )


def placed_tally_of(evidence: list[Evidence]) -> Tally:
    """Make a piece of each coding's own, so that pieces that say the same meet in a column."""
    codes = [code.key for code in BOOK.codes]
    numbers = [(n, codes.index(one.code), 1) for n, one in enumerate(evidence)]
    table = np.array(numbers, dtype=np.int64).reshape(-1, 3)
    spans = [(one.coding_id, one.start, one.end) for one in evidence]
    places = Places(*np.array(spans, dtype=np.int64).reshape(-1, 3).T)
    columns = table[:, 0], table[:, 1], table[:, 2]
    return Tally(tuple(evidence), tuple(codes), *columns, (), places)


def fields_of(one: Evidence) -> dict[str, object]:
    names = ("coding_id", "code", "document", "revision_id", "start", "end", "participants")
    return {name: getattr(one, name) for name in (*names, "coder")}


people = st.sampled_from([(), ("Ann",), ("Bob",), ("Ann", "Bob"), ("Cyd",), ("Eve",)])
facets = st.sampled_from([{}, {"site": "N"}, {"site": "both"}, {"site": "other"}])


@st.composite
def evidences(draw: st.DrawFn) -> list[Evidence]:
    found = []
    for n in range(draw(st.integers(0, 12))):
        through = draw(st.sampled_from([None, None, None, "narrative"]))
        code = draw(st.sampled_from([code.key for code in BOOK.codes]))
        asked = draw(facets)
        for _ in range(draw(st.integers(1, 2)) if through else 1):
            document = draw(st.sampled_from(["one", "two", "three"]))
            who = draw(people)
            coder = draw(st.sampled_from(["Kit", "Lou"]))
            one = Evidence(n + 1, code, document, 1, 0, 5, who, coder, "R", asked, through)
            found.append(one)
    return found


@st.composite
def placed_evidences(draw: st.DrawFn) -> list[Evidence]:
    found = []
    for n in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, 20))
        found.append(
            Evidence(
                n + 1,
                draw(st.sampled_from([code.key for code in BOOK.codes])),
                draw(st.sampled_from(["one", "two", "three"])),
                1,
                start,
                start + draw(st.integers(1, 9)),
                draw(people),
                draw(st.sampled_from(["Kit", "Lou"])),
                "R",
                draw(facets),
            )
        )
    return sorted(found, key=lambda one: (one.document, one.start, one.end, one.code))


def figures(matrix: Matrix) -> list[tuple[object, ...]]:
    return [
        (row.code, cell.codings, cell.documents, cell.participants, cell.of, cell.names)
        for row in matrix.rows
        for cell in (*row.cells, row.total)
    ]


@pytest.mark.parametrize("by", COLUMNS)
@pytest.mark.parametrize("rows", [None, "a"])
@given(evidence=evidences())
def test_counted_matrix_has_the_figures_of_the_one_coding_by_coding(
    by: str, rows: str | None, evidence: list[Evidence]
) -> None:
    codes = matrix_codes(BOOK, rows, deep=True)
    columns = columns_for(by, CORPUS, BOOK, evidence)
    every = build_matrix(evidence, codes, columns, BOOK, CORPUS)
    tally = tally_of(evidence)
    columns = columns_for(by, CORPUS, BOOK, tally.witnesses)
    counted = count_matrix(tally, codes, columns, BOOK, CORPUS)
    assert figures(counted) == figures(every)
    assert counted.columns == every.columns
    assert (counted.notes, counted.kind, counted.by) == (every.notes, every.kind, every.by)


@pytest.mark.parametrize("by", COLUMNS)
@given(evidence=placed_evidences())
def test_matrix_from_places_is_the_one_coding_by_coding(by: str, evidence: list[Evidence]) -> None:
    codes = matrix_codes(BOOK, None, deep=True)
    columns = columns_for(by, CORPUS, BOOK, evidence)
    tally = tally_of(evidence, with_places=True)
    assert count_matrix(tally, codes, columns, BOOK, CORPUS) == build_matrix(
        evidence, codes, columns, BOOK, CORPUS
    )


@pytest.mark.parametrize("by", COLUMNS)
@given(evidence=placed_evidences())
def test_framework_from_places_is_the_one_coding_by_coding(
    by: str, evidence: list[Evidence]
) -> None:
    columns = columns_for(by, CORPUS, BOOK, evidence)
    tally = tally_of(evidence, with_places=True)
    codes = ["a", "a.b", "z"]
    found = count_framework(tally, codes, columns, BOOK)
    assert found == build_framework(evidence, codes, columns, BOOK, {})
    assert list(found.cells) == [
        (code, column.key) for code in codes for column in columns.columns
    ]


@given(evidence=evidences())
def test_counted_pieces_give_the_same_support_and_the_same_sayings(
    evidence: list[Evidence],
) -> None:
    counted = list(tally_of(evidence).evidence())
    assert sayings(counted) == sayings(evidence)
    codes = matrix_codes(BOOK, None, deep=True)
    columns = columns_for("role", CORPUS, BOOK, evidence)
    every = triangulate(evidence, codes, columns, "site", BOOK, CORPUS)
    assert triangulate(counted, codes, columns, "site", BOOK, CORPUS) == every


def test_cell_without_text_keeps_its_reason_and_a_counted_one_says_it_was_not_measured() -> None:
    evidence = [Evidence(1, "a", "three", 1, 0, 5, ("Cyd",), "Kit", "R")]
    tally = tally_of(evidence)
    columns = columns_for("participant", CORPUS, BOOK, tally.witnesses)
    matrix = count_matrix(tally, matrix_codes(BOOK, None), columns, BOOK, CORPUS)
    assert matrix.cell("a", "Cyd").share_reason == "not measured over so many codings"
    assert matrix.cell("z", "Cyd").share_reason == "no text stands behind this column"
    assert matrix.cell("z", "Ann").share == 0.0
