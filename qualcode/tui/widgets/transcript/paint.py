"""Paints one row of the transcript: speaker, stripes, text with selection, names of the codes in the margin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from qualcode.core.documents import SpeakerRole
from qualcode.tui.widgets.transcript.geometry import Columns
from qualcode.tui.widgets.transcript.marks import STRIPE, Layer, Mark
from qualcode.tui.widgets.transcript.model import NAME_ROWS, TranscriptModel


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How a code shows itself: the key that marks its stripe, its name, its colour as `#rrggbb`."""

    key: str
    name: str
    color: str | None = None


@dataclass(frozen=True)
class Palette:
    """The styles of the pane, taken from the theme."""

    text: Style
    interviewer: Style
    outside: Style
    speaker: Style
    time: Style
    selection: Style
    current: Style
    hit: Style
    stripe: Style
    margin: Style
    pointer: Style


def palette_of(widget: Widget) -> Palette:
    """Return the styles that the theme gives to the component classes of a widget, `transcript--…`."""
    base = widget.rich_style

    def over(name: str) -> Style:
        return base + widget.get_component_rich_style(f"transcript--{name}")

    def only(name: str) -> Style:
        return widget.get_component_rich_style(f"transcript--{name}", partial=True)

    return Palette(
        text=base,
        interviewer=over("interviewer"),
        outside=over("outside"),
        speaker=over("speaker"),
        time=over("time"),
        selection=only("selection"),
        current=only("current"),
        hit=only("hit"),
        stripe=base,
        margin=over("margin"),
        pointer=over("pointer"),
    )


