"""Concept maps as they are read: counted, drawn, exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualcode.core.compare import Evidence
from qualcode.core.compare.evidence import count_codings
from qualcode.core.concept import ConceptEntry, ConceptMap, LinkEntry, MapEntry
from qualcode.errors import InputError
from qualcode.formats.concept import (
    concept_dot,
    concept_picture,
    concept_svg,
    concept_text,
    write_map,
)
from qualcode.storage import concept as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices
from qualcode.storage.compare_tally import load_counted
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.quoting import evidence_state, named_codings
from qualcode.storage.rounds import visible_to

_WRITERS = {"svg": concept_svg, "md": concept_text, "dot": concept_dot}
FORMATS = (*_WRITERS, "yaml")


@dataclass(frozen=True, slots=True)
class MapFacts:
    """A map in the list of maps; `bare` counts the links without evidence."""

    name: str
    concepts: int
    links: int
    bare: int


class CodeCounts:
    """Codings and participants behind codes, with everything below them, counted once for several calls.

    What was counted is forgotten when codings, codes, or what is known of who speaks have changed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._state: int | None = None
        self._known: dict[str, tuple[int, int]] = {}

    def of(self, connection: Connection, codes: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return (codings, participants) of these codes in the consensus, as far as the actor may see it."""
        state = evidence_state(connection)
        if state != self._state:
            self._known, self._state = {}, state
        codebook = load_codebook(connection)
        branches = {key: set(codebook.branch(key)) for key in codes if key not in self._known}
        if branches:
            wanted = frozenset[str]().union(*branches.values())
            layer = Layer(visible_to(connection, self._project.actor), codes=wanted)
            evidence = load_counted(connection, Voices(connection), layer)
            for key, branch in branches.items():
                self._known[key] = _counted([one for one in evidence if one.code in branch])
        return {key: self._known[key] for key in codes}


def list_facts(project: Project) -> tuple[MapFacts, ...]:
    """Return the maps in the order they were begun, without counting codings."""
    with project.reading() as connection:
        seen = visible_to(connection, project.actor)
        found = [store.load_map(connection, name, seen) for name in store.map_names(connection)]
    return tuple(
        MapFacts(one.name, len(one.concepts), len(one.links), len(one.without_evidence))
        for one in found
    )


def list_maps(project: Project) -> tuple[str, ...]:
    with project.reading() as connection:
        return store.map_names(connection)


def show_map(project: Project, name: str, *, counts: CodeCounts | None = None) -> ConceptMap:
    """Return a concept map with the codings and participants behind every concept and the evidence of every link."""
    with project.reading() as connection:
        found = store.load_map(connection, name, visible_to(connection, project.actor))
        known = load_codebook(connection).by_key
        codes = {one.code for one in found.concepts if one.code is not None and one.code in known}
        figures = (counts or CodeCounts(project)).of(connection, sorted(codes))
    concepts = tuple(
        replace(one, codings=figures[one.code][0], participants=figures[one.code][1])
        if one.code in figures
        else one
        for one in found.concepts
    )
    return replace(found, concepts=concepts)


def draw_map(found: ConceptMap) -> tuple[str, ...]:
    """Return a map drawn in plain text, read from above to below; links carry their number in the list of links."""
    return concept_picture(found)


def export_map(project: Project, name: str, *, format: str = "svg") -> str:
    """Return a map as a drawing (svg), as Graphviz (dot), as a list (md), or as YAML to be read again."""
    word = format.casefold().lstrip(".")
    if word in ("yaml", "yml"):
        return write_map(_entry(project, name))
    writer = _WRITERS.get(word)
    if writer is None:
        raise InputError(
            f"{format!r} is no format for a concept map", hint="one of " + ", ".join(FORMATS)
        )
    return writer(show_map(project, name))


def _entry(project: Project, name: str) -> MapEntry:
    """Return the map as it is written, with the evidence that the actor may see."""
    with project.reading() as connection:
        seen = visible_to(connection, project.actor)
        found = store.load_map(connection, name, seen)
        ids = [coding_id for link in found.links for coding_id in link.evidence]
        named = named_codings(connection, seen, ids)
    return MapEntry(
        found.name,
        tuple(ConceptEntry(one.name, one.code) for one in found.concepts),
        tuple(
            LinkEntry(
                one.source,
                one.target,
                one.kind,
                one.mutual,
                one.note,
                tuple(named[coding_id] for coding_id in one.evidence if coding_id in named),
            )
            for one in found.links
        ),
    )


def _counted(found: Sequence[Evidence]) -> tuple[int, int]:
    people = {name for one in found for name in one.participants}
    return count_codings(found), len(people)
