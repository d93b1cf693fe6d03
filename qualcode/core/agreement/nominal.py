"""All classic coefficients on given units, from one table of patterns: weighted or not, with missing ratings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from qualcode.core.agreement.estimates import (
    Estimate,
    brennan_prediger,
    cohen,
    conger,
    fleiss,
    gwet_ac,
    krippendorff,
    light,
    percent,
    scott,
)
from qualcode.core.agreement.ratings import Ratings
from qualcode.core.agreement.results import COEFFICIENTS, AgreementResult, PairFigure, Status
from qualcode.core.agreement.scales import Distance, Value, agreement_weights
from qualcode.core.agreement.sweep import FloatArray

_PAIRED: Mapping[str, Callable[[Ratings, FloatArray], Estimate | str]] = {
    "percent_agreement": percent,
    "cohen_kappa": cohen,
    "scott_pi": scott,
    "light_kappa": cohen,
}


def coefficients_from_ratings(
    ratings: Sequence[Sequence[Value | None]],
    weights: str | FloatArray = "identity",
    *,
    level: str | Distance | None = None,
    categories: Sequence[Value] | None = None,
) -> Mapping[str, AgreementResult]:
    """Return every coefficient of a units × coders matrix (None: missing), by key; see `coefficients`."""
    return coefficients(
        Ratings.of_units(ratings, categories=categories), weights=weights, level=level
    )


def coefficients_from_table(
    table: Sequence[Sequence[float]],
    weights: str | FloatArray = "identity",
    *,
    level: str | Distance | None = None,
    categories: Sequence[Value] | None = None,
) -> Mapping[str, AgreementResult]:
    """Return every coefficient of two coders' contingency table (rows: the first coder); see `coefficients`."""
    return coefficients(
        Ratings.of_table(table, categories=categories), weights=weights, level=level
    )


def coefficients_from_counts(
    counts: Sequence[Sequence[float]],
    weights: str | FloatArray = "identity",
    *,
    level: str | Distance | None = None,
    categories: Sequence[Value] | None = None,
) -> Mapping[str, AgreementResult]:
    """Return the coefficients of a units × categories table of counts; those that ask who rated are undefined."""
    return coefficients(
        Ratings.of_counts(counts, categories=categories), weights=weights, level=level
    )


def coefficients(
    ratings: Ratings,
    weights: str | FloatArray = "identity",
    *,
    level: str | Distance | None = None,
    confidence: float = 0.95,
) -> Mapping[str, AgreementResult]:
    """Return percent agreement, Cohen, Scott, Fleiss, Conger, Light, Brennan–Prediger, Gwet and Krippendorff by key.

    `weights`: as in `agreement_weights`; `level`: Krippendorff's metric (default: one minus the weights, which is
    nominal for `identity`; his own ordinal metric is not Gwet's ordinal weights). Standard errors are Gwet's
    linearisation (2014, ch. 5–6; 2021), for units drawn independently from many, intervals t(n − 1) cut at 1; none
    are given where the units are stretches of a text.
    """
    matrix = agreement_weights(weights, ratings.categories)
    gwet = "gwet_ac1" if isinstance(weights, str) and weights == "identity" else "gwet_ac2"
    makers: dict[str, Callable[[], Estimate | str]] = {
        "percent_agreement": lambda: percent(ratings, matrix),
        "cohen_kappa": lambda: cohen(ratings, matrix),
        "scott_pi": lambda: scott(ratings, matrix),
        "fleiss_kappa": lambda: fleiss(ratings, matrix),
        "conger_kappa": lambda: conger(ratings, matrix),
        "light_kappa": lambda: light(ratings, matrix),
        "brennan_prediger": lambda: brennan_prediger(ratings, matrix),
        gwet: lambda: gwet_ac(ratings, matrix),
        "krippendorff_alpha": lambda: krippendorff(ratings, matrix, level),
    }
    named: Mapping[str, object] = {
        "weights": weights if isinstance(weights, str) else "given",
        "level": level if isinstance(level, str) or level is None else "given",
        "categories": ratings.categories,
    }
    return {
        key: replace(
            _dressed(ratings, maker(), confidence),
            coefficient=key,
            by_pair=_pairs(key, ratings, matrix),
            parameters=named,
            citation=COEFFICIENTS[key].citation,
        )
        for key, maker in makers.items()
    }


