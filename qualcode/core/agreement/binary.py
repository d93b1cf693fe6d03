"""Coefficients of a code's presence (given or not given to a unit), in closed form from tallies.

Every function takes tallies of any leading shape and returns arrays of that shape; NaN stands for *undefined* inside
this layer only and never leaves it: results carry None and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.tallies import Tallies
from qualcode.core.agreement.undefined import beyond_chance, divided


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """A coefficient with its observed and expected agreement; NaN where undefined or where the idea does not apply."""

    value: FloatArray
    observed: FloatArray
    expected: FloatArray


def _corrected(observed: FloatArray, expected: FloatArray) -> Values:
    return Values(beyond_chance(observed, expected), observed, expected)


def _plain(value: FloatArray) -> Values:
    nothing = np.full(value.shape, np.nan)
    return Values(value, value, nothing)


def _indexed(value: FloatArray) -> Values:
    nothing = np.full(value.shape, np.nan)
    return Values(value, nothing, nothing)


def percent_agreement(tallies: Tallies) -> Values:
    """Mean over units of the share of coder pairs that agree."""
    return _plain(divided(tallies.agree, tallies.units))


def positive_agreement(tallies: Tallies) -> Values:
    """2a / (2a + b + c), pooled over pairs of coders: what F1, Dice and Holsti's formula are for units."""
    both, first, second, _ = np.moveaxis(tallies.pairs.sum(axis=-2), -1, 0)
    return _plain(divided(2 * both, 2 * both + first + second))


def negative_agreement(tallies: Tallies) -> Values:
    """2d / (2d + b + c), pooled over pairs of coders."""
    _, first, second, neither = np.moveaxis(tallies.pairs.sum(axis=-2), -1, 0)
    return _plain(divided(2 * neither, 2 * neither + first + second))


def _pair_marginals(tallies: Tallies) -> tuple[FloatArray, FloatArray, FloatArray]:
    both, first, second, neither = np.moveaxis(tallies.pairs, -1, 0)
    units = both + first + second + neither
    return (
        divided(both + neither, units),
        divided(both + first, units),
        divided(both + second, units),
    )


def _two_coders(tallies: Tallies, pairwise: Callable[[Tallies], Values]) -> Values:
    """Return the only pair's values; a coefficient of two coders has none for more."""
    if tallies.n_coders == 2:
        pair = pairwise(tallies)
        return Values(pair.value[..., 0], pair.observed[..., 0], pair.expected[..., 0])
    nothing = np.full(tallies.units.shape, np.nan)
    return Values(nothing, nothing, nothing)


def _pairwise_cohen(tallies: Tallies) -> Values:
    agree, p, q = _pair_marginals(tallies)
    both, first, second, neither = np.moveaxis(tallies.pairs, -1, 0)
    # The same κ in counts: a code that one coder never used gives exactly 0, not a rounding remainder.
    room = (both + first) * (first + neither) + (both + second) * (second + neither)
    value = divided(2 * (both * neither - first * second), room)
    return Values(value, agree, p * q + (1 - p) * (1 - q))


def cohen_kappa(tallies: Tallies) -> Values:
    """Chance is the product of the two coders' own shares (Cohen 1960); two coders only."""
    return _two_coders(tallies, _pairwise_cohen)


def scott_pi(tallies: Tallies) -> Values:
    """Chance is the square of the two coders' mean share (Scott 1955); two coders only."""
    return _two_coders(tallies, _pairwise_scott)


def _pairwise_scott(tallies: Tallies) -> Values:
    agree, p, q = _pair_marginals(tallies)
    mean = (p + q) / 2
    return _corrected(agree, mean**2 + (1 - mean) ** 2)


def light_kappa(tallies: Tallies) -> Values:
    """Mean of the pairs' Cohen κ; pairs without a κ do not count (Light 1971)."""
    pairs = _pairwise_cohen(tallies)
    with np.errstate(invalid="ignore"):
        defined = ~np.isnan(pairs.value)
        count = defined.sum(axis=-1).astype(np.float64)
        sums = [
            np.where(defined, part, 0).sum(axis=-1)
            for part in (pairs.value, pairs.observed, pairs.expected)
        ]
    return Values(*(divided(part, count) for part in sums))


