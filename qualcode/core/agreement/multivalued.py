"""Multi-valued α: coders give sets of values, and chance draws sets of the sizes that occur from the values that occur.

Krippendorff & Craggs (2016), "The reliability of multi-valued coding of data", Communication Methods and Measures
10(4):181–198.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from qualcode.core.agreement.results import COEFFICIENTS, AgreementResult, Status
from qualcode.core.agreement.sweep import FloatArray


def mv_alpha(ratings: Sequence[Sequence[Iterable[str] | None]]) -> AgreementResult:
    """Return nominal mvα of a units × coders matrix of sets; None is missing, an empty set is a value.

    Two sets differ by 1 − 2|C ∩ K| / (|C| + |K|). Chance pairs sets of sizes c and k as often as sizes occur, each
    filled with values drawn by their frequency without replacement. The sum over all such sets is done by a product
    over values, so that many values cost no more than their number times the square of the largest set.
    """
    rows = [[frozenset(cell) for cell in row if cell is not None] for row in ratings]
    pairable = [row for row in rows if len(row) >= 2]
    named = {"level": "nominal"}
    n = sum(len(row) for row in pairable)
    if not n:
        return _without(Status.NOT_ENOUGH_DATA, "no unit was rated by two coders", named)
    observed = sum(
        2 * _apart(len(a), len(b), len(a & b)) / (len(row) - 1)
        for row in pairable
        for a, b in combinations(row, 2)
    )
    expected = _expected(pairable, n)
    if expected <= 0:
        return _without(Status.UNDEFINED, "no variation among the values", named)
    return AgreementResult(
        coefficient="mv_alpha",
        value=1 - observed / n / expected,
        observed=1 - observed / n,
        expected=1 - expected,
        interval_method="none: no analytic standard error",
        unit="unit",
        n_units=float(len(pairable)),
        n_coders=max(len(row) for row in ratings),
        parameters=named,
        citation=COEFFICIENTS["mv_alpha"].citation,
    )


def _without(status: Status, reason: str, named: dict[str, str]) -> AgreementResult:
    return AgreementResult(
        "mv_alpha", None, status, reason, interval_method="none: the figure is undefined",
        unit="unit", parameters=named, citation=COEFFICIENTS["mv_alpha"].citation,
    )  # fmt: skip


def _apart(c: int, k: int, common: float) -> float:
    return 1 - 2 * common / (c + k) if c + k else 0.0


def _expected(rows: list[list[frozenset[str]]], n: int) -> float:
    sets = [cell for row in rows for cell in row]
    sizes = np.bincount([len(cell) for cell in sets])
    frequency: dict[str, int] = {}
    for cell in sets:
        for value in cell:
            frequency[value] = frequency.get(value, 0) + 1
    common = _mean_common(np.array(list(frequency.values()), dtype=np.float64), len(sizes) - 1)
    return sum(
        float(sizes[c] * sizes[k]) / n**2 * _apart(c, k, float(common[c, k]))
        for c in range(len(sizes))
        for k in range(len(sizes))
        if sizes[c] and sizes[k] and not np.isnan(common[c, k])
    )


def _mean_common(frequency: FloatArray, largest: int) -> FloatArray:
    """Return the expected size of C ∩ K for sizes c and k up to the largest (c × k); NaN where no such two can be drawn.

    A value with frequency f weighs f in C, f in K, f(f − 1) in both: the weights of all pairs of sets are the
    coefficients of a product over values, kept once plain and once multiplied with the size of what is common.
    """
    scale = frequency.mean() if len(frequency) else 1.0
    plain = np.zeros((largest + 1, largest + 1))
    plain[0, 0] = 1.0
    times = np.zeros_like(plain)
    for f in frequency:
        one, both = f / scale, f * (f - 1) / scale**2
        plain, times = (
            _step(plain, one, both),
            _step(times, one, both) + both * _shifted(plain, 1, 1),
        )
    return np.divide(times, plain, out=np.full_like(plain, np.nan), where=plain > 0)


def _step(table: FloatArray, one: float, both: float) -> FloatArray:
    alone = one * (_shifted(table, 1, 0) + _shifted(table, 0, 1))
    return np.asarray(table + alone + both * _shifted(table, 1, 1))


def _shifted(table: FloatArray, down: int, right: int) -> FloatArray:
    moved = np.zeros_like(table)
    moved[down:, right:] = table[: len(table) - down, : table.shape[1] - right]
    return moved
