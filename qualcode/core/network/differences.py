"""What differs between two networks, tie by tie with the words behind it, and how alike they are as a whole."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from itertools import combinations

from qualcode.core.network.statements import Formality, TieStatement
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network
from qualcode.errors import InputError

PERMUTATIONS = 5000


class Change(enum.StrEnum):
    """How a tie differs between two networks. `quality`: there in both, but it stands differently."""

    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"
    QUALITY = "quality"
    FORMALITY = "formality"
    SAME = "same"
    NEITHER = "neither"
    NO_SUCH_ACTOR = "no_such_actor"


class Silence(enum.StrEnum):
    """Why a tie is not there: people say so, or nobody speaks of it, or one of its actors does not exist there."""

    ABSENT = "absent"
    NOT_MENTIONED = "not_mentioned"
    NO_SUCH_ACTOR = "no_such_actor"


@dataclass(frozen=True, slots=True)
class TieDifference:
    """One pair in two networks. A tie is None where nobody speaks of the pair there."""

    pair: tuple[str, str]
    change: Change
    first: Tie | None
    second: Tie | None
    first_silence: Silence | None
    second_silence: Silence | None

    @property
    def statements(self) -> tuple[tuple[TieStatement, ...], tuple[TieStatement, ...]]:
        """The evidence of either side."""
        return (
            self.first.statements if self.first is not None else (),
            self.second.statements if self.second is not None else (),
        )


@dataclass(frozen=True, slots=True)
class QapCorrelation:
    """Correlation of two networks over the actors both have (quadratic assignment procedure).

    `value` is None with a `reason` where one network has no variance. `p_value` is the share of relabellings
    that correlate at least as much; read it only with `sentence`.
    """

    value: float | None
    reason: str | None
    p_value: float | None
    permutations: int
    actors: int
    jaccard: float | None

    @property
    def sentence(self) -> str:
        if self.value is None or self.p_value is None:
            return f"The two networks cannot be correlated: {self.reason}."
        return (
            f"Over {self.actors} common actors the workable ties correlate with r = {self.value:.2f}; "
            f"{self.p_value:.3f} of {self.permutations} relabellings correlate at least as much. "
            "That speaks of likeness, never of a difference, and the participants are not a random sample."
        )


def differences(first: Network, second: Network) -> tuple[TieDifference, ...]:
    """Return every pair somebody speaks of in either network, what differs before what is the same.

    InputError unless both networks are drawn by the same view and as pairs.
    """
    if first.view != second.view:
        raise InputError(
            "the two networks are drawn by different rules",
            hint="build both with one view, so that only the statements differ",
        )
    ours, theirs = _by_pair(first), _by_pair(second)
    found = [
        _difference(pair, (first, second), (ours.get(pair), theirs.get(pair)))
        for pair in sorted(ours.keys() | theirs.keys())
    ]
    order = {change: rank for rank, change in enumerate(Change)}
    return tuple(sorted(found, key=lambda row: (order[row.change], row.pair)))


def qap(
    first: Network, second: Network, *, permutations: int = PERMUTATIONS, seed: int = 1
) -> QapCorrelation:
    """Return the correlation of workable ties, with a permutation share (Krackhardt 1988; one-sided, upward).

    Cells are 1 for a workable pair. The permutations relabel the actors of the second network; the observed
    one counts among them, so that p is never 0.
    """
    import numpy as np

    common = sorted(set(first.keys) & set(second.keys))
    n = len(common)
    cells = n * (n - 1) // 2
    one, other = (_workable_pairs(network, common) for network in (first, second))
    union = one | other
    jaccard = len(one & other) / len(union) if union else None

    def undefined(reason: str) -> QapCorrelation:
        return QapCorrelation(None, reason, None, permutations, n, jaccard)

    if n < 3:
        return undefined("they have fewer than three actors in common")
    for network, pairs in ((first, one), (second, other)):
        if len(pairs) in (0, cells):
            what = "no workable tie" if not pairs else "every possible tie"
            return undefined(f"{network.title} has {what} among the common actors")
    place = {key: i for i, key in enumerate(common)}
    ends = np.array([(place[a], place[b]) for a, b in sorted(one)])
    table = np.zeros((n, n), dtype=bool)
    for a, b in other:
        table[place[a], place[b]] = table[place[b], place[a]] = True
    noise = np.random.default_rng(seed)
    shared = np.empty(permutations, dtype=np.int64)
    for i in range(permutations):
        order = noise.permutation(n)
        shared[i] = table[order[ends[:, 0]], order[ends[:, 1]]].sum()
    observed = len(one & other)
    at_least = int((shared >= observed).sum()) + 1
    spread = len(one) * (cells - len(one)) * len(other) * (cells - len(other))
    value = (observed * cells - len(one) * len(other)) / spread**0.5
    return QapCorrelation(value, None, at_least / (permutations + 1), permutations, n, jaccard)


def _difference(
    pair: tuple[str, str], networks: tuple[Network, Network], ties: tuple[Tie | None, Tie | None]
) -> TieDifference:
    silences = tuple(
        _silence(pair, network, tie) for network, tie in zip(networks, ties, strict=True)
    )
    there = [silence is None for silence in silences]
    if Silence.NO_SUCH_ACTOR in silences:
        change = Change.NO_SUCH_ACTOR
    elif not any(there):
        change = Change.NEITHER
    elif not all(there):
        change = Change.ONLY_FIRST if there[0] else Change.ONLY_SECOND
    else:
        change = _change(ties[0], ties[1])
    return TieDifference(pair, change, ties[0], ties[1], silences[0], silences[1])


def _change(first: Tie | None, second: Tie | None) -> Change:
    if first is None or second is None or first.standing is not second.standing:
        return Change.QUALITY
    told: tuple[Formality | None, Formality | None] = (first.formality, second.formality)
    if None not in told and told[0] is not told[1]:
        return Change.FORMALITY
    return Change.SAME


def _silence(pair: tuple[str, str], network: Network, tie: Tie | None) -> Silence | None:
    if tie is not None:
        return None if tie.standing.there or tie.standing is Standing.DIVIDED else Silence.ABSENT
    if not set(pair) <= set(network.keys):
        return Silence.NO_SUCH_ACTOR
    return Silence.NOT_MENTIONED


def _by_pair(network: Network) -> dict[tuple[str, str], Tie]:
    found: dict[tuple[str, str], Tie] = {}
    for tie in network.ties:
        if tie.pair in found:
            raise InputError(
                "a difference needs one tie for each pair",
                hint="build both networks with the grouping `pair`",
            )
        found[tie.pair] = tie
    return found


def _workable_pairs(network: Network, common: list[str]) -> set[tuple[str, str]]:
    tied = {tie.pair for tie in network.ties if tie.workable}
    return {pair for pair in combinations(common, 2) if pair in tied}
