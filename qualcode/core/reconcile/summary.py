"""How the discrepancies of a round are spread: kinds, confusions, and who codes widely or narrowly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from qualcode.core.reconcile.discrepancies import Discrepancy, DiscrepancyKind


@dataclass(frozen=True, slots=True)
class Habit:
    """How far one coder's spans of a code reach, compared with those of the others at the same places.

    `wider`, `narrower`: at how many of `places` (the rest reach equally far); `excess`: the median number of
    characters that the coder has more (negative: fewer) than the others have on average."""

    coder: str
    code: str | None
    places: int
    wider: int
    narrower: int
    excess: float


@dataclass(frozen=True, slots=True)
class Summary:
    """`kinds`: (kind, all, decided); `pairs`: (coder, coder, in how many they differ), `confusions`: (code, code,
    how often), `omissions`: (code, coder, how often others had it and this coder did not). Most often first."""

    total: int
    decided: int
    kinds: tuple[tuple[DiscrepancyKind, int, int], ...]
    pairs: tuple[tuple[str, str, int], ...]
    confusions: tuple[tuple[str, str, int], ...]
    omissions: tuple[tuple[str, str, int], ...]
    habits: tuple[Habit, ...]


def summarize(found: Sequence[Discrepancy], *, decided: Collection[Discrepancy]) -> Summary:
    """Summarize discrepancies, some of which are decided. `habits` holds a line for each coder over all codes."""
    settled = Counter(one.kind for one in decided)
    counted = Counter(one.kind for one in found)
    pairs: Counter[tuple[str, str]] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    omitted: Counter[tuple[str, str]] = Counter()
    for one in found:
        pairs.update(pair for pair in _two_of(sorted(one.coders)) if one.is_between(*pair))
        confused.update(_two_of(sorted(set(one.codes))))
        if len(set(one.codes)) == 1:
            having = set(one.coders_for(one.codes[0]))
            omitted.update((one.codes[0], coder) for coder in one.coders if coder not in having)
    return Summary(
        len(found),
        len(decided),
        tuple((kind, counted[kind], settled[kind]) for kind in DiscrepancyKind if counted[kind]),
        tuple((*pair, count) for pair, count in _most(pairs)),
        tuple((*pair, count) for pair, count in _most(confused)),
        tuple((*pair, count) for pair, count in _most(omitted)),
        boundary_habits(found),
    )


def boundary_habits(found: Iterable[Discrepancy], *, by_code: bool = False) -> tuple[Habit, ...]:
    """Return how widely each coder codes, over all codes or code by code, where another has the same code."""
    excess: dict[tuple[str, str | None], list[float]] = defaultdict(list)
    for one in found:
        for code in one.codes:
            reach: dict[str, int] = defaultdict(int)
            for claim in one.claims:
                if claim.code == code:
                    reach[claim.coder] += claim.end - claim.start
            if len(reach) < 2:
                continue
            total = sum(reach.values())
            for coder, length in reach.items():
                others = (total - length) / (len(reach) - 1)
                excess[coder, code if by_code else None].append(length - others)
    return tuple(
        Habit(
            coder,
            code,
            len(values),
            sum(1 for value in values if value > 0),
            sum(1 for value in values if value < 0),
            median(values),
        )
        for (coder, code), values in sorted(
            excess.items(), key=lambda item: (item[0][0], item[0][1] or "")
        )
    )


def _two_of(names: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((first, second) for index, first in enumerate(names) for second in names[index + 1 :])


def _most(counts: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
