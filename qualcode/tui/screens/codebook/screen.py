"""The codebook screen. A switchboard: the source reads and changes, the views show, keys say what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from qualcode.tui.screens.codebook.editing import EditingActions
from qualcode.tui.screens.codebook.facets import FacetActions
from qualcode.tui.screens.codebook.reshaping import ReshapingActions
from qualcode.tui.screens.codebook.rows import Row, difference_rows, facet_rows
from qualcode.tui.screens.codebook.source import CodebookSource
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.wrapping import fitted, wrapped_lines

if TYPE_CHECKING:
    from qualcode.core.coding import Coding
    from qualcode.services.codebook import CodebookDifference, VersionRow

VIEWS = ("codes", "facets", "versions")


class CodebookScreen(EditingActions, ReshapingActions, FacetActions):
    """Three views of one codebook: its codes, its facets, its versions."""

    def __init__(self, source: CodebookSource, *, at: str = "") -> None:
        super().__init__(source, at=at)
        self._versions: tuple[VersionRow, ...] = ()
        self._differences: tuple[CodebookDifference, ...] = ()
        self._stale: tuple[Coding, ...] | None = None

    def set_view(self, view: str) -> None:
        self.view, self.on_fields = view, False
        self.entries.cursor = 0
        self._shown_code = ""
        left = self.tree_pane if view == "codes" else self.entries
        left.display = True
        self.set_focus(left, scroll_visible=False)
        self._stale = None
        if view == "versions":
            self._versions = self.source.versions()
        self.show_all()
        self.show_hints()

    def action_next_view(self) -> None:
        self.do(lambda: self.set_view(VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]))

    def show_all(self) -> None:
        if self.view == "codes":
            super().show_all()
            return
        self._arrange()
        if self.view == "facets":
            facets = self.source.book.facets
            name = max((cell_len(one.name) for one in facets), default=0)
            lines: list[Line] = [
                ((fitted(one.name, name), "strong"), (f"  {len(one.values):>2} values", "dim"))
                for one in facets
            ]
            told = f"   {len(facets)} facets: what is asked of a coding"
            self.head.show([((" Facets", "strong"), (told, "dim"))])
            self.entries.fill(lines or [(("no facet yet: A adds one", "dim"),)])
        else:
            self._show_versions()
        self.show_fields()

    def _show_versions(self) -> None:
        lines: list[Line] = [(("coded under an older wording", "key"),)]
        lines += [
            (
                (f"version {one.n}", "strong"),
                (
                    f"  {one.created_at.astimezone():%d %b %Y %H:%M}  {one.codes} codes  {one.note}",
                    "dim",
                ),
            )
            for one in self._versions
        ]
        told = f"   {len(self._versions)} kept; what has changed since"
        self.head.show([((" Versions", "strong"), (told, "dim"))])
        self.entries.fill(lines)

    def show_fields(self) -> None:
        if self._letters is not None:
            return
        if self.view == "codes":
            super().show_fields()
        elif self.view == "facets":
            facets = self.source.book.facets
            at = min(self.entries.cursor, len(facets) - 1)
            none = Row("", (("A adds a facet: a question with one answer of a few", "dim"),))
            self._fill(
                facet_rows(self.source.book, facets[at], self._width()) if facets else [none]
            )
        elif self.entries.cursor == 0:
            self._show_stale()
        else:
            one = self._versions[min(self.entries.cursor, len(self._versions)) - 1]
            self._differences = self.source.differences(one.n)
            none = Row("", ((f"the codebook stands as in version {one.n}", "dim"),))
            self._fill(difference_rows(self._differences, self._width()) or [none])

    def _show_stale(self) -> None:
        if self._stale is None:
            self._fill(
                [Row("find_stale", (("⏎ finds the codings made under an older wording", "dim"),))]
            )
            return
        rows = [
            Row(
                "stale",
                (
                    (f"{one.code}  ", "strong"),
                    (f"{one.document} {one.start}–{one.end}  ", ""),
                    (f"{one.coder}, {one.round}", "dim"),
                ),
                at,
            )
            for at, one in enumerate(self._stale)
        ]
        self._fill(
            rows or [Row("", (("every coding was made under the present wording", "good"),))]
        )

    # -- what a key means in each view --------------------------------------------------------------------

    def open_row(self, index: int) -> None:
        if not self._rows:
            return
        row = self._rows[min(index, len(self._rows) - 1)]
        if self.view == "codes":
            self.do(lambda: self.edit_row(row))
        elif self.view == "facets":
            self.do(lambda: self.edit_facet(row))
        elif row.field == "find_stale":
            self.slowly("looking through the codings …", self._find_stale)
        elif row.field == "stale" and self._stale:
            one = self._stale[row.at]
            self.do(lambda: self._open_at(one.document, one.start, one.end))
        elif row.field == "difference":
            self._read_difference(self._differences[row.at])

    def action_add(self) -> None:
        add = {"codes": self.add_code, "facets": self.add_facet, "versions": self.action_keep}
        self.do(add[self.view])

    def action_add_entry(self) -> None:
        if self.view == "facets":
            self.do(lambda: self.edit_value(self.facet(), -1))
        else:
            self.do(self.add_rule)

    def action_drop_entry(self) -> None:
        self.do(self.drop_value if self.view == "facets" else self.drop_rule)

    def action_remove(self) -> None:
        self.do(self.remove_facet if self.view == "facets" else self.remove_code)

    def action_keep(self) -> None:
        def keep(note: str) -> str:
            said = self.source.keep(note.strip())
            if self.view == "versions":
                self._versions = self.source.versions()
            return said

        self.ask("keep the codebook as a version: why?", keep)

    def action_import(self) -> None:
        def take(given: str) -> str | None:
            if not given.strip():
                return "nothing was taken in"
            said = self.source.import_from(given)
            self.source.read()
            return said

        self.ask("take in a codebook from a file (.yaml or .qdc)", take)

    def action_export(self) -> None:
        def write(given: str) -> str | None:
            return self.source.export_to(given) if given.strip() else "nothing was written"

        self.ask("write the codebook to a file (.yaml or .qdc)", write, text="codebook.yaml")

    def action_undo(self) -> None:
        self.slowly("taking back …", lambda: self._step(self.source.undo()))

    def action_redo(self) -> None:
        self.slowly("bringing back …", lambda: self._step(self.source.redo()))

    def action_reload(self) -> None:
        self.do(lambda: self._step("read afresh"))

    def _step(self, said: str) -> str:
        self.source.read()
        self._shown_code = ""
        if self.view == "versions":
            self._versions = self.source.versions()
        return said

    def _find_stale(self) -> str:
        self._stale = self.source.stale()
        return f"{len(self._stale)} codings were made under an older wording"

    def _read_difference(self, one: CodebookDifference) -> None:
        lines: list[Line] = [((f"{one.change} {one.field}", "key"),), (("before", "strong"),)]
        lines += [((f"  {line}", ""),) for line in wrapped_lines(one.before or "—", 74)]
        lines += [(("after", "strong"),)]
        lines += [((f"  {line}", ""),) for line in wrapped_lines(one.after or "—", 74)]
        self.app.push_screen(ReadingScreen(one.code, lines))
