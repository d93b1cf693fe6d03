"""The frame of the screens of findings: a grid, what the cell under the cursor says in full, and the keys they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Generic, TypeVar

from textual.widget import Widget

from qualcode.core.sheets import Sheet
from qualcode.errors import QualcodeError, Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.compare.evidence import EvidenceScreen
from qualcode.tui.screens.compare.exporting import ExportingPage
from qualcode.tui.screens.compare.source import Findings, Quotation
from qualcode.tui.screens.compare.table import Figure, Shown, short_heads, small_first
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.figure_grid import FigureGrid
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.wrapping import wrapped_lines

_HEAD = {110: 14, 10_000: 26}
"""How wide the heads of columns may be on screens narrower than that."""


Kind = TypeVar("Kind", bound=Findings)


class FindingsPage(ExportingPage, Generic[Kind]):
    """Shows one table of figures; Enter on a figure lists its quotations.

    Subclasses say in `title_lines` what is shown, and change what is counted through `change`. Where `FITS`, drawings are
    made anew for another width."""

    ALSO: ClassVar[tuple[Where, ...]] = (Where.FINDINGS,)
    HINTS: ClassVar[tuple[Where, ...]] = (Where.FIGURES,)
    TITLE_ROWS = 2
    HINT_ROWS = 2
    TOLD_ROWS: ClassVar[int] = 3
    FILE: ClassVar[str] = "findings"
    NAME: ClassVar[str] = "Findings"
    FITS: ClassVar[bool] = False
    EMPTY: ClassVar[str] = "nothing is coded yet in what is counted here: w counts other codings"
    AUTO_FOCUS = "#figures"
    DEFAULT_CSS = """
    FindingsPage #told { background: $panel; }
    """

    def __init__(self, source: Kind) -> None:
        super().__init__()
        self.source = source
        self.grid = FigureGrid(id="figures")
        self.told = Lines(id="told")
        self.words = ""
        self.table = Shown("", (), (), ())
        self._is_reading = False

    # -- showing ------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Draw anew for the width; what `Page` does then happens as well."""
        if self.FITS and self._began:
            self.call_after_refresh(self.do, self._fitted)

    def _fitted(self) -> None:
        self._load()

    def fit(self) -> None:
        """Tell the source how much room drawings have."""

    @property
    def told_rows(self) -> int:
        """How many rows tell of the cell under the cursor."""
        return self.TOLD_ROWS

    def body(self) -> Iterable[Widget]:
        self.told.styles.height = self.TOLD_ROWS
        yield self.grid
        yield self.told

    def on_mount(self) -> None:
        self.grid.chosen = self._open
        self.grid.moved = self._tell
        self.say("reading …")

    def begin(self) -> str | None:
        self.source.forget()
        self._load()
        return ""

    def come_back(self) -> None:
        """Read afresh: the screen that was left may have changed something."""
        self.change(self.source.forget)

    def title_lines(self) -> list[Line]:
        """Return what stands above the table."""
        raise NotImplementedError

    def show_all(self) -> None:
        try:
            self.head.show(self.title_lines())
        except QualcodeError:
            self.head.show([((f" {self.NAME}", "strong"),)])
        room = next(width for bound, width in _HEAD.items() if self.size.width < bound)
        heads = self.table.brief or short_heads(self.table.heads, room)
        self.grid.empty = self.empty()
        self.grid.fill(heads, self.table.grid_rows(self.text_room()), column=None)

    def empty(self) -> str:
        """Say why there is no row."""
        return f"no row holds “{self.words}”: / and ⏎ shows all" if self.words else self.EMPTY

    def text_room(self) -> int | None:
        """Return how wide a column of text may be; None where there is none."""
        return None

    @property
    def figure(self) -> Figure | None:
        """The cell under the cursor."""
        return self.table.figure(self.grid.key, self.grid.column)

    def change(self, work: Callable[[], object], *, said: str = "") -> None:
        """Count something else: say that it is read, keep what is typed meanwhile, and go back where it is refused."""
        if self._is_reading:
            return
        self._is_reading = True

        def read() -> str:
            try:
                self.source.trying(work)
                self._load()
            finally:
                self._is_reading = False
            return said

        self.slowly("reading …", read)

    def _load(self) -> None:
        self.fit()
        table = self.source.shown()
        self.table = table.holding(self.words) if self.words else table

    def _tell(self) -> None:
        figure = self.figure
        rows = wrapped_lines(figure.told if figure else "", max(self.size.width - 2, 20))
        if len(rows) > self.told_rows:
            rows = [*rows[: self.told_rows - 1], rows[self.told_rows - 1] + " …"]
        self.told.show([((f" {row}", ""),) for row in rows])

    # -- keys ---------------------------------------------------------------------------------------------

    def action_choose_rows(self) -> None:
        """Find the code whose branch is looked at."""

        def take(code: str) -> None:
            self.change(lambda: self.source.show_rows(code))

        self.find_code("the code whose branch is looked at", self.source.book, take)

    def action_all_rows(self) -> None:
        self.change(lambda: self.source.show_rows(None))

    def action_choose_whose(self) -> None:
        """Choose whose codings are counted."""
        choices = self.source.whose_choices()

        def take(index: int) -> None:
            self.change(lambda: self.source.count(choices[index]))

        at = choices.index(self.source.whose) if self.source.whose in choices else 0
        lines: list[Line] = [((one.words, ""),) for one in choices]
        self.choose("whose codings are counted", lines, take, at=at)

    def action_filter(self) -> None:
        """Show only the rows with these words."""

        def take(words: str) -> str:
            self.words = words.strip()
            self._load()
            return f"only rows with “{self.words}”: / and ⏎ shows all" if self.words else ""

        self.ask("show only rows with these words", take, text=self.words)

    def action_reload(self) -> None:
        self.change(self.source.forget, said="read afresh")

    def action_show_method(self) -> None:
        """Show what was counted and how, ready for the methods section, with the command that prints the same."""
        width = self.reading_width
        lines: list[Line] = []
        for part in (*self.source.method(), *small_first(self.table.notes)):
            lines += [*(((row, ""),) for row in wrapped_lines(part, width)), ()]
        lines.append((("the same on the command line", "strong"),))
        lines += [((row, "key"),) for row in wrapped_lines(self.source.equivalent(), width)]
        self.app.push_screen(ReadingScreen("How this was counted", lines))

    def sheet(self, format: str) -> Sheet:
        """Return what an export of this format holds: the table as it is shown."""
        title = ", ".join(text.strip() for text, _ in self.title_lines()[0])
        return self.table.sheet(title, self.source.method(), exact=format in ("csv", "xlsx"))

    def action_export(self) -> None:
        """Write the table to a file."""
        self.export("this table", self.sheet, text=f"{self.FILE}.docx")

    def action_copy(self) -> None:
        """Copy the table as it is shown, as spreadsheets and word processors take it."""
        self.copy(self.sheet("shown"))

    def _open(self, key: str, column: int) -> None:
        self.grid.go_to(key, column)
        figure = self.figure
        if figure is None or figure.wanted is None:
            self.say("no quotation stands behind this figure", warns=True)
            return
        wanted = figure.wanted

        def open_them() -> str:
            found = self.source.behind(wanted)
            if not found:
                raise Refused("no quotation stands behind this figure that you may see")
            self.show_quotations(wanted.title, found)
            return ""

        self.slowly("reading …", open_them)

    def show_quotations(self, title: str, found: tuple[Quotation, ...]) -> None:
        """Open the list of these quotations."""
        screen = EvidenceScreen(self.source, title, found)
        self.workbench.show_screen(screen)


class BranchesPage(FindingsPage[Kind]):
    """A page whose rows are codes: it goes into a code and back out."""

    ALSO: ClassVar[tuple[Where, ...]] = (Where.BRANCHES, Where.FINDINGS)

    def code_here(self) -> str | None:
        """Return the code of the row (or column) under the cursor."""
        key = (self.grid.key or "").partition("\x1f")[0]
        if key in self.source.book.by_key:
            return key
        return self.table.keys[self.grid.column] if self.table.keys else None

    def action_into(self) -> None:
        code = self.code_here()
        self.change(lambda: self.source.into(code))

    def action_out(self) -> None:
        self.change(self.source.out)

    def action_deep(self) -> None:
        self.change(self.source.toggle_deep)
