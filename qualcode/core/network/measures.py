"""Numbers about a network, each with the universe, the rule and the thin evidence it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from qualcode.core.network.statements import Formality, Presence
from qualcode.core.network.ties import OBSTACLES, Standing, Tie
from qualcode.core.network.views import Network, counted

Value = TypeVar("Value")

SAMPLED_ABOVE = 500
"""From this many actors on betweenness is estimated from shortest paths of `SAMPLED_PIVOTS` actors."""
SAMPLED_PIVOTS = 100
FEW_ACTORS = 10
"""Below this many actors a ranking is not to be read without the ties behind it."""


@dataclass(frozen=True, slots=True)
class Measure(Generic[Value]):
    """One measure of one network. `value` is None where it is undefined, and `reason` then says why.

    `universe` and `rule` are sentences, `actors` and `ties` the counts they give, `single_source` the number
    of ties that rest on one participant; `note` is what a reader of the number has to know.
    """

    name: str
    value: Value | None
    reason: str | None
    universe: str
    rule: str
    actors: int
    ties: int
    single_source: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An actor with its value, and the participants whose word its ties rest on."""

    actor: str
    value: float
    participants: int


@dataclass(frozen=True, slots=True)
class Core:
    """The actors of the innermost k-core: each has at least `k` ties to others of it."""

    k: int
    actors: tuple[str, ...]


def measured(
    network: Network, name: str, value: Value | None, *, reason: str | None = None, note: str = ""
) -> Measure[Value]:
    """Return the value with what it stands on; a value of None needs its reason."""
    return Measure(
        name=name,
        value=value,
        reason=reason if value is None else None,
        universe=network.universe_sentence,
        rule=network.rule_sentence,
        actors=len(network.actors),
        ties=len(network.ties),
        single_source=network.single_source,
        note=note,
    )


def density(network: Network, *, positive_only: bool = False) -> Measure[float]:
    """Return workable pairs ÷ possible pairs; with `positive_only` the pairs whose tie is positive."""
    name = "density of positive ties" if positive_only else "density of workable ties"
    n = len(network.actors)
    if n < 2:
        return measured(network, name, None, reason="fewer than two actors in the universe")
    pairs = {
        tie.pair
        for tie in network.ties
        if (tie.standing is Standing.POSITIVE if positive_only else tie.workable)
    }
    possible = n * (n - 1) // 2
    return measured(network, name, len(pairs) / possible, note=f"{len(pairs)} of {possible} pairs")


def components(network: Network) -> Measure[tuple[tuple[str, ...], ...]]:
    """Return the parts that hang together by workable ties, largest first; isolates are not parts."""
    import networkx as nx

    if not network.actors:
        return measured(network, "components", None, reason="no actors in the universe")
    parts = [tuple(sorted(part)) for part in nx.connected_components(network.graph())]
    found = sorted((p for p in parts if len(p) > 1), key=lambda p: (-len(p), p))
    return measured(network, "components", tuple(found))


def isolates(network: Network) -> Measure[tuple[str, ...]]:
    """Return the actors without any workable tie, in the registry's order."""
    tied = {end for tie in network.ties if tie.workable for end in tie.pair}
    mentioned = {end for tie in network.ties for end in tie.pair}
    alone = tuple(key for key in network.keys if key not in tied)
    silent = sum(key not in mentioned for key in alone)
    note = f"{silent} of them never mentioned"
    return measured(network, "isolates", alone, note=note if silent else "")


def reciprocity(network: Network) -> Measure[float]:
    """Return the share of pairs in which both act towards each other.

    Only pairs whose two sides were interviewed and for which a direction is told: an actor who was never
    asked cannot return a tie.
    """
    told = [t for t in network.ties if t.workable and t.acting and t.both_sides_interviewed]
    pairs: dict[tuple[str, str], set[str]] = {}
    for tie in told:
        pairs.setdefault(tie.pair, set()).update(tie.acting)
    unasked = sum(1 for t in network.ties if t.workable and not t.both_sides_interviewed)
    note = f"{counted(len(pairs), 'pair')} with a direction and both sides interviewed"
    if unasked:
        note += f"; {counted(unasked, 'tie')} with a side nobody interviewed left out"
    if not pairs:
        reason = "no pair with both sides interviewed has a told direction"
        return measured(network, "reciprocity", None, reason=reason, note=note)
    mutual = sum(len(acting) == 2 for acting in pairs.values())
    return measured(network, "reciprocity", mutual / len(pairs), note=note)


