"""Agreement code by code: for each code, whether a unit of text was given it, with pairs, documents and intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from qualcode.core.agreement.binary import BINARY, Values
from qualcode.core.agreement.intervals import (
    Bootstrap,
    Jackknife,
    Resampling,
    Spread,
    bootstrap_spread,
    jackknife_spread,
    no_interval,
    too_few,
)
from qualcode.core.agreement.ratings import Ratings
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    DocumentFigure,
    PairFigure,
    Status,
)
from qualcode.core.agreement.spans import IntArray, SpanSet
from qualcode.core.agreement.sweep import FloatArray, MaskCounts, mask_counts
from qualcode.core.agreement.tallies import Tallies, pairs_of, tally
from qualcode.core.agreement.undefined import number
from qualcode.core.agreement.units import UnitGrid, grid_counts
from qualcode.errors import UnknownName

Masked = np.ma.MaskedArray[Any, np.dtype[np.float64]]
_TWO_CODERS_ONLY = ("cohen_kappa", "scott_pi")


@dataclass(frozen=True, eq=False)
class CodeAgreement:
    """Everything that can be said of each code's presence; make it with `code_agreement`.

    `spans_per_coder` (codes × coders) counts the spans that stand in the scope of documents the coder has read;
    `coded` (codes) the units that at least one coder gave the code, in documents that two coders read.
    """

    documents: tuple[str, ...]
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    unit: str
    parameters: Mapping[str, object]
    counts: MaskCounts
    tallies: Tallies
    spans_per_coder: IntArray
    coded: IntArray

    @property
    def compared(self) -> IntArray:
        """Places of the documents that two coders read and that hold any unit."""
        readers = np.bitwise_count(self.counts.assigned)
        return np.flatnonzero((readers >= 2) & (self.counts.sizes > 0))

    @property
    def n_units(self) -> int:
        """Units in the documents that are compared."""
        return int(self.counts.sizes[self.compared].sum())

    @cached_property
    def _paired(self) -> Tallies:
        return self.tallies.total().of_pairs()

    @cached_property
    def _paired_in_documents(self) -> Tallies:
        return self.tallies.of_pairs()

    def values(self, coefficient: str) -> Masked:
        """Return the coefficient of each code over all documents (codes); masked where undefined."""
        return _masked(_binary(coefficient)(self.tallies.total()))

    def by_document(self, coefficient: str) -> Masked:
        """Return (documents × codes)."""
        return _masked(_binary(coefficient)(self.tallies))

    def by_pair(self, coefficient: str) -> Masked:
        """Return (codes × pairs of coders), pairs in the order of `itertools.combinations(coders, 2)`."""
        return _masked(_binary(coefficient)(self._paired))

    def by_pair_and_document(self, coefficient: str) -> Masked:
        """Return (documents × codes × pairs of coders)."""
        return _masked(_binary(coefficient)(self._paired_in_documents))

    def bootstrapped(self, coefficient: str, how: Bootstrap) -> Masked:
        """Return the drawn values (draws × codes) over the documents that are compared."""
        drawn = _of(self.tallies, self.compared).resampled(how.weights(len(self.compared)))
        return _masked(_binary(coefficient)(drawn))

    def ratings(self, code: str) -> Ratings:
        """Return the code's presence as ratings (0 not given, 1 given), for `coefficients`: one more way to the figures."""
        if code not in self.codes:
            raise UnknownName("code", code, self.codes)
        rows = self.counts.code == self.codes.index(code)
        bits = np.int64(1) << np.arange(len(self.coders), dtype=np.int64)
        read = (self.counts.assigned[self.counts.document[rows]][:, None] & bits) != 0
        gave = (self.counts.mask[rows][:, None] & bits) != 0
        return Ratings.of_patterns(
            np.where(read, gave.astype(np.int64), -1),
            self.counts.weight[rows] * (read.sum(axis=1) >= 2.0),
            (0, 1),
            coders=self.coders,
            unit=self.unit,
            independent=self.unit == "document",
        )

    def result(
        self, code: str, coefficient: str, *, interval: Resampling | None = Jackknife()
    ) -> AgreementResult:
        """Return one code's coefficient with pairs, documents and the interval; UnknownName for an unknown one."""
        if code not in self.codes:
            raise UnknownName("code", code, self.codes)
        return self._results([self.codes.index(code)], coefficient, interval)[0]

    def results(
        self, coefficient: str, *, interval: Resampling | None = Jackknife()
    ) -> tuple[AgreementResult, ...]:
        """Return the coefficient of every code, in tree order."""
        return self._results(range(len(self.codes)), coefficient, interval)

    def _results(
        self, places: Sequence[int], coefficient: str, interval: Resampling | None
    ) -> tuple[AgreementResult, ...]:
        part = Tallies(self.tallies.array[:, list(places)], self.tallies.n_coders)
        total = part.total()
        overall = _binary(coefficient)(total)
        spreads = self._spreads(part, overall.value, coefficient, interval)
        pairs = self._pairs(total, coefficient)
        documents = self._documents(part, coefficient)
        return tuple(
            self._one(place, coefficient, (total, overall, n), spreads[n], pairs[n], documents[n])
            for n, place in enumerate(places)
        )

    def _one(
        self,
        place: int,
        coefficient: str,
        found: tuple[Tallies, Values, int],
        spread: Spread,
        pairs: tuple[PairFigure, ...],
        documents: tuple[DocumentFigure, ...],
    ) -> AgreementResult:
        total, overall, n = found
        status, reason = why(
            coefficient, Tallies(total.array[n], total.n_coders), overall.value[n]
        )
        return AgreementResult(
            coefficient=coefficient,
            value=number(overall.value[n]),
            status=status,
            reason=reason,
            observed=number(overall.observed[n]),
            expected=number(overall.expected[n]),
            interval=spread.interval,
            interval_method=spread.method,
            standard_error=spread.standard_error,
            unit=self.unit,
            n_units=float(total.units[n]),
            n_documents=len(self.compared),
            n_coders=len(self.coders),
            by_pair=pairs,
            by_document=documents,
            parameters={**self.parameters, "code": self.codes[place]},
            citation=COEFFICIENTS[coefficient].citation,
            notes=self._notes(place, pairs, coefficient),
        )

    def _spreads(
        self, part: Tallies, values: FloatArray, coefficient: str, interval: Resampling | None
    ) -> list[Spread]:
        compared = self.compared
        lowest = COEFFICIENTS[coefficient].lowest
        if interval is None:
            return [no_interval("not asked for")] * len(values)
        if len(compared) < 2:
            return [too_few(len(compared))] * len(values)
        documents = _of(part, compared)
        if isinstance(interval, Jackknife):
            others = _binary(coefficient)(documents.leave_one_out()).value
            made = [
                jackknife_spread(float(value), others[:, n], interval, lowest)
                for n, value in enumerate(values)
            ]
        else:
            drawn = documents.resampled(interval.weights(len(compared)))
            table = _binary(coefficient)(drawn).value
            made = [
                bootstrap_spread(table[:, n], interval, len(compared)) for n in range(len(values))
            ]
        return [
            no_interval("the figure is undefined") if np.isnan(value) else spread
            for value, spread in zip(values, made, strict=True)
        ]

    def _pairs(self, total: Tallies, coefficient: str) -> list[tuple[PairFigure, ...]]:
        paired = total.of_pairs()
        values = _binary(coefficient)(paired).value
        compared = self.counts.assigned[self.compared]
        names = pairs_of(len(self.coders))
        common = [int(((compared >> i) & (compared >> j) & 1).sum()) for i, j in names]
        return [
            tuple(
                PairFigure(
                    self.coders[i],
                    self.coders[j],
                    number(values[n, p]),
                    _reason(coefficient, paired, (n, p), values[n, p]),
                    float(paired.units[n, p]),
                    common[p],
                )
                for p, (i, j) in enumerate(names)
            )
            for n in range(len(values))
        ]

    def _documents(self, part: Tallies, coefficient: str) -> list[tuple[DocumentFigure, ...]]:
        values = _binary(coefficient)(part).value
        units = part.units
        return [
            tuple(
                DocumentFigure(
                    name,
                    number(values[d, n]),
                    _reason(coefficient, part, (d, n), values[d, n]),
                    float(units[d, n]),
                )
                for d, name in enumerate(self.documents)
            )
            for n in range(values.shape[1])
        ]

    def _notes(
        self, place: int, pairs: tuple[PairFigure, ...], coefficient: str
    ) -> tuple[str, ...]:
        notes = []
        used = self.spans_per_coder[place]
        users = np.flatnonzero(used)
        if len(users) == 1 and len(self.coders) > 1:
            notes.append(f"used by {self.coders[users[0]]} only ({used[users[0]]} spans)")
        lost = sum(pair.value is None for pair in pairs)
        if coefficient == "light_kappa" and lost:
            notes.append(
                f"mean of {len(pairs) - lost} of {len(pairs)} pairs; the others have no κ"
            )
        left_out = len(self.documents) - len(self.compared)
        if left_out:
            notes.append(f"{left_out} documents left out: read by fewer than two coders")
        return tuple(notes)


