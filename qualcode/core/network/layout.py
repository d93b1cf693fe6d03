"""Where actors stand in a picture: on a circle, in one order for every site, with few ties crossing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.actors import Actor
from qualcode.core.network.views import Network

IMPROVED_UP_TO = 30
"""Up to this many actors the order round the circle is improved by swaps; beyond, the registry's order stands."""
SWEEPS = 12


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
    place = {key: n for n, key in enumerate(keys)}
    chords = sorted(
        {
            (place[tie.source], place[tie.target])
            for network in networks
            for tie in network.ties
            if tie.source in place and tie.target in place
        }
    )
    return [keys[n] for n in _improved(len(keys), chords)]


def _improved(count: int, chords: Sequence[tuple[int, int]]) -> list[int]:
    """Return the actors in a new order: swapped as long as fewer ties cross, or cross as few and lie wider apart."""
    place = list(range(count))
    touching: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for chord in chords:
        touching[chord[0]].append(chord)
        touching[chord[1]].append(chord)
    sweeps, better = 0, True
    while better and sweeps < SWEEPS:
        sweeps, better = sweeps + 1, False
        for one in range(count):
            for other in range(one + 1, count):
                moved = {*touching[one], *touching[other]}
                before = _cost(moved, chords, place)
                place[one], place[other] = place[other], place[one]
                if _cost(moved, chords, place) < before - 1e-9:
                    better = True
                else:
                    place[one], place[other] = place[other], place[one]
    return sorted(range(count), key=place.__getitem__)


def _cost(
    moved: set[tuple[int, int]], chords: Sequence[tuple[int, int]], place: list[int]
) -> float:
    """Return crossings of the moved chords with all, and a little for every tie that squeezes between neighbours."""
    count = len(place)
    cost = 0.0
    for chord in moved:
        a, b = sorted((place[chord[0]], place[chord[1]]))
        apart = min(b - a, count - b + a)
        cost += 0.8 / apart
        for other in chords:
            if chord[0] in other or chord[1] in other:
                continue
            crosses = (a < place[other[0]] < b) != (a < place[other[1]] < b)
            cost += crosses * (0.5 if other in moved else 1.0)
    return cost
