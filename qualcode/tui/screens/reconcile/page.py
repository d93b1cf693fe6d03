"""The page of the reconciliation screen, laid out for its size: passage, who said what, rules, remarks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

from qualcode.core.codebook import Code
from qualcode.core.coding import shortened
from qualcode.core.reconcile import conflicting_facets
from qualcode.services.reconcile import DiscrepancyView
from qualcode.tui.screens.reconcile.passage import Passage, Span
from qualcode.tui.screens.reconcile.session import LETTERS, Session
from qualcode.tui.widgets.lines import Line, Piece

WIDE = 124
_MOST_RULES = 3


def page(
    session: Session, passage: Passage, size: tuple[int, int], top: int, *, span: Span | None
) -> list[Line]:
    """Return the lines of the page. Wide: passage left, the rest beside it; else one below the other."""
    width, height = size
    if width >= WIDE:
        left = passage_width(width)
        beside = [
            *claims(session, width - left - 3, is_roomy=True),
            (),
            *side(session, width - left - 3),
        ]
        text = [passage.head(), *passage.lines(session.looks, top, height - 1, span=span)]
        return [
            (*_padded(line, left), (" │ ", "dim"), *other)
            for line, other in zip(_filled(text, height), _filled(beside, height), strict=True)
        ]
    said = claims(session, width)
    below = side(session, width)
    room = passage_height(session, size)
    text = [passage.head(), *passage.lines(session.looks, top, room, span=span)]
    return [*_filled(text, room + 1), *said, *below][:height]


def passage_width(width: int) -> int:
    return (width * 3) // 5 if width >= WIDE else width


def passage_height(session: Session, size: tuple[int, int]) -> int:
    """Return how many rows of text are shown."""
    width, height = size
    if width >= WIDE:
        return height - 1
    said = len(claims(session, width))
    below = min(len(side(session, width)), max(height // 3, 3))
    return max(height - said - below - 1, 3)


def title(session: Session, width: int) -> Line:
    """Say which discrepancy this is, and how far the round is."""
    item = session.current
    count, done = len(session.items), session.decided
    if item is None:
        return ((" nothing to reconcile", "strong"),)
    kind = item.discrepancy.kind.value.replace("_", " ")
    left: list[Piece] = [
        (f" {item.document} ", "strong"),
        (f" {session.at + 1} of {count}{'' if session.is_whole else ' …'}  ", "dim"),
        (kind, "key"),
    ]
    if item.decision is not None:
        left.append((f"  {item.decision.outcome.words}", "good" if item.is_decided else "warn"))
    right = f"{done} decided, {count - done} open · {session.desk.round.name} "
    used = sum(cell_len(text) for text, _ in left)
    gap = width - used - cell_len(right)
    return tuple(left) if gap < 2 else (*left, (" " * gap, ""), (right, "dim"))


def claims(session: Session, width: int, *, is_roomy: bool = False) -> list[Line]:
    """Return what each coder has here, a line for each coding (two where there is room and need), and the decision
    where there is one."""
    view = session.view
    if view is None:
        return []
    found = view.item.discrepancy
    lines: list[Line] = []
    name = max(len(coder) for coder in found.coders)
    differing = conflicting_facets(found.claims)
    for number, coder in enumerate(found.coders):
        lead = f" {LETTERS[number : number + 1] or '·'} "
        said = found.claims_of(coder)
        if not said:
            lines.append(((lead, "key"), (f"{coder:<{name}}  ", ""), ("nothing here", "dim")))
        for claim in said:
            answers = sorted(claim.facets.items(), key=lambda one: one[0] not in differing)
            facets = " ".join(f"{key}={value}" for key, value in answers)
            look = session.looks(claim.code)
            place = f"  {claim.start}–{claim.end}"
            used = cell_len(f"{lead}{coder:<{name}}  {look.name}{place}  {facets}")
            line = ((lead, "key"), (f"{coder:<{name}}  ", ""), (look.name, look.color or ""))
            if used <= width or not is_roomy:
                lines.append((*line, (f"{place}  {facets}", "dim")))
            else:
                lines.append(line)
                lines += [
                    ((f"     {one}", "dim"),)
                    for one in textwrap.wrap(f"{place.strip()}  {facets}", max(width - 6, 10))
                ]
            lead = "   "
    lines += _decision(session, view, width)
    return lines


def _decision(session: Session, view: DiscrepancyView, width: int) -> list[Line]:
    made = view.item.decision
    lines: list[Line] = []
    if made is not None:
        results = "; ".join(
            f"{session.looks(one.code).name} {one.start}–{one.end}" for one in made.results
        )
        who = ", ".join(made.took_part) or made.decided_by
        told = f" → {made.outcome.words}: {results or 'nothing'} ({who})"
        lines.append(((told, "good"),))
        if made.rationale:
            lines += [((f"   {one}", "dim"),) for one in textwrap.wrap(made.rationale, width - 4)]
    for told in (f"why: {session.why}" if session.why else "", session.rule_line()):
        if told:
            lines.append(((f" ▸ {told}", "key"),))
    return lines


def side(session: Session, width: int) -> list[Line]:
    """Return the cases of a batch being decided, else the rules of the codes at issue and the remarks."""
    if session.alike:
        return _batch(session, width)
    view = session.view
    if view is None:
        return []
    lines = _rules(session, view.rules[:_MOST_RULES], width)
    for memo in view.thread[-3:]:
        lines += _wrap(f"{memo.coder}: {memo.body}", width, "")
    return lines


def _batch(session: Session, width: int) -> list[Line]:
    lines: list[Line] = [
        (
            (
                f" {len(session.alike)} of one case — the next decision is about all of them",
                "strong",
            ),
        )
    ]
    for item in session.alike:
        quote = shortened(item.quote, max(width - len(item.document) - 6, 10))
        lines.append(((f"  {item.document}  ", "dim"), (quote, "")))
    return lines


def _rules(session: Session, codes: Iterable[Code], width: int) -> list[Line]:
    """Return the rules of the codes side by side; one below the other where there is no room beside."""
    given = list(codes)
    if not given:
        return []
    column = (width - 1) // len(given)
    blocks = [_rule(session, code, column - 2) for code in given]
    height = max(len(block) for block in blocks)
    return [
        tuple(
            piece
            for block in blocks
            for piece in _padded(block[row] if row < len(block) else (), column)
        )
        for row in range(height)
    ]


def _rule(session: Session, code: Code, width: int) -> list[Line]:
    look = session.looks(code.key)
    lines: list[Line] = [
        ((" ", ""), (code.name, look.color or "strong"), (f"  {code.key}", "dim"))
    ]
    lines += _wrap(code.definition or "no definition", width, "" if code.definition else "dim")
    for label, parts in (("use", code.include), ("not", code.exclude), ("e.g.", code.example)):
        if parts:
            lines += _wrap(f"{label}: {'; '.join(parts)}", width, "dim")
    return lines


def _wrap(text: str, width: int, role: str) -> list[Line]:
    return [((f" {one}", role),) for one in textwrap.wrap(" ".join(text.split()), max(width, 10))]


def _padded(line: Line, width: int) -> Line:
    """Return the line cut or filled to just this width."""
    pieces: list[Piece] = []
    used = 0
    for text, role in line:
        room = width - used
        if room <= 0:
            break
        if cell_len(text) > room:
            text = set_cell_size(text, room - 1) + "…" if room > 1 else set_cell_size(text, room)
        pieces.append((text, role))
        used += cell_len(text)
    if used < width:
        pieces.append((" " * (width - used), ""))
    return tuple(pieces)


def _filled(lines: list[Line], height: int) -> list[Line]:
    return [*lines[:height], *([()] * (height - len(lines)))]
