"""The actors of a project by key, and what they stand for when a network is drawn coarser than it was told."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from qualcode.core.actors import Actor, ActorKind
from qualcode.errors import InputError, UnknownName

LAY_KEYS = frozenset(
    {"minor", "family", "young_person", "child", "parent", "guardian", "client", "patient"}
)
"""Keys of actors who are dealt with rather than at work; a project may name others."""


class Level(enum.StrEnum):
    """How coarse a network is drawn: persons by name, persons as their roles, or roles as organisations."""

    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"


class Registry:
    """Actors by key. `merged` maps the keys of actors that were merged into another to that other.

    InputError where a reference points nowhere, or where part_of or role_of run in a circle.
    """

    def __init__(self, actors: Iterable[Actor], merged: Mapping[str, str] | None = None) -> None:
        self.actors = tuple(actors)
        self.merged = dict(merged or {})
        self._by_key = {actor.key: actor for actor in self.actors}
        if len(self._by_key) < len(self.actors):
            twice = sorted(
                {a.key for a in self.actors if sum(b.key == a.key for b in self.actors) > 1}
            )
            raise InputError(f"two actors are called {twice[0]!r}", hint="give each its own key")
        self._check_references()

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.actors)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key or key in self.merged

    def actor(self, key: str) -> Actor:
        """Return the actor of this key, following merges; UnknownName for a deleted or misspelt one."""
        if key not in self.merged and key in self._by_key:
            return self._by_key[key]
        seen: set[str] = set()
        while key in self.merged and key not in seen:
            seen.add(key)
            key = self.merged[key]
        found = self._by_key.get(key)
        if found is None:
            raise UnknownName("actor", key, list(self._by_key))
        return found

    def folded(self, key: str, level: Level) -> str:
        """Return the key of the actor that stands for this one at the level.

        A person without a role and a role without an organisation stand for themselves; so do groups.
        """
        actor = self.actor(key)
        if level is Level.PERSON or actor.kind is ActorKind.GROUP:
            return actor.key
        if actor.kind is ActorKind.PERSON and actor.role_of is not None:
            actor = self.actor(actor.role_of)
        if level is Level.ORGANISATION and actor.kind in (ActorKind.ROLE, ActorKind.PERSON):
            return self.actor(actor.part_of).key if actor.part_of is not None else actor.key
        return actor.key

    def above(self, key: str) -> tuple[str, ...]:
        """Return the role and the organisations above an actor, nearest first."""
        found: list[str] = []
        actor = self.actor(key)
        if actor.role_of is not None:
            found.append(self.actor(actor.role_of).key)
        for start in (actor, *(self.actor(k) for k in found[:1])):
            step = start.part_of
            while step is not None:
                higher = self.actor(step)
                if higher.key not in found:
                    found.append(higher.key)
                step = higher.part_of
        return tuple(found)

    def stands_for(self, key: str, side: str) -> bool:
        """Whether an actor may be meant where `side` is named: itself, its role or an organisation above it."""
        if key not in self or side not in self:
            return False
        return self.actor(key).key == self.actor(side).key or self.actor(side).key in self.above(
            key
        )

    def members_of(self, key: str) -> tuple[Actor, ...]:
        return tuple(self.actor(member) for member in self.actor(key).members)

    def lay(self, extra: Iterable[str] = ()) -> frozenset[str]:
        """Return the keys of actors who are not professionals: the usual ones and those the project names."""
        named = LAY_KEYS | frozenset(extra)
        return frozenset(
            actor.key
            for actor in self.actors
            if actor.key in named or any(step in named for step in self.above(actor.key))
        )

    @cached_property
    def organisations_with_roles(self) -> frozenset[str]:
        """Organisations that the network of roles already shows through a role inside or beside them."""
        headed = {
            step
            for actor in self.actors
            if actor.kind is ActorKind.ROLE
            for step in self.above(actor.key)
        }
        return frozenset(
            actor.key
            for actor in self.actors
            if actor.kind is ActorKind.ORGANISATION
            and (actor.key in headed or any(step in headed for step in self.above(actor.key)))
        )

    def _check_references(self) -> None:
        for actor in self.actors:
            pointed = [actor.part_of, actor.role_of, actor.convened_by, *actor.members]
            for key in pointed:
                if key is not None and key not in self:
                    raise InputError(
                        f"actor {actor.key!r} points to {key!r}, which does not exist",
                        hint="add that actor, or take the reference out",
                    )
            self._refuse_circle(actor)

    def _refuse_circle(self, actor: Actor) -> None:
        for attribute in ("part_of", "role_of"):
            seen = {actor.key}
            step = getattr(actor, attribute)
            while step is not None:
                if step in seen:
                    raise InputError(
                        f"actor {actor.key!r} is {attribute} itself, by way of {step!r}",
                        hint=f"clear the {attribute} of one of them",
                    )
                seen.add(step)
                step = getattr(self.actor(step), attribute)
