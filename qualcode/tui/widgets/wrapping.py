"""Text broken into rows of a width in cells, between words; offsets stay those of the text."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size

Span = tuple[int, int]
_WORD = re.compile(r"\S+[^\S\n]*\n?|[^\S\n]*\n|[^\S\n]+")


def wrapped(text: str, width: int) -> list[Span]:
    """Return the rows of a text as half-open (start, end), broken between words; a line break stays one.

    A word wider than a row is broken where the row ends."""
    rows: list[Span] = []
    start = used = at = 0
    for found in _WORD.finditer(text):
        word = found.group()
        visible = cell_len(word.rstrip())
        if used and used + visible > width:
            rows.append((start, at))
            start, used = at, 0
        at = found.end()
        if visible > width:
            start = _broken(text, start, at, width, rows)
            used = cell_len(text[start:at])
        else:
            used += cell_len(word)
        if "\n" in word:
            rows.append((start, at))
            start, used = at, 0
    if at > start:
        rows.append((start, at))
    return rows


def wrapped_lines(text: str, width: int) -> list[str]:
    """Return the rows of a text as strings, without the space at their ends; one empty row for an empty text."""
    return [text[start:end].rstrip() for start, end in wrapped(text, max(width, 1))] or [""]


def cut(text: str, width: int) -> str:
    """Return the text cut to so many cells, with … where something is left out."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)) + "…"


def fitted(text: str, width: int) -> str:
    """Return the text cut or filled to just so many cells."""
    return set_cell_size(cut(text, width), width)


def _broken(text: str, start: int, end: int, width: int, rows: list[Span]) -> int:
    """Cut a wide word into full rows; return where the rest of it begins."""
    used = 0
    for at in range(start, end):
        cells = cell_len(text[at])
        if used + cells > width and at > start:
            rows.append((start, at))
            start, used = at, 0
        used += cells
    return start
