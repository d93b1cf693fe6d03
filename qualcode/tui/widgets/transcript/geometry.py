"""How the columns of the pane share its width: speaker, stripes, text, code names."""

from __future__ import annotations

from dataclasses import dataclass

NARROW = 80
TEXT_BEST, TEXT_MOST = 72, 92
MARGIN_LEAST, MARGIN_MOST = 14, 30


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells; what is 0 is not drawn. One cell stands between the columns."""

    speaker: int
    lanes: int
    text: int
    margin: int

    @property
    def text_left(self) -> int:
        """The cell where the text begins."""
        return (self.speaker + 1 if self.speaker else 0) + self.lanes + 1


def columns_for(width: int, label: int) -> Columns:
    """Share `width` cells, given the longest speaker label of the document."""
    if width < 34:
        lanes = 2 if width > 12 else 0
        return Columns(0, lanes, max(width - lanes - 1, 1), 0)
    narrow = width < NARROW
    lanes = 4 if narrow else 6
    speaker = min(max(label, 3), 11 if narrow else 14) if label else 0
    left = width - lanes - 1 - (speaker + 1 if speaker else 0)
    if left < TEXT_BEST + MARGIN_LEAST + 1:
        return Columns(speaker, lanes, min(left, TEXT_MOST), 0)
    margin = min(max(left - TEXT_BEST - 1, MARGIN_LEAST), MARGIN_MOST)
    return Columns(speaker, lanes, min(left - margin - 1, TEXT_MOST), margin)


def runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return (first, count) for every run of neighbouring rows."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][0] + found[-1][1] == row:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((row, 1))
    return found
