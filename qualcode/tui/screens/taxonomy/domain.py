"""One domain: its terms as a tree to build, as a table, by what tells them apart, and what is missing in it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from textual.widget import Widget

from qualcode.core.taxonomy import DomainView, TermView
from qualcode.errors import Refused
from qualcode.services.taxonomy import ComponentialView
from qualcode.tui.action_table import Where
from qualcode.tui.screens.quotations import QuotationsScreen
from qualcode.tui.screens.taxonomy.building import Building
from qualcode.tui.screens.taxonomy.drawing import (
    code_panel,
    code_rows,
    contrast_panel,
    contrasts_of,
    table_of,
    term_panel,
    term_rows,
)
from qualcode.tui.screens.taxonomy.session import TaxonomySession, counted
from qualcode.tui.widgets.figure_grid import FigureGrid, GridRow
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList


class View(enum.StrEnum):
    """How a domain is looked at."""

    TREE = "tree"
    TABLE = "table"
    CONTRASTS = "contrasts"
    EMPTY = "terms without evidence"
    HOMELESS = "codes without a place"


_GRIDS = (View.TABLE, View.CONTRASTS)


class DomainScreen(Building):
    """Shows one domain in one view; Enter leads to the quotations, `v` to the next view."""

    WHERE = Where.TERMS
    ALSO = (Where.CONTRASTS, Where.HOMELESS)
    AUTO_FOCUS = "#terms"
    TITLE_ROWS = 2
    HINT_ROWS = 2
    DEFAULT_CSS = """
    DomainScreen #terms { height: 3fr; }
    DomainScreen #grid { height: 3fr; }
    DomainScreen #panel { height: 1fr; min-height: 6; background: $panel; }
    """

    def __init__(self, session: TaxonomySession, domain_id: int) -> None:
        super().__init__(session, domain_id)
        self.view = View.TREE
        self.rows = RowList(id="terms")
        self.grid = FigureGrid(id="grid")
        self.panel = Lines(id="panel")
        self.components: ComponentialView | None = None
        self.codes: list[tuple[str, int]] = []

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = lambda index: self.action_quotations()
        self.rows.moved = self._moved
        self.grid.chosen = lambda key, column: self.action_quotations()
        self.grid.moved = self._grid_moved
        self.grid.display = False
        yield self.rows
        yield self.grid
        yield self.panel

    def begin(self) -> str | None:
        self.session.load()
        self.read_again()
        return None

    def read_again(self) -> None:
        """Read what the view needs besides the counts."""
        domain = self.domain()
        self.marked &= {term.id for term in domain.terms}
        if self.view is View.CONTRASTS:
            # A dimension of one's own is gone when its last cell is, by undo too.
            known = {name.casefold() for name in self.session.dimensions(domain)}
            self.dimensions = tuple(one for one in self.dimensions if one.casefold() in known)
            self.components = self.session.components(domain, self.dimensions)

    # -- showing ------------------------------------------------------------------------------------------

    def show_all(self) -> None:
        domain = self.domain_or_none()
        if domain is None:
            self.head.show([((" the domain was removed", "warn"),), ((" q goes back", "dim"),)])
            self.shown, self.codes = [], []
            self.rows.fill([])
            return
        self.shown, dimmed = self._fitting(domain)
        if self.view is View.TREE:
            lines = term_rows(self.shown, self.size.width, marked=self.marked, dimmed=dimmed)
            self._fill(lines, "no term yet: A adds one")
        elif self.view is View.TABLE:
            self._fill_grid(*table_of(self.shown, self.marked))
        elif self.view is View.CONTRASTS and self.components is not None:
            self._fill_grid(*contrasts_of(self.components, self.shown))
        elif self.view is View.EMPTY:
            self.shown = [one for one in self.shown if not one.has_evidence]
            lines = [((one.name, "strong"), (f"  {one.code or ''}", "dim")) for one in self.shown]
            self._fill(lines, "every term has evidence")
        elif self.view is View.HOMELESS:
            self.codes = self._homeless()
            lines = code_rows(self.session, self.codes, self.size.width)
            self._fill(lines, "every code in use has its place in a taxonomy")
        self._show_title(domain)
        self._show_panel()

    def show_hints(self, places: Sequence[Where] = ()) -> None:
        own = Where.CONTRASTS if self.view is View.CONTRASTS else Where.TERMS
        if self.view is View.HOMELESS:
            own = Where.HOMELESS
        base = Where.FIGURES if self.view in _GRIDS else Where.LIST
        more = (Where.TERMS,) if own is not Where.TERMS else ()
        super().show_hints((own, base, *more, Where.EVERYWHERE))

    def _fill(self, lines: list[Line], nothing: str) -> None:
        words = f"nothing with “{self.words}”" if self.words else nothing
        keys = self._keys()
        cursor = keys.index(self.at) if self.at in keys else None
        self.rows.fill(lines or [((words, "dim"),)], cursor=cursor)

    def _fill_grid(self, heads: list[str], rows: list[GridRow]) -> None:
        at, column = self.at, None
        if self.new_dimension in heads:
            column = heads.index(self.new_dimension)
        self.grid.empty = "no term yet: A adds one"
        self.grid.fill(heads, rows, column=column)
        if str(at) in {row.key for row in rows}:
            self.grid.go_to(str(at), self.grid.column)
        self.new_dimension = ""

    def _keys(self) -> list[int | str]:
        if self.view is View.HOMELESS:
            return [key for key, _ in self.codes]
        return [one.id for one in self.shown]

    def _fitting(self, domain: DomainView) -> tuple[list[TermView], set[int]]:
        """Return the terms that fit the filter with what includes them, and which of them only include others."""
        wanted = self.words.casefold().split()
        if not wanted:
            return list(domain.terms), set()
        fits = {
            one.id
            for one in domain.terms
            if all(word in f"{one.name} {one.code or ''}".casefold() for word in wanted)
        }
        above = {one.id: one.parent for one in domain.terms}
        held = set(fits)
        for one in fits:
            parent = above[one]
            while parent is not None:
                held.add(parent)
                parent = above[parent]
        return [one for one in domain.terms if one.id in held], held - fits

    def _homeless(self) -> list[tuple[str, int]]:
        wanted = self.words.casefold().split()
        names = self.session.book.by_key
        return [
            (key, count)
            for key, count in self.session.taxonomy.without_place
            if all(word in f"{key} {names[key].name}".casefold() for word in wanted)
        ]

    def _show_title(self, domain: DomainView) -> None:
        marked = f", {counted(len(self.marked), 'term')} marked" if self.marked else ""
        words = f", only “{self.words}”" if self.words else ""
        count = {
            View.EMPTY: counted(len(self.shown), "term"),
            View.HOMELESS: counted(len(self.codes), "code"),
        }.get(self.view, counted(len(domain.terms), "term"))
        asked = ""
        if self.view is View.CONTRASTS and self.components is not None:
            asked = f", {counted(len(self.components.questions), 'question')} to ask"
        self.head.show(
            [
                (
                    (f" {domain.cover_term}", "strong"),
                    (f"  {domain.reading}", "key"),
                    (f"  {domain.definition}", "dim"),
                ),
                (
                    (f" {self.view.value}", "strong"),
                    (f"  {count}{asked}{marked}{words}, counted on {self.session.whose}", "dim"),
                ),
            ]
        )

    def _show_panel(self) -> None:
        width = self.size.width
        term = self.term_or_none()
        if self.view is View.CONTRASTS and self.components is not None:
            self.panel.show(contrast_panel(self.components, term, self.grid.column, width))
        elif self.view is View.HOMELESS:
            key = self.codes[min(self.rows.cursor, len(self.codes) - 1)][0] if self.codes else None
            self.panel.show(code_panel(self.session, key, width))
        else:
            self.panel.show(term_panel(self.session, term, width) if self.shown else [])

    # -- moving -------------------------------------------------------------------------------------------

    def action_next_view(self, by: int = 1) -> None:
        views = list(View)
        self.view = views[(views.index(self.view) + by) % len(views)]
        in_grid = self.view in _GRIDS
        self.rows.display, self.grid.display = not in_grid, in_grid
        self.set_focus(self.grid if in_grid else self.rows, scroll_visible=False)
        self.do(self.read_again)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Scroll anew: a list that comes into view has its size only after the layout."""
        if self.view not in _GRIDS:
            cursor = self.rows.cursor
            self.rows.action_edge(-1)
            self.rows.action_step(cursor)

    def action_quotations(self) -> None:
        self.do(self._open_quotations)

    def _open_quotations(self) -> None:
        if self.view is View.HOMELESS:
            self.workbench.show_screen(QuotationsScreen(self.session.behind_code(self.code())))
            return
        term = self.term()
        dimension = self.dimension() if self.view is View.CONTRASTS else None
        behind = self.session.behind_term(self.domain(), term, dimension)
        if not behind.quotations():
            raise Refused(
                f"nothing was said of {behind.title}"
                if dimension
                else f"{term.name} has no evidence",
                hint="e writes what is known" if dimension else "c binds a code, + quotations",
            )
        self.workbench.show_screen(QuotationsScreen(behind))

    def code(self) -> str:
        """Return the code under the cursor in the list of codes without a place."""
        if self.view is not View.HOMELESS or not self.codes:
            raise Refused("no code is chosen", hint="v leads to the codes without a place")
        return self.codes[min(self.rows.cursor, len(self.codes) - 1)][0]

    def dimension(self) -> str:
        """Return the dimension of contrast under the cursor."""
        self.dimension_view()
        names = self.shown_dimensions()
        if not names:
            raise Refused("there is no dimension yet", hint="n writes one in, d chooses others")
        return names[min(self.grid.column, len(names) - 1)]

    def dimension_view(self) -> None:
        if self.view is not View.CONTRASTS:
            raise Refused("this is a key of the contrasts", hint="v leads to them")

    def to_first(self) -> None:
        self.at, self.rows.cursor = None, 0

    def shown_dimensions(self) -> tuple[str, ...]:
        return self.components.dimensions if self.components is not None else ()

    def term_or_none(self) -> TermView | None:
        if self.view in _GRIDS:
            return next((one for one in self.shown if str(one.id) == self.grid.key), None)
        if self.view is View.HOMELESS or not self.shown:
            return None
        return self.shown[min(self.rows.cursor, len(self.shown) - 1)]

    def _moved(self, index: int) -> None:
        keys = self._keys()
        if self.view not in _GRIDS and index < len(keys):
            self.at = keys[index]
        if self._began:
            self.said.show([])
            self._show_panel()

    def _grid_moved(self) -> None:
        if self.view in _GRIDS and self.grid.key is not None:
            self.at = int(self.grid.key)
            self.said.show([])
            self._show_panel()
