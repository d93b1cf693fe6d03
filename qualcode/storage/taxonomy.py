"""Domains and their included terms in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from qualcode.core.taxonomy import (
    DomainEntry,
    DomainNode,
    SemanticRelationship,
    TermEntry,
    TermNode,
    TermPlace,
)
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of


def load_domains(connection: Connection) -> tuple[DomainEntry, ...]:
    """Return the live domains, terms nested, in the team's order."""
    codes = names_by_id(connection, tables.Code, "key")
    below: dict[tuple[int, int | None], list[dict[str, Any]]] = defaultdict(list)
    for row in live_rows(connection, tables.Term, "sort"):
        below[row["domain_id"], row["parent_id"]].append(row)

    def nested(domain_id: int, parent_id: int | None) -> tuple[TermEntry, ...]:
        return tuple(
            TermEntry(row["name"], codes.get(row["code_id"]), nested(domain_id, row["id"]))
            for row in below[domain_id, parent_id]
        )

    return tuple(
        DomainEntry(
            row["cover_term"],
            SemanticRelationship(row["relationship"]),
            row["definition"],
            nested(row["id"], None),
            row["variant"],
        )
        for row in live_rows(connection, tables.Domain, "sort")
    )


def load_nodes(connection: Connection) -> tuple[DomainNode, ...]:
    """Return the live domains with the ids of their terms and the live codings bound to each."""
    codes = names_by_id(connection, tables.Code, "key")
    live_codes = {row["id"] for row in live_rows(connection, tables.Code)}
    bound: dict[int, list[int]] = defaultdict(list)
    link, coding = table_of(tables.TermCoding), table_of(tables.Coding)
    query = (
        sa.select(link.c.term_id, link.c.coding_id)
        .join(coding, coding.c.id == link.c.coding_id)
        .where(link.c.live, coding.c.live)
        .order_by(link.c.id)
    )
    for term_id, coding_id in connection.execute(query):
        bound[term_id].append(coding_id)
    below: dict[tuple[int, int | None], list[dict[str, Any]]] = defaultdict(list)
    for row in live_rows(connection, tables.Term, "sort"):
        below[row["domain_id"], row["parent_id"]].append(row)

    def nested(domain_id: int, parent_id: int | None) -> tuple[TermNode, ...]:
        return tuple(
            TermNode(
                row["id"],
                row["name"],
                codes[row["code_id"]] if row["code_id"] in live_codes else None,
                tuple(bound[row["id"]]),
                nested(domain_id, row["id"]),
            )
            for row in below[domain_id, parent_id]
        )

    return tuple(
        DomainNode(
            row["id"],
            row["cover_term"],
            SemanticRelationship(row["relationship"]),
            row["definition"],
            row["variant"],
            nested(row["id"], None),
        )
        for row in live_rows(connection, tables.Domain, "sort")
    )


