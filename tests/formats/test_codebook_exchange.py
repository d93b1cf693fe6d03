"""REFI-QDA's codebook exchange: what goes out comes back as far as the format can say it; what is no such file is refused."""

from __future__ import annotations

import contextlib
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook, Theme
from qualcode.errors import MistakeInFile, QualcodeError
from qualcode.formats.codebook.exchange import NAMESPACE, read_qdc, write_qdc

BOOK = Codebook(
    codes=(
        Code("a", "What helps", definition="Good.", include=("this", "that"), aliases=("help",), color="#112233", uid=uuid.UUID(int=1)),
        Code("a.trust", "Trust", parent="a", example=("I trust & <rely>.",), uid=uuid.UUID(int=2)),
        Code("b", "Größe", uid=uuid.UUID(int=3)),
    ),
    themes=(Theme("t", "Both", ("a.trust", "b")),),
)  # fmt: skip


def file(inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="{NAMESPACE}" origin="x">{inner}</CodeBook>'.encode()


def test_names_tree_colours_uids_descriptions_and_sets_come_back() -> None:
    found = read_qdc("c.qdc", write_qdc(BOOK).encode()).codebook
    assert [(code.key, code.name, code.parent, code.uid) for code in found.codes] == [
        ("what_helps", "What helps", None, uuid.UUID(int=1)),
        ("what_helps.trust", "Trust", "what_helps", uuid.UUID(int=2)),
        ("grösse", "Größe", None, uuid.UUID(int=3)),
    ]
    assert [code.color for code in found.codes] == ["#112233", "#112233", None]
    assert found.codes[0].definition == "Good.\nInclude: this\nInclude: that\nAliases: help"
    assert found.codes[1].definition == "Example: I trust & <rely>."
    assert found.themes == (Theme("both", "Both", ("what_helps.trust", "grösse")),)


def test_the_file_has_the_elements_of_the_standard_in_their_order() -> None:
    text = write_qdc(BOOK)
    assert text.startswith(
        '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0"'
    )
    assert text.index("<Codes>") < text.index("<Sets>")
    assert '<MemberCode guid="00000000-0000-0000-0000-000000000003"' in text
    assert "<Sets>" not in write_qdc(Codebook(codes=BOOK.codes))


def test_ids_that_would_be_alike_are_told_apart() -> None:
    found = read_qdc(
        "c.qdc", file('<Codes><Code name="A b"/><Code name="a-b"/><Code name="…"/></Codes>')
    )
    assert [code.key for code in found.codebook.codes] == ["a_b", "a_b_2", "code"]


def test_what_other_programs_write_differently_is_taken() -> None:
    inner = (
        '<Codes><Code guid="{AAAAAAAA-0000-0000-0000-000000000001}" name=" Two  words " color="rgb(1,2,3)" isCodable="false">'
        '<NoteRef targetGUID="x"/></Code></Codes>'
        '<Sets><Set guid="y" name="S"><MemberCode targetGUID="aaaaaaaa-0000-0000-0000-000000000001"/><MemberCode guid="zz"/></Set></Sets>'
    )
    found = read_qdc("c.qdc", file(inner)).codebook
    assert (found.codes[0].name, found.codes[0].color) == ("Two words", None)
    assert found.themes[0].codes == ("two_words",)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no well-formed XML"),
        (b"<CodeBook", "no well-formed XML"),
        (b"<Project/>", "holds a Project, not a CodeBook"),
        (file("<Codes><Code/></Codes>"), "a code has no name"),
        (file("<Codes>" + '<Code name="x">' * 40 + "</Code>" * 40 + "</Codes>"), "nested deeper"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>', "declares entities or a DTD"),
    ],
)
def test_what_is_no_codebook_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(MistakeInFile, match=why):
        read_qdc("c.qdc", content)


names = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="￾￿"), min_size=1).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip


@given(st.lists(names, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_names_come_back(given_names: list[str]) -> None:
    codes: list[Code] = []
    for n, name in enumerate(given_names):
        parent = codes[-1].key if n % 2 else None
        codes.append(Code(f"c{n}" if parent is None else f"{parent}.c{n}", name, parent=parent))
    found = read_qdc("c.qdc", write_qdc(Codebook(codes=tuple(codes))).encode()).codebook
    assert [code.name for code in found.codes] == given_names
    assert [code.parent is None for code in found.codes] == [code.parent is None for code in codes]


@given(st.binary(max_size=200))
def test_no_file_makes_the_reader_fall(content: bytes) -> None:
    with contextlib.suppress(QualcodeError):
        read_qdc("c.qdc", content)
