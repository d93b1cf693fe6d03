"""The best alignment of several coders' units of one text, exactly: who marked the same thing, and who marked alone.

Mathet, Widlöcher & Métivier (2015), Computational Linguistics 41(3):437–479. A *unitary alignment* holds at most one
unit of each coder; an alignment puts every unit into exactly one. Alignments that their own parts undercut are dropped
before solving; what is left falls into components whose linear programme is mostly whole already.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from qualcode.core.agreement.spans import BoolArray, IntArray
from qualcode.core.agreement.sweep import FloatArray
from qualcode.errors import InputError

_CHUNK = 1 << 22
_MOST_CANDIDATES = 2_000_000
_HAIR = 1 + 1e-9
_TIE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Units of one text: `coder`, half-open `start` and `end`, and the place of the `code`."""

    coder: IntArray
    start: IntArray
    end: IntArray
    code: IntArray


@dataclass(frozen=True, slots=True)
class Dissimilarity:
    """d = position · d_pos + category · d_cat, both in units of what leaving a unit alone costs (`empty`).

    The distance of two codes is 0 or 1, or whatever `codes` (codes × codes) says.
    """

    position: float = 1.0
    category: float = 1.0
    empty: float = 1.0

    def __post_init__(self) -> None:
        if self.position < 0 or self.category < 0 or self.empty <= 0:
            raise InputError(
                "the weights of γ are not negative, and a unit left alone must cost something"
            )


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """`tuples` (unitary alignments × coders): rows of the units, −1 where the coder has none; `disorder` of the whole.

    `cost` is the sum over unitary alignments, `disorder` the cost per mean number of units of a coder.
    """

    tuples: IntArray
    cost: float
    disorder: float


def positional(first: Units, second: Units) -> FloatArray:
    """Return ((|s − s'| + |e − e'|) / (l + l'))² for every unit of the first with every one of the second."""
    apart = np.abs(np.subtract.outer(first.start, second.start)).astype(np.float64)
    apart += np.abs(np.subtract.outer(first.end, second.end))
    lengths = np.add.outer(first.end - first.start, second.end - second.start)
    return np.asarray((apart / lengths) ** 2)


def best_alignment(
    units: Units, n_coders: int, how: Dissimilarity, codes: FloatArray | None = None
) -> Alignment:
    """Return the alignment with the least disorder. `codes`: distances of codes (codes × codes), else 0 or 1."""
    if not len(units.start):
        return Alignment(np.zeros((0, n_coders), dtype=np.int64), 0.0, 0.0)
    if codes is None:
        apart = (units.code[:, None] != units.code[None, :]).astype(np.float64)
    else:
        apart = codes[units.code[:, None], units.code[None, :]]
    distance = how.empty * (how.position * positional(units, units) + how.category * apart)
    tuples, costs = _candidates(units, n_coders, distance, how.empty)
    # Of alignments that cost the same the one that aligns most is taken: each unitary alignment costs a hair more.
    chosen = _cheapest_cover(tuples, costs + _TIE * how.empty, len(units.start))
    cost = float(costs[chosen].sum())
    return Alignment(tuples[chosen], cost, cost * n_coders / len(units.start))


def _candidates(
    units: Units, n_coders: int, distance: FloatArray, empty: float
) -> tuple[IntArray, FloatArray]:
    """Return all unitary alignments that no split into a unit and the rest undercuts, with their disorder.

    A split of k units into one and k − 1 saves the distances between the two and costs C(m, 2) + k − 1 empties.
    """
    n, pairs = len(units.start), comb(n_coders, 2)
    limit = (pairs + n_coders - 1) * empty
    # A last row and column stand for "none": near to everything at no distance.
    wide = np.zeros((n + 1, n + 1))
    wide[:n, :n] = distance
    tuples = np.zeros((1, 0), dtype=np.int64)
    for coder in range(n_coders):
        own = np.flatnonzero(units.coder == coder)
        tuples = _extended(tuples, own, wide, limit)
        if len(tuples) > _MOST_CANDIDATES:
            raise InputError(
                "the spans lie too close together for an exact alignment",
                hint="measure γ on fewer coders or one branch of the codes",
            )
    tuples = tuples[(tuples >= 0).any(axis=1)]
    total = np.zeros(len(tuples))
    to_others = np.zeros(tuples.shape)
    for i in range(n_coders):
        for j in range(i + 1, n_coders):
            between = wide[tuples[:, i], tuples[:, j]]
            total += between
            to_others[:, i] += between
            to_others[:, j] += between
    size = (tuples >= 0).sum(axis=1)
    kept = (to_others <= ((pairs + size - 1) * empty * _HAIR)[:, None]).all(axis=1) | (size == 1)
    cost = (total + empty * (pairs - size * (size - 1) / 2)) / pairs
    return tuples[kept], cost[kept]


def _extended(tuples: IntArray, own: IntArray, wide: FloatArray, limit: float) -> IntArray:
    """Return the tuples without and with each unit of one more coder that stays within the limit of the others."""
    parts = [np.concatenate([tuples, np.full((len(tuples), 1), -1)], axis=1)]
    step = max(_CHUNK // max(len(own), 1), 1)
    for low in range(0, len(tuples), step):
        chunk = tuples[low : low + step]
        away = np.zeros((len(chunk), len(own)))
        for column in chunk.T:
            away += wide[column][:, own]
        row, unit = np.nonzero(away <= limit * _HAIR)
        parts.append(np.concatenate([chunk[row], own[unit][:, None]], axis=1))
    return np.concatenate(parts)


def _cheapest_cover(tuples: IntArray, costs: FloatArray, n_units: int) -> IntArray:
    """Return the rows that cover every unit once at the least cost: a linear programme, made whole where it is not."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    row, column = np.nonzero(tuples >= 0)
    unit = tuples[row, column]
    cover = csr_array((np.ones(len(row)), (unit, row)), shape=(n_units, len(tuples)))
    _, group = connected_components(cover @ cover.T, directed=False)
    group_of = np.zeros(len(tuples), dtype=np.int64)
    group_of[row] = group[unit]
    found = linprog(costs, A_eq=cover, b_eq=np.ones(n_units), method="highs-ds")
    solution = np.asarray(found.x)
    whole = np.abs(solution - np.round(solution)) < 1e-7
    broken = np.unique(group_of[~whole])
    taken = (solution > 0.5) & ~np.isin(group_of, broken)
    for part in broken.tolist():
        columns = np.flatnonzero(group_of == part)
        rows = np.flatnonzero(group == part)
        taken[columns[_whole_cover(cover[rows][:, columns], costs[columns])]] = True
    return np.flatnonzero(taken)


def _whole_cover(cover: object, costs: FloatArray) -> BoolArray:
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        costs,
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(cover, 1, 1),
        options={"mip_rel_gap": 0.0},
    )
    return np.asarray(found.x > 0.5)
