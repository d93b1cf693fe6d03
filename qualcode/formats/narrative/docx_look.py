"""How a narrative looks as a word-processor document: styles a team can change, page numbers, pieces of its XML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from qualcode.formats.narrative.parts import Run, xml_text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWIPS_PER_CM = 567
_BODY_FONT = "Georgia"
_HEAD_FONT = "Calibri"
_INK, _GREY, _ALERT, _RULE = "1F2A37", "5A6472", "9B1C1C", "B8C0CA"
_STEM_CM = 1.1

# name, based on, size, facts: space before and after in points, colour, bold, italic, indents in cm
_STYLES: tuple[tuple[str, str, float, dict[str, Any]], ...] = (
    ("Method Line", "Normal", 10, {"color": _GREY, "italic": True, "after": 10}),
    ("Stale Note", "Normal", 9.5, {"color": _ALERT, "after": 6}),
    ("Definition", "Normal", 9.5, {"color": _GREY, "italic": True, "after": 6, "keep": True}),
    ("Speaker Role", "Normal", 9, {"color": _GREY, "bold": True, "before": 8, "after": 2, "keep": True, "caps": True}),
    ("Claim", "Normal", 11, {"bold": True, "before": 4, "after": 8}),
    ("Counter Evidence", "Normal", 11, {"before": 4, "after": 6}),
    ("Attribution", "Normal", 9, {"color": _GREY, "left": _STEM_CM, "after": 9}),
    ("Table Text", "Normal", 8.5, {"after": 0}),
)  # fmt: skip


def new_document(title: str) -> Any:
    """Return an empty document with its styles and page numbers; a page of A4 with margins of 2.5 cm."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = "qualcode"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2.5))
    _restyle(document)
    for name, base, size, facts in _STYLES:
        _add_style(document, name, base, size, facts)
    _number_pages(section, title)
    return document


def fill(document: Any, upright: Iterable[str], lying: Iterable[str]) -> None:
    """Put pieces of XML on upright pages, then further ones on pages laid on their side; called once, at the end."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.oxml import parse_xml
    from docx.shared import Cm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))
    # a whole new body: to move thousands of elements one by one into the old one takes a second
    old = document.element.body
    break_, last = old[-2], old[-1]
    content = f'{"".join(upright)}<w:p w:rsidR="turned"/>{"".join(lying)}'
    body = parse_xml(f'<w:body xmlns:w="{_W}">{content}</w:body>')
    place: Any = body.find(f"{{{_W}}}p[@{{{_W}}}rsidR='turned']")
    body.replace(place, break_)
    body.append(last)
    document.element.replace(old, body)


def paragraph(style: str, *runs: str, keeps_next: bool = False) -> str:
    """Return a paragraph in the style of this id; runs are pieces of XML."""
    kept = "<w:keepNext/>" if keeps_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{"".join(runs)}</w:p>'


def run(text: str, *, bold: bool = False, italic: bool = False, color: str = "") -> str:
    """Return words as a run; line breaks stay breaks, tabs tabs."""
    facts = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    facts += f'<w:color w:val="{color}"/>' if color else ""
    lines = xml_text(text).split("\n")
    words = "<w:br/>".join(_words(line) for line in lines)
    return f"<w:r>{f'<w:rPr>{facts}</w:rPr>' if facts else ''}{words}</w:r>"


def emphasised(runs: Iterable[Run]) -> str:
    return "".join(run(one.text, bold=one.bold, italic=one.italic) for one in runs)


def alert(text: str) -> str:
    """Return words that say that something is stale."""
    return run(text, color=_ALERT)


def bookmark(number: int, content: str) -> str:
    """Return content that `link` of the same number leads to."""
    name = f'<w:bookmarkStart w:id="{number}" w:name="q{number}"/>'
    return f'{name}{content}<w:bookmarkEnd w:id="{number}"/>'


def link(number: int) -> str:
    """Return a quotation's number as a link to it."""
    return f'<w:hyperlink w:anchor="q{number}" w:history="1">{run(str(number))}</w:hyperlink>'


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths_cm: Sequence[float],
    *,
    is_short: bool = False,
) -> str:
    """Return a table with thin rules between its rows; its head is repeated on every page, no row is torn apart.

    A short one stays whole on one page."""
    twips = [round(width * _TWIPS_PER_CM) for width in widths_cm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"'
    sides = f"<w:top {rule}/><w:bottom {rule}/><w:insideH {rule}/>"
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 25), ("left", 60), ("bottom", 25), ("right", 60))
    )
    head = _row([run(name, bold=True) for name in heads], twips, is_head=True, is_kept=True)
    body = "".join(
        _row([run("" if cell is None else str(cell)) for cell in row], twips, is_kept=is_short)
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f"<w:tblBorders>{sides}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>{paragraph('TableText')}"
    )


