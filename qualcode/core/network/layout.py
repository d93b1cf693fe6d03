"""Where actors stand in a picture: on a circle, in one order for every site, with those who deal with each other near."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.network.statements import Actor
from qualcode.core.network.views import Network

IMPROVED_UP_TO = 40
"""Up to this many actors the order round the circle is improved by swaps; beyond, the registry's order stands."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in the unit square (y downward) by actor key. Groups stand in the middle, `order` round it."""

    order: tuple[str, ...]
    middle: tuple[str, ...]
    places: dict[str, tuple[float, float]]
    names: dict[str, str]

    def angle(self, key: str) -> float:
        """Return the direction of an actor as seen from the middle, in radians, 0 to the right, downward positive."""
        x, y = self.places[key]
        return math.atan2(y - 0.5, x - 0.5)


def shared_layout(networks: Sequence[Network]) -> Layout:
    """Return one layout for all networks, so that an actor stands at the same place in every picture.

    The result depends on the actors and ties only, never on chance.
    """
    actors: dict[str, Actor] = {}
    groups: dict[str, Actor] = {}
    for network in networks:
        actors.update((actor.key, actor) for actor in network.actors)
        groups.update((actor.key, actor) for actor in network.groups)
    for key in groups:
        actors.pop(key, None)
    order = _order(list(actors.values()), networks)
    places = {key: _on_circle(n, len(order)) for n, key in enumerate(order)}
    for n, key in enumerate(groups):
        places[key] = (0.5, 0.5 + 0.12 * (n - (len(groups) - 1) / 2))
    names = {key: actor.name for key, actor in (actors | groups).items()}
    return Layout(tuple(order), tuple(groups), places, names)


def _on_circle(n: int, count: int) -> tuple[float, float]:
    angle = 2 * math.pi * n / max(count, 1) - math.pi / 2
    return 0.5 + 0.5 * math.cos(angle), 0.5 + 0.5 * math.sin(angle)


def _order(actors: list[Actor], networks: Iterable[Network]) -> list[str]:
    actors = sorted(actors, key=lambda actor: (actor.part_of or actor.role_of or "~", actor.key))
    keys = [actor.key for actor in actors]
    if not 3 < len(keys) <= IMPROVED_UP_TO:
        return keys
    pull: dict[tuple[str, str], float] = {}
    for network in networks:
        for tie in network.ties:
            pull[tie.pair] = pull.get(tie.pair, 0.0) + (2.0 if tie.standing.there else 1.0)
    for i, one in enumerate(actors):
        for other in actors[i + 1 :]:
            if one.part_of is not None and one.part_of == other.part_of:
                pair = (one.key, other.key) if one.key < other.key else (other.key, one.key)
                pull[pair] = pull.get(pair, 0.0) + 0.5
    return _improved(keys, pull)


def _improved(keys: list[str], pull: dict[tuple[str, str], float]) -> list[str]:
    """Swap actors as long as the ties round the circle become shorter."""
    count = len(keys)
    around: dict[str, list[tuple[str, float]]] = {key: [] for key in keys}
    for (one, other), strength in pull.items():
        if one in around and other in around:
            around[one].append((other, strength))
            around[other].append((one, strength))
    place = {key: n for n, key in enumerate(keys)}

    def length(key: str) -> float:
        here = place[key]
        return sum(
            strength * min(abs(here - place[other]), count - abs(here - place[other]))
            for other, strength in around[key]
        )

    for _ in range(20):
        better = False
        for i, one in enumerate(keys):
            for other in keys[i + 1 :]:
                before = length(one) + length(other)
                place[one], place[other] = place[other], place[one]
                if length(one) + length(other) < before - 1e-9:
                    better = True
                else:
                    place[one], place[other] = place[other], place[one]
        if not better:
            break
    return sorted(keys, key=place.__getitem__)
