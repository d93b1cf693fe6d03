"""The very text behind a figure: where coders differ about a code, and which codes they take for one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.core.agreement.partition import SideBySide, side_by_side
from qualcode.core.agreement.spans import BoolArray, SpanSet
from qualcode.core.agreement.sweep import FloatArray, runs
from qualcode.core.agreement.tallies import pairs_of
from qualcode.core.agreement.units import UnitGrid
from qualcode.errors import InputError

SHOWN = ("disagreement", "agreement", "all")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch `[start, end)` of a document, in code points, where the same coders gave the code and the same did not.

    Coders who have not read the document stand in neither list.
    """

    document: str
    start: int
    end: int
    code: str
    gave: tuple[str, ...]
    did_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """How much text one coder gave `first_code` and another `second_code`, neither giving the other's code there.

    `second_code` None: the other coder gave the text no code at all. `weight` in characters, or in units of a grid.
    """

    first_coder: str
    second_coder: str
    first_code: str
    second_code: str | None
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Confusions:
    """Who takes which code for which: `weights` (pairs of coders × codes × codes + 1).

    `weights[p, x, y]`: text that the first coder of pair p gave x, the second y; the last column is *no code*.
    `reverse[p, x]`: text that the second coder gave x where the first gave no code.
    """

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    unit: str
    weights: FloatArray
    reverse: FloatArray

    def between_codes(self) -> FloatArray:
        """Return (codes × codes), symmetric: confusion of two codes, whoever gave which, over all pairs of coders."""
        square = self.weights[:, :, :-1].sum(axis=0)
        return np.asarray(square + square.T)

    def ranked(self, *, silence: bool = False) -> tuple[Confusion, ...]:
        """Return the confusions, largest first; with `silence` also where the other coder gave no code."""
        found = []
        for p, (i, j) in enumerate(pairs_of(len(self.coders))):
            names = self.coders[i], self.coders[j]
            for x, y in np.argwhere(self.weights[p, :, :-1] > 0).tolist():
                weight = float(self.weights[p, x, y])
                found.append(Confusion(*names, self.codes[x], self.codes[y], weight))
            if silence:
                found += self._silent(names, self.weights[p, :, -1])
                found += self._silent((names[1], names[0]), self.reverse[p])
        return tuple(sorted(found, key=lambda one: -one.weight))

    def _silent(self, names: tuple[str, str], weights: FloatArray) -> list[Confusion]:
        return [
            Confusion(*names, self.codes[x], None, float(weights[x]))
            for x in np.flatnonzero(weights > 0).tolist()
        ]


def passages(
    spans: SpanSet,
    code: str,
    *,
    coders: Sequence[str] | None = None,
    document: str | None = None,
    show: str = "disagreement",
) -> tuple[Passage, ...]:
    """Return the passages behind a figure of this code: where the coders who read the text differ, agree, or both.

    `coders`: only these (a pair, say); `document`: only this one. Text that nobody gave the code is never listed.
    """
    if show not in SHOWN:
        raise InputError(f"cannot show {show!r}", hint="one of: " + ", ".join(SHOWN))
    place = spans.tree.index(code)
    chosen = spans if coders is None else spans.only(coders=coders)
    found = runs(chosen.only(codes=[code]))
    readers = chosen.masks()[found.document]
    kept = np.bitwise_count(readers) >= 2
    if show != "all":
        kept &= (found.mask == readers) == (show == "agreement")
    if document is not None:
        kept &= found.document == spans.document_index(document)
    documents, masks, readers = found.document[kept], found.mask[kept], readers[kept]
    row, start, end = spans.scope.expand(documents, found.start[kept], found.end[kept])
    return tuple(
        Passage(
            spans.documents[documents[n]],
            low,
            high,
            spans.tree.keys[place],
            _names(chosen.coders, int(masks[n])),
            _names(chosen.coders, int(readers[n] & ~masks[n])),
        )
        for n, low, high in zip(row.tolist(), start.tolist(), end.tolist(), strict=True)
    )


def confusions(spans: SpanSet, grid: UnitGrid | None = None) -> Confusions:
    """Return who takes which code for which, over characters or the units of a grid."""
    beside = side_by_side(spans, grid)
    n_codes, n_sets = len(spans.tree.keys), len(beside.sets)
    pairs = pairs_of(len(spans.coders))
    weights = np.zeros((len(pairs), n_codes, n_codes + 1))
    reverse = np.zeros((len(pairs), n_codes))
    for p, (i, j) in enumerate(pairs):
        a, b = beside.labels[:, i], beside.labels[:, j]
        differing = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
        both, back = np.unique(a[differing] * n_sets + b[differing], return_inverse=True)
        amount = np.bincount(back, weights=beside.weight[differing], minlength=len(both))
        first, second = np.divmod(both, n_sets)
        alone = (beside.sets[first] & ~beside.sets[second]).astype(np.float64)
        other = (beside.sets[second] & ~beside.sets[first]).astype(np.float64)
        weights[p, :, :-1] = (alone * amount[:, None]).T @ other
        weights[p, :, -1] = alone.T @ (amount * (second == 0))
        reverse[p] = other.T @ (amount * (first == 0))
    return Confusions(spans.coders, spans.tree.keys, beside.unit, weights, reverse)


def confused_passages(
    spans: SpanSet, confusion: Confusion, grid: UnitGrid | None = None
) -> tuple[tuple[str, int, int], ...]:
    """Return (document, start, end), in code points, of the text behind a confusion; neighbours are joined."""
    beside = side_by_side(spans.only(coders=[confusion.first_coder, confusion.second_coder]), grid)
    kept = _confused(beside, spans, confusion)
    chosen = beside.rows(kept)
    if not len(chosen.document):
        return ()
    joined = (chosen.document[1:] == chosen.document[:-1]) & (chosen.start[1:] == chosen.end[:-1])
    first = np.flatnonzero(np.concatenate([[True], ~joined]))
    last = np.concatenate([first[1:], [len(chosen.document)]]) - 1
    documents = chosen.document[first]
    row, start, end = spans.scope.expand(documents, chosen.start[first], chosen.end[last])
    return tuple(
        (spans.documents[documents[n]], low, high)
        for n, low, high in zip(row.tolist(), start.tolist(), end.tolist(), strict=True)
    )


def _confused(beside: SideBySide, spans: SpanSet, confusion: Confusion) -> BoolArray:
    a, b = beside.labels.T
    read = (a >= 0) & (b >= 0)
    x = spans.tree.index(confusion.first_code)
    own = beside.sets[:, x]
    if confusion.second_code is None:
        return np.asarray(read & own[a] & (b == 0))
    y = spans.tree.index(confusion.second_code)
    other = beside.sets[:, y]
    return np.asarray(read & own[a] & ~own[b] & other[b] & ~other[a])


def _names(coders: tuple[str, ...], mask: int) -> tuple[str, ...]:
    return tuple(name for n, name in enumerate(coders) if mask >> n & 1)
