"""The actor registry: the roles, persons, organisations and groups that interviews speak about, with their aliases."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class ActorKind(enum.StrEnum):
    ROLE = "role"
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"


class AliasScope(enum.StrEnum):
    """Where an alias means its actor: everywhere, at one site, or in one document."""

    PROJECT = "project"
    SITE = "site"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """Words that mean an actor; `scope_value` names the site or the document (None project-wide)."""

    text: str
    scope: AliasScope = AliasScope.PROJECT
    scope_value: str | None = None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor. `part_of`, `role_of`, `members` and `convened_by` are keys of other actors.

    `role_of` is the role a person holds; `interviewed` tells whether anybody in it was a participant
    (others are only talked about); `members` and `convened_by` belong to a group, such as a team."""

    key: str
    name: str
    kind: ActorKind = ActorKind.ROLE
    part_of: str | None = None
    role_of: str | None = None
    interviewed: bool = False
    sites: tuple[str, ...] = ()
    aliases: tuple[AliasEntry, ...] = ()
    members: tuple[str, ...] = ()
    convened_by: str | None = None
