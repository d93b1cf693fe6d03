"""Drawing a graph from above to below: which row each thing stands in, in which order, and through where lines pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the graph by the number of its edge. `through` are the things it passes from the upper row down.

    `upward` marks a line whose target stands above its source. Passing points are negative numbers.
    """

    edge: int
    through: tuple[int, ...]
    upward: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """Rows of things by number, in drawing order; negative numbers are points where a line passes a row."""

    rows: tuple[tuple[int, ...], ...]
    lines: tuple[Line, ...]


def layered(count: int, edges: Sequence[tuple[int, int]]) -> Layers:
    """Return rows for `count` things joined by (source, target) edges, after Sugiyama, Tagawa and Toda (1981).

    Edges that would close a circle run upward; each thing stands one row below the lowest that leads to it;
    long edges get a passing point in each row between; rows are ordered by the mean place of neighbours.
    """
    back = _closing_edges(count, edges)
    down = [(b, a) if n in back else (a, b) for n, (a, b) in enumerate(edges)]
    level = _levels(count, down)
    rows: list[list[int]] = [[] for _ in range(max(level, default=-1) + 1)]
    for thing in range(count):
        rows[level[thing]].append(thing)
    lines: list[Line] = []
    passing = 0
    for n, (upper, lower) in enumerate(down):
        through = [upper]
        for row in range(level[upper] + 1, level[lower]):
            passing -= 1
            rows[row].append(passing)
            through.append(passing)
        lines.append(Line(n, (*through, lower), n in back))
    _order(rows, lines)
    return Layers(tuple(tuple(row) for row in rows), tuple(lines))


def crossings(layers: Layers) -> int:
    """Return how many pairs of lines cross between rows."""
    place = {thing: n for row in layers.rows for n, thing in enumerate(row)}
    level = {thing: r for r, row in enumerate(layers.rows) for thing in row}
    found = 0
    segments: dict[int, list[tuple[int, int]]] = {}
    for line in layers.lines:
        for upper, lower in pairwise(line.through):
            segments.setdefault(level[upper], []).append((place[upper], place[lower]))
    for row in segments.values():
        for n, (a, b) in enumerate(row):
            found += sum((a - c) * (b - d) < 0 for c, d in row[n + 1 :])
    return found


def columns(layers: Layers, width: Callable[[int], float], gap: float) -> dict[int, float]:
    """Return the middle of each thing across the drawing, from 0, without overlaps in a row.

    Each row is moved towards the mean of its neighbours, as far as the widths and the gap let it.
    """
    near: dict[int, list[int]] = {}
    for line in layers.lines:
        for upper, lower in pairwise(line.through):
            near.setdefault(upper, []).append(lower)
            near.setdefault(lower, []).append(upper)
    middle: dict[int, float] = {}
    for row in layers.rows:
        edge = 0.0
        for thing in row:
            middle[thing] = edge + width(thing) / 2
            edge += width(thing) + gap
    for sweep in range(SWEEPS):
        for row in layers.rows if sweep % 2 == 0 else reversed(layers.rows):
            wanted = [
                sum(middle[other] for other in near[thing]) / len(near[thing])
                if near.get(thing)
                else middle[thing]
                for thing in row
            ]
            for thing, place in zip(row, _apart(row, wanted, width, gap), strict=True):
                middle[thing] = place
    left = min((middle[t] - width(t) / 2 for row in layers.rows for t in row), default=0.0)
    return {thing: place - left for thing, place in middle.items()}


def _apart(
    row: Sequence[int], wanted: Sequence[float], width: Callable[[int], float], gap: float
) -> list[float]:
    """Return places as near the wanted ones as possible with nothing overlapping (pooled blocks, left to right)."""
    blocks: list[tuple[float, int, float]] = []
    offset = 0.0
    offsets: list[float] = []
    for n, thing in enumerate(row):
        if n:
            offset += (width(row[n - 1]) + width(thing)) / 2 + gap
        offsets.append(offset)
        blocks.append((wanted[n] - offset, 1, wanted[n] - offset))
        while len(blocks) > 1 and blocks[-2][2] > blocks[-1][2]:
            total, size, _ = blocks.pop()
            before, many, _ = blocks.pop()
            blocks.append((total + before, size + many, (total + before) / (size + many)))
    shifts = [mean for _, size, mean in blocks for _ in range(size)]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=True)]


def _closing_edges(count: int, edges: Sequence[tuple[int, int]]) -> set[int]:
    """Return the edges that lead back to a thing still being followed, in depth-first order without recursion."""
    out: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for n, (source, target) in enumerate(edges):
        out[source].append((n, target))
    state = [0] * count
    back: set[int] = set()
    for first in range(count):
        if state[first]:
            continue
        state[first] = 1
        stack = [(first, iter(out[first]))]
        while stack:
            thing, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                state[thing] = 2
                stack.pop()
            elif state[step[1]] == 1:
                back.add(step[0])
            elif state[step[1]] == 0:
                state[step[1]] = 1
                stack.append((step[1], iter(out[step[1]])))
    return back


def _levels(count: int, down: Sequence[tuple[int, int]]) -> list[int]:
    below: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for upper, lower in down:
        below[upper].append(lower)
        waiting[lower] += 1
    level = [0] * count
    ready = [thing for thing in range(count) if not waiting[thing]]
    while ready:
        thing = ready.pop()
        for lower in below[thing]:
            level[lower] = max(level[lower], level[thing] + 1)
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    return level


def _order(rows: list[list[int]], lines: Sequence[Line]) -> None:
    """Sort every row by the mean place of neighbours above, then below, and keep the order with fewest crossings."""
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for line in lines:
        for upper, lower in pairwise(line.through):
            below.setdefault(upper, []).append(lower)
            above.setdefault(lower, []).append(upper)
    best = [list(row) for row in rows]
    fewest = crossings(Layers(tuple(map(tuple, rows)), tuple(lines)))
    for sweep in range(SWEEPS):
        downward = sweep % 2 == 0
        order = range(1, len(rows)) if downward else range(len(rows) - 2, -1, -1)
        for r in order:
            fixed = rows[r - 1] if downward else rows[r + 1]
            place = {thing: n for n, thing in enumerate(fixed)}
            near = above if downward else below
            own = {thing: n for n, thing in enumerate(rows[r])}
            rows[r].sort(key=lambda t: (_mean(near.get(t, []), place, own[t]), own[t]))
        crossed = crossings(Layers(tuple(map(tuple, rows)), tuple(lines)))
        if crossed < fewest:
            fewest, best = crossed, [list(row) for row in rows]
    for row, kept in zip(rows, best, strict=True):
        row[:] = kept


def _mean(neighbours: list[int], place: dict[int, int], own: int) -> float:
    return sum(place[t] for t in neighbours) / len(neighbours) if neighbours else float(own)