def coefficients_by_category(
    ratings: Ratings,
) -> Mapping[Value, Mapping[str, AgreementResult]]:
    """Return every coefficient for each category against all others."""
    return {
        category: coefficients(ratings.one_against_rest(category))
        for category in ratings.categories
    }


def agreement_by_unit(
    ratings: Ratings, *, weights: str | FloatArray = "identity"
) -> tuple[float | None, ...]:
    """Return each unit's share of agreeing pairs of ratings; None where fewer than two coders rated it."""
    matrix = agreement_weights(weights, ratings.categories)
    counts = ratings.counts
    readers = counts.sum(axis=1)
    pairs = (counts * (counts @ matrix.T - 1)).sum(axis=1)
    return tuple(
        float(pairs[n] / (r * (r - 1))) if r >= 2 else None for n, r in enumerate(readers)
    )


def greatest_kappa(table: Sequence[Sequence[float]]) -> float | None:
    """Return the greatest κ that two coders with these shares could have reached (Cohen 1960); None if undefined."""
    cells = np.asarray(table, dtype=np.float64)
    rows, columns = cells.sum(axis=1) / cells.sum(), cells.sum(axis=0) / cells.sum()
    expected = float(rows @ columns)
    reached = float(np.minimum(rows, columns).sum())
    return None if expected >= 1 else (reached - expected) / (1 - expected)


def _dressed(ratings: Ratings, made: Estimate | str, confidence: float) -> AgreementResult:
    status, reason = _status(ratings, made)
    value = None if isinstance(made, str) else made.value
    spread = None
    method = "none: the figure is undefined"
    if not isinstance(made, str) and value is not None:
        spread = made.spread(confidence, tabled=ratings.tabled) if ratings.independent else None
        method = _method(ratings, made, spread is not None, confidence)
    readers = ratings.counts.sum(axis=1)
    return AgreementResult(
        coefficient="",
        value=value,
        status=status,
        reason=reason,
        observed=None if isinstance(made, str) else made.observed,
        expected=None if isinstance(made, str) else made.expected,
        interval=None if spread is None else spread[1],
        interval_method=method,
        standard_error=None if spread is None else spread[0],
        unit=ratings.unit,
        n_units=float(ratings.times @ (readers >= 2)),
        n_coders=ratings.n_coders,
    )


def _status(ratings: Ratings, made: Estimate | str) -> tuple[Status, str]:
    readers = ratings.counts.sum(axis=1)
    if not ((readers >= 2) & (ratings.times > 0)).any():
        return Status.NOT_ENOUGH_DATA, "no unit was rated by two coders"
    if isinstance(made, str):
        return Status.UNDEFINED, made
    if made.value is None:
        return Status.UNDEFINED, "no variation: chance alone would agree everywhere"
    return Status.OK, ""


def _method(ratings: Ratings, made: Estimate, found: bool, confidence: float) -> str:
    if not ratings.independent:
        return "none: stretches of one text are not independent units"
    if made.linear is None:
        return "none: no analytic standard error"
    if not found:
        return "none: needs two units"
    return f"{confidence:.0%} analytic (Gwet), t({ratings.times.sum() - 1:g}), units independent"


def _pairs(key: str, ratings: Ratings, weights: FloatArray) -> tuple[PairFigure, ...]:
    if key not in _PAIRED or ratings.by_coder is None:
        return ()
    found = []
    for first, second in combinations(range(ratings.n_coders), 2):
        both = ratings.pair(first, second)
        made = _PAIRED[key](both, weights)
        value = None if isinstance(made, str) else made.value
        reason = _status(both, made)[1]
        names = ratings.coders[first], ratings.coders[second]
        found.append(PairFigure(*names, value, reason, float(both.times.sum()), 0))
    return tuple(found)
