"""A taxonomy drawn as trees: the cover term at the left, included terms to its right."""

from __future__ import annotations

from html import escape

from qualcode.core.coding import shortened
from qualcode.core.taxonomy import DomainView, Taxonomy, TermView
from qualcode.formats.narrative.parts import xml_text

_ROW = 26
_INDENT = 230
_MARGIN = 24
_WIDEST = 34
_TITLE = 44
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1b1b1b}"
    ".cover{font-weight:700}.reading,.count{fill:#5a6570;font-size:11px}"
    ".none{fill:#8a1c1c}path{fill:none;stroke:#8fa3b3;stroke-width:1.4}"
)


def taxonomy_svg(taxonomy: Taxonomy) -> str:
    """Return one drawing with a tree for each domain, below each other; counts stand behind the terms."""
    pieces: list[str] = []
    top = _MARGIN
    depth = 0
    for domain in taxonomy.domains:
        drawn, height = _tree(domain, top)
        pieces += drawn
        top += height + _ROW
        depth = max([depth, *(term.depth + 1 for term in domain.terms)])
    width = 2 * _MARGIN + (depth + 1) * _INDENT + 60
    return xml_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top}" '
        f'viewBox="0 0 {width} {top}" role="img">\n<title>Taxonomy</title>\n'
        f"<style>{_STYLE}</style>\n"
        + '<rect width="100%" height="100%" fill="#fff"/>\n'
        + "\n".join(pieces)
        + "\n</svg>\n"
    )


def _tree(domain: DomainView, top: int) -> tuple[list[str], int]:
    rows = _rows(domain.terms)
    height = _TITLE + _ROW * max(
        len([term for term in domain.terms if not _has_below(term, domain)]), 1
    )
    tops = [rows[term.id] for term in domain.terms if term.parent is None]
    middle = (tops[0] + tops[-1]) / 2 if tops else 0.0
    base = top + _TITLE
    pieces = [
        f'<text class="reading" x="{_MARGIN}" y="{top + 12}">{escape(domain.reading)}: '
        f"Y = {escape(domain.cover_term)}</text>",
        _words(domain.cover_term, _MARGIN, base + middle * _ROW, "cover"),
    ]
    for term in domain.terms:
        x = _MARGIN + (term.depth + 1) * _INDENT
        y = base + rows[term.id] * _ROW
        from_row = middle if term.parent is None else rows[term.parent]
        pieces.append(_line(x - _INDENT, base + from_row * _ROW, x, y))
        pieces.append(_words(term.name, x, y, "" if term.has_evidence else "none", _figures(term)))
    return pieces, height


def _rows(terms: tuple[TermView, ...]) -> dict[int, float]:
    """Return the row of every term: leaves one below the other, what includes them at their middle."""
    below: dict[int | None, list[TermView]] = {}
    for term in terms:
        below.setdefault(term.parent, []).append(term)
    rows: dict[int, float] = {}
    free = 0

    def place(term: TermView) -> float:
        nonlocal free
        inner = [place(one) for one in below.get(term.id, [])]
        if inner:
            rows[term.id] = (inner[0] + inner[-1]) / 2
        else:
            rows[term.id] = float(free)
            free += 1
        return rows[term.id]

    for term in below.get(None, []):
        place(term)
    return rows


def _has_below(term: TermView, domain: DomainView) -> bool:
    return any(other.parent == term.id for other in domain.terms)


def _figures(term: TermView) -> str:
    if not term.has_evidence:
        return "no evidence"
    people = "1 participant" if term.participants == 1 else f"{term.participants} participants"
    return f"{term.codings} · {people}"


def _words(words: str, x: float, y: float, kind: str, figures: str = "") -> str:
    shown = escape(shortened(words, _WIDEST))
    second = f'<tspan class="count" x="{x:g}" dy="12">{escape(figures)}</tspan>' if figures else ""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}"><title>{escape(words)}</title>{shown}{second}</text>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    start, end = x1 + _INDENT * 0.78, x2 - 6
    middle = (start + end) / 2
    return (
        f'<path d="M{start:g},{y1 - 4:g} C{middle:g},{y1 - 4:g} '
        f'{middle:g},{y2 - 4:g} {end:g},{y2 - 4:g}"/>'
    )
