"""The list of narratives: what each holds, what is stale, who speaks; building, removing, exporting."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from textual.widget import Widget

from qualcode.core.narrative.wording import counted, coverage_sentences
from qualcode.errors import Refused
from qualcode.services.narrative import NarrativeFacts
from qualcode.tui.action_table import Where
from qualcode.tui.screens.narrative.book import Book
from qualcode.tui.screens.narrative.building import BuildingActions
from qualcode.tui.screens.narrative.reader import NarrativeScreen
from qualcode.tui.screens.narrative.shelf import Basis, Shelf
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList
from qualcode.tui.widgets.wrapping import wrapped_lines

_FOOT_ROWS = (6, 12)
_COLUMNS = " passages   new  stale  speak  versions"
_PAUSE = 0.02


class NarrativesScreen(BuildingActions):
    """Lists narratives; Enter opens one. Each is compared with its evidence while one looks, the chosen one first."""

    WHERE = Where.NARRATIVES
    HINTS = (Where.LIST,)
    HINT_ROWS = 2
    AUTO_FOCUS = "#narratives"
    DEFAULT_CSS = """
    NarrativesScreen #heads { background: $surface; }
    NarrativesScreen #foot { height: 6; background: $panel; }
    """

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf
        self.heads = Lines(id="heads")
        self.rows = RowList(id="narratives")
        self.foot = Lines(id="foot")
        self._is_due = False

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = self._open
        self.rows.moved = self._show_foot
        yield self.heads
        yield self.rows
        yield self.foot

    def begin(self) -> str | None:
        self.shelf.load()
        return None

    def show_all(self) -> None:
        shelf = self.shelf
        only = f" with “{shelf.words}”" if shelf.words else ""
        self.head.show(
            [
                (
                    (f" Narratives of {self.workbench.desk.project_name}", "strong"),
                    (f"  {len(shelf.shown)} of {shelf.total}{only}" if only else "", "key"),
                    ("" if only else f"  {counted(shelf.total, 'narrative')}", "dim"),
                )
            ]
        )
        least, most = _FOOT_ROWS
        self.foot.styles.height = max(least, min(self.size.height // 3, most))
        self._show_rows()

    # -- actions ------------------------------------------------------------------------------------------

    def action_rebuild(self) -> None:
        self.slowly("building …", lambda: self.shelf.rebuild(self._here()))

    def action_remove(self) -> None:
        self.do(lambda: self.shelf.remove(self._here()))

    def action_again(self) -> None:
        self.do(lambda: self.start_again(self._here().document))

    def action_export(self) -> None:
        self.do(self._export)

    def action_history(self) -> None:
        def show() -> None:
            one = self._here()
            title = f"{one.title}: {counted(one.versions, 'version')}"
            self.read(title, self.shelf.history(one.document))

        self.do(show)

    def action_filter(self) -> None:
        self.ask("show narratives with", self._filter, text=self.shelf.words)

    def action_undo(self) -> None:
        self.do(self.shelf.undo)

    def action_redo(self) -> None:
        self.do(lambda: self.shelf.undo(again=True))

    def action_close(self) -> None:
        if self.shelf.words:
            self.do(lambda: self._filter(""))
        else:
            super().action_close()

    # -- showing ------------------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        width = max(self.size.width - 4, 20)
        name = min(
            max((cell_len(one.title) for one in self.shelf.shown), default=9),
            max(width - len(_COLUMNS) - 12, 16),
        )
        self.heads.show([((f"  {'narrative':<{name}}{_COLUMNS}  from", "dim"),)])
        self.rows.fill(
            [self._row(one, name) for one in self.shelf.shown] or [((self._nothing(), "dim"),)]
        )

    def _row(self, one: NarrativeFacts, name: int) -> Line:
        known = self.shelf.known(one.document)
        if known is None:
            found = f"{'…':>6} {'…':>6} {'…':>6}"
        elif known.refusal is not None:
            found = f"{'?':>6} {'?':>6} {'?':>6}"
        else:
            speak = f"{known.present}/{known.could}"
            found = f"{known.waiting or '·':>6} {known.stale or '·':>6} {speak:>6}"
        is_stale = known is not None and bool(known.stale or known.waiting or known.refusal)
        return (
            (set_cell_size(one.title, name), "strong"),
            (f"{one.passages:>9}", ""),
            (found, "warn" if is_stale else ""),
            (f"{one.versions:>10}", ""),
            (f"  {one.basis}", "dim"),
        )

    def _nothing(self) -> str:
        if self.shelf.total:
            return f"no narrative with “{self.shelf.words}”: Esc shows all"
        return "no narrative yet: A builds one from all that was said about a theme"

    def _show_foot(self, index: int) -> None:
        self._compare_soon()
        if not self.shelf.shown:
            self.foot.show([])
            return
        one = self.shelf.shown[min(index, len(self.shelf.shown) - 1)]
        known = self.shelf.known(one.document)
        by = f" · {one.by} {one.value}" if one.by else ""
        source = Basis(one.basis, one.round).words
        lines: list[Line] = [
            ((f" {one.document}", "strong"), (f"  {one.theme_name}{by}", "")),
        ]
        width = max(self.size.width - 2, 20)
        built = f"built {one.built.astimezone():%Y-%m-%d %H:%M} from {source}"
        built += f" · {one.words:,} words · {counted(one.prose, 'piece')} of prose"
        lines += [((f" {row}", "dim"),) for row in wrapped_lines(built, width)]
        if known is not None and known.refusal is not None:
            lines += [((f" {row}", "warn"),) for row in wrapped_lines(known.refusal, width)]
        elif known is not None and known.view is not None:
            for note in known.view.notes:
                lines += [((f" {row}", "warn"),) for row in wrapped_lines(note, width)]
            for sentence in coverage_sentences(known.view):
                lines += [((f" {row}", ""),) for row in wrapped_lines(sentence, width)]
        self.foot.show(lines[: _FOOT_ROWS[1]])

    def _compare_soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self.set_timer(_PAUSE, self._compare_one)

    def _compare_one(self) -> None:
        """Compare one more of the narratives that are seen, the chosen one first; showing it leads to the next."""
        self._is_due = False
        if not self.is_current or not self.shelf.shown:
            return
        at, height = self.rows.cursor, max(self.rows.size.height, 1)
        near = sorted(range(len(self.shelf.shown)), key=lambda n: abs(n - at))[: height + 1]
        waiting = [n for n in near if self.shelf.known(self.shelf.shown[n].document) is None]
        if not waiting:
            return
        self.shelf.compare(self.shelf.shown[waiting[0]].document)
        self._show_rows()

    # -- doing --------------------------------------------------------------------------------------------

    def _here(self) -> NarrativeFacts:
        if not self.shelf.shown:
            raise Refused("no narrative is here", hint="A builds one")
        return self.shelf.shown[self.rows.cursor]

    def _open(self, index: int) -> None:
        def show() -> None:
            book = Book(self.shelf.project, self._here().document)
            self.workbench.show_screen(NarrativeScreen(book))

        self.slowly("reading …", show)

    def _export(self) -> None:
        one = self._here()
        self.ask(
            "write it as .docx, .html or .md to",
            lambda text: Book(self.shelf.project, one.document).export(text),
            text=f"{one.document}.docx",
        )

    def _filter(self, words: str) -> str | None:
        self.shelf.words = words.strip()
        self.rows.cursor = 0
        self.shelf.load()
        return None
