"""Concept maps as they are read: counted, drawn, exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.core.compare import Evidence
from qualcode.core.concept import Concept, ConceptMap
from qualcode.errors import InputError
from qualcode.formats.concept import concept_dot, concept_picture, concept_svg, concept_text
from qualcode.storage import concept as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_evidence
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to

_WRITERS = {"svg": concept_svg, "md": concept_text, "dot": concept_dot}
FORMATS = tuple(_WRITERS)


def list_maps(project: Project) -> tuple[str, ...]:
    with project.reading() as connection:
        return store.map_names(connection)


def show_map(project: Project, name: str) -> ConceptMap:
    """Return a concept map with the codings and participants behind every concept and the evidence of every link."""
    with project.reading() as connection:
        seen = visible_to(connection, project.actor)
        found = store.load_map(connection, name, seen)
        codebook = load_codebook(connection)
        branches = {
            concept.code: codebook.branch(concept.code)
            for concept in found.concepts
            if concept.code in codebook.by_key
        }
        wanted = frozenset(key for keys in branches.values() for key in keys)
        layer = Layer(seen, codes=wanted)
        evidence = load_evidence(connection, Voices(connection), layer) if wanted else ()
    concepts = tuple(
        _counted(concept, evidence, branches[concept.code])
        if concept.code in branches
        else concept
        for concept in found.concepts
    )
    return replace(found, concepts=concepts)


def draw_map(found: ConceptMap) -> tuple[str, ...]:
    """Return a map drawn in plain text, read from above to below; links carry their number in the list of links."""
    return concept_picture(found)


def export_map(project: Project, name: str, *, format: str = "svg") -> str:
    """Return a map as a drawing (svg), as Graphviz (dot) or as a list (md)."""
    writer = _WRITERS.get(format.casefold().lstrip("."))
    if writer is None:
        raise InputError(
            f"{format!r} is no format for a concept map", hint="one of " + ", ".join(_WRITERS)
        )
    return writer(show_map(project, name))


def _counted(concept: Concept, evidence: Sequence[Evidence], branch: Sequence[str]) -> Concept:
    keys = set(branch)
    found = [one for one in evidence if one.code in keys]
    return replace(
        concept,
        codings=len({one.coding_id for one in found}),
        participants=len({name for one in found for name in one.participants}),
    )
