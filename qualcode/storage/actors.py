"""The actor registry in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from qualcode.core.actors import Actor, ActorKind, AliasEntry, AliasScope
from qualcode.errors import Refused, UnknownName
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of


def load_actors(connection: Connection) -> tuple[Actor, ...]:
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
    people = names_by_id(connection, tables.Participant, "pseudonym")
    return tuple(
        Actor(
            key=row["key"],
            name=row["name"],
            kind=ActorKind(row["kind"]),
            part_of=keys.get(row["part_of_id"]),
            role_of=keys.get(row["role_of_id"]),
            interviewed=row["interviewed"],
            sites=tuple(row["sites"]),
            aliases=tuple(aliases[row["id"]]),
            members=tuple(members[row["id"]]),
            participant=people.get(row["participant_id"]),
            convened_by=keys.get(row["convened_by_id"]),
        )
        for row in rows
    )


def actor_ids(connection: Connection) -> dict[str, int]:
    """Return key → id of the live actors."""
    return {row["key"]: int(row["id"]) for row in live_rows(connection, tables.Actor)}


def every_actor_id(connection: Connection) -> dict[str, int]:
    """Return key → id of all actors, removed ones too; a live actor of the same key comes first."""
    found = {key: row_id for row_id, key in names_by_id(connection, tables.Actor, "key").items()}
    return {**found, **actor_ids(connection)}


def merged_keys(connection: Connection) -> dict[str, str]:
    """Return old key → the key of the actor it was merged into."""
    keys = names_by_id(connection, tables.Actor, "key")
    rows = live_rows(connection, tables.ActorMerge)
    live = set(actor_ids(connection))
    merged = {keys[row["actor_id"]]: keys[row["into_actor_id"]] for row in rows}
    found: dict[str, str] = {}
    for old in merged.keys() - live:
        step, seen = merged[old], {old}
        while step in merged and step not in live and step not in seen:
            seen.add(step)
            step = merged[step]
        if step in live:
            found[old] = step
    return found


def find_actor(connection: Connection, name: str) -> Actor:
    """Return the actor of this key or name, ignoring case and following merges; UnknownName otherwise."""
    actors = load_actors(connection)
    merged = merged_keys(connection)
    wanted = name.casefold()
    while wanted in merged:
        wanted = merged[wanted].casefold()
    for actor in actors:
        if wanted in (actor.key.casefold(), actor.name.casefold()):
            return actor
    raise UnknownName("actor", name, [actor.key for actor in actors])


def add_actor(writer: Writer, actor: Actor) -> int:
    """Add one actor at the end of the registry, or bring a removed one of this key back."""
    table = table_of(tables.Actor)
    query = sa.select(table.c.id).where(table.c.key == actor.key, ~table.c.live)
    row_id = writer.connection.execute(query.order_by(table.c.id.desc())).scalar()
    if row_id is not None:
        for row in live_rows(writer.connection, tables.ActorMerge, actor_id=row_id):
            writer.remove(tables.ActorMerge, row["id"])
        writer.restore(tables.Actor, row_id)
    sort = len(actor_ids(writer.connection))
    put_actor(writer, actor, sort=sort)
    return actor_ids(writer.connection)[actor.key]


def put_actor(writer: Writer, actor: Actor, *, sort: int | None = None) -> None:
    """Bring one actor up to date, members and all; a member that the entry does not name leaves the group."""
    known = actor_ids(writer.connection)
    if actor.key not in known:
        fresh = tables.Actor(key=actor.key, name=actor.name, kind=actor.kind, sort=sort or 0)
        known[actor.key] = writer.add(fresh)
    row_id = known[actor.key]
    writer.change(tables.Actor, row_id, _fields(actor, known, sort))
    for alias in actor.aliases:
        add_alias(writer, row_id, alias)
    wanted = {known[member] for member in actor.members}
    for row in live_rows(writer.connection, tables.ActorMember, group_actor_id=row_id):
        if row["actor_id"] not in wanted:
            writer.remove(tables.ActorMember, row["id"])
    _put_members(writer, row_id, sorted(wanted))


def set_participant(writer: Writer, actor: str, participant: str | None) -> None:
    """Say which participant a person is; None: nobody who was interviewed. UnknownName for an unknown pseudonym."""
    names = {
        row["pseudonym"]: row["id"] for row in live_rows(writer.connection, tables.Participant)
    }
    if participant is not None and participant not in names:
        raise UnknownName("participant", participant, list(names))
    row_id = actor_ids(writer.connection)[actor]
    participant_id = names[participant] if participant is not None else None
    writer.change(tables.Actor, row_id, {"participant_id": participant_id})


def remove_actor(writer: Writer, actor: str) -> None:
    """Take an actor out of the registry, with its aliases, memberships and ties that were never confirmed.

    Refused while confirmed or undecided ties or other actors stand on it."""
    row_id = actor_ids(writer.connection)[actor]
    standing = [
        row
        for row in _ties_of(writer.connection, row_id)
        if row["status"] in ("confirmed", "undecided")
    ]
    if standing:
        ids = ", ".join(str(row["id"]) for row in standing[:8])
        raise Refused(
            f"{len(standing)} reviewed ties name {actor}: {ids}{' …' * (len(standing) > 8)}",
            hint="merge it into another actor, or give those ties another end",
        )
    for row in _ties_of(writer.connection, row_id):
        writer.remove(row["kind"], row["id"])
    _drop_belongings(writer, row_id)
    writer.remove(tables.Actor, row_id)


def merge_actors(writer: Writer, actor: str, into: str) -> int:
    """Give ties, aliases and memberships of one actor to another, and remember what the old key means.

    Returns how many ties moved. Refused where a tie that was not rejected joins the two."""
    connection = writer.connection
    ids = actor_ids(connection)
    old, new = ids[actor], ids[into]
    moved = 0
    for row in _ties_of(connection, old):
        if new in (row["source_id"], row["target_id"]):
            if row["status"] in ("confirmed", "undecided"):
                raise Refused(
                    f"tie {row['id']} joins {actor} and {into}: one actor has no tie to itself",
                    hint="reject it, or give it another end",
                )
            writer.remove(row["kind"], row["id"])
            continue
        end = "source_id" if row["source_id"] == old else "target_id"
        writer.change(row["kind"], row["id"], {end: new})
        moved += 1
    for alias in live_rows(connection, tables.ActorAlias, actor_id=old):
        entry = AliasEntry(
            alias["alias"], AliasScope(alias["scope"]), alias["scope_value"] or None
        )
        add_alias(writer, new, entry)
    name = next(one.name for one in load_actors(connection) if one.key == actor)
    add_alias(writer, new, AliasEntry(name))
    for row in live_rows(connection, tables.ActorMember, actor_id=old):
        _put_members(writer, row["group_actor_id"], [new])
    _put_members(
        writer,
        new,
        [
            row["actor_id"]
            for row in live_rows(connection, tables.ActorMember, group_actor_id=old)
            if row["actor_id"] != new
        ],
    )
    _point_elsewhere(writer, old, new)
    _drop_belongings(writer, old)
    writer.remove(tables.Actor, old)
    for row in live_rows(connection, tables.ActorMerge, into_actor_id=old):
        writer.change(tables.ActorMerge, row["id"], {"into_actor_id": new})
    writer.add(tables.ActorMerge(actor_id=old, into_actor_id=new))
    return moved


def stop_phrases(connection: Connection) -> tuple[str, ...]:
    """Return the words that only look like an actor."""
    return tuple(row["phrase"] for row in live_rows(connection, tables.StopPhrase))


def add_stop_phrase(writer: Writer, phrase: str) -> bool:
    """Keep words that are never an actor; False when they are kept already."""
    if live_rows(writer.connection, tables.StopPhrase, phrase=phrase):
        return False
    writer.add(tables.StopPhrase(phrase=phrase))
    return True


def remove_stop_phrase(writer: Writer, phrase: str) -> None:
    """Let these words be linked again; UnknownName where they are no stop phrase."""
    rows = live_rows(writer.connection, tables.StopPhrase, phrase=phrase)
    if not rows:
        raise UnknownName("stop phrase", phrase, stop_phrases(writer.connection))
    writer.remove(tables.StopPhrase, rows[0]["id"])


def put_actors(writer: Writer, actors: tuple[Actor, ...]) -> int:
    """Add what is new in this registry and bring what exists up to date; nothing is removed. Returns how many are new."""
    known = actor_ids(writer.connection)
    added = 0
    for sort, actor in enumerate(actors):
        if actor.key not in known:
            row = tables.Actor(key=actor.key, name=actor.name, kind=actor.kind, sort=sort)
            known[actor.key] = writer.add(row)
            added += 1
    for sort, actor in enumerate(actors):
        writer.change(tables.Actor, known[actor.key], _fields(actor, known, sort))
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


def remove_alias(writer: Writer, actor_id: int, text: str) -> int:
    """Free words from an actor, whatever their scope; returns how many bindings that were."""
    rows = [
        row
        for row in live_rows(writer.connection, tables.ActorAlias, actor_id=actor_id)
        if row["alias"].casefold() == text.casefold()
    ]
    for row in rows:
        writer.remove(tables.ActorAlias, row["id"])
    return len(rows)


def _fields(actor: Actor, known: Mapping[str, int], sort: int | None) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": actor.name,
        "kind": actor.kind.value,
        "part_of_id": known.get(actor.part_of or ""),
        "role_of_id": known.get(actor.role_of or ""),
        "convened_by_id": known.get(actor.convened_by or ""),
        "interviewed": actor.interviewed,
        "sites": list(actor.sites),
    }
    return fields if sort is None else {**fields, "sort": sort}


def _ties_of(connection: Connection, actor_id: int) -> list[dict[str, Any]]:
    """Return the live ties and second readings of an actor, each with its table under `kind`."""
    return [
        {**row, "kind": kind}
        for kind in (tables.TieStatement, tables.TieReview)
        for end in ("source_id", "target_id")
        for row in live_rows(connection, kind, **{end: actor_id})
    ]


def _drop_belongings(writer: Writer, actor_id: int) -> None:
    for kind, column in (
        (tables.ActorAlias, "actor_id"),
        (tables.ActorMember, "actor_id"),
        (tables.ActorMember, "group_actor_id"),
    ):
        for row in live_rows(writer.connection, kind, **{column: actor_id}):
            writer.remove(kind, row["id"])


def _point_elsewhere(writer: Writer, old: int, new: int) -> None:
    """Let what belonged to one actor belong to the other; nobody comes to belong to itself."""
    for column in ("part_of_id", "role_of_id", "convened_by_id"):
        for row in live_rows(writer.connection, tables.Actor, **{column: old}):
            writer.change(tables.Actor, row["id"], {column: new if row["id"] != new else None})


def _put_members(writer: Writer, group_id: int, member_ids: Iterable[int]) -> None:
    standing = {
        row["actor_id"]
        for row in live_rows(writer.connection, tables.ActorMember, group_actor_id=group_id)
    }
    for member_id in member_ids:
        if member_id not in standing:
            writer.add(tables.ActorMember(group_actor_id=group_id, actor_id=member_id))
