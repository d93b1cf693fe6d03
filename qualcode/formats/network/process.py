"""Process diagrams as SVG, read from above to below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.network.layers import Layers, columns, layered
from qualcode.core.network.process import ProcessDiagram, ProcessFlow, ProcessStep, StepKind
from qualcode.core.network.statements import Formality, Presence
from qualcode.formats.network import svg
from qualcode.formats.network.svg import Point

_WIDE, _PASSING, _GAP, _BETWEEN = 190.0, 20.0, 36.0, 62.0
_INK, _GREY = "#1a1a1a", "#6b6b6b"


@dataclass(frozen=True, slots=True)
class _Plan:
    diagram: ProcessDiagram
    layers: Layers
    middles: dict[int, float]
    tops: list[float]
    heights: list[float]

    def box(self, n: int) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a step."""
        step = self.diagram.steps[n]
        row = next(r for r, things in enumerate(self.layers.rows) if n in things)
        height = _height(step)
        return (
            self.middles[n] - _WIDE / 2 + 30,
            self.tops[row] + (self.heights[row] - height) / 2,
            _WIDE,
            height,
        )

    def point(self, thing: int, row: int) -> Point:
        return self.middles[thing] + 30, self.tops[row] + self.heights[row] / 2


def process_svg(diagram: ProcessDiagram) -> str:
    """Return the diagram as an SVG file: formal arrows solid, informal dashed, what does not exist dotted with a cross."""
    plan = _plan(diagram)
    width = max(520.0, max(plan.middles.values(), default=0.0) + _WIDE / 2 + 60)
    floor = (plan.tops[-1] + plan.heights[-1] if plan.tops else 80) + 34
    legend, height = _legend(width, floor)
    body = [
        svg.words((24, 36), diagram.title, {"font-size": 20, "font-weight": "bold"}),
        *(part for line in plan.layers.lines for part in _flow(plan, line.edge, line.through)),
        *(_step(step, plan.box(n)) for n, step in enumerate(diagram.steps)),
        *(_label(plan, line.edge, line.through) for line in plan.layers.lines),
        *legend,
    ]
    return svg.document(width, height, body, label=f"Process: {diagram.title}")


def _plan(diagram: ProcessDiagram) -> _Plan:
    place = {step.key: n for n, step in enumerate(diagram.steps)}
    edges = [(place[flow.source], place[flow.target]) for flow in diagram.flows]
    layers = layered(len(diagram.steps), edges)

    def width(thing: int) -> float:
        return _WIDE if thing >= 0 else _PASSING

    heights = [
        max((_height(diagram.steps[n]) for n in row if n >= 0), default=30.0)
        for row in layers.rows
    ]
    tops = [64 + sum(heights[:r]) + r * _BETWEEN for r in range(len(heights))]
    return _Plan(diagram, layers, columns(layers, width, _GAP), tops, heights)


def _height(step: ProcessStep) -> float:
    return 22.0 + 16 * len(_lines(step)) + (18 if step.kind is StepKind.DECISION else 0)


def _lines(step: ProcessStep) -> list[str]:
    fit = 18 if step.kind is StepKind.DECISION else 26
    lines = svg.wrapped(step.label, fit)
    for member in step.members:
        lines += [f"· {line}" for line in svg.wrapped(member, 24)[:1]]
    if step.kind is StepKind.ABSENT:
        lines.append("(does not happen)")
    return lines


def _step(step: ProcessStep, box: tuple[float, float, float, float]) -> str:
    x, y, width, height = box
    absent = step.kind is StepKind.ABSENT
    style: dict[str, svg.Attribute] = {
        "fill": "#ffffff",
        "stroke": _GREY if absent else _INK,
        "stroke-width": 2.2 if step.kind is StepKind.GROUP else 1.5,
        "stroke-dasharray": "2 5" if absent else None,
    }
    if step.kind is StepKind.DECISION:
        points = (
            (x, y + height / 2),
            (x + width / 2, y),
            (x + width, y + height / 2),
            (x + width / 2, y + height),
        )
        corners = " ".join(f"{svg.number(a)},{svg.number(b)}" for a, b in points)
        shape = svg.element("polygon", {"points": corners, **style})
    else:
        round_ends = step.kind in (StepKind.START, StepKind.END)
        corner = height / 2 if round_ends else (2 if step.kind is StepKind.STEP else 8)
        shape = svg.element(
            "rect", {"x": x, "y": y, "width": width, "height": height, "rx": corner, **style}
        )
    lines = _lines(step)
    first = y + height / 2 - 8 * len(lines) + 12
    text = svg.words(
        (x + width / 2, first), lines, {"text-anchor": "middle", "fill": _GREY if absent else _INK}
    )
    return svg.element("g", {"class": "step"}, [svg.title(_about_step(step)), shape, text])


