"""A node-link picture in plain text: boxes in rows, one track for every line, nothing that only colour tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qualcode.core.network.layers import Layers, columns, layered
from qualcode.formats.network.svg import legal

UP, RIGHT, DOWN, LEFT = 1, 2, 4, 8
_SHAPES = {
    UP | DOWN: 0,
    LEFT | RIGHT: 1,
    DOWN | RIGHT: 2,
    DOWN | LEFT: 3,
    UP | RIGHT: 4,
    UP | LEFT: 5,
    UP: 0,
    DOWN: 0,
    LEFT: 1,
    RIGHT: 1,
}
PENS = {
    "plain": "│─┌┐└┘",
    "heavy": "┃━┏┓┗┛",
    "double": "║═╔╗╚╝",
    "dotted": "┆┄┌┐└┘",
    "dashed": "╎╌┌┐└┘",
}
_GAP = 3
_TEXT = 16


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of the picture from one box (by number) to another. `heads` names the boxes it points at."""

    source: int
    target: int
    label: str = ""
    pen: str = "plain"
    heads: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """The rows of text, and the strokes whose label found no room, by number."""

    rows: tuple[str, ...]
    unlabelled: tuple[int, ...]


@dataclass(slots=True)
class _Box:
    left: int
    width: int
    lines: list[str]
    top: int = 0

    @property
    def middle(self) -> int:
        return self.left + self.width // 2


@dataclass(slots=True)
class _Segment:
    stroke: int
    upper: int
    lower: int
    first: int = 0
    last: int = 0
    track: int = -1


