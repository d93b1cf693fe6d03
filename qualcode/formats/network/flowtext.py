"""Networks and process diagrams as text for Graphviz (DOT) and for Markdown (Mermaid)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qualcode.core.network.notation import NOT_SAID, notation
from qualcode.core.network.process import ProcessDiagram, ProcessFlow, StepKind
from qualcode.core.network.statements import Formality, Presence
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network
from qualcode.formats.network.svg import legal

_DOT_STYLES: dict[Standing, str] = {
    Standing.POSITIVE: 'color="#0072B2"',
    Standing.NEUTRAL: 'color="#4d4d4d"',
    Standing.UNRATED: 'color="#4d4d4d"',
    Standing.MIXED: 'color="#8B3A74", style=dashed',
    Standing.STRAINED: 'color="#C2410C:#ffffff:#C2410C"',
    Standing.DIVIDED: 'color="#8B3A74", style=dotted',
    Standing.PAST: 'color="#6b6b6b", style=dashed',
    Standing.WISHED: 'color="#6b6b6b", style=dashed',
    Standing.ABSENT: 'color="#6b6b6b", style=dotted',
}
_DOT_SHAPES = {
    StepKind.START: "ellipse",
    StepKind.STEP: "box",
    StepKind.DECISION: "diamond",
    StepKind.GROUP: "box3d",
    StepKind.END: "ellipse",
    StepKind.ABSENT: "box",
}
_MERMAID_SHAPES = {
    StepKind.START: ('(["', '"])'),
    StepKind.STEP: ('["', '"]'),
    StepKind.DECISION: ('{"', '"}'),
    StepKind.GROUP: ('[["', '"]]'),
    StepKind.END: ('(["', '"])'),
    StepKind.ABSENT: ('["', '"]'),
}


def network_dot(network: Network) -> str:
    """Return the network as a Graphviz digraph; undirected ties have no head, strained ones a double line."""
    ids = _ids(actor.key for actor in (*network.actors, *network.groups))
    lines = [
        "digraph ties {",
        f"  label={_dot(network.title)}; labelloc=t; layout=neato; overlap=false; splines=true;",
        '  node [shape=ellipse, fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=10];',
    ]
    for actor in (*network.actors, *network.groups):
        shape = ", shape=box" if actor in network.groups else ""
        style = "" if actor.interviewed or actor in network.groups else ", style=dashed"
        lines.append(f"  {ids[actor.key]} [label={_dot(actor.name)}{shape}{style}];")
    for tie in (*network.ties, *network.group_ties):
        text = notation(tie).replace(NOT_SAID, "")
        lines.append(
            f"  {ids[tie.source]} -> {ids[tie.target]} "
            f"[label={_dot(text)}, dir={_direction(tie)}, {_DOT_STYLES[tie.standing]}];"
        )
    return "\n".join([*lines, "}", ""])


def network_mermaid(network: Network) -> str:
    """Return the network as a Mermaid flow chart; thick: positive, dotted: not there, `!` strained."""
    ids = _ids(actor.key for actor in (*network.actors, *network.groups))
    tied = {end for tie in (*network.ties, *network.group_ties) for end in tie.pair}
    lines = ["flowchart LR"]
    for actor in (*network.actors, *network.groups):
        if actor.key in tied:
            shape = ('[["', '"]]') if actor in network.groups else ('("', '")')
            lines.append(f"  {ids[actor.key]}{shape[0]}{_mermaid(actor.name)}{shape[1]}")
    for tie in (*network.ties, *network.group_ties):
        text = _mermaid(notation(tie).replace(NOT_SAID, ""))
        first, second = tie.source, tie.target
        if _direction(tie) == "back":
            first, second = second, first
        lines.append(f"  {ids[first]} {_mermaid_line(tie, text)} {ids[second]}")
    return "\n".join([*lines, ""])


def process_dot(diagram: ProcessDiagram) -> str:
    """Return the process as a Graphviz digraph."""
    ids = _ids(step.key for step in diagram.steps)
    lines = [
        "digraph process {",
        f"  label={_dot(diagram.title)}; labelloc=t; rankdir=TB;",
        '  node [fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=10];',
    ]
    for step in diagram.steps:
        text = "\n".join([step.label, *(f"· {member}" for member in step.members)])
        style = ", style=dotted" if step.kind is StepKind.ABSENT else ""
        lines.append(
            f"  {ids[step.key]} [label={_dot(text)}, shape={_DOT_SHAPES[step.kind]}{style}];"
        )
    for flow in diagram.flows:
        absent = flow.presence is not Presence.PRESENT
        heads = (
            "none" if absent or not flow.directed else ("both" if flow.both_ways else "forward")
        )
        style = (
            "dotted" if absent else ("dashed" if flow.formality is Formality.INFORMAL else "solid")
        )
        words = " ".join(part for part in ("×" * absent, flow.words) if part)
        lines.append(
            f"  {ids[flow.source]} -> {ids[flow.target]} [label={_dot(words)}, dir={heads}, style={style}];"
        )
    return "\n".join([*lines, "}", ""])


def process_mermaid(diagram: ProcessDiagram) -> str:
    """Return the process as a Mermaid flow chart."""
    ids = _ids(step.key for step in diagram.steps)
    lines = ["flowchart TD"]
    for step in diagram.steps:
        opening, closing = _MERMAID_SHAPES[step.kind]
        text = "<br/>".join(_mermaid(part) for part in (step.label, *step.members))
        lines.append(f"  {ids[step.key]}{opening}{text}{closing}")
    lines += [f"  {ids[f.source]} {_mermaid_flow(f)} {ids[f.target]}" for f in diagram.flows]
    absent = [ids[step.key] for step in diagram.steps if step.kind is StepKind.ABSENT]
    if absent:
        lines.append("  classDef absent stroke-dasharray: 2 5")
        lines.append(f"  class {','.join(absent)} absent")
    return "\n".join([*lines, ""])


def _direction(tie: Tie) -> str:
    if not tie.standing.there or not tie.acting:
        return "none"
    if len(tie.acting) == 2:
        return "both"
    return "forward" if tie.acting[0] == tie.source else "back"


def _mermaid_line(tie: Tie, text: str) -> str:
    if not tie.standing.there:
        return f'-. "{text}" .-'
    pen = "==" if tie.standing is Standing.POSITIVE else "--"
    direction = _direction(tie)
    left = "<" if direction == "both" else ""
    right = pen[0] if direction == "none" else ">"
    return f'{left}{pen} "{text}" {pen}{right}'


def _mermaid_flow(flow: ProcessFlow) -> str:
    words = _mermaid(flow.words)
    if flow.presence is not Presence.PRESENT:
        return f'x-. "{words or "not there"}" .-x'
    informal = flow.formality is Formality.INFORMAL
    opening, closing = ("-.", ".-") if informal else ("--", "--")
    left = "<" if flow.both_ways and flow.directed else ""
    right = ">" if flow.directed else ("" if informal else "-")
    if not words:
        plain = "-.-" if informal else "--"
        return f"{left}{plain}{right}" if flow.directed else ("-.-" if informal else "---")
    return f'{left}{opening} "{words}" {closing}{right}'


def _ids(keys: Iterable[str]) -> Mapping[str, str]:
    """Return ids that neither language can mistake for a word of its own (`end`, `graph`)."""
    return {key: f"n{n}" for n, key in enumerate(keys, start=1)}


def _dot(text: str) -> str:
    inner = legal(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'


def _mermaid(text: str) -> str:
    """Return the text with everything that means something to Mermaid or to HTML as a character reference."""
    plain = " ".join(legal(text).split())
    return "".join(c if c.isalnum() or c in " .,:'–-+=±!?∅·*()/" else f"#{ord(c)};" for c in plain)
