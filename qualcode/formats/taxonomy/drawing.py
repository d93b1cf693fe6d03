"""A taxonomy drawn as trees: the cover term at the left, included terms to its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from qualcode.core.taxonomy import DomainView, Taxonomy, TermView
from qualcode.formats.narrative.parts import xml_text
from qualcode.formats.network.svg import number, text_width, wrapped

_LINE, _SMALL, _APART = 16.0, 13.0, 10.0
_GAP = 56.0
_MARGIN = 24.0
_FIT, _COVER_FIT = 32, 24
_TITLE, _BETWEEN = 34.0, 34.0
_STYLE = (
    "text{font:13px system-ui,'Segoe UI','Liberation Sans',sans-serif;fill:#1b1b1b}"
    "text.cover{font-weight:700}text.reading{fill:#5a6570;font-size:12px}"
    "tspan.count{fill:#5a6570;font-size:11px}text.none{fill:#8a1c1c}"
    "path{fill:none;stroke:#8fa3b3;stroke-width:1.4}"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands at one place of a tree: lines of a name, figures below them."""

    name: str
    lines: tuple[str, ...]
    figures: str
    kind: str

    @property
    def width(self) -> float:
        size = 14.0 if self.kind == "cover" else 13.0
        return max(
            [text_width(line, size) for line in self.lines] + [text_width(self.figures, 11)]
        )

    @property
    def height(self) -> float:
        return _LINE * len(self.lines) + (_SMALL if self.figures else 0) + _APART


@dataclass(slots=True)
class _Tree:
    """The places of one domain's terms: the middle of each, counted from the top of its tree."""

    words: dict[int | None, _Words]
    below: dict[int | None, list[TermView]]
    middles: dict[int | None, float] = field(default_factory=dict)
    free: float = 0.0

    def place(self, key: int | None) -> float:
        """Put a term at the middle of those it includes, or on the next free place; return its middle."""
        top, own = self.free, self.words[key].height
        inner = [self.place(one.id) for one in self.below.get(key, [])]
        if not inner:
            self.middles[key] = top + own / 2
            self.free = top + own
            return self.middles[key]
        self.middles[key] = (inner[0] + inner[-1]) / 2
        lacking = top - (self.middles[key] - own / 2)
        if lacking > 0:
            self._lower(key, lacking)
            self.free += lacking
        self.free = max(self.free, self.middles[key] + own / 2)
        return self.middles[key]

    def _lower(self, key: int | None, by: float) -> None:
        """Move a term with all it includes further down: its own words are taller than those."""
        self.middles[key] += by
        for one in self.below.get(key, []):
            self._lower(one.id, by)


def taxonomy_svg(taxonomy: Taxonomy) -> str:
    """Return one drawing with a tree for each domain, below each other; counts stand below the terms.

    Columns are as wide as what stands in them: no word is cut, no line runs through one."""
    trees = [_tree(domain) for domain in taxonomy.domains]
    widths = _columns(taxonomy.domains, trees)
    lefts = [_MARGIN + sum(widths[:n]) + n * _GAP for n in range(len(widths))]
    pieces: list[str] = []
    top = _MARGIN
    for domain, tree in zip(taxonomy.domains, trees, strict=True):
        pieces += _drawn(domain, tree, top, lefts, widths)
        top += _TITLE + tree.free + _BETWEEN
    width = max(2 * _MARGIN + sum(widths) + _GAP * max(len(widths) - 1, 0), 360.0)
    width = max(
        [width, *(_MARGIN * 2 + text_width(_reading(one), 12) for one in taxonomy.domains)]
    )
    size = f"{number(width)} {number(top)}"
    return xml_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" height="{number(top)}" '
        f'viewBox="0 0 {size}" role="img">\n<title>Taxonomy</title>\n'
        f"<style>{_STYLE}</style>\n"
        + '<rect width="100%" height="100%" fill="#fff"/>\n'
        + "\n".join(pieces)
        + "\n</svg>\n"
    )


def _tree(domain: DomainView) -> _Tree:
    below: dict[int | None, list[TermView]] = {}
    cover = tuple(wrapped(domain.cover_term, _COVER_FIT))
    words: dict[int | None, _Words] = {None: _Words(domain.cover_term, cover, "", "cover")}
    for term in domain.terms:
        below.setdefault(term.parent, []).append(term)
        kind = "" if term.has_evidence else "none"
        lines = tuple(wrapped(term.name, _FIT))
        words[term.id] = _Words(term.name, lines, _figures(term), kind)
    tree = _Tree(words, below)
    tree.place(None)
    return tree


def _columns(domains: Sequence[DomainView], trees: Sequence[_Tree]) -> list[float]:
    """Return how wide the words are at each depth, the cover terms first."""
    widths: dict[int, float] = {}
    for domain, tree in zip(domains, trees, strict=True):
        widths[0] = max(widths.get(0, 0.0), tree.words[None].width)
        for term in domain.terms:
            depth = term.depth + 1
            widths[depth] = max(widths.get(depth, 0.0), tree.words[term.id].width)
    return [widths[depth] for depth in sorted(widths)]


def _drawn(
    domain: DomainView, tree: _Tree, top: float, lefts: list[float], widths: list[float]
) -> list[str]:
    base = top + _TITLE
    pieces = [
        f'<text class="reading" x="{number(_MARGIN)}" y="{number(top + 10)}">'
        f"{escape(_reading(domain))}</text>",
        _text(tree.words[None], lefts[0], base + tree.middles[None]),
    ]
    for term in domain.terms:
        above = tree.words[term.parent]
        start = lefts[term.depth] + above.width + 6
        y1, y2 = base + tree.middles[term.parent], base + tree.middles[term.id]
        left = lefts[term.depth + 1]
        pieces.append(_line(start, lefts[term.depth] + widths[term.depth], y1, left - 6, y2))
        pieces.append(_text(tree.words[term.id], left, y2))
    return pieces


def _reading(domain: DomainView) -> str:
    return f"{domain.reading} ({domain.relationship.words})"


def _figures(term: TermView) -> str:
    if not term.has_evidence:
        return "no evidence"
    codings = "1 coding" if term.codings == 1 else f"{term.codings} codings"
    people = "1 participant" if term.participants == 1 else f"{term.participants} participants"
    return f"{codings} · {people}"


def _text(words: _Words, x: float, middle: float) -> str:
    """Return the words with their lines around a middle, each line a tspan so that long names wrap."""
    first = middle - (words.height - _APART) / 2 + 12
    spans = [
        f'<tspan x="{number(x)}" y="{number(first + n * _LINE)}">{escape(line)}</tspan>'
        for n, line in enumerate(words.lines)
    ]
    if words.figures:
        y = number(first + len(words.lines) * _LINE - 2)
        spans.append(
            f'<tspan class="count" x="{number(x)}" y="{y}">{escape(words.figures)}</tspan>'
        )
    kind = f' class="{words.kind}"' if words.kind else ""
    return f"<text{kind}><title>{escape(words.name)}</title>{''.join(spans)}</text>"


def _line(start: float, edge: float, y1: float, end: float, y2: float) -> str:
    """Return a line that runs level to the edge of its column and bends in the gap only."""
    edge = max(edge, start)
    middle = number((edge + end) / 2)
    return (
        f'<path d="M{number(start)},{number(y1)} L{number(edge)},{number(y1)} C{middle},{number(y1)} '
        f'{middle},{number(y2)} {number(end)},{number(y2)}"/>'
    )
