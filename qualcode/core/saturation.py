"""Saturation: how many new codes each further document brings, and when a run brings next to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

REFERENCE = (
    "Guest, Namey & Chen (2020), A simple method to assess and report thematic saturation in "
    "qualitative research, PLoS ONE 15(5): e0232076"
)
BASE, RUN, THRESHOLD = 4, 2, 0.05


@dataclass(frozen=True, slots=True)
class SaturationStep:
    """The n-th document (from 1): the codes it is the first to bring, and how many there are by then.

    `ratio` is the share of new codes in the run that ends here, over the codes of the base; None before the first
    whole run."""

    n: int
    document: str
    new_codes: tuple[str, ...]
    cumulative: int
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Resampled:
    """The curve over random orders: median, fifth and ninety-fifth hundredth of the codes found by n documents;

    `reached` is the share of orders that have reached the threshold by then."""

    orders: int
    seed: int
    median: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    reached: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Saturation:
    """A saturation curve. `reached` is the number of documents before the run that brought at most the threshold

    (written `6+2`: six, confirmed by two), None with `reason` where it was not reached or cannot be told."""

    steps: tuple[SaturationStep, ...]
    base: int
    run: int
    threshold: float
    base_codes: int
    reached: int | None
    reason: str | None
    resampled: Resampled | None
    order: str
    notes: tuple[str, ...] = ()

    @property
    def reading(self) -> str:
        """Return the result as the reference writes it, or why there is none."""
        if self.reached is None:
            return self.reason or "not reached"
        return (
            f"{self.reached}+{self.run}: at most {100 * self.threshold:g} % new codes in "
            f"the {self.run} documents after the first {self.reached}"
        )


def saturation(
    codes: Mapping[str, Sequence[str]],
    *,
    base: int = BASE,
    run: int = RUN,
    threshold: float = THRESHOLD,
    orders: int = 0,
    seed: int = 1,
) -> Saturation:
    """Return the curve for documents (in the order of the mapping) and the codes found in each.

    The ratio of Guest, Namey & Chen (2020): different new codes in a run of documents, divided by the different
    codes of the base, the first documents; runs overlap and move on by one. With `orders`, the same over that many
    random orders, drawn with `seed`."""
    documents = list(codes)
    steps, base_codes = _steps(documents, codes, base, run)
    reached, reason = _reached(steps, base, run, threshold, base_codes)
    resampled = (
        _resampled(documents, codes, (base, run, threshold), orders, seed) if orders else None
    )
    return Saturation(
        steps, base, run, threshold, base_codes, reached, reason, resampled, "as given"
    )


def _steps(
    documents: Sequence[str], codes: Mapping[str, Sequence[str]], base: int, run: int
) -> tuple[tuple[SaturationStep, ...], int]:
    known: dict[str, None] = {}
    fresh: list[int] = []
    steps: list[SaturationStep] = []
    base_codes = 0
    for n, document in enumerate(documents, 1):
        new = tuple(dict.fromkeys(code for code in codes[document] if code not in known))
        known.update(dict.fromkeys(new))
        fresh.append(len(new))
        if n == base:
            base_codes = len(known)
        is_whole = n >= base + run and base_codes > 0
        ratio = sum(fresh[n - run : n]) / base_codes if is_whole else None
        steps.append(SaturationStep(n, document, new, len(known), ratio))
    return tuple(steps), base_codes


def _reached(
    steps: Sequence[SaturationStep], base: int, run: int, threshold: float, base_codes: int
) -> tuple[int | None, str | None]:
    if len(steps) < base + run:
        return None, f"{len(steps)} documents are fewer than a base of {base} and a run of {run}"
    if not base_codes:
        return None, f"nothing was coded in the first {base} documents"
    for step in steps:
        if step.ratio is not None and step.ratio <= threshold:
            return step.n - run, None
    last = steps[-1].ratio or 0.0
    return None, (
        f"not reached in {len(steps)} documents: the last {run} still brought "
        f"{100 * last:.0f} % new codes, more than {100 * threshold:g} %"
    )


def _resampled(
    documents: Sequence[str],
    codes: Mapping[str, Sequence[str]],
    rule: tuple[int, int, float],
    orders: int,
    seed: int,
) -> Resampled:
    """Draw orders with a generator of their own, so that the same seed gives the same band anywhere."""
    import numpy as np

    base, run, threshold = rule
    names = {
        code: n
        for n, code in enumerate(dict.fromkeys(c for found in codes.values() for c in found))
    }
    has = np.zeros((len(documents), len(names)), dtype=bool)
    for row, document in enumerate(documents):
        has[row, [names[code] for code in codes[document]]] = True
    generator = np.random.default_rng(seed)
    curves = np.zeros((orders, len(documents)))
    hits = np.zeros((orders, len(documents)), dtype=bool)
    for n in range(orders):
        found = np.logical_or.accumulate(has[generator.permutation(len(documents))], axis=0)
        curves[n] = found.sum(axis=1)
        if len(documents) >= base + run and curves[n, base - 1] > 0:
            ratios = (curves[n, base + run - 1 :] - curves[n, base - 1 : -run]) / curves[
                n, base - 1
            ]
            low = np.flatnonzero(ratios <= threshold)
            if len(low):
                hits[n, base + int(low[0]) :] = True
    low_band, median, high_band = np.quantile(curves, [0.05, 0.5, 0.95], axis=0)
    return Resampled(
        orders,
        seed,
        tuple(median.tolist()),
        tuple(low_band.tolist()),
        tuple(high_band.tolist()),
        tuple(hits.mean(axis=0).tolist()),
    )
