"""The passage in its context: wrapped text with a lane for each coder, showing how far each one's spans reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from qualcode.services.reconcile import DiscrepancyView
from qualcode.tui.looks import Looks
from qualcode.tui.screens.reconcile.session import LETTERS
from qualcode.tui.widgets.lines import Line, Piece
from qualcode.tui.widgets.wrapping import Span, wrapped

__all__ = ["Adjusting", "Passage", "Span", "wrapped"]


class Passage:
    """The rows of one discrepancy's context at one width; offsets are those of the document."""

    def __init__(self, view: DiscrepancyView, width: int) -> None:
        found = view.item.discrepancy
        self.view = view
        self.base = found.start - len(view.before)
        self.text = view.before + view.item.quote + view.after
        self.coders = found.coders
        self.lanes = 2 * len(self.coders) + 1
        self.rows = wrapped(self.text, max(width - self.lanes, 10))
        self.first = self._row_of(found.start)
        self.last = self._row_of(max(found.start, found.end - 1))

    def head(self) -> Line:
        """Return the letters of the lanes."""
        pieces: list[Piece] = [(" ", "")]
        for number in range(len(self.coders)):
            pieces.append((f"{LETTERS[number : number + 1] or '·'} ", "key"))
        return tuple(pieces)

    def lines(
        self, looks: Looks, top: int, height: int, *, span: Span | None = None
    ) -> list[Line]:
        """Return rows from `top`; `span` is one being adjusted, shown instead of who coded what."""
        return [
            (*self._lane_pieces(looks, row), *self._text_pieces(row, span))
            for row in self.rows[top : top + height]
        ]

    def best_top(self, height: int) -> int:
        """Return the first row to show, so that the discrepancy is seen with some context above it."""
        need = self.last - self.first + 1
        above = max(1, (height - need) // 2) if need < height else 1
        return max(0, min(self.first - above, max(len(self.rows) - height, 0)))

    def _row_of(self, offset: int) -> int:
        at = offset - self.base
        for number, (start, end) in enumerate(self.rows):
            if start <= at < end:
                return number
        return max(len(self.rows) - 1, 0)

    def _lane_pieces(self, looks: Looks, row: Span) -> list[Piece]:
        start, end = row[0] + self.base, row[1] + self.base
        pieces: list[Piece] = [(" ", "")]
        for coder in self.coders:
            codes = dict.fromkeys(
                claim.code
                for claim in self.view.item.discrepancy.claims_of(coder)
                if claim.start < end and start < claim.end
            )
            if not codes:
                pieces.append(("· ", "dim"))
                continue
            first = next(iter(codes))
            pieces.append(("║ " if len(codes) > 1 else "┃ ", looks(first).color or "strong"))
        return pieces

    def _text_pieces(self, row: Span, span: Span | None) -> list[Piece]:
        claims = self.view.item.discrepancy.claims
        cuts = {row[0], row[1]}
        edges = [edge for claim in claims for edge in (claim.start, claim.end)]
        for edge in (*edges, *(span or ())):
            if row[0] < edge - self.base < row[1]:
                cuts.add(edge - self.base)
        ordered = sorted(cuts)
        seen = len(self.text[row[0] : row[1]].rstrip())
        return [
            (self.text[start : min(end, row[0] + seen)], self._role(start + self.base, span))
            for start, end in pairwise(ordered)
        ]

    def _role(self, offset: int, span: Span | None) -> str:
        if span is not None:
            return "chosen" if span[0] <= offset < span[1] else "dim"
        claims = self.view.item.discrepancy.claims
        having = {claim.coder for claim in claims if claim.start <= offset < claim.end}
        if not having:
            return "dim"
        return "strong" if len(having) == len(self.coders) else "warn"


class Adjusting:
    """A span being set: its ends go from word to word or from character to character inside the context."""

    def __init__(self, passage: Passage, span: Span) -> None:
        self.span = span
        self._low, self._high = passage.base, passage.base + len(passage.text)
        words = [found.span() for found in re.finditer(r"\S+", passage.text)]
        self._starts = [start + passage.base for start, _ in words]
        self._ends = [end + passage.base for _, end in words]

    def take(self, key: str) -> bool:
        """Move an end by this key; False when the key means nothing here."""
        step = _STEPS.get(key)
        if step is not None:
            step(self)
        return step is not None

    def end_word(self, by: int) -> None:
        start, end = self.span
        if by > 0:
            self.span = start, next((one for one in self._ends if one > end), end)
        else:
            earlier = [one for one in self._ends if start < one < end]
            self.span = start, earlier[-1] if earlier else end

    def start_word(self, by: int) -> None:
        start, end = self.span
        if by > 0:
            self.span = next((one for one in self._starts if start < one < end), start), end
        else:
            earlier = [one for one in self._starts if one < start]
            self.span = earlier[-1] if earlier else start, end

    def end_character(self, by: int) -> None:
        start, end = self.span
        self.span = start, min(max(end + by, start + 1), self._high)

    def start_character(self, by: int) -> None:
        start, end = self.span
        self.span = max(min(start + by, end - 1), self._low), end


_STEPS: dict[str, Callable[[Adjusting], None]] = {
    "l": lambda one: one.end_word(1),
    "right": lambda one: one.end_word(1),
    "h": lambda one: one.end_word(-1),
    "left": lambda one: one.end_word(-1),
    "L": lambda one: one.start_word(1),
    "shift+right": lambda one: one.start_word(1),
    "H": lambda one: one.start_word(-1),
    "shift+left": lambda one: one.start_word(-1),
    "full_stop": lambda one: one.end_character(1),
    "comma": lambda one: one.end_character(-1),
    "greater_than_sign": lambda one: one.start_character(1),
    "less_than_sign": lambda one: one.start_character(-1),
}
