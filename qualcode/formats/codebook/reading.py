"""A codebook file to core objects; the first mistake is told with its line and a hint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from qualcode.core.codebook import Codebook, Facet, FacetValue, Source, Theme
from qualcode.core.taxonomy import READINGS, DomainEntry, TermEntry, relationship_from
from qualcode.errors import MistakeInFile, nearest_hint
from qualcode.formats.codebook.codes import CodeTree, checked_id, name_from
from qualcode.formats.codebook.file import SCHEMA, CodebookFile
from qualcode.formats.codebook.registry import read_actors
from qualcode.formats.yamlnode import Place, load_yaml

_TOP = (
    "schema",
    "title",
    "about",
    "source",
    "rules",
    "facets",
    "codes",
    "themes",
    "domains",
    "actors",
)
_FACET = ("id", "name", "definition", "values", "applies_to", "required", "only_if")
_MAX_DEPTH = 30

_Found = TypeVar("_Found")


def read_codebook(name: str, content: bytes) -> CodebookFile:
    """Return the codebook in a YAML file.

    `codes:` is the only key that must be there. A code is a mapping, or just its name; its full id
    is `parent.id` unless the id holds a dot, and `.id` is a full id without one. MistakeInFile for
    the first mistake: an unknown key, a double id or quick key, a reference to nothing, a bad
    colour, a wrong type, bad YAML."""
    root = load_yaml(name, content)
    top = root.fields("a codebook", _TOP)
    _check_schema(top.get("schema"))
    if "codes" not in top:
        raise MistakeInFile(
            name, None, "there are no codes in it", hint="a codebook has a key `codes:`"
        )
    tree = CodeTree()
    tree.read(top["codes"])
    actors = read_actors(top.get("actors"))
    if actors:
        tree.check_pairs([actor.key for actor in actors])
    codebook = Codebook(
        title=_text(top, "title"),
        about=_text(top, "about"),
        codes=tuple(tree.codes),
        facets=_facets(top.get("facets"), tree),
        themes=_themes(top.get("themes"), tree),
        rules=top["rules"].texts("rules") if "rules" in top else (),
        source=_source(top.get("source")),
    )
    domains = tuple(_domain(item, tree) for item in _items(top, "domains"))
    return CodebookFile(codebook, actors, domains)


def _check_schema(schema: Place | None) -> None:
    if schema is not None and schema.text("schema") != SCHEMA:
        raise schema.mistake(
            f"this schema is not known: {schema.text('schema')!r}", f"write schema: {SCHEMA}"
        )


def _source(place: Place | None) -> Source:
    if place is None or place.is_empty:
        return Source()
    fields = place.fields("source", ("title", "year", "doi"))
    return Source(*(_text(fields, key) for key in ("title", "year", "doi")))


def _text(fields: Mapping[str, Place], key: str) -> str:
    return fields[key].text(key) if key in fields else ""


def _items(fields: Mapping[str, Place], key: str) -> list[Place]:
    return fields[key].items(key) if key in fields else []


def _facets(place: Place | None, tree: CodeTree) -> tuple[Facet, ...]:
    items = place.items("facets") if place else []
    facets: dict[str, Facet] = {}
    conditions: list[tuple[str, Place]] = []
    for item in items:
        fields = item.fields("a facet", _FACET)
        facet = _facet(item, fields, tree)
        _add(facets, facet.key, facet, fields["id"], "facet")
        if "only_if" in fields and not fields["only_if"].is_empty:
            conditions.append((facet.key, fields["only_if"]))
    for key, condition in conditions:
        facets[key] = _with_condition(facets, key, condition)
    return tuple(facets.values())


def _facet(item: Place, fields: Mapping[str, Place], tree: CodeTree) -> Facet:
    key = checked_id(item, fields, "facet")
    values: dict[str, FacetValue] = {}
    for place in _items(fields, "values"):
        value = _facet_value(place)
        _add(values, value.key, value, place, f"value of facet {key}")
    if not values:
        raise item.mistake(
            f"facet {key} has no values", "give a list, for example values: [yes, no]"
        )
    applies_to = fields["applies_to"].items("applies_to") if "applies_to" in fields else []
    return Facet(
        key=key,
        name=_text(fields, "name") or name_from(key),
        values=tuple(values.values()),
        definition=_text(fields, "definition"),
        applies_to=tuple(tree.reference(place) for place in applies_to),
        required=fields["required"].flag("required") if "required" in fields else False,
    )


def _facet_value(place: Place) -> FacetValue:
    if place.is_text:
        key = place.name("a value")
        return FacetValue(key, name_from(key))
    fields = place.fields("a value", ("id", "name", "definition"))
    key = checked_id(place, fields, "value")
    return FacetValue(key, _text(fields, "name") or name_from(key), _text(fields, "definition"))


def _with_condition(facets: Mapping[str, Facet], key: str, condition: Place) -> Facet:
    only_if: dict[str, tuple[str, ...]] = {}
    for other, place in condition.fields("only_if", ()).items():
        if other not in facets or other == key:
            known = [name for name in facets if name != key]
            raise place.mistake(
                f"facet {key} depends on {other!r}, which is no other facet",
                nearest_hint("facet", other, known),
            )
        allowed = [value.key for value in facets[other].values]
        wanted = [place] if place.is_text else place.items("only_if")
        for value in wanted:
            if value.name("a value") not in allowed:
                raise value.mistake(
                    f"facet {other} has no value {value.text('value')!r}",
                    nearest_hint("value", value.text("value"), allowed),
                )
        only_if[other] = tuple(value.text("value") for value in wanted)
    facet = facets[key]
    return Facet(
        key, facet.name, facet.values, facet.definition, facet.applies_to, facet.required, only_if
    )


def _themes(place: Place | None, tree: CodeTree) -> tuple[Theme, ...]:
    themes: dict[str, Theme] = {}
    for item in place.items("themes") if place else []:
        fields = item.fields("a theme", ("id", "name", "codes"))
        key = checked_id(item, fields, "theme")
        codes = tuple(tree.reference(code) for code in _items(fields, "codes"))
        _add(
            themes, key, Theme(key, _text(fields, "name") or name_from(key), codes), item, "theme"
        )
    return tuple(themes.values())


def _domain(item: Place, tree: CodeTree) -> DomainEntry:
    fields = item.fields("a domain", ("cover_term", "relationship", "definition", "terms"))
    for key in ("cover_term", "relationship"):
        if key not in fields:
            raise item.mistake(
                f"a domain needs a {key}", "a domain is a cover term, a relationship and terms"
            )
    meant = relationship_from(fields["relationship"].name("relationship"))
    if meant is None:
        raise fields["relationship"].mistake(
            f"{fields['relationship'].text('relationship')!r} is none of Spradley's nine relationships",
            "one of " + ", ".join(relationship.value for relationship in READINGS),
        )
    terms = tuple(_term(term, tree, 1) for term in _items(fields, "terms"))
    cover = fields["cover_term"].name("cover_term")
    return DomainEntry(cover, meant[0], _text(fields, "definition"), terms, meant[1])


def _term(item: Place, tree: CodeTree, depth: int) -> TermEntry:
    if item.is_text:
        return TermEntry(item.name("a term"))
    if depth > _MAX_DEPTH:
        raise item.mistake(f"terms are nested deeper than {_MAX_DEPTH} levels", "lift a branch up")
    fields = item.fields("a term", ("name", "code", "terms"))
    code = (
        tree.reference(fields["code"])
        if "code" in fields and not fields["code"].is_empty
        else None
    )
    name = _text(fields, "name") or (tree.name_of(code) if code else "")
    if not name:
        raise item.mistake("a term needs a name or a code", "give it a name")
    below = tuple(_term(term, tree, depth + 1) for term in _items(fields, "terms"))
    return TermEntry(name, code, below)


def _add(found: dict[str, _Found], key: str, value: _Found, place: Place, kind: str) -> None:
    if key.casefold() in _folded(found):
        raise place.mistake(f"{kind} {key!r} is given twice", "ids must differ by more than case")
    found[key] = value


def _folded(keys: Iterable[str]) -> set[str]:
    return {key.casefold() for key in keys}
