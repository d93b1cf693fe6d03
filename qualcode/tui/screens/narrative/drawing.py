"""How the blocks of a narrative look at a width: lines with roles, nothing told by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.core.narrative import NarrativeView, PassageView, ProseKind, ProseView
from qualcode.core.narrative.wording import about, coverage_sentences, spoken
from qualcode.tui.screens.narrative.blocks import Block, Kind
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import wrapped_lines

_GUTTER = 7
_WIDEST = 92
_QUOTE = 96


def block_lines(block: Block, view: NarrativeView, width: int, *, is_marked: bool) -> list[Line]:
    """Return the lines of a block, an empty one behind it."""
    room = min(width, _WIDEST)
    if block.passage is not None:
        lines = _passage(block, view, room, is_marked=is_marked)
    elif block.prose is not None:
        lines = _prose(block, block.prose, room)
    elif block.kind is Kind.TITLE:
        lines = _title(view, room)
    elif block.kind is Kind.COVERAGE:
        lines = [((block.words, "strong"),), *_plain(coverage_sentences(view), room)]
    else:
        lines = _heading(block, view)
    return [*lines, ()]


def detail_lines(block: Block, view: NarrativeView, width: int) -> list[Line]:
    """Return what stands beside the page: where the chosen block comes from, then who speaks."""
    if block.passage is not None:
        lines = _about_passage(block.passage, view, width)
    elif block.prose is not None:
        lines = _about_prose(block.prose, view, width)
    else:
        lines = []
    return [
        *lines,
        *([()] if lines else []),
        (("Who speaks", "strong"),),
        *_plain(coverage_sentences(view), width),
    ]


def evidence_row(passage: PassageView, width: int) -> Line:
    """Return a passage on one line of a list."""
    quote = " ".join(passage.text.split())
    return (
        (f"{passage.number:>4}  ", "key"),
        (f"{passage.speaker}, {spoken(passage.role)}  ", "strong"),
        (f"{passage.source}  ", "dim"),
        (f"“{_cut(quote, max(width, 20))}”", ""),
        (f"  stale: {passage.stale}" if passage.stale else "", "warn"),
    )


def named_by(view: NarrativeView, number: int) -> list[ProseView]:
    """Return the pieces of prose that name a passage as their evidence."""
    return [one.piece for one in view.placed_prose() if number in one.piece.evidence]


def _title(view: NarrativeView, room: int) -> list[Line]:
    lines: list[Line] = [((view.title, "strong"),)]
    lines += [((line, "dim"),) for line in wrapped_lines(about(view), room)]
    for note in view.notes:
        lines += [((line, "warn"),) for line in wrapped_lines(note, room)]
    return lines


def _heading(block: Block, view: NarrativeView) -> list[Line]:
    sign = "#" * max(block.depth, 1)
    lines: list[Line] = [((f"{sign} ", "dim"), (block.words, "strong"))]
    if block.kind is Kind.AGAINST and not view.counter:
        lines.append((("  nothing yet: mark passages with Space, then C", "dim"),))
    return lines


def _passage(block: Block, view: NarrativeView, room: int, *, is_marked: bool) -> list[Line]:
    passage = block.passage
    if passage is None:
        return []
    lines: list[Line] = []
    if block.role:
        lines += [((f"— {spoken(block.role)} —", "dim"),), ()]
    text = wrapped_lines(f"“{passage.text}”", room - _GUTTER)
    for n, line in enumerate(text):
        number = f"{passage.number:>4} {'●' if is_marked else ' '} " if n == 0 else " " * _GUTTER
        lines.append(((number, "key"), (line, "")))
    source = f"{passage.speaker}, {spoken(passage.role)} · {passage.source}"
    if passage.also:
        source += f" · also under {', '.join(_names(view, passage.also))}"
    lines += [_indented(line, "dim") for line in wrapped_lines(source, room - _GUTTER)]
    return [*lines, *_stale(block, _GUTTER, room)]


def _prose(block: Block, prose: ProseView, room: int) -> list[Line]:
    is_claim = prose.kind is ProseKind.CLAIM
    lines: list[Line] = [
        ((f"{'¶' if n == 0 else ' '} ", "key"), (line, "strong" if is_claim else ""))
        for n, line in enumerate(wrapped_lines(prose.text, room - 2))
    ]
    numbers = ", ".join(str(number) for number in prose.evidence)
    if is_claim:
        told = (
            f"claim · evidence {numbers}"
            if numbers
            else "claim · no evidence yet: mark passages, then a"
        )
    elif prose.kind is ProseKind.COUNTER:
        told = f"speaks against · shown by {numbers}" if numbers else "speaks against"
    else:
        told = "prose"
    lines.append(((f"  {told} · {prose.author}", "dim"),))
    return [*lines, *_stale(block, 2, room)]


def _stale(block: Block, indent: int, room: int) -> list[Line]:
    if block.stale is None:
        return []
    rows = wrapped_lines(f"stale: {block.stale}", room - indent)
    return [((" " * indent, ""), (row, "warn")) for row in rows]


def _about_passage(passage: PassageView, view: NarrativeView, width: int) -> list[Line]:
    facts = [
        ("participant", passage.speaker),
        ("role", spoken(passage.role)),
        ("said in", passage.source),
        ("characters", f"{passage.start}–{passage.end}"),
        ("subtheme", ", ".join(_names(view, (passage.code,)))),
        ("also under", ", ".join(_names(view, passage.also))),
        *((name, value) for name, value in passage.facets.items()),
    ]
    lines: list[Line] = [((f"Passage {passage.number}", "strong"),)]
    for name, value in facts:
        if value:
            rows = wrapped_lines(value, width - 13)
            lines.append(((f"{_cut(name, 12):<13}", "dim"), (rows[0], "")))
            lines += [((" " * 13, ""), (row, "")) for row in rows[1:]]
    for piece in named_by(view, passage.number):
        kind = "against" if piece.kind is ProseKind.COUNTER else "claim"
        lines.append(((f"{kind:<13}", "dim"), (_cut(piece.text, width - 13), "")))
    return lines


def _about_prose(prose: ProseView, view: NarrativeView, width: int) -> list[Line]:
    if not prose.evidence:
        return []
    lines: list[Line] = [(("Its evidence", "strong"),)]
    for number in prose.evidence:
        one = view.passage(number)
        lines.append(((f"{number:>4}  ", "key"), (f"{one.speaker}, {spoken(one.role)}", "")))
        quote = " ".join(one.text.split())
        lines += [_indented(line, "dim") for line in wrapped_lines(_cut(quote, _QUOTE), width - 7)]
    return lines


def _names(view: NarrativeView, codes: Iterable[str]) -> list[str]:
    names = {section.code: section.name for section in view.sections}
    return [names.get(code, code) for code in codes]


def _plain(sentences: Iterable[str], width: int) -> list[Line]:
    return [((line, ""),) for words in sentences for line in wrapped_lines(words, width)]


def _indented(line: str, role: str) -> Line:
    return ((" " * _GUTTER, ""), (line, role))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