def share_formal(network: Network) -> Measure[float]:
    """Return the share of statements of present ties that rest on a rule, alone or with personal contact."""
    present = [
        s
        for tie in network.ties
        if not tie.by_membership
        for s in tie.statements
        if s.presence is Presence.PRESENT and s.type not in OBSTACLES
    ]
    known = [s for s in present if s.formality is not None]
    note = f"{len(known)} of {counted(len(present), 'statement')} say what the tie rests on"
    if not known:
        reason = "no present tie says whether it is formal"
        return measured(network, "share formal", None, reason=reason, note=note)
    formal = sum(s.formality in (Formality.FORMAL, Formality.BOTH) for s in known)
    return measured(network, "share formal", formal / len(known), note=note)


def betweenness(network: Network, *, seed: int = 1) -> Measure[tuple[Ranked, ...]]:
    """Return how often each actor lies on shortest workable paths between others, highest first (Freeman 1977).

    Normalised to [0, 1]. Above `SAMPLED_ABOVE` actors it is estimated from sampled pivots (Brandes and
    Pich 2007), and the note says so.
    """
    import networkx as nx

    n = len(network.actors)
    if n < 3:
        return measured(
            network, "betweenness", None, reason="fewer than three actors in the universe"
        )
    note = _ranking_note(n)
    graph = network.graph()
    if n > SAMPLED_ABOVE:
        values = nx.betweenness_centrality(graph, k=SAMPLED_PIVOTS, seed=seed)
        note = f"estimated from {SAMPLED_PIVOTS} sampled actors of {n}, seed {seed}"
    else:
        values = nx.betweenness_centrality(graph)
    return measured(network, "betweenness", ranked(network, values.items()), note=note)


def articulation_points(network: Network) -> Measure[tuple[str, ...]]:
    """Return the actors without whom a part of the workable network falls apart, in the registry's order."""
    import networkx as nx

    name = "actors who hold parts together"
    if len(network.actors) < 3:
        return measured(network, name, None, reason="fewer than three actors in the universe")
    points = set(nx.articulation_points(network.graph()))
    return measured(network, name, tuple(key for key in network.keys if key in points))


def innermost_core(network: Network) -> Measure[Core]:
    """Return the k-core of the highest k in the workable network (Seidman 1983)."""
    import networkx as nx

    graph = network.graph()
    if not graph.number_of_edges():
        return measured(network, "innermost k-core", None, reason="no workable tie")
    numbers = nx.core_number(graph)
    k = max(numbers.values())
    actors = tuple(key for key in network.keys if numbers[key] == k)
    return measured(network, "innermost k-core", Core(k, actors))


def ranked(network: Network, values: Iterable[tuple[str, float]]) -> tuple[Ranked, ...]:
    """Return actors by value, highest first, with the number of participants behind their workable ties."""
    sources: dict[str, set[str]] = {}
    for tie in network.ties:
        if tie.workable:
            for end in tie.pair:
                sources.setdefault(end, set()).update(tie.participants)
    rows = (Ranked(key, value, len(sources.get(key, ()))) for key, value in values)
    return tuple(sorted(rows, key=lambda row: (-row.value, row.actor)))


def ties_of(network: Network, actor: str) -> tuple[Tie, ...]:
    """Return the ties behind an actor's place, workable ones first."""
    found = [tie for tie in network.ties if actor in tie.pair]
    return tuple(sorted(found, key=lambda tie: (not tie.workable, tie.pair)))


def small_cells(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """Return the ties that rest on one participant: whoever knows the field may recognise the speaker."""
    return tuple(tie for tie in ties if tie.single_source and not tie.by_membership)


def _ranking_note(n: int) -> str:
    if n < FEW_ACTORS:
        return f"{n} actors: read the ranking only with the ties behind it"
    return ""
