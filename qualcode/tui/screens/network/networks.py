"""The screen of networks: matrix or picture above, its ties below; measures, differences, perspectives as lists."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.widget import Widget

from qualcode.errors import QualcodeError
from qualcode.tui.action_table import Where
from qualcode.tui.screens.network.source import NetworkSource, Row
from qualcode.tui.screens.page import Page
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList
from qualcode.tui.widgets.wrapping import cut, wrapped_lines

_NAMES_FROM = 110
"""From this width on actors are written with their names, below with their keys."""


class NetworkScreen(Page):
    """Shows one site under one view; Enter on a row leads to its words."""

    WHERE = Where.NETWORK
    HINTS: ClassVar = (Where.LIST,)
    TITLE_ROWS = 2
    HINT_ROWS = 2
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    NetworkScreen { layout: grid; grid-size: 1; grid-rows: 2 2fr 1fr 1 2; }
    NetworkScreen.-list { grid-rows: 2 1fr 3 1 2; }
    NetworkScreen #told { height: 3; background: $panel; display: none; }
    NetworkScreen.-list #told { display: block; }
    NetworkScreen #picture { height: 1fr; background: $background; }
    NetworkScreen #rows { height: 1fr; background: $surface; }
    """

    def __init__(self, source: NetworkSource) -> None:
        super().__init__()
        self.source = source
        self.picture = Lines(id="picture")
        self.rows = RowList(id="rows")
        self.told = Lines(id="told")
        self._rows: list[Row] = []
        self._drawn: list[str] = []
        self._left = 0
        self._top = 0

    def body(self) -> Iterable[Widget]:
        yield self.picture
        yield self.rows
        yield self.told

    def on_mount(self) -> None:
        self.rows.chosen = self._open
        self.rows.moved = self._tell

    def begin(self) -> str | None:
        self.source.load()
        return None

    def show_all(self) -> None:
        """Draw what the source stands at."""
        source = self.source
        refused: QualcodeError | None = None
        try:
            self._rows = source.rows()
            self._drawn = source.picture(max(self.size.width - 1, 40))
        except QualcodeError as error:
            self._rows, self._drawn = self._rows if not self._drawn else [], []
            refused = error
        self.picture.display = bool(self._drawn)
        self.set_class(not self._drawn, "-list")
        self.head.show(self._title())
        self._show_picture()
        self.rows.fill(_row_lines(self._rows, self.size.width))
        if refused is not None:
            self.say(refused.message, hint=refused.hint, warns=True)

    def action_next_site(self) -> None:
        self._left = self._top = 0
        self._change(self.source.next_site)

    def action_next_view(self) -> None:
        self._left = self._top = self.rows.cursor = 0
        self._change(self.source.next_view)

    def action_next_universe(self) -> None:
        self._change(self.source.next_universe)

    def action_next_rule(self) -> None:
        self._change(self.source.next_rule)

    def action_pan(self, right: int, down: int) -> None:
        """Move over the picture, as far as it reaches."""
        width, height = self.picture.size
        longest = max((len(line) for line in self._drawn), default=0)
        self._left = min(max(self._left + right, 0), max(longest - width + 1, 0))
        self._top = min(max(self._top + down, 0), max(len(self._drawn) - height + 1, 0))
        self._show_picture()

    def _change(self, change: Callable[[], None]) -> None:
        """Look at it in another way; what was said before goes."""
        self.say("")
        self.do(change)

    def _show_picture(self) -> None:
        height = max(self.picture.size.height, 1)
        shown = self._drawn[self._top : self._top + height]
        below = len(self._drawn) - self._top - height
        lines: list[Line] = [((" " + line[self._left :], ""),) for line in shown]
        if below > 0 and lines:
            lines[-1] = ((f" … {below + 1} more lines: J", "dim"),)
        self.picture.show(lines)

    def _title(self) -> list[Line]:
        source, one = self.source, self.source.current
        if one is None:
            return [((" Networks", "strong"),)]
        first = next(iter(one.measures))
        width = self.size.width
        other = source.other
        against = f" and {other.network.title}" if source.shows == "differences" and other else ""
        return [
            ((f" {one.network.title}{against}", "strong"), (f"   {source.shows.value}", "key"),
             (f"   {first.ties} ties, {first.single_source} told by one participant only", "dim")),
            ((cut(f" {first.universe} · {source.view.rule.value}: {first.rule}", width)
              if width >= _NAMES_FROM
              else f" {first.universe} · rule for mixed evidence: {source.view.rule.value}", "dim"),),
        ]  # fmt: skip

    def _tell(self, index: int) -> None:
        """Say in full what the row under the cursor says, below a list."""
        row = self._rows[index] if index < len(self._rows) else None
        said = f"{row.text}: {row.note}" if row and row.note else row.text if row else ""
        found = wrapped_lines(said, max(self.size.width - 2, 20))
        self.told.show([((f" {line}", ""),) for line in found[:3]])

    def _open(self, index: int) -> None:
        if not self._rows:
            return
        row = self._rows[index]
        lines: list[Line] = [piece for text in row.told for piece in _paragraph(text, "")]
        for head, statements in row.statements:
            lines += [(), ((head, "strong"),)] if head else [()]
            for found in self.source.words(statements):
                one = found.statement
                place = f"{one.told_by}, {one.document}, site {one.site or '?'}"
                state = one.presence.value if one.presence else ""
                quality = ", ".join(p.value for p in (one.valence, one.formality) if p is not None)
                lines.append(((place, "key"), (f"  tie {one.id}: {state} {quality}", "dim")))
                lines += _paragraph(found.quote, "")
        self.app.push_screen(ReadingScreen(row.title, lines))


def _row_lines(rows: list[Row], width: int) -> list[Line]:
    """Return the rows with their marks and names in columns, the names cut where the screen is narrow."""
    mark = max((len(row.mark) for row in rows), default=0)
    texts = [(row.short if width < _NAMES_FROM else "") or row.text for row in rows]
    named = [len(text) for text, row in zip(texts, rows, strict=True) if row.note]
    name = min(max(named, default=0), max((width - mark) * 47 // 100, 24))
    return [
        (
            (f"{row.mark:<{mark}}  " if mark else "", "key"),
            (f"{_cut(text, name):<{name}}  " if row.note else text, "strong"),
            (row.note, "dim"),
        )
        for text, row in zip(texts, rows, strict=True)
    ]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _paragraph(text: str, role: str) -> list[Line]:
    return [((line, role),) for line in textwrap.wrap(" ".join(text.split()), 78)] or [()]
