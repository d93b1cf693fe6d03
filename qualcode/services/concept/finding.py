"""Maps, concepts and links by their words and ids."""

from __future__ import annotations

from qualcode.core.concept import Concept, ConceptLink, ConceptMap
from qualcode.errors import UnknownName
from qualcode.storage import concept as store
from qualcode.storage.database import Connection


def standing_map(connection: Connection, map_name: str) -> ConceptMap | None:
    """Return the map of this name, ignoring case and double spaces; None when there is none."""
    wanted = " ".join(map_name.split()).casefold()
    for name in store.map_names(connection):
        if name.casefold() == wanted:
            return store.load_map(connection, name)
    return None


def find_concept(found: ConceptMap, name: str) -> Concept | None:
    """Return the concept of this name or code; None when there is none. A name goes before a code."""
    wanted = name.strip().casefold()
    named = [one for one in found.concepts if one.name.casefold() == wanted]
    coded = [one for one in found.concepts if (one.code or "").casefold() == wanted]
    return next(iter([*named, *coded] if wanted else []), None)


def named_concept(found: ConceptMap, name: str) -> Concept:
    """Return the concept of this name or code; UnknownName otherwise."""
    concept = find_concept(found, name)
    if concept is None:
        raise UnknownName("concept", name, [one.name for one in found.concepts])
    return concept


def link_by_id(connection: Connection, map_name: str, link_id: int) -> ConceptLink:
    """Return a link of a map; UnknownName for a map or a link that is not there."""
    links = store.load_map(connection, map_name).links
    for link in links:
        if link.id == link_id:
            return link
    raise UnknownName("link", str(link_id), [str(link.id) for link in links])