def _row(
    cells: Sequence[str], twips: Sequence[int], *, is_head: bool = False, is_kept: bool = False
) -> str:
    facts = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    held = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph('TableText', cell, keeps_next=is_kept)}</w:tc>"
        for cell, width in zip(cells, twips, strict=True)
    )
    return f"<w:tr><w:trPr>{facts}</w:trPr>{held}</w:tr>"


def _words(line: str) -> str:
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t")
    )


def _restyle(document: Any) -> None:
    """Set the styles that every document has: text, title, headings, quotations."""
    from docx.shared import Cm, Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _BODY_FONT, Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.25
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12.5), ("Heading 3", 11.5)):
        style = document.styles[name]
        _font(style, _HEAD_FONT)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(_INK)
        if name != "Title":
            style.paragraph_format.space_before = Pt(size + 3)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.keep_with_next = True
    quote = document.styles["Quote"]
    quote.font.italic, quote.font.size = False, Pt(10.5)
    quote.font.color.rgb = RGBColor.from_string(_INK)
    shape = quote.paragraph_format
    shape.left_indent, shape.first_line_indent, shape.right_indent = (
        Cm(_STEM_CM), Cm(-_STEM_CM), Cm(0.6),
    )  # fmt: skip
    shape.tab_stops.add_tab_stop(Cm(_STEM_CM))
    shape.space_after, shape.keep_with_next, shape.line_spacing = Pt(1), True, 1.15


def _add_style(document: Any, name: str, base: str, size: float, facts: dict[str, Any]) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    style.quick_style = True
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), facts.get("bold"), facts.get("italic")
    font.small_caps = facts.get("caps")
    if "color" in facts:
        font.color.rgb = RGBColor.from_string(facts["color"])
    shape.space_before, shape.space_after = Pt(facts.get("before", 0)), Pt(facts.get("after", 8))
    shape.keep_with_next = facts.get("keep")
    if "left" in facts:
        shape.left_indent = Cm(facts["left"])
    if name == "Table Text":
        shape.line_spacing = 1.0
        _font(style, _HEAD_FONT)


def _font(style: Any, name: str) -> None:
    """Give a style this font for all scripts that have none of their own; a theme's font goes before a named one."""
    from docx.oxml.ns import qn

    style.font.name = name
    fonts = style.element.rPr.rFonts
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    fonts.set(qn("w:hAnsi"), name)


def _number_pages(section: Any, title: str) -> None:
    """Write the title and `page of pages` at the foot of every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.shared import Pt

    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.paragraph_format.space_after = Pt(0)
    parts = (run(f"{title}  ·  "), _field("PAGE"), run(" of "), _field("NUMPAGES"))
    for element in parse_xml(f'<w:p xmlns:w="{_W}">{"".join(parts)}</w:p>'):
        foot._p.append(element)
    for one in foot.runs:
        one.font.size = Pt(8.5)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr={quoteattr(f" {name} ")}><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
