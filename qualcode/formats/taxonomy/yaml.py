"""Domains and their included terms as YAML, written as in a codebook file."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from qualcode.core.quotations import NamedCoding
from qualcode.core.taxonomy import READINGS, DomainEntry, TermEntry, relationship_from
from qualcode.formats.yamlnode import Place, load_yaml

SCHEMA = "qualcode/taxonomy@1"
_WIDTH = 110
_MAX_DEPTH = 32
_WORDS = ("document", "code", "coder", "round")
_QUOTATION = (*_WORDS, "start", "end", "quote")


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
    return tuple(map(_quotation, listed.items("quotations"))) if listed is not None else ()


def _quotation(item: Place) -> NamedCoding:
    fields = item.fields("a quotation", _QUOTATION)
    words = {key: fields[key].text(key) or None for key in _WORDS if key in fields}
    quote = _verbatim(fields.get("quote"))
    start, end = (_offset(key, fields.get(key)) for key in ("start", "end"))
    if not words.get("document"):
        raise item.mistake("a quotation needs a document", "name the document it stands in")
    if (start is None) is not (end is None):
        raise item.mistake("start and end go together", "give both, or a quote alone")
    if start is None and not (quote or "").strip():
        raise item.mistake("a quotation needs a quote, or start and end", "give its words")
    return NamedCoding(
        words["document"] or "",
        start,
        end,
        quote,
        words.get("code"),
        words.get("coder"),
        words.get("round"),
        item.line,
    )


def _verbatim(place: Place | None) -> str | None:
    """Return the words letter by letter: white space at their ends belongs to them."""
    if place is None or place.is_empty:
        return None
    place.text("quote")
    return str(place.node.value)


def _offset(key: str, place: Place | None) -> int | None:
    if place is None or place.is_empty:
        return None
    text = place.text(key)
    if not text.isascii() or not text.isdigit():
        raise place.mistake(f"{key} must be a whole number from 0", "offsets count characters")
    return int(text)


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
            "cover_term": _quoted(domain.cover_term),
            "relationship": _quoted(domain.variant or domain.relationship.value),
            "definition": _quoted(domain.definition),
            "terms": [_written_term(term) for term in domain.terms],
        }
    )


def _written_term(term: TermEntry) -> CommentedMap:
    return _mapping(
        {
            "name": _quoted(term.name),
            "code": _quoted(term.code or ""),
            "quotations": [_written_quotation(one) for one in term.quotations],
            "contrasts": {_quoted(name): _quoted(value) for name, value in term.contrasts},
            "terms": [_written_term(below) for below in term.terms],
        }
    )


def _written_quotation(one: NamedCoding) -> CommentedMap:
    fields: dict[str, Any] = {"document": _quoted(one.document)}
    if one.start is not None:
        fields |= {"start": one.start, "end": one.end}
    for key in ("quote", "code", "coder", "round"):
        fields[key] = _quoted(getattr(one, key) or "")
    return CommentedMap({key: value for key, value in fields.items() if value != ""})


def _mapping(fields: dict[str, Any]) -> CommentedMap:
    return CommentedMap({key: value for key, value in fields.items() if value})


def _quoted(text: str) -> str:
    return DoubleQuotedScalarString(text) if text else ""
