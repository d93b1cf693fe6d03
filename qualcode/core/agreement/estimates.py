"""The formulas of the classic coefficients on patterns of ratings, with Gwet's linearised variances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from qualcode.core.agreement.ratings import Ratings
from qualcode.core.agreement.scales import Distance, squared_distances
from qualcode.core.agreement.spans import BoolArray
from qualcode.core.agreement.sweep import FloatArray
from qualcode.core.agreement.undefined import NO_ROOM


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A coefficient before it is dressed: agreement observed and expected, and each pattern's part in its variance.

    `linear` (patterns) holds g_i of Gwet's linearisation, or None where there is none; `centre` is what they scatter
    around, `times` how many units show each pattern.
    """

    value: float | None
    observed: float
    expected: float | None
    linear: FloatArray | None = None
    centre: float | None = None
    times: FloatArray | None = None

    def spread(
        self, confidence: float, *, tabled: bool = False
    ) -> tuple[float, tuple[float, float]] | None:
        """Return the standard error and the interval, t(n − 1), cut at 1; None where there is none."""
        if self.linear is None or self.times is None or self.value is None:
            return None
        from scipy.special import stdtrit

        n = float(self.times.sum())
        if n < 2:
            return None
        off = self.linear - (self.value if self.centre is None else self.centre)
        error = float(np.sqrt(self.times @ off**2 / (n * (n if tabled else n - 1))))
        reach = float(stdtrit(n - 1, (1 + confidence) / 2)) * error
        return error, (self.value - reach, min(self.value + reach, 1.0))


