"""Tables of cases as files: SPSS reads back what was written, spreadsheets run nothing."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.core.compare.cases import CaseTable, CaseVariable
from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition
from qualcode.errors import MistakeInFile
from qualcode.formats.attributes import read_attributes
from qualcode.formats.cases import cases_to_csv, cases_to_xlsx, to_sav
from qualcode.formats.cases.names import legal_names
from qualcode.formats.cases.sysfile import NUMBER, TEXT, Variable, sysfile


def table(name: str, kind: AttributeType, *cells: tuple[str, ...]) -> CaseTable:
    values = {value: value for cell in cells for value in cell}
    shown = values if kind is AttributeType.CHOICE else {}
    variable = CaseVariable(AttributeDefinition(name), kind, shown)
    return CaseTable((variable,), tuple((f"P{n}", (cell,)) for n, cell in enumerate(cells)))


# The largest numbers of all stand for "missing", "lowest" and "highest" in a system file.
LARGEST = 1.7e308


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60),
            st.one_of(st.none(), st.floats(-LARGEST, LARGEST)),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_written_for_spss_is_read_back(
    tmp_path: Path, rows: list[tuple[str, float | None]]
) -> None:
    width = max(1, *(len(text.encode()) for text, _ in rows), 1)
    variables = [Variable("word", TEXT, width=min(width, 255)), Variable("score", NUMBER)]
    place = tmp_path / "x.sav"
    place.write_bytes(sysfile(variables, rows))
    data, _ = pyreadstat.read_sav(place, output_format="dict")
    assert data["word"] == [text for text, _ in rows]
    assert data["score"] == [value for _, value in rows]


@given(st.lists(st.text(max_size=90), max_size=20))
def test_names_of_variables_are_legal_and_different(wanted: list[str]) -> None:
    names = legal_names(wanted)
    assert len({name.upper() for name in names}) == len(wanted)
    assert all(name.isascii() and name[0].isalpha() and len(name) <= 64 for name in names)
    assert all(name.replace("_", "a").isalnum() and name.upper() != "WITH" for name in names)


def test_names_keep_what_they_can() -> None:
    assert legal_names(["Größe", "trust.earned", "with", "2nd", "TRUST EARNED", "—"]) == [
        "Grosse",
        "trust_earned",
        "v_with",
        "v_2nd",
        "TRUST_EARNED_2",
        "v",
    ]


def test_dates_are_dates_and_long_texts_are_cut_with_a_note(tmp_path: Path) -> None:
    import datetime

    place = tmp_path / "x.sav"
    place.write_bytes(to_sav(table("met", AttributeType.DATE, ("2021-10-31",), ()))[0])
    data, _ = pyreadstat.read_sav(place, output_format="dict")
    assert data["met"] == [datetime.date(2021, 10, 31), None]
    content, notes = to_sav(table("story", AttributeType.TEXT, ("é" * 200,)))
    place.write_bytes(content)
    data, _ = pyreadstat.read_sav(place, output_format="dict")
    assert data["story"] == ["é" * 127]
    assert notes == ("story: 1 of 1 texts are cut at 255 bytes; csv holds them whole",)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@SUM(A1)", "  =HYPERLINK()"])
def test_no_cell_of_a_sheet_is_a_formula(text: str) -> None:
    found = table(text, AttributeType.TEXT, (text,))
    book = openpyxl.load_workbook(io.BytesIO(cases_to_xlsx(found)))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert book["cases"]["B2"].value == text and book["cases"]["B2"].quotePrefix
    assert cases_to_csv(found).splitlines()[1].startswith("P0,'")


def test_controls_that_xml_cannot_hold_become_replacement_characters() -> None:
    found = table("note", AttributeType.TEXT, ("a\x00b",))
    book = openpyxl.load_workbook(io.BytesIO(cases_to_xlsx(found)))
    assert book["cases"]["B2"].value == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("attribute: []", "no key 'attribute'"),
        ("attributes:\n  - {label: x}", "line 2: this attribute has no name"),
        ("attributes:\n  - {name: a, min: 5, max: 1}", "min 5 is above max 1"),
        ("attributes:\n  - {name: a, min: low}", "no number"),
        ("attributes:\n  - {name: a, type: numbr}", "no type 'numbr'"),
        ("attributes:\n  - {name: a, type: text, min: 1}", "only a number has min"),
        ("attributes:\n  - {name: a}\n  - {name: A}", "line 3: 'A' is described twice"),
        ("attributes:\n  - {name: a, min: 1, missing: {none: x}}", "'none' is no number"),
        ("attributes:\n  - {name: a, missing: {1: a, 2: b, 3: c, 4: d}}", "4 codes for missing"),
        ("attributes:\n  - {name: a, missing: 9}", "must hold keys"),
    ],
)
def test_mistake_in_attributes_is_told_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(MistakeInFile, match=problem):
        read_attributes("attributes.yaml", text.encode())
