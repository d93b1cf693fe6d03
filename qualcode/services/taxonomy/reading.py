"""Taxonomies as they are read: counts from the evidence, contrasts, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare import Columns, Corpus, Evidence, columns_for
from qualcode.core.taxonomy import (
    ComponentRow,
    DomainNode,
    Taxonomy,
    components,
    tally,
)
from qualcode.errors import InputError
from qualcode.formats.taxonomy import WRITERS, write_taxonomy
from qualcode.services.taxonomy.finding import find_node
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_corpus, load_evidence
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import find_round, visible_to

_SITE = "site"


@dataclass(frozen=True, slots=True)
class ComponentialView:
    """Terms of one domain against dimensions of contrast; `questions` are the cells that nothing was said about."""

    cover_term: str
    dimensions: tuple[str, ...]
    rows: tuple[ComponentRow, ...]
    questions: tuple[tuple[str, str], ...]


def show_taxonomy(
    project: Project,
    domain: str | None = None,
    *,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
) -> Taxonomy:
    """Return the domains (or one) with codings, participants and sites per term, an example, and the gaps."""
    with project.reading() as connection:
        reading = _Reading(connection, project, basis=basis, round=round)
        nodes = reading.nodes
        if domain is not None:
            nodes = (find_node(nodes, domain),)
        return tally(
            nodes,
            reading.evidence,
            reading.codebook,
            sites=reading.sites,
            quote=_quoting(connection),
            basis=basis,
        )


def show_components(
    project: Project,
    domain: str,
    dimensions: Sequence[str],
    *,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
) -> ComponentialView:
    """Return what tells the terms of a domain apart: their values on facets or attributes, gaps as questions to ask."""
    with project.reading() as connection:
        reading = _Reading(connection, project, basis=basis, round=round)
        node = find_node(reading.nodes, domain)
        columns = [
            columns_for(name, reading.corpus, reading.codebook, reading.evidence)
            for name in dimensions
        ]
        taxonomy = tally(
            [node],
            reading.evidence,
            reading.codebook,
            sites=None,
            quote=lambda one: "",
            basis=basis,
        )
        rows = components(node, taxonomy.domains[0], reading.evidence, columns)
    names = tuple(column.name for column in columns)
    questions = tuple(
        (row.term, name)
        for row in rows
        for name, values in zip(names, row.values, strict=True)
        if not values
    )
    return ComponentialView(node.cover_term, names, rows, questions)


def export_taxonomy(
    project: Project,
    *,
    format: str = "md",
    domain: str | None = None,
    basis: str = CONSENSUS_CODER,
) -> bytes:
    """Return the taxonomy as a file: md, csv, yaml, svg or docx."""
    word = format.casefold().lstrip(".")
    if word in ("yaml", "yml"):
        with project.reading() as connection:
            entries = store.load_domains(connection)
            if domain is not None:
                wanted = find_node(store.load_nodes(connection), domain).cover_term
                entries = tuple(one for one in entries if one.cover_term == wanted)
        return write_taxonomy(entries).encode()
    writer = WRITERS.get(word)
    if writer is None:
        known = ", ".join([*WRITERS, "yaml"])
        raise InputError(f"{format!r} is no format for a taxonomy", hint=f"one of {known}")
    return writer(show_taxonomy(project, domain, basis=basis))


class _Reading:
    """Domains and the evidence of one layer, second-cycle codings led back to the interviews."""

    def __init__(
        self, connection: Connection, project: Project, *, basis: str, round: str | None
    ) -> None:
        self.codebook: Codebook = load_codebook(connection)
        self.nodes: tuple[DomainNode, ...] = store.load_nodes(connection)
        round_ = find_round(connection, round) if round else None
        voices = Voices(connection)
        bound = {
            coding_id
            for node in self.nodes
            for _, term, _ in node.walk()
            for coding_id in term.quotations
        }
        layer = Layer(visible_to(connection, project.actor), basis, round_)
        self.evidence: tuple[Evidence, ...] = load_evidence(connection, voices, layer, ids=bound)
        self.corpus: Corpus = load_corpus(
            connection, voices, {one.document for one in self.evidence}, round_
        )
        self.sites: Columns | None = self._sites()

    def _sites(self) -> Columns | None:
        has_facet = any(facet.key.casefold() == _SITE for facet in self.codebook.facets)
        if not has_facet and self.corpus.attribute(_SITE) is None:
            return None
        try:
            return columns_for(_SITE, self.corpus, self.codebook, self.evidence)
        except InputError:
            return None


def _quoting(connection: Connection) -> Callable[[Evidence], str]:
    texts: dict[int, str] = {}

    def quote(one: Evidence) -> str:
        if one.revision_id not in texts:
            texts[one.revision_id] = load_text(connection, one.revision_id)
        return texts[one.revision_id][one.start : one.end]

    return quote
