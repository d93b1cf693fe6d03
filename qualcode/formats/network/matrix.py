"""A network as a matrix of roles in text: who with whom, readable in any terminal and to a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.actors import Actor
from qualcode.core.network.notation import MEANINGS, NOT_SAID, SIGNS, notation
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def matrix_rows(network: Network, *, width: int = 80) -> list[str]:
    """Return the matrix as lines of at most `width` columns, with a legend; letters head the columns.

    Actors nobody speaks of are named below, not shown. Where the columns do not fit, they continue in a
    second block below the first.
    """
    tied = {end for tie in network.ties for end in tie.pair}
    shown = [actor for actor in network.actors if actor.key in tied]
    silent = [actor.name for actor in network.actors if actor.key not in tied]
    if not shown:
        return [f"{network.title}: no tie has been told."]
    cells = _cells(network)
    cell = max(3, *(len(text) for text in cells.values())) + 1
    name = min(max(len(actor.name) for actor in shown), max(10, width - 3 - cell * len(shown)))
    name = min(name, 28)
    per_block = max(1, (width - name - 3) // cell)
    lines = [*_wrapped(network.title + ": " + network.universe_sentence, width), ""]
    for first in range(0, len(shown), per_block):
        columns = range(first, min(first + per_block, len(shown)))
        lines.append(" " * (name + 3) + "".join(f"{_letter(c):<{cell}}" for c in columns).rstrip())
        for r, actor in enumerate(shown):
            row = "".join(f"{_cell(cells, shown, r, c):<{cell}}" for c in columns)
            lines.append(f"{_letter(r):>2} {_fitted(actor.name, name)}{row}".rstrip())
        lines.append("")
    return [*lines, *_legend(network, silent, width)]


def _cells(network: Network) -> dict[tuple[str, str], str]:
    """Return the text of each cell, row first; an undirected tie fills both."""
    found: dict[tuple[str, str], list[Tie]] = {}
    for tie in network.ties:
        found.setdefault((tie.source, tie.target), []).append(tie)
        if not tie.directed:
            found.setdefault((tie.target, tie.source), []).append(tie)
    return {ends: notation(ties[0]) + "…" * (len(ties) > 1) for ends, ties in found.items()}


def _cell(cells: dict[tuple[str, str], str], shown: Sequence[Actor], row: int, column: int) -> str:
    if row == column:
        return "\\"
    return cells.get((shown[row].key, shown[column].key), ".")


def _legend(network: Network, silent: Sequence[str], width: int) -> list[str]:
    used = [s for s in Standing if any(tie.standing is s for tie in network.ties)]
    signs = ", ".join(f"{SIGNS[s]} {MEANINGS[s]}" for s in used)
    parts = [
        f"{signs}, . never mentioned",
        "F formal, I informal, B both; the number: participants who tell of it",
    ]
    if any(tie.contradictory for tie in network.ties):
        parts.append("* sources contradict each other")
    thin = network.single_source
    parts.append(f"{len(network.ties)} ties, {thin} told by one participant only")
    parts.append(f"Rule: {network.rule_sentence}")
    if silent:
        parts.append("Nobody speaks of: " + ", ".join(silent))
    return [line for part in parts for line in _wrapped(part, width)]


def _letter(n: int) -> str:
    first, second = divmod(n, len(_LETTERS))
    return (_letter(first - 1) if first else "") + _LETTERS[second]


def _fitted(text: str, width: int) -> str:
    clean = "".join(character if character.isprintable() else NOT_SAID for character in text)
    cut = clean if len(clean) <= width else clean[: width - 1] + "…"
    return f"{cut:<{width}} "


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("  " + word)
        else:
            lines[-1] += (" " if lines[-1] else "") + word
    return lines
