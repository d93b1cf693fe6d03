"""A page of blocks of different heights with a cursor that goes from block to block."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from qualcode.tui.widgets.lines import Line, Lines

Place = tuple[int, int]
"""A block's index and a line of it."""


class BlockList(Lines, can_focus=True):
    """Draws only the blocks that are seen: `draw` returns the lines of a block, and is asked again after `fill`.

    `moved` is called when the cursor stands on another block, `chosen` when a block is clicked twice. `covered` rows
    at the foot are hidden by something: the cursor's block is shown above them."""

    DEFAULT_CSS = """
    BlockList { height: 1fr; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.moved: Callable[[int], None] = lambda index: None
        self.chosen: Callable[[int], None] = lambda index: None
        self.cursor = 0
        self.covered = 0
        self._count = 0
        self._draw: Callable[[int], list[Line]] = lambda index: [()]
        self._known: dict[int, list[Line]] = {}
        self._top: Place = (0, 0)

    def fill(self, count: int, draw: Callable[[int], list[Line]], *, cursor: int) -> None:
        """Show so many blocks afresh, with the cursor on one of them."""
        self._count, self._draw = count, draw
        self._known.clear()
        self._top = min(self._top[0], max(count - 1, 0)), 0
        self.go(cursor)

    def go(self, index: int) -> None:
        """Put the cursor on a block and show it, whole where it fits."""
        self.cursor = min(max(index, 0), max(self._count - 1, 0))
        self._reveal()
        self._paint()
        self.moved(self.cursor)

    def step(self, by: int) -> None:
        """Go to the next or previous block; through a block that is higher than the screen line by line."""
        if by > 0 and self._hidden_below() > 0:
            self._scroll(min(self._hidden_below(), max(self._height // 2, 1)))
        elif by < 0 and self._top[0] == self.cursor and self._top[1] > 0:
            self._scroll(-min(self._top[1], max(self._height // 2, 1)))
        else:
            self.go(self.cursor + by)

    def page(self, by: int) -> None:
        """Go one screen on or back."""
        if not self._count:
            return
        self._top = self._moved(self._top, by * max(self._height - 2, 1))
        block, line = self._top
        self.cursor = min(block + (1 if line else 0), max(self._count - 1, 0))
        if by > 0 and self._top == self._last_top():
            self.cursor = max(self._count - 1, 0)
        if self._start_of(self.cursor) >= self._height:
            self.cursor = block
        self._paint()
        self.moved(self.cursor)

    def on_resize(self) -> None:
        self._known.clear()
        self._reveal()
        self._paint()

    def on_click(self, event: events.Click) -> None:
        block = self._at(event.y)
        if block is None:
            return
        again = block == self.cursor and event.chain > 1
        self.go(block)
        if again:
            self.chosen(block)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scroll(-3)

    # -- where things stand -------------------------------------------------------------------------------

    @property
    def _height(self) -> int:
        return max(self.size.height - self.covered, 1)

    def _block(self, block: int) -> list[Line]:
        known = self._known.get(block)
        if known is None:
            known = self._known[block] = self._draw(block) or [()]
        return known

    def _start_of(self, block: int) -> int:
        """Return on which row of the screen a block at or below the top begins."""
        top, line = self._top
        row = -line
        for index in range(top, block):
            row += len(self._block(index))
            if row > self._height:
                break
        return row

    def _hidden_below(self) -> int:
        """Return how many lines of the block at the cursor are below the screen; its empty last line does not count."""
        if self.cursor < self._top[0] or not self._count:
            return 0
        end = self._start_of(self.cursor) + len(self._block(self.cursor)) - 1
        return max(end - self._height, 0)

    def _reveal(self) -> None:
        if not self._count:
            return
        if self.cursor <= self._top[0]:
            self._top = (self.cursor, 0)
            return
        height = len(self._block(self.cursor)) - 1
        if height >= self._height:
            self._top = (self.cursor, 0)
        elif self._start_of(self.cursor) + height > self._height:
            self._top = self._moved((self.cursor, height), -self._height)

    def _moved(self, place: Place, lines: int) -> Place:
        """Return the place so many lines further down, or up; never beyond the ends."""
        block, line = place[0], place[1] + lines
        while line < 0 and block > 0:
            block -= 1
            line += len(self._block(block))
        while block < self._count - 1 and line >= len(self._block(block)):
            line -= len(self._block(block))
            block += 1
        line = min(max(line, 0), len(self._block(block)) - 1)
        return min((block, line), self._last_top()) if lines > 0 else (block, line)

    def _last_top(self) -> Place:
        """Return the lowest place at which the screen is still full."""
        block, room = self._count - 1, self._height
        while block > 0 and len(self._block(block)) < room:
            room -= len(self._block(block))
            block -= 1
        return max(block, 0), max(len(self._block(max(block, 0))) - room, 0)

    def _scroll(self, lines: int) -> None:
        """Move the text; the cursor goes with it where it would be lost."""
        if not self._count:
            return
        self._top = self._moved(self._top, lines)
        if self.cursor < self._top[0]:
            self.cursor = self._top[0]
        while self.cursor > self._top[0] and self._start_of(self.cursor) >= self._height:
            self.cursor -= 1
        self._paint()
        self.moved(self.cursor)

    def _at(self, row: int) -> int | None:
        block, line = self._top
        for index in range(block, self._count):
            rest = len(self._block(index)) - line
            if row < rest:
                return index
            row -= rest
            line = 0
        return None

    def _paint(self) -> None:
        shown: list[Line] = []
        block, line = self._top
        height = max(self.size.height, 1)
        while block < self._count and len(shown) < height:
            for n, content in enumerate(self._block(block)[line:], start=line):
                shown.append((self._edge(block, n, is_empty=not content), *content))
            block, line = block + 1, 0
        self.show(shown[:height])

    def _edge(self, block: int, line: int, *, is_empty: bool) -> tuple[str, str]:
        if block != self.cursor:
            return "  ", ""
        if is_empty and line == len(self._block(block)) - 1:
            return "  ", ""
        return ("▸ " if line == 0 else "│ "), "key"
