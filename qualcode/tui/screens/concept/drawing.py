"""What the screen of a concept map shows: the picture with what is chosen in it, links and concepts as lines."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.geometry import Size

from qualcode.core.concept import Concept, ConceptLink, ConceptMap
from qualcode.core.quotations import Quotation
from qualcode.tui.screens.concept.session import ConceptSession, counted
from qualcode.tui.widgets.lines import Line, Piece
from qualcode.tui.widgets.wrapping import wrapped_lines


def picture_lines(
    drawn: Sequence[str], size: Size, corner: tuple[int, int], label: str, names: Sequence[str]
) -> list[Line]:
    """Return the part of the picture that is seen, the label of the chosen link and the chosen boxes marked."""
    left, top = corner
    height = max(size.height, 1)
    shown = drawn[top : top + height]
    lines: list[Line] = [((" ", ""), *_marked(line[left:], label, names)) for line in shown]
    below = len(drawn) - top - height
    if below > 0 and lines:
        lines[-1] = ((f" … {counted(below + 1, 'more line')}: J", "dim"),)
    return lines


def find_words(drawn: Sequence[str], wanted: Sequence[str]) -> tuple[int, int] | None:
    """Return (row, column) of the first of these words that stands in the picture; None when none does.

    The name of a box may be broken between words: its first line is found then."""
    for words in wanted:
        for part in (words, " ".join(words.split()[:2]), words[:12]):
            for row, line in enumerate(drawn):
                if part and part in line:
                    return row, line.index(part)
    return None


def _marked(line: str, label: str, names: Sequence[str]) -> list[Piece]:
    for words, role in ((label, "chosen"), *((name, "strong") for name in names)):
        at = line.find(words) if words else -1
        if at >= 0 and not line[at + len(words) : at + len(words) + 1].isalnum():
            before, after = line[:at], line[at + len(words) :]
            return [*_marked(before, label, names), (words, role), *_marked(after, label, names)]
    return [(line, "")]


def link_rows(links: Sequence[tuple[int, ConceptLink]], width: int) -> list[Line]:
    """Return a line for each link with its number in the picture, kind and evidence."""
    ends = [f"{one.source} {'⇄' if one.mutual else '→'} {one.target}" for _, one in links]
    name = min(max((cell_len(text) for text in ends), default=8), max(width - 34, 20))
    return [
        (
            (f"{number:>3} ", "key"),
            (fitted(text, name) + "  ", "strong"),
            (f"{one.words:<12}  ", ""),
            *_evidence(one),
            (f"  {' '.join(one.note.split())}", "dim"),
        )
        for (number, one), text in zip(links, ends, strict=True)
    ]


def concept_rows(concepts: Sequence[Concept], found: ConceptMap, width: int) -> list[Line]:
    """Return a line for each concept with its code, counts and links."""
    name = min(max((cell_len(one.name) for one in concepts), default=8), max(width // 2, 20))
    rows: list[Line] = []
    for one in concepts:
        links = sum(one.name in (link.source, link.target) for link in found.links)
        counts = (
            "an idea, no code"
            if one.codings is None
            else f"{counted(one.codings, 'coding')}, {counted(one.participants or 0, 'participant')}"
        )
        rows.append(
            (
                (fitted(one.name, name) + "  ", "strong"),
                (f"{counts:<28}  ", ""),
                (f"{counted(links, 'link'):<8}  {one.code or ''}", "dim"),
            )
        )
    return rows


def link_panel(link: ConceptLink | None, quote: Quotation | None, width: int) -> list[Line]:
    """Return what is to be known of a link: its note, who drew it, the first words that speak for it."""
    if link is None:
        return []
    why = f"  {' '.join(link.note.split())}" if link.note else "  E says why"
    lines: list[Line] = [
        ((f" {link.reading}", "strong"), (f"  by {link.author}", "dim"), (why, "" if link.note else "dim"))
    ]  # fmt: skip
    if quote is None:
        return [*lines, ((" no evidence: + attaches quotations", "warn"),)]
    who = " and ".join(quote.participants) or quote.document
    words = f"“{' '.join(quote.quote.split())}” ({who})"
    return [*lines, *(((f"  {line}", ""),) for line in wrapped_lines(words, width - 4))]


def concept_panel(one: Concept | None, session: ConceptSession, width: int) -> list[Line]:
    """Return what is to be known of a concept: the code's definition, and what it is linked to."""
    if one is None:
        return []
    code = session.book.by_key.get(one.code or "")
    told = code.definition if code is not None else "an idea of the analyst's own: c binds a code"
    links = [link.reading for link in session.map.links if one.name in (link.source, link.target)]
    lines: list[Line] = [((f" {one.name}", "strong"), (f"  {one.code or ''}  {told}", "dim"))]
    said = "; ".join(links) or "not linked yet: n links it"
    return [*lines, *(((f"  {line}", ""),) for line in wrapped_lines(said, width - 4))]


def fitted(text: str, width: int) -> str:
    """Return the text in exactly this many cells, cut with an ellipsis."""
    if cell_len(text) > width:
        return set_cell_size(text, max(width - 1, 0)) + "…"
    return set_cell_size(text, width)


def _evidence(link: ConceptLink) -> tuple[Piece, ...]:
    gone: tuple[Piece, ...] = ((f", {link.gone} gone (D)", "warn"),) if link.gone else ()
    if not link.evidence:
        return (("no evidence", "warn"), *gone)
    return ((counted(len(link.evidence), "quotation"), ""), *gone)
