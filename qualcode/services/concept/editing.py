"""Building concept maps: concepts and links are added, changed, supported, removed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from qualcode.core.concept import ConceptLink, ConceptMap, link_kind_from
from qualcode.errors import InputError, Refused
from qualcode.services.concept.finding import (
    find_concept,
    link_by_id,
    named_concept,
    standing_map,
)
from qualcode.storage import concept as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to


def add_concept(
    project: Project, map_name: str, name: str = "", *, code: str | None = None
) -> ConceptMap:
    """Add a concept to a map (begun with its first one): a code, an idea of your own, or a code under other words."""
    with project.writing("concept added") as writer:
        found = load_codebook(writer.connection).find(code) if code else None
        words = " ".join(name.split()) or (found.name if found else "")
        if not words or not map_name.strip():
            raise InputError("a concept needs words or a code, and its map a name")
        standing = standing_map(writer.connection, map_name)
        title = standing.name if standing else " ".join(map_name.split())
        if standing and find_concept(standing, words):
            raise Refused(f"{title} has a concept {words} already", hint="choose other words")
        store.add_concept(writer, title, words, found.id if found else None)
        return store.load_map(writer.connection, title)


def change_concept(
    project: Project,
    map_name: str,
    name: str,
    *,
    words: str | None = None,
    code: str | None = None,
) -> ConceptMap:
    """Give a concept other words, or another code to stand for; an empty code makes it an idea of the analyst's own."""
    with project.writing("concept changed") as writer:
        found = store.load_map(writer.connection, map_name)
        concept = named_concept(found, name)
        fields: dict[str, Any] = {}
        if words is not None:
            fields["name"] = " ".join(words.split())
            if not fields["name"]:
                raise InputError("a concept needs words")
            taken = [one for one in found.concepts if one.id != concept.id]
            if any(one.name.casefold() == fields["name"].casefold() for one in taken):
                raise Refused(
                    f"{found.name} has a concept {fields['name']} already",
                    hint="choose other words",
                )
        if code is not None:
            book = load_codebook(writer.connection)
            fields["code_id"] = book.find(code).id if code.strip() else None
        store.change_concept(writer, concept.id, fields)
        return store.load_map(writer.connection, map_name)


def link_concepts(
    project: Project,
    map_name: str,
    ends: tuple[str, str],
    *,
    kind: str = "leads-to",
    mutual: bool = False,
    note: str = "",
) -> ConceptLink:
    """Link two concepts of a map, from the first to the second, or both ways. Naming the same link again changes it."""
    meant = link_kind_from(kind)
    with project.writing("concept link added") as writer:
        found = store.load_map(writer.connection, map_name)
        source, target = _two(found, ends)
        link_id = store.add_link(writer, (source, target), meant, mutual=mutual, note=note.strip())
        return link_by_id(writer.connection, map_name, link_id)


def change_link(
    project: Project,
    map_name: str,
    link_id: int,
    *,
    ends: tuple[str, str] | None = None,
    **fields: Any,
) -> ConceptLink:
    """Change a link: its ends, or the fields `kind`, `mutual`, `note`; evidence stays with it.

    Refused where another link of this kind joins the two concepts already."""
    values = dict(fields)
    if "kind" in values:
        values["kind"] = link_kind_from(values["kind"]).value
    if "note" in values:
        values["note"] = values["note"].strip()
    with project.writing("concept link changed") as writer:
        found = store.load_map(writer.connection, map_name)
        link = link_by_id(writer.connection, map_name, link_id)
        source, target = _two(found, ends or (link.source, link.target))
        values |= {"source_id": source, "target_id": target}
        _refuse_twice(found, link, ends or (link.source, link.target), values.get("kind"))
        store.change_link(writer, link_id, values)
        return link_by_id(writer.connection, map_name, link_id)


def support_link(
    project: Project, map_name: str, link_id: int, codings: Sequence[int]
) -> ConceptLink:
    """Bind codings to a link as its evidence. Refused for a coding that does not exist or may not be seen."""
    with project.writing("concept link supported") as writer:
        link_by_id(writer.connection, map_name, link_id)
        store.bind_evidence(writer, link_id, _uids(writer, project, codings))
        return link_by_id(writer.connection, map_name, link_id)


def loosen_link(
    project: Project, map_name: str, link_id: int, codings: Sequence[int]
) -> ConceptLink:
    """Take codings away from the evidence of a link; the codings themselves stay."""
    with project.writing("concept link loosened") as writer:
        link_by_id(writer.connection, map_name, link_id)
        uids = set(_uids(writer, project, codings))
        if not store.loosen_evidence(writer, link_id, uids):
            raise Refused("that coding is no evidence of this link")
        return link_by_id(writer.connection, map_name, link_id)


def drop_gone(project: Project, map_name: str, link_id: int) -> int:
    """Take the evidence away from a link that does not stand any more; returns how many pieces it was."""
    with project.writing("concept link loosened") as writer:
        link_by_id(writer.connection, map_name, link_id)
        gone = store.drop_gone(writer, link_id)
        if not gone:
            raise Refused("all evidence of this link still stands")
        return gone


def unlink_concepts(project: Project, map_name: str, link_id: int) -> None:
    with project.writing("concept link removed") as writer:
        store.remove_link(writer, link_by_id(writer.connection, map_name, link_id).id)


def remove_concept(project: Project, map_name: str, name: str) -> None:
    """Take a concept with its links out of the map; codes and codings stay as they are."""
    with project.writing("concept removed") as writer:
        found = store.load_map(writer.connection, map_name)
        store.remove_concept(writer, found, named_concept(found, name))


def rename_map(project: Project, map_name: str, name: str) -> ConceptMap:
    """Give a map another name."""
    words = " ".join(name.split())
    if not words:
        raise InputError("a concept map needs a name")
    with project.writing("concept map renamed") as writer:
        found = store.load_map(writer.connection, map_name)
        other = standing_map(writer.connection, words)
        if other is not None and other.name != found.name:
            raise Refused(f"there is a concept map {other.name} already")
        store.rename_map(writer, found, words)
        return store.load_map(writer.connection, words)


def remove_map(project: Project, map_name: str) -> None:
    """Take a map with its concepts and links out of view, as one command."""
    with project.writing("concept map removed") as writer:
        found = store.load_map(writer.connection, map_name)
        for concept in found.concepts:
            left = store.load_map(writer.connection, found.name)
            store.remove_concept(writer, left, concept)


def _two(found: ConceptMap, ends: tuple[str, str]) -> tuple[int, int]:
    source, target = (named_concept(found, name) for name in ends)
    if source.id == target.id:
        raise Refused(f"{source.name} cannot be linked to itself", hint="name two concepts")
    return source.id, target.id


def _refuse_twice(
    found: ConceptMap, link: ConceptLink, ends: tuple[str, str], kind: str | None
) -> None:
    source, target = (named_concept(found, name).name for name in ends)
    for other in found.links:
        same = (other.source, other.target, other.kind.value) == (
            source,
            target,
            kind or link.kind.value,
        )
        if same and other.id != link.id:
            raise Refused(f"there is a link {other.reading} already", hint="change that one")


def _uids(writer: Writer, project: Project, codings: Sequence[int]) -> list[uuid.UUID]:
    seen = visible_to(writer.connection, project.actor)
    known = {one.id: one.uid for one in load_codings(writer.connection, seen, ids=codings)}
    for coding_id in codings:
        if coding_id not in known:
            raise Refused(f"there is no coding {coding_id}", hint="qualcode coding list")
    return list(known.values())
