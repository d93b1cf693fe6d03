"""A concept map as YAML both ways: concepts over codes, links with their kind, note and quotations."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from qualcode.core.concept import ConceptEntry, LinkEntry, LinkKind, MapEntry, link_kind_from
from qualcode.errors import UnknownName
from qualcode.formats.named import quoted_text, read_named, written_named
from qualcode.formats.yamlnode import Place, load_yaml

SCHEMA = "qualcode/concept-map@1"
_WIDTH = 110
_LINK = ("from", "to", "kind", "mutual", "note", "evidence")


def read_map(name: str, content: bytes) -> MapEntry:
    """Return the map of a YAML file (`map:`, `concepts:`, `links:`).

    A concept is a name, or a mapping of name and code. MistakeInFile for the first mistake: no name, a concept given
    twice, a link to one that is not listed or to itself, an unknown kind, a quotation without a place, bad YAML."""
    root = load_yaml(name, content)
    top = root.fields("a concept map", ("schema", "map", "concepts", "links"))
    if "map" not in top:
        raise root.mistake("the map has no name", "begin with `map: Conceptual model`")
    concepts: dict[str, ConceptEntry] = {}
    for item in top["concepts"].items("concepts") if "concepts" in top else []:
        concept = _concept(item)
        if concept.name.casefold() in concepts:
            raise item.mistake(f"the concept {concept.name!r} is given twice", "keep one of them")
        concepts[concept.name.casefold()] = concept
    links = top["links"].items("links") if "links" in top else []
    return MapEntry(
        " ".join(top["map"].name("map").split()),
        tuple(concepts.values()),
        tuple(_link(item, concepts) for item in links),
    )


def write_map(entry: MapEntry) -> str:
    """Return the YAML of a map; reading it gives an equal one."""
    document = CommentedMap(
        {
            "schema": SCHEMA,
            "map": quoted_text(entry.name),
            "concepts": [
                _mapping({"name": one.name, "code": one.code or ""}) for one in entry.concepts
            ],
            "links": [_written(one) for one in entry.links],
        }
    )
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _concept(item: Place) -> ConceptEntry:
    if item.is_text:
        return ConceptEntry(" ".join(item.name("a concept").split()), line=item.line)
    fields = item.fields("a concept", ("name", "code"))
    if "name" not in fields:
        raise item.mistake("a concept needs a name", "write `name: Trust`, and its code if any")
    code = (fields["code"].text("code") or None) if "code" in fields else None
    return ConceptEntry(" ".join(fields["name"].name("name").split()), code, item.line)


def _link(item: Place, concepts: dict[str, ConceptEntry]) -> LinkEntry:
    fields = item.fields("a link", _LINK)
    for key in ("from", "to"):
        if key not in fields:
            raise item.mistake(f"a link needs {key!r}", "name a concept of the map")
    ends = []
    for key in ("from", "to"):
        wanted = " ".join(fields[key].name(key).split()).casefold()
        if wanted not in concepts:
            known = ", ".join(one.name for one in concepts.values())
            raise fields[key].mistake(f"no concept is called {wanted!r}", f"known: {known}")
        ends.append(concepts[wanted].name)
    if ends[0] == ends[1]:
        raise item.mistake(f"{ends[0]} cannot be linked to itself", "name two concepts")
    listed = fields["evidence"].items("evidence") if "evidence" in fields else []
    return LinkEntry(
        ends[0],
        ends[1],
        _kind(fields.get("kind")),
        "mutual" in fields and fields["mutual"].flag("mutual"),
        fields["note"].text("note") if "note" in fields else "",
        tuple(map(read_named, listed)),
    )


def _kind(place: Place | None) -> LinkKind:
    if place is None:
        return LinkKind.LEADS_TO
    try:
        return link_kind_from(place.name("kind"))
    except UnknownName as error:
        raise place.mistake(error.message, error.hint or "") from None


def _written(link: LinkEntry) -> CommentedMap:
    written = _mapping({"from": link.source, "to": link.target, "kind": link.kind.value})
    if link.mutual:
        written["mutual"] = True
    if link.note:
        written["note"] = quoted_text(link.note)
    if link.evidence:
        written["evidence"] = [written_named(one) for one in link.evidence]
    return written


def _mapping(fields: dict[str, Any]) -> CommentedMap:
    return CommentedMap({key: quoted_text(value) for key, value in fields.items() if value})
