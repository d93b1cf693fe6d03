"""Units other than the character: sentences, turns, documents or given segments, with the rule by which a span counts."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from qualcode.core.agreement.spans import IntArray, SpanSet
from qualcode.core.agreement.sweep import MaskCounts, from_rows, united
from qualcode.errors import InputError

Member = TypeVar("Member", bound=enum.StrEnum)


class Unit(enum.StrEnum):
    """What agreement is counted in."""

    CHARACTER = "character"
    SENTENCE = "sentence"
    TURN = "turn"
    DOCUMENT = "document"
    SEGMENT = "segment"


class Rule(enum.StrEnum):
    """When a coder's spans of a code give the code to a unit: they touch it, hold half of it, or all of it."""

    ANY = "any"
    HALF = "half"
    FULL = "full"


@dataclass(frozen=True, slots=True, eq=False)
class UnitGrid:
    """Disjoint units `[start, end)` in squeezed offsets, sorted by document and start; made by `unit_grid`."""

    unit: Unit
    rule: Rule
    document: IntArray
    start: IntArray
    end: IntArray

    @property
    def parameters(self) -> Mapping[str, object]:
        return {"unit": self.unit.value, "rule": self.rule.value}


def unit_grid(
    spans: SpanSet,
    unit: Unit | str,
    segments: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    *,
    rule: Rule | str = Rule.ANY,
) -> UnitGrid | None:
    """Return the units to count in; None for characters, which need no grid.

    `segments`: per document the units' `[start, end)` in code points (sentences, turns or given segments); not needed
    for whole documents. Units are cut to the scope; those outside it do not count. Units may not overlap.
    """
    chosen = _member(Unit, "unit", unit)
    by = _member(Rule, "rule", rule)
    if chosen is Unit.CHARACTER:
        return None
    if chosen is Unit.DOCUMENT:
        place = np.flatnonzero(spans.scope.sizes)
        return UnitGrid(chosen, by, place, np.zeros_like(place), spans.scope.sizes[place])
    if segments is None:
        raise InputError(
            f"agreement by {chosen.value} needs the places of the units",
            hint="give `segments`: for each document a list of (start, end)",
        )
    rows = [
        (place, start, end)
        for place, name in enumerate(spans.documents)
        for start, end in sorted(segments.get(name, ()))
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    _check(table, spans)
    start = spans.scope.squeeze(table[:, 0], table[:, 1])
    end = spans.scope.squeeze(table[:, 0], table[:, 2])
    kept = end > start
    return UnitGrid(chosen, by, table[kept, 0], start[kept], end[kept])


@dataclass(frozen=True, slots=True, eq=False)
class UnitCodings:
    """That a coder gave a code to a unit: rows of (unit, code, coder), sorted, each once; `unit` is a row of the grid."""

    unit: IntArray
    code: IntArray
    coder: IntArray


def unit_codings(spans: SpanSet, grid: UnitGrid) -> UnitCodings:
    """Return which coder gave which code to which unit under the grid's rule.

    Own spans of one code are united first, so that two halves of a sentence make a whole.
    """
    n_codes, n_coders = len(spans.tree.keys), len(spans.coders)
    placed = united(spans.placed(), n_codes, n_coders)
    stride = int(spans.scope.sizes.max(initial=0)) + 1
    starts = grid.document * stride + grid.start
    ends = grid.document * stride + grid.end
    low = placed.document * stride + placed.start
    high = placed.document * stride + placed.end
    first = np.searchsorted(ends, low, side="right")
    touched = np.maximum(np.searchsorted(starts, high, side="left") - first, 0)
    row = np.repeat(np.arange(len(low)), touched)
    unit = np.arange(len(row)) - np.repeat(np.cumsum(touched) - touched, touched) + first[row]
    held = np.minimum(ends[unit], high[row]) - np.maximum(starts[unit], low[row])
    key = (unit * n_codes + placed.code[row]) * n_coders + placed.coder[row]
    keys, inverse = np.unique(key, return_inverse=True)
    covered = np.bincount(inverse, weights=held, minlength=len(keys))
    cell, coder = np.divmod(keys, n_coders)
    unit, code = np.divmod(cell, n_codes)
    length = grid.end[unit] - grid.start[unit]
    least = {Rule.ANY: 0.0, Rule.HALF: 0.5, Rule.FULL: 1.0}[grid.rule]
    given = (covered > 0) & (covered >= least * length)
    return UnitCodings(unit[given], code[given], coder[given])


def grid_counts(spans: SpanSet, grid: UnitGrid) -> MaskCounts:
    """Return the histogram of coder sets over the units of a grid, for every document and code."""
    found = unit_codings(spans, grid)
    n_codes = len(spans.tree.keys)
    keys, inverse = np.unique(found.unit * n_codes + found.code, return_inverse=True)
    mask = np.zeros(len(keys), dtype=np.int64)
    np.bitwise_or.at(mask, inverse, np.int64(1) << found.coder)
    unit, code = np.divmod(keys, max(n_codes, 1))
    sizes = np.bincount(grid.document, minlength=len(spans.documents))
    rows = (grid.document[unit], code, mask)
    return from_rows(spans, grid.unit.value, sizes, rows, np.ones_like(mask))


def _check(table: IntArray, spans: SpanSet) -> None:
    document, start, end = table.T
    outside = (start < 0) | (end < start) | (end > spans.scope.lengths[document])
    overlapping = (document[1:] == document[:-1]) & (start[1:] < end[:-1])
    if outside.any() or overlapping.any():
        row = int(np.flatnonzero(outside)[0]) if outside.any() else int(np.argmax(overlapping)) + 1
        problem = "does not lie in" if outside.any() else "overlaps another unit of"
        raise InputError(
            f"the unit {start[row]}–{end[row]} {problem} {spans.documents[document[row]]}",
            hint="units are half-open intervals of code points that do not overlap",
        )


def _member(kind: type[Member], word: str, value: str) -> Member:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        raise InputError(f"unknown {word} {value!r}", hint=f"one of: {known}") from None
