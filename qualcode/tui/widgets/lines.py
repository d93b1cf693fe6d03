"""A block of styled lines that repaints only what changed and never asks for a new layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Piece = tuple[str, str]
"""A text and its role: "", "dim", "strong", "key", "warn", "good", "chosen", or a colour as `#rrggbb`."""
Line = tuple[Piece, ...]

_ROLES = ("dim", "strong", "key", "warn", "good", "chosen")


class Lines(Widget):
    """Shows lines from the top; what does not fit is cut off, with a count of the lines left out.

    Finished strips are kept, so that a frame that leaves a line alone costs nothing. No border or padding may be
    set on it; `EDGE` is drawn at the left of every line instead."""

    ALLOW_SELECT = False
    EDGE: ClassVar[Line] = ()
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{role}" for role in _ROLES}
    DEFAULT_CSS = """
    Lines { height: 1; background: $surface; color: $foreground; }
    Lines > .lines--dim { color: $foreground 60%; }
    Lines > .lines--strong { text-style: bold; }
    Lines > .lines--key { color: $text-accent; text-style: bold; }
    Lines > .lines--warn { color: $text-warning; text-style: bold; }
    Lines > .lines--good { color: $text-success; }
    Lines > .lines--chosen { background: $primary-muted; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._styles: dict[str, Style] = {}
        self._strips: dict[int, Strip] = {}
        self._strip_size = (0, 0)

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return "\n".join("".join(piece for piece, _ in line) for line in self._lines)

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; only those that differ from before are repainted."""
        new = tuple(lines)
        old, self._lines = self._lines, new
        height = self.size.height
        if len(old) != len(new) and max(len(old), len(new)) > height:
            self._strips.clear()
            self.refresh()
            return
        changed = [y for y in range(max(len(old), len(new))) if old[y : y + 1] != new[y : y + 1]]
        for y in changed:
            self._strips.pop(y, None)
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._strip_size != self.size:
            self._strip_size = self.size
            self._strips.clear()
        strips = [self._strips.get(y) or self._kept(y) for y in range(crop.y, crop.bottom)]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _kept(self, y: int) -> Strip:
        strip = self._strip(y)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.styles.background)
        self._strips[y] = strip
        return strip

    def _strip(self, y: int) -> Strip:
        width, height = self.size
        base = self._style("")
        hidden = len(self._lines) - height
        if hidden > 0 and y == height - 1 and height > 1:
            pieces: Line = ((f" … {hidden + 1} more lines", "dim"),)
        else:
            pieces = self._lines[y] if y < len(self._lines) else ()
        pieces = (*self.EDGE, *pieces)
        segments, used = [], 0
        fill = base
        for text, role in pieces:
            room = width - used
            if room <= 0:
                break
            style = self._style(role)
            length = cell_len(text)
            if length > room:
                text = (
                    set_cell_size(text, room - 1) + "…" if room > 1 else set_cell_size(text, room)
                )
                length = room
            segments.append(Segment(text, style))
            used += length
            if text:
                fill = style if role == "chosen" else base
        if used < width:
            segments.append(Segment(" " * (width - used), fill))
        return Strip(segments, width)

    def _style(self, role: str) -> Style:
        known = self._styles.get(role)
        if known is None:
            if not role:
                known = self.rich_style
            elif role.startswith("#"):
                known = self.rich_style + Style(color=role, bold=True)
            else:
                known = self.get_component_rich_style(f"lines--{role}")
            self._styles[role] = known
        return known