@dataclass(slots=True)
class _Grid:
    cells: dict[tuple[int, int], list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    text: dict[tuple[int, int], str] = field(default_factory=dict)

    def run(self, stroke: int, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Draw a straight run between two cells (row, column), ends included."""
        (r1, c1), (r2, c2) = sorted((start, end))
        for r in range(r1, r2 + 1):
            for c in range(c1, c2 + 1):
                bits = (UP * (r > r1)) | (DOWN * (r < r2)) | (LEFT * (c > c1)) | (RIGHT * (c < c2))
                self.cells[r, c].append((stroke, bits))

    def write(self, row: int, column: int, text: str) -> None:
        for n, character in enumerate(text):
            self.text[row, column + n] = character

    def free(self, row: int, column: int, length: int) -> bool:
        """Whether nothing stands in these cells of a row."""
        places = [(row, column + n) for n in range(length)]
        return column >= 0 and not any(p in self.text or self.cells.get(p) for p in places)


def drawn(boxes: Sequence[str], strokes: Sequence[Stroke]) -> Picture:
    """Return the picture of boxes with these texts and the strokes between them, read from above to below."""
    layers = layered(len(boxes), [(stroke.source, stroke.target) for stroke in strokes])
    things = _placed(boxes, layers)
    gaps = _ports(layers, things)
    for gap in gaps:
        _tracks(gap)
    grid = _Grid()
    top = 0
    for r, row in enumerate(layers.rows):
        height = max(len(things[t].lines) for t in row) + 2
        for thing in row:
            things[thing].top = top
            _draw_thing(grid, thing, things[thing], height, layers)
        top += height
        if r < len(gaps):
            tracks = max((s.track for s in gaps[r]), default=-1) + 1
            for segment in gaps[r]:
                _draw_segment(grid, segment, (top, top + tracks + 1), strokes[segment.stroke])
            top += tracks + 2
    unlabelled = _label(grid, gaps, things, strokes)
    return Picture(tuple(_rows(grid, strokes)), unlabelled)


def _placed(boxes: Sequence[str], layers: Layers) -> dict[int, _Box]:
    """Return boxes with their text, width and left edge; passing points are one column wide."""
    ports: defaultdict[tuple[int, bool], int] = defaultdict(int)
    for line in layers.lines:
        ports[line.through[0], True] += 1
        ports[line.through[-1], False] += 1
    found: dict[int, _Box] = {}
    for n, text in enumerate(boxes):
        lines = _wrapped(text)
        room = 2 * max(ports[n, True], ports[n, False]) + 3
        found[n] = _Box(0, max(max(map(len, lines)) + 4, room), lines)
    for row in layers.rows:
        for thing in row:
            found.setdefault(thing, _Box(0, 1, []))
    middles = columns(layers, lambda thing: float(found[thing].width), float(_GAP))
    for row in layers.rows:
        edge = 0
        for thing in row:
            box = found[thing]
            box.left = max(edge, round(middles[thing] - box.width / 2))
            edge = box.left + box.width + _GAP
    return found


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in legal(text).split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _TEXT:
            lines.append(word[:_TEXT])
        else:
            lines[-1] = f"{lines[-1]} {word[:_TEXT]}".strip()
    return lines


def _ports(layers: Layers, things: dict[int, _Box]) -> list[list[_Segment]]:
    """Return the segments between each two rows, with the columns where they leave and arrive."""
    level = {thing: r for r, row in enumerate(layers.rows) for thing in row}
    gaps: list[list[_Segment]] = [[] for _ in layers.rows[1:]]
    for line in layers.lines:
        for upper, lower in pairwise(line.through):
            gaps[level[upper]].append(_Segment(line.edge, upper, lower))
    for gap in gaps:
        for thing, own in _at(gap, "upper").items():
            own.sort(key=lambda s: (things[s.lower].middle, s.stroke))
            wanted = [things[s.lower].middle for s in own]
            for segment, column in zip(own, _spread(things[thing], wanted), strict=True):
                segment.first = column
        for thing, own in _at(gap, "lower").items():
            own.sort(key=lambda s: (s.first, s.stroke))
            wanted = [s.first for s in own]
            for segment, column in zip(own, _spread(things[thing], wanted), strict=True):
                segment.last = column
    return gaps


def _at(gap: Sequence[_Segment], end: str) -> dict[int, list[_Segment]]:
    found: dict[int, list[_Segment]] = {}
    for segment in gap:
        found.setdefault(segment.upper if end == "upper" else segment.lower, []).append(segment)
    return found


def _spread(box: _Box, wanted: Sequence[int]) -> list[int]:
    """Return one column for each line along a box's side, near where it wants to go, two columns apart."""
    if not box.lines:
        return [box.left] * len(wanted)
    low, high = box.left + 1, box.left + box.width - 2
    found: list[int] = []
    for n, column in enumerate(wanted):
        least = low if not found else found[-1] + 2
        most = high - 2 * (len(wanted) - 1 - n)
        found.append(max(least, min(column, most)))
    return found


def _tracks(gap: list[_Segment]) -> None:
    """Give every bent segment a track: free along its way, and above those that start in its column below."""
    bent = [s for s in gap if s.first != s.last]
    below: dict[int, list[_Segment]] = defaultdict(list)
    for segment in bent:
        below[segment.last].append(segment)
    order: list[_Segment] = []
    seen: set[int] = set()

    def visit(segment: _Segment) -> None:
        if segment.stroke in seen:
            return
        seen.add(segment.stroke)
        for lower in below.get(segment.first, ()):
            visit(lower)
        order.append(segment)

    for segment in sorted(bent, key=lambda s: (abs(s.first - s.last), s.stroke)):
        visit(segment)
    taken: list[list[tuple[int, int]]] = []
    floor: dict[int, int] = {}
    for segment in reversed(order):
        low, high = sorted((segment.first, segment.last))
        track = floor.get(segment.last, 0)
        while track < len(taken) and any(a <= high + 1 and low <= b + 1 for a, b in taken[track]):
            track += 1
        while len(taken) <= track:
            taken.append([])
        taken[track].append((low, high))
        segment.track = track
        floor[segment.first] = max(floor.get(segment.first, 0), track + 1)


def _draw_thing(grid: _Grid, thing: int, box: _Box, height: int, layers: Layers) -> None:
    if thing < 0:
        stroke = next(line.edge for line in layers.lines if thing in line.through)
        grid.run(stroke, (box.top - 1, box.left), (box.top + height, box.left))
        return
    inner = box.width - 2
    grid.write(box.top, box.left, "┌" + "─" * inner + "┐")
    blank = (height - 2 - len(box.lines)) // 2
    lines = [""] * blank + box.lines
    for n in range(height - 2):
        text = lines[n] if n < len(lines) else ""
        grid.write(box.top + 1 + n, box.left, "│" + f"{text:^{inner}}" + "│")
    grid.write(box.top + height - 1, box.left, "└" + "─" * inner + "┘")


def _draw_segment(grid: _Grid, segment: _Segment, rows: tuple[int, int], stroke: Stroke) -> None:
    top, bottom = rows
    if segment.first == segment.last:
        grid.run(segment.stroke, (top, segment.first), (bottom, segment.last))
    else:
        turn = top + 1 + segment.track
        grid.run(segment.stroke, (top, segment.first), (turn, segment.first))
        grid.run(segment.stroke, (turn, segment.first), (turn, segment.last))
        grid.run(segment.stroke, (turn, segment.last), (bottom, segment.last))
    if segment.upper in stroke.heads:
        grid.text[top, segment.first] = "▲"
    if segment.lower in stroke.heads:
        grid.text[bottom, segment.last] = "▼"


def _label(
    grid: _Grid, gaps: list[list[_Segment]], things: dict[int, _Box], strokes: Sequence[Stroke]
) -> tuple[int, ...]:
    """Write each label onto its own track, else beside its line; return the strokes without room for one."""
    missing: list[int] = []
    by_stroke: defaultdict[int, list[_Segment]] = defaultdict(list)
    for gap in gaps:
        for segment in gap:
            by_stroke[segment.stroke].append(segment)
    for n, stroke in enumerate(strokes):
        if stroke.label and not any(
            _written(grid, n, s, things, stroke.label) for s in by_stroke[n]
        ):
            missing.append(n)
    return tuple(missing)


def _written(
    grid: _Grid, number: int, segment: _Segment, things: dict[int, _Box], label: str
) -> bool:
    upper = things[segment.upper]
    own = [p for p, drawn_here in grid.cells.items() if any(s == number for s, _ in drawn_here)]
    rows = sorted({r for r, _ in own if r >= upper.top})
    for row in rows:
        flat = sorted(c for r, c in own if r == row)
        for start in range(flat[0] + 1, flat[-1] - len(label) + 1) if len(flat) > 2 else ():
            cells = [(row, start + k) for k in range(len(label))]
            alone = all(
                len(grid.cells.get(p, ())) == 1 and p[1] in flat and p not in grid.text
                for p in cells
            )
            if alone:
                grid.write(row, start, label)
                return True
    for row in rows:
        for column in sorted(c for r, c in own if r == row):
            for start in (column + 1, column - len(label)):
                if grid.free(row, start - 1 * (start < column), len(label) + 1):
                    grid.write(row, start, label)
                    return True
    return False


def _rows(grid: _Grid, strokes: Sequence[Stroke]) -> list[str]:
    places = [*grid.text, *(p for p, found in grid.cells.items() if found)]
    if not places:
        return []
    height = max(r for r, _ in places) + 1
    lines: list[str] = []
    for r in range(height):
        wide = max((c for row, c in places if row == r), default=-1) + 1
        lines.append("".join(_character(grid, r, c, strokes) for c in range(wide)).rstrip())
    return lines


def _character(grid: _Grid, row: int, column: int, strokes: Sequence[Stroke]) -> str:
    written = grid.text.get((row, column))
    if written is not None:
        return written
    bits: dict[int, int] = {}
    for stroke, found in grid.cells.get((row, column), ()):
        bits[stroke] = bits.get(stroke, 0) | found
    if not bits:
        return " "
    if len(bits) > 1:
        return "┼"
    ((stroke, found),) = bits.items()
    return PENS[strokes[stroke].pen][_SHAPES.get(found, 0)]
