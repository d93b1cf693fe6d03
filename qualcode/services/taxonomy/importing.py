"""Taxonomies from YAML: all of a file or nothing, every quotation at the coding it names."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.core.taxonomy import DomainEntry, TermEntry
from qualcode.errors import MistakeInFile, QualcodeError
from qualcode.formats.taxonomy import read_taxonomy
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.quoting import find_named
from qualcode.storage.rounds import visible_to


def import_taxonomy(project: Project, name: str, content: bytes) -> int:
    """Take domains from YAML: new ones are added, what a known domain lacks (terms, quotations, cells) is added;

    returns how many domains are new. MistakeInFile with the line for a code that does not exist, a quotation whose
    words or coding are not there, an unknown relationship, or a term given twice."""
    domains = read_taxonomy(name, content)
    with project.writing("taxonomy imported") as writer:
        codebook = load_codebook(writer.connection)
        ids: dict[str, int] = {}
        for _, entry in _terms(domains):
            if entry.code is not None:
                try:
                    ids[entry.code] = codebook.find(entry.code).id
                except QualcodeError as error:
                    raise _mistake(name, entry.line, error) from None
        added = store.merge_domains(writer, domains, ids)
        _bind(writer, project, name, domains)
        return added


def _bind(writer: Writer, project: Project, name: str, domains: tuple[DomainEntry, ...]) -> None:
    """Bind the quotations of all terms to the codings they name."""
    connection = writer.connection
    seen = visible_to(connection, project.actor)
    terms = {
        (node.cover_term.casefold(), term.name.casefold()): term
        for node in store.load_nodes(connection)
        for _, term, _ in node.walk()
    }
    for cover_term, entry in _terms(domains):
        term = terms[cover_term.casefold(), entry.name.casefold()]
        standing = set(term.quotations)
        for wanted in entry.quotations:
            try:
                found = find_named(connection, seen, wanted)
            except QualcodeError as error:
                raise _mistake(name, wanted.line, error) from None
            if found.id not in standing:
                standing.add(found.id)
                store.bind_coding(writer, term.id, found.id)


def _terms(domains: tuple[DomainEntry, ...]) -> Iterator[tuple[str, TermEntry]]:
    for domain in domains:
        for _, entry in domain.walk():
            yield domain.cover_term, entry


def _mistake(name: str, line: int, error: QualcodeError) -> MistakeInFile:
    return MistakeInFile(name, line or None, error.message, hint=error.hint)
