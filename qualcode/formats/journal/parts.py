"""What every form of the journal says of a memo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from qualcode.core.journal import JournalEntry


def heading(entry: JournalEntry) -> str:
    """Return time, kind, author and object of a memo on one line."""
    memo = entry.memo
    return f"{memo.created_at:%H:%M} · {memo.kind} · {memo.coder} · on {entry.about}"


def by_day(entries: Iterable[JournalEntry]) -> Iterator[tuple[str, list[JournalEntry]]]:
    """Yield each day with its memos, in the order given."""
    for day, found in groupby(entries, key=lambda entry: f"{entry.memo.created_at:%Y-%m-%d}"):
        yield day, list(found)
