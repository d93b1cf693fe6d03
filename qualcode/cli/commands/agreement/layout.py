"""Lines of text in columns: how the tables of agreement fit into the terminal, or into a pipe."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

_PIPE_WIDTH = 100
_CONTROLS = dict.fromkeys((*range(32), 127, *range(128, 160)), " ")


def width() -> int:
    """Return how many columns there are to write in."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPE_WIDTH


def fitted(text: str, room: int) -> str:
    """Return the text cut to the room with an ellipsis, or filled up to it."""
    text = text.translate(_CONTROLS)
    if cell_len(text) > room:
        return set_cell_size(text, max(room - 1, 0)) + "…"
    return set_cell_size(text, room)


def columns(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()
) -> list[str]:
    """Return a table in lines; the columns named in `right` end at the same place, the last is never cut."""
    table = [list(heads), *(list(row) for row in rows)] if any(heads) else [list(r) for r in rows]
    widths = [max(cell_len(row[n]) for row in table) for n in range(len(heads))]
    lines = []
    for row in table:
        cells = [
            " " * (widths[n] - cell_len(cell)) + cell if n in right else fitted(cell, widths[n])
            for n, cell in enumerate(row)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def wrapped(text: str, room: int, *, indent: str = "") -> list[str]:
    """Return the text in lines of this width; later lines stand a little in."""
    found = textwrap.wrap(
        text.translate(_CONTROLS),
        max(room, 20),
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return found or [indent]
