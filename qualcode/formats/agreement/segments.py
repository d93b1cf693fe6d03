"""Segments that are given from outside, as units of agreement: a CSV with document, start and end."""

from __future__ import annotations

import csv
import io

from qualcode.errors import MistakeInFile
from qualcode.formats.decoding import decode_text

COLUMNS = ("document", "start", "end")


def read_segments(name: str, content: bytes) -> dict[str, list[tuple[int, int]]]:
    """Return document → its segments `[start, end)` in code points, in the order of the file.

    MistakeInFile for a missing column, a place that is no number or an empty segment."""
    text = decode_text(name, content).text
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise MistakeInFile(
            name, 1, f"no column {missing[0]!r}", hint="the columns are document, start, end"
        )
    found: dict[str, list[tuple[int, int]]] = {}
    for row in reader:
        try:
            start, end = int(row["start"]), int(row["end"])
        except (TypeError, ValueError):
            raise MistakeInFile(
                name, reader.line_num, "start and end must be whole numbers",
                hint="places count characters from 0; the end is not included",
            ) from None  # fmt: skip
        if not 0 <= start < end:
            raise MistakeInFile(
                name, reader.line_num, f"the segment {start}–{end} is empty",
                hint="start counts from 0 and lies before end",
            )  # fmt: skip
        found.setdefault((row["document"] or "").strip(), []).append((start, end))
    if not found:
        raise MistakeInFile(name, None, "holds no segment", hint="one line per segment")
    return found
