"""The order of domains and terms: shifted by one step, several at once, or put under another term."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.taxonomy import DomainNode, TermNode, Way, rearranged, refuse_cycle
from qualcode.errors import InputError, Refused
from qualcode.services.taxonomy.finding import find_node, find_term
from qualcode.storage import taxonomy as store
from qualcode.storage.project import Project


def shift_terms(project: Project, domain: str, terms: Sequence[str], way: Way) -> DomainNode:
    """Shift terms of a domain by one step, all in one command: up or down among their siblings, in (under the

    sibling above) or out (behind the term that includes them). Terms below one of them go along with it.
    Refused when none of them has room to move."""
    with project.writing("terms moved" if len(terms) > 1 else "term moved") as writer:
        node = find_node(store.load_nodes(writer.connection), domain)
        found = _named(node, terms)
        store.place_terms(writer, rearranged(node, [one.id for one in found], way))
        return find_node(store.load_nodes(writer.connection), domain)


def put_terms_under(
    project: Project, domain: str, terms: Sequence[str], parent: str | None
) -> DomainNode:
    """Put terms at the end of those that another term includes (None: of the domain), all in one command.

    Refused when one would come to include itself."""
    with project.writing("terms moved" if len(terms) > 1 else "term moved") as writer:
        for name in terms:
            node = find_node(store.load_nodes(writer.connection), domain)
            found = find_term(node, name)
            above = find_term(node, parent) if parent else None
            refuse_cycle(node, found.id, above.id if above else None)
            siblings = above.terms if above else node.terms
            order = [one.id for one in siblings if one.id != found.id] + [found.id]
            store.change_term(writer, found.id, parent_id=above.id if above else None)
            for sort, term_id in enumerate(order):
                store.change_term(writer, term_id, sort=sort)
        return find_node(store.load_nodes(writer.connection), domain)


def remove_terms(project: Project, domain: str, terms: Sequence[str]) -> int:
    """Take terms, and those they include, out of view as one command; returns how many went."""
    with project.writing("terms removed" if len(terms) > 1 else "term removed") as writer:
        node = find_node(store.load_nodes(writer.connection), domain)
        gone: set[int] = set()
        for one in _named(node, terms):
            if one.id not in gone:
                gone |= {below.id for below in one.walk()}
                store.remove_term(writer, one)
        return len(gone)


def shift_domain(project: Project, domain: str, way: Way) -> None:
    """Shift a domain up or down among the domains. Refused when it stands first or last already."""
    if way not in (Way.UP, Way.DOWN):
        raise InputError("a domain is shifted up or down")
    with project.writing("domain moved") as writer:
        nodes = store.load_nodes(writer.connection)
        order = [node.id for node in nodes]
        at = order.index(find_node(nodes, domain).id)
        to = at + (1 if way is Way.DOWN else -1)
        if not 0 <= to < len(order):
            raise Refused(f"{domain} stands {'last' if way is Way.DOWN else 'first'} already")
        order[at], order[to] = order[to], order[at]
        store.order_domains(writer, order)


def _named(node: DomainNode, terms: Sequence[str]) -> list[TermNode]:
    """Return the terms of these names in the order of the domain."""
    wanted = {find_term(node, name).id for name in terms}
    if not wanted:
        raise InputError("which term?", hint="name an included term")
    return [term for _, term, _ in node.walk() if term.id in wanted]
