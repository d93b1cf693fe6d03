"""Domains and their included terms as YAML, written as in a codebook file."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from qualcode.core.quotations import NamedCoding
from qualcode.core.taxonomy import READINGS, DomainEntry, TermEntry, relationship_from
from qualcode.formats.named import quoted_text, read_named, written_named
from qualcode.formats.yamlnode import Place, load_yaml

SCHEMA = "qualcode/taxonomy@1"
_WIDTH = 110
_MAX_DEPTH = 32


def read_taxonomy(name: str, content: bytes) -> tuple[DomainEntry, ...]:
    """Return the domains of a YAML file (`domains:`, each with cover_term, relationship, definition, terms).

    A term is a name, or a mapping of name, code, terms, quotations (as in codings' JSON lines: document with start and
    end, with the quote, or with both; code, coder and round where the words alone do not tell) and contrasts
    (dimension: value). MistakeInFile for the first mistake: no cover term, a relationship that is none of Spradley's
    nine, a domain, term or dimension given twice, a quotation without a place, an unknown key, bad YAML."""
    root = load_yaml(name, content)
    top = root.fields("a taxonomy", ("schema", "domains"))
    if "domains" not in top:
        raise root.mistake("there are no domains in it", "a taxonomy has a key `domains:`")
    found: dict[str, DomainEntry] = {}
    for item in top["domains"].items("domains"):
        domain = _domain(item)
        if domain.cover_term.casefold() in found:
            raise item.mistake(
                f"the domain {domain.cover_term!r} is given twice", "keep one of them"
            )
        found[domain.cover_term.casefold()] = domain
    return tuple(found.values())


def write_taxonomy(domains: tuple[DomainEntry, ...]) -> str:
    """Return the YAML of these domains; reading it gives equal domains."""
    document = CommentedMap(
        {"schema": SCHEMA, "domains": [_written(domain) for domain in domains]}
    )
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _domain(item: Place) -> DomainEntry:
    fields = item.fields("a domain", ("cover_term", "relationship", "definition", "terms"))
    for key in ("cover_term", "relationship"):
        if key not in fields:
            raise item.mistake(f"a domain needs a {key}", "give one")
    meant = relationship_from(fields["relationship"].name("relationship"))
    if meant is None:
        raise fields["relationship"].mistake(
            f"{fields['relationship'].text('relationship')!r} is none of Spradley's nine relationships",
            "one of " + ", ".join(relationship.value for relationship in READINGS),
        )
    names: set[str] = set()
    listed = fields["terms"].items("terms") if "terms" in fields else []
    terms = tuple(_term(term, names, 1) for term in listed)
    definition = fields["definition"].text("definition") if "definition" in fields else ""
    cover = fields["cover_term"].name("cover_term")
    return DomainEntry(cover, meant[0], definition, terms, meant[1])


def _term(item: Place, names: set[str], depth: int) -> TermEntry:
    fields: dict[str, Place] = {}
    if item.is_text:
        name, code, below = item.name("a term"), None, []
    else:
        if depth > _MAX_DEPTH:
            raise item.mistake(f"terms are nested deeper than {_MAX_DEPTH} levels", "flatten it")
        fields = item.fields("a term", ("name", "code", "terms", "quotations", "contrasts"))
        code = (fields["code"].text("code") or None) if "code" in fields else None
        written = fields["name"].text("name") if "name" in fields else ""
        name = written or (code or "").rpartition(".")[2].replace("_", " ")
        if not name:
            raise item.mistake("a term needs a name or a code", "give one of them")
        below = fields["terms"].items("terms") if "terms" in fields else []
    if name.casefold() in names:
        raise item.mistake(f"the term {name!r} is given twice in its domain", "keep one of them")
    names.add(name.casefold())
    return TermEntry(
        name,
        code,
        tuple(_term(term, names, depth + 1) for term in below),
        _quotations(fields.get("quotations")),
        _contrasts(fields.get("contrasts")),
        item.line,
    )


def _quotations(listed: Place | None) -> tuple[NamedCoding, ...]:
    return tuple(map(read_named, listed.items("quotations"))) if listed is not None else ()


def _contrasts(place: Place | None) -> tuple[tuple[str, str], ...]:
    if place is None or place.is_empty:
        return ()
    found: dict[str, tuple[str, str]] = {}
    for name, value in place.fields("contrasts", ()).items():
        dimension = " ".join(name.split())
        if not dimension or dimension.casefold() in found:
            raise value.mistake(f"the dimension {name!r} is empty or given twice", "keep one")
        found[dimension.casefold()] = (dimension, " ".join(value.name(name).split()))
    return tuple(found.values())


def _written(domain: DomainEntry) -> CommentedMap:
    return _mapping(
        {
            "cover_term": quoted_text(domain.cover_term),
            "relationship": quoted_text(domain.variant or domain.relationship.value),
            "definition": quoted_text(domain.definition),
            "terms": [_written_term(term) for term in domain.terms],
        }
    )


def _written_term(term: TermEntry) -> CommentedMap:
    return _mapping(
        {
            "name": quoted_text(term.name),
            "code": quoted_text(term.code or ""),
            "quotations": [written_named(one) for one in term.quotations],
            "contrasts": {quoted_text(name): quoted_text(value) for name, value in term.contrasts},
            "terms": [_written_term(below) for below in term.terms],
        }
    )


def _mapping(fields: dict[str, Any]) -> CommentedMap:
    return CommentedMap({key: value for key, value in fields.items() if value})
