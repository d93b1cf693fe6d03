"""Taxonomies: domains with a cover term, a semantic relationship and included terms, bound to codes and quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare import Columns, Corpus, Evidence, columns_for
from qualcode.core.taxonomy import (
    READINGS,
    ComponentRow,
    DomainEntry,
    DomainNode,
    SemanticRelationship,
    Taxonomy,
    TermNode,
    components,
    refuse_cycle,
    relationship_from,
    tally,
)
from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.formats.taxonomy import WRITERS, read_taxonomy, write_taxonomy
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.compare import Voices, load_corpus, load_evidence
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text
from qualcode.storage.ledger import Writer
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
            nodes = (_domain(nodes, domain),)
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
        node = _domain(reading.nodes, domain)
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


def add_domain(
    project: Project, cover_term: str, relationship: str, *, definition: str = ""
) -> DomainNode:
    """Add a domain. The relationship is one of Spradley's nine or one of their readings (`X is a way to Y`)."""
    name = _named(cover_term, "a cover term")
    meant = _relationship(relationship)
    with project.writing("domain added") as writer:
        standing = store.load_nodes(writer.connection)
        if any(node.cover_term.casefold() == name.casefold() for node in standing):
            raise Refused(
                f"a domain with the cover term {name} exists already", hint="add terms to it"
            )
        entry = DomainEntry(name, meant[0], definition.strip(), variant=meant[1])
        store.put_domains(writer, (entry,), {})
        return _domain(store.load_nodes(writer.connection), name)


def change_domain(
    project: Project,
    domain: str,
    *,
    cover_term: str | None = None,
    relationship: str | None = None,
    definition: str | None = None,
) -> DomainNode:
    """Change a domain's cover term, relationship or definition."""
    with project.writing("domain changed") as writer:
        nodes = store.load_nodes(writer.connection)
        node = _domain(nodes, domain)
        fields: dict[str, str] = {}
        if cover_term is not None:
            fields["cover_term"] = _named(cover_term, "a cover term")
            for other in nodes:
                is_taken = other.cover_term.casefold() == fields["cover_term"].casefold()
                if is_taken and other.id != node.id:
                    raise Refused(f"a domain with the cover term {cover_term} exists already")
        if relationship is not None:
            meant = _relationship(relationship)
            fields |= {"relationship": meant[0].value, "variant": meant[1]}
        if definition is not None:
            fields["definition"] = definition.strip()
        store.change_domain(writer, node.id, fields)
        found = store.load_nodes(writer.connection)
        return next(one for one in found if one.id == node.id)


def remove_domain(project: Project, domain: str) -> None:
    """Take a domain with all its terms out of view, as one command; codes and codings stay as they are."""
    with project.writing("domain removed") as writer:
        node = _domain(store.load_nodes(writer.connection), domain)
        store.remove_domain(writer, node)


def add_term(
    project: Project,
    domain: str,
    name: str,
    *,
    parent: str | None = None,
    code: str | None = None,
) -> TermNode:
    """Add an included term to a domain, under another term if one is named, bound to a code if one is given."""
    with project.writing("term added") as writer:
        node = _domain(store.load_nodes(writer.connection), domain)
        name = _named(name, "an included term")
        _refuse_twice(node, name)
        above = _term(node, parent) if parent else None
        code_id = load_codebook(writer.connection).find(code).id if code else None
        term_id = store.add_term(
            writer, node.id, name, parent_id=above.id if above else None, code_id=code_id
        )
        return _by_id(writer, term_id)


def assign_term(
    project: Project,
    domain: str,
    term: str,
    *,
    code: str | None = None,
    codings: Sequence[int] = (),
) -> TermNode:
    """Bind a term to a code (in place of another), to quotations (besides those bound already), or to both.

    UnknownName for a term or code that is not there; Refused for a coding that does not exist or may not be seen."""
    if code is None and not codings:
        raise InputError("bind the term to what?", hint="give a code, or codings by their ids")
    with project.writing("term assigned") as writer:
        connection = writer.connection
        found = _term(_domain(store.load_nodes(connection), domain), term)
        if code is not None:
            code_id = load_codebook(connection).find(code).id
            store.change_term(writer, found.id, code_id=code_id)
        visible = load_codings(
            connection, visible_to(connection, project.actor), ids=list(codings)
        )
        known = {one.id for one in visible}
        for coding_id in dict.fromkeys(codings):
            if coding_id not in known:
                raise Refused(
                    f"there is no coding {coding_id}", hint="qualcode coding list PROJECT"
                )
            if coding_id not in found.quotations:
                store.bind_coding(writer, found.id, coding_id)
        return _by_id(writer, found.id)


