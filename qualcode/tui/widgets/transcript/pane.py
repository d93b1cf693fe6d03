"""The transcript pane: draws a model row by row, keeps its strips, and repaints exactly the rows that changed.

The pane owns the hot path: an action changes the model, names the dirty rows and calls `changed` directly, so
that one key costs one frame. Nothing here waits, and nothing here reads a project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.timer import Timer

from qualcode.tui.widgets.transcript import selection as moves
from qualcode.tui.widgets.transcript.geometry import Columns, columns_for, runs
from qualcode.tui.widgets.transcript.model import TranscriptModel
from qualcode.tui.widgets.transcript.paint import CodeLook, Painter, palette_of
from qualcode.tui.widgets.transcript.scrollbar import PaneScrollBar
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit

_PAGES_KEPT = 2
"""How many pages of painted rows are kept above and below what is in view."""
_CLICKED = {1: Unit.SENTENCE, 2: Unit.WORD, 3: Unit.TURN}
_EDGE_SECONDS = 1 / 30


class TranscriptPane(ScrollView, can_focus=True):
    """Shows one document. `changed` is called after every change of the selection or the current coding."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--text",
        "transcript--interviewer",
        "transcript--outside",
        "transcript--speaker",
        "transcript--time",
        "transcript--selection",
        "transcript--current",
        "transcript--hit",
        "transcript--stripe",
        "transcript--margin",
        "transcript--pointer",
    }
    DEFAULT_CSS = """
    TranscriptPane {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;
    }
    TranscriptPane > .transcript--interviewer { color: $foreground 70%; text-style: italic; }
    TranscriptPane > .transcript--outside { color: $foreground 55%; }
    TranscriptPane > .transcript--speaker { color: $foreground 80%; text-style: bold; }
    TranscriptPane > .transcript--time { color: $foreground 55%; }
    TranscriptPane > .transcript--selection { background: $primary-muted; color: $foreground; }
    TranscriptPane > .transcript--current { text-style: underline; }
    TranscriptPane > .transcript--hit { text-style: bold underline; color: $text-warning; }
    TranscriptPane > .transcript--margin { color: $foreground 70%; }
    TranscriptPane > .transcript--pointer { color: $text-accent; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.model: TranscriptModel | None = None
        self.columns = Columns(0, 0, 1, 0)
        self.look: Callable[[str], CodeLook] = lambda code: CodeLook("", code)
        self.changed: Callable[[], None] = lambda: None
        self.holding = False
        self.covered = 0
        """How many rows at the foot are hidden by something that lies over the pane."""
        self._painter: Painter | None = None
        self._rows: dict[int, Strip] = {}
        self._label = 0
        self._pressed: int | None = None
        self._dragged = False
        self._edge: Timer | None = None
        self._pointer_at = (0, 0)

    # -- showing a document ---------------------------------------------------------------------------

    def show(self, model: TranscriptModel) -> None:
        """Show this document from its selection on."""
        self.model = model
        self.holding = False
        labels = {turn.speaker for turn in model.reading.turns if turn.speaker}
        self._label = max((len(label) for label in labels), default=0)
        self._lay_out(force=True)
        self.reveal()
        self.changed()

    def restyle(self) -> None:
        """Draw everything anew: the theme or the looks of the codes have changed."""
        self._painter = None
        self._rows.clear()
        self.refresh()

    def mark_dirty(self, rows: Iterable[int]) -> None:
        """Forget these rows and repaint those in view."""
        top = self.scroll_offset.y
        bottom = top + self.size.height
        seen = []
        for row in rows:
            self._rows.pop(row, None)
            if top <= row < bottom:
                seen.append(row)
        if not seen:
            return
        width = self.size.width
        self.refresh(*(Region(0, low - top, width, count) for low, count in runs(sorted(seen))))

    def select(self, selection: Selection, *, reveal: bool = True) -> None:
        """Select, repaint the difference, bring the active end into view, and report."""
        if self.model is None:
            return
        self.mark_dirty(self.model.select(selection))
        if reveal:
            self.reveal()
        self.changed()

    def reveal(self) -> None:
        """Scroll so that the selection, or at least its active end, is in view with some text around it."""
        if self.model is None or not self.size.height:
            return
        table, selection = self.model.table, self.model.selection
        height = max(self.size.height - self.covered, 1)
        active = table.row_of(selection.active)
        first, last = (
            table.row_of(selection.start),
            table.row_of(max(selection.end - 1, selection.start)),
        )
        if last - first >= height:
            first = last = active
        around = min(2, (height - 1) // 3)
        top = self.scroll_offset.y
        if first - around < top:
            top = first - around
        elif last + around >= top + height:
            top = last + around - height + 1
        self._scroll_to_row(top)

    def offset_at(self, x: int, y: int) -> int:
        """Return the offset of the text nearest to this cell of the widget."""
        if self.model is None:
            return 0
        table = self.model.table
        row = min(max(y + self.scroll_offset.y, 0), len(table) - 1)
        return table.offset_at(row, x - self.columns.text_left)

    def cell_of_selection(self) -> Offset:
        """Return the cell of the screen where the selection begins, or the nearest one of the pane."""
        if self.model is None:
            return self.region.offset
        table, start = self.model.table, self.model.selection.start
        row = table.row_of(start)
        x = self.columns.text_left + table.cell_of(row, start)
        y = min(max(row - self.scroll_offset.y, 0), max(self.size.height - 1, 0))
        return self.region.offset + Offset(x, y)

    # -- actions (bound by the action table) ----------------------------------------------------------

    def action_move(self, unit: str, steps: int) -> None:
        """Select the next or previous unit, or extend to it while the selection is held."""
        if self.model is None:
            return
        step = moves.extend if self.holding else moves.move
        self.select(
            step(self.model.units, self.model.selection, Unit[unit.upper()], forward=steps > 0)
        )

    def action_extend(self, unit: str, steps: int) -> None:
        if self.model is None:
            return
        chosen = Unit[unit.upper()]
        self.select(
            moves.extend(self.model.units, self.model.selection, chosen, forward=steps > 0)
        )

    def action_page(self, steps: int) -> None:
        """Select the sentence one page further, or extend to it while the selection is held."""
        if self.model is None:
            return
        table = self.model.table
        row = table.row_of(self.model.selection.active) + steps * max(self.size.height - 2, 1)
        row = min(max(row, 0), len(table) - 1)
        self._scroll_to_row(self.scroll_offset.y + steps * max(self.size.height - 2, 1))
        self._go(table.start[row])

    def action_edge(self, steps: int) -> None:
        """Go to the beginning or the end of the document."""
        if self.model is not None:
            self._go(0 if steps < 0 else len(self.model.text))

    def action_grow(self) -> None:
        if self.model is not None:
            self.select(moves.grow(self.model.units, self.model.selection))

    def action_shrink(self) -> None:
        if self.model is not None:
            self.select(moves.shrink(self.model.units, self.model.selection))

    def action_swap(self) -> None:
        """Make the other end of the selection the active one."""
        if self.model is not None:
            self.select(moves.swap(self.model.selection))

    def action_hold(self) -> None:
        """Hold the selection, so that moving extends it; or let it go."""
        self.holding = not self.holding
        self.changed()

    # -- mouse ----------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self.model is None or event.button != 1:
            return
        event.stop()
        point = self.offset_at(event.x, event.y)
        self._dragged = False
        self._pressed = point
        if event.shift:
            self._pressed = self._far_end(point)
            self._dragged = True
            self._drag_to(point)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed is None:
            return
        event.stop()
        self._pointer_at = (event.x, event.y)
        point = self.offset_at(event.x, min(max(event.y, 0), self.size.height - 1))
        if point != self._pressed or self._dragged:
            self._dragged = True
            self._drag_to(point)
        outside = event.y < 0 or event.y >= self.size.height
        if outside and self._edge is None:
            self._edge = self.set_interval(_EDGE_SECONDS, self._scroll_at_edge)
        elif not outside:
            self._stop_edge()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._pressed is None:
            return
        event.stop()
        self._pressed = None
        self._stop_edge()
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """One click selects the sentence, two the word, three the turn."""
        if self.model is None or self._dragged:
            return
        unit = _CLICKED.get(event.chain, Unit.TURN)
        span = self.model.units.at(unit, self.offset_at(event.x, event.y))
        if span is not None:
            self.select(moves.selected(span, unit), reveal=False)

    def _far_end(self, point: int) -> int:
        """Return the end of the selection that stays when it is extended to this point."""
        selection = self.model.selection if self.model else Selection(0, 0)
        if point < selection.start:
            return selection.end
        return selection.start

    def _drag_to(self, point: int) -> None:
        if self.model is None or self._pressed is None:
            return
        low, high = min(self._pressed, point), max(self._pressed, point)
        under = self.model.units.at(Unit.CHARACTER, high)
        if under is not None and under[0] <= high < under[1]:
            high = under[1]
        start, end = self.model.units.snapped(low, min(high, len(self.model.text)))
        self.select(Selection(start, end, Unit.CHARACTER, point >= self._pressed), reveal=False)

    def _scroll_at_edge(self) -> None:
        x, y = self._pointer_at
        beyond = y if y < 0 else y - self.size.height + 1
        self._scroll_to_row(self.scroll_offset.y + max(min(beyond, 6), -6))
        self._drag_to(self.offset_at(x, min(max(y, 0), self.size.height - 1)))

    def _stop_edge(self) -> None:
        if self._edge is not None:
            self._edge.stop()
            self._edge = None

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            bar = PaneScrollBar(thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar = bar
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    # -- drawing --------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.restyle()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return kept strips where there are some. No border, padding or opacity may be set on the pane."""
        top, width = self.scroll_offset.y, self.size.width
        kept = self._rows.get
        strips = [kept(row) or self._strip(row) for row in range(top + crop.y, top + crop.bottom)]
        if crop.x or crop.width != width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _strip(self, row: int) -> Strip:
        painter = self._painter or self._new_painter()
        if painter is None:
            return Strip.blank(self.size.width, self.rich_style)
        strip = painter.row(row)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.styles.background)
        self._rows[row] = strip
        page = self.size.height
        if len(self._rows) > (3 * _PAGES_KEPT + 1) * page:
            near = range(row - _PAGES_KEPT * page, row + _PAGES_KEPT * page)
            self._rows = {kept: self._rows[kept] for kept in near if kept in self._rows}
        return strip

    def _new_painter(self) -> Painter | None:
        if self.model is None:
            return None
        width = self.size.width
        self._painter = Painter(
            self.model, self.columns, palette_of(self), width=width, look=self.look
        )
        return self._painter

    def _lay_out(self, *, force: bool = False) -> None:
        """Share the columns and wrap anew where the width has changed; the reading place stays in view."""
        width = self.size.width
        if self.model is None or width <= 0:
            return
        columns = columns_for(max(width - self.scrollbar_size_vertical, 1), self._label)
        if (
            not force
            and columns == self.columns
            and self._painter is not None
            and self._painter.width == width
        ):
            return
        held = self.model.table.start[min(self.scroll_offset.y, len(self.model.table) - 1)]
        self.columns = columns
        rewrapped = self.model.rewrap(columns.text)
        self._painter = None
        self._rows.clear()
        self.virtual_size = Size(width, len(self.model.table))
        if rewrapped:
            self._scroll_to_row(self.model.table.row_of(held))
            self.reveal()
        self.refresh()

    def _scroll_to_row(self, row: int) -> None:
        row = min(max(row, 0), self.max_scroll_y)
        if row != self.scroll_offset.y:
            self.scroll_to(y=row, animate=False, force=True)

    def _go(self, offset: int) -> None:
        if self.model is None:
            return
        span = self.model.units.at(Unit.SENTENCE, offset)
        if span is None:
            return
        old = self.model.selection
        if self.holding:
            start, end = min(old.start, span[0]), max(old.end, span[1])
            self.select(Selection(start, end, Unit.SENTENCE, span[1] >= old.end))
        else:
            self.select(moves.selected(span, Unit.SENTENCE))
