"""A concept map in plain text: a picture for the terminal, Markdown, Graphviz."""

from __future__ import annotations

from qualcode.core.concept import Concept, ConceptLink, ConceptMap, LinkKind
from qualcode.formats.network.canvas import Stroke, drawn

DASHED = frozenset({LinkKind.HINDERS, LinkKind.CONTRADICTS})


def concept_picture(found: ConceptMap) -> tuple[str, ...]:
    """Return the map as rows of text, read from above to below; a label begins with the number of its link, from 1.

    An idea without a code says so; a link without evidence is dotted, one that hinders or contradicts dashed."""
    places = {concept.name: n for n, concept in enumerate(found.concepts)}
    boxes = [
        f"{one.name} ({'idea' if one.codings is None else one.codings})" for one in found.concepts
    ]
    strokes = []
    for n, link in enumerate(found.links, start=1):
        ends = places[link.source], places[link.target]
        pen = "dashed" if link.kind in DASHED else ("plain" if link.evidence else "dotted")
        heads = frozenset(ends if link.mutual else ends[1:])
        strokes.append(Stroke(*ends, f"{n} {link.words}", pen, heads))
    return drawn(boxes, strokes).rows


def concept_text(found: ConceptMap) -> str:
    """Return the map as Markdown: concepts with their counts, links with their evidence."""
    lines = [f"# {found.name}", "", "## Concepts", ""]
    lines += [f"- {concept.name}{_counts(concept)}" for concept in found.concepts]
    lines += ["", "## Links", ""]
    for link in found.links:
        lines.append(
            f"- {link.reading}: {_evidence(link)}" + (f". {link.note}" if link.note else "")
        )
    return "\n".join(lines) + "\n"


def concept_dot(found: ConceptMap) -> str:
    """Return the map for Graphviz."""
    lines = [f"digraph {_quoted(found.name)} {{", "  rankdir=LR; node [shape=box];"]
    for concept in found.concepts:
        style = "" if concept.code else " [style=dashed]"
        lines.append(f"  {_quoted(concept.name)}{style};")
    for link in found.links:
        both = ", dir=both" if link.mutual else ""
        label = _quoted(link.words)
        lines.append(f"  {_quoted(link.source)} -> {_quoted(link.target)} [label={label}{both}];")
    return "\n".join([*lines, "}"]) + "\n"


def _counts(concept: Concept) -> str:
    if concept.codings is None:
        return " (the analyst's idea)"
    return f" (`{concept.code}`, {concept.codings} codings, {concept.participants} participants)"


def _evidence(link: ConceptLink) -> str:
    if not link.evidence and not link.gone:
        return "no evidence bound"
    words = "1 coding" if len(link.evidence) == 1 else f"{len(link.evidence)} codings"
    return words + (f", {link.gone} gone" if link.gone else "")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
