"""A narrative as one HTML page that needs nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from qualcode.core.narrative import NarrativeView, PassageView, ProseView, SectionView
from qualcode.formats.narrative.parts import (
    PROVENANCE_COLUMNS,
    about,
    attribution,
    coverage,
    prose_words,
    provenance,
    spoken,
    xml_text,
)

_STYLE = """
body { font: 1.05rem/1.6 Georgia, serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; }
h1, h2, h3, h4, h5, h6 { font-family: system-ui, sans-serif; line-height: 1.25; }
blockquote { margin: 1rem 0 1rem 1.5rem; padding-left: 1rem; border-left: 3px solid #b8c4ce; }
blockquote p { margin: 0 0 .4rem; white-space: pre-line; }
cite { font: .85rem/1.4 system-ui, sans-serif; color: #444; }
.stale { color: #8a1c1c; } .about, .note { font-style: italic; color: #444; }
table { border-collapse: collapse; font: .8rem/1.4 system-ui, sans-serif; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #ccc; vertical-align: top; }
@media (prefers-color-scheme: dark) { body { background: #16181a; color: #e6e6e6; } cite, .about, .note { color: #b5b5b5; }
 .stale { color: #ff9a9a; } th, td { border-color: #444; } }
"""


def narrative_html(view: NarrativeView) -> str:
    """Return the page. Every quotation has an anchor (`#q1`) that claims and the table link to."""
    body = xml_text("\n".join(_body(view)))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{xml_text(escape(view.title))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _body(view: NarrativeView) -> Iterator[str]:
    yield f"<h1>{escape(view.title)}</h1>"
    yield f'<p class="about">{escape(about(view))}</p>'
    for note in view.notes:
        yield f'<p class="note">{escape(note)}</p>'
    yield from _prose(view.opening)
    for section in view.sections:
        yield from _section(section)
    if view.counter:
        yield "<h2>What speaks against</h2>"
        yield from _prose(view.counter)
    if view.unplaced:
        yield "<h2>Prose whose place is gone</h2>"
        yield from _prose(view.unplaced)
    yield "<h2>Who speaks</h2>"
    yield from (f"<p>{escape(sentence)}</p>" for sentence in coverage(view))
    yield "<h2>Where each quotation was said</h2>"
    yield from _table(view)


def _section(section: SectionView) -> Iterator[str]:
    level = min(section.depth + 1, 5)
    if section.depth:
        yield f"<h{level}>{escape(section.name)}</h{level}>"
    yield from _prose(section.opening)
    for group in section.groups:
        yield f"<h{level + 1}>{escape(spoken(group.role))}</h{level + 1}>"
        for item in group.items:
            if isinstance(item, PassageView):
                state = ' class="stale"' if item.stale else ""
                yield (
                    f'<blockquote id="q{item.number}"{state}><p>{escape(item.text)}</p>'
                    f"<cite>[{item.number}] {escape(attribution(item))}</cite></blockquote>"
                )
            else:
                yield from _prose([item])


def _prose(pieces: Iterable[ProseView]) -> Iterator[str]:
    for prose in pieces:
        state = ' class="stale"' if prose.stale else ""
        paragraphs = [part for part in prose_words(prose).split("\n\n") if part.strip()]
        for part in paragraphs:
            yield f"<p{state}>{escape(part)}</p>"


def _table(view: NarrativeView) -> Iterator[str]:
    yield "<table>"
    yield "<tr>" + "".join(f"<th>{escape(name)}</th>" for name in PROVENANCE_COLUMNS) + "</tr>"
    for number, *cells in provenance(view):
        rest = "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in cells)
        yield f'<tr><td><a href="#q{number}">{number}</a></td>{rest}</tr>'
    yield "</table>"
