"""Networks and process diagrams drawn in text, with the legend a reader needs."""

from __future__ import annotations

from qualcode.core.network.notation import KEY_TO_LETTERS, MEANINGS, NOT_SAID, SIGNS, notation
from qualcode.core.network.process import ProcessDiagram, StepKind
from qualcode.core.network.statements import Formality, Presence
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network
from qualcode.errors import Refused
from qualcode.formats.network.canvas import Stroke, drawn

MOST_ACTORS = 16
"""More actors than these cannot be drawn legibly in text; the matrix can hold them."""

_PENS: dict[Standing, str] = {
    Standing.POSITIVE: "heavy",
    Standing.STRAINED: "double",
    Standing.MIXED: "dashed",
    Standing.DIVIDED: "dashed",
    Standing.PAST: "dotted",
    Standing.WISHED: "dotted",
    Standing.ABSENT: "dotted",
}
_LINES = {"heavy": "━━", "plain": "──", "double": "══", "dashed": "╌╌", "dotted": "┄┄"}


def network_rows(network: Network) -> list[str]:
    """Return the network as boxes and lines; Refused above `MOST_ACTORS` actors somebody speaks of."""
    ties = [*network.ties, *network.group_ties]
    degree: dict[str, int] = {}
    for tie in ties:
        for end in tie.pair:
            degree[end] = degree.get(end, 0) + 1
    shown = [a for a in (*network.actors, *network.groups) if a.key in degree]
    if len(shown) > MOST_ACTORS:
        raise Refused(
            f"{len(shown)} actors are too many for a picture in text (at most {MOST_ACTORS})",
            hint="show the matrix, filter the network, or export it as SVG",
        )
    if not shown:
        return [f"{network.title}: no tie has been told."]
    order = _by_reach(ties, degree)
    place = {key: n for n, key in enumerate(order)}
    names = {actor.key: actor.name for actor in shown}
    strokes = [_stroke(tie, place) for tie in ties]
    picture = drawn([names[key] for key in order], strokes)
    used = [s for s in Standing if any(tie.standing is s for tie in ties)]
    lines = [f"{_LINES[_PENS.get(s, 'plain')]} {SIGNS[s]} {MEANINGS[s]}" for s in used]
    silent = [actor.name for actor in network.actors if actor.key not in degree]
    return [
        f"{network.title}: {network.universe_sentence}",
        "",
        *picture.rows,
        "",
        *(f"{_told(ties[n], names)}" for n in picture.unlabelled),
        "   ".join(lines),
        f"{KEY_TO_LETTERS}; number: participants; ▼ ▲ who acts towards whom",
        *([f"Nobody speaks of: {', '.join(silent)}"] if silent else []),
    ]


def process_rows(diagram: ProcessDiagram) -> list[str]:
    """Return the process as boxes and lines."""
    place = {step.key: n for n, step in enumerate(diagram.steps)}
    boxes = []
    for step in diagram.steps:
        mark = {StepKind.DECISION: "◇ ", StepKind.GROUP: "▣ ", StepKind.ABSENT: "✗ "}.get(
            step.kind, ""
        )
        boxes.append(mark + ", ".join([step.label, *step.members]))
    strokes = []
    for flow in diagram.flows:
        absent = flow.presence is not Presence.PRESENT
        source, target = place[flow.source], place[flow.target]
        heads = {target} | ({source} if flow.both_ways else set())
        strokes.append(
            Stroke(
                source,
                target,
                ("✗ " * absent + flow.words).strip(),
                "dotted"
                if absent
                else ("dashed" if flow.formality is Formality.INFORMAL else "plain"),
                frozenset() if absent or not flow.directed else frozenset(heads),
            )
        )
    picture = drawn(boxes, strokes)
    missing = [
        f"{boxes[strokes[n].source]} → {boxes[strokes[n].target]}: {strokes[n].label}"
        for n in picture.unlabelled
    ]
    legend = "── formal or not said   ╌╌ informal   ┄┄ ✗ not there   ◇ decision   ▣ group"
    return [diagram.title, "", *picture.rows, "", *missing, legend]


def _by_reach(ties: list[Tie], degree: dict[str, int]) -> list[str]:
    """Return actors from the most tied outwards, so that hubs stand above."""
    around: dict[str, set[str]] = {}
    for tie in ties:
        around.setdefault(tie.source, set()).add(tie.target)
        around.setdefault(tie.target, set()).add(tie.source)
    order: list[str] = []
    for start in sorted(degree, key=lambda key: (-degree[key], key)):
        queue = [start]
        while queue:
            key = queue.pop(0)
            if key not in order:
                order.append(key)
                queue += sorted(around[key] - set(order), key=lambda k: (-degree[k], k))
    return order


def _stroke(tie: Tie, place: dict[str, int]) -> Stroke:
    one, other = sorted((place[tie.source], place[tie.target]))
    heads = set()
    if tie.standing.there:
        heads = {place[end] for end in tie.pair if any(actor != end for actor in tie.acting)}
    text = notation(tie).replace(NOT_SAID, "")
    return Stroke(one, other, text, _PENS.get(tie.standing, "plain"), frozenset(heads))


def _told(tie: Tie, names: dict[str, str]) -> str:
    return f"{names[tie.source]} – {names[tie.target]}: {notation(tie).replace(NOT_SAID, '')}"
