"""The research journal as one HTML page that needs nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from qualcode.core.journal import JournalEntry
from qualcode.formats.journal.parts import by_day, heading

_STYLE = """
body { font: 1.05rem/1.6 Georgia, serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; }
h3 { font-size: .95rem; color: #444; margin: 1.6rem 0 .3rem; }
blockquote { margin: .6rem 0 .6rem 1.2rem; padding-left: 1rem; border-left: 3px solid #b8c4ce; }
p { white-space: pre-line; margin: .4rem 0; } .links { font: .85rem/1.4 system-ui, sans-serif; color: #444; }
@media (prefers-color-scheme: dark) { body { background: #16181a; color: #e6e6e6; } h3, .links { color: #b5b5b5; } }
"""


def journal_html(entries: Iterable[JournalEntry], *, title: str) -> str:
    """Return the page: the memos by day, each with its object, its quotation and what it points at."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n" + "\n".join(_body(entries)) + "\n</body>\n</html>\n"
    )


def _body(entries: Iterable[JournalEntry]) -> Iterator[str]:
    for day, found in by_day(entries):
        yield f"<h2>{day}</h2>"
        for entry in found:
            yield f"<h3>{escape(heading(entry))}</h3>"
            if entry.quote is not None:
                yield f"<blockquote><p>{escape(entry.quote)}</p></blockquote>"
            for part in entry.memo.body.strip().split("\n\n"):
                yield f"<p>{escape(part.strip())}</p>"
            if entry.links:
                yield f'<p class="links">See also: {escape(", ".join(entry.links))}</p>'
