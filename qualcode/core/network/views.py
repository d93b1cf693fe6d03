"""How statements are seen as a network: the view's choices, and the network with everything a number needs beside it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.core.actors import Actor
from qualcode.core.network.registry import Level
from qualcode.core.network.statements import TieStatement, TieType
from qualcode.core.network.ties import Grouping, MixedRule, Tie

if TYPE_CHECKING:
    import networkx as nx


class Universe(enum.StrEnum):
    """Which actors a number counts."""

    ALL = "all"
    PROFESSIONALS = "professionals"
    INTERVIEWED = "interviewed"


class Groups(enum.StrEnum):
    """What a team is in the network: kept apart, one actor of its own, or ties among all its members."""

    APART = "apart"
    ACTOR = "actor"
    CLIQUE = "clique"


@dataclass(frozen=True, slots=True)
class View:
    """How statements are seen as a network. Printed with every number that comes out of it.

    `without` names actors to leave out, `lay` further actors who are not professionals, `types` the only
    kinds of dealing to count (None: all), `min_participants` how many must tell of a tie. `by` names what the
    statements are divided by: the site, or a facet or attribute that stands in its place.
    """

    universe: Universe = Universe.ALL
    rule: MixedRule = MixedRule.MAJORITY
    level: Level = Level.ROLE
    grouping: Grouping = Grouping.PAIR
    groups: Groups = Groups.APART
    types: frozenset[TieType] | None = None
    min_participants: int = 1
    without: frozenset[str] = frozenset()
    lay: frozenset[str] = frozenset()
    by: str = "site"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many statements about the site are not in the network, by reason."""

    unconfirmed: int = 0
    unsupported: tuple[TieStatement, ...] = ()
    no_site: int = 0
    lost_actors: tuple[str, ...] = ()
    inside_one_actor: int = 0
    outside_universe: int = 0
    of_groups: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each reason that applies."""
        lost = ", ".join(self.lost_actors)
        said = (
            (self.unconfirmed, "not confirmed and left out"),
            (len(self.unsupported), "lost their coding and are unsupported"),
            (self.no_site, "without a site, in no site's network"),
            (len(self.lost_actors), f"name an actor that no longer exists: {lost}"),
            (self.inside_one_actor, "about dealings inside one actor of this view"),
            (self.outside_universe, "about actors outside the universe"),
            (self.of_groups, "about a group, drawn but not counted"),
        )
        return tuple(f"{counted(n, 'statement')} {reason}" for n, reason in said if n)


@dataclass(frozen=True, slots=True)
class Network:
    """Actors and ties of one view. `actors` is the universe of every measure; `groups` stand beside it.

    `group_ties` are ties with a group at one end while groups are kept apart.
    """

    title: str
    site: str | None
    view: View
    actors: tuple[Actor, ...]
    groups: tuple[Actor, ...]
    ties: tuple[Tie, ...]
    group_ties: tuple[Tie, ...] = ()
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(actor.key for actor in self.actors)

    @property
    def single_source(self) -> int:
        """How many ties rest on one participant."""
        return sum(tie.single_source for tie in self.ties)

    @property
    def participants(self) -> tuple[str, ...]:
        return tuple(sorted({name for tie in self.ties for name in tie.participants}))

    @property
    def universe_sentence(self) -> str:
        """Who is counted, in words: the universe, how many actors, and who was left out of it."""
        words = {
            Universe.ALL: "all actors",
            Universe.PROFESSIONALS: "professionals only",
            Universe.INTERVIEWED: "interviewed actors only",
        }[self.view.universe]
        site = f" of {self.view.by} {self.site}" if self.site is not None else ""
        without = f", without {', '.join(sorted(self.view.without))}" if self.view.without else ""
        return f"{words}{site} ({counted(len(self.actors), self.view.level.value)}{without})"

    @property
    def rule_sentence(self) -> str:
        fewest = self.view.min_participants
        least = f"; ties told by at least {fewest} participants" if fewest > 1 else ""
        return self.view.rule.sentence + least

    def ties_between(self, one: str, other: str) -> tuple[Tie, ...]:
        """Return the ties of a pair; empty means never mentioned, which is not the same as absent."""
        return tuple(
            tie
            for tie in (*self.ties, *self.group_ties)
            if {tie.source, tie.target} == {one, other}
        )

    def graph(self, keep: Callable[[Tie], bool] | None = None) -> nx.Graph[str]:
        """Return an undirected networkx graph of all actors and the kept ties (default: workable ones)."""
        import networkx as nx

        chosen = keep if keep is not None else _is_workable
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.keys)
        graph.add_edges_from((t.source, t.target) for t in self.ties if chosen(t))
        return graph


def counted(n: int, thing: str) -> str:
    """Return `1 statement`, `2 statements`."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


def _is_workable(tie: Tie) -> bool:
    return tie.workable