def code_agreement(spans: SpanSet, grid: UnitGrid | None = None) -> CodeAgreement:
    """Compare the coders code by code, over characters or over the units of a grid.

    Documents read by fewer than two coders do not count; a pair of coders is compared over the documents both read.
    """
    counts = mask_counts(spans) if grid is None else grid_counts(spans, grid)
    placed = spans.placed()
    n_codes, n_coders = len(spans.tree.keys), len(spans.coders)
    used = np.bincount(placed.code * n_coders + placed.coder, minlength=n_codes * n_coders)
    compared = np.bitwise_count(counts.assigned[counts.document]) >= 2
    coded = np.bincount(
        counts.code, weights=counts.weight * (compared & (counts.mask != 0)), minlength=n_codes
    )
    return CodeAgreement(
        documents=spans.documents,
        coders=spans.coders,
        codes=spans.tree.keys,
        unit=counts.unit,
        parameters={"unit": "character"} if grid is None else grid.parameters,
        counts=counts,
        tallies=tally(counts),
        spans_per_coder=used.reshape(n_codes, n_coders),
        coded=coded.astype(np.int64),
    )


def why(coefficient: str, tallies: Tallies, value: float) -> tuple[Status, str]:
    """Return the status of a value, and in words why there is none; `tallies` of one comparison (columns only)."""
    if not np.isnan(value):
        return Status.OK, ""
    if tallies.n_coders < 2:
        return Status.NOT_ENOUGH_DATA, "needs two coders"
    if tallies.units == 0:
        return Status.NOT_ENOUGH_DATA, "no text was read by two coders"
    if coefficient in _TWO_CODERS_ONLY and tallies.n_coders > 2:
        return Status.UNDEFINED, "compares two coders; see the pairs, or Fleiss, Conger and Light"
    if tallies.both + tallies.mixed == 0:
        return Status.UNDEFINED, "not used"
    if tallies.neither + tallies.mixed == 0:
        return Status.UNDEFINED, "no variation: every coder gave it to all of the text"
    return Status.UNDEFINED, "no pair of coders has a κ"


def _reason(coefficient: str, tallies: Tallies, at: tuple[int, int], value: float) -> str:
    if not np.isnan(value):
        return ""
    return why(coefficient, Tallies(tallies.array[at], tallies.n_coders), value)[1]


def _binary(coefficient: str) -> Callable[[Tallies], Values]:
    try:
        return BINARY[coefficient]
    except KeyError:
        raise UnknownName("coefficient", coefficient, BINARY) from None


def _of(tallies: Tallies, documents: IntArray) -> Tallies:
    return Tallies(tallies.array[documents], tallies.n_coders)


def _masked(values: Values) -> Masked:
    return np.ma.masked_invalid(values.value)
