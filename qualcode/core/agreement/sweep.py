"""The event sweep: from span ends to the weight of every set of coders, per code and document, without a character grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.core.agreement.spans import IntArray, Placed, SpanSet
from qualcode.errors import InputError

FloatArray = NDArray[np.float64]
_DENSE_MASKS = 1 << 22
_KEY_BITS = 62


@dataclass(frozen=True, slots=True, eq=False)
class MaskCounts:
    """How many units of each document each set of coders gave each code.

    A row says: in `document`, exactly the coders in `mask` (coder i is bit i) gave `code` to `weight` units. Rows
    with mask 0 are the units that nobody gave the code. `sizes`: units per document; `assigned`: the coders who
    read it, as bits. Every (document, code) has rows that add up to the size of the document.
    """

    unit: str
    sizes: IntArray
    assigned: IntArray
    n_codes: int
    n_coders: int
    document: IntArray
    code: IntArray
    mask: IntArray
    weight: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Stretches `[start, end)` (squeezed) where the set of coders in `mask` does not change and is not empty."""

    document: IntArray
    code: IntArray
    mask: IntArray
    start: IntArray
    end: IntArray


def united(placed: Placed, n_codes: int, n_coders: int) -> Placed:
    """Return each coder's spans of a code with overlapping ones joined, sorted by document, code, coder, start.

    Spans that only touch stay apart. Time: one sort of the span ends.
    """
    if not len(placed.start):
        return placed
    key = (placed.document * n_codes + placed.code) * n_coders + placed.coder
    bits = _bits(placed.end)
    check_bits(key, bits + 1)
    # Ends sort before starts at one place (low bit 0 and 1), so that touching spans stay apart.
    at = key << bits
    events = np.concatenate([((at + placed.start) << 1) + 1, (at + placed.end) << 1])
    events = in_order(events)
    opens = (events & 1).astype(np.bool_)
    depth = np.cumsum(np.where(opens, 1, -1))
    first = events[opens & (depth == 1)] >> 1
    last = events[~opens & (depth == 0)] >> 1
    key = first >> bits
    pair, coder = np.divmod(key, n_coders)
    document, code = np.divmod(pair, n_codes)
    start = first - (key << bits)
    return Placed(document, coder, code, start, last - (key << bits))


def runs(spans: SpanSet) -> Runs:
    """Return the runs of every document and code, sorted by document, code and start."""
    n_codes, n_coders = len(spans.tree.keys), len(spans.coders)
    placed = spans.placed()
    if not len(placed.start):
        return Runs(placed.document, placed.code, placed.coder, placed.start, placed.end)
    bits, coder_bits = _bits(placed.end), max(n_coders - 1, 1).bit_length()
    pair = placed.document * n_codes + placed.code
    check_bits(pair, bits + coder_bits + 1)
    at = pair << bits
    events = np.concatenate(
        [
            ((at + placed.start) << (coder_bits + 1)) + (placed.coder << 1) + 1,
            ((at + placed.end) << (coder_bits + 1)) + (placed.coder << 1),
        ]
    )
    events = in_order(events)
    place = events >> (coder_bits + 1)
    length = np.diff(place, append=place[-1:])
    mask = _masks_after(events, n_coders, coder_bits)
    kept = np.flatnonzero((mask != 0) & (length > 0))
    found = place[kept]
    pair = found >> bits
    document, code = np.divmod(pair, n_codes)
    start = found - (pair << bits)
    return Runs(document, code, mask[kept], start, start + length[kept])


def _masks_after(events: IntArray, n_coders: int, coder_bits: int) -> IntArray:
    """Return, after each event, who has a span open. Depth counts a coder's own overlapping spans once.

    Every coder's depth is back at nothing where a (document, code) ends: the sums run on without a reset.
    """
    kind = (events & ((2 << coder_bits) - 1)).astype(np.int16)
    mask = np.zeros(len(events), dtype=np.int64)
    for n in range(n_coders):
        # Ends are even numbers, starts odd ones: coder n has 2n and 2n + 1.
        step = (kind == 2 * n + 1).view(np.int8) - (kind == 2 * n).view(np.int8)
        mask |= (np.cumsum(step, dtype=np.int32) > 0).astype(np.int64) << n
    return mask


def mask_counts(spans: SpanSet) -> MaskCounts:
    """Return the histogram of coder sets over characters, for every document and code.

    O(S log S) time and O(S + documents · codes · occurring sets) memory for S spans; text length costs nothing.
    """
    found = runs(spans)
    return from_rows(
        spans,
        "character",
        spans.scope.sizes,
        (found.document, found.code, found.mask),
        found.end - found.start,
    )


def from_rows(
    spans: SpanSet,
    unit: str,
    sizes: IntArray,
    rows: tuple[IntArray, IntArray, IntArray],
    weight: IntArray,
) -> MaskCounts:
    """Return the histogram of rows (document, code, mask) with weights, completed by the units that nobody coded."""
    document, code, mask = rows
    n_codes, n_coders = len(spans.tree.keys), len(spans.coders)
    n_pairs = len(spans.documents) * n_codes
    pair = document * n_codes + code
    if n_pairs << n_coders <= _DENSE_MASKS:
        table = np.bincount(
            (pair << n_coders) + mask, weights=weight, minlength=n_pairs << n_coders
        )
        table = table.reshape(n_pairs, 1 << n_coders).astype(np.int64)
        table[:, 0] = np.repeat(sizes, n_codes) - table[:, 1:].sum(axis=1)
        pair, mask = np.nonzero(table)
        weight = table[pair, mask]
    else:
        pair, mask, weight = _summed(pair, mask, weight)
        coded = np.bincount(pair, weights=weight, minlength=n_pairs).astype(np.int64)
        rest = np.repeat(sizes, n_codes) - coded
        blank = np.flatnonzero(rest)
        pair = np.concatenate([pair, blank])
        mask = np.concatenate([mask, np.zeros_like(blank)])
        weight = np.concatenate([weight, rest[blank]])
    document, code = np.divmod(pair, max(n_codes, 1))
    return MaskCounts(unit, sizes, spans.masks(), n_codes, n_coders, document, code, mask, weight)


def _summed(
    pair: IntArray, mask: IntArray, weight: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Add up the weights of equal (pair, mask), keeping only those that occur."""
    order = np.lexsort((mask, pair))
    pair, mask, weight = pair[order], mask[order], weight[order]
    new = np.ones(len(pair), dtype=np.bool_)
    new[1:] = (np.diff(pair) != 0) | (np.diff(mask) != 0)
    first = np.flatnonzero(new)
    if not len(first):
        return pair, mask, weight
    return pair[first], mask[first], np.add.reduceat(weight, first)


def _bits(ends: IntArray) -> int:
    """Return how many bits an offset up to the greatest end takes: shifts cost less than divisions."""
    return int(ends.max()).bit_length()


def in_order(events: IntArray) -> IntArray:
    """Return the events sorted; those that fit into 32 bits sort in about half the time."""
    if int(events.max()) < 1 << 32:
        short = events.astype(np.uint32)
        short.sort()
        return short.astype(np.int64)
    return np.sort(events)


def check_bits(keys: IntArray, bits: int) -> None:
    if int(keys.max()).bit_length() + bits > _KEY_BITS:
        raise InputError(
            "too many documents, codes and coders to compare at once",
            hint="compare fewer documents or codes",
        )
