"""A concept map as an SVG drawing: boxes in layers, lines through the gaps between them, words on the lines."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.concept import Concept, ConceptLink, ConceptMap
from qualcode.formats.concept.plan import (
    LINE,
    Area,
    Plan,
    Route,
    concept_lines,
    figures,
    planned,
)
from qualcode.formats.concept.text import DASHED
from qualcode.formats.network import svg

_MARGIN = 30.0
_INK, _GREY, _BARE, _STRONG = "#1a1a1a", "#5a6570", "#8b97a1", "#2f5d7c"
_LABEL = 11.5
_STEPS = 24
_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)


def concept_svg(found: ConceptMap) -> str:
    """Return the drawing: boxes for concepts (dashed: an idea without a code), arrows for links with kind and

    number of codings (grey: without evidence; dashed: hinders or contradicts). No line runs through a box; layers
    run to the right or downwards, whichever fits a page better."""
    plan = planned(found)
    bottom = max([one.bottom for one in (*plan.boxes, *map(_extent, plan.routes))], default=80.0)
    right = max([one.right for one in (*plan.boxes, *map(_extent, plan.routes))], default=0.0)
    legend, height = _legend(bottom + 30)
    title = svg.words((_MARGIN, 34), found.name, {"font-size": 18, "font-weight": "bold"})
    wide = max(right + _MARGIN, 400.0, svg.text_width(found.name, 18) + 2 * _MARGIN)
    body = [
        title,
        *(_line(link, route) for link, route in zip(found.links, plan.routes, strict=True)),
        *(_box(one, area) for one, area in zip(found.concepts, plan.boxes, strict=True)),
        *_labels(found, plan),
        *legend,
    ]
    return svg.document(wide, height, body, label=found.name)


def _extent(route: Route) -> Area:
    xs, ys = zip(*route.points, strict=True)
    return Area(min(xs), min(ys), max(xs), max(ys))


def _box(concept: Concept, box: Area) -> str:
    lines, counted = concept_lines(concept), figures(concept)
    middle = (box.left + box.right) / 2
    first = (box.top + box.bottom) / 2 - LINE * (len(lines) + bool(counted)) / 2 + 12
    shape: dict[str, svg.Attribute] = {
        "x": box.left,
        "y": box.top,
        "width": box.right - box.left,
        "height": box.bottom - box.top,
        "rx": 6,
        "fill": "#f3f7fa" if concept.code else "#ffffff",
        "stroke": _GREY,
        "stroke-width": 1.3,
        "stroke-dasharray": None if concept.code else "5 3",
    }
    parts = [
        svg.title(f"{concept.name} ({concept.code or 'an idea without a code'})"),
        svg.element("rect", shape),
        svg.words((middle, first), lines, {"text-anchor": "middle"}, spacing=LINE),
    ]
    if counted:
        below = (middle, first + LINE * len(lines))
        style: dict[str, svg.Attribute] = {"text-anchor": "middle", "font-size": 11, "fill": _GREY}
        parts.append(svg.words(below, counted, style))
    return svg.element("g", {"class": "concept"}, parts)


def _line(link: ConceptLink, route: Route) -> str:
    color = _STRONG if link.evidence else _BARE
    stroke: dict[str, svg.Attribute] = {
        "d": route.path(),
        "fill": "none",
        "stroke": color,
        "stroke-width": 1.8 if link.evidence else 1.4,
        "stroke-dasharray": "7 4" if link.kind in DASHED else None,
    }
    note = f": {link.note}" if link.note else ""
    parts = [svg.title(link.reading + note), svg.element("path", stroke)]
    if link.mutual or not route.is_backward:
        parts.append(svg.arrowhead(*route.last(), color, size=10))
    if link.mutual or route.is_backward:
        parts.append(svg.arrowhead(*route.first(), color, size=10))
    return svg.element("g", {"class": "link"}, parts)


def _labels(found: ConceptMap, plan: Plan) -> list[str]:
    """Return the words of all links, each where it covers the least: no box, no other words, few other lines."""
    traces = [
        [route.at(piece, n / _STEPS) for piece in range(route.pieces) for n in range(_STEPS + 1)]
        for route in plan.routes
    ]
    placed: list[Area] = []
    drawn: list[str] = []
    for n, link in enumerate(found.links):
        text = link.words + (f" · {len(link.evidence)}" if link.evidence else "")
        others = [trace for other, trace in enumerate(traces) if other != n]
        area = _room(plan.routes[n], text, (plan.boxes, placed), others)
        placed.append(area)
        ground: dict[str, svg.Attribute] = {
            "x": area.left,
            "y": area.top,
            "width": area.right - area.left,
            "height": area.bottom - area.top,
            "rx": 3,
            "fill": "#ffffff",
            "fill-opacity": "0.92",
        }
        style: dict[str, svg.Attribute] = {
            "font-size": _LABEL,
            "text-anchor": "middle",
            "fill": _INK if link.evidence else _GREY,
        }
        at = (area.left + area.right) / 2, (area.top + area.bottom) / 2 + 4
        drawn += [svg.element("rect", ground), svg.words(at, text, style)]
    return drawn


def _room(
    route: Route,
    text: str,
    taken: tuple[Sequence[Area], Sequence[Area]],
    others: Sequence[Sequence[svg.Point]],
) -> Area:
    """Return the area on the route where a text costs least."""
    half = svg.text_width(text, _LABEL) / 2 + 1
    boxes, words = taken
    best: tuple[float, Area] | None = None
    for piece in range(route.pieces):
        for t in _ALONG:
            x, y = route.at(piece, t)
            area = Area(x - half, y - 7.5, x + half, y + 7.5)
            cost = abs(t - 0.5) * 2 + 3 * (route.length(piece) < 20)
            cost += 60 * sum(area.meets(box) for box in boxes)
            cost += 40 * sum(area.meets(other) for other in words)
            cost += 3 * sum(any(area.holds(point) for point in trace) for trace in others)
            if best is None or cost < best[0]:
                best = (cost, area)
    assert best is not None
    return best[1]


def _legend(top: float) -> tuple[list[str], float]:
    """Return the key to lines and boxes, and the height of the drawing with it."""
    found = []
    samples = (
        (_STRONG, None, "a link; the number: codings that speak for it"),
        (_BARE, None, "no evidence bound"),
        (_GREY, "7 4", "hinders or contradicts"),
    )
    small: dict[str, svg.Attribute] = {"font-size": 11, "fill": _GREY}
    for n, (color, dashes, text) in enumerate(samples):
        y = top + n * 18
        stroke: dict[str, svg.Attribute] = {
            "x1": _MARGIN,
            "x2": _MARGIN + 34,
            "y1": y,
            "y2": y,
            "stroke": color,
            "stroke-width": 1.6,
            "stroke-dasharray": dashes,
        }
        found.append(svg.element("line", stroke))
        found.append(svg.words((_MARGIN + 44, y + 4), text, small))
    y = top + len(samples) * 18
    box: dict[str, svg.Attribute] = {
        "x": _MARGIN,
        "y": y - 6,
        "width": 34,
        "height": 12,
        "rx": 3,
        "fill": "#ffffff",
        "stroke": _GREY,
        "stroke-dasharray": "5 3",
    }
    found.append(svg.element("rect", box))
    told = "an idea of the analyst's, no code stands for it"
    found.append(svg.words((_MARGIN + 44, y + 4), told, small))
    return found, y + 24
