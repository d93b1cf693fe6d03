"""A network as an SVG picture: actors at fixed places, ties by how they stand, readable without colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.actors import Actor
from qualcode.core.network.layout import Layout, shared_layout
from qualcode.core.network.notation import (
    NOT_SAID,
    described,
    notation,
)
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network, counted
from qualcode.formats.network import svg
from qualcode.formats.network.marks import NODE, STROKES, actor_mark, legend_of, line_width
from qualcode.formats.network.svg import Point

_HALO: dict[str, svg.Attribute] = {
    "paint-order": "stroke",
    "stroke": "#ffffff",
    "stroke-width": 4,
    "stroke-linejoin": "round",
}
_MARGIN_X, _TOP, _BOTTOM = 190.0, 96.0, 40.0
_LABEL = 20
_PLATES_PARTED = 200
_ALONG = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74)


@dataclass(frozen=True, slots=True)
class Frame:
    """The places of a layout in a picture: a circle of this radius around the middle."""

    layout: Layout
    radius: float
    middle: Point

    @property
    def width(self) -> float:
        return 2 * self.middle[0]

    @property
    def floor(self) -> float:
        """The lower edge of the circle with the labels below it."""
        return self.middle[1] + self.radius + _BOTTOM + 16

    def at(self, key: str) -> Point:
        x, y = self.layout.places[key]
        return (
            self.middle[0] + (x - 0.5) * 2 * self.radius,
            self.middle[1] + (y - 0.5) * 2 * self.radius,
        )


def framed(layout: Layout) -> Frame:
    """Return a frame in which the labels of all actors find room."""
    count = len(layout.order)
    radius = max(210.0, 13.0 * min(count, 24) + 3.0 * max(count - 24, 0))
    return Frame(layout, radius, (radius + _MARGIN_X, _TOP + radius + 34))


def network_svg(network: Network, *, layout: Layout | None = None) -> str:
    """Return the network as an SVG file.

    Give every site the same `layout` (see `shared_layout`), so that the pictures can be laid side by side.
    Actors of the layout that this network does not have stand in grey.
    """
    frame = framed(layout or shared_layout([network]))
    legend, height = legend_of(network.ties + network.group_ties, frame.width, frame.floor)
    body = [
        *heading(network.title, _subtitle(network), frame),
        *membership_lines(network, frame),
        *(line for tie in drawn_first(network) for line in tie_lines(tie, frame)),
        *actor_marks([network], frame),
        *plates(drawn_first(network), frame),
        *legend,
    ]
    label = f"Network: {network.title}"
    return svg.document(
        frame.width, height, body, label=label, description="; ".join(_subtitle(network))
    )


def drawn_first(network: Network) -> tuple[Tie, ...]:
    """Return the ties with those that are not there first, so that the others lie above them."""
    return tuple(
        sorted((*network.ties, *network.group_ties), key=lambda t: (t.standing.there, t.pair))
    )


def heading(name: str, lines: Sequence[str], frame: Frame) -> list[str]:
    """Return the title of a picture and the small print below it."""
    small: dict[str, svg.Attribute] = {"font-size": 11.5, "fill": "#4d4d4d"}
    fit = int((frame.width - 48) / 6.4)
    shown = [part for line in lines for part in svg.wrapped(line, fit)]
    return [
        svg.words((24, 34), name, {"font-size": 20, "font-weight": "bold"}),
        svg.words((24, 54), shown, small, spacing=15),
    ]


def tie_lines(
    tie: Tie, frame: Frame, *, attributes: dict[str, svg.Attribute] | None = None
) -> list[str]:
    """Return the line of a tie with its arrowheads, in one group whose tooltip says what is known of it."""
    stroke = STROKES[tie.standing]
    start, control, end = bent(frame, tie)
    shape = svg.zigzag(start, control, end) if stroke.zigzag else svg.curve(start, control, end)
    line = svg.element(
        "path",
        {
            "d": shape,
            "fill": "none",
            "stroke": stroke.color,
            "stroke-width": 1.5 if stroke.thin else line_width(tie.weight),
            "stroke-dasharray": stroke.dashes,
            "stroke-linecap": "round" if tie.standing is Standing.ABSENT else None,
            "stroke-linejoin": "round",
            "stroke-opacity": 0.45 if tie.by_membership else None,
        },
    )
    heads = []
    if tie.standing.there:
        ends = {tie.source: (start, control), tie.target: (end, control)}
        for key, (point, behind) in ends.items():
            if any(actor != key for actor in tie.acting):
                heads.append(svg.arrowhead(point, behind, stroke.color))
    tip = svg.title(described(tie, frame.layout.names))
    return [svg.element("g", {"class": "tie", **(attributes or {})}, [tip, line, *heads])]


def plates(ties: Sequence[Tie], frame: Frame) -> list[str]:
    """Return the notation of every tie on a white plate at its line."""
    texts = [notation(tie).replace(NOT_SAID, "") for tie in ties]
    spots = plate_spots(list(zip(ties, texts, strict=True)), frame)
    return [
        plate(
            at,
            text,
            color=STROKES[tie.standing].color,
            tip=described(tie, frame.layout.names),
            dashed=tie.single_source,
        )
        for at, text, tie in zip(spots, texts, ties, strict=True)
    ]


def plate(at: Point, text: str, *, color: str, tip: str, dashed: bool = False) -> str:
    """Return a short text on a white plate around the point, framed in the colour of its line."""
    width = svg.text_width(text, 11.5) + 5
    frame: dict[str, svg.Attribute] = {
        "x": at[0] - width / 2,
        "y": at[1] - 8,
        "width": width,
        "height": 16,
        "rx": 4,
        "fill": "#ffffff",
        "stroke": color,
        "stroke-width": 0.8,
        "stroke-dasharray": "2 2" if dashed else None,
    }
    style: dict[str, svg.Attribute] = {"font-size": 11.5, "text-anchor": "middle"}
    written = svg.words((at[0], at[1] + 4), text, style)
    return svg.element(
        "g", {"class": "plate"}, [svg.title(tip), svg.element("rect", frame), written]
    )


def actor_marks(networks: Sequence[Network], frame: Frame) -> list[str]:
    """Return the mark and the name of every actor; grey where no network has it or nobody speaks of it."""
    known = {actor.key: actor for n in networks for actor in (*n.actors, *n.groups)}
    told = {end for n in networks for tie in (*n.ties, *n.group_ties) for end in tie.pair}
    found = []
    for key in frame.layout.places:
        actor, name = known.get(key), frame.layout.names[key]
        shade = "#1a1a1a" if key in told else "#757575"
        lines = svg.wrapped(name, _LABEL)[:3]
        if actor is None:
            lines = [*lines[:2], "(not here)"]
        tip = svg.title(_about(actor, name, mentioned=key in told))
        marks = [tip, actor_mark(frame.at(key), actor, shade), _name(key, lines, frame, shade)]
        found.append(svg.element("g", {"class": "actor"}, marks))
    return found


def bent(frame: Frame, tie: Tie) -> tuple[Point, Point, Point]:
    """Return start, control and end of a tie's line: a little towards the middle, and round a group standing there."""
    one, other = frame.at(tie.source), frame.at(tie.target)
    half = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    control = svg.toward(half, frame.middle, math.dist(half, frame.middle) * 0.18)
    middle = frame.layout.middle
    blocked = middle and tie.source not in middle and tie.target not in middle
    if blocked and math.dist(half, frame.middle) < 75:
        dx, dy = other[0] - one[0], other[1] - one[1]
        length = math.hypot(dx, dy) or 1.0
        side = dx * (half[1] - frame.middle[1]) - dy * (half[0] - frame.middle[0])
        away = 120.0 if side >= 0 else -120.0
        control = (half[0] - dy / length * away, half[1] + dx / length * away)
    gap = NODE + 3
    return svg.toward(one, control, gap), control, svg.toward(other, control, gap)


