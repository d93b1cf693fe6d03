"""Domains and their included terms in the database."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from qualcode.core.taxonomy import DomainEntry, SemanticRelationship, TermEntry
from qualcode.errors import UnknownName
from qualcode.storage import tables
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id


def load_domains(connection: sa.Connection) -> tuple[DomainEntry, ...]:
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


def find_domain_id(connection: sa.Connection, cover_term: str) -> int:
    """Return the id of the domain of this cover term, ignoring case; UnknownName otherwise."""
    rows = live_rows(connection, tables.Domain)
    for row in rows:
        if row["cover_term"].casefold() == cover_term.casefold():
            return int(row["id"])
    raise UnknownName("domain", cover_term, [row["cover_term"] for row in rows])


def find_term_id(connection: sa.Connection, domain_id: int, name: str) -> int:
    """Return the id of an included term of a domain, ignoring case; UnknownName otherwise."""
    rows = live_rows(connection, tables.Term, domain_id=domain_id)
    for row in rows:
        if row["name"].casefold() == name.casefold():
            return int(row["id"])
    raise UnknownName("included term", name, [row["name"] for row in rows])


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
            sort=len(standing),
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
        _put_terms(writer, domain_id, term_id, term.terms, code_ids)
