"""The quotations behind concepts and links, and those that could speak for a link."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.compare import Evidence
from qualcode.core.concept import ConceptMap
from qualcode.core.quotations import Quotation, holding
from qualcode.services.concept.finding import link_by_id, named_concept
from qualcode.storage import concept as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_evidence
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.quoting import quoted
from qualcode.storage.rounds import visible_to

MOST_FOUND = 500


def link_quotations(project: Project, map_name: str, link_id: int) -> tuple[Quotation, ...]:
    """Return the quotations that speak for a link, as far as the actor may see them."""
    with project.reading() as connection:
        seen = visible_to(connection, project.actor)
        links = store.load_map(connection, map_name, seen).links
        ids = next((one.evidence for one in links if one.id == link_id), None)
        if ids is None:
            ids = link_by_id(connection, map_name, link_id).evidence
        layer = Layer(seen, codes=frozenset())
        evidence = load_evidence(connection, Voices(connection), layer, ids=ids)
        return quoted(connection, evidence, bound=ids)


def concept_quotations(project: Project, map_name: str, name: str) -> tuple[Quotation, ...]:
    """Return the quotations of a concept's code, with everything below it; none for an idea without a code."""
    with project.reading() as connection:
        found = store.load_map(connection, map_name)
        concept = named_concept(found, name)
        return quoted(connection, _evidence(connection, project, found, [concept.name]))


def evidence_candidates(
    project: Project, map_name: str, link_id: int, words: str = ""
) -> tuple[Quotation, ...]:
    """Return quotations that could speak for a link: of the codes of its two concepts (of all codes, where neither

    has one), with all these words. Those where both codes meet stand first; what is bound already is marked."""
    with project.reading() as connection:
        found = store.load_map(connection, map_name)
        link = link_by_id(connection, map_name, link_id)
        evidence = _evidence(connection, project, found, [link.source, link.target])
        both = _meeting(connection, found, (link.source, link.target), evidence)
        ordered = sorted(evidence, key=lambda one: one.coding_id not in both)
        return holding(quoted(connection, ordered, bound=link.evidence), words)[:MOST_FOUND]


def _evidence(
    connection: Connection, project: Project, found: ConceptMap, names: Sequence[str]
) -> tuple[Evidence, ...]:
    """Return the consensus' evidence of these concepts; for a link between two ideas, that of all codes."""
    branches = [_branch(connection, found, name) for name in names]
    codes = frozenset(key for branch in branches for key in branch)
    if not codes and len(names) == 1:
        return ()
    layer = Layer(visible_to(connection, project.actor), codes=codes or None)
    return load_evidence(connection, Voices(connection), layer)


def _branch(connection: Connection, found: ConceptMap, name: str) -> tuple[str, ...]:
    codebook = load_codebook(connection)
    code = named_concept(found, name).code
    return tuple(codebook.branch(code)) if code in codebook.by_key else ()


def _meeting(
    connection: Connection,
    found: ConceptMap,
    names: tuple[str, str],
    evidence: Sequence[Evidence],
) -> set[int]:
    """Return the codings of one concept that share words with one of the other."""
    first, second = (set(_branch(connection, found, name)) for name in names)
    ones = [one for one in evidence if one.code in first]
    others = [one for one in evidence if one.code in second]
    met: set[int] = set()
    by_text: dict[int, list[Evidence]] = {}
    for other in others:
        by_text.setdefault(other.revision_id, []).append(other)
    for one in ones:
        for other in by_text.get(one.revision_id, ()):
            is_another = one.coding_id != other.coding_id
            if is_another and one.start < other.end and other.start < one.end:
                met |= {one.coding_id, other.coding_id}
    return met