def _name(key: str, lines: list[str], frame: Frame, shade: str) -> str:
    at = frame.at(key)
    style: dict[str, svg.Attribute] = {"fill": shade, **_HALO}
    if key in frame.layout.middle:
        return svg.words(
            (at[0], at[1] + 24), lines, {**style, "text-anchor": "middle"}, spacing=14
        )
    angle = frame.layout.angle(key)
    x = at[0] + math.cos(angle) * 20
    y = at[1] + math.sin(angle) * 20 + 4
    anchor = (
        "middle" if abs(math.cos(angle)) < 0.25 else ("start" if math.cos(angle) > 0 else "end")
    )
    extra = (len(lines) - 1) * 14
    if anchor == "middle":
        y = y - extra if math.sin(angle) < 0 else y + 8
    else:
        y -= extra / 2
    return svg.words((x, y), lines, {**style, "text-anchor": anchor}, spacing=14)


def plate_spots(labelled: Sequence[tuple[Tie, str]], frame: Frame) -> list[Point]:
    """Return where each plate stands on its line: as near the middle as it finds room beside the others.

    Above `_PLATES_PARTED` plates there is no room to find, and all stand in the middle.
    """
    if len(labelled) > _PLATES_PARTED:
        return [svg.on_curve(*bent(frame, tie), 0.5) for tie, _ in labelled]
    taken = [(*frame.at(key), 12.0) for key in frame.layout.places]
    for key in frame.layout.middle:
        x, y = frame.at(key)
        name = svg.wrapped(frame.layout.names[key], _LABEL)[0]
        taken.append((x, y + 20, svg.text_width(name) / 2))
    found: list[Point] = []
    for tie, text in labelled:
        half = svg.text_width(text, 11.5) / 2 + 3
        line = bent(frame, tie)
        spots = [svg.on_curve(*line, t) for t in _ALONG]
        free = [at for at in spots if not any(_touches(at, half, other) for other in taken)]
        at = free[0] if free else spots[0]
        found.append(at)
        taken.append((*at, half))
    return found


def _touches(at: Point, half: float, other: tuple[float, float, float]) -> bool:
    return abs(at[0] - other[0]) < half + other[2] + 2 and abs(at[1] - other[1]) < 18


def memberships(network: Network) -> list[tuple[str, str]]:
    """Return (group, member) for every member the network has: belonging, not a tie."""
    inside = {actor.key for actor in network.actors}
    return [(g.key, member) for g in network.groups for member in g.members if member in inside]


def membership_lines(network: Network, frame: Frame) -> list[str]:
    """Return a hair line from each group to each of its members."""
    found = []
    for group, member in memberships(network):
        (x1, y1), (x2, y2) = frame.at(group), frame.at(member)
        line: dict[str, svg.Attribute] = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
        found.append(svg.element("line", {**line, "stroke": "#c9c9c9", "stroke-width": 1}))
    return found


def _about(actor: Actor | None, name: str, *, mentioned: bool) -> str:
    if actor is None:
        return f"{name}: does not exist here"
    heard = "interviewed" if actor.interviewed else "only talked about"
    return f"{name}: {actor.kind.value}, {heard}{'' if mentioned else ', no tie mentioned'}"


def _subtitle(network: Network) -> list[str]:
    told = counted(len(network.ties), "tie")
    return [
        f"{network.universe_sentence}; {told}, {network.single_source} told by one participant only",
        f"Rule: {network.rule_sentence}",
    ]
