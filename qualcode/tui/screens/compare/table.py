"""A finding as the workbench shows it: rows of cells, each with what it says in full and what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from qualcode.core.sheets import Sheet, SheetCell
from qualcode.tui.matching import holds
from qualcode.tui.widgets.figure_grid import Cell, GridRow
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import wrapped_lines

_MORE = " … m"
_STEPS = ("h0", "h1", "h2", "h3", "h4")
NOTHING = "·"
DRAWN = "drawn"
"""How the key of a column begins that is only a drawing: bars, boxes."""
FEW_MARK = "°"
"""Stands at whatever rests on few participants; the line below says it in words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands behind a cell: the quotations of a code, in a column, said by these participants (None: by anybody).

    `second` is the code that must stand with it; `title` says in words whose quotations they are."""

    title: str
    code: str
    column: str | None = None
    participants: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    second: str | None = None
    codings: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell: `text` as it stands in the grid, `value` for sorting and files, `told` in full, and what is behind it."""

    text: str
    value: float | None = None
    role: str = ""
    told: str = ""
    wanted: Wanted | None = None
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    name: str
    depth: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table. `heads` are the names of the columns in full, `keys` their keys; `corner` says what the rows are.

    `brief` are heads for a grid that has no room for names."""

    corner: str
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()

    def figure(self, key: str | None, column: int) -> Figure | None:
        """Return the cell of a row and the number of a column; None where there is none."""
        row = next((row for row in self.rows if row.key == key), None)
        return row.figures[column] if row is not None and column < len(row.figures) else None

    def holding(self, words: str) -> Shown:
        """Return the table with the rows that hold all these words in their name or id."""
        rows = tuple(row for row in self.rows if holds(f"{row.name} {row.key}", words))
        return Shown(self.corner, self.keys, self.heads, rows, self.notes, self.brief)

    def turned(self) -> Shown:
        """Return the table with rows and columns exchanged; rows that only head others are left out."""
        rows = [row for row in self.rows if row.figures]
        return Shown(
            self.corner,
            tuple(row.key for row in rows),
            tuple(row.name for row in rows),
            tuple(
                Row(key, head, 1, tuple(row.figures[n] for row in rows))
                for n, (key, head) in enumerate(zip(self.keys, self.heads, strict=True))
            ),
            self.notes,
        )

    def sheet(self, title: str, notes: Sequence[str] = (), *, exact: bool = False) -> Sheet:
        """Return the table for a file, without what is only drawn; with `exact`, shares as numbers from 0 to 1."""
        kept = [n for n, key in enumerate(self.keys) if not key.startswith(DRAWN)]
        return Sheet(
            title,
            (self.corner or " ", *(self.heads[n] for n in kept)),
            tuple(
                (
                    "  " * max(row.depth - 1, 0) + row.name.strip(),
                    *(
                        _written(row.figures[n], exact=exact) if row.figures else None
                        for n in kept
                    ),
                )
                for row in self.rows
            ),
            (*notes, *self.notes),
        )

    def grid_rows(self, room: int | None = None) -> list[GridRow]:
        """Return the rows for the grid; texts are cut to `room` cells."""
        return [
            GridRow(
                row.key,
                row.name,
                row.depth,
                tuple(
                    Cell(
                        shortened(one.text, room) if room and one.is_text else one.text,
                        one.value,
                        one.role,
                        one.is_text,
                    )
                    for one in row.figures
                ),
            )
            for row in self.rows
        ]


def heat(value: float | None, largest: float) -> str:
    """Return the step of the heatmap for a value between 0 and the largest one; what is 0 or undefined has none."""
    if not value or largest <= 0:
        return "dim"
    return _STEPS[min(int(value / largest * len(_STEPS)), len(_STEPS) - 1)]


def shortened(text: str, room: int) -> str:
    """Return the text on one line, cut to so many cells."""
    text = " ".join(text.split())
    return text if cell_len(text) <= room else set_cell_size(text, max(room - 1, 1)).rstrip() + "…"


def short_heads(heads: Sequence[str], room: int) -> list[str]:
    """Return the heads cut to so many cells each, still told apart: where two would look alike, the end stays instead."""
    cut = [shortened(head, room) for head in heads]
    return [
        short if cut.count(short) == 1 else _ending(head, room)
        for head, short in zip(heads, cut, strict=True)
    ]


def small_first(notes: Sequence[str]) -> list[str]:
    """Return the notes with what is not seen first, then the warning of small numbers."""
    first = ("no codings of", "small numbers")
    return sorted(notes, key=lambda note: [not note.startswith(start) for start in first])


def note_lines(text: str, width: int, *, rows: int = 1) -> list[Line]:
    """Return what is to be known of a table on so many rows; where it is longer, the key that shows it in full."""
    role = "warn" if "small numbers" in text else "dim"
    found = wrapped_lines(text, max(width - 2, 20))
    lines: list[Line] = [((f" {row}", role),) for row in found[:rows]]
    if len(found) > rows:
        last = wrapped_lines(found[rows - 1], max(width - 2 - len(_MORE), 20))[0]
        lines[-1] = ((f" {last}", role), (_MORE, "key"))
    return lines


def numbered(count: int, noun: str) -> str:
    """Return the number with its noun: `1 passage`, `2 passages`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _ending(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    while cell_len(text) > room - 1:
        text = text[1:]
    return "…" + text


def _written(figure: Figure, *, exact: bool) -> SheetCell:
    if figure.text == NOTHING:
        if figure.is_text or not exact:
            return None if figure.is_text else NOTHING
        return 0 if figure.value == 0 else None
    if not figure.text:
        return None
    plain = figure.text.replace(",", "").replace(FEW_MARK, "")
    is_same = figure.value is not None and plain == f"{figure.value:g}"
    if figure.value is not None and (is_same or (exact and plain.endswith("%"))):
        return int(figure.value) if figure.value.is_integer() else figure.value
    return figure.text
