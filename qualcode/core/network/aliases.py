"""What a word means as the name of an actor: scopes, words too common to be linked, and names of two actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.actors import Actor, ActorKind, AliasEntry, AliasScope
from qualcode.errors import InputError

AMBIGUOUS_WORDS = frozenset(
    {
        "agency",
        "center",
        "centre",
        "court",
        "department",
        "director",
        "division",
        "manager",
        "office",
        "officer",
        "officers",
        "program",
        "staff",
        "team",
        "they",
        "unit",
        "worker",
        "workers",
    }
)
"""Words that mean different actors from one interview to the next; they bind only within one document or site."""

_ONE_TO_ONE = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
        "\v": " ",
        "\f": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an alias means in one document: one actor, or None with everybody it could mean."""

    actor: str | None
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AliasConflict:
    """Words that mean two actors in one scope."""

    alias: str
    scope: AliasScope
    scope_value: str
    actors: tuple[str, ...]

    @property
    def sentence(self) -> str:
        where = {
            AliasScope.PROJECT: "in the whole project",
            AliasScope.SITE: f"at site {self.scope_value}",
            AliasScope.DOCUMENT: f"in {self.scope_value}",
        }[self.scope]
        return f"“{self.alias}” means {' and '.join(self.actors)} {where}"


def plain(text: str) -> str:
    """Return the text with typographic apostrophes, hyphens and spaces made plain, one character for one."""
    return text.translate(_ONE_TO_ONE)


def alias_key(text: str) -> str:
    """Return the form in which aliases are compared: plain, lower case, single spaces."""
    return " ".join(plain(text).lower().split())


class Aliases:
    """Every alias of the actors, each with its scopes.

    The actor's own name is an alias of the project where nobody is given it as an alias.
    """

    def __init__(self, actors: Iterable[Actor], *, plurals: bool = True) -> None:
        self.actors = tuple(actors)
        self._meanings: defaultdict[str, dict[tuple[AliasScope, str], list[str]]] = defaultdict(
            dict
        )
        given = [(actor, alias) for actor in self.actors for alias in actor.aliases]
        told = {alias_key(alias.text) for _, alias in given}
        names = [(actor, AliasEntry(actor.name)) for actor in self.actors]
        explicit = [*given, *((a, n) for a, n in names if alias_key(n.text) not in told)]
        explicit = [(actor, alias) for actor, alias in explicit if _says_something(alias.text)]
        for actor, alias in explicit:
            self._add(actor, alias, alias_key(alias.text))
        if plurals:
            told = set(self._meanings)
            for actor, alias in explicit:
                plural = _plural(alias_key(alias.text))
                if actor.kind is not ActorKind.PERSON and plural not in told:
                    self._add(actor, alias, plural)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The keys of all aliases, sorted."""
        return tuple(sorted(self._meanings))

    def meaning(self, key: str, document: str, sites: Sequence[str] = ()) -> Meaning | None:
        """Return what the words mean in a document that speaks of these sites; None outside their scope.

        The narrowest scope decides: document, then site, then project.
        """
        scopes = self._meanings.get(key, {})
        found = scopes.get((AliasScope.DOCUMENT, document), [])
        if not found:
            here = [a for site in sites for a in scopes.get((AliasScope.SITE, site), [])]
            found = list(dict.fromkeys(here))
        if found:
            return Meaning(found[0] if len(found) == 1 else None, tuple(found))
        found = scopes.get((AliasScope.PROJECT, ""), [])
        if not found:
            return None
        clear = len(found) == 1 and key not in AMBIGUOUS_WORDS
        return Meaning(found[0] if clear else None, tuple(found))

    def conflicts(self) -> tuple[AliasConflict, ...]:
        """Return the aliases that mean several actors within one scope."""
        return tuple(
            AliasConflict(key, scope, where, tuple(found))
            for key in self.phrases
            for (scope, where), found in self._meanings[key].items()
            if len(found) > 1
        )

    def refuse_conflict(self, actor: str, alias: AliasEntry) -> None:
        """Raise InputError where the alias cannot be given to this actor: empty, or another's in the same scope."""
        key = alias_key(alias.text)
        if not _says_something(alias.text):
            raise InputError("an alias needs at least one letter or digit")
        if alias.scope is not AliasScope.PROJECT and not alias.scope_value:
            raise InputError(
                f"the alias “{alias.text}” is bound to a {alias.scope.value} that is not named",
                hint=f"name the {alias.scope.value}",
            )
        taken = self._meanings.get(key, {}).get((alias.scope, alias.scope_value or ""), [])
        others = tuple(found for found in taken if found != actor)
        if others:
            conflict = AliasConflict(key, alias.scope, alias.scope_value or "", others)
            raise InputError(
                f"{conflict.sentence} already",
                hint="bind it to one document, take it from the other actor, or merge the two",
            )

    def _add(self, actor: Actor, alias: AliasEntry, key: str) -> None:
        found = self._meanings[key].setdefault((alias.scope, alias.scope_value or ""), [])
        if actor.key not in found:
            found.append(actor.key)


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _plural(key: str) -> str:
    """Return the regular English plural of the last word."""
    if key.endswith(("s", "x", "ch", "sh")):
        return key + "es"
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return key[:-1] + "ies"
    return key + "s"
