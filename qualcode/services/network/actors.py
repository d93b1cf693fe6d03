"""The actor registry: adding, correcting, merging and removing actors, and the words that mean them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qualcode.core.actors import Actor, ActorKind, AliasEntry, AliasScope
from qualcode.core.network.aliases import AliasConflict, Aliases, alias_key
from qualcode.core.network.statements import word_of
from qualcode.errors import InputError, Refused
from qualcode.services.network.statements import refuse_unknown_site
from qualcode.storage import actors as store
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document
from qualcode.storage.ledger import Writer
from qualcode.storage.network import load_registry
from qualcode.storage.project import Project

FIELDS = (
    "name",
    "kind",
    "part_of",
    "role_of",
    "convened_by",
    "interviewed",
    "sites",
    "members",
    "participant",
)
_YES = frozenset({"yes", "true", "1"})


def list_actors(project: Project) -> tuple[Actor, ...]:
    """Return the actor registry."""
    with project.reading() as connection:
        return store.load_actors(connection)


def alias_conflicts(project: Project) -> tuple[AliasConflict, ...]:
    """Return the words that mean two actors in one scope; they are linked to neither."""
    with project.reading() as connection:
        return Aliases(load_registry(connection)).conflicts()


def merged_actors(project: Project) -> dict[str, str]:
    """Return old key → the actor it was merged into."""
    with project.reading() as connection:
        return store.merged_keys(connection)


def add_actor(project: Project, key: str, fields: Mapping[str, str]) -> Actor:
    """Add an actor. `fields` are texts (see `FIELDS`; lists are separated by commas).

    Refused where the key is taken; InputError for what contradicts itself, UnknownName for another actor."""
    key = key.strip()
    if not key or any(sign.isspace() or sign in "/\\=" for sign in key) or not key.isprintable():
        raise InputError(
            f"{key!r} cannot be the key of an actor",
            hint="one word of letters, digits, _ and -, such as school_nurse; --set name=… is free",
        )
    with project.writing("actor added") as writer:
        known = {one.key.casefold() for one in store.load_actors(writer.connection)}
        if key.casefold() in known:
            raise Refused(
                f"there is an actor {key!r} already", hint="qualcode network actor edit changes it"
            )
        made = _with(writer.connection, Actor(key, key.replace("_", " ").capitalize()), fields)
        store.add_actor(writer, made)
        _finish(writer, key, fields)
        return made


def edit_actor(project: Project, actor: str, fields: Mapping[str, str]) -> Actor:
    """Set fields of an actor; a group's members are replaced by those given."""
    with project.writing("actor changed") as writer:
        found = store.find_actor(writer.connection, actor)
        made = _with(writer.connection, found, fields)
        store.put_actor(writer, made)
        _finish(writer, found.key, fields)
        return made


def merge_actors(project: Project, actor: str, into: str) -> int:
    """Merge one actor into another; its ties, aliases and memberships move. Returns how many ties moved.

    The old key keeps its meaning: codes and files that name it mean the other actor from then on."""
    with project.writing("actor merged") as writer:
        old = store.find_actor(writer.connection, actor)
        new = store.find_actor(writer.connection, into)
        if old.key == new.key:
            raise InputError(f"{old.key} is {new.key} already")
        moved = store.merge_actors(writer, old.key, new.key)
        load_registry(writer.connection)
        return moved


def remove_actor(project: Project, actor: str) -> Actor:
    """Take an actor out of the registry, with ties of it that were only proposed or were rejected.

    Refused while reviewed ties or other actors stand on it."""
    with project.writing("actor removed") as writer:
        found = store.find_actor(writer.connection, actor)
        above = [
            one.key
            for one in store.load_actors(writer.connection)
            if found.key in (one.part_of, one.role_of, one.convened_by)
        ]
        if above:
            raise Refused(
                f"{', '.join(above)} belong to {found.key}",
                hint="give them another part_of, role_of or convened_by first",
            )
        store.remove_actor(writer, found.key)
        return found


