"""A grid of figures with a cursor on one cell, sorted by any column; columns that find no room scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual import events

from qualcode.tui.action_table import Where
from qualcode.tui.actions import bind
from qualcode.tui.widgets.lines import Line, Lines, Piece
from qualcode.tui.widgets.wrapping import fitted

_HEAT = {
    "below": ("#ffffff", "#b2182b"),
    "h0": ("#1b1f23", "#f7e3cf"),
    "h1": ("#1b1f23", "#e3e6ea"),
    "h2": ("#1b1f23", "#bcd4e6"),
    "h3": ("#10161c", "#5f9bc9"),
    "h4": ("#ffffff", "#175a91"),
}
_NAME = 34


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` sorts (None stands last); `role` is one of `Lines`, or a step of the heatmap: below, h0 … h4.

    A cell that is text stands at the left of its column."""

    text: str
    value: float | None = None
    role: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """`key` tells the row apart; a row without figures only heads those below it and cannot be chosen."""

    key: str
    name: str
    depth: int
    cells: tuple[Cell, ...]

    @property
    def has_figures(self) -> bool:
        return bool(self.cells)


class FigureGrid(Lines, can_focus=True):
    """`chosen` is called with the row's key and the column; `moved` whenever the cursor has moved.

    `empty` stands where there are no rows."""

    DEFAULT_CSS = """
    FigureGrid { height: 1fr; background: $background; }
    """

    def __init__(self, *places: Where, id: str | None = None) -> None:
        super().__init__(id=id)
        bind(self, Where.FIGURES, *places)
        self.chosen: Callable[[str, int], None] = lambda key, column: None
        self.moved: Callable[[], None] = lambda: None
        self.empty = ""
        self._tree: tuple[GridRow, ...] = ()
        self._rows: tuple[GridRow, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._widths: list[int] = []
        self._longest = 0
        self.row = self.column = 0
        self._top = self._left = 0
        self.sorted_by: tuple[int, bool] | None = None

    def fill(
        self, heads: Sequence[str], rows: Sequence[GridRow], *, column: int | None = 0
    ) -> None:
        """Show these rows in the order given; the cursor stays on the row of the same key, and begins in `column`.

        With None for `column` cursor and order stay as they are where the heads are the same as before."""
        key = self.key
        stays = column is None and tuple(heads) == self._heads
        self._heads, self._tree = tuple(heads), tuple(rows)
        self._longest = max((cell_len(_name(row, is_tree=True)) for row in rows), default=4)
        self._widths = [
            max((cell_len(row.cells[n].text) for row in rows if row.cells), default=0)
            for n in range(len(heads))
        ]
        self._widths = [
            max(width, cell_len(head)) for width, head in zip(self._widths, heads, strict=True)
        ]
        if stays:
            self._rows = self._sorted(*self.sorted_by) if self.sorted_by else self._tree
        else:
            self.sorted_by, self._rows = None, self._tree
            self._left, self.column = 0, min(column or 0, max(len(heads) - 1, 0))
        self._go_to_key(key)

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        return self._rows[self.row].key if self.row < len(self._rows) else None

    @property
    def head(self) -> str:
        return self._heads[self.column] if self._heads else ""

    def action_step(self, down: int, right: int) -> None:
        self.column = min(max(self.column + right, 0), max(len(self._heads) - 1, 0))
        self._go(self.row + down, down or 1)

    def action_page(self, by: int) -> None:
        self._go(self.row + by * max(self.size.height - 2, 1), by)

    def action_edge(self, by: int) -> None:
        self._go(0 if by < 0 else len(self._rows) - 1, -by)

    def action_choose(self) -> None:
        if self._rows and self._rows[self.row].has_figures:
            self.chosen(self._rows[self.row].key, self.column)

    def action_sort(self) -> None:
        """Sort by the column under the cursor, largest first; once more turns it round."""
        down = self.sorted_by != (self.column, True)
        self.sorted_by = (self.column, down)
        self._rows = self._sorted(self.column, down)
        self._go(0, 1)

    def action_tree(self) -> None:
        """Go back to the order in which the rows came."""
        key, self.sorted_by, self._rows = self.key, None, self._tree
        self._go_to_key(key)

    def go_to(self, key: str, column: int) -> None:
        """Put the cursor on this cell, where there is such a row."""
        self.column = min(max(column, 0), max(len(self._heads) - 1, 0))
        self._go_to_key(key)

    def on_resize(self) -> None:
        self._go(self.row, 1)

    def on_click(self, event: events.Click) -> None:
        row = self._top + event.y - 1
        if event.y >= 1 and row < len(self._rows):
            again = row == self.row and event.chain > 1
            self.column = self._column_at(event.x)
            self._go(row, 1)
            if again:
                self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.action_step(1, 0)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.action_step(-1, 0)

    def _sorted(self, column: int, down: bool) -> tuple[GridRow, ...]:
        known = [row for row in self._tree if row.cells and row.cells[column].value is not None]
        rest = [row for row in self._tree if row.cells and row.cells[column].value is None]
        known.sort(key=lambda row: row.cells[column].value or 0.0, reverse=down)
        return (*known, *rest)

    def _go_to_key(self, key: str | None) -> None:
        keys = [row.key for row in self._rows]
        self._go(keys.index(key) if key in keys else 0, 1)

    def _go(self, row: int, direction: int) -> None:
        """Put the cursor on this row, or on the next one in the direction that has figures."""
        if self._rows:
            row = min(max(row, 0), len(self._rows) - 1)
            step = 1 if direction >= 0 else -1
            row = self._with_figures(row, step)
        self.row = max(row, 0) if self._rows else 0
        height = max(self.size.height - 1, 1)
        if self.row < self._top:
            self._top = self.row
        elif self.row >= self._top + height:
            self._top = self.row - height + 1
        if not any(row.has_figures for row in self._rows[: self.row]):
            self._top = max(self.row - height + 1, 0)
        self._show_column()
        self._draw()
        self.moved()

    def _with_figures(self, row: int, step: int) -> int:
        for way in (step, -step):
            at = row
            while 0 <= at < len(self._rows):
                if self._rows[at].has_figures:
                    return at
                at += way
        return row

    def _name_width(self) -> int:
        """Return how wide the names are: whole where all columns fit beside them."""
        left = self.size.width - 4 - sum(width + 2 for width in self._widths)
        return min(self._longest, max(left, min(_NAME, max(self.size.width // 3, 12))))

    def _shown_columns(self) -> list[int]:
        room = self.size.width - self._name_width() - 2
        shown: list[int] = []
        for n in range(self._left, len(self._heads)):
            room -= self._widths[n] + 2
            if room < 0 and shown:
                break
            shown.append(n)
        return shown

    def _show_column(self) -> None:
        self._left = min(self._left, self.column)
        while self._heads and self.column not in self._shown_columns():
            self._left += 1

    def _column_at(self, x: int) -> int:
        at = 2 + self._name_width()
        for n in self._shown_columns():
            at += self._widths[n] + 2
            if x < at:
                return n
        return self.column

    def _draw(self) -> None:
        shown = self._shown_columns()
        height = max(self.size.height - 1, 1)
        if not self._rows and self.empty:
            self.show([(), ((f"  {self.empty}", "dim"),)])
            return
        lines = [self._head_line(shown)]
        for n, row in enumerate(self._rows[self._top : self._top + height], start=self._top):
            lines.append(self._row_line(row, shown, is_chosen=n == self.row))
        self.show(lines)

    def _head_line(self, shown: Sequence[int]) -> Line:
        more = "‹" if self._left else " "
        pieces: list[Piece] = [(f"{more} " + " " * self._name_width(), "dim")]
        for n in shown:
            arrow = ""
            if self.sorted_by is not None and self.sorted_by[0] == n:
                arrow = "↓" if self.sorted_by[1] else "↑"
            role = "key" if n == self.column else "dim"
            text = "  " + self._placed(self._heads[n], n)
            if arrow:
                at = len(text) - len(text.lstrip())
                text = text[: at - 1] + arrow + text[at:]
            pieces.append((text, role))
        if shown and shown[-1] < len(self._heads) - 1:
            pieces.append((" ›", "dim"))
        return tuple(pieces)

    def _row_line(self, row: GridRow, shown: Sequence[int], *, is_chosen: bool) -> Line:
        name = fitted(_name(row, is_tree=self.sorted_by is None), self._name_width())
        role = "strong" if is_chosen else ("" if row.cells else "dim")
        pieces: list[Piece] = [("▸ " if is_chosen else "  ", role), (name, role)]
        for n in shown if row.cells else ():
            cell = row.cells[n]
            text = self._placed(cell.text, n, is_text=cell.is_text)
            here = is_chosen and n == self.column
            is_drawn = cell.is_text and cell.role == "key"  # a bar turned round would look empty
            if here and is_drawn:
                pieces += [(" ", ""), ("›", "cell"), (text, cell.role)]
                continue
            pieces += [
                (" ", ""),
                (f"›{text}" if here else f" {text}", "cell" if here else cell.role),
            ]
        return tuple(pieces)

    def _placed(self, text: str, column: int, *, is_text: bool | None = None) -> str:
        """Return the text in the width of its column: words at the left, figures at the right."""
        if is_text is None:
            first = next((row for row in self._tree if row.cells), None)
            is_text = first is not None and first.cells[column].is_text
        space = " " * max(self._widths[column] - cell_len(text), 0)
        return text + space if is_text else space + text

    def _style(self, role: str) -> Style:
        if role == "cell":
            return self.get_component_rich_style("lines--strong") + Style(reverse=True)
        if role in _HEAT and role not in self._styles:
            color, ground = _HEAT[role]
            self._styles[role] = Style(color=color, bgcolor=ground)
        return super()._style(role)


def _name(row: GridRow, *, is_tree: bool) -> str:
    return "  " * max(row.depth - 1, 0) + row.name if is_tree else row.name
