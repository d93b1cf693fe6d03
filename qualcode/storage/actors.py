"""The actor registry in the database."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from qualcode.core.actors import ActorEntry, ActorKind, AliasEntry, AliasScope
from qualcode.errors import UnknownName
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows


def load_actors(connection: Connection) -> tuple[ActorEntry, ...]:
    """Return the live actors in the registry's order, with aliases and members."""
    rows = live_rows(connection, tables.Actor, "sort")
    keys = {row["id"]: row["key"] for row in rows}
    aliases: dict[int, list[AliasEntry]] = defaultdict(list)
    for row in live_rows(connection, tables.ActorAlias):
        scope_value = row["scope_value"] or None
        aliases[row["actor_id"]].append(
            AliasEntry(row["alias"], AliasScope(row["scope"]), scope_value)
        )
    members: dict[int, list[str]] = defaultdict(list)
    for row in live_rows(connection, tables.ActorMember):
        if row["actor_id"] in keys:
            members[row["group_actor_id"]].append(keys[row["actor_id"]])
    return tuple(
        ActorEntry(
            key=row["key"],
            name=row["name"],
            kind=ActorKind(row["kind"]),
            part_of=keys.get(row["part_of_id"]),
            role_of=keys.get(row["role_of_id"]),
            interviewed=row["interviewed"],
            sites=tuple(row["sites"]),
            aliases=tuple(aliases[row["id"]]),
            members=tuple(members[row["id"]]),
            convened_by=keys.get(row["convened_by_id"]),
        )
        for row in rows
    )


def actor_ids(connection: Connection) -> dict[str, int]:
    """Return key → id of the live actors."""
    return {row["key"]: int(row["id"]) for row in live_rows(connection, tables.Actor)}


def find_actor(connection: Connection, name: str) -> ActorEntry:
    """Return the actor of this key or name, ignoring case; UnknownName otherwise."""
    actors = load_actors(connection)
    wanted = name.casefold()
    for actor in actors:
        if wanted in (actor.key.casefold(), actor.name.casefold()):
            return actor
    raise UnknownName("actor", name, [actor.key for actor in actors])


def put_actors(writer: Writer, actors: tuple[ActorEntry, ...]) -> int:
    """Add what is new in this registry and bring what exists up to date; nothing is removed. Returns how many are new."""
    known = actor_ids(writer.connection)
    added = 0
    for sort, actor in enumerate(actors):
        if actor.key not in known:
            row = tables.Actor(key=actor.key, name=actor.name, kind=actor.kind, sort=sort)
            known[actor.key] = writer.add(row)
            added += 1
    for sort, actor in enumerate(actors):
        fields = {
            "name": actor.name,
            "kind": actor.kind.value,
            "part_of_id": known.get(actor.part_of or ""),
            "role_of_id": known.get(actor.role_of or ""),
            "convened_by_id": known.get(actor.convened_by or ""),
            "interviewed": actor.interviewed,
            "sites": list(actor.sites),
            "sort": sort,
        }
        writer.change(tables.Actor, known[actor.key], fields)
        for alias in actor.aliases:
            add_alias(writer, known[actor.key], alias)
        _put_members(writer, known[actor.key], [known[member] for member in actor.members])
    return added


def add_alias(writer: Writer, actor_id: int, alias: AliasEntry) -> bool:
    """Bind words to an actor; False when they are bound so already."""
    fields: dict[str, Any] = {
        "actor_id": actor_id,
        "alias": alias.text,
        "scope": alias.scope.value,
        "scope_value": alias.scope_value or "",
    }
    if live_rows(writer.connection, tables.ActorAlias, **fields):
        return False
    writer.add(tables.ActorAlias(**fields))
    return True


def _put_members(writer: Writer, group_id: int, member_ids: list[int]) -> None:
    standing = {
        row["actor_id"]
        for row in live_rows(writer.connection, tables.ActorMember, group_actor_id=group_id)
    }
    for member_id in member_ids:
        if member_id not in standing:
            writer.add(tables.ActorMember(group_actor_id=group_id, actor_id=member_id))
