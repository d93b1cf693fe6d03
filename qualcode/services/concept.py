"""Concept maps: concepts over codes, links between them with evidence, drawn and exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.core.compare import Evidence
from qualcode.core.concept import Concept, ConceptLink, ConceptMap, link_kind_from
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.formats.concept import concept_dot, concept_svg, concept_text
from qualcode.storage import concept as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.compare import Layer, Voices, load_evidence
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to

_WRITERS = {"svg": concept_svg, "md": concept_text, "dot": concept_dot}


def list_maps(project: Project) -> tuple[str, ...]:
    with project.reading() as connection:
        return store.map_names(connection)


def show_map(project: Project, name: str) -> ConceptMap:
    """Return a concept map with the codings and participants behind every concept and the evidence of every link."""
    with project.reading() as connection:
        found = store.load_map(connection, name)
        layer = Layer(visible_to(connection, project.actor))
        evidence = load_evidence(connection, Voices(connection), layer)
        codebook = load_codebook(connection)
    concepts = tuple(
        _counted(concept, evidence, codebook.branch(concept.code))
        if concept.code in codebook.by_key
        else concept
        for concept in found.concepts
    )
    return replace(found, concepts=concepts)


def add_concept(
    project: Project, map_name: str, name: str = "", *, code: str | None = None
) -> ConceptMap:
    """Add a concept to a map (begun with its first one): a code, an idea of your own, or a code under other words."""
    with project.writing("concept added") as writer:
        found = load_codebook(writer.connection).find(code) if code else None
        words = " ".join(name.split()) or (found.name if found else "")
        if not words or not map_name.strip():
            raise InputError("a concept needs words or a code, and its map a name")
        standing = _standing(writer.connection, map_name)
        title = standing.name if standing else " ".join(map_name.split())
        if standing and _find(standing, words):
            raise Refused(f"{title} has a concept {words} already", hint="choose other words")
        store.add_concept(writer, title, words, found.id if found else None)
        return store.load_map(writer.connection, title)


def link_concepts(
    project: Project,
    map_name: str,
    ends: tuple[str, str],
    *,
    kind: str = "leads-to",
    mutual: bool = False,
    note: str = "",
) -> ConceptLink:
    """Link two concepts of a map, from the first to the second, or both ways. Naming the same link again changes it."""
    meant = link_kind_from(kind)
    with project.writing("concepts linked") as writer:
        found = store.load_map(writer.connection, map_name)
        source, target = (_named(found, name) for name in ends)
        if source.id == target.id:
            raise Refused(f"{source.name} cannot be linked to itself", hint="name two concepts")
        link_id = store.add_link(
            writer, (source.id, target.id), meant, mutual=mutual, note=note.strip()
        )
        return _link(writer, map_name, link_id)


def support_link(
    project: Project, map_name: str, link_id: int, codings: Sequence[int]
) -> ConceptLink:
    """Bind codings to a link as its evidence. Refused for a coding that does not exist or may not be seen."""
    with project.writing("link supported") as writer:
        _link(writer, map_name, link_id)
        seen = visible_to(writer.connection, project.actor)
        known = {one.id: one.uid for one in load_codings(writer.connection, seen, ids=codings)}
        for coding_id in codings:
            if coding_id not in known:
                raise Refused(f"there is no coding {coding_id}", hint="qualcode coding list")
        store.bind_evidence(writer, link_id, known.values())
        return _link(writer, map_name, link_id)


def unlink_concepts(project: Project, map_name: str, link_id: int) -> None:
    with project.writing("link removed") as writer:
        store.remove_link(writer, _link(writer, map_name, link_id).id)


def remove_concept(project: Project, map_name: str, name: str) -> None:
    """Take a concept with its links out of the map; codes and codings stay as they are."""
    with project.writing("concept removed") as writer:
        found = store.load_map(writer.connection, map_name)
        store.remove_concept(writer, found, _named(found, name))


def export_map(project: Project, name: str, *, format: str = "svg") -> str:
    """Return a map as a drawing (svg), as Graphviz (dot) or as a list (md)."""
    writer = _WRITERS.get(format.casefold().lstrip("."))
    if writer is None:
        raise InputError(
            f"{format!r} is no format for a concept map", hint="one of " + ", ".join(_WRITERS)
        )
    return writer(show_map(project, name))


def _counted(concept: Concept, evidence: Sequence[Evidence], branch: Sequence[str]) -> Concept:
    found = [one for one in evidence if one.code in branch]
    return replace(
        concept,
        codings=len({one.coding_id for one in found}),
        participants=len({name for one in found for name in one.participants}),
    )


def _standing(connection: Connection, map_name: str) -> ConceptMap | None:
    wanted = " ".join(map_name.split()).casefold()
    for name in store.map_names(connection):
        if name.casefold() == wanted:
            return store.load_map(connection, name)
    return None


def _find(found: ConceptMap, name: str) -> Concept | None:
    wanted = name.strip().casefold()
    for concept in found.concepts:
        if wanted in (concept.name.casefold(), (concept.code or "").casefold()):
            return concept
    return None


def _named(found: ConceptMap, name: str) -> Concept:
    concept = _find(found, name)
    if concept is None:
        raise UnknownName("concept", name, [one.name for one in found.concepts])
    return concept


def _link(writer: Writer, map_name: str, link_id: int) -> ConceptLink:
    links = store.load_map(writer.connection, map_name).links
    for link in links:
        if link.id == link_id:
            return link
    raise UnknownName("link", str(link_id), [str(link.id) for link in links])