def _flow(plan: _Plan, edge: int, through: Sequence[int]) -> list[str]:
    flow = plan.diagram.flows[edge]
    points = _route(plan, edge, through)
    absent = flow.presence is not Presence.PRESENT
    color = _GREY if absent else _INK
    path = "M" + " L".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points)
    dashes = "1.5 6" if absent else ("8 5" if flow.formality is Formality.INFORMAL else None)
    parts = [
        svg.title(_about_flow(flow, plan.diagram)),
        svg.element(
            "path",
            {
                "d": path,
                "fill": "none",
                "stroke": color,
                "stroke-width": 1.6,
                "stroke-dasharray": dashes,
                "stroke-linejoin": "round",
                "stroke-linecap": "round" if absent else None,
            },
        ),
    ]
    upward = plan.diagram.steps[through[0]].key != flow.source
    ends = [(points[-1], points[-2]), (points[0], points[1])]
    if upward:
        ends.reverse()
    if flow.directed and not absent:
        parts.append(svg.arrowhead(*ends[0], color))
        parts += [svg.arrowhead(*ends[1], color)] if flow.both_ways else []
    if absent:
        x, y = _half(points)
        cross = f"M{svg.number(x - 5)},{svg.number(y - 5)} l10,10 m0,-10 l-10,10"
        parts.append(
            svg.element("path", {"d": cross, "stroke": color, "stroke-width": 2, "fill": "none"})
        )
    return [svg.element("g", {"class": "flow"}, parts)]


def _label(plan: _Plan, edge: int, through: Sequence[int]) -> str:
    """Return the words of a flow on a white ground, beside the cross where it does not exist."""
    flow = plan.diagram.flows[edge]
    if not flow.words:
        return ""
    lines = svg.wrapped(flow.words, 24)
    x, y = _half(_route(plan, edge, through))
    shift = 12 if flow.presence is not Presence.PRESENT else 0
    style: dict[str, svg.Attribute] = {
        "font-size": 11.5,
        "text-anchor": "start" if shift else "middle",
        "stroke": "#ffffff",
        "stroke-width": 7,
        "paint-order": "stroke",
        "stroke-linejoin": "round",
    }
    return svg.words((x + shift, y + 4 - 7 * (len(lines) - 1)), lines, style, spacing=14)


def _route(plan: _Plan, edge: int, through: Sequence[int]) -> list[Point]:
    """Return the corners of a flow, from the box above to the box below, with ports spread along the boxes."""
    rows = {thing: r for r, things in enumerate(plan.layers.rows) for thing in things}
    upper, lower = through[0], through[-1]
    x, y, width, height = plan.box(upper)
    first = (x + width * _port(plan, edge, upper, below=True), y + height)
    if plan.diagram.steps[upper].kind is StepKind.DECISION:
        first = (x + width / 2, y + height)
    x, y, width, height = plan.box(lower)
    last = (x + width * _port(plan, edge, lower, below=False), y)
    if plan.diagram.steps[lower].kind is StepKind.DECISION:
        last = (x + width / 2, y)
    return [first, *(plan.point(thing, rows[thing]) for thing in through[1:-1]), last]


def _port(plan: _Plan, edge: int, step: int, *, below: bool) -> float:
    """Return where along its side a step is left or reached, as a share of its width."""
    own = [
        (plan.middles[line.through[1 if below else -2]], line.edge)
        for line in plan.layers.lines
        if line.through[0 if below else -1] == step
    ]
    order = [number for _, number in sorted(own)]
    return (order.index(edge) + 1) / (len(order) + 1)


def _half(points: Sequence[Point]) -> Point:
    n = (len(points) - 1) // 2
    (x, y), (x2, y2) = points[n], points[n + 1]
    return (x + x2) / 2, (y + y2) / 2


def _about_step(step: ProcessStep) -> str:
    told = f"; told by {len(step.participants)}" if step.participants else ""
    codings = f"; codings {', '.join(map(str, step.evidence))}" if step.evidence else ""
    return f"{step.label} ({step.kind.value}{told}{codings})"


def _about_flow(flow: ProcessFlow, diagram: ProcessDiagram) -> str:
    ends = f"{diagram.step(flow.source).label} → {diagram.step(flow.target).label}"
    said = [flow.words, flow.formality.value if flow.formality else "", flow.presence.value]
    told = f"told by {', '.join(flow.participants)}" if flow.participants else ""
    return f"{ends}: {'; '.join(part for part in (*said, told) if part)}"


def _legend(width: float, top: float) -> tuple[list[str], float]:
    found = [
        svg.element(
            "line", {"x1": 24, "x2": width - 24, "y1": top, "y2": top, "stroke": "#bdbdbd"}
        )
    ]
    samples = (
        (None, "formal, or not said"),
        ("8 5", "informal"),
        ("1.5 6", "× not there, or only wished for"),
    )
    for n, (dashes, text) in enumerate(samples):
        y = top + 20 + n * 20
        line: dict[str, svg.Attribute] = {"x1": 24, "x2": 64, "y1": y, "y2": y}
        found.append(
            svg.element(
                "line", {**line, "stroke": _INK, "stroke-width": 1.6, "stroke-dasharray": dashes}
            )
        )
        found.append(svg.words((74, y + 4), text, {"font-size": 11.5}))
    return found, top + 20 + 20 * len(samples)
