"""Units of a transcript (character, word, sentence, paragraph, turn): where each one lies and what follows it."""

from __future__ import annotations

import enum
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import cast

from qualcode.core.documents import Reading
from qualcode.tui.widgets.transcript.wrap import Blocks

Span = tuple[int, int]

_JOINED = "['’\\-‑]"
_NEAR = 256


class Unit(enum.IntEnum):
    """From the smallest to the largest."""

    CHARACTER = 0
    WORD = 1
    SENTENCE = 2
    PARAGRAPH = 3
    TURN = 4


class Spans:
    """Units that are known beforehand: sorted, non-empty, non-overlapping spans."""

    def __init__(self, spans: Sequence[Span]) -> None:
        kept = sorted(span for span in spans if span[1] > span[0])
        self.starts = array("i", (span[0] for span in kept))
        self.ends = array("i", (span[1] for span in kept))

    def at(self, offset: int) -> Span | None:
        """Return the unit that holds the offset, else the one before it, else the first."""
        if not self.starts:
            return None
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.starts[index], self.ends[index]

    def after(self, offset: int) -> Span | None:
        """Return the first unit that starts at or after the offset."""
        index = bisect_left(self.starts, offset)
        return (self.starts[index], self.ends[index]) if index < len(self.starts) else None

    def before(self, offset: int) -> Span | None:
        """Return the last unit that ends at or before the offset."""
        index = bisect_right(self.ends, offset) - 1
        return (self.starts[index], self.ends[index]) if index >= 0 else None


class Units:
    """Every unit of one document. Spans are half-open, in code points, and never tear a grapheme cluster."""

    def __init__(self, reading: Reading, blocks: Blocks) -> None:
        self.text = reading.text
        self.blocks = blocks
        self._word = _word_pattern(plain=not blocks.odd)
        lines = [
            self._clean(blocks.start[block], blocks.end[block]) for block in range(len(blocks))
        ]
        sentences = reading.sentences or tuple(lines)
        self._spans = {
            Unit.SENTENCE: Spans([self._clean(*span) for span in sentences]),
            Unit.PARAGRAPH: Spans(lines),
            Unit.TURN: Spans(
                [self._clean(turn.start, turn.end) for turn in reading.turns] or lines
            ),
        }

    def at(self, unit: Unit, offset: int) -> Span | None:
        """Return the unit that holds the offset or lies before it; None in a text without any."""
        if unit is Unit.CHARACTER:
            return self._character_at(offset)
        if unit is Unit.WORD:
            return self._whole(self._word_at(min(offset, len(self.text))))
        return self._spans[unit].at(offset)

    def after(self, unit: Unit, offset: int) -> Span | None:
        """Return the first unit that starts at or after the offset, or None."""
        if unit is Unit.CHARACTER:
            return self._character_after(offset)
        if unit is Unit.WORD:
            found = self._word.search(self.text, self._word_border(min(offset, len(self.text))))
            return self._whole(found.span()) if found else None
        return self._spans[unit].after(offset)

    def before(self, unit: Unit, offset: int) -> Span | None:
        """Return the last unit that ends at or before the offset, or None."""
        if unit is Unit.CHARACTER:
            return self._character_before(offset)
        if unit is Unit.WORD:
            return self._whole(self._word_before(min(offset, len(self.text))))
        return self._spans[unit].before(offset)

    def snapped(self, start: int, end: int) -> Span:
        """Return the span widened to cluster borders."""
        first, last = self.blocks.at(start), self.blocks.at(end)
        low = self.blocks.clusters(first)
        high = self.blocks.clusters(last)
        if low is not None and start < self.blocks.end[first]:
            start = low.floor(start)
        if high is not None and end <= self.blocks.end[last]:
            end = high.ceiling(end)
        return start, end

    def _clean(self, start: int, end: int) -> Span:
        """Return the span without white space at its ends and without torn clusters."""
        span = _trimmed(self.text, start, end)
        return span if not self.blocks.odd or span[0] == span[1] else self.snapped(*span)

    def _whole(self, span: Span | None) -> Span | None:
        """Return the span without torn clusters."""
        return span if span is None or not self.blocks.odd else self.snapped(*span)

    def _character_at(self, offset: int) -> Span | None:
        block = self.blocks.at(offset)
        start, end = self.blocks.start[block], self.blocks.end[block]
        offset = min(max(offset, start), end - 1)
        if end <= start:
            return self._character_after(end) or self._character_before(start)
        clusters = self.blocks.clusters(block)
        if clusters is None:
            return offset, offset + 1
        index = clusters.index_at(offset)
        return clusters.starts[index], clusters.starts[index + 1]

    def _character_after(self, offset: int) -> Span | None:
        block = self.blocks.at(offset)
        while block < len(self.blocks):
            start, end = self.blocks.start[block], self.blocks.end[block]
            offset = max(offset, start)
            if offset < end:
                clusters = self.blocks.clusters(block)
                if clusters is None:
                    return offset, offset + 1
                offset = clusters.ceiling(offset)
                if offset < end:
                    index = clusters.index_at(offset)
                    return offset, clusters.starts[index + 1]
            block += 1
        return None

    def _character_before(self, offset: int) -> Span | None:
        block = self.blocks.at(offset)
        while block >= 0:
            start, end = self.blocks.start[block], min(self.blocks.end[block], offset)
            if end > start:
                clusters = self.blocks.clusters(block)
                if clusters is None:
                    return end - 1, end
                end = clusters.floor(end) if end < self.blocks.end[block] else end
                if end > start:
                    index = clusters.index_at(end) - 1
                    return clusters.starts[index], end
            block -= 1
        return None

    def _word_border(self, offset: int) -> int:
        """Return the offset itself, or the end of the word that it would tear."""
        held = self._word_around(offset)
        return held[1] if held is not None and held[0] < offset else offset

    def _word_around(self, offset: int) -> Span | None:
        low = offset
        while low > 0 and offset - low < _NEAR and not self.text[low - 1].isspace():
            low -= 1
        for found in self._word.finditer(self.text, low, min(offset + _NEAR, len(self.text))):
            if found.start() > offset:
                return None
            if found.end() > offset:
                return found.span()
        return None

    def _word_at(self, offset: int) -> Span | None:
        return (
            self._word_around(offset) or self._word_before(offset) or self.after(Unit.WORD, offset)
        )

    def _word_before(self, offset: int) -> Span | None:
        reach = _NEAR
        while True:
            low = max(offset - reach, 0)
            last = None
            for found in self._word.finditer(self.text, low, offset):
                last = found.span()
            if last is not None and (last[0] > low or low == 0):
                whole = self._word_around(last[0])
                if whole is not None and whole[1] > offset:
                    return self._word_before(whole[0]) if whole[0] > 0 else None
                return last
            if low == 0:
                return last
            reach *= 4


def _word_pattern(*, plain: bool) -> re.Pattern[str]:
    """Words may hold apostrophes and hyphens; outside plain scripts they hold combining marks too."""
    if plain:
        return re.compile(rf"\w+(?:{_JOINED}\w+)*")
    import regex

    word = r"[\w\p{M}\u200c\u200d]+"
    return cast(re.Pattern[str], regex.compile(rf"{word}(?:{_JOINED}{word})*"))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends; an empty span stays empty."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if right > left else (start, start)