class Painter:
    """Turns rows of a model into strips of exactly the pane's width. Keeps no rows itself."""

    def __init__(
        self,
        model: TranscriptModel,
        columns: Columns,
        palette: Palette,
        *,
        width: int,
        look: Callable[[str], CodeLook],
    ) -> None:
        self.model = model
        self.columns = columns
        self.palette = palette
        self.width = width
        self.look = look
        self._stripe_styles: dict[tuple[str | None, bool, bool], Style] = {}

    def row(self, row: int) -> Strip:
        """Return the strip of a row; rows beyond the text are blank."""
        if not 0 <= row < len(self.model.table):
            return Strip.blank(self.width, self.palette.text)
        marks = self.model.marks_on(row)
        segments = [*self._speaker(row), *self._stripes(row, marks), *self._text(row, marks)]
        if self.columns.margin:
            segments.extend(self._margin(row))
        used = sum(cell_len(segment.text) for segment in segments)
        if used < self.width:
            segments.append(Segment(" " * (self.width - used), self.palette.text))
        strip = Strip(segments, max(used, self.width))
        return strip if used <= self.width else strip.crop(0, self.width)

    def _speaker(self, row: int) -> list[Segment]:
        width = self.columns.speaker
        if not width:
            return []
        _, turn, above = self.model.turn_of_row(row)
        label, style = "", self.palette.speaker
        if turn is not None and above == 0:
            label = turn.speaker or ""
        elif turn is not None and above == 1 and turn.begin_ms is not None:
            label, style = clock(turn.begin_ms), self.palette.time
        if cell_len(label) > width:
            label = set_cell_size(label, width - 1) + "…"
        return [Segment(set_cell_size(label, width) + " ", style)]

    def _stripes(self, row: int, marks: list[Mark]) -> list[Segment]:
        count, model, base = self.columns.lanes, self.model, self.palette.text
        cells = [Segment(" ", base)] * count
        hidden = False
        sign = " "
        for mark in marks:
            if mark.layer is Layer.BOOKMARK and model.table.row_of(mark.start) == row:
                sign = "◆"
            elif mark.layer is Layer.HIT:
                sign = "»"
            lane = model.lanes.lane(mark.key)
            if lane is None:
                continue
            if lane >= count:
                hidden = True
                continue
            cells[lane] = self._stripe(row, mark)
        if hidden and count:
            cells[-1] = Segment("+", self.palette.stripe)
        if row == model.table.row_of(model.selection.active):
            sign = "▸"
        cells.append(Segment(sign, base if sign == " " else self.palette.pointer))
        return cells

    def _stripe(self, row: int, mark: Mark) -> Segment:
        look = self.look(mark.code)
        first = self.model.table.row_of(mark.start) == row
        current = mark.key == self.model.current
        own = mark.layer is Layer.OWN
        if first:
            style = self._stripe_style(look.color, reverse=own, bold=current or not own)
            return Segment(look.key[:1] or "·", style)
        style = self._stripe_style(look.color, reverse=False, bold=current)
        return Segment("█" if current and own else STRIPE[mark.layer], style)

    def _stripe_style(self, color: str | None, *, reverse: bool, bold: bool) -> Style:
        known = self._stripe_styles.get((color, reverse, bold))
        if known is None:
            known = self.palette.stripe + Style(color=color, reverse=reverse, bold=bold)
            self._stripe_styles[color, reverse, bold] = known
        return known

    def _text(self, row: int, marks: list[Mark]) -> list[Segment]:
        table, model = self.model.table, self.model
        start, end = table.start[row], table.end[row]
        base = self._base_style(row)
        styled = [
            (mark.start, mark.end, self.palette.hit) for mark in marks if mark.layer is Layer.HIT
        ]
        current = None if model.current is None else model.marks.get(model.current)
        if current is not None:
            styled.append((current.start, current.end, self.palette.current))
        styled.append((model.selection.start, model.selection.end, self.palette.selection))
        cuts = {start, end}
        for low, high, _ in styled:
            if low < end and start < high:
                cuts.update((max(low, start), min(high, end)))
        segments, used = [], 0
        edges = sorted(cuts)
        for low, high in pairwise(edges):
            style = base
            for from_, to, over in styled:
                if from_ <= low and high <= to:
                    style += over
            piece = table.shown(row, low, high)
            used += cell_len(piece)
            if used > self.columns.text and piece.endswith(" "):
                piece, used = piece[:-1], used - 1
            if piece:
                segments.append(Segment(piece, style))
        if used < self.columns.text:
            segments.append(Segment(" " * (self.columns.text - used), self.palette.text))
        return segments

    def _base_style(self, row: int) -> Style:
        _, turn, _ = self.model.turn_of_row(row)
        if turn is None or turn.speaker is None:
            return self.palette.outside
        speaker = self.model.reading.speakers.get(turn.speaker or "")
        if speaker is not None and speaker.role is SpeakerRole.INTERVIEWER:
            return self.palette.interviewer
        return self.palette.text

    def _margin(self, row: int) -> list[Segment]:
        """Name a code whose stripe begins here; where several begin, the others follow on the rows below."""
        room = self.columns.margin
        segments = [Segment(" ", self.palette.margin)]
        named = self._name_on(row)
        if named is not None:
            mark, rest = named
            look = self.look(mark.code)
            more = f" +{rest}" if rest else ""
            name = look.name
            if cell_len(name) > room - len(more):
                name = set_cell_size(name, max(room - len(more) - 1, 1)).rstrip() + "…"
            segments.append(Segment(name, self._name_style(look, mark)))
            segments.append(Segment(more, self.palette.margin))
            room -= cell_len(name) + len(more)
        if room > 0:
            segments.append(Segment(" " * room, self.palette.margin))
        return segments

    def _name_on(self, row: int) -> tuple[Mark, int] | None:
        """Return the mark named on this row and how many more there was no row for."""
        first = max(row - NAME_ROWS + 1, 0)
        begun = self._begun(first, row + 1)
        waiting: list[Mark] = []
        for above in range(first, row + 1):
            waiting = begun.get(above) or waiting[1:]
        if not waiting:
            return None
        is_last = row + 1 in begun or not any(
            row - NAME_ROWS + 1 < above <= row for above in begun
        )
        return waiting[0], len(waiting) - 1 if is_last else 0

    def _begun(self, first: int, last: int) -> dict[int, list[Mark]]:
        """Return the marks that begin on these rows, each code once, by row."""
        table, model = self.model.table, self.model
        last = min(last, len(table) - 1)
        begun: dict[int, list[Mark]] = {}
        for mark in model.marks.over(table.reach(first)[0], table.reach(last)[1]):
            row = table.row_of(mark.start)
            if mark.layer in STRIPE and first <= row <= last:
                known = begun.setdefault(row, [])
                if all(mark.code != other.code for other in known):
                    known.append(mark)
        return begun

    def _name_style(self, look: CodeLook, mark: Mark) -> Style:
        return self._stripe_style(look.color, reverse=False, bold=mark.key == self.model.current)


def clock(milliseconds: int) -> str:
    """Return `1:02:03` or `02:03`."""
    seconds = milliseconds // 1000
    hours, minutes = divmod(seconds // 60, 60)
    tail = f"{minutes:02d}:{seconds % 60:02d}"
    return f"{hours}:{tail}" if hours else tail