def load_contrasts(connection: Connection) -> dict[int, dict[str, str]]:
    """Return what analysts wrote of terms under dimensions of contrast: id of the term → dimension → value."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in live_rows(connection, tables.TermContrast):
        found[row["term_id"]][row["dimension"]] = row["value"]
    return found


def put_contrast(writer: Writer, term_id: int, dimension: str, value: str) -> bool:
    """Write, rewrite or (when the value is empty) remove a cell; False when it is so already."""
    for row in live_rows(writer.connection, tables.TermContrast, term_id=term_id):
        if row["dimension"].casefold() == dimension.casefold():
            if not value:
                writer.remove(tables.TermContrast, row["id"])
                return True
            fields = {"value": value, "coder_id": writer.actor.id}
            return row["value"] != value and writer.change(tables.TermContrast, row["id"], fields)
    if not value:
        return False
    writer.add(
        tables.TermContrast(
            term_id=term_id, dimension=dimension, value=value, coder_id=writer.actor.id
        )
    )
    return True


def rename_dimension(writer: Writer, term_ids: Collection[int], old: str, new: str) -> int:
    """Give the cells of these terms under a dimension to another; returns how many."""
    changed = 0
    for row in live_rows(writer.connection, tables.TermContrast):
        if row["term_id"] in term_ids and row["dimension"].casefold() == old.casefold():
            changed += writer.change(tables.TermContrast, row["id"], {"dimension": new})
    return changed


def put_domains(writer: Writer, domains: tuple[DomainEntry, ...], code_ids: dict[str, int]) -> int:
    """Add the domains whose cover term is new, with their terms; returns how many."""
    rows = live_rows(writer.connection, tables.Domain)
    known = {row["cover_term"].casefold() for row in rows}
    added = 0
    for domain in domains:
        if domain.cover_term.casefold() in known:
            continue
        domain_id = writer.add(
            tables.Domain(
                cover_term=domain.cover_term,
                relationship=domain.relationship.value,
                definition=domain.definition,
                variant=domain.variant,
                sort=len(rows) + added,
            )
        )
        _put_terms(writer, domain_id, None, domain.terms, code_ids)
        added += 1
    return added


def merge_domains(
    writer: Writer, domains: tuple[DomainEntry, ...], code_ids: dict[str, int]
) -> int:
    """Add what is new in these domains, terms of known domains included; nothing is removed. Returns how many domains are new."""
    added = put_domains(writer, domains, code_ids)
    nodes = {node.cover_term.casefold(): node for node in load_nodes(writer.connection)}
    for domain in domains:
        node = nodes[domain.cover_term.casefold()]
        fields = {
            "relationship": domain.relationship.value,
            "variant": domain.variant,
            "definition": domain.definition or node.definition,
        }
        writer.change(tables.Domain, node.id, fields)
        known = {term.name.casefold(): term.id for _, term, _ in node.walk()}
        _merge_terms(writer, node.id, None, domain.terms, known, code_ids)
    return added


def _merge_terms(
    writer: Writer,
    domain_id: int,
    parent_id: int | None,
    terms: tuple[TermEntry, ...],
    known: dict[str, int],
    code_ids: dict[str, int],
) -> None:
    for term in terms:
        code_id = code_ids[term.code] if term.code else None
        term_id = known.get(term.name.casefold())
        if term_id is None:
            term_id = add_term(writer, domain_id, term.name, parent_id=parent_id, code_id=code_id)
            known[term.name.casefold()] = term_id
        elif code_id is not None:
            writer.change(tables.Term, term_id, {"code_id": code_id})
        for dimension, value in term.contrasts:
            put_contrast(writer, term_id, dimension, value)
        _merge_terms(writer, domain_id, term_id, term.terms, known, code_ids)


def add_term(
    writer: Writer, domain_id: int, name: str, *, parent_id: int | None, code_id: int | None
) -> int:
    """Add an included term at the end of its siblings."""
    standing = live_rows(writer.connection, tables.Term, domain_id=domain_id, parent_id=parent_id)
    return writer.add(
        tables.Term(
            domain_id=domain_id,
            parent_id=parent_id,
            name=name,
            code_id=code_id,
            sort=1 + max((row["sort"] for row in standing), default=-1),
        )
    )


def _put_terms(
    writer: Writer,
    domain_id: int,
    parent_id: int | None,
    terms: tuple[TermEntry, ...],
    code_ids: dict[str, int],
) -> None:
    for sort, term in enumerate(terms):
        term_id = writer.add(
            tables.Term(
                domain_id=domain_id,
                parent_id=parent_id,
                name=term.name,
                code_id=code_ids[term.code] if term.code else None,
                sort=sort,
            )
        )
        for dimension, value in term.contrasts:
            put_contrast(writer, term_id, dimension, value)
        _put_terms(writer, domain_id, term_id, term.terms, code_ids)


def change_domain(writer: Writer, domain_id: int, fields: dict[str, str]) -> None:
    writer.change(tables.Domain, domain_id, fields)


def order_domains(writer: Writer, domain_ids: Iterable[int]) -> None:
    """Let the domains stand in this order."""
    for sort, domain_id in enumerate(domain_ids):
        writer.change(tables.Domain, domain_id, {"sort": sort})


def place_terms(writer: Writer, places: Iterable[TermPlace]) -> None:
    """Put terms where they are said to stand."""
    for place in places:
        fields = {"parent_id": place.parent_id, "sort": place.sort}
        writer.change(tables.Term, place.term_id, fields)


def remove_domain(writer: Writer, domain: DomainNode) -> None:
    """Take a domain with all its terms out of view."""
    for term in domain.terms:
        remove_term(writer, term)
    writer.remove(tables.Domain, domain.id)


def change_term(writer: Writer, term_id: int, **fields: Any) -> None:
    """Set columns of a term: name, code_id, parent_id, sort."""
    writer.change(tables.Term, term_id, fields)


def remove_term(writer: Writer, term: TermNode) -> None:
    """Take a term, what it includes and what is bound to it out of view; codings stay as they are."""
    for below in term.terms:
        remove_term(writer, below)
    for row in live_rows(writer.connection, tables.TermCoding, term_id=term.id):
        writer.remove(tables.TermCoding, row["id"])
    for row in live_rows(writer.connection, tables.TermContrast, term_id=term.id):
        writer.remove(tables.TermContrast, row["id"])
    writer.remove(tables.Term, term.id)


def bind_coding(writer: Writer, term_id: int, coding_id: int) -> None:
    writer.add(tables.TermCoding(term_id=term_id, coding_id=coding_id))


def loosen_codings(writer: Writer, term_id: int, coding_ids: Collection[int]) -> None:
    for row in live_rows(writer.connection, tables.TermCoding, term_id=term_id):
        if row["coding_id"] in coding_ids:
            writer.remove(tables.TermCoding, row["id"])