def fleiss_kappa(tallies: Tallies) -> Values:
    """Chance is the square of the share over all coders (Fleiss 1971; missing readings after Gwet 2014)."""
    share = divided(tallies.share, tallies.units)
    return _corrected(divided(tallies.agree, tallies.units), share**2 + (1 - share) ** 2)


def conger_kappa(tallies: Tallies) -> Values:
    """Chance is the mean product of two coders' own shares, over all pairs of coders (Conger 1980)."""
    shares = divided(tallies.coder_coded, tallies.coder_units)
    known = ~np.isnan(shares)
    count = known.sum(axis=-1).astype(np.float64)
    mean = divided(np.where(known, shares, 0).sum(axis=-1), count)
    off = np.where(known, shares - mean[..., None], 0)
    variance = divided((off**2).sum(axis=-1), count - 1)
    expected = mean**2 + (1 - mean) ** 2 - 2 * variance / np.where(count == 0, 1, count)
    return _corrected(divided(tallies.agree, tallies.units), expected)


def brennan_prediger(tallies: Tallies) -> Values:
    """2 Po − 1: chance is a coin (Brennan & Prediger 1981); PABAK for two categories."""
    observed = divided(tallies.agree, tallies.units)
    return _corrected(observed, np.where(np.isnan(observed), np.nan, 0.5))


def gwet_ac1(tallies: Tallies) -> Values:
    """Chance is 2 q (1 − q), q the share over all coders (Gwet 2008)."""
    share = divided(tallies.share, tallies.units)
    return _corrected(divided(tallies.agree, tallies.units), 2 * share * (1 - share))


def krippendorff_alpha(tallies: Tallies) -> Values:
    """1 − Do/De from the coincidences of values, with the correction for their number (Krippendorff 2019, ch. 12)."""
    coded = tallies.both + tallies.mixed
    blank = tallies.neither + tallies.mixed
    values = coded + blank
    observed = divided(2 * tallies.mixed, values)
    expected = divided(2 * coded * blank, values * (values - 1))
    return Values(1 - divided(observed, expected), 1 - observed, 1 - expected)


def prevalence_index(tallies: Tallies) -> Values:
    """|a − d| / n, the mean over pairs of coders (Byrt et al. 1993)."""
    both, _, _, neither = np.moveaxis(tallies.pairs, -1, 0)
    units = tallies.pairs.sum(axis=-1)
    return _indexed(_mean_of_pairs(divided(np.abs(both - neither), units)))


def bias_index(tallies: Tallies) -> Values:
    """|b − c| / n, the mean over pairs of coders (Byrt et al. 1993)."""
    _, first, second, _ = np.moveaxis(tallies.pairs, -1, 0)
    units = tallies.pairs.sum(axis=-1)
    return _indexed(_mean_of_pairs(divided(np.abs(first - second), units)))


def _mean_of_pairs(values: FloatArray) -> FloatArray:
    known = ~np.isnan(values)
    return divided(np.where(known, values, 0).sum(axis=-1), known.sum(axis=-1).astype(np.float64))


BINARY: Mapping[str, Callable[[Tallies], Values]] = {
    "percent_agreement": percent_agreement,
    "positive_agreement": positive_agreement,
    "negative_agreement": negative_agreement,
    "f1": positive_agreement,
    "cohen_kappa": cohen_kappa,
    "scott_pi": scott_pi,
    "fleiss_kappa": fleiss_kappa,
    "conger_kappa": conger_kappa,
    "light_kappa": light_kappa,
    "brennan_prediger": brennan_prediger,
    "prevalence_index": prevalence_index,
    "bias_index": bias_index,
    "gwet_ac1": gwet_ac1,
    "krippendorff_alpha": krippendorff_alpha,
}
"""The coefficients that need only know whether a code was given."""
