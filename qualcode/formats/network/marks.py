"""The signs of a drawn network and the legend that explains them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.network.notation import KEY_TO_LETTERS, MEANINGS, SIGNS
from qualcode.core.network.ties import Standing, Tie
from qualcode.formats.network import svg
from qualcode.formats.network.svg import Point


@dataclass(frozen=True, slots=True)
class Stroke:
    """How the line of a standing is drawn: colour, dashes (None: solid), zigzag or not."""

    color: str
    dashes: str | None = None
    zigzag: bool = False
    thin: bool = False


STROKES: dict[Standing, Stroke] = {
    Standing.POSITIVE: Stroke("#0072B2"),
    Standing.NEUTRAL: Stroke("#4d4d4d"),
    Standing.UNRATED: Stroke("#4d4d4d", thin=True),
    Standing.MIXED: Stroke("#8B3A74", "11 4 2 4"),
    Standing.STRAINED: Stroke("#C2410C", zigzag=True),
    Standing.DIVIDED: Stroke("#8B3A74", "4 4", thin=True),
    Standing.PAST: Stroke("#6b6b6b", "8 6", thin=True),
    Standing.WISHED: Stroke("#6b6b6b", "8 6", thin=True),
    Standing.ABSENT: Stroke("#6b6b6b", "1.5 6", thin=True),
}

NODE = 9.0
_ROW = 22.0


def line_width(weight: int) -> float:
    """Return the width of a line for this many participants."""
    return 1.4 + 0.8 * min(weight, 8)


def actor_mark(at: Point, actor: Actor | None, shade: str) -> str:
    """Return a disc for an interviewed actor, a dashed ring for others, a square for a group, a dot for nobody."""
    if actor is not None and actor.kind is ActorKind.GROUP:
        box = {"x": at[0] - 9, "y": at[1] - 9, "width": 18, "height": 18, "rx": 3}
        return svg.element("rect", {**box, "fill": "#ffffff", "stroke": shade, "stroke-width": 2})
    heard = actor is not None and actor.interviewed
    return svg.element(
        "circle",
        {
            "cx": at[0],
            "cy": at[1],
            "r": NODE if actor is not None else 4,
            "fill": shade if heard else "#ffffff",
            "stroke": shade,
            "stroke-width": 1.8,
            "stroke-dasharray": None if heard else "3 2.5",
        },
    )


def legend_of(ties: Iterable[Tie], width: float, top: float) -> tuple[list[str], float]:
    """Return the legend for the standings that occur, in columns, and the height of the picture with it."""
    shown = [s for s in Standing if any(tie.standing is s for tie in ties)]
    samples = [
        (_sample(standing), f"{SIGNS[standing]}  {MEANINGS[standing]}") for standing in shown
    ]
    samples += [
        (_node_sample(dashed=False), "interviewed"),
        (_node_sample(dashed=True), "only talked about"),
        (_node_sample(square=True), "group and its members"),
        ("", KEY_TO_LETTERS),
        ("", "number and width: participants who tell of it; dashed plate: only one"),
        ("", "arrow: who acts towards whom; grey name: nobody speaks of it"),
    ]
    columns = max(2, int(width // 260))
    rows = math.ceil(len(samples) / columns)
    found = [
        svg.element(
            "line", {"x1": 24, "x2": width - 24, "y1": top, "y2": top, "stroke": "#bdbdbd"}
        )
    ]
    column_width = (width - 48) / columns
    place = 0
    for mark, text in samples:
        span = 1 if mark else 2
        if place % columns + span > columns:
            place += columns - place % columns
        x = 24 + (place % columns) * column_width
        y = top + 20 + (place // columns) * _ROW
        shift = 48 if mark else 0
        if mark:
            found.append(
                svg.element(
                    "g", {"transform": f"translate({svg.number(x)},{svg.number(y)})"}, [mark]
                )
            )
        found.append(svg.words((x + shift, y + 4), text, {"font-size": 11.5}))
        place += span
        rows = max(rows, math.ceil(place / columns))
    return found, top + 20 + rows * _ROW + 4


def _sample(standing: Standing) -> str:
    stroke = STROKES[standing]
    start, control, end = (0.0, 0.0), (20.0, 0.0), (40.0, 0.0)
    shape = (
        svg.zigzag(start, control, end, step=5)
        if stroke.zigzag
        else svg.curve(start, control, end)
    )
    return svg.element(
        "path",
        {
            "d": shape,
            "fill": "none",
            "stroke": stroke.color,
            "stroke-width": 1.5 if stroke.thin else 2.6,
            "stroke-dasharray": stroke.dashes,
            "stroke-linecap": "round" if standing is Standing.ABSENT else None,
        },
    )


def _node_sample(*, dashed: bool = False, square: bool = False) -> str:
    kind = ActorKind.GROUP if square else ActorKind.ROLE
    return actor_mark((20.0, 0.0), Actor("", "", kind, interviewed=not dashed), "#1a1a1a")
