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
class Actor:
    """A role, person, organisation or group. `part_of`, `role_of`, `members` and `convened_by` are keys of others.

    `part_of` is the organisation above, `role_of` the role a person holds; `sites` is empty for an actor of
    every site; `members` and `convened_by` belong to groups, such as a team; `participant` is the pseudonym of a
    person who was interviewed. `interviewed` is False for those who are only talked about.
    """

    key: str
    name: str
    kind: ActorKind = ActorKind.ROLE
    part_of: str | None = None
    role_of: str | None = None
    interviewed: bool = False
    sites: tuple[str, ...] = ()
    aliases: tuple[AliasEntry, ...] = ()
    members: tuple[str, ...] = ()
    participant: str | None = None
    convened_by: str | None = None

    def at(self, site: str | None) -> bool:
        """Whether the actor exists at this site; a role that a site does not have is a structural zero."""
        return site is None or not self.sites or site in self.sites
