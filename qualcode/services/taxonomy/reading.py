"""Taxonomies as they are read: counts from the evidence, exports."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.taxonomy import DomainEntry, DomainNode, Taxonomy, TermEntry, TermNode, tally_on
from qualcode.errors import InputError
from qualcode.formats.taxonomy import WRITERS, write_taxonomy
from qualcode.services.taxonomy.finding import find_node
from qualcode.services.taxonomy.layer import LayerReading
from qualcode.storage import taxonomy as store
from qualcode.storage.database import Connection
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.quoting import named_codings
from qualcode.storage.rounds import visible_to


def show_taxonomy(
    project: Project,
    domain: str | None = None,
    *,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
    layer: LayerReading | None = None,
) -> Taxonomy:
    """Return the domains (or one) with codings, participants and sites per term, an example, and the gaps.

    With a `layer` it is counted on that one, whatever `basis` and `round`."""
    with project.reading() as connection:
        reading = (layer or LayerReading(project, basis=basis, round=round)).refresh(connection)
        nodes = reading.nodes
        if domain is not None:
            nodes = (find_node(nodes, domain),)
        return tally_on(reading.counting, nodes, basis=reading.basis)


def export_taxonomy(
    project: Project,
    *,
    format: str = "md",
    domain: str | None = None,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
) -> bytes:
    """Return the taxonomy as a file: md, csv, yaml, svg or docx."""
    word = format.casefold().lstrip(".")
    if word in ("yaml", "yml"):
        with project.reading() as connection:
            return write_taxonomy(_entries(connection, project, domain)).encode()
    writer = WRITERS.get(word)
    if writer is None:
        known = ", ".join([*WRITERS, "yaml"])
        raise InputError(f"{format!r} is no format for a taxonomy", hint=f"one of {known}")
    return writer(show_taxonomy(project, domain, basis=basis, round=round))


def _entries(
    connection: Connection, project: Project, domain: str | None
) -> tuple[DomainEntry, ...]:
    """Return the domains as they are written, with the visible quotations bound to them and the cells written."""
    nodes = store.load_nodes(connection)
    if domain is not None:
        nodes = (find_node(nodes, domain),)
    ids = [one for node in nodes for _, term, _ in node.walk() for one in term.quotations]
    named = named_codings(connection, visible_to(connection, project.actor), ids)
    cells = store.load_contrasts(connection)

    def entry(term: TermNode) -> TermEntry:
        return TermEntry(
            term.name,
            term.code,
            tuple(entry(below) for below in term.terms),
            tuple(named[one] for one in term.quotations if one in named),
            tuple(cells.get(term.id, {}).items()),
        )

    return tuple(replace(_head(node), terms=tuple(map(entry, node.terms))) for node in nodes)


def _head(node: DomainNode) -> DomainEntry:
    return DomainEntry(node.cover_term, node.relationship, node.definition, variant=node.variant)
