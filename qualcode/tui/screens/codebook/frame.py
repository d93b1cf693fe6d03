"""The frame of the codebook screen: tree or list at the left, fields at the right, questions answered by letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Tree

from qualcode.core.codebook import Code
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.looks import Looks
from qualcode.tui.screens.codebook.rows import Row, Told, code_rows
from qualcode.tui.screens.codebook.source import CodebookSource
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.widgets.codebook_tree import CodebookTree
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.row_list import RowList

NARROW = 90
_TAIL_FROM = 46
"""From this width of the tree on the counts stand in columns."""
_LEGEND = "mine, all with those below, documents, coders"
_SHORT_LEGEND = "codings, with those below"
_SCROLLS = frozenset({"down", "up", "j", "k", "pagedown", "pageup"})


class CodebookFrame(KeepingPage):
    """Shows the codes and one of them in full; what changes them stands in the classes above."""

    WHERE = Where.CODES
    AUTO_FOCUS = "#codes"
    HINT_ROWS = 2
    DEFAULT_CSS = """
    CodebookFrame #sides { height: 1fr; }
    CodebookFrame #codes { width: 40%; min-width: 36; max-width: 80; border-right: vkey $panel; }
    CodebookFrame #codes:focus { border-right: vkey $accent; }
    CodebookFrame #entries { width: 40%; min-width: 36; max-width: 80; margin-right: 1; }
    CodebookFrame #fields { width: 1fr; }
    CodebookFrame.-narrow #codes { width: 100%; max-width: 100%; border: none; }
    CodebookFrame.-narrow #entries { width: 100%; max-width: 100%; }
    """

    def __init__(self, source: CodebookSource, *, at: str = "") -> None:
        super().__init__()
        self.source = source
        self._first = at
        self._shown_tree: tuple[object, ...] = ()
        """Of what the tree is made: the looks, the use, the size of the screen."""
        self.tree_pane = CodebookTree(Where.CODE_TREE, id="codes")
        self.entries = RowList(id="entries")
        self.fields = RowList(id="fields")
        self.looks = Looks(source.book, dark=True)
        self.view = "codes"
        self.on_fields = False
        self._rows: list[Row] = []
        self._shown_code = ""
        self._letters: Mapping[str, Callable[[], str | None]] | None = None
        self._letter_line: Line = ()
        self._any_letter: Callable[[str], str | None] | None = None

    def body(self) -> Iterable[Widget]:
        self.fields.chosen = self.open_row
        self.entries.chosen = lambda index: self.action_next_pane()
        self.entries.moved = lambda index: self.show_fields()
        self.entries.display = False
        yield Horizontal(self.tree_pane, self.entries, self.fields, id="sides")

    def begin(self) -> str | None:
        self.source.read()
        self.set_class(self.size.width < NARROW, "-narrow")
        if not self.source.book.codes:
            return "no code yet: ^A adds one, I takes a codebook in from a file"
        return None

    # -- showing ------------------------------------------------------------------------------------------

    def show_all(self) -> None:
        book = self.source.book
        dark = self.app.current_theme.dark
        if self.looks.codebook is not book or self.looks.dark != dark:
            self.looks = Looks(book, dark=dark)
        self._arrange()
        self._show_tree()
        self.show_fields()

    def _show_tree(self) -> None:
        """Build the tree anew where the codes, their use or its room have changed."""
        state = (id(self.looks), id(self.source.use), self.size)
        if state != self._shown_tree:
            self.tree_pane.tails = self._tails()
            self.tree_pane.show(self.looks, {}, {})
            self._shown_tree = state
        if self._first:
            self.tree_pane.go_to(self._first)
            self._first = ""
        elif self.tree_pane.cursor_line < 0 and self.source.book.codes:
            self.tree_pane.cursor_line = 0

    def show_fields(self) -> None:
        """Show the fields of the code under the cursor."""
        if self._letters is not None or self.view != "codes":
            return
        code = self.source.book.by_key.get(self.tree_pane.code_at_cursor)
        self._show_title(code)
        if code is None:
            self._fill([Row("", (("no code is chosen", "dim"),))])
            return
        told = Told(
            self.source.use[code.key],
            self.source.quotation(code.key),
            self.source.history(code.key),
            self.source.is_blind,
            self.source.with_below,
        )
        is_other = code.key != self._shown_code
        self._shown_code = code.key
        rows = code_rows(self.looks, code, told, self._width())
        self._fill(rows, cursor=0 if is_other else None)

    def _fill(self, rows: list[Row], *, cursor: int | None = None) -> None:
        self._rows = rows
        self.fields.fill([row.line for row in rows], cursor=cursor)

    def _show_title(self, code: Code | None) -> None:
        book = self.source.book
        marked = len(self.tree_pane.marked)
        counted = f"{len(book.codes)} codes" + (f", {marked} marked" if marked else "")
        told = f"   {counted}: {_LEGEND if self._has_columns else _SHORT_LEGEND}"
        at = f" · {book.title}" if book.title else ""
        if len(" Codebook" + at + told) > self.size.width:
            at = ""
        self.head.show([((f" Codebook{at}", "strong"), (told, "dim"))])

    def _width(self) -> int:
        return self.fields.size.width or self.size.width

    def _tails(self) -> dict[str, str]:
        """Return what stands behind each code: own codings, all with those below, documents, coders."""
        use = self.source.use
        if not self._has_columns:
            return {key: str(one.with_below) for key, one in use.items() if one.with_below}
        return {
            key: f"{one.own:>5}{one.with_below:>6}{len(one.documents):>4}d{len(one.coders):>3}c"
            for key, one in use.items()
            if one.with_below
        }

    @property
    def _has_columns(self) -> bool:
        return self.tree_pane.size.width >= _TAIL_FROM or self.size.width < NARROW

    def _arrange(self) -> None:
        """Let one side stand alone where both have no room."""
        left = self.tree_pane if self.view == "codes" else self.entries
        other = self.entries if self.view == "codes" else self.tree_pane
        other.display = False
        is_narrow = self.size.width < NARROW
        self.set_class(is_narrow, "-narrow")
        on_fields = self.on_fields or self._letters is not None
        left.display = not (is_narrow and on_fields)
        self.fields.display = not is_narrow or on_fields
        if self.focused in (None, other):
            self.set_focus(left, scroll_visible=False)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        event.stop()
        if self._began and self.tree_pane.code_at_cursor != self._shown_code:
            self.show_fields()

    # -- keys ---------------------------------------------------------------------------------------------

    def action_next_pane(self) -> None:
        """Go from the left to the fields, or back."""
        left = self.tree_pane if self.view == "codes" else self.entries
        self.on_fields = not self.on_fields
        side = self.fields if self.on_fields else left
        side.display = True
        self.set_focus(side, scroll_visible=False)
        self._arrange()
        if self.tree_pane.code_at_cursor != self._shown_code:
            self.show_fields()
        self.call_after_refresh(self._show_again)

    def action_close(self) -> None:
        """Back from the fields, from another view, then from the screen."""
        if self.on_fields:
            self.action_next_pane()
        elif self.view != "codes":
            self.set_view("codes")
        else:
            self.workbench.leave_screen()

    def set_view(self, view: str) -> None:
        raise NotImplementedError

    def open_row(self, index: int) -> None:
        raise NotImplementedError

    def code(self) -> Code:
        """Return the code under the cursor; Refused without one."""
        found = self.source.book.by_key.get(self.tree_pane.code_at_cursor)
        if self.view != "codes" or found is None:
            raise Refused("no code is chosen", hint="v goes back to the codes; ^A adds one")
        return found

    def row(self) -> Row:
        """Return the row under the cursor of the fields; Refused where the fields have not the focus."""
        if not self.on_fields or not self._rows:
            raise Refused("no field is chosen", hint="⏎ or Tab goes to the fields")
        return self._rows[min(self.fields.cursor, len(self._rows) - 1)]

    # -- questions by letters -----------------------------------------------------------------------------

    def ask_letter(
        self,
        question: str,
        letters: Mapping[str, Callable[[], str | None]],
        *,
        words: Mapping[str, str],
        any_letter: Callable[[str], str | None] | None = None,
    ) -> None:
        """Ask on the hint line; the key that is pressed next answers, any other leaves things as they are."""
        self._letters, self._any_letter = letters, any_letter
        pieces: list[tuple[str, str]] = [(f" {question} ", "strong")]
        for letter, word in words.items():
            pieces += [(f" {letter} ", "key"), (f"{word} ", "")]
        self._letter_line = (*pieces, (" Esc leaves", "dim"))
        self.show_hints()

    def confirm(
        self, title: str, touched: list[str], question: str, then: Callable[[], str | None]
    ) -> None:
        """Show what a change touches at the right and do it when y is pressed."""
        lines: list[Line] = [((title, "strong"),), ()]
        lines += [((f"  {line}", ""),) for line in touched] or [(("  nothing stands on it", ""),)]
        self.ask_letter(question, {"y": then, "Y": then}, words={"y": "yes", "n": "no"})
        self._arrange()
        self._fill([Row("", line) for line in lines], cursor=0)

    def show_hints(self, places: tuple[Where, ...] = ()) -> None:  # type: ignore[override]
        if self._letters is not None:
            self.hint.show([self._letter_line, ()])
            return
        is_list = self.on_fields or self.view != "codes"
        where = Where.LIST if is_list else Where.CODE_TREE
        super().show_hints((where, Where.CODES, Where.EVERYWHERE))

    def on_descendant_focus(self) -> None:
        if self._began:
            self.show_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._letters is None and super().check_action(action, parameters)

    def take_key(self, event: events.Key) -> bool:
        if self._letters is None or event.key == "ctrl+q":
            return super().take_key(event)
        if event.key in _SCROLLS and self._any_letter is None and "y" in self._letters:
            by = self.fields.size.height - 1 if event.key.startswith("page") else 1
            self.fields.action_step(by if event.key in ("down", "j", "pagedown") else -by)
            return True
        letters, free = self._letters, self._any_letter
        self._letters = self._any_letter = None
        letter = event.character or ""
        if letter in letters:
            self.do(letters[letter])
        elif free is not None and letter and event.is_printable:
            self.do(lambda: free(letter))
        else:
            self.do(lambda: "left as it was")
        return True
