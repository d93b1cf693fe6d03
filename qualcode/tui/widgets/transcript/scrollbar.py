"""The scroll bar of the pane: drawn in the few strips it really has, as it moves with nearly every key."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

_BACK, _BAR = Color.parse("#555555"), Color.parse("#ff55ff")


class PaneScrollBar(ScrollBar):
    """Looks and acts as Textual's own, whose lines are each composed anew for every row that the text moves."""

    def __init__(self, *, thickness: int) -> None:
        super().__init__(vertical=True, name="vertical", thickness=thickness)
        self._strip_of: dict[Segment, Strip] = {}
        self._strips: list[Strip] = []
        self._drawn: tuple[object, ...] = ()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strip_of.clear()
        self._drawn = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return one strip per row; rows that look alike share one."""
        wanted = (
            self.size,
            self.window_virtual_size,
            self.window_size,
            self.position,
            self.mouse_over,
            bool(self.grabbed),
        )
        if wanted != self._drawn:
            self._strips, self._drawn = self._all_strips(), wanted
        strips = self._strips[crop.y : crop.bottom]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _all_strips(self) -> list[Strip]:
        bar = self.render()
        assert isinstance(bar, ScrollBarRender)
        assert isinstance(bar.style, Style)
        cells = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=self.size.width,
            back_color=bar.style.bgcolor or _BACK,
            bar_color=bar.style.color or _BAR,
        ).segments
        return [self._strip_of.get(cell) or self._strip(cell) for cell in cells]

    def _strip(self, cell: Segment) -> Strip:
        ground = self.rich_style
        strip = Strip([Segment(cell.text, ground + cell.style)], self.size.width)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.styles.background)
        self._strip_of[cell] = strip
        return strip
