"""Whether a finding about two sites survives other universes and rules: the table that shows where its sign flips."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from qualcode.core.actors import ActorKind
from qualcode.core.network.graph import build_network, universe_of
from qualcode.core.network.measures import Measure, density
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import TieStatement
from qualcode.core.network.ties import MixedRule
from qualcode.core.network.views import Groups, Network, Universe, View


@dataclass(frozen=True, slots=True)
class Variation:
    """One choice of universe, rule or counting, under which the density of two sites is measured."""

    label: str
    view: View
    positive_only: bool = False


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """The densities of both sites under one variation. `flips`: the sign differs from the first row's."""

    label: str
    first: Measure[float]
    second: Measure[float]
    flips: bool

    @property
    def difference(self) -> float | None:
        """First minus second; None where either is undefined."""
        if self.first.value is None or self.second.value is None:
            return None
        return self.first.value - self.second.value


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The table for two sites; its first row is the view in use, the others change one thing or two."""

    sites: tuple[str, str]
    rows: tuple[SensitivityRow, ...]

    @property
    def sentence(self) -> str:
        """What the table says, in one sentence."""
        first = self.rows[0].difference
        one, other = self.sites
        if first is None:
            return "The density of one of the two sites is undefined, so nothing is compared."
        said = "equally dense" if first == 0 else f"denser at {one if first > 0 else other}"
        flips = [row.label for row in self.rows if row.flips]
        if not flips:
            return f"The network is {said}, under every choice of universe and rule tried."
        return f"The network is {said}, but not with: {'; '.join(flips)}."


def sensitivity(
    statements: Iterable[TieStatement],
    registry: Registry,
    sites: tuple[str, str],
    *,
    view: View | None = None,
    supported: Container[int] | None = None,
) -> Sensitivity:
    """Return the density of two sites under every variation of the view, the view itself first."""
    told = list(statements)
    widest: dict[tuple[str, View], Network] = {}

    def network_of(site: str, chosen: View) -> Network:
        wide = replace(chosen, universe=Universe.ALL, without=frozenset(), min_participants=1)
        if chosen.groups is not Groups.APART:
            return build_network(told, registry, site=site, view=chosen, supported=supported)
        if (site, wide) not in widest:
            widest[site, wide] = build_network(
                told, registry, site=site, view=wide, supported=supported
            )
        return _narrowed(widest[site, wide], registry, chosen)

    rows: list[SensitivityRow] = []
    for variation in variations(view or View(), registry, sites):
        first, second = (
            density(network_of(site, variation.view), positive_only=variation.positive_only)
            for site in sites
        )
        row = SensitivityRow(variation.label, first, second, flips=False)
        rows.append(replace(row, flips=bool(rows) and _sign(row) != _sign(rows[0])))
    return Sensitivity(sites, tuple(rows))


def _narrowed(network: Network, registry: Registry, view: View) -> Network:
    """Return the network of all actors as a narrower view counts it; ties do not depend on who else is counted."""
    named = {end for tie in (*network.ties, *network.group_ties) for end in tie.pair}
    actors = universe_of(registry, network.site, view, named=named)
    inside = {actor.key for actor in actors}
    ties = tuple(
        tie
        for tie in network.ties
        if tie.source in inside and tie.target in inside and tie.weight >= view.min_participants
    )
    return replace(network, view=view, actors=actors, ties=ties)


def variations(view: View, registry: Registry, sites: tuple[str, str]) -> tuple[Variation, ...]:
    """Return the view in use and what else could have been chosen: one change at a time, then universe and rule
    together, because who is counted and how mixed evidence counts can hide each other's effect."""
    found = [Variation("as chosen", view)]
    for universe in Universe:
        if universe is not view.universe:
            found.append(Variation(_UNIVERSES[universe], replace(view, universe=universe)))
    elsewhere = frozenset(
        actor.key
        for actor in registry
        if actor.kind is not ActorKind.GROUP and not all(actor.at(site) for site in sites)
    )
    if elsewhere - view.without:
        label = "only actors that both sites have"
        found.append(Variation(label, replace(view, without=view.without | elsewhere)))
    for rule in MixedRule:
        if rule is not view.rule:
            found.append(Variation(f"mixed evidence: {rule.value}", replace(view, rule=rule)))
    for groups in Groups:
        if groups is not view.groups:
            found.append(Variation(_GROUPS[groups], replace(view, groups=groups)))
    for universe in Universe:
        for rule in MixedRule:
            if universe is not view.universe and rule is not view.rule:
                label = f"{_UNIVERSES[universe]} with mixed evidence: {rule.value}"
                found.append(Variation(label, replace(view, universe=universe, rule=rule)))
    found.append(Variation("positive ties only", view, positive_only=True))
    more = view.min_participants + 1
    label = f"ties told by at least {more} participants"
    found.append(Variation(label, replace(view, min_participants=more)))
    return tuple(found)


_UNIVERSES = {
    Universe.ALL: "all actors",
    Universe.PROFESSIONALS: "professionals only",
    Universe.INTERVIEWED: "interviewed actors only",
}
_GROUPS = {
    Groups.APART: "groups kept apart",
    Groups.ACTOR: "groups as actors of their own",
    Groups.CLIQUE: "groups as ties among all members",
}


def _sign(row: SensitivityRow) -> int | None:
    difference = row.difference
    if difference is None:
        return None
    return (difference > 0) - (difference < 0)
