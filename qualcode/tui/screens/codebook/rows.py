"""The rows at the right of the codebook screen: a code field by field, a facet, the differences of a version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.codebook import Code, Codebook, Facet
from qualcode.core.codebook_use import CodeChange, CodeQuotation, CodeUse, sourced_example
from qualcode.tui.looks import Looks
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import wrapped_lines

if TYPE_CHECKING:
    from qualcode.services.codebook import CodebookDifference

LABEL = 13
LISTS = {
    "include": ("Include", "when to use it"),
    "exclude": ("Exclude", "when not to"),
    "example": ("Example", "e keeps a quotation as one"),
}
COLORS = {
    "o": ("orange", "#e69f00"),
    "s": ("sky blue", "#56b4e9"),
    "g": ("green", "#009e73"),
    "y": ("yellow", "#f0e442"),
    "b": ("blue", "#0072b2"),
    "v": ("vermilion", "#d55e00"),
    "p": ("purple", "#cc79a7"),
    "k": ("grey", "#999999"),
}
"""Okabe and Ito's palette, by the letters that choose from it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a field; `at` is the entry of a list, -1 where it has none yet."""

    field: str
    line: Line
    at: int = -1


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown of one code beside its own fields."""

    use: CodeUse
    quotation: CodeQuotation | None
    history: Sequence[CodeChange]
    is_blind: bool
    with_below: bool


def code_rows(looks: Looks, code: Code, told: Told, width: int) -> list[Row]:
    """Return the rows of a code in full."""
    return list(_code(looks, code, told, max(width - LABEL - 3, 20)))


def _code(looks: Looks, code: Code, told: Told, width: int) -> Iterator[Row]:
    book, look = looks.codebook, looks(code.key)
    yield from _field("name", "Name", code.name, width, role="strong")
    above = " > ".join(book.path(code.key)[:-1])
    yield from _field("id", "Id", f"{code.key}{f'   in {above}' if above else ''}", width, "dim")
    yield from _field("definition", "Definition", code.definition, width)
    for field, (label, why) in LISTS.items():
        entries = getattr(code, field)
        if not entries:
            yield from _field(field, label, "", width, missing=f"none · {why}")
        for at, entry in enumerate(entries):
            yield from _entry(field, label if at == 0 else "", entry, at, width)
    yield from _field("aliases", "Aliases", ", ".join(code.aliases), width)
    yield Row("color", (_label("Colour"), ("■ ", look.color or ""), (_color(book, code), "")))
    given = looks.keys.get(code.key)
    keyed = code.quick_key or (f"none of its own; the workbench gives it {given}" if given else "")
    yield from _field("quick_key", "Quick key", keyed, width)
    own = "" if code.weights else "   not its own"
    yield from _field("weights", "Weights", f"{book.scale_of(code.key)}{own}", width)
    asked = [
        one.name + (" (required)" if one.required else "") for one in book.facets_for(code.key)
    ]
    yield from _field("facets", "Facets", ", ".join(asked), width, missing="none asked")
    themes = [theme.name for theme in book.themes if code.key in theme.codes]
    if themes:
        yield from _field("themes", "Themes", ", ".join(themes), width)
    yield Row("use", ())
    yield from _field("use", "Used", _use(told), width)
    yield from _quotation(told, width)
    yield from _history(told.history, width)


def _use(told: Told) -> str:
    use = told.use
    if not use.with_below:
        return "not yet" + (" by you; a blind round hides others" if told.is_blind else "")
    parts = [f"{use.codings} codings, {use.own} of them mine"]
    if use.with_below != use.codings:
        parts.append(f"{use.with_below} with those below")
    parts.append(f"{len(use.documents)} document{'' if len(use.documents) == 1 else 's'}")
    parts.append(", ".join(use.coders))
    return " · ".join(parts) + ("; a blind round hides others'" if told.is_blind else "")


def _quotation(told: Told, width: int) -> Iterator[Row]:
    one = told.quotation
    if one is None:
        return
    below = " with those below" if told.with_below else ""
    who = f"{one.speaker}, " if one.speaker else ""
    turn = f", turn {one.turn}" if one.turn is not None else ""
    head = (
        f"{one.n + 1} of {one.total}{below} · {who}{one.document}{turn} · {one.coder}, {one.round}"
    )
    yield from _field("quotation", "Quotation", head, width, "key")
    for line in wrapped_lines(" ".join(one.quote.split()), width):
        yield Row("quotation", (_label(""), (line, "")))


def _history(changes: Sequence[CodeChange], width: int) -> Iterator[Row]:
    newest = list(reversed(changes))[:4]
    for n, one in enumerate(newest):
        said = f"{one.at.astimezone():%d %b %Y %H:%M} {one.actor}: {change_words(one)}"
        cut = said if len(said) <= width else said[: width - 1] + "…"
        yield Row("history", (_label("History" if n == 0 else ""), (cut, "dim")))
    if len(changes) > len(newest):
        yield Row("history", (_label(""), (f"{len(changes)} changes in all: h", "dim")))


def change_words(one: CodeChange) -> str:
    """Return a change as words: what was done, or the field before and after."""
    if not one.field:
        return one.action
    back = "took back: " if one.action.endswith("taken back") else ""
    return f"{back}{one.field}: {one.before or '—'} → {one.after or '—'}"


def facet_rows(book: Codebook, facet: Facet, width: int) -> list[Row]:
    """Return the rows of a facet in full."""
    width = max(width - LABEL - 3, 20)
    branches = [book.by_key[key].name if key in book.by_key else key for key in facet.applies_to]
    only = [f"{key} is {' or '.join(values)}" for key, values in facet.only_if.items()]
    rows = [
        *_field("facet_name", "Name", facet.name, width, role="strong"),
        *_field("facet_id", "Id", facet.key, width, "dim"),
        *_field("facet_definition", "Definition", facet.definition, width),
        *_field(
            "required", "Must be", "answered" if facet.required else "answered or left", width
        ),
        *_field("applies_to", "Asked for", ", ".join(branches) or "every code", width),
        *_field("only_if", "Only if", " and ".join(only), width, missing="always"),
    ]
    for at, value in enumerate(facet.values):
        said = f"{value.key} = {value.name}" + (
            f": {value.definition}" if value.definition else ""
        )
        label = "Values" if at == 0 else ""
        rows += [Row("value", one.line, at) for one in _field("value", label, said, width)]
    return rows


def difference_rows(found: Sequence[CodebookDifference], width: int) -> list[Row]:
    """Return a row for each difference, shortened; what is behind it opens."""
    rows = []
    for at, one in enumerate(found):
        said = f"{one.field}: {one.before or '—'} → {one.after or '—'}" if one.field else one.after
        room = max(width - len(one.code) - len(one.change) - 8, 10)
        cut = said if len(said) <= room else said[: room - 1] + "…"
        rows.append(
            Row(
                "difference",
                ((f"{one.code}  ", "strong"), (f"{one.change}  ", "key"), (cut, "")),
                at,
            )
        )
    return rows


def _entry(field: str, label: str, entry: str, at: int, width: int) -> Iterator[Row]:
    sourced = sourced_example(entry) if field == "example" else None
    text = f"“{sourced.quote}”" if sourced else entry
    for n, line in enumerate(wrapped_lines(text, width - 2)):
        sign = "• " if n == 0 else "  "
        yield Row(field, (_label(label if n == 0 else ""), (sign, "dim"), (line, "")), at)
    if sourced:
        place = f"  {sourced.document} {sourced.start}–{sourced.end}   o opens it"
        yield Row(field, (_label(""), (place, "dim")), at)


def _color(book: Codebook, code: Code) -> str:
    names = {value: name for name, value in COLORS.values()}
    color = book.color_of(code.key)
    if color is None:
        return "none; the workbench gives one"
    told = f"{color} {names.get(color, '')}".strip()
    return told if code.color else f"{told}   from above"


def _field(
    field: str, label: str, text: str, width: int, role: str = "", *, missing: str = "none"
) -> Iterator[Row]:
    if not text:
        yield Row(field, (_label(label), (missing, "dim")))
        return
    for n, line in enumerate(wrapped_lines(text, width)):
        yield Row(field, (_label(label if n == 0 else ""), (line, role)))


def _label(label: str) -> tuple[str, str]:
    return (f"{label:<{LABEL}}", "dim")
