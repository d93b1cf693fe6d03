"""A narrative as one HTML page that needs nothing from anywhere else, and prints as a results section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from qualcode.core.narrative import (
    NarrativeView,
    PassageView,
    ProseKind,
    ProseView,
    SectionView,
)
from qualcode.formats.narrative.parts import (
    AGAINST,
    APPENDIX,
    PROVENANCE_COLUMNS,
    SPEAKING,
    UNPLACED,
    about,
    coverage,
    credit,
    names_of,
    paragraphs,
    prose_state,
    provenance,
    runs_of,
    spoken,
    xml_text,
)

_DEEPEST = 5
_STYLE = """
:root { --ink: #1f2a37; --grey: #5a6472; --rule: #b8c0ca; --alert: #9b1c1c; --ground: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --grey: #a9b2bd; --rule: #4a525c; --alert: #ff9a9a; --ground: #16181a; } }
body { font: 1.05rem/1.6 Georgia, serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color: var(--ink); background: var(--ground); }
h1, h2, h3, h4, h5, h6 { font-family: Calibri, "Segoe UI", system-ui, sans-serif; line-height: 1.25; margin: 2.2rem 0 .4rem; }
h1 { font-size: 1.9rem; margin-top: 0; border-bottom: 1px solid var(--rule); padding-bottom: .4rem; }
.about, .definition { font-style: italic; color: var(--grey); font-size: .95rem; margin: .2rem 0 1rem; }
.role { font: 600 .85rem/1.4 Calibri, "Segoe UI", system-ui, sans-serif; color: var(--grey); letter-spacing: .06em; text-transform: uppercase; margin: 1.2rem 0 .3rem; }
blockquote { display: grid; grid-template-columns: 2.2rem 1fr; margin: .6rem 0 1rem; break-inside: avoid; }
blockquote p { margin: 0; white-space: pre-line; }
blockquote .number { font-weight: 600; }
cite { grid-column: 2; font: normal .85rem/1.4 Calibri, "Segoe UI", system-ui, sans-serif; color: var(--grey); margin-top: .2rem; }
.claim { font-weight: 600; } .stale, .note { color: var(--alert); } a { color: inherit; }
table { border-collapse: collapse; width: 100%; font: .82rem/1.4 Calibri, "Segoe UI", system-ui, sans-serif; }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
td:first-child { white-space: nowrap; }
.wide { overflow-x: auto; } tr { break-inside: avoid; } thead { display: table-header-group; }
@page { margin: 2.2cm; @bottom-center { content: counter(page) " of " counter(pages); font: 8pt sans-serif; } }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } h1, h2, h3, h4, .role, .definition { break-after: avoid; } .appendix { break-before: page; } }
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
    names = names_of(view)
    yield f"<h1>{escape(view.title)}</h1>"
    yield f'<p class="about">{escape(about(view))}</p>'
    for note in view.notes:
        yield f'<p class="note">Note: {escape(note)}</p>'
    yield from _prose(view.opening)
    for section in view.sections:
        yield from _section(section, names)
    if view.counter:
        yield f"<h2>{AGAINST}</h2>"
        for piece in view.counter:
            yield from _prose([piece])
            for number in piece.evidence:
                yield _quotation(view.passage(number), names, is_again=True)
    if view.unplaced:
        yield f"<h2>{UNPLACED}</h2>"
        yield from _prose(view.unplaced)
    yield f"<h2>{SPEAKING}</h2>"
    heads = ("", "Speak", "Could have spoken and do not")
    yield from _table(heads, ([escape(cell) for cell in row.words] for row in coverage(view)))
    yield f'<h2 class="appendix">{APPENDIX}</h2>'
    yield f'<p class="about">Order: {escape(view.order)}.</p>'
    yield from _table(PROVENANCE_COLUMNS, (_place(row) for row in provenance(view)))


def _section(section: SectionView, names: Mapping[str, str]) -> Iterator[str]:
    level = min(section.depth + 1, _DEEPEST)
    if section.depth:
        yield f"<h{level}>{escape(section.name)}</h{level}>"
        if section.definition:
            yield f'<p class="definition">{escape(section.definition)}</p>'
    yield from _prose(section.opening)
    for group in section.groups:
        yield f'<p class="role">{escape(spoken(group.role))}</p>'
        for item in group.items:
            if isinstance(item, PassageView):
                yield _quotation(item, names)
            else:
                yield from _prose([item])


def _quotation(passage: PassageView, names: Mapping[str, str], *, is_again: bool = False) -> str:
    number = passage.number
    label = f'<a href="#q{number}">{number}</a>' if is_again else str(number)
    anchor = "" if is_again else f' id="q{number}"'
    state = f' <span class="stale">STALE: {escape(passage.stale)}</span>' if passage.stale else ""
    return (
        f'<blockquote{anchor}><span class="number">{label}</span><p>{escape(passage.text)}</p>'
        f"<cite>{escape(credit(passage, names))}{state}</cite></blockquote>"
    )


def _prose(pieces: Iterable[ProseView]) -> Iterator[str]:
    for prose in pieces:
        kind = "" if prose.kind is ProseKind.PROSE else f' class="{prose.kind.value}"'
        parts = paragraphs(prose)
        for n, part in enumerate(parts, start=1):
            words = "".join(
                _tagged(escape(one.text), "strong" if one.bold else "em" if one.italic else "")
                for one in runs_of(part)
            )
            if n == len(parts):
                words += _resting(prose)
            yield f"<p{kind}>{words}</p>"


def _resting(prose: ProseView) -> str:
    words = ""
    if prose.evidence:
        links = ", ".join(f'<a href="#q{number}">{number}</a>' for number in prose.evidence)
        words += f" [{links}]"
    state = prose_state(prose)
    if state:
        is_bare = not prose.stale and not prose.evidence_gone
        told = escape(state if is_bare else f"STALE: {state}")
        words += f' <span class="stale">({told})</span>'
    return words


def _tagged(words: str, tag: str) -> str:
    return f"<{tag}>{words}</{tag}>" if tag else words


def _place(row: Sequence[object]) -> list[str]:
    number, *cells = row
    rest = [escape("" if cell is None else str(cell)) for cell in cells]
    return [f'<a href="#q{number}">{number}</a>', *rest]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table of cells that are HTML already."""
    yield '<div class="wide"><table>'
    cells = "".join(f"<th>{escape(name)}</th>" for name in heads)
    yield f"<thead><tr>{cells}</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div>"
