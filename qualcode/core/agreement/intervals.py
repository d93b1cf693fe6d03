"""Intervals over documents: the delete-one-document jackknife and the document bootstrap.

Characters, sentences and turns of one document hang together; documents are what a study samples. Intervals are
therefore never made from units of text. In simulations with 5 to 35 documents the jackknife with t(D − 1) covered
92–96 % where 95 % was promised; the percentile bootstrap 80–94 %.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qualcode.core.agreement.sweep import FloatArray

FEWEST_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class Jackknife:
    """Leave out one document at a time; interval value ± t(D − 1) · standard error (Efron & Tibshirani 1993, ch. 11)."""

    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Draw documents with replacement; the percentiles of the coefficient are the interval. The seed repeats it."""

    draws: int = 1000
    seed: int = 20_160_401
    level: float = 0.95

    def weights(self, n_documents: int) -> FloatArray:
        """Return how often each draw holds each document (draws × documents)."""
        chooser = np.random.default_rng(self.seed)
        drawn = chooser.integers(0, n_documents, size=(self.draws, n_documents))
        cells = drawn + np.arange(self.draws)[:, None] * n_documents
        counts = np.bincount(cells.ravel(), minlength=self.draws * n_documents)
        return counts.reshape(self.draws, n_documents).astype(np.float64)


Resampling = Jackknife | Bootstrap


@dataclass(frozen=True, slots=True)
class Spread:
    """An interval with its method; `interval` None and a method beginning `none:` where there is none."""

    interval: tuple[float, float] | None
    method: str
    standard_error: float | None = None


def no_interval(reason: str) -> Spread:
    return Spread(None, f"none: {reason}")


def too_few(n_documents: int) -> Spread:
    """Return the refusal of an interval from fewer than five documents."""
    return no_interval(
        f"needs at least {FEWEST_DOCUMENTS} documents coded by both, there are {n_documents}"
    )


def jackknife_spread(value: float, left_out: FloatArray, how: Jackknife, lowest: float) -> Spread:
    """Return the interval around `value` from the values with each document left out (NaN: undefined without it)."""
    from scipy.special import stdtrit

    n = len(left_out)
    if n < FEWEST_DOCUMENTS:
        return too_few(n)
    if np.isnan(left_out).any():
        return no_interval("one document carries the figure: without it there is none")
    error = float(np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum()))
    if error < 1e-12:
        return no_interval("the figure is the same whichever document is left out")
    reach = float(stdtrit(n - 1, (1 + how.level) / 2)) * error
    method = f"{how.level:.0%} jackknife over {n} documents, t({n - 1})"
    return Spread((max(value - reach, lowest), min(value + reach, 1.0)), method, error)


def spread_over_documents(
    sums: FloatArray,
    figure: Callable[[FloatArray], FloatArray],
    how: Resampling | None,
    *,
    lowest: float = -1.0,
) -> Spread:
    """Return the interval of a figure made from sums that add up over documents.

    `sums` (documents × columns), one row per document that is compared; `figure` turns (..., columns) into (...),
    NaN where undefined.
    """
    if how is None:
        return no_interval("not asked for")
    value = float(figure(sums.sum(axis=0)))
    if np.isnan(value):
        return no_interval("the figure is undefined")
    if len(sums) < FEWEST_DOCUMENTS:
        return too_few(len(sums))
    if isinstance(how, Jackknife):
        rest = sums.sum(axis=0) - sums
        rest[np.abs(rest) < 1e-9 * np.abs(sums).sum(axis=0)] = 0
        return jackknife_spread(value, figure(rest), how, lowest)
    return bootstrap_spread(figure(how.weights(len(sums)) @ sums), how, len(sums))


def bootstrap_spread(drawn: FloatArray, how: Bootstrap, n_documents: int) -> Spread:
    """Return the percentile interval of the drawn values; draws without a value do not count and are named."""
    if n_documents < FEWEST_DOCUMENTS:
        return too_few(n_documents)
    known = drawn[~np.isnan(drawn)]
    if len(known) < 0.9 * len(drawn):
        return no_interval("too many draws of documents have no figure")
    error = float(known.std(ddof=1))
    if error < 1e-12:
        return no_interval("the figure is the same whichever documents are drawn")
    low, high = np.quantile(known, [(1 - how.level) / 2, (1 + how.level) / 2])
    lost = len(drawn) - len(known)
    method = (
        f"{how.level:.0%} bootstrap of {n_documents} documents, {how.draws} draws, seed {how.seed}"
    )
    if lost:
        method += f", {lost} draws without a figure left out"
    return Spread((float(low), float(high)), method, error)
