"""A concept map as an SVG drawing, as Graphviz, and as a list."""

from __future__ import annotations

import textwrap
from html import escape

from qualcode.core.concept import Concept, ConceptLink, ConceptMap, LinkKind, layers
from qualcode.formats.narrative.parts import xml_text

_WIDTH, _HEIGHT = 190, 62
_GAP_X, _GAP_Y = 130, 34
_MARGIN = 30
_DASHED = {LinkKind.HINDERS, LinkKind.CONTRADICTS}
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1b1b1b;text-anchor:middle}"
    ".count,.kind{fill:#5a6570;font-size:11px}rect.box{fill:#f3f7fa;stroke:#5a6570}"
    "rect.idea{fill:#fff;stroke:#5a6570;stroke-dasharray:5 3}"
    "path{fill:none;stroke:#3f6a87;stroke-width:1.6}path.bare{stroke:#a8b3bb}"
    "path.dashed{stroke-dasharray:6 4}"
)


def concept_svg(found: ConceptMap) -> str:
    """Return the drawing: layers from left to right, an idea without a code in a dashed box, a link without

    evidence in grey, one that hinders or contradicts in dashes."""
    columns = layers(
        (concept.name for concept in found.concepts),
        ((link.source, link.target) for link in found.links),
    )
    tallest = max((len(column) for column in columns), default=1)
    height = 2 * _MARGIN + tallest * (_HEIGHT + _GAP_Y) - _GAP_Y
    width = 2 * _MARGIN + max(len(columns), 1) * (_WIDTH + _GAP_X) - _GAP_X
    places: dict[str, tuple[float, float]] = {}
    for n, column in enumerate(columns):
        free = height - 2 * _MARGIN - len(column) * (_HEIGHT + _GAP_Y) + _GAP_Y
        for row, name in enumerate(column):
            top = _MARGIN + free / 2 + row * (_HEIGHT + _GAP_Y)
            places[name] = _MARGIN + n * (_WIDTH + _GAP_X), top
    drawn = [_arrow(link, places) for link in found.links]
    drawn += [_box(concept, places[concept.name]) for concept in found.concepts]
    return xml_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">\n<title>{escape(found.name)}</title>\n'
        f"<style>{_STYLE}</style>\n"
        '<defs><marker id="to" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
        'markerHeight="8" orient="auto-start-reverse"><path d="M0,0 L10,5 L0,10" /></marker></defs>\n'
        '<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def concept_text(found: ConceptMap) -> str:
    """Return the map as Markdown: concepts with their counts, links with their evidence."""
    lines = [f"# {found.name}", "", "## Concepts", ""]
    lines += [f"- {concept.name}{_counts(concept)}" for concept in found.concepts]
    lines += ["", "## Links", ""]
    for link in found.links:
        lines.append(
            f"- {link.reading}: {_evidence(link)}" + (f". {link.note}" if link.note else "")
        )
    return "\n".join(lines) + "\n"


def concept_dot(found: ConceptMap) -> str:
    """Return the map for Graphviz."""
    lines = [f"digraph {_quoted(found.name)} {{", "  rankdir=LR; node [shape=box];"]
    for concept in found.concepts:
        style = "" if concept.code else " [style=dashed]"
        lines.append(f"  {_quoted(concept.name)}{style};")
    for link in found.links:
        both = ", dir=both" if link.mutual else ""
        label = _quoted(link.kind.value.replace("-", " "))
        lines.append(f"  {_quoted(link.source)} -> {_quoted(link.target)} [label={label}{both}];")
    return "\n".join([*lines, "}"]) + "\n"


def _box(concept: Concept, place: tuple[float, float]) -> str:
    x, y = place
    middle = x + _WIDTH / 2
    words = textwrap.wrap(concept.name, 24)[:2] or [concept.name]
    first = y + (24 if len(words) > 1 or concept.codings is not None else 36)
    drawn = [
        f'<rect class="{"box" if concept.code else "idea"}" x="{x:g}" y="{y:g}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>',
    ]
    for n, line in enumerate(words):
        drawn.append(f'<text x="{middle:g}" y="{first + 15 * n:g}">{escape(line)}</text>')
    if concept.codings is not None:
        people = f"{concept.codings} codings · {concept.participants} participants"
        drawn.append(f'<text class="count" x="{middle:g}" y="{y + 54:g}">{people}</text>')
    return f"<g><title>{escape(concept.name)}</title>{''.join(drawn)}</g>"


def _arrow(link: ConceptLink, places: dict[str, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = places[link.source], places[link.target]
    forward = x2 > x1
    start = (x1 + (_WIDTH if forward else 0), y1 + _HEIGHT / 2)
    end = (x2 + (0 if forward else _WIDTH), y2 + _HEIGHT / 2)
    if x1 == x2:
        start, end = (x1 + _WIDTH, y1 + _HEIGHT / 2), (x2 + _WIDTH, y2 + _HEIGHT / 2)
    bend = (1 if forward or x1 == x2 else -1) * _GAP_X / 2
    kinds = [*(["dashed"] if link.kind in _DASHED else []), *([] if link.evidence else ["bare"])]
    begin = ' marker-start="url(#to)"' if link.mutual else ""
    end_bend = bend if x1 == x2 else -bend
    middle = (start[0] + end[0]) / 2 + (bend if x1 == x2 else 0), (start[1] + end[1]) / 2 - 5
    return (
        f'<path class="{" ".join(kinds)}" d="M{start[0]:g},{start[1]:g} '
        f"C{start[0] + bend:g},{start[1]:g} {end[0] + end_bend:g},{end[1]:g} "
        f'{end[0]:g},{end[1]:g}" marker-end="url(#to)"{begin}/>'
        f'<text class="kind" x="{middle[0]:g}" y="{middle[1]:g}">'
        f"{escape(link.kind.value.replace('-', ' '))}</text>"
    )


def _counts(concept: Concept) -> str:
    if concept.codings is None:
        return " (the analyst's idea)"
    return f" (`{concept.code}`, {concept.codings} codings, {concept.participants} participants)"


def _evidence(link: ConceptLink) -> str:
    if not link.evidence and not link.gone:
        return "no evidence bound"
    words = "1 coding" if len(link.evidence) == 1 else f"{len(link.evidence)} codings"
    return words + (f", {link.gone} gone" if link.gone else "")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
