"""How much of a network hangs on few people: on key actors who might leave, and on single participants' words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.network.measures import Measure, measured
from qualcode.core.network.registry import Registry
from qualcode.core.network.ties import Tie, settle
from qualcode.core.network.views import Network
from qualcode.errors import InputError, UnknownName

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Departure:
    """What the network loses when these actors leave it. Parts have two actors or more.

    `cut_off` lists pairs of remaining actors that were connected before and are not any more; `stranded` the
    actors left without a workable tie who had one.
    """

    leaving: tuple[str, ...]
    ties_lost: tuple[Tie, ...]
    parts_before: int
    parts_after: int
    stranded: tuple[str, ...]
    cut_off: tuple[tuple[str, str], ...]

    @property
    def disconnects(self) -> bool:
        return bool(self.cut_off)


@dataclass(frozen=True, slots=True)
class LeftOutParticipant:
    """The network without the word of one participant: workable ties it loses or gains, and its density."""

    participant: str
    ties_lost: tuple[tuple[str, str], ...]
    ties_gained: tuple[tuple[str, str], ...]
    density: float | None
    parts: int


@dataclass(frozen=True, slots=True)
class Stability:
    """Leave-one-participant-out, the most influential participant first; density over all of these runs."""

    runs: tuple[LeftOutParticipant, ...]
    lowest_density: float
    highest_density: float


def belonging_graph(network: Network, registry: Registry) -> nx.Graph[str]:
    """Return the workable graph in which actors also hang on the role and every organisation above them.

    It answers questions about offices ("the court") through the people who hold them. Links of belonging
    are not ties and count nowhere else.
    """
    graph = network.graph()
    for actor in network.actors:
        graph.add_edges_from((actor.key, above) for above in registry.above(actor.key))
    return graph


def what_if_leave(
    network: Network, leaving: Collection[str], *, registry: Registry | None = None
) -> Measure[Departure]:
    """Return what happens to the workable network when these actors leave.

    With a registry, actors also hang on their roles and organisations (see `belonging_graph`). UnknownName
    for an actor who is not in the network.
    """
    import networkx as nx

    for key in leaving:
        if key not in network.keys:
            raise UnknownName("actor in this network", key, network.keys)
    if not leaving:
        raise InputError("nobody leaves", hint="name at least one actor")
    before = network.graph() if registry is None else belonging_graph(network, registry)
    after = before.copy()
    after.remove_nodes_from(leaving)
    lost = tuple(t for t in network.ties if t.workable and set(t.pair) & set(leaving))
    stranded = tuple(
        key
        for key in network.keys
        if key in after and before.degree(key) and not after.degree(key)
    )
    inside = set(network.keys)
    place: dict[str, int] = {}
    for n, part in enumerate(nx.connected_components(after)):
        place.update(dict.fromkeys(part, n))
    cut_off = [
        (one, other)
        for part in nx.connected_components(before)
        for left in [sorted((part & inside) - set(leaving))]
        for i, one in enumerate(left)
        for other in left[i + 1 :]
        if place[one] != place[other]
    ]
    found = Departure(
        leaving=tuple(sorted(leaving)),
        ties_lost=lost,
        parts_before=_parts(before),
        parts_after=_parts(after),
        stranded=stranded,
        cut_off=tuple(sorted(cut_off)),
    )
    return measured(network, "what if they leave", found, note=_through(registry))


def minimum_cut(
    network: Network, source: str, target: str, *, registry: Registry | None = None
) -> Measure[tuple[str, ...]]:
    """Return the fewest actors whose leaving separates two actors or organisations (Menger's theorem).

    Undefined where the two are tied directly, so that nobody stands between them, or are not connected.
    """
    import networkx as nx

    name = f"fewest actors between {source} and {target}"
    graph = network.graph() if registry is None else belonging_graph(network, registry)
    for key in (source, target):
        if key not in graph:
            raise UnknownName("actor in this network", key, sorted(graph))
    if source == target:
        raise InputError("a cut needs two different actors")
    if graph.has_edge(source, target):
        return measured(
            network, name, None, reason="they are tied directly, with nobody between them"
        )
    if not nx.has_path(graph, source, target):
        return measured(network, name, None, reason="they are not connected at all")
    cut = nx.minimum_node_cut(graph, source, target)
    return measured(network, name, tuple(sorted(cut)), note=_through(registry))


def leave_one_out(network: Network) -> Measure[Stability]:
    """Return how workable ties, density and parts change when one participant's word is left out."""
    name = "stability without each participant"
    n = len(network.actors)
    if n < 2:
        return measured(network, name, None, reason="fewer than two actors in the universe")
    if not network.participants:
        return measured(network, name, None, reason="no tie has been told")
    by_participant: dict[str, list[Tie]] = {}
    for tie in network.ties:
        for participant in tie.participants:
            by_participant.setdefault(participant, []).append(tie)
    support: dict[tuple[str, str], int] = {}
    for tie in network.ties:
        if tie.workable:
            support[tie.pair] = support.get(tie.pair, 0) + 1
    possible = n * (n - 1) / 2
    whole = _count_parts(support)
    runs = []
    for participant, ties in by_participant.items():
        lost, gained = _changed(ties, participant, network, support)
        pairs = (support.keys() - set(lost)) | set(gained)
        parts = _count_parts(pairs) if lost or gained else whole
        runs.append(LeftOutParticipant(participant, lost, gained, len(pairs) / possible, parts))
    runs.sort(key=lambda r: (-len(r.ties_lost) - len(r.ties_gained), r.participant))
    densities = [run.density for run in runs if run.density is not None]
    found = Stability(tuple(runs), min(densities), max(densities))
    return measured(network, name, found)


def _changed(
    ties: Sequence[Tie],
    participant: str,
    network: Network,
    support: dict[tuple[str, str], int],
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the pairs that stop and that start being workable without this participant."""
    change: dict[tuple[str, str], int] = {}
    for tie in ties:
        left = [s for s in tie.statements if s.told_by != participant]
        standing = settle(left, network.view.rule) if left else None
        enough = len({s.told_by for s in left}) >= network.view.min_participants
        after = standing is not None and standing.workable and enough
        change[tie.pair] = change.get(tie.pair, 0) + int(after) - int(tie.workable)
    lost = [p for p, d in change.items() if support.get(p, 0) > 0 and support.get(p, 0) + d == 0]
    gained = [p for p, d in change.items() if support.get(p, 0) == 0 and d > 0]
    return tuple(sorted(lost)), tuple(sorted(gained))


def _count_parts(pairs: Collection[tuple[str, str]]) -> int:
    """Return the number of connected parts that these pairs make."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        parent[root(one)] = root(other)
    return sum(key == above for key, above in parent.items())


def _parts(graph: nx.Graph[str]) -> int:
    import networkx as nx

    return sum(len(part) > 1 for part in nx.connected_components(graph))


def _through(registry: Registry | None) -> str:
    return (
        ""
        if registry is None
        else "actors also hang on their role and on the organisations above them"
    )