def percent(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return (weighted) percent agreement."""
    found = _Units.of(ratings, weights)
    if isinstance(found, str):
        return found
    return Estimate(
        found.observed, found.observed, None, found.scaled, found.observed, found.times
    )


def fleiss(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return Fleiss' κ in Gwet's form for missing ratings; Scott's π for two coders."""
    found = _Units.of(ratings, weights)
    if isinstance(found, str):
        return found
    towards = (weights @ found.share + weights.T @ found.share) / 2
    expected = float(found.share @ weights @ found.share)
    return found.estimate(expected, found.shares @ towards)


def gwet_ac(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return Gwet's AC1 (identity weights) or AC2."""
    found = _Units.of(ratings, weights)
    if isinstance(found, str):
        return found
    q = len(ratings.categories)
    if q < 2:
        return "one category only: declare the scale"
    factor = weights.sum() / (q * (q - 1))
    expected = float(factor * (found.share * (1 - found.share)).sum())
    return found.estimate(expected, factor * (found.shares @ (1 - found.share)))


def brennan_prediger(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return the coefficient whose chance is the same for each category of the declared scale."""
    found = _Units.of(ratings, weights)
    if isinstance(found, str):
        return found
    q = len(ratings.categories)
    if q < 2:
        return "one category only: declare the scale"
    expected = float(weights.sum() / q**2)
    return found.estimate(expected, np.full(len(found.times), expected))


def conger(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return Conger's κ, the κ of Cohen for any number of coders; shares of the units each coder rated."""
    if ratings.by_coder is None:
        return "asks who gave which rating"
    found = _Units.of(ratings, weights)
    if isinstance(found, str):
        return found
    matrix = ratings.by_coder[found.kept]
    rated = (matrix >= 0).astype(np.float64)
    known = found.times @ rated
    coders = np.flatnonzero(known)
    given = np.stack([(matrix == k) for k in range(len(ratings.categories))], axis=2)[:, coders]
    rated, known = rated[:, coders], known[coders]
    shares = np.einsum("i,igk->gk", found.times, given) / known[:, None]
    m = len(coders)
    others = shares.sum(axis=0) - shares
    towards = others @ ((weights + weights.T) / 2)
    expected = float((shares * towards).sum() / (m * (m - 1)))
    # The influence of a unit on each coder's shares, halved as Gwet's formula asks for.
    influence = (given - rated[:, :, None] * shares) * (found.times.sum() / known)[None, :, None]
    parts = expected + np.einsum("igk,gk->i", influence, towards) / (m * (m - 1))
    return found.estimate(expected, parts)


def cohen(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return Cohen's κ over the units that both coders rated; two coders only."""
    if ratings.n_coders != 2:
        return "compares two coders; see the pairs, or Fleiss, Conger and Light"
    if ratings.by_coder is None:
        return "asks who gave which rating"
    return conger(ratings.pair(0, 1), weights)


def scott(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return Scott's π over the units that both coders rated; two coders only."""
    if ratings.n_coders != 2:
        return "compares two coders; see the pairs, or Fleiss, Conger and Light"
    both = ratings.counts.sum(axis=1) == 2
    return fleiss(replace(ratings, times=ratings.times * both), weights)


def light(ratings: Ratings, weights: FloatArray) -> Estimate | str:
    """Return the mean of the pairs' Cohen κ, over the pairs that have one."""
    if ratings.by_coder is None:
        return "asks who gave which rating"
    found = [
        made
        for first, second in combinations(range(ratings.n_coders), 2)
        if isinstance(made := cohen(ratings.pair(first, second), weights), Estimate)
        and made.value is not None
    ]
    if not found:
        return "no pair of coders has a κ"
    value = float(np.mean([made.value for made in found]))
    return Estimate(value, float(np.mean([made.observed for made in found])), None)


def krippendorff(
    ratings: Ratings, weights: FloatArray, level: str | Distance | None = None
) -> Estimate | str:
    """Return α from the coincidences of pairable values; units with one rating do not count."""
    found = _Units.of(ratings, weights, pairable=True)
    if isinstance(found, str):
        return found
    counts, times, r = found.counts, found.times, found.readers
    per_unit = times / (r - 1)
    coincidences = counts.T @ (counts * per_unit[:, None]) - np.diag(per_unit @ counts)
    frequency = coincidences.sum(axis=1)
    n = float(frequency.sum())
    if level is None:
        distance = 1 - weights
    else:
        distance = squared_distances(level, ratings.categories, frequency)
    expected = float(frequency @ distance @ frequency) / (n * (n - 1))
    if expected <= 0:
        return "no variation among the values"
    observed = float((coincidences * distance).sum()) / n
    longest = float(distance.max())
    linear, centre = _alpha_parts(found, 1 - distance / longest)
    # Disagreement is shown as agreement; distances beyond 1 are first brought to at most 1.
    unit = max(longest, 1.0)
    value = 1 - observed / expected
    return Estimate(value, 1 - observed / unit, 1 - expected / unit, linear, centre, times)


def _alpha_parts(found: _Units, weights: FloatArray) -> tuple[FloatArray, float]:
    """Return g_i of α's linearisation and their centre (Gwet 2014, §6; with the mean number of ratings r̄)."""
    times, r = found.times, found.readers
    n = times.sum()
    mean = float(times @ r / n)
    small = 1 / float(times @ r)
    pairs = (found.counts * (found.counts @ weights.T - 1)).sum(axis=1) / (mean * (r - 1))
    plain = float(times @ pairs / n)
    observed = (1 - small) * plain + small
    share = times @ (found.counts / mean) / n
    expected = float(share @ weights @ share)
    towards = (weights + weights.T) @ share / 2
    off = (r - mean) / mean
    each = pairs - observed * off
    chance = found.counts @ towards / mean - expected * off
    centre = (plain - expected) / (1 - expected)
    linear = (each - expected) / (1 - expected) - 2 * (1 - centre) * (chance - expected) / (
        1 - expected
    )
    return linear, centre


@dataclass(frozen=True, slots=True, eq=False)
class _Units:
    """The patterns that were rated at all, with their number of ratings and agreeing pairs."""

    kept: BoolArray
    counts: FloatArray
    times: FloatArray
    readers: FloatArray
    agreeing: FloatArray
    shares: FloatArray
    share: FloatArray

    @staticmethod
    def of(ratings: Ratings, weights: FloatArray, *, pairable: bool = False) -> _Units | str:
        readers = ratings.counts.sum(axis=1)
        kept = (readers >= (2 if pairable else 1)) & (ratings.times > 0)
        counts, times, readers = ratings.counts[kept], ratings.times[kept], readers[kept]
        if not (readers >= 2).any():
            return "no unit was rated by two coders"
        pairs = (counts * (counts @ weights.T - 1)).sum(axis=1)
        agreeing = pairs / np.where(readers >= 2, readers * (readers - 1), 1)
        agreeing = np.where(readers >= 2, agreeing, 0.0)
        shares = counts / readers[:, None]
        share = times @ shares / times.sum()
        return _Units(kept, counts, times, readers, agreeing, shares, share)

    @property
    def twice(self) -> float:
        """How many units two coders rated."""
        return float(self.times @ (self.readers >= 2))

    @property
    def observed(self) -> float:
        return float(self.times @ self.agreeing) / self.twice

    @property
    def scaled(self) -> FloatArray:
        scale = float(self.times.sum()) / self.twice
        return self.agreeing * scale

    def estimate(self, expected: float, chance: FloatArray) -> Estimate:
        """Return the coefficient with Gwet's g_i; `chance` holds each pattern's part in the expected agreement."""
        room = 1 - expected
        if abs(room) < NO_ROOM:
            return Estimate(None, self.observed, 1.0)
        value = (self.observed - expected) / room
        scale = self.times.sum() / self.twice
        each = scale * (self.agreeing - expected * (self.readers >= 2)) / room
        linear = each - 2 * (1 - value) * (chance - expected) / room
        return Estimate(value, self.observed, expected, linear, value, self.times)
