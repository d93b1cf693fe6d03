"""Columns, cells and contrasts from evidence made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook, Facet, FacetValue, Theme
from qualcode.core.compare import (
    Corpus,
    Evidence,
    Side,
    Voice,
    build_matrix,
    columns_for,
    contrary_cases,
    matrix_codes,
    side_of,
    triangulate,
)
from qualcode.core.compare.columns import NOT_GIVEN
from qualcode.core.compare.matrix import covered_length
from qualcode.core.documents import AttributeType
from qualcode.errors import InputError, UnknownName

BOOK = Codebook(
    codes=(
        Code("a", "A"),
        Code("a.b", "B", parent="a"),
        Code("a.b.c", "C", parent="a.b"),
        Code("z", "Z"),
    ),
    facets=(
        Facet(
            "site",
            "Site",
            tuple(FacetValue(key, key) for key in ("N", "S", "both", "unspecified")),
        ),
        Facet(
            "presence", "Presence", tuple(FacetValue(key, key) for key in ("present", "absent"))
        ),
    ),
    themes=(Theme("all", "All", ("a", "z")),),
)
PEOPLE = (
    Voice("Ann", {"role": ("officer",), "site": ("N",), "years": ("1",)}, ("one",)),
    Voice("Bob", {"role": ("officer",), "site": ("S",), "years": ("2",)}, ("two",)),
    Voice("Cyd", {"role": ("nurse",), "site": ("N", "S"), "years": ("30",)}, ("three",)),
    Voice("Dot", {}, ("four",)),
)
CORPUS = Corpus(
    {"one": 100, "two": 100, "three": 100, "four": 100},
    PEOPLE,
    {"role": AttributeType.CHOICE, "site": AttributeType.CHOICE, "years": AttributeType.NUMBER},
)


def said(n: int, code: str, who: str, start: int = 0, end: int = 10, **facets: str) -> Evidence:
    document = CORPUS.by_name[who].documents[0]
    return Evidence(n, code, document, 1, start, end, (who,), "Kit", "R", facets)


def test_evidence_without_a_value_stands_in_a_column_of_its_own() -> None:
    evidence = [said(1, "a", "Ann", site="N"), said(2, "a", "Dot")]
    by_facet = columns_for("site", CORPUS, BOOK, evidence)
    assert [column.key for column in by_facet.columns] == ["N", "S", NOT_GIVEN]
    by_role = columns_for("role", CORPUS, BOOK, evidence)
    assert [column.key for column in by_role.columns] == ["nurse", "officer", NOT_GIVEN]
    nobody = Evidence(3, "a", "four", 1, 0, 5)
    assert by_role.place(nobody) == ((NOT_GIVEN, ()),)
    assert columns_for("participant", CORPUS, BOOK, [nobody]).place(nobody) == ((NOT_GIVEN, ()),)


def test_facet_that_is_no_attribute_keeps_both_as_a_value_of_its_own() -> None:
    book = Codebook(
        codes=BOOK.codes,
        facets=(Facet("form", "Form", (FacetValue("formal", "F"), FacetValue("both", "Both"))),),
    )
    evidence = [said(1, "a", "Ann", form="both"), said(2, "a", "Bob", form="formal")]
    columns = columns_for("form", CORPUS, book, evidence)
    assert [column.key for column in columns.columns] == ["formal", "both"]
    assert columns.columns[0].participants == ("Ann", "Bob", "Cyd", "Dot")


def test_who_speaks_about_a_site_from_elsewhere_could_have_spoken_of_it() -> None:
    columns = columns_for("site", CORPUS, BOOK, [said(1, "a", "Bob", site="N")])
    assert columns.columns[0].participants == ("Ann", "Bob", "Cyd")


def test_many_numbers_are_gathered_into_ranges() -> None:
    people = tuple(Voice(f"P{n}", {"years": (str(n),)}, (f"d{n}",)) for n in range(20))
    corpus = Corpus({f"d{n}": 10 for n in range(20)}, people, {"years": AttributeType.NUMBER})
    columns = columns_for("years", corpus, BOOK, [])
    assert [column.name for column in columns.columns] == [
        "0 to under 5",
        "5 to under 10",
        "10 to under 15",
        "15 and more",
    ]
    assert [len(column.participants) for column in columns.columns] == [5, 5, 5, 5]


def test_attribute_with_too_many_values_or_none_is_refused() -> None:
    people = tuple(Voice(f"P{n}", {"job": (f"job {n}",)}, ("one",)) for n in range(80))
    corpus = Corpus({"one": 1}, people, {"job": AttributeType.TEXT, "rank": AttributeType.TEXT})
    with pytest.raises(InputError, match="too many"):
        columns_for("job", corpus, BOOK, [])
    with pytest.raises(InputError, match="nobody has a value of rank"):
        columns_for("rank", corpus, BOOK, [])
    with pytest.raises(UnknownName):
        columns_for("rang", corpus, BOOK, [])


def test_participants_with_several_values_are_counted_for_each_and_named_so() -> None:
    people = (
        Voice("Ann", {"tool": ("x", "y")}, ("one",)),
        Voice("Bob", {"tool": ("x", "y")}, ("two",)),
    )
    one = Corpus({"one": 1}, people[:1], {"tool": AttributeType.CHOICE})
    two = Corpus({"one": 1, "two": 1}, people, {"tool": AttributeType.CHOICE})
    assert any(
        "1 participant with several" in note for note in columns_for("tool", one, BOOK, []).notes
    )
    assert any("2 participants with" in note for note in columns_for("tool", two, BOOK, []).notes)


def test_enough_participants_leave_the_notes_quiet() -> None:
    people = tuple(Voice(f"P{n}", {"role": ("r",)}, ("one",)) for n in range(6))
    corpus = Corpus({"one": 10}, people, {"role": AttributeType.CHOICE})
    columns = columns_for("role", corpus, BOOK, [])
    matrix = build_matrix([], matrix_codes(BOOK, None), columns, BOOK, corpus)
    assert not any("small numbers" in note for note in matrix.notes)


def test_rows_are_branches_a_code_with_its_children_or_a_theme() -> None:
    assert matrix_codes(BOOK, None) == ((0, "a"), (0, "z"))
    assert matrix_codes(BOOK, None, deep=True) == ((0, "a"), (1, "a.b"), (2, "a.b.c"), (0, "z"))
    assert matrix_codes(BOOK, "a") == ((0, "a"), (1, "a.b"))
    assert matrix_codes(BOOK, "A", deep=True) == ((0, "a"), (1, "a.b"), (2, "a.b.c"))
    assert matrix_codes(BOOK, "all") == ((0, "a"), (1, "a.b"), (0, "z"))
    with pytest.raises(UnknownName):
        matrix_codes(BOOK, "q")


def test_column_without_text_has_no_share_and_says_why() -> None:
    evidence = [said(1, "a", "Dot")]
    columns = columns_for("role", CORPUS, BOOK, evidence)
    matrix = build_matrix(evidence, matrix_codes(BOOK, None), columns, BOOK, CORPUS)
    cell = matrix.cell("a", NOT_GIVEN)
    assert cell.share is None and cell.share_reason
    assert matrix.cell("a", "nurse").share == 0.0
    assert matrix.cell("z", "nurse").proportion == 0.0
    with pytest.raises(KeyError):
        matrix.cell("a", "pilot")


def test_cell_that_nobody_could_fill_has_no_proportion() -> None:
    empty = Corpus({}, (), {})
    columns = columns_for("document", empty, BOOK, [])
    matrix = build_matrix([], matrix_codes(BOOK, None), columns, BOOK, empty)
    assert matrix.rows[0].total.proportion is None


def test_side_follows_the_last_facet_of_the_stance_that_was_answered() -> None:
    assert side_of(said(1, "a", "Ann")) is None
    assert side_of(said(1, "a", "Ann", presence="present", valence="strained")) is Side.AGAINST
    assert side_of(said(1, "a", "Ann", presence="absent")) is Side.AGAINST
    assert side_of(said(1, "a", "Ann", presence="present", valence="unspecified")) is Side.FOR
    assert side_of(said(1, "a", "Ann", presence="present", valence="mixed")) is Side.MIXED


def test_even_sides_have_no_most_and_every_passage_is_shown() -> None:
    evidence = [
        said(1, "a", "Ann", site="N", presence="present"),
        said(2, "a.b", "Cyd", site="N", presence="absent"),
        said(3, "z", "Cyd", site="N"),
    ]
    columns = columns_for("site", CORPUS, BOOK, evidence)
    (found,) = contrary_cases(evidence, matrix_codes(BOOK, None), columns, BOOK)
    assert found.side is None and len(found.cases) == 2
    (child,) = contrary_cases(evidence, ((1, "a.b"),), columns, BOOK)
    assert child.side is Side.AGAINST and child.cases == ()


def test_groups_support_a_code_through_their_members() -> None:
    evidence = [said(1, "a", "Ann", site="N"), said(2, "a", "Cyd", site="N"), said(3, "a", "Dot")]
    columns = columns_for("site", CORPUS, BOOK, evidence)
    found = triangulate(evidence, ((0, "a"),), columns, "role", BOOK, CORPUS)
    readings = {one.column: one.reading for one in found}
    assert readings == {"N": "2 groups, 2 participants", "S": "nobody", NOT_GIVEN: "single source"}
    assert dict(found[2].groups) == {"Dot": ("Dot",)}


def test_unknown_speaker_has_no_role_of_record() -> None:
    assert CORPUS.role_of("Nobody") == "participant"
    assert CORPUS.documents_of(["Nobody", "Ann"]) == ("one",)
    assert CORPUS.attribute("ROLE") == "role" and CORPUS.attribute("rank") is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=20))
def test_covered_length_equals_a_set_of_characters(spans: list[tuple[int, int]]) -> None:
    whole = [(start, start + length) for start, length in spans]
    assert covered_length(whole) == len({at for start, end in whole for at in range(start, end)})


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "a.b", "a.b.c", "z"]), st.sampled_from(["Ann", "Bob", "Cyd"])
        ),
        max_size=15,
    )
)
def test_branch_never_counts_fewer_than_its_parts_nor_more_than_their_sum(
    rows: list[tuple[str, str]],
) -> None:
    evidence = [said(n, code, who, site="N") for n, (code, who) in enumerate(rows)]
    columns = columns_for("site", CORPUS, BOOK, evidence)
    matrix = build_matrix(evidence, matrix_codes(BOOK, "a", deep=True), columns, BOOK, CORPUS)
    whole, part, leaf = (matrix.cell(code, "N") for code in ("a", "a.b", "a.b.c"))
    assert whole.participants >= part.participants >= leaf.participants
    assert whole.codings == len([code for code, _ in rows if code != "z"])
    assert whole.participants <= whole.codings


def test_empty_layer_is_said_to_be_empty_so_that_zeros_are_no_finding() -> None:
    columns = columns_for("role", CORPUS, BOOK, [])
    rows = matrix_codes(BOOK, None)
    assert "holds nothing yet" in build_matrix([], rows, columns, BOOK, CORPUS).notes[0]
    of_kit = build_matrix([], rows, columns, BOOK, CORPUS, basis="Kit")
    assert of_kit.notes[0] == "no codings of Kit that may be seen"
