"""Ratings of given units as distinct rows with a count: what published matrices, tables and span sweeps have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qualcode.core.agreement.scales import Value
from qualcode.core.agreement.spans import IntArray
from qualcode.core.agreement.sweep import FloatArray
from qualcode.errors import InputError


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Distinct patterns of ratings and how many units show each.

    `times` (patterns); `counts` (patterns × categories): how many coders gave each category; `by_coder`
    (patterns × coders): the place of the category each coder gave, −1 where missing, or None where it is not known
    who gave what. `independent`: the units were sampled one by one, so that an analytic standard error is honest;
    False for characters and other stretches of one text. `tabled`: the source is a contingency table, whose variance
    Gwet (2014) divides by n where he divides that of single ratings by n − 1.
    """

    categories: tuple[Value, ...]
    times: FloatArray
    counts: FloatArray
    by_coder: IntArray | None = None
    coders: tuple[str, ...] = ()
    unit: str = "unit"
    independent: bool = True
    tabled: bool = False

    @staticmethod
    def of_units(
        ratings: Sequence[Sequence[Value | None]],
        *,
        categories: Sequence[Value] | None = None,
        coders: Sequence[str] | None = None,
    ) -> Ratings:
        """Return the ratings of a units × coders matrix; None or NaN is a missing rating.

        `categories` declares the scale, in order; by default the values that occur, sorted. AC1, AC2 and
        Brennan–Prediger depend on how many there are.
        """
        rows = [[None if _missing(value) else value for value in row] for row in ratings]
        widths = {len(row) for row in rows}
        if len(widths) > 1:
            raise InputError(
                "the units have different numbers of ratings", hint="write None for a missing one"
            )
        width = widths.pop() if widths else 0
        found = _scale({value for row in rows for value in row if value is not None}, categories)
        at = {value: n for n, value in enumerate(found)}
        table = [[-1 if value is None else at[value] for value in row] for row in rows]
        matrix = np.array(table, dtype=np.int64).reshape(len(rows), width)
        names = tuple(coders) if coders else tuple(f"coder {n + 1}" for n in range(width))
        return Ratings.of_patterns(matrix, np.ones(len(matrix)), found, coders=names)

    @staticmethod
    def of_patterns(
        matrix: IntArray,
        times: FloatArray,
        categories: Sequence[Value],
        *,
        coders: tuple[str, ...],
        unit: str = "unit",
        independent: bool = True,
    ) -> Ratings:
        """Return ratings from rows of category places (−1 missing) and the number of units that show each row."""
        counts = np.stack(
            [(matrix == n).sum(axis=1) for n in range(len(categories))] or [np.zeros(len(matrix))],
            axis=1,
        ).astype(np.float64)
        return Ratings(tuple(categories), times, counts, matrix, coders, unit, independent)

    @staticmethod
    def of_table(
        table: Sequence[Sequence[float]], *, categories: Sequence[Value] | None = None
    ) -> Ratings:
        """Return the ratings of two coders' contingency table; rows are the first coder's categories."""
        cells = np.asarray(table, dtype=np.float64)
        if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or (cells < 0).any():
            raise InputError(
                "a contingency table is square and holds counts",
                hint="rows are the first coder's categories, columns the second's, in one order",
            )
        names = _declared(cells.shape[0], categories)
        place = np.argwhere(cells > 0).astype(np.int64)
        times = cells[place[:, 0], place[:, 1]]
        made = Ratings.of_patterns(place, times, names, coders=("coder 1", "coder 2"))
        return replace(made, tabled=True)

    @staticmethod
    def of_counts(
        counts: Sequence[Sequence[float]], *, categories: Sequence[Value] | None = None
    ) -> Ratings:
        """Return the ratings of a units × categories table: how many coders put each unit into each category."""
        table = np.asarray(counts, dtype=np.float64)
        if table.ndim != 2 or (table < 0).any():
            raise InputError(
                "a table of counts has one row per unit and one column per category",
                hint="each cell says how many coders chose the category for the unit",
            )
        return Ratings(_declared(table.shape[1], categories), np.ones(len(table)), table)

    @property
    def n_coders(self) -> int:
        """How many coders there are; where they are not known, the most ratings that a unit has."""
        if self.by_coder is not None:
            return int(self.by_coder.shape[1])
        return int(self.counts.sum(axis=1).max(initial=0.0))

    def pair(self, first: int, second: int) -> Ratings:
        """Return the ratings of two coders alone, of the units that both rated."""
        assert self.by_coder is not None, "only where it is known who gave what"
        both = self.by_coder[:, [first, second]]
        kept = (both >= 0).all(axis=1)
        names = (self.coders[first], self.coders[second])
        made = Ratings.of_patterns(both[kept], self.times[kept], self.categories, coders=names)
        return replace(made, unit=self.unit, independent=self.independent, tabled=self.tabled)

    def one_against_rest(self, category: Value) -> Ratings:
        """Return the ratings as this category (place 1) or any other (place 0)."""
        n = self.categories.index(category)
        rest = self.counts.sum(axis=1) - self.counts[:, n]
        matrix = self.by_coder
        if matrix is not None:
            matrix = np.where(matrix < 0, -1, (matrix == n).astype(np.int64))
        counts = np.stack([rest, self.counts[:, n]], axis=1)
        return replace(self, categories=("other", category), counts=counts, by_coder=matrix)


def _missing(value: Value | None) -> bool:
    return value is None or value != value


def _scale(found: set[Value], declared: Sequence[Value] | None) -> tuple[Value, ...]:
    if declared is None:
        return tuple(sorted(found, key=_rank))
    unknown = found - set(declared)
    if unknown:
        raise InputError(
            f"the value {min(unknown, key=str)!r} is not among the categories",
            hint="categories: " + ", ".join(map(str, declared)),
        )
    return tuple(declared)


def _rank(value: Value) -> tuple[bool, object]:
    # Numbers come first and by size; everything else by its text.
    if isinstance(value, (int, float, np.integer, np.floating)):
        return (False, value)
    return (True, str(value))


def _declared(n: int, categories: Sequence[Value] | None) -> tuple[Value, ...]:
    names = tuple(range(1, n + 1)) if categories is None else tuple(categories)
    if len(names) != n:
        raise InputError(
            f"{n} categories in the table, {len(names)} named", hint="name each column once"
        )
    return names
