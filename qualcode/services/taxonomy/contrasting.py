"""The componential view of a domain: what tells its terms apart, what an analyst writes there, what is still to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.compare import Columns, columns_for
from qualcode.core.taxonomy import ComponentRow, DomainNode, components, tally_on
from qualcode.errors import InputError, Refused
from qualcode.services.taxonomy.finding import find_node, find_term
from qualcode.services.taxonomy.layer import LayerReading
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.database import Connection
from qualcode.storage.documents import attribute_types
from qualcode.storage.project import CONSENSUS_CODER, Project

_ALWAYS = ("document", "participant", "coder")


@dataclass(frozen=True, slots=True)
class ComponentialView:
    """Terms of one domain against dimensions of contrast; `questions` are the cells that nothing is known of.

    `own` are the dimensions that are the analyst's own: neither a facet nor an attribute bears their name."""

    cover_term: str
    dimensions: tuple[str, ...]
    rows: tuple[ComponentRow, ...]
    questions: tuple[tuple[str, str], ...]
    own: frozenset[str] = frozenset()


def show_components(
    project: Project,
    domain: str,
    dimensions: Sequence[str] = (),
    *,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
    layer: LayerReading | None = None,
) -> ComponentialView:
    """Return what tells the terms of a domain apart: their values on facets or attributes, what analysts wrote,

    gaps as questions to ask. Without dimensions: site and role where they exist, and those written in.
    With a `layer` it is counted on that one."""
    with project.reading() as connection:
        reading = (layer or LayerReading(project, basis=basis, round=round)).refresh(connection)
        node = find_node(reading.nodes, domain)
        contrasts = store.load_contrasts(connection)
        known = _known(connection, node, contrasts)
        wanted = list(dimensions) or [
            name for name in known if name.casefold() in _USUAL or known[name]
        ]
        columns: list[Columns | str] = []
        for name in wanted:
            own = next((one for one in known if known[one] and _same(one, name)), None)
            columns.append(
                own
                or columns_for(
                    name,
                    reading.corpus,
                    reading.codebook,
                    reading.counting_by(name).evidence,
                )
            )
        taxonomy = tally_on(reading.counting, [node])
        written = {
            (term_id, name.casefold()): value
            for term_id, cells in contrasts.items()
            for name, value in cells.items()
        }
        rows = components(
            node,
            taxonomy.domains[0],
            [reading.counting_by(name) for name in wanted],
            columns,
            written=written,
        )
    names = tuple(one if isinstance(one, str) else one.name for one in columns)
    questions = tuple(
        (row.term, name) for row in rows for n, name in enumerate(names) if row.is_question(n)
    )
    own_names = frozenset(one for one in columns if isinstance(one, str))
    return ComponentialView(node.cover_term, names, rows, questions, own_names)


_USUAL = ("site", "role")


def dimensions_of(project: Project, domain: str) -> tuple[str, ...]:
    """Return the dimensions by which the terms of a domain can be contrasted: facets, attributes, the analyst's own."""
    with project.reading() as connection:
        node = find_node(store.load_nodes(connection), domain)
        return tuple(_known(connection, node, store.load_contrasts(connection)))


def fill_cell(project: Project, domain: str, term: str, dimension: str, value: str) -> None:
    """Write what is known of a term under a dimension of contrast, in place of what was written; empty: take it away.

    A dimension that is neither a facet nor an attribute becomes one of the domain by its first cell."""
    name, words = " ".join(dimension.split()), " ".join(value.split())
    if not name:
        raise InputError("a dimension of contrast needs words", hint="such as: who begins?")
    if name.casefold() in _ALWAYS:
        raise Refused(f"{name} follows from the codings", hint="name another dimension")
    with project.writing("cell filled" if words else "cell emptied") as writer:
        node = find_node(store.load_nodes(writer.connection), domain)
        found = find_term(node, term)
        if not store.put_contrast(writer, found.id, name, words) and not words:
            raise Refused(f"nothing was written of {found.name} under {name}")


def rename_dimension(project: Project, domain: str, dimension: str, name: str) -> int:
    """Give the analyst's own dimension of a domain another name; returns how many cells came along."""
    words = " ".join(name.split())
    if not words:
        raise InputError("a dimension of contrast needs words")
    with project.writing("dimension renamed") as writer:
        node = find_node(store.load_nodes(writer.connection), domain)
        known = _known(writer.connection, node, store.load_contrasts(writer.connection))
        old = next((one for one in known if _same(one, dimension)), None)
        if old is None or not known[old]:
            raise Refused(
                f"{dimension} is no dimension of your own",
                hint="facets are renamed in the codebook",
            )
        if any(_same(one, words) for one in known if one != old):
            raise Refused(f"there is a dimension {words} already", hint="choose another name")
        ids = {term.id for _, term, _ in node.walk()}
        return store.rename_dimension(writer, ids, old, words)


def _known(
    connection: Connection, node: DomainNode, contrasts: dict[int, dict[str, str]]
) -> dict[str, bool]:
    """Return the dimensions by name, and whether they are the analyst's own."""
    found = {facet.key: False for facet in load_codebook(connection).facets}
    for name in attribute_types(connection):
        if not any(_same(name, known) for known in found):
            found[name] = False
    for _, term, _ in node.walk():
        for name in contrasts.get(term.id, {}):
            if not any(_same(name, known) for known in found):
                found[name] = True
    return found


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
