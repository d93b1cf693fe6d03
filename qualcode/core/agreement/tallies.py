"""Sums per document and code from which every coefficient of a code's presence follows in closed form.

All of them add up over documents, so that leaving a document out is a subtraction and a bootstrap a product of matrices.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import prod

import numpy as np

from qualcode.core.agreement.sweep import FloatArray, MaskCounts

_HEAD = 6
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """An array (..., columns) of sums over units that at least two coders read.

    Per unit with r coders of whom k gave the code: units 1; agree (k(k−1) + (r−k)(r−k−1)) / r(r−1); share k/r;
    Krippendorff's coincidences both k(k−1)/(r−1), neither (r−k)(r−k−1)/(r−1), mixed k(r−k)/(r−1); then per coder the
    units read and the units coded; then per pair of coders, over what both read, both · first only · second only ·
    neither.
    """

    array: FloatArray
    n_coders: int

    @property
    def units(self) -> FloatArray:
        return self.array[..., 0]

    @property
    def agree(self) -> FloatArray:
        return self.array[..., 1]

    @property
    def share(self) -> FloatArray:
        return self.array[..., 2]

    @property
    def both(self) -> FloatArray:
        return self.array[..., 3]

    @property
    def neither(self) -> FloatArray:
        return self.array[..., 4]

    @property
    def mixed(self) -> FloatArray:
        return self.array[..., 5]

    @property
    def coder_units(self) -> FloatArray:
        return self.array[..., _HEAD : _HEAD + self.n_coders]

    @property
    def coder_coded(self) -> FloatArray:
        return self.array[..., _HEAD + self.n_coders : _HEAD + 2 * self.n_coders]

    @property
    def pairs(self) -> FloatArray:
        """Shape (..., pairs, 4): both, first only, second only, neither; pairs as in `pairs_of`."""
        rest = self.array[..., _HEAD + 2 * self.n_coders :]
        return rest.reshape(*rest.shape[:-1], rest.shape[-1] // 4, 4)

    def total(self) -> Tallies:
        """Return the sums over the first axis."""
        return Tallies(self.array.sum(axis=0), self.n_coders)

    def leave_one_out(self) -> Tallies:
        """Return, for each place on the first axis, the sums over all the others."""
        rest = self.array.sum(axis=0) - self.array
        # The least that a unit can add is 1/(r(r−1)): anything far below is what subtraction left of a zero.
        rest[np.abs(rest) < _SMALLEST] = 0
        return Tallies(rest, self.n_coders)

    def resampled(self, weights: FloatArray) -> Tallies:
        """Return the sums under each row of weights (draws × first axis)."""
        flat = self.array.reshape(len(self.array), prod(self.array.shape[1:]))
        shape = (len(weights), *self.array.shape[1:])
        return Tallies((weights @ flat).reshape(shape), self.n_coders)

    def of_pairs(self) -> Tallies:
        """Return every pair as a comparison of two coders of its own: shape (..., pairs, columns)."""
        return from_fourfold(self.pairs)


def pairs_of(n_coders: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs of coders in the order in which tallies keep them."""
    return tuple(itertools.combinations(range(n_coders), 2))


def from_fourfold(tables: FloatArray) -> Tallies:
    """Return tallies of two coders from tables (..., 4): both, first only, second only, neither."""
    both, first, second, neither = np.moveaxis(tables, -1, 0)
    units = both + first + second + neither
    mixed = first + second
    columns = [
        units, both + neither, both + mixed / 2, 2 * both, 2 * neither, mixed,
        units, units, both + first, both + second, both, first, second, neither,
    ]  # fmt: skip
    return Tallies(np.stack(columns, axis=-1), 2)


def tally(counts: MaskCounts) -> Tallies:
    """Return the sums per document and code, shape (documents, codes, columns); documents of one coder give zeros."""
    assigned = counts.assigned[counts.document]
    readers = np.bitwise_count(assigned).astype(np.float64)
    compared = readers >= 2
    document, code = counts.document[compared], counts.code[compared]
    assigned, mask = assigned[compared], counts.mask[compared]
    weight, r = counts.weight[compared].astype(np.float64), readers[compared]
    k = np.bitwise_count(mask).astype(np.float64)
    yes, no, mixed = k * (k - 1), (r - k) * (r - k - 1), k * (r - k)
    head = [np.ones_like(r), (yes + no) / (r * (r - 1)), k / r]
    head += [yes / (r - 1), no / (r - 1), mixed / (r - 1)]
    bits = [np.int64(1) << np.int64(n) for n in range(counts.n_coders)]
    read = [(assigned & bit) != 0 for bit in bits]
    coded = [(mask & bit) != 0 for bit in bits]
    fourfold = []
    for i, j in pairs_of(counts.n_coders):
        common = read[i] & read[j]
        fourfold += [
            coded[i] & coded[j],
            coded[i] & ~coded[j] & common,
            ~coded[i] & coded[j] & common,
            ~coded[i] & ~coded[j] & common,
        ]
    cell = document * counts.n_codes + code
    n_cells = len(counts.sizes) * counts.n_codes
    table = np.empty((n_cells, _HEAD + len(read) + len(coded) + len(fourfold)))
    for n, column in enumerate([*head, *read, *coded, *fourfold]):
        table[:, n] = np.bincount(cell, weights=weight * column, minlength=n_cells)
    shape = (len(counts.sizes), counts.n_codes, table.shape[1])
    return Tallies(table.reshape(shape), counts.n_coders)
