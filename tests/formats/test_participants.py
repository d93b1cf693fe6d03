"""participants.csv: values, types, documents, and mistakes with their line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.documents import AttributeType
from qualcode.core.participants import ParticipantTable
from qualcode.errors import InputError, MistakeInFile, QualcodeError
from qualcode.formats.participants import read_participants

TABLE = '''pseudonym,document,site,years,first_seen,remark
Ann,01-ann,A,3,2025-04-08,"late, twice"
Ben,02-ben; 02b-ben,A;B,4.5,2025-05-01,
Cy,,B,,,"said ""no"""
'''


def read(text: str, encoding: str = "utf-8") -> ParticipantTable:
    return read_participants("p.csv", text.encode(encoding))


def test_values_types_and_documents_are_read() -> None:
    table = read(TABLE)
    assert [(column.name, column.type) for column in table.columns] == [
        ("site", AttributeType.CHOICE),
        ("years", AttributeType.NUMBER),
        ("first_seen", AttributeType.DATE),
        ("remark", AttributeType.TEXT),
    ]
    ann, ben, cy = table.rows
    assert ann.values == {
        "site": ("A",),
        "years": ("3",),
        "first_seen": ("2025-04-08",),
        "remark": ("late, twice",),
    }
    assert (ben.values["site"], ben.documents) == (("A", "B"), ("02-ben", "02b-ben"))
    assert (cy.values, cy.documents, cy.line) == (
        {"site": ("B",), "remark": ('said "no"',)},
        (),
        4,
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_from_the_heading(delimiter: str) -> None:
    table = read(f'"pseudonym"{delimiter}"a, b; c"\nAnn{delimiter}"x"\n')
    assert table.rows[0].values == {"a, b; c": ("x",)}


def test_excel_files_with_mark_crlf_and_empty_columns_are_read() -> None:
    table = read("Pseudonym;Site;;\r\nAnn;A;;\r\n;;;\r\n", "utf-8-sig")
    assert table.rows[0].values == {"Site": ("A",)}
    assert len(table.rows) == 1


def test_a_guessed_encoding_is_noted() -> None:
    assert "not UTF-8" in read("pseudonym,note\nRené,“late”\n", "cp1252").notes[0]


def test_prose_with_a_semicolon_stays_whole() -> None:
    remark = "came late the first time; and the second time she did not come at all, which nobody had expected"
    assert read(f'pseudonym,remark\nAnn,"{remark}"\n').rows[0].values["remark"] == (remark,)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("name,site\nAnn,A\n", 1, "no column 'pseudonym'"),
        ("pseudonim,site\nAnn,A\n", 1, "no column 'pseudonym'"),
        ("pseudonym,site\nAnn,A\n\nann,B\n", 4, "already in line 2"),
        ("pseudonym,site\nAnn,A,B\n", 2, "3 cells, the heading has 2"),
        ("pseudonym,site\nAnn\n", 2, "1 cells, the heading has 2"),
        ("pseudonym,site\n,A\n", 2, "no pseudonym"),
        ("pseudonym,site,Site\nAnn,A,B\n", 1, "two columns 'Site'"),
        ("pseudonym,,site\nAnn,A,B\n", 1, "column 2 has no name"),
        ("pseudonym,site\n", 1, "no participants"),
        ('pseudonym,site\nAnn,"A\nB,C\n', 2, "cannot be read"),
        ('pseudonym,"remark"\nAnn,"two\nlines"\nBen,"a"b\n', 4, "cannot be read"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_hint(text: str, line: int, problem: str) -> None:
    with pytest.raises(MistakeInFile, match=problem) as refusal:
        read(text)
    assert refusal.value.line == line
    assert refusal.value.hint


def test_the_nearest_heading_is_named() -> None:
    with pytest.raises(MistakeInFile) as refusal:
        read("pseudonim,site\nAnn,A\n")
    assert refusal.value.hint is not None and "rename pseudonim" in refusal.value.hint


def test_a_spreadsheet_is_told_to_be_saved_as_csv() -> None:
    with pytest.raises(InputError) as refusal:
        read_participants("p.xlsx", b"PK\x03\x04")
    assert refusal.value.hint == "save the table as CSV (UTF-8)"


cells = st.text(alphabet='abé;,"\n\t =1', max_size=6)


def outcome(content: bytes) -> ParticipantTable | QualcodeError:
    try:
        return read_participants("p.csv", content)
    except QualcodeError as refusal:
        return refusal


@given(
    st.one_of(
        st.binary(max_size=100),
        st.lists(cells, max_size=20).map(
            lambda parts: ("pseudonym,a\n" + ",".join(parts)).encode()
        ),
    )
)
def test_any_file_is_read_or_refused_with_a_hint(content: bytes) -> None:
    found = outcome(content)
    if isinstance(found, ParticipantTable):
        pseudonyms = [row.pseudonym.casefold() for row in found.rows]
        assert len(set(pseudonyms)) == len(pseudonyms) > 0
        assert all(all(values) for row in found.rows for values in row.values.values())
    else:
        assert found.hint
