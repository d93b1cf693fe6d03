"""Shape of a network beyond counts: a core with its periphery, and whether trouble and goodwill balance."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from qualcode.core.network.measures import Measure, measured
from qualcode.core.network.statements import TieStatement
from qualcode.core.network.ties import Standing, standing_of
from qualcode.core.network.views import Network

EXHAUSTIVE_UP_TO = 14
"""Up to this many actors every possible core is tried."""


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The core whose pattern fits best, and the correlation of the network with that pattern."""

    core: tuple[str, ...]
    correlation: float


@dataclass(frozen=True, slots=True)
class Balance:
    """Triads whose three ties are positive or strained; balanced with an even number of strained ones."""

    balanced: int
    triads: int
    unbalanced: tuple[tuple[str, str, str], ...]
    ambivalent: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float | None:
        return self.balanced / self.triads if self.triads else None


def core_periphery(network: Network) -> Measure[CorePeriphery]:
    """Return the core that best explains the workable ties (Borgatti and Everett 1999, discrete model).

    Ideal: every two core actors tied, no two peripheral ones; ties between core and periphery are not judged.
    The fit is the correlation over the judged pairs. Up to `EXHAUSTIVE_UP_TO` actors all cores are tried,
    beyond it those made of the actors with most ties. Of equal fits the smallest core is taken.
    """
    name = "core and periphery"
    keys = network.keys
    n = len(keys)
    if n < 4:
        return measured(network, name, None, reason="fewer than four actors in the universe")
    place = {key: i for i, key in enumerate(keys)}
    around = [0] * n
    for tie in network.ties:
        if tie.workable:
            one, other = place[tie.source], place[tie.target]
            around[one] |= 1 << other
            around[other] |= 1 << one
    exhaustive = n <= EXHAUSTIVE_UP_TO
    cores = _every_core(n) if exhaustive else _cores_by_degree(around)
    best: tuple[float, int, int] | None = None
    for core in cores:
        fit = _fit(core, around)
        if fit is not None and (best is None or (fit, -core.bit_count()) > best[:2]):
            best = (fit, -core.bit_count(), core)
    if best is None:
        reason = "all judged pairs are alike, so no pattern can be told apart"
        return measured(network, name, None, reason=reason)
    members = tuple(key for i, key in enumerate(keys) if best[2] >> i & 1)
    note = "" if exhaustive else "searched among the actors with most ties only"
    return measured(network, name, CorePeriphery(members, best[0]), note=note)


def signed_balance(network: Network) -> Measure[Balance]:
    """Return how many triads of positive and strained ties are balanced (Cartwright and Harary 1956).

    Neutral, mixed and unrated ties carry no sign. `ambivalent` lists pairs somebody calls positive and
    somebody strained.
    """
    signs: dict[tuple[str, str], int] = {}
    for tie in network.ties:
        if tie.standing in (Standing.POSITIVE, Standing.STRAINED):
            signs[tie.pair] = 1 if tie.standing is Standing.POSITIVE else -1
    around: dict[str, set[str]] = {}
    for one, other in signs:
        around.setdefault(one, set()).add(other)
        around.setdefault(other, set()).add(one)
    triads = sorted(_triads(signs, around))
    unbalanced = [t for t in triads if math.prod(signs[pair] for pair in combinations(t, 2)) < 0]
    ambivalent = tuple(sorted({tie.pair for tie in network.ties if _both_signs(tie.statements)}))
    name = "balance of positive and strained ties"
    found = Balance(len(triads) - len(unbalanced), len(triads), tuple(unbalanced), ambivalent)
    note = "" if triads else "no three actors are joined by three rated ties"
    return measured(network, name, found, note=note)


def _triads(
    pairs: Iterable[tuple[str, str]], around: dict[str, set[str]]
) -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for one, other in pairs:
        for third in around[one] & around[other]:
            a, b, c = sorted((one, other, third))
            found.add((a, b, c))
    return found


def _both_signs(statements: Iterable[TieStatement]) -> bool:
    told = {standing_of(statement) for statement in statements}
    return {Standing.POSITIVE, Standing.STRAINED} <= told


def _every_core(n: int) -> Iterable[int]:
    return (core for core in range(1, 1 << n) if 2 <= core.bit_count() <= n - 2)


def _cores_by_degree(around: list[int]) -> Iterable[int]:
    order = sorted(range(len(around)), key=lambda i: (-around[i].bit_count(), i))
    core = 0
    for count, actor in enumerate(order[:-2], start=1):
        core |= 1 << actor
        if count >= 2:
            yield core


def _fit(core: int, around: list[int]) -> float | None:
    """Return the correlation (phi) of ties with the pattern over core and peripheral pairs; None without variance."""
    n, k = len(around), core.bit_count()
    outside = ((1 << n) - 1) & ~core
    inside_ties = outside_ties = 0
    for i, ties in enumerate(around):
        if core >> i & 1:
            inside_ties += (ties & core).bit_count()
        else:
            outside_ties += (ties & outside).bit_count()
    tied_core, tied_rest = inside_ties // 2, outside_ties // 2
    core_pairs, rest_pairs = k * (k - 1) // 2, (n - k) * (n - k - 1) // 2
    tied, judged = tied_core + tied_rest, core_pairs + rest_pairs
    spread = tied * (judged - tied) * core_pairs * rest_pairs
    if spread == 0:
        return None
    return (tied_core * judged - tied * core_pairs) / math.sqrt(spread)
