"""Each coder's text cut where her set of codes changes, and all coders' sets side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from qualcode.core.agreement.spans import BoolArray, IntArray, Placed, SpanSet
from qualcode.core.agreement.sweep import FloatArray, check_bits, in_order, united
from qualcode.core.agreement.units import UnitGrid, unit_codings

_WORD = 62


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Stretches where one coder has one set of codes: sorted by document, coder, start; never overlapping.

    `label` is a row of `sets` (sets × codes); row 0 is the empty set. `overlapping`: some coder gave several codes to
    one place, so that cells are pieces of her spans; otherwise the cells are her spans.
    """

    document: IntArray
    coder: IntArray
    start: IntArray
    end: IntArray
    label: IntArray
    sets: BoolArray
    overlapping: bool


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """What every coder says of the same stretch or unit: `labels` (rows × coders), rows of `sets`, −1 where not read.

    `start`, `end` are squeezed; `weight`: characters of the stretch, or 1 for a unit. Only documents that two coders
    read.
    """

    document: IntArray
    start: IntArray
    end: IntArray
    weight: FloatArray
    labels: IntArray
    sets: BoolArray
    unit: str

    def rows(self, kept: BoolArray) -> SideBySide:
        """Return only these rows."""
        return replace(
            self,
            document=self.document[kept],
            start=self.start[kept],
            end=self.end[kept],
            weight=self.weight[kept],
            labels=self.labels[kept],
        )


def cells(spans: SpanSet) -> Cells:
    """Return each coder's cells. Own spans of one code that overlap are joined; those that touch stay apart."""
    n_codes, n_coders = len(spans.tree.keys), len(spans.coders)
    placed = united(spans.placed(), n_codes, n_coders)
    if not len(placed.start):
        none = placed.start
        sets = np.zeros((1, n_codes), dtype=np.bool_)
        return Cells(none, none, none, none, none, sets, overlapping=False)
    bits = int(placed.end.max()).bit_length()
    code_bits = max(n_codes - 1, 1).bit_length()
    key = placed.document * n_coders + placed.coder
    check_bits(key, bits + code_bits + 1)
    at = key << bits
    events = np.concatenate(
        [
            ((((at + placed.start) << 1) + 1) << code_bits) + placed.code,
            (((at + placed.end) << 1) << code_bits) + placed.code,
        ]
    )
    events = in_order(events)
    place = events >> (code_bits + 1)
    last = np.flatnonzero(np.diff(place, append=place[-1] + 1))
    words = _open_codes(events, code_bits, n_codes)[last]
    held = np.flatnonzero(words.any(axis=1))
    label, sets = _numbered(words[held], n_codes)
    begin, finish = place[last][held], place[last][held + 1]
    key = begin >> bits
    document, coder = np.divmod(key, n_coders)
    start, end = begin - (key << bits), finish - (key << bits)
    several = bool((sets.sum(axis=1) > 1).any())
    return Cells(document, coder, start, end, label, sets, overlapping=several)


def _open_codes(events: IntArray, code_bits: int, n_codes: int) -> IntArray:
    """Return, after each event, the codes that are open as bits of several words (events × words)."""
    code = events & ((1 << code_bits) - 1)
    opens = ((events >> code_bits) & 1).astype(np.bool_)
    step = np.where(opens, np.int64(1), np.int64(-1)) << (code % _WORD)
    words = [
        np.cumsum(np.where(code // _WORD == n, step, 0)) for n in range((n_codes - 1) // _WORD + 1)
    ]
    return np.stack(words, axis=1)


def _numbered(words: IntArray, n_codes: int) -> tuple[IntArray, BoolArray]:
    """Return a number for each distinct set (from 1) and the sets as rows (0: the empty set)."""
    if words.shape[1] == 1:
        distinct, label = np.unique(words[:, 0], return_inverse=True)
        distinct = distinct[:, None]
    else:
        distinct, label = np.unique(words, axis=0, return_inverse=True)
    code = np.arange(n_codes)
    sets = (distinct[:, code // _WORD] >> (code % _WORD)) & 1
    empty = np.zeros((1, n_codes), dtype=np.bool_)
    return label.reshape(-1) + 1, np.concatenate([empty, sets.astype(np.bool_)])


def side_by_side(spans: SpanSet, grid: UnitGrid | None = None) -> SideBySide:
    """Return the coders' sets of codes beside each other, by stretches of characters or by the units of a grid."""
    if grid is not None:
        return _units_side_by_side(spans, grid)
    return stretches(spans, cells(spans))


def stretches(spans: SpanSet, found: Cells) -> SideBySide:
    """Return the stretches where no coder's set changes, in documents that two coders read."""
    compared = spans.assigned.sum(axis=0) >= 2
    own = compared[found.document]
    places = np.flatnonzero(compared & (spans.scope.sizes > 0))
    stride = int(spans.scope.sizes.max(initial=0)) + 1
    coder, label = found.coder[own], found.label[own]
    base = found.document[own] * stride
    # Every document that is compared begins with an event of nobody, so that its first blank has a row.
    place = np.concatenate([base + found.start[own], base + found.end[own], places * stride])
    order = np.argsort(place, kind="stable")
    place = place[order]
    change = np.concatenate([label, -label, np.zeros_like(places)])[order]
    who = np.concatenate([coder, coder, np.full_like(places, -1)])[order]
    last = np.flatnonzero(np.diff(place, append=place[-1:] + 1))
    labels = np.empty((len(last), len(spans.coders)), dtype=np.int64)
    for n in range(len(spans.coders)):
        labels[:, n] = np.cumsum(np.where(who == n, change, 0))[last]
    document, start = np.divmod(place[last], stride)
    new = np.diff(document, append=-1) != 0
    end = np.where(new, spans.scope.sizes[document], np.append(start[1:], 0))
    for n in range(len(spans.coders)):
        labels[~spans.assigned[n, document], n] = -1
    every = SideBySide(
        document,
        start,
        end,
        (end - start).astype(np.float64),
        labels,
        found.sets,
        "character",
    )
    return every.rows(end > start)


def _units_side_by_side(spans: SpanSet, grid: UnitGrid) -> SideBySide:
    n_codes, n_coders = len(spans.tree.keys), len(spans.coders)
    given = unit_codings(spans, grid)
    cell, row = np.unique(given.unit * n_coders + given.coder, return_inverse=True)
    words = np.zeros((len(cell), (n_codes - 1) // _WORD + 1), dtype=np.int64)
    np.bitwise_or.at(words, (row, given.code // _WORD), np.int64(1) << (given.code % _WORD))
    label, sets = _numbered(words, n_codes)
    labels = np.zeros((len(grid.document), n_coders), dtype=np.int64)
    labels[np.divmod(cell, n_coders)] = label
    labels[~spans.assigned[:, grid.document].T] = -1
    every = SideBySide(
        grid.document,
        grid.start,
        grid.end,
        np.ones(len(grid.document)),
        labels,
        sets,
        grid.unit.value,
    )
    return every.rows(spans.assigned[:, grid.document].sum(axis=0) >= 2)


def as_one_code(spans: SpanSet) -> SpanSet:
    """Return the set with every code taken for the same, so that only *that* something was marked counts."""
    return spans.recoded(np.zeros(len(spans.tree.keys), dtype=np.int64))


def united_spans(spans: SpanSet) -> Placed:
    """Return the spans that count, each coder's overlapping spans of one code joined."""
    return united(spans.placed(), len(spans.tree.keys), len(spans.coders))
