"""Core objects to a codebook file that reads back as the same objects."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from qualcode.core.actors import Actor, AliasEntry, AliasScope
from qualcode.core.codebook import Code, Codebook, Facet, FacetValue, WeightScale
from qualcode.core.taxonomy import DomainEntry, TermEntry
from qualcode.formats.codebook.codes import full_id
from qualcode.formats.codebook.file import SCHEMA, CodebookFile

WIDTH = 110


def write_codebook(file: CodebookFile) -> str:
    """Return the YAML of a codebook. Reading it gives an equal CodebookFile, writing that the same text.

    Database ids, uids and versions are no part of it. White space at the ends of texts is lost."""
    book = file.codebook
    source = {"title": file.source.title, "year": file.source.year, "doi": file.source.doi}
    top = {
        "schema": SCHEMA,
        "title": book.title,
        "about": book.about,
        "source": _mapping(source),
        "rules": _list(book.rules),
        "facets": [_facet(facet) for facet in book.facets],
        "codes": _codes(book, None),
        "themes": [
            _mapping({"id": theme.key, "name": theme.name, "codes": _list(theme.codes, flow=True)})
            for theme in book.themes
        ],
        "domains": [_domain(domain) for domain in file.domains],
        "actors": [_actor(actor) for actor in file.actors],
    }
    document = _mapping(top)
    document.setdefault("codes", CommentedSeq())
    for key in list(document)[1:]:
        if isinstance(document[key], list):
            document.yaml_set_comment_before_after_key(key, before="\n")
    return _dumped(document)


def _dumped(document: CommentedMap) -> str:
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(document, stream)
    # Where a text is folded the emitter leaves a space; reading folds it away, editors mark it.
    return re.sub(r" +$", "", stream.getvalue(), flags=re.MULTILINE)


def _mapping(fields: dict[str, Any]) -> CommentedMap:
    """Return the fields that say something, in their order."""
    kept = CommentedMap()
    for key, value in fields.items():
        if value or value is False:
            kept[key] = _scalar(value) if isinstance(value, str) else value
    return kept


def _scalar(text: str) -> str:
    """Return the text, quoted where plain YAML would read another value or lose a line end."""
    text = str(text).strip()
    is_plain = text.isprintable() and text.isascii() and "\n" not in text
    looks_typed = not text[:1].isalpha() or text.casefold() in _TYPED
    return text if is_plain and not looks_typed else DoubleQuotedScalarString(text)


_TYPED = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


def _list(texts: Iterable[str], *, flow: bool = False) -> CommentedSeq:
    items = CommentedSeq([_scalar(text) for text in texts])
    if flow:
        items.fa.set_flow_style()
    return items


def _codes(book: Codebook, parent: str | None) -> list[CommentedMap]:
    return [_code(book, code) for code in book.children.get(parent, ())]


def _code(book: Codebook, code: Code) -> CommentedMap:
    # A code that was moved keeps its id; `.id` says that the id is not to be prefixed.
    key = code.key if full_id(code.key, code.parent) == code.key else f".{code.key}"
    pairs = CommentedSeq([_list(pair, flow=True) for pair in code.pairs])
    pairs.fa.set_flow_style()
    fields = {
        "id": key,
        "name": code.name,
        "definition": code.definition,
        "include": _list(code.include),
        "exclude": _list(code.exclude),
        "example": _list(code.example),
        "color": code.color,
        "key": code.quick_key,
        "aliases": _list(code.aliases, flow=True),
        "pairs": pairs,
        "weight": _weights(code.weights),
        "children": _codes(book, code.key),
    }
    return _mapping(fields)


def _weights(scale: WeightScale | None) -> CommentedMap | None:
    if scale is None:
        return None
    fields = CommentedMap({"from": scale.low, "to": scale.high})
    if scale.means:
        fields["means"] = _scalar(scale.means)
    fields.fa.set_flow_style()
    return fields


def _facet(facet: Facet) -> CommentedMap:
    only_if = _mapping({key: _list(values, flow=True) for key, values in facet.only_if.items()})
    return _mapping(
        {
            "id": facet.key,
            "name": facet.name,
            "definition": facet.definition,
            "values": [_value(value) for value in facet.values],
            "applies_to": _list(facet.applies_to, flow=True),
            "required": facet.required,
            "only_if": only_if,
        }
    )


def _value(value: FacetValue) -> CommentedMap:
    return _mapping({"id": value.key, "name": value.name, "definition": value.definition})


def _domain(domain: DomainEntry) -> CommentedMap:
    return _mapping(
        {
            "cover_term": domain.cover_term,
            "relationship": domain.variant or domain.relationship.value,
            "definition": domain.definition,
            "terms": [_term(term) for term in domain.terms],
        }
    )


def _term(term: TermEntry) -> CommentedMap:
    below = [_term(inner) for inner in term.terms]
    return _mapping({"name": term.name, "code": term.code, "terms": below})


def _actor(actor: Actor) -> CommentedMap:
    aliases = CommentedSeq([_alias(alias) for alias in actor.aliases])
    if all(isinstance(alias, str) for alias in aliases):
        aliases.fa.set_flow_style()
    return _mapping(
        {
            "id": actor.key,
            "name": actor.name,
            "kind": actor.kind.value,
            "part_of": actor.part_of,
            "role_of": actor.role_of,
            "interviewed": actor.interviewed,
            "sites": _list(actor.sites, flow=True),
            "aliases": aliases,
            "members": _list(actor.members, flow=True),
            "convened_by": actor.convened_by,
        }
    )


def _alias(alias: AliasEntry) -> str | CommentedMap:
    if alias.scope is AliasScope.PROJECT:
        return _scalar(alias.text)
    fields = _mapping({"text": alias.text, "scope": alias.scope.value, "value": alias.scope_value})
    fields.fa.set_flow_style()
    return fields