def bind_alias(
    project: Project,
    actor: str,
    words: str,
    *,
    scope: AliasScope = AliasScope.PROJECT,
    where: str | None = None,
) -> AliasEntry:
    """Bind words to an actor, everywhere or at one site or in one document.

    InputError where another actor is called so in the same scope; UnknownName for a site or document that
    does not exist."""
    text = " ".join(words.split())
    if not text:
        raise InputError("which words?", hint="give the words as people say them")
    if scope is not AliasScope.PROJECT and not where:
        raise InputError(f"which {scope.value}?", hint="name it with --where")
    with project.writing("alias bound") as writer:
        connection = writer.connection
        found = store.find_actor(connection, actor)
        alias = AliasEntry(text, scope, _checked_place(connection, scope, where))
        Aliases(load_registry(connection)).refuse_conflict(found.key, alias)
        if not store.add_alias(writer, store.actor_ids(connection)[found.key], alias):
            raise Refused(f"{text!r} means {found.key} already")
        return alias


def free_alias(project: Project, actor: str, words: str) -> int:
    """Take words from an actor, whatever their scope; returns how many bindings that were."""
    with project.writing("alias freed") as writer:
        found = store.find_actor(writer.connection, actor)
        count = store.remove_alias(
            writer, store.actor_ids(writer.connection)[found.key], " ".join(words.split())
        )
        if not count:
            said = ", ".join(alias.text for alias in found.aliases) or "no words"
            raise Refused(f"{found.key} is not called {words!r}", hint=f"it is called: {said}")
        return count


def list_stop_phrases(project: Project) -> tuple[str, ...]:
    """Return the words that only look like an actor."""
    with project.reading() as connection:
        return store.stop_phrases(connection)


def add_stop_phrases(project: Project, phrases: tuple[str, ...]) -> int:
    """Keep words that only look like an actor ("team meeting"); returns how many are new."""
    with project.writing("stop phrases added") as writer:
        keys = [alias_key(phrase) for phrase in phrases]
        if not all(any(sign.isalnum() for sign in key) for key in keys):
            raise InputError("a stop phrase needs at least one letter or digit")
        return sum(store.add_stop_phrase(writer, key) for key in dict.fromkeys(keys))


def remove_stop_phrase(project: Project, phrase: str) -> None:
    """Let these words be linked to actors again."""
    with project.writing("stop phrase removed") as writer:
        store.remove_stop_phrase(writer, alias_key(phrase))


def _with(connection: Connection, actor: Actor, fields: Mapping[str, str]) -> Actor:
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "name":
            changes["name"] = value.strip() or actor.key
        elif name == "kind":
            changes["kind"] = word_of(ActorKind, value, "kind of actor")
        elif name in ("part_of", "role_of", "convened_by"):
            changes[name] = store.find_actor(connection, value).key if value.strip() else None
        elif name == "interviewed":
            changes[name] = value.strip().casefold() in _YES
        elif name == "sites":
            changes[name] = _listed(value)
            for site in changes[name]:
                refuse_unknown_site(connection, site)
        elif name == "members":
            changes[name] = tuple(store.find_actor(connection, m).key for m in _listed(value))
        elif name != "participant":
            raise InputError(f"{name!r} is not a field of an actor", hint=", ".join(FIELDS))
    made = replace(actor, **changes)
    if made.members and made.kind is not ActorKind.GROUP:
        raise InputError(f"{made.key} is a {made.kind.value}: only a group has members")
    if made.key in made.members:
        raise InputError(f"{made.key} cannot be a member of itself")
    return made


def _finish(writer: Writer, key: str, fields: Mapping[str, str]) -> None:
    """Set the participant, and let the registry refuse circles, inside the same transaction."""
    if "participant" in fields:
        store.set_participant(writer, key, fields["participant"].strip() or None)
    load_registry(writer.connection)


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.replace(";", ",").split(",") if part.strip())


def _checked_place(connection: Connection, scope: AliasScope, where: str | None) -> str | None:
    if scope is AliasScope.SITE and where:
        refuse_unknown_site(connection, where)
    if scope is AliasScope.DOCUMENT and where:
        return find_document(connection, where).name
    return where if scope is not AliasScope.PROJECT else None
