"""Building a network from confirmed statements: which actors are in it, which ties they have, what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.network.registry import Level, Registry
from qualcode.core.network.statements import BOTH_SITES, Presence, TieStatement, TieStatus, TieType
from qualcode.core.network.ties import OBSTACLES, Grouping, Standing, Tie, make_tie
from qualcode.core.network.views import Groups, LeftOut, Network, Universe, View
from qualcode.errors import UnknownName

Ends = tuple[str, str, bool, TieType | None]
_BEST_FIRST = {standing: rank for rank, standing in enumerate(Standing)}


def build_network(
    statements: Iterable[TieStatement],
    registry: Registry,
    *,
    site: str | None = None,
    view: View | None = None,
    title: str | None = None,
    supported: Container[int] | None = None,
) -> Network:
    """Return the network that confirmed statements about a site (None: all) add up to.

    `supported` holds the ids of the codings that still exist (None: all); a statement whose coding is gone is
    unsupported and listed, not counted. UnknownName when no actor and no statement knows the site.
    """
    told = list(statements)
    view = view or View()
    if site is not None and site not in (sites := known_sites(told, registry)):
        raise UnknownName(view.by, site, sites)
    sieve = _Sieve(registry, site, view, supported)
    for statement in told:
        sieve.take(statement)
    actors = universe_of(registry, site, view, named=sieve.named)
    inside = {actor.key for actor in actors}
    groups = tuple(
        a
        for a in registry
        if a.kind is ActorKind.GROUP and a.at(site) and a.key not in view.without
    )
    ties, group_ties, outside, of_groups = sieve.ties(inside, {group.key for group in groups})
    network = Network(
        title=title or _title(site, view),
        site=site,
        view=view,
        actors=actors,
        groups=groups,
        ties=ties,
        group_ties=group_ties,
        left_out=replace(sieve.left_out(), outside_universe=outside, of_groups=of_groups),
    )
    return _with_cliques(network) if view.groups is Groups.CLIQUE else network


def _title(site: str | None, view: View) -> str:
    return f"{view.by.capitalize()} {site}" if site is not None else "All sites"


def universe_of(
    registry: Registry, site: str | None, view: View, *, named: Container[str]
) -> tuple[Actor, ...]:
    """Return the actors a view counts at a site; `named` holds the keys that statements name."""
    lay = registry.lay(view.lay)
    chosen = []
    for actor in registry:
        if actor.kind is ActorKind.GROUP and view.groups is not Groups.ACTOR:
            continue
        if not actor.at(site) or actor.key in view.without:
            continue
        if not _on_level(registry, actor, view.level, named):
            continue
        if view.universe is Universe.PROFESSIONALS and actor.key in lay:
            continue
        if view.universe is Universe.INTERVIEWED and not actor.interviewed:
            continue
        chosen.append(actor)
    return tuple(chosen)


def known_sites(statements: Iterable[TieStatement], registry: Registry) -> tuple[str, ...]:
    """Return the sites that actors or statements name, sorted; the word for all sites is none of them."""
    named = {statement.site for statement in statements if statement.site is not None}
    named |= {site for actor in registry for site in actor.sites}
    return tuple(sorted(named - {BOTH_SITES}))


def divided_by(
    statements: Iterable[TieStatement], value_of: Callable[[TieStatement], str | None]
) -> dict[str, tuple[TieStatement, ...]]:
    """Return the statements by any value of theirs: a facet of the coding, an attribute of the speaker.

    Statements without a value stand under "" at the end.
    """
    found: defaultdict[str, list[TieStatement]] = defaultdict(list)
    for statement in statements:
        found[value_of(statement) or ""].append(statement)
    return {value: tuple(found[value]) for value in sorted(found, key=lambda v: (v == "", v))}


def by_attribute(values: Mapping[str, str]) -> Callable[[TieStatement], str | None]:
    """Return a reader for `divided_by`: the attribute value of the participant who speaks."""
    return lambda statement: values.get(statement.participant or "")


def by_facet(values: Mapping[int, str]) -> Callable[[TieStatement], str | None]:
    """Return a reader for `divided_by`: the facet value of the coding, by coding id."""
    return lambda statement: values.get(statement.coding_id)


def _on_level(registry: Registry, actor: Actor, level: Level, named: Container[str]) -> bool:
    """An actor is in the universe of its level; a heading over roles only where a statement names it."""
    if actor.kind is ActorKind.GROUP:
        return True
    if level is not Level.PERSON and registry.folded(actor.key, level) != actor.key:
        return False
    if level is Level.ORGANISATION or actor.kind is not ActorKind.ORGANISATION:
        return True
    return actor.key in named or actor.key not in registry.organisations_with_roles


class _Sieve:
    """Takes statements one by one and keeps those of the view, folded to its level."""

    def __init__(
        self, registry: Registry, site: str | None, view: View, supported: Container[int] | None
    ) -> None:
        self._registry = registry
        self._site = site
        self._view = view
        self._supported = supported
        self._groups: defaultdict[Ends, list[TieStatement]] = defaultdict(list)
        self._acting: defaultdict[Ends, set[str]] = defaultdict(set)
        self._unsupported: list[TieStatement] = []
        self._lost: set[str] = set()
        self._counts: defaultdict[str, int] = defaultdict(int)
        self.named: set[str] = set()

    def take(self, statement: TieStatement) -> None:
        view = self._view
        if statement.status is TieStatus.REJECTED:
            return
        if self._site is not None and statement.site is None:
            self._counts["no_site"] += statement.status is TieStatus.CONFIRMED
            return
        if not statement.speaks_of(self._site):
            return
        if statement.status is not TieStatus.CONFIRMED:
            self._counts["unconfirmed"] += 1
            return
        if view.types is not None and statement.type not in view.types:
            return
        if self._supported is not None and statement.coding_id not in self._supported:
            self._unsupported.append(statement)
            return
        ends = self._ends(statement)
        if ends is not None:
            self._groups[ends].append(statement)
            self.named.update(ends[:2])

    def _ends(self, statement: TieStatement) -> Ends | None:
        registry, view = self._registry, self._view
        lost = {key for key in (statement.source, statement.target) if key not in registry}
        if lost:
            self._lost |= lost
            return None
        source = registry.folded(statement.source, view.level)
        target = registry.folded(statement.target, view.level)
        if source == target:
            self._counts["inside_one_actor"] += 1
            return None
        directed = statement.directed and view.grouping is not Grouping.PAIR
        kind = statement.type if view.grouping is Grouping.TYPE else None
        ends = (source, target, directed, kind)
        if not directed and source > target:
            ends = (target, source, directed, kind)
        if statement.presence is Presence.PRESENT and statement.type not in OBSTACLES:
            self._acting[ends] |= {source} if statement.directed else set()
            self._acting[ends] |= {source, target} if statement.trace.both_ways else set()
        return ends

    def ties(
        self, inside: Container[str], groups: Container[str]
    ) -> tuple[tuple[Tie, ...], tuple[Tie, ...], int, int]:
        """Return ties of the universe, ties of groups, and the statements outside and of groups."""
        counted_ties: list[Tie] = []
        group_ties: list[Tie] = []
        outside = of_groups = 0
        for ends in sorted(self._groups, key=_ends_order):
            found = self._groups[ends]
            within = [key in inside for key in ends[:2]]
            apart = [key in groups for key in ends[:2]]
            if not all(a or b for a, b in zip(within, apart, strict=True)):
                outside += len(found)
                continue
            tie = self._tie(ends, found)
            if not all(within):
                of_groups += len(found)
                group_ties += [tie] if tie is not None else []
            elif tie is not None and tie.weight >= self._view.min_participants:
                counted_ties.append(tie)
        return tuple(counted_ties), tuple(group_ties), outside, of_groups

    def _tie(self, ends: Ends, found: Sequence[TieStatement]) -> Tie | None:
        registry = self._registry
        roles = {s.speaker_role for s in found if s.speaker_role is not None}
        heard = {end for end in ends[:2] for role in roles if self._speaks_for(role, end)}
        interviewed = all(registry.actor(end).interviewed for end in ends[:2])
        return make_tie(
            ends,
            found,
            rule=self._view.rule,
            acting=self._acting[ends],
            sides_heard=heard,
            both_sides_interviewed=interviewed,
        )

    def _speaks_for(self, role: str, end: str) -> bool:
        return self._registry.stands_for(role, end) or self._registry.stands_for(end, role)

    def left_out(self) -> LeftOut:
        return LeftOut(
            unconfirmed=self._counts["unconfirmed"],
            unsupported=tuple(self._unsupported),
            no_site=self._counts["no_site"],
            lost_actors=tuple(sorted(self._lost)),
            inside_one_actor=self._counts["inside_one_actor"],
        )


def _ends_order(ends: Ends) -> tuple[Any, ...]:
    return ends[0], ends[1], ends[2], ends[3] or ""


def _with_cliques(network: Network) -> Network:
    """Add a tie for every two members of a group that is told to be there, where no tie is told."""
    told = {tie.pair for tie in network.ties}
    inside = set(network.keys)
    extra: list[Tie] = []
    for group in network.groups:
        about = [t for t in network.group_ties if group.key in t.pair and t.standing.there]
        if not about:
            continue
        best = min(about, key=lambda tie: _BEST_FIRST[tie.standing])
        team = dict.fromkeys([*group.members, *([group.convened_by] if group.convened_by else [])])
        members = sorted(member for member in team if member in inside)
        for n, one in enumerate(members):
            for other in members[n + 1 :]:
                if (one, other) not in told:
                    told.add((one, other))
                    extra.append(
                        replace(best, source=one, target=other, directed=False, by_membership=True)
                    )
    return replace(network, ties=(*network.ties, *extra))
