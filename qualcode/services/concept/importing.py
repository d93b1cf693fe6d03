"""Concept maps from YAML: all of a file or nothing, every piece of evidence at the coding it names."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from qualcode.core.concept import ConceptMap, LinkEntry, MapEntry
from qualcode.errors import MistakeInFile, QualcodeError
from qualcode.formats.concept import read_map
from qualcode.services.concept.finding import standing_map
from qualcode.storage import concept as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.quoting import find_named
from qualcode.storage.rounds import visible_to


@dataclass(frozen=True, slots=True)
class ImportedMap:
    """What an import of a concept map did."""

    name: str
    concepts: int
    links: int


def import_map(project: Project, name: str, content: bytes) -> ImportedMap:
    """Take a concept map from YAML: a new one, or what a map of this name lacks; nothing is removed.

    Links that stand are brought up to date, evidence is added. MistakeInFile with the line for a code that does not
    exist, a link to a concept that is not listed, or a quotation whose words or coding are not there."""
    entry = read_map(name, content)
    with project.writing("concept map imported") as writer:
        standing = standing_map(writer.connection, entry.name)
        before = (len(standing.concepts), len(standing.links)) if standing else (0, 0)
        title = standing.name if standing else entry.name
        _add_concepts(writer, name, entry, standing or ConceptMap(title, (), ()))
        found = store.load_map(writer.connection, title) if entry.concepts else standing
        if found is None:
            raise MistakeInFile(name, None, "there are no concepts in it", hint="list some")
        ids = {one.name.casefold(): one.id for one in found.concepts}
        for link in entry.links:
            ends = ids[link.source.casefold()], ids[link.target.casefold()]
            link_id = store.add_link(writer, ends, link.kind, mutual=link.mutual, note=link.note)
            store.bind_evidence(writer, link_id, _uids(writer, project, name, link))
        after = store.load_map(writer.connection, title)
        return ImportedMap(title, len(after.concepts) - before[0], len(after.links) - before[1])


def _add_concepts(writer: Writer, name: str, entry: MapEntry, standing: ConceptMap) -> None:
    codebook = load_codebook(writer.connection)
    known = {one.name.casefold() for one in standing.concepts}
    for concept in entry.concepts:
        try:
            code_id = codebook.find(concept.code).id if concept.code else None
        except QualcodeError as error:
            raise _mistake(name, concept.line, error) from None
        if concept.name.casefold() not in known:
            store.add_concept(writer, standing.name, concept.name, code_id)


def _uids(writer: Writer, project: Project, name: str, link: LinkEntry) -> list[uuid.UUID]:
    seen = visible_to(writer.connection, project.actor)
    found = []
    for wanted in link.evidence:
        try:
            found.append(find_named(writer.connection, seen, wanted).uid)
        except QualcodeError as error:
            raise _mistake(name, wanted.line, error) from None
    return found


def _mistake(name: str, line: int, error: QualcodeError) -> MistakeInFile:
    return MistakeInFile(name, line or None, error.message, hint=error.hint)
