"""Concept maps in the database."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from qualcode.core.concept import Concept, ConceptLink, ConceptMap, LinkKind
from qualcode.core.rounds import Visibility
from qualcode.errors import UnknownName
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of


def map_names(connection: Connection) -> tuple[str, ...]:
    """Return the names of the maps in the order they were begun."""
    return tuple(dict.fromkeys(row["map"] for row in live_rows(connection, tables.Concept)))


def load_map(connection: Connection, name: str, seen: Visibility | None = None) -> ConceptMap:
    """Return a map by its name, ignoring case; UnknownName otherwise.

    Evidence that the viewer may not see is left out, where a viewer is named."""
    names = map_names(connection)
    found = next((one for one in names if one.casefold() == name.strip().casefold()), None)
    if found is None:
        raise UnknownName("concept map", name, names)
    rows = live_rows(connection, tables.Concept, "sort", map=found)
    codes = names_by_id(connection, tables.Code, "key")
    titles = {row["id"]: row["name"] for row in rows}
    concepts = tuple(Concept(row["id"], row["name"], codes.get(row["code_id"])) for row in rows)
    links = [
        row for row in live_rows(connection, tables.ConceptLink) if row["source_id"] in titles
    ]
    evidence = _evidence(connection, [row["id"] for row in links], seen)
    coders = names_by_id(connection, tables.Coder, "name")
    return ConceptMap(
        found,
        concepts,
        tuple(
            ConceptLink(
                row["id"],
                titles[row["source_id"]],
                titles[row["target_id"]],
                LinkKind(row["kind"]),
                row["mutual"],
                row["note"],
                coders[row["coder_id"]],
                tuple(one for one in evidence[row["id"]] if one is not None),
                sum(one is None for one in evidence[row["id"]]),
            )
            for row in links
        ),
    )


def _evidence(
    connection: Connection, link_ids: list[int], seen: Visibility | None
) -> dict[int, list[int | None]]:
    """Return the codings of each link, None for one that is not live any more."""
    link, coding = table_of(tables.ConceptLinkCoding), table_of(tables.Coding)
    query = (
        sa.select(link.c.link_id, coding.c.id, coding.c.round_id, coding.c.coder_id)
        .outerjoin(coding, sa.and_(coding.c.uid == link.c.coding_uid, coding.c.live))
        .where(link.c.live, link.c.link_id.in_(link_ids))
        .order_by(link.c.id)
    )
    found: dict[int, list[int | None]] = defaultdict(list)
    for link_id, coding_id, round_id, coder_id in connection.execute(query):
        if coding_id is None or seen is None or seen.shows(round_id, coder_id):
            found[link_id].append(coding_id)
    return found


def add_concept(writer: Writer, map_name: str, name: str, code_id: int | None) -> int:
    standing = live_rows(writer.connection, tables.Concept, map=map_name)
    sort = 1 + max((row["sort"] for row in standing), default=-1)
    return writer.add(tables.Concept(map=map_name, name=name, code_id=code_id, sort=sort))


def add_link(
    writer: Writer, ends: tuple[int, int], kind: LinkKind, *, mutual: bool, note: str
) -> int:
    """Keep a link between two concepts by their ids; one of this kind that stands is brought up to date."""
    standing = live_rows(
        writer.connection, tables.ConceptLink, source_id=ends[0], target_id=ends[1]
    )
    for row in standing:
        if row["kind"] == kind.value:
            writer.change(tables.ConceptLink, row["id"], {"mutual": mutual, "note": note})
            return int(row["id"])
    return writer.add(
        tables.ConceptLink(
            source_id=ends[0],
            target_id=ends[1],
            kind=kind.value,
            mutual=mutual,
            note=note,
            coder_id=writer.actor.id,
        )
    )


def change_link(writer: Writer, link_id: int, fields: dict[str, Any]) -> None:
    """Set columns of a link: source_id, target_id, kind, mutual, note."""
    writer.change(tables.ConceptLink, link_id, fields)


def change_concept(writer: Writer, concept_id: int, fields: dict[str, Any]) -> None:
    """Set columns of a concept: name, code_id."""
    writer.change(tables.Concept, concept_id, fields)


def rename_map(writer: Writer, found: ConceptMap, name: str) -> None:
    for concept in found.concepts:
        writer.change(tables.Concept, concept.id, {"map": name})


def loosen_evidence(writer: Writer, link_id: int, uids: Collection[uuid.UUID]) -> int:
    """Take codings away from a link; returns how many went."""
    gone = 0
    for row in live_rows(writer.connection, tables.ConceptLinkCoding, link_id=link_id):
        if row["coding_uid"] in uids:
            writer.remove(tables.ConceptLinkCoding, row["id"])
            gone += 1
    return gone


def drop_gone(writer: Writer, link_id: int) -> int:
    """Take away the evidence of a link that does not stand any more; returns how many pieces went."""
    coding = table_of(tables.Coding)
    gone = 0
    for row in live_rows(writer.connection, tables.ConceptLinkCoding, link_id=link_id):
        query = sa.select(coding.c.id).where(coding.c.uid == row["coding_uid"], coding.c.live)
        if writer.connection.execute(query).first() is None:
            writer.remove(tables.ConceptLinkCoding, row["id"])
            gone += 1
    return gone


def bind_evidence(writer: Writer, link_id: int, uids: Iterable[uuid.UUID]) -> None:
    """Let these codings speak for a link, besides those that do already."""
    standing = {
        row["coding_uid"]
        for row in live_rows(writer.connection, tables.ConceptLinkCoding, link_id=link_id)
    }
    for uid in uids:
        if uid not in standing:
            writer.add(tables.ConceptLinkCoding(link_id=link_id, coding_uid=uid))


def remove_link(writer: Writer, link_id: int) -> None:
    for row in live_rows(writer.connection, tables.ConceptLinkCoding, link_id=link_id):
        writer.remove(tables.ConceptLinkCoding, row["id"])
    writer.remove(tables.ConceptLink, link_id)


def remove_concept(writer: Writer, found: ConceptMap, concept: Concept) -> None:
    """Take a concept with its links out of view."""
    for link in found.links:
        if concept.name in (link.source, link.target):
            remove_link(writer, link.id)
    writer.remove(tables.Concept, concept.id)
