"""A narrative as Markdown, HTML and docx: every quotation letter for letter, numbered, and told where it was said."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import docx
import pytest
from lxml import html as page

from qualcode.core.narrative import (
    Coverage,
    CoverageOf,
    NarrativeView,
    PassageView,
    ProseKind,
    ProseView,
    RoleGroup,
    SectionView,
)
from qualcode.formats.narrative import narrative_docx, narrative_html, narrative_markdown
from qualcode.formats.narrative.parts import runs_of

TRICKY = "# not a heading\n1. not a list <b>*stars*</b> & [1] `code`\n- no bullet"


def passage(number: int, text: str, *, stale: str | None = None) -> PassageView:
    return PassageView(
        number=number,
        text=text,
        participants=("Ann",),
        role="officer",
        document="one",
        turn=number,
        begin_ms=61_000 if number == 1 else None,
        start=10 * number,
        end=10 * number + len(text),
        narrative_start=0,
        narrative_end=len(text),
        code="trust",
        also=("trust.earned",) if number == 2 else (),
        coding_id=number,
        stale=stale,
    )


def view() -> NarrativeView:
    claim = ProseView(1, ProseKind.CLAIM, "They *agree*.\n\nAll of them.", "Max", (1, 2))
    bare = ProseView(2, ProseKind.CLAIM, "Nobody knows.", "Max")
    stale = ProseView(3, ProseKind.CLAIM, "It was so.", "Max", (), 2, "evidence was recoded")
    gone = ProseView(4, ProseKind.CLAIM, "Half of it.", "Max", (1,), 1)
    group = RoleGroup(
        "officer", (passage(1, TRICKY), claim, passage(2, "Plain.", stale="recoded as rule"))
    )
    return NarrativeView(
        document="narrative-trust",
        title="Trust — Site A",
        theme="trust",
        by="site",
        value="A",
        basis="consensus",
        round="First",
        revision=1,
        order="as coded",
        opening=(ProseView(5, ProseKind.PROSE, "To begin with.", "Max"),),
        sections=(
            SectionView("trust", "Trust", 0, "", (bare,), ()),
            SectionView("trust.earned", "Earned trust", 1, "", (gone,), (group,)),
        ),
        counter=(ProseView(6, ProseKind.COUNTER, "But Bob says no.", "Max", (2,)),),
        unplaced=(stale,),
        coverage=Coverage(
            ("Ann",),
            ("Bob",),
            (CoverageOf("role", ("officer",), ("nurse",)), CoverageOf("sector", ("x",), ())),
        ),
        notes=("1 passage stale: 2; build again to bring them up to date",),
    )


def test_markdown_holds_headings_prose_quotations_and_the_table() -> None:
    text = narrative_markdown(view())
    headings = re.findall(r"^#+ .*$", text, re.MULTILINE)
    assert headings == [
        "# Trust — Site A",
        "## Earned trust",
        "## What speaks against",
        "## Prose whose place is gone",
        "## Who speaks",
        "## Appendix: where each quotation was said",
    ]
    assert "**officer**\n\n>" in text
    assert "**Claim.** They *agree*.\n\nAll of them. [1, 2]" in text
    assert "Nobody knows. (a claim without evidence)" in text
    assert "Half of it. [1] (STALE: 1 coding it names not in the narrative)" in text
    assert (
        "It was so. (STALE: evidence was recoded; 2 codings it names not in the narrative)" in text
    )
    assert "STALE: recoded as rule" in text and "also under Earned trust" in text
    assert (
        "| Participants (1 of 2) | Ann | Bob |" in text
        and "| Role (1 of 2) | officer | nurse |" in text
    )
    against = text.index("But Bob says no. [2]")
    assert against < text.index("> Plain.", against) < text.index("## Prose whose place")
    assert "*Order: as coded.*" in text
    assert "the consensus of First" in text


def test_markdown_of_a_quotation_reads_as_the_words_that_were_said() -> None:
    lines = narrative_markdown(view()).splitlines()
    first = lines.index(r"> \# not a heading")
    quoted = [line.removeprefix("> ") for line in lines[first : first + 3]]
    assert [re.sub(r"\\(.)", r"\1", line) for line in quoted] == TRICKY.split("\n")
    assert all(
        not line.lstrip("> ").startswith(("#", "1. ", "- ")) for line in lines[first : first + 3]
    )


def test_html_is_one_page_that_escapes_everything_and_links_within_itself() -> None:
    text = narrative_html(view())
    HTMLParser(convert_charrefs=True).feed(text)
    tree = page.fromstring(text)
    quotes = {one.get("id"): one.find("p").text_content() for one in tree.iter("blockquote")}
    assert quotes == {"q1": TRICKY, "q2": "Plain.", None: "Plain."}
    links = [one.get("href") for one in tree.iter("a")]
    assert links == ["#q1", "#q1", "#q2", "#q2", "#q2", "#q1", "#q2"]
    (claim, *_) = tree.xpath("//p[@class='claim'][em]")
    assert claim.text_content() == "They agree." and claim.find("em").text == "agree"
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    assert "<b>" not in text
    (state,) = tree.get_element_by_id("q2").xpath(".//span[@class='stale']")
    assert state.text == "STALE: recoded as rule"
    assert [one.text_content() for one in tree.iter("h2")][-2:] == [
        "Who speaks",
        "Appendix: where each quotation was said",
    ]


def test_docx_opens_and_holds_numbered_quotations_in_the_quote_style() -> None:
    document = docx.Document(io.BytesIO(narrative_docx(view())))
    quotes = [one.text for one in document.paragraphs if one.style.name == "Quote"]
    assert quotes == [f"1\t{TRICKY}", "2\tPlain.", "2\tPlain."]
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        "Earned trust",
        "What speaks against",
        "Prose whose place is gone",
        "Who speaks",
        "Appendix: where each quotation was said",
    ]
    speaking, table = document.tables
    assert [cell.text for cell in speaking.rows[1].cells] == [
        "Participants (1 of 2)",
        "Ann",
        "Bob",
    ]
    assert [cell.text for cell in table.rows[1].cells][:6] == [
        "1",
        "Ann",
        "officer",
        "one",
        "1",
        "0:01:01",
    ]
    assert document.core_properties.title == "Trust — Site A"
    portrait, landscape = document.sections
    assert portrait.page_width < portrait.page_height
    assert landscape.page_width > landscape.page_height
    assert "PAGE" in portrait.footer._element.xml and landscape.footer.is_linked_to_previous


def test_docx_sets_claims_off_and_their_numbers_lead_to_the_quotations() -> None:
    document = docx.Document(io.BytesIO(narrative_docx(view())))
    claims = [one for one in document.paragraphs if one.style.name == "Claim"]
    assert [one.text.replace("\xa0", " ") for one in claims] == [
        "Nobody knows. (a claim without evidence)",
        "Half of it. [1] (STALE: 1 coding it names not in the narrative)",
        "They agree.",
        "All of them. [1, 2]",
        "It was so. (STALE: evidence was recoded; 2 codings it names not in the narrative)",
    ]
    xml = document.element.xml
    marks = set(re.findall(r'w:bookmarkStart [^>]*w:name="(q\d+)"', xml))
    assert marks == {"q1", "q2"} and set(re.findall(r'w:anchor="(q\d+)"', xml)) == marks
    (agree,) = [run for run in claims[2].runs if run.text == "agree"]
    assert agree.italic
    notes = [one.text for one in document.paragraphs if one.style.name == "Stale Note"]
    assert notes == ["Note: 1 passage stale: 2; build again to bring them up to date"]


def test_columns_of_the_docx_table_have_widths_that_fit_the_page() -> None:
    document = docx.Document(io.BytesIO(narrative_docx(view())))
    for table, section in zip(document.tables, document.sections, strict=True):
        room = section.page_width - section.left_margin - section.right_margin
        widths = [cell.width for cell in table.rows[0].cells]
        assert (
            all(widths) and sum(widths) <= room + 400 * 635
        )  # a cell's margin hangs out by design
        assert [cell.width for cell in table.rows[1].cells] == widths


def test_emphasis_is_taken_apart_and_lone_asterisks_stay() -> None:
    assert [(one.text, one.bold, one.italic) for one in runs_of("a *b* **c d** e * f")] == [
        ("a ", False, False),
        ("b", False, True),
        (" ", False, False),
        ("c d", True, False),
        (" e * f", False, False),
    ]
    assert [one.text for one in runs_of("")] == [""]


def test_docx_leaves_out_what_a_docx_cannot_hold() -> None:
    one = view()
    broken = passage(1, "a\x00b\x0bc")
    section = SectionView("t", "T", 1, "", (), (RoleGroup("r", (broken,)),))
    made = narrative_docx(
        NarrativeView(
            "n", "N", "t", None, None, "Kit", None, 1, "o", (), (section,), (), (), one.coverage
        )
    )
    words = [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]
    assert any("ab" in word for word in words)


@pytest.mark.parametrize("writer", [narrative_markdown, narrative_html])
def test_narrative_of_one_coder_says_whose_codings_it_rests_on(writer: object) -> None:
    plain = NarrativeView(
        "n", "N", "t", None, None, "Kit", None, 1, "o", (), (), (), (), Coverage((), (), ())
    )
    text = writer(plain)  # type: ignore[operator]
    assert "the codings of Kit" in text and "Participants (0 of 0)" in text
