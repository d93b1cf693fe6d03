"""Networks as PNG or PDF, drawn by matplotlib (an extra that need not be installed) as the SVG picture is."""

from __future__ import annotations

import io
import math
from typing import Any, Literal

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.network.layout import Layout, shared_layout
from qualcode.core.network.notation import KEY_TO_LETTERS, MEANINGS, NOT_SAID, SIGNS, notation
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network
from qualcode.errors import Refused
from qualcode.formats.network import svg
from qualcode.formats.network.drawing import (
    Frame,
    bent,
    drawn_first,
    framed,
    memberships,
    plate_spots,
)
from qualcode.formats.network.marks import STROKES, Stroke, line_width

_DPI = 200
_POINTS = 72.0


def network_image(
    network: Network, *, layout: Layout | None = None, format: Literal["png", "pdf"] = "png"
) -> bytes:
    """Return the network as a PNG of 200 dots per inch or as a PDF page, with the places of the SVG picture.

    Refused where matplotlib is not installed. Files of the same network are the same, byte for byte.
    """
    figure_class, canvas_class = _matplotlib()
    frame = framed(layout or shared_layout([network]))
    height = frame.floor + 90
    figure = figure_class(figsize=(frame.width / _POINTS, height / _POINTS), dpi=_DPI)
    canvas_class(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, frame.width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    _write(axes, (24, 34), network.title, size=16, weight="bold")
    _write(axes, (24, 54), network.universe_sentence, size=9, color="#4d4d4d")
    _write(axes, (24, 69), f"Rule: {network.rule_sentence}", size=9, color="#4d4d4d")
    ties = drawn_first(network)
    for one, other in memberships(network):
        (x1, y1), (x2, y2) = frame.at(one), frame.at(other)
        axes.plot([x1, x2], [y1, y2], color="#c9c9c9", linewidth=0.7, zorder=0)
    for tie in ties:
        _draw_tie(axes, tie, frame)
    for key in frame.layout.places:
        _draw_actor(axes, key, network, frame)
    texts = [notation(tie).replace(NOT_SAID, "") for tie in ties]
    for tie, text, at in zip(
        ties, texts, plate_spots(list(zip(ties, texts, strict=True)), frame), strict=True
    ):
        edge: dict[str, Any] = {
            "facecolor": "white",
            "edgecolor": STROKES[tie.standing].color,
            "boxstyle": "round,pad=0.2",
            "linestyle": ":" if tie.single_source else "-",
            "linewidth": 0.7,
        }
        _write(axes, at, text, size=8, ha="center", va="center", bbox=edge)
    used = [s for s in Standing if any(tie.standing is s for tie in ties)]
    signs = ", ".join(f"{SIGNS[s]} {MEANINGS[s]}" for s in used)
    for n, line in enumerate((signs, KEY_TO_LETTERS, _EXPLAINED)):
        _write(axes, (24, frame.floor + 20 + n * 18), line, size=9)
    return _saved(figure, format)


_EXPLAINED = (
    "zigzag: strained; dotted: absent; number and width: participants; "
    "dashed ring: only talked about"
)


def _matplotlib() -> tuple[Any, Any]:
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise Refused(
            "PNG and PDF pictures need matplotlib, which is not installed",
            hint="pip install 'qualcode[png]', or export SVG, which needs nothing",
        ) from None
    return Figure, FigureCanvasAgg


def _saved(figure: Any, format: str) -> bytes:
    stream = io.BytesIO()
    undated = {"CreationDate": None} if format == "pdf" else {"Software": None}
    figure.savefig(stream, format=format, metadata=undated)
    return stream.getvalue()


def _draw_tie(axes: Any, tie: Tie, frame: Frame) -> None:
    stroke = STROKES[tie.standing]
    start, control, end = bent(frame, tie)
    steps = [n / 40 for n in range(41)]
    points = [svg.on_curve(start, control, end, t) for t in steps]
    style: dict[str, Any] = {
        "color": stroke.color,
        "linewidth": (1.2 if stroke.thin else line_width(tie.weight)) * 0.75,
        "zorder": 1,
        "linestyle": _dashes(stroke),
    }
    if stroke.zigzag:
        points = _zigzag(points)
    axes.plot([x for x, _ in points], [y for _, y in points], **style)
    if not tie.standing.there:
        return
    for key, tip in ((tie.source, start), (tie.target, end)):
        if any(actor != key for actor in tie.acting):
            arrow = {
                "arrowstyle": "-|>",
                "color": stroke.color,
                "shrinkA": 0,
                "shrinkB": 0,
                "lw": 0.1,
            }
            axes.annotate("", xy=tip, xytext=svg.toward(tip, control, 6), arrowprops=arrow)


def _dashes(stroke: Stroke) -> Any:
    if stroke.dashes is None:
        return "-"
    return (0, tuple(float(part) for part in stroke.dashes.split()))


def _zigzag(points: list[svg.Point]) -> list[svg.Point]:
    """Return the points moved to either side by turns, the first and last few left on the line."""
    found = []
    for n, (x, y) in enumerate(points):
        ahead = points[min(n + 1, len(points) - 1)]
        behind = points[max(n - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = math.hypot(dx, dy) or 1.0
        swing = 0.0 if n in (0, len(points) - 1) else (4.0 if n % 2 else -4.0)
        found.append((x - dy / length * swing, y + dx / length * swing))
    return found


def _draw_actor(axes: Any, key: str, network: Network, frame: Frame) -> None:
    actor: Actor | None = next(
        (a for a in (*network.actors, *network.groups) if a.key == key), None
    )
    mentioned = any(key in tie.pair for tie in (*network.ties, *network.group_ties))
    shade = "#1a1a1a" if mentioned else "#757575"
    x, y = frame.at(key)
    group = actor is not None and actor.kind is ActorKind.GROUP
    heard = actor is not None and actor.interviewed
    from matplotlib.patches import Circle, Rectangle

    style: dict[str, Any] = {"edgecolor": shade, "linewidth": 1.4, "zorder": 2}
    if group:
        axes.add_patch(Rectangle((x - 8, y - 8), 16, 16, facecolor="white", **style))
    else:
        dashes = "-" if heard else (0, (2, 1.6))
        color = shade if heard else "white"
        radius = 8 if actor is not None else 4
        axes.add_patch(Circle((x, y), radius, facecolor=color, linestyle=dashes, **style))
    lines = svg.wrapped(frame.layout.names[key], 20)[:3]
    if actor is None:
        lines = [*lines[:2], "(not here)"]
    if key in frame.layout.middle:
        _write(axes, (x, y + 13), "\n".join(lines), size=9, ha="center", va="top", color=shade)
        return
    angle = frame.layout.angle(key)
    cosine = math.cos(angle)
    side = "center" if abs(cosine) < 0.25 else ("left" if cosine > 0 else "right")
    level = "center" if side != "center" else ("bottom" if math.sin(angle) < 0 else "top")
    at = (x + cosine * 16, y + math.sin(angle) * 16)
    _write(axes, at, "\n".join(lines), size=9, ha=side, va=level, color=shade)


def _write(axes: Any, at: svg.Point, text: str, **style: Any) -> None:
    """Write text as it is: a dollar sign is no formula here."""
    axes.text(*at, svg.legal(text), parse_math=False, zorder=3, **style)
