"""Where the boxes and lines of a drawn concept map stand: in layers to the right or downwards, as fits a page better."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.concept import Concept, ConceptMap
from qualcode.core.network.layers import Layers, Line, columns, layered
from qualcode.formats.network import svg
from qualcode.formats.network.svg import Point

LINE = 16.0
_WIDTH, _FIT = 200.0, 26
_MARGIN, _TOP = 30.0, 62.0
_PAGE = (1000.0, 700.0)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a line from the earlier layer to the later one: level through layers (its even pieces), bent in

    the gaps between them (its odd pieces). `is_backward`: the link itself runs the other way."""

    points: tuple[Point, ...]
    downwards: bool
    is_backward: bool

    @property
    def pieces(self) -> int:
        return len(self.points) - 1

    def length(self, piece: int) -> float:
        return math.dist(self.points[piece], self.points[piece + 1])

    def at(self, piece: int, t: float) -> Point:
        """Return the point at t in [0, 1] of a piece; the bends are cubic curves."""
        start, end = self.points[piece], self.points[piece + 1]
        if piece % 2 == 0:
            return start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
        along = 1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t**3
        across = 3 * t * t * (1 - t) + t**3
        shares = (across, along) if self.downwards else (along, across)
        return (
            start[0] + (end[0] - start[0]) * shares[0],
            start[1] + (end[1] - start[1]) * shares[1],
        )

    def path(self) -> str:
        """Return the way as the data of an SVG path."""
        pieces = ["M" + _pair(self.points[0])]
        for n in range(self.pieces):
            start, end = self.points[n], self.points[n + 1]
            if n % 2 == 0:
                if start != end:
                    pieces.append("L" + _pair(end))
                continue
            if self.downwards:
                middle = (start[1] + end[1]) / 2
                controls = (start[0], middle), (end[0], middle)
            else:
                middle = (start[0] + end[0]) / 2
                controls = (middle, start[1]), (middle, end[1])
            pieces.append(f"C{_pair(controls[0])} {_pair(controls[1])} {_pair(end)}")
        return " ".join(pieces)

    def first(self) -> tuple[Point, Point]:
        """Return the tip of an arrow at the beginning, and a point behind it."""
        x, y = self.points[0]
        return (x, y), ((x, y + 12) if self.downwards else (x + 12, y))

    def last(self) -> tuple[Point, Point]:
        """Return the tip of an arrow at the end, and a point behind it."""
        x, y = self.points[-1]
        return (x, y), ((x, y - 12) if self.downwards else (x - 12, y))


@dataclass(frozen=True, slots=True)
class Plan:
    """The areas of the concepts and the routes of the links, in the map's order."""

    boxes: tuple[Area, ...]
    routes: tuple[Route, ...]

    @property
    def scale(self) -> float:
        """How much larger than a page it is, the page turned as fits better."""
        points = [point for route in self.routes for point in route.points]
        wide = max([box.right for box in self.boxes] + [x for x, _ in points], default=0.0)
        high = max([box.bottom for box in self.boxes] + [y for _, y in points], default=0.0)
        return min(max(wide / one, high / other) for one, other in (_PAGE, _PAGE[::-1]))


def planned(found: ConceptMap) -> Plan:
    """Return where everything stands."""
    place = {concept.name: n for n, concept in enumerate(found.concepts)}
    edges = [(place[link.source], place[link.target]) for link in found.links]
    layers = layered(len(found.concepts), edges)
    plans = [_Builder(found, layers, downwards=way).plan() for way in (False, True)]
    return min(plans, key=lambda plan: plan.scale)


def concept_lines(concept: Concept) -> list[str]:
    """Return the name as it is broken into lines."""
    return svg.wrapped(concept.name, _FIT)


def figures(concept: Concept) -> str:
    """Return what stands below the name; nothing for an idea without a code."""
    if concept.codings is None:
        return ""
    codings = "1 coding" if concept.codings == 1 else f"{concept.codings} codings"
    people = (
        "1 participant" if concept.participants == 1 else f"{concept.participants} participants"
    )
    return f"{codings} · {people}"


class _Builder:
    """Places of one direction. `along` counts in the direction of the layers, `across` within a layer."""

    def __init__(self, found: ConceptMap, layers: Layers, *, downwards: bool) -> None:
        self.found = found
        self.layers = layers
        self.downwards = downwards
        self.between = 92.0 if downwards else 150.0
        self.row = {thing: r for r, row in enumerate(layers.rows) for thing in row}
        self.thick = [
            max((self._depth(thing) for thing in row if thing >= 0), default=30.0)
            for row in layers.rows
        ]
        self.begin = [sum(self.thick[:r]) + r * self.between for r in range(len(layers.rows))]
        self.middle = columns(layers, self._breadth, 34.0)

    def plan(self) -> Plan:
        boxes = tuple(self._area(n) for n in range(len(self.found.concepts)))
        routes = {line.edge: self._route(line) for line in self.layers.lines}
        return Plan(boxes, tuple(routes[n] for n in range(len(self.found.links))))

    def _height(self, thing: int) -> float:
        concept = self.found.concepts[thing]
        lines = len(concept_lines(concept)) + (concept.codings is not None)
        return max(22.0 + LINE * lines, 48.0)

    def _depth(self, thing: int) -> float:
        return self._height(thing) if self.downwards else _WIDTH

    def _breadth(self, thing: int) -> float:
        if thing < 0:
            return 26.0
        return _WIDTH if self.downwards else self._height(thing)

    def _ends(self, thing: int) -> tuple[float, float]:
        """Return where a box begins and ends along the layers: in the middle of its own."""
        row = self.row[thing]
        free = (self.thick[row] - self._depth(thing)) / 2
        return self.begin[row] + free, self.begin[row] + self.thick[row] - free

    def _area(self, thing: int) -> Area:
        begin, end = self._ends(thing)
        half = self._breadth(thing) / 2
        first = self._point(begin, self.middle[thing] - half)
        last = self._point(end, self.middle[thing] + half)
        return Area(*first, *last)

    def _point(self, along: float, across: float) -> Point:
        x, y = (across, along) if self.downwards else (along, across)
        return x + _MARGIN, y + _TOP

    def _route(self, line: Line) -> Route:
        first, last = line.through[0], line.through[-1]
        across = self._port(line, first, leaves=True)
        row = self.row[first]
        points = [(self._ends(first)[1], across), (self.begin[row] + self.thick[row], across)]
        for thing in line.through[1:-1]:
            row, across = self.row[thing], self.middle[thing]
            points += [(self.begin[row], across), (self.begin[row] + self.thick[row], across)]
        across = self._port(line, last, leaves=False)
        points += [(self.begin[self.row[last]], across), (self._ends(last)[0], across)]
        corners = tuple(self._point(*point) for point in points)
        return Route(corners, self.downwards, line.upward)

    def _port(self, line: Line, thing: int, *, leaves: bool) -> float:
        """Return where a line leaves or reaches a box across its side: spread, in the order of the ways."""
        own: Sequence[tuple[float, int]] = sorted(
            (self.middle[other.through[1 if leaves else -2]], other.edge)
            for other in self.layers.lines
            if other.through[0 if leaves else -1] == thing
        )
        at = [number for _, number in own].index(line.edge)
        breadth = self._breadth(thing)
        return self.middle[thing] - breadth / 2 + breadth * (at + 1) / (len(own) + 1)


def _pair(point: Point) -> str:
    return f"{svg.number(point[0])},{svg.number(point[1])}"
