"""What of a text is drawn: grapheme clusters with their shown form and width, and the map back to offsets.

Terminals disagree about the width of some clusters (variation selectors, skin tones, joined emoji) and execute
control characters. The display form leaves out or replaces those, so that every row has one width everywhere;
offsets always remain those of the text. Most text needs none of this and is drawn as it stands.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len

TAB_STOP = 4
REPLACEMENT = "\ufffd"

# Characters that are one cell wide everywhere and a cluster of their own: Latin, Greek, Cyrillic, punctuation.
_PLAIN = "\x20-\x7e\xa0-\xac\xae-\u02ff\u0386-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2122"
NOT_PLAIN = re.compile(f"[^{_PLAIN}\n]")

_TONES = frozenset(chr(point) for point in range(0x1F3FB, 0x1F400))
_DROPPED = frozenset("\ufe0e\ufe0f\u20e3\u200b\u2060\ufeff\xad") | _TONES
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
_JOINER = "\u200d"
_FIRST_PICTOGRAPH = 0x2190


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of one stretch of text.

    `starts` has one offset more than there are clusters (the end); `cells` likewise counts the cells before each.
    """

    starts: array[int]
    cells: array[int]
    shown: tuple[str, ...]

    def index_at(self, offset: int) -> int:
        """Return the cluster that holds this offset, clamped to the ends (its count at the end itself)."""
        return min(max(bisect_right(self.starts, offset) - 1, 0), len(self.shown))

    def index_of_cell(self, cell: int) -> int:
        """Return the cluster drawn at this cell, counted from the start of the stretch."""
        return min(max(bisect_right(self.cells, cell) - 1, 0), max(len(self.shown) - 1, 0))

    def floor(self, offset: int) -> int:
        """Return the start of the cluster that holds this offset."""
        return self.starts[self.index_at(offset)]

    def ceiling(self, offset: int) -> int:
        """Return the offset itself at a border, otherwise the end of the cluster that holds it."""
        return self.starts[min(bisect_left(self.starts, offset), len(self.shown))]


def clusters_of(text: str, start: int, end: int) -> Clusters:
    """Return the clusters of `text[start:end]` (code points; no line feed inside).

    Clusters follow UAX 29 as the `regex` package implements it; one that would not be drawn at all is joined to
    the cluster before it, so that every cluster has at least one cell.
    """
    import regex

    starts = array("i", [start])
    cells = array("i", [0])
    shown: list[str] = []
    total = 0
    for found in regex.finditer(r"\X", text[start:end]):
        form, width = _form(found.group(), total)
        if width == 0 and shown:
            starts[-1] = start + found.end()
            continue
        if width == 0:
            form, width = REPLACEMENT, 1
        total += width
        shown.append(form)
        starts.append(start + found.end())
        cells.append(total)
    return Clusters(starts, cells, tuple(shown))


def _form(cluster: str, column: int) -> tuple[str, int]:
    if cluster == "\t":
        width = TAB_STOP - column % TAB_STOP
        return " " * width, width
    return _measured(cluster)


@lru_cache(maxsize=8192)
def _measured(cluster: str) -> tuple[str, int]:
    form = cluster
    if len(form) > 1 and _JOINER in form and ord(form[0]) >= _FIRST_PICTOGRAPH:
        form = form.split(_JOINER, 1)[0]
    form = "".join(_visible(letter) for letter in form if letter not in _DROPPED)
    if cluster == _JOINER:
        form = ""
    return form, cell_len(form)


def _visible(letter: str) -> str:
    point = ord(letter)
    if point < 0x20 or 0x7F <= point < 0xA0 or point in (0x2028, 0x2029) or letter in _TURNING:
        return REPLACEMENT
    return letter
