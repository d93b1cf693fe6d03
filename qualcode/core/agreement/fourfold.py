"""Two coders, one code, four counts: both gave it, only one of them did, neither did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from qualcode.core.agreement.binary import BINARY
from qualcode.core.agreement.nominal import coefficients_from_table, greatest_kappa
from qualcode.core.agreement.ratings import Ratings
from qualcode.core.agreement.results import COEFFICIENTS, AgreementResult, Status
from qualcode.core.agreement.scales import Value
from qualcode.core.agreement.tallies import from_fourfold
from qualcode.core.agreement.undefined import number

_REASONS = {
    "positive_agreement": "not used",
    "f1": "not used",
    "negative_agreement": "no variation: both gave it to every unit",
}


def coefficients_from_fourfold(
    both: float, first_only: float, second_only: float, neither: float
) -> Mapping[str, AgreementResult]:
    """Return every coefficient of a 2 × 2 table, with positive and negative agreement, prevalence and bias index.

    What `coefficients_from_table` gives carries its analytic interval (units drawn one by one); the others have none.
    Cohen's κ names the greatest κ these margins allow in its parameters.
    """
    table = [[both, first_only], [second_only, neither]]
    found = dict(coefficients_from_table(table, categories=("given", "not given")))
    cohen = found["cohen_kappa"]
    named = {**cohen.parameters, "greatest": greatest_kappa(table) if cohen.n_units else None}
    found["cohen_kappa"] = replace(cohen, parameters=named)
    tallies = from_fourfold(np.array([both, first_only, second_only, neither], dtype=np.float64))
    for key in BINARY.keys() - found.keys():
        values = BINARY[key](tallies)
        value = number(float(values.value))
        empty = not float(tallies.units)
        status = Status.NOT_ENOUGH_DATA if empty else Status.UNDEFINED
        reason = "no unit was rated by two coders" if empty else _REASONS.get(key, "")
        found[key] = AgreementResult(
            coefficient=key,
            value=value,
            status=Status.OK if value is not None else status,
            reason="" if value is not None else reason,
            observed=number(float(values.observed)),
            interval_method="none: no analytic standard error",
            unit="unit",
            n_units=float(tallies.units),
            n_coders=2,
            citation=COEFFICIENTS[key].citation,
        )
    return found


def specific_agreement(ratings: Ratings) -> Mapping[Value, float | None]:
    """Return for each category how often a coder who is met by a coder of this category chose it too.

    Positive and negative agreement where there are two categories; for more coders the mean over pairs (Cicchetti &
    Feinstein 1990). None for a category that nobody chose where two coders rated.
    """
    counts, times = ratings.counts, ratings.times
    readers = counts.sum(axis=1)
    paired = np.where(readers >= 2, times / np.maximum(readers - 1, 1), 0.0)
    same = paired @ (counts * (counts - 1))
    met = (paired * np.maximum(readers - 1, 0)) @ counts
    return {
        category: float(same[n] / met[n]) if met[n] else None
        for n, category in enumerate(ratings.categories)
    }