def unassign_term(
    project: Project,
    domain: str,
    term: str,
    *,
    code: bool = False,
    codings: Sequence[int] = (),
) -> TermNode:
    """Loosen a term from its code, from quotations, or from both."""
    with project.writing("term loosened") as writer:
        found = _term(_domain(store.load_nodes(writer.connection), domain), term)
        if code:
            store.change_term(writer, found.id, code_id=None)
        store.loosen_codings(writer, found.id, codings)
        return _by_id(writer, found.id)


def rename_term(project: Project, domain: str, term: str, name: str) -> TermNode:
    with project.writing("term renamed") as writer:
        node = _domain(store.load_nodes(writer.connection), domain)
        found = _term(node, term)
        name = _named(name, "an included term")
        if name.casefold() != found.name.casefold():
            _refuse_twice(node, name)
        store.change_term(writer, found.id, name=name)
        return _by_id(writer, found.id)


def move_term(
    project: Project,
    domain: str,
    term: str,
    *,
    parent: str | None = None,
    position: int | None = None,
) -> TermNode:
    """Put a term under another one of its domain (None: to the top) at a position among its siblings, 0 first.

    Refused when it would come to include itself."""
    with project.writing("term moved") as writer:
        node = _domain(store.load_nodes(writer.connection), domain)
        found = _term(node, term)
        above = _term(node, parent) if parent else None
        refuse_cycle(node, found.id, above.id if above else None)
        siblings = above.terms if above else node.terms
        order = [one.id for one in siblings if one.id != found.id]
        place = len(order) if position is None else max(0, min(position, len(order)))
        order.insert(place, found.id)
        store.change_term(writer, found.id, parent_id=above.id if above else None)
        for sort, term_id in enumerate(order):
            store.change_term(writer, term_id, sort=sort)
        return _by_id(writer, found.id)


def remove_term(project: Project, domain: str, term: str) -> None:
    """Take a term, and the terms it includes, out of view; codes and codings stay as they are."""
    with project.writing("term removed") as writer:
        store.remove_term(
            writer, _term(_domain(store.load_nodes(writer.connection), domain), term)
        )


def import_taxonomy(project: Project, name: str, content: bytes) -> int:
    """Take domains from YAML: new ones are added, terms that a known domain lacks are added; returns how many domains are new.

    MistakeInFile with the line for a code that does not exist, an unknown relationship, or a term given twice."""
    domains = read_taxonomy(name, content)
    with project.writing("taxonomy imported") as writer:
        codebook = load_codebook(writer.connection)
        ids: dict[str, int] = {}
        for domain in domains:
            for _, entry in domain.walk():
                if entry.code is not None:
                    try:
                        ids[entry.code] = codebook.find(entry.code).id
                    except UnknownName as error:
                        raise MistakeInFile(name, None, error.message, hint=error.hint) from None
        return store.merge_domains(writer, domains, ids)


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
                wanted = _domain(store.load_nodes(connection), domain).cover_term
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
        self.evidence: tuple[Evidence, ...] = load_evidence(
            connection,
            visible_to(connection, project.actor),
            voices,
            basis=basis,
            round_=round_,
            ids=bound,
        )
        self.corpus: Corpus = load_corpus(connection, voices, self.evidence, round_)
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


def _domain(nodes: Sequence[DomainNode], name: str) -> DomainNode:
    for node in nodes:
        if node.cover_term.casefold() == name.strip().casefold():
            return node
    raise UnknownName("domain", name, [node.cover_term for node in nodes])


def _term(node: DomainNode, name: str) -> TermNode:
    wanted = name.strip().casefold()
    for _, term, _ in node.walk():
        if term.name.casefold() == wanted:
            return term
    raise UnknownName("included term", name, [term.name for _, term, _ in node.walk()])


def _by_id(writer: Writer, term_id: int) -> TermNode:
    for node in store.load_nodes(writer.connection):
        for _, term, _ in node.walk():
            if term.id == term_id:
                return term
    raise Refused("the term was removed meanwhile", hint="`qualcode history` says by whom")


def _refuse_twice(node: DomainNode, name: str) -> None:
    if any(term.name.casefold() == name.casefold() for _, term, _ in node.walk()):
        raise Refused(
            f"{node.cover_term} has an included term {name} already",
            hint="choose another name, or move that term",
        )


def _named(name: str, what: str) -> str:
    if not name.strip():
        raise InputError(f"{what} needs words")
    return " ".join(name.split())


def _relationship(text: str) -> tuple[SemanticRelationship, str]:
    meant = relationship_from(text)
    if meant is None:
        raise UnknownName("semantic relationship", text, [one.value for one in READINGS])
    return meant
