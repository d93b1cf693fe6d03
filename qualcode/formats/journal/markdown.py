"""The research journal as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualcode.core.journal import JournalEntry
from qualcode.formats.journal.parts import heading

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def journal_markdown(entries: Iterable[JournalEntry]) -> str:
    """Return the memos by day, each with its kind, author, object and quotation; memos are Markdown themselves."""
    blocks = ["# Journal"]
    day = ""
    for entry in entries:
        written = entry.memo.created_at
        if f"{written:%Y-%m-%d}" != day:
            day = f"{written:%Y-%m-%d}"
            blocks.append(f"## {day}")
        blocks.append(f"### {_plain(heading(entry))}")
        if entry.quote is not None:
            blocks.append("\n".join(f"> {_plain(line)}" for line in entry.quote.split("\n")))
        blocks.append(entry.memo.body.strip())
        if entry.links:
            blocks.append("See also: " + _plain(", ".join(entry.links)))
    return "\n\n".join(blocks) + "\n"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
