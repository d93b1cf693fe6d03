"""What differs between two networks as one SVG picture: only here, only there, changed, the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.core.network.differences import Change, Silence, TieDifference, differences
from qualcode.core.network.layout import Layout, shared_layout
from qualcode.core.network.notation import (
    KEY_TO_LETTERS,
    MEANINGS,
    NOT_SAID,
    SIGNS,
    described,
    notation,
)
from qualcode.core.network.ties import Standing, Tie
from qualcode.core.network.views import Network
from qualcode.formats.network import svg
from qualcode.formats.network.drawing import (
    Frame,
    actor_marks,
    bent,
    framed,
    heading,
    plate,
    plate_spots,
)
from qualcode.formats.network.marks import Stroke

_STROKES: dict[Change, Stroke] = {
    Change.ONLY_FIRST: Stroke("#0072B2"),
    Change.ONLY_SECOND: Stroke("#C2410C", "9 5"),
    Change.QUALITY: Stroke("#8B3A74"),
    Change.FORMALITY: Stroke("#8B3A74", thin=True),
    Change.SAME: Stroke("#9a9a9a", thin=True),
    Change.NEITHER: Stroke("#9a9a9a", "1.5 6", thin=True),
    Change.NO_SUCH_ACTOR: Stroke("#9a9a9a", "4 4", thin=True),
}
_DOUBLE = frozenset({Change.QUALITY, Change.FORMALITY})
_NOT_MENTIONED = "–"
_EXPLAINED = (
    Standing.POSITIVE,
    Standing.NEUTRAL,
    Standing.MIXED,
    Standing.STRAINED,
    Standing.ABSENT,
)


def difference_svg(first: Network, second: Network, *, layout: Layout | None = None) -> str:
    """Return the tie-by-tie difference of two networks as an SVG file; each plate shows both, `first | second`."""
    rows = differences(first, second)
    frame = framed(layout or shared_layout([first, second]))
    names = (first.title, second.title)
    ordered = sorted(rows, key=lambda row: list(Change).index(row.change), reverse=True)
    legend, height = _legend(rows, names, frame)
    body = [
        *heading(f"{names[0]} and {names[1]}: what differs", _subtitle(first, rows), frame),
        *(_line(row, frame, names) for row in ordered),
        *actor_marks([first, second], frame),
        *_plates(ordered, frame, names),
        *legend,
    ]
    label = f"Difference between {names[0]} and {names[1]}"
    return svg.document(frame.width, height, body, label=label)


def change_words(change: Change, names: tuple[str, str]) -> str:
    """Return what a kind of difference means, with the names of the two networks."""
    return {
        Change.ONLY_FIRST: f"only in {names[0]}",
        Change.ONLY_SECOND: f"only in {names[1]}",
        Change.QUALITY: "in both, of different quality",
        Change.FORMALITY: "in both, differently formal",
        Change.SAME: "alike in both",
        Change.NEITHER: "spoken of, but in neither",
        Change.NO_SUCH_ACTOR: "an actor that one of them does not have",
    }[change]


def _line(row: TieDifference, frame: Frame, names: tuple[str, str]) -> str:
    tie = _either(row)
    stroke = _STROKES[row.change]
    start, control, end = bent(frame, tie)
    width = 1.5 if stroke.thin else 3.5
    common: dict[str, svg.Attribute] = {"d": svg.curve(start, control, end), "fill": "none"}
    outer = {**common, "stroke": stroke.color, "stroke-width": width + 3 * (row.change in _DOUBLE)}
    parts = [svg.element("path", {**outer, "stroke-dasharray": stroke.dashes})]
    if row.change in _DOUBLE:
        parts.append(svg.element("path", {**common, "stroke": "#ffffff", "stroke-width": width}))
    return svg.element("g", {"class": "tie"}, [svg.title(_told(row, frame, names)), *parts])


def _plates(rows: Sequence[TieDifference], frame: Frame, names: tuple[str, str]) -> list[str]:
    texts = [
        f"{_short(row.first, row.first_silence)} | {_short(row.second, row.second_silence)}"
        for row in rows
    ]
    ties = [_either(row) for row in rows]
    spots = plate_spots(list(zip(ties, texts, strict=True)), frame)
    return [
        plate(at, text, color=_STROKES[row.change].color, tip=_told(row, frame, names))
        for at, text, row in zip(spots, texts, rows, strict=True)
    ]


def _told(row: TieDifference, frame: Frame, names: tuple[str, str]) -> str:
    said = [change_words(row.change, names)]
    for name, tie, silence in (
        (names[0], row.first, row.first_silence),
        (names[1], row.second, row.second_silence),
    ):
        if tie is not None:
            said.append(f"{name}: {described(tie, frame.layout.names)}")
        elif silence is Silence.NO_SUCH_ACTOR:
            said.append(f"{name}: does not have one of these actors")
        else:
            said.append(f"{name}: never mentioned")
    return "\n".join(said)


def _short(tie: Tie | None, silence: Silence | None) -> str:
    if tie is not None:
        return notation(tie).replace(NOT_SAID, "")
    return "×" if silence is Silence.NO_SUCH_ACTOR else _NOT_MENTIONED


def _either(row: TieDifference) -> Tie:
    tie = row.first if row.first is not None else row.second
    if tie is None:
        raise ValueError("a difference has a tie on one side at least")
    return tie


def _legend(
    rows: Iterable[TieDifference], names: tuple[str, str], frame: Frame
) -> tuple[list[str], float]:
    shown = [change for change in Change if any(row.change is change for row in rows)]
    top = frame.floor
    found = [
        svg.element(
            "line",
            {"x1": 24, "x2": frame.width - 24, "y1": top, "y2": top, "stroke": "#bdbdbd"},
        )
    ]
    half = (frame.width - 48) / 2
    for n, change in enumerate(shown):
        x, y = 24 + (n % 2) * half, top + 22 + (n // 2) * 22
        stroke = _STROKES[change]
        width = 1.5 if stroke.thin else 3.5
        line = {"x1": x, "x2": x + 40, "y1": y, "y2": y}
        double = change in _DOUBLE
        style: dict[str, svg.Attribute] = {
            "stroke": stroke.color,
            "stroke-width": width + 3 * double,
        }
        found.append(svg.element("line", {**line, **style, "stroke-dasharray": stroke.dashes}))
        if double:
            found.append(svg.element("line", {**line, "stroke": "#ffffff", "stroke-width": width}))
        found.append(svg.words((x + 48, y + 4), change_words(change, names), {"font-size": 11.5}))
    y = top + 22 + -(-len(shown) // 2) * 22
    signs = ", ".join(f"{SIGNS[standing]} {MEANINGS[standing]}" for standing in _EXPLAINED)
    signs += f", {_NOT_MENTIONED} never mentioned, × no such actor"
    for text in (f"plate: {names[0]} | {names[1]}", signs, KEY_TO_LETTERS):
        found.append(svg.words((24, y + 4), text, {"font-size": 11.5}))
        y += 20
    return found, y + 4


def _subtitle(first: Network, rows: Sequence[TieDifference]) -> list[str]:
    counts = {change: sum(row.change is change for row in rows) for change in Change}
    words = [f"{n} {change.value.replace('_', ' ')}" for change, n in counts.items() if n]
    return ["; ".join(words), f"Rule: {first.rule_sentence}"]
