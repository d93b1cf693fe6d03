"""The actor registry in a codebook file."""

from __future__ import annotations

from qualcode.core.actors import Actor, ActorKind, AliasEntry, AliasScope
from qualcode.errors import nearest_hint
from qualcode.formats.codebook.codes import checked_id, name_from
from qualcode.formats.yamlnode import Place

_KEYS = (
    "id",
    "name",
    "kind",
    "part_of",
    "role_of",
    "interviewed",
    "sites",
    "aliases",
    "members",
    "convened_by",
)


def read_actors(place: Place | None) -> tuple[Actor, ...]:
    """Return the actors under `actors:`; a mistake for a double id or a reference to no actor."""
    found: dict[str, tuple[Actor, dict[str, Place]]] = {}
    for item in place.items("actors") if place else []:
        fields = item.fields("an actor", _KEYS)
        key = checked_id(item, fields, "actor")
        if key.casefold() in {other.casefold() for other in found}:
            raise fields.get("id", item).mistake(
                f"the actor {key!r} is given twice", "put all its aliases into one entry"
            )
        found[key] = (_actor(key, fields), fields)
    for actor, fields in found.values():
        _check_references(actor, fields, list(found))
    return tuple(actor for actor, _ in found.values())


def _actor(key: str, fields: dict[str, Place]) -> Actor:
    def text(name: str) -> str | None:
        return (fields[name].text(name) or None) if name in fields else None

    def texts(name: str) -> tuple[str, ...]:
        return fields[name].texts(name) if name in fields else ()

    aliases = fields.get("aliases")
    return Actor(
        key=key,
        name=text("name") or name_from(key),
        kind=_kind(fields["kind"]) if "kind" in fields else ActorKind.ROLE,
        part_of=text("part_of"),
        role_of=text("role_of"),
        interviewed=fields["interviewed"].flag("interviewed")
        if "interviewed" in fields
        else False,
        sites=texts("sites"),
        aliases=_aliases(aliases) if aliases else (),
        members=texts("members"),
        convened_by=text("convened_by"),
    )


def _kind(place: Place) -> ActorKind:
    text = place.name("kind").casefold().replace("organization", "organisation")
    if text not in list(ActorKind):
        raise place.mistake(
            f"{text!r} is no kind of actor",
            "one of " + ", ".join(kind.value for kind in ActorKind),
        )
    return ActorKind(text)


def _aliases(place: Place) -> tuple[AliasEntry, ...]:
    items = [place] if place.is_text and not place.is_empty else place.items("aliases")
    aliases: dict[AliasEntry, None] = {}
    for item in items:
        alias = _alias(item)
        if alias in aliases:
            raise item.mistake(f"the alias {alias.text!r} is given twice", "remove one of them")
        aliases[alias] = None
    return tuple(aliases)


def _alias(item: Place) -> AliasEntry:
    if item.is_text:
        return AliasEntry(item.name("an alias"))
    fields = item.fields("an alias", ("text", "scope", "value"))
    if "text" not in fields:
        raise item.mistake(
            "an alias needs a text", "for example {text: the boss, scope: site, value: A}"
        )
    written = fields["scope"].name("scope").casefold() if "scope" in fields else "project"
    if written not in list(AliasScope):
        raise fields["scope"].mistake(
            f"{written!r} is no scope", "one of " + ", ".join(scope.value for scope in AliasScope)
        )
    scope = AliasScope(written)
    value = (fields["value"].text("value") or None) if "value" in fields else None
    if (value is None) is not (scope is AliasScope.PROJECT):
        raise item.mistake(
            "the scope of this alias does not fit its value",
            "scope site or document needs a value; scope project has none",
        )
    return AliasEntry(fields["text"].name("text"), scope, value)


def _check_references(actor: Actor, fields: dict[str, Place], known: list[str]) -> None:
    named = [
        ("part_of", actor.part_of),
        ("role_of", actor.role_of),
        ("convened_by", actor.convened_by),
    ]
    named += [("members", member) for member in actor.members]
    for field, key in named:
        if key is not None and (key not in known or key == actor.key):
            raise fields[field].mistake(
                f"{field} of {actor.key} names {key!r}, which is no other actor",
                nearest_hint("actor", key, [other for other in known if other != actor.key]),
            )
