"""The lines below the transcript: pinned codes, status, hints."""

from __future__ import annotations

from rich.cells import cell_len

from qualcode.core.rounds import RoundState
from qualcode.tui.action_table import Where
from qualcode.tui.actions import hints
from qualcode.tui.sitting import PINS, Sitting
from qualcode.tui.widgets.lines import Line, Piece
from qualcode.tui.widgets.wrapping import cut

_MOST_NAME = 26
_LEAST_WORD = 4
_LEFT_OUT = len(" +9 more")


def pins_lines(sitting: Sitting, width: int, *, rows: int = 1) -> list[Line]:
    """Name the pinned codes with their digits on at most so many rows; those left out are counted at the end."""
    pinned = [(n, code) for n, code in enumerate(sitting.pins[:PINS], start=1) if code]
    if not pinned:
        return [((" the first ten codes you use are pinned to the keys 1 … 0", "dim"),)]
    lines: list[list[Piece]] = [[]]
    used = 0
    for at, (n, code) in enumerate(pinned):
        look = sitting.looks(code)
        name = cut(look.name, _MOST_NAME)
        needed = cell_len(name) + 4
        is_last_row, left = len(lines) == rows, len(pinned) - at
        if used + needed > width - (_LEFT_OUT if is_last_row and left > 1 else 0):
            if is_last_row:
                lines[-1].append((f" +{left} more", "dim"))
                break
            lines.append([])
            used = 0
        lines[-1] += [(f" {n % PINS} ", "key"), (f"{name} ", look.color or "")]
        used += needed
    return [tuple(line) for line in lines]


def status_line(sitting: Sitting, width: int, *, said: Piece, holding: bool) -> Line:
    """Say where the coder is, what happened last, and who works on what."""
    model, desk = sitting.model, sitting.desk
    selection = model.selection
    turn = model.turn_at(selection.start)
    last = sitting.reading.turns[-1].n if sitting.reading.turns else 0
    place = f"turn {turn.n} of {last} · " if turn is not None and turn.speaker else ""
    unit = selection.unit.name.lower()
    left: list[Piece] = [(f" {sitting.document} ", "strong"), (f" {place}{unit}", "dim")]
    if holding:
        left.append((" · held", "key"))
    if said[0]:
        left += [("  ", ""), said]
    right = f"{desk.project_name} · {desk.coder.name}"
    if desk.round is not None:
        state = "blind" if desk.round.hides_coders else desk.round.state.value
        if desk.round.state is RoundState.OPEN and not desk.round.blind:
            state = "not blind"
        right += f" · {desk.round.name} · {state}"
    right += " "
    used = sum(cell_len(text) for text, _ in left)
    gap = width - used - cell_len(right)
    if gap < 2:
        return tuple(left)
    return (*left, (" " * gap, ""), (right, "dim"))


def hint_line(where: Where, width: int) -> Line:
    """Show as many hints as there is room for, whole ones only."""
    pieces: list[Piece] = []
    used = 0
    for keys, word in hints(where, Where.EVERYWHERE, Where.CODING):
        needed = cell_len(keys) + cell_len(word) + 3
        if used + needed > width:
            break
        pieces += [(f" {keys} ", "key"), (f"{word} ", "")]
        used += needed
    return tuple(pieces)


def question_line(line: Line, width: int) -> Line:
    """Return a question with all its keys: without what it is about, then with shorter words, where it is too long."""
    pieces = list(line)
    most = max((cell_len(text) for text, _ in pieces), default=0)
    if _cells(pieces) > width:
        pieces[0] = (f" {pieces[0][0].rpartition(' — ')[2].strip()} ", pieces[0][1])
    while _cells(pieces) > width and most > _LEAST_WORD:
        most -= 1
        pieces = [
            (f"{cut(text.rstrip(), most)} ", role) if not role else (text, role)
            for text, role in pieces
        ]
    return tuple(pieces)


def _cells(pieces: list[Piece]) -> int:
    return sum(cell_len(text) for text, _ in pieces)


def quick_key_line(sitting: Sitting, width: int) -> Line:
    """Show the quick keys after the prefix was typed."""
    pieces: list[Piece] = [(" ; ", "key")]
    used = 3
    for code, key in sorted(sitting.looks.keys.items(), key=lambda pair: pair[1].swapcase()):
        look = sitting.looks(code)
        name = look.name if len(look.name) <= 14 else look.name[:13] + "…"
        needed = cell_len(name) + 3
        if used + needed > width:
            break
        pieces += [(f"{key} ", "key"), (f"{name} ", look.color or "")]
        used += needed
    return tuple(pieces)
