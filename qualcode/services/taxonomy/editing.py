"""Building taxonomies: domains and terms are added, bound, moved, renamed, removed."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.taxonomy import (
    READINGS,
    DomainEntry,
    DomainNode,
    SemanticRelationship,
    TermNode,
    refuse_cycle,
    relationship_from,
)
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.services.taxonomy.finding import find_node, find_term
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to


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
        return find_node(store.load_nodes(writer.connection), name)


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
        node = find_node(nodes, domain)
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
        node = find_node(store.load_nodes(writer.connection), domain)
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
        node = find_node(store.load_nodes(writer.connection), domain)
        name = _named(name, "an included term")
        _refuse_twice(node, name)
        above = find_term(node, parent) if parent else None
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
        found = find_term(find_node(store.load_nodes(connection), domain), term)
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
        found = find_term(find_node(store.load_nodes(writer.connection), domain), term)
        if code:
            store.change_term(writer, found.id, code_id=None)
        store.loosen_codings(writer, found.id, codings)
        return _by_id(writer, found.id)


def rename_term(project: Project, domain: str, term: str, name: str) -> TermNode:
    with project.writing("term renamed") as writer:
        node = find_node(store.load_nodes(writer.connection), domain)
        found = find_term(node, term)
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
        node = find_node(store.load_nodes(writer.connection), domain)
        found = find_term(node, term)
        above = find_term(node, parent) if parent else None
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
            writer, find_term(find_node(store.load_nodes(writer.connection), domain), term)
        )


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
