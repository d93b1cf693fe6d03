"""What the review of ties shows: the quotation with its marks, the tie on one line, what is still asked."""

from __future__ import annotations

import textwrap

from rich.cells import cell_len

from qualcode.core.network.statements import TieStatement
from qualcode.core.network.wording import tie_words
from qualcode.services.network import TieRow
from qualcode.tui.screens.network.session import TieSession, preview
from qualcode.tui.widgets.lines import Line, Piece


def title_line(session: TieSession) -> Line:
    """Say where the analyst is and how far the review has come."""
    total = len(session.shown)
    place = f"{session.at + 1} of {total}" if total else "none"
    counts = " · ".join(f"{count} {status.value}" for status, count in session.counts.items())
    reading = "second reading of " + session.project.actor.name if session.second else "ties"
    return (
        (f" {reading[0].upper()}{reading[1:]} ", "strong"),
        (f"{place} ({session.wanted})", "key"),
        (f"   {counts}", "dim"),
    )


def evidence_lines(session: TieSession, width: int) -> list[Line]:
    """Return the head of the passage and the quotation, mentions in bold, the selected words reversed."""
    row = session.current
    if row is None:
        return [
            (),
            ((" No tie fits.", "warn"),),
            (
                (
                    " / shows others (all, confirmed, rejected …); R proposes from the consensus.",
                    "dim",
                ),
            ),
        ]
    one = row.statement
    said_by = one.told_by + (
        f", {session.names.get(one.speaker_role, '')}" if one.speaker_role else ""
    )
    head: Line = ((f" {one.document}", "strong"), (f"  {said_by}  ·  {one.code}", "dim"))
    lines: list[Line] = [head, ()]
    lines += _wrapped(row.quote, _roles(session, row), max(width - 4, 20))
    return lines


def tie_lines(session: TieSession, width: int) -> list[Line]:
    """Return the tie (on two lines where one is too short), its status with what is asked, and the first hint."""
    row = session.current
    if row is None:
        return []
    one = row.statement
    told = tie_words(one, session.names, voices=session.voices(row))
    said = textwrap.wrap(told, max(width - 2, 20)) or [""]
    status: list[Piece] = [
        (f" {one.status.value}", "good" if one.status.value == "confirmed" else "key")
    ]
    if not row.is_supported:
        status.append(("  unsupported: its coding was removed", "warn"))
    if row.open_questions:
        status.append((f"  asked: {', '.join(row.open_questions)}", "warn"))
    if one.note:
        status.append((f"  {one.note}", "dim"))
    lines = _filled(status, width)
    return [
        *(((f" {line}", "strong"),) for line in said),
        *lines,
        *([((f" {_hint(one)}", "dim"),)] if _hint(one) else []),
    ]


def _filled(status: list[Piece], width: int) -> list[Line]:
    """Return the status on one line, its last piece broken over several where it is longer."""
    used = sum(cell_len(text) for text, _ in status[:-1])
    last, role = status[-1]
    if used + cell_len(last) <= width:
        return [tuple(status)]
    first, *rest = textwrap.wrap(last.strip(), max(width - used - 3, 20))
    more = textwrap.wrap(" ".join(rest), max(width - 2, 20))
    return [(*status[:-1], (f"  {first}", role)), *(((f" {row}", role),) for row in more)]


def reason_lines(session: TieSession) -> list[Line]:
    """Return why the tie was proposed: the rule, the words, the hints, the pipeline."""
    row = session.current
    if row is None:
        return []
    trace = row.statement.trace
    words = [f"{m.alias} → {m.actor or 'nobody'}" for m in trace.mentions]
    lines = [
        f"rule: {trace.rule or 'made by hand'}   code: {trace.code}",
        f"words: {'; '.join(words) or 'none of the two is named'}",
        f"answered: {', '.join(trace.settled) or 'nothing'}",
        f"read by: {trace.pipeline or '—'}",
        *(f"· {hint}" for hint in trace.hints),
    ]
    return [((line, ""),) for line in lines]


def batch_lines(session: TieSession, rows: tuple[TieRow, ...]) -> list[Line]:
    """Return the preview of a batch: every tie that would be confirmed with its words."""
    lines: list[Line] = [((f" {len(rows)} ties with the same code, pair and words:", "strong"),)]
    for row in rows:
        one = row.statement
        quality = ", ".join(
            part.value for part in (one.presence, one.valence, one.formality) if part is not None
        )
        lines.append(
            (
                (f" {one.told_by} ", "key"),
                (f"site {one.site}, {quality}: ", "dim"),
                (preview(row), ""),
            )
        )
    return lines


def _hint(one: TieStatement) -> str:
    return one.trace.hints[0] if one.trace.hints else ""


def _roles(session: TieSession, row: TieRow) -> list[str]:
    """Return the role of every character of the quotation."""
    roles = [""] * len(row.quote)
    for mention in row.statement.trace.mentions:
        for at in range(mention.start, mention.end):
            if 0 <= at - row.statement.start < len(roles):
                roles[at - row.statement.start] = "key"
    span = session.selected_span
    if span is not None:
        roles[span[0] : span[1]] = ["chosen"] * (span[1] - span[0])
    return roles


def _wrapped(text: str, roles: list[str], width: int) -> list[Line]:
    """Return the text broken between words at the width, each line as runs of one role."""
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        while start < end:
            stop = _break(text, start, end, width)
            lines.append((("  ", ""), *_runs(text, roles, start, stop), (" ", "")))
            start = stop
            while start < end and text[start] == " ":
                start += 1
        start = end + 1
    return lines


def _break(text: str, start: int, end: int, width: int) -> int:
    used, last = 0, 0
    for at in range(start, end):
        used += cell_len(text[at])
        if text[at] == " ":
            last = at
        if used > width:
            return last if last > start else max(at, start + 1)
    return end


def _runs(text: str, roles: list[str], start: int, stop: int) -> list[Piece]:
    pieces: list[Piece] = []
    for at in range(start, stop):
        if pieces and pieces[-1][1] == roles[at]:
            pieces[-1] = (pieces[-1][0] + text[at], roles[at])
        else:
            pieces.append((text[at], roles[at]))
    return pieces
