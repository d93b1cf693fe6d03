"""Every default measure of one network in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from qualcode.core.network.dependence import Stability, leave_one_out
from qualcode.core.network.measures import (
    Core,
    Measure,
    Ranked,
    articulation_points,
    betweenness,
    components,
    density,
    innermost_core,
    isolates,
    reciprocity,
    share_formal,
)
from qualcode.core.network.structure import (
    Balance,
    CorePeriphery,
    core_periphery,
    signed_balance,
)
from qualcode.core.network.views import Network


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """The measures that answer an analyst's first questions about one network."""

    density: Measure[float]
    positive_density: Measure[float]
    components: Measure[tuple[tuple[str, ...], ...]]
    isolates: Measure[tuple[str, ...]]
    reciprocity: Measure[float]
    share_formal: Measure[float]
    betweenness: Measure[tuple[Ranked, ...]]
    articulation_points: Measure[tuple[str, ...]]
    innermost_core: Measure[Core]
    core_periphery: Measure[CorePeriphery]
    balance: Measure[Balance]
    stability: Measure[Stability]

    def __iter__(self) -> Iterator[Measure[Any]]:
        return (getattr(self, field.name) for field in fields(self))


def measure_network(network: Network) -> NetworkMeasures:
    """Return all default measures of the network."""
    return NetworkMeasures(
        density=density(network),
        positive_density=density(network, positive_only=True),
        components=components(network),
        isolates=isolates(network),
        reciprocity=reciprocity(network),
        share_formal=share_formal(network),
        betweenness=betweenness(network),
        articulation_points=articulation_points(network),
        innermost_core=innermost_core(network),
        core_periphery=core_periphery(network),
        balance=signed_balance(network),
        stability=leave_one_out(network),
    )
