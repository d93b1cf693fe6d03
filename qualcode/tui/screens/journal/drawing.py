"""A memo as a row of the journal, and in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from qualcode.core.journal import JournalEntry
from qualcode.tui.breakpoints import MEDIUM
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import fitted, wrapped_lines

_ABOUT = 34


def row_lines(entries: Sequence[JournalEntry], width: int) -> list[Line]:
    """Return the memos one a line: when, type, who, on what, its first words."""
    who = min(max((cell_len(one.memo.coder) for one in entries), default=4), 12)
    room = min(_ABOUT, max(width // 3 - 6, 12))
    about = min(max((cell_len(one.about) for one in entries), default=4), room)
    names_author = len({one.memo.coder for one in entries}) > 1
    when = "%Y-%m-%d %H:%M" if width >= MEDIUM else "%d %b %H:%M"
    return [_row(one, when, who if names_author else 0, about) for one in entries]


def memo_lines(entry: JournalEntry, width: int) -> list[Line]:
    """Return a memo in full: its head, the words it is about, the text, what it points at."""
    memo = entry.memo
    written = memo.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    head = f"{memo.kind} memo on {entry.about}"
    gone = (
        "" if entry.target.is_live or entry.target.kind == "discrepancy" else "  (no longer there)"
    )
    lines: list[Line] = [((part, "strong"),) for part in wrapped_lines(head + gone, width)]
    lines.append(((f"{memo.coder}, {written}", "dim"),))
    if entry.quote is not None:
        lines += [(("  ┃ ", "dim"), (part, "")) for part in wrapped_lines(entry.quote, width - 4)]
    lines.append(())
    lines += [((part, ""),) for part in wrapped_lines(memo.body, width)]
    if entry.linked:
        lines += [(), *(((f"→ {target.words}", "key"),) for target in entry.linked)]
    return lines


def _row(entry: JournalEntry, when: str, who: int, about: int) -> Line:
    memo = entry.memo
    written = memo.created_at.astimezone().strftime(when)
    links = f" →{len(entry.linked)}" if entry.linked else ""
    return (
        (f"{written}  ", "dim"),
        (f"{memo.kind:<14}  ", "key"),
        (f"{fitted(memo.coder, who)}  " if who else "", "dim"),
        (f"{fitted(entry.about, about)}{links}  ", "strong"),
        (" ".join(memo.body.split()), ""),
    )
