"""The coding screen: codebook, transcript, inspector. A switchboard: widgets show, the sitting does the work."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Tree

from qualcode.core.codebook import Facet
from qualcode.errors import QualcodeError, Refused
from qualcode.tui.action_table import Where
from qualcode.tui.actions import bind
from qualcode.tui.screens.coding.bars import hint_line, pins_line, quick_key_line, status_line
from qualcode.tui.screens.coding.questions import FacetQuestions, Facets
from qualcode.tui.sitting import Outcome, Sitting
from qualcode.tui.widgets.codebook_tree import CodebookTree
from qualcode.tui.widgets.entry import LineEntry, PageEntry
from qualcode.tui.widgets.finder import Finder, Found, Purpose
from qualcode.tui.widgets.inspector import Inspector
from qualcode.tui.widgets.lines import Line, Lines, Piece
from qualcode.tui.widgets.transcript import Selection, TranscriptPane

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

MEDIUM, WIDE = 90, 124


class CodingScreen(Screen[None]):
    """Shows one sitting. Every key acts before the next one is looked at."""

    AUTO_FOCUS = "#transcript"
    DEFAULT_CSS = """
    CodingScreen { layout: vertical; layers: base overlay; }
    CodingScreen #desk { height: 1fr; layers: base overlay; }
    CodingScreen #codebook { width: 21%; min-width: 30; max-width: 46; border-right: vkey $panel; }
    CodingScreen #codebook:focus { border-right: vkey $accent; }
    CodingScreen #transcript { width: 1fr; }
    CodingScreen #inspector { width: 22%; min-width: 32; max-width: 50; border-left: vkey $panel; }
    CodingScreen .-over { layer: overlay; }
    CodingScreen #codebook.-over { dock: left; width: 44; border-right: heavy $accent; }
    CodingScreen #inspector.-over { dock: right; width: 44; border-left: heavy $accent; }
    CodingScreen #status { background: $panel; }
    """
    BINDINGS: ClassVar = []

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        bind(self, Where.CODING)
        self.sitting = sitting
        self.pane = TranscriptPane(id="transcript")
        bind(self.pane, Where.TRANSCRIPT)
        self.tree_pane = CodebookTree()
        self.inspector = Inspector(id="inspector")
        self.pins = Lines(id="pins")
        self.status = Lines(id="status")
        self.hint = Lines(id="hint")
        self.finder = Finder()
        self.line_entry = LineEntry()
        self.page_entry = PageEntry()
        self.questions: FacetQuestions | None = None
        self._prefix: Callable[[str], None] | None = None
        self._prefix_line: Line = ()
        self._said: Piece = ("", "")
        self._wants_codebook: bool | None = None
        self._wants_inspector: bool | None = None

    # -- building -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Horizontal(id="desk"):
            yield self.tree_pane
            yield self.pane
            yield self.inspector
        yield self.pins
        yield self.status
        yield self.hint
        yield self.finder
        yield self.line_entry
        yield self.page_entry

    def on_mount(self) -> None:
        self._arrange()
        self.pane.changed = self.show_place
        self.finder.answered = self._found
        self._use_looks()
        self.pane.show(self.sitting.model)
        self.set_focus(self.pane, scroll_visible=False)
        self.workbench.screen_is_ready()
        if self.sitting.desk.round is None:
            self.say("this project has no round to code in", hint="qualcode round new")
        self.call_after_refresh(_settle)

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()
        self.call_after_refresh(self.show_place)

    def on_descendant_focus(self) -> None:
        self._show_hint()

    # -- showing ------------------------------------------------------------------------------------------

    def show_place(self) -> None:
        """Bring status and inspector up to date; called directly by the pane, within the same frame."""
        width = self.size.width
        self.status.show(
            [status_line(self.sitting, width, said=self._said, holding=self.pane.holding)]
        )
        if self.inspector.display:
            code = self.tree_pane.code_at_cursor if self.focused is self.tree_pane else None
            self.inspector.show_place(self.sitting, code=code or None)
        self._said = ("", "")

    def say(self, text: str, *, hint: str | None = None, warns: bool = False) -> None:
        """Put a sentence into the status line; what warns can be read again among the notices."""
        shown = f"{text} — {hint}" if hint else text
        self._said = (shown, "warn" if warns or hint else "good")
        if warns or hint:
            self.workbench.note(text, hint)
        self.show_place()

    @property
    def workbench(self) -> Workbench:
        from qualcode.tui.app import workbench_of

        return workbench_of(self)

    def _use_looks(self) -> None:
        sitting = self.sitting
        self.pane.look = sitting.looks
        self.pane.restyle()
        self.finder.use(sitting.looks)
        self.tree_pane.show(sitting.looks, sitting.counts, sitting.pin_digits())
        self._show_bars()

    def retheme(self) -> None:
        """Take the colours of the codes for the theme that is now chosen."""
        self.sitting.use_codebook(dark=self.app.current_theme.dark)
        self._use_looks()

    def _show_bars(self) -> None:
        self.pins.show([pins_line(self.sitting, self.size.width)])
        self._show_hint()

    def _show_hint(self) -> None:
        width = self.size.width
        if self.questions is not None:
            line = self.questions.line()
        elif self._prefix is not None:
            line = self._prefix_line
        else:
            where = Where.CODEBOOK if self.focused is self.tree_pane else Where.TRANSCRIPT
            line = hint_line(where, width)
        self.hint.show([line])

    def _arrange(self) -> None:
        """Decide what stands beside the transcript, and what lies over it."""
        width, height = self.app.size
        room_for_tree, room_for_inspector = width >= MEDIUM, width >= WIDE
        wants_tree = room_for_tree if self._wants_codebook is None else self._wants_codebook
        wants_inspector = (
            room_for_inspector if self._wants_inspector is None else self._wants_inspector
        )
        _place(self.tree_pane, wants_tree, over=not room_for_tree)
        _place(self.inspector, wants_inspector, over=not room_for_inspector)
        self.pins.display = height >= 14
        self.hint.display = height >= 8
        self.status.display = height >= 4
        if self.is_mounted:
            self._show_bars()

    # -- keys that are claimed before any binding ---------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        """Answer an open question, finish a prefix or steer an open entry; True when the key is used up."""
        key, letter = event.key, event.character or ""
        if self.questions is not None:
            self._answer(key, letter)
            return not key.startswith("ctrl+")
        if self._prefix is not None:
            prefix, self._prefix = self._prefix, None
            self._show_hint()
            if letter and event.is_printable:
                prefix(letter)
            return True
        if self.finder.display:
            return self._steer_finder(key)
        if self.line_entry.display and key in ("enter", "escape"):
            self._close_entry(self.line_entry, keep=key == "enter")
            return True
        if self.page_entry.display and key in ("escape", "ctrl+s"):
            self._close_entry(self.page_entry, keep=True)
            return True
        return False

    def _answer(self, key: str, letter: str) -> None:
        questions = self.questions
        if questions is None:
            return
        if key == "escape":
            self.questions = None
            self._show_hint()
            self.say(f"{questions.about}: left as it was")
            return
        if key == "enter":
            done = questions.repeat()
        else:
            done = questions.skip() if key == "space" else questions.take(letter)
        if done and self.questions is questions:
            self.questions = None
        self._show_hint()

    def _steer_finder(self, key: str) -> bool:
        if key == "escape":
            self.finder.close()
            self._back_to_text()
        elif key == "enter":
            self._back_to_text()
            self.finder.take()
        elif key in ("down", "ctrl+n", "tab"):
            self.finder.step(1)
        elif key in ("up", "ctrl+p", "shift+tab"):
            self.finder.step(-1)
        else:
            return False
        return True

    def _close_entry(self, entry: LineEntry | PageEntry, *, keep: bool) -> None:
        self._back_to_text()
        if keep:
            entry.take()
        else:
            entry.close()

    def _back_to_text(self) -> None:
        self.set_focus(self.pane, scroll_visible=False)
        if self.tree_pane.has_class("-over"):
            self._wants_codebook = None
            self._arrange()

    # -- coding -------------------------------------------------------------------------------------------

    def action_apply_pin(self, digit: int) -> None:
        code = self.sitting.pin(digit)
        if code is None:
            self.say(f"no code is pinned to {digit}", hint="p and a digit pins one in the codebook", warns=True)
        else:
            self.begin(code)

    def action_quick_key(self) -> None:
        self._await_letter(self._apply_quick, quick_key_line(self.sitting, self.size.width))

    def action_apply_again(self) -> None:
        if self.sitting.last_code is None:
            self.say("nothing to repeat yet", hint="apply a code first", warns=True)
        else:
            self.begin(self.sitting.last_code)

    def action_open_finder(self, purpose: str) -> None:
        wanted = Purpose(purpose)
        words = self.sitting.words()
        title = f"code for “{words}”"
        if wanted is Purpose.RECODE:
            current = self.sitting.current
            if current is None:
                self.say("no coding stands here", hint="go to one with e or E", warns=True)
                return
            title = f"instead of {self.sitting.looks(current.code).name}"
        self.finder.open(wanted, title, words=words[:40], recent=self.sitting.recent)

    def begin(self, code: str) -> None:
        """Apply a code, after the facets that the codebook demands have been asked."""
        look = self.sitting.looks(code)

        def needed(answers: Facets) -> Facet | None:
            return self.sitting.next_facet(code, answers)

        def apply(facets: Facets) -> None:
            self.questions = None
            self.change(lambda: self.sitting.apply(code, facets))

        if needed({}) is None:
            apply({})
        else:
            self.questions = FacetQuestions(
                look.name, needed, apply, before=self.sitting.last_answers
            )
            self._show_hint()

    def action_apply_from_codebook(self) -> None:
        code = self.tree_pane.code_at_cursor
        if code:
            self._back_to_text()
            self.begin(code)

    def action_pin_from_codebook(self) -> None:
        code = self.tree_pane.code_at_cursor
        if not code:
            return

        def pin(letter: str) -> None:
            if not letter.isdigit():
                self.say("a code is pinned to a digit", hint="p and then 1 … 0", warns=True)
                return
            self.sitting.set_pin(int(letter), code)
            self._recount()
            self.say(f"{self.sitting.looks(code).name} is on {letter}")

        name = self.sitting.looks(code).name
        self._await_letter(pin, ((f" pin {name} to which digit? ", "strong"), ("1 … 0", "key")))

    def action_remove_coding(self) -> None:
        self.change(self.sitting.remove)

    def action_set_span(self) -> None:
        self.change(self.sitting.set_span)

    def action_flag(self) -> None:
        self.change(self.sitting.flag)

    def action_ask_facets(self) -> None:
        current = self.sitting.current
        if current is None:
            self.say("no coding stands here", hint="go to one with e or E", warns=True)
            return
        facets = self.sitting.looks.codebook.facets_for(current.code)
        if not facets:
            self.say("the codebook has no facets for this code")
            return

        def still_open(answers: Facets) -> Facet | None:
            return next((facet for facet in facets if facet.key not in answers), None)

        def keep(answers: Facets) -> None:
            self.questions = None
            self.change(lambda: self.sitting.set_facets(answers))

        name = self.sitting.looks(current.code).name
        self.questions = FacetQuestions(
            name, still_open, keep, may_skip=True, before=current.facets
        )
        self._show_hint()

    def action_memo(self) -> None:
        mine = self.sitting.my_memo()
        current = self.sitting.current
        about = self.sitting.looks(current.code).name if current else self.sitting.document
        self.page_entry.open(
            f"memo on {about}",
            lambda text: self.change(lambda: self.sitting.write_memo(text)),
            text=mine.body if mine else "",
        )

    def action_undo(self) -> None:
        self.change(self.sitting.undo)

    def action_redo(self) -> None:
        self.change(self.sitting.redo)

    def action_toggle_done(self) -> None:
        desk, document = self.sitting.desk, self.sitting.document

        def toggle() -> Outcome:
            line = next(line for line in desk.documents() if line.name == document)
            desk.set_done(document, done=not line.done)
            return Outcome(f"{document} is {'not yet done' if line.done else 'done'}")

        self.change(toggle)

    def change(self, work: Callable[[], Outcome]) -> None:
        """Do one change; what it says is shown when it is durable, a refusal when it is not."""
        try:
            outcome = work()
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
            return
        self.pane.mark_dirty(outcome.rows)
        self._recount()
        if outcome.place is not None:
            self._said = (outcome.sentence, "good")
            self.pane.select(outcome.place)
        else:
            self.say(outcome.sentence)

    def _recount(self) -> None:
        self.tree_pane.recount(self.sitting.counts, self.sitting.pin_digits())
        self.pins.show([pins_line(self.sitting, self.size.width)])

    def _apply_quick(self, letter: str) -> None:
        code = self.sitting.looks.code_of(letter)
        if code is None:
            self.say(f"no code has the key {letter}", hint="/ finds codes by name", warns=True)
        else:
            self.begin(code)

    def _found(self, found: Found) -> None:
        code = found.code
        if code is None:
            code = self._create(found.new_name or "")
        if code is None:
            return
        if found.purpose is Purpose.RECODE:
            self.change(lambda: self.sitting.recode(code))
        else:
            self.begin(code)

    def _create(self, name: str) -> str | None:
        """Create a code under the one chosen in the codebook, and return its id."""
        parent = self.tree_pane.code_at_cursor or None
        try:
            if not name.strip():
                raise Refused("a code needs a name")
            key = self.sitting.desk.add_code(name, parent=parent)
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
            return None
        self.retheme()
        return key

    def _await_letter(self, then: Callable[[str], None], line: Line) -> None:
        self._prefix, self._prefix_line = then, line
        self._show_hint()

    # -- going --------------------------------------------------------------------------------------------

    def action_next_here(self) -> None:
        self.pane.mark_dirty(self.sitting.next_here())
        self.show_place()

    def action_select_coding(self) -> None:
        mark = self.sitting.model.marks.get(self.sitting.model.current or 0)
        if mark is not None:
            self._go(Selection(mark.start, mark.end), mark.key)

    def action_go_coding(self, step: int) -> None:
        self._go_to(self.sitting.next_coding(step), "no further coding in this direction")

    def action_go_same(self, step: int) -> None:
        current = self.sitting.current
        if self.focused is self.tree_pane:
            code = self.tree_pane.code_at_cursor
        else:
            code = current.code if current else (self.sitting.last_code or "")
        if not code:
            self.say("which code?", hint="go to a coding with e, or choose a code in the codebook", warns=True)
            return
        name = self.sitting.looks(code).name
        self._go_to(self.sitting.next_coding(step, code=code), f"no further {name} in this direction")

    def action_go_uncoded(self, step: int) -> None:
        selection = self.sitting.next_uncoded(step)
        if selection is None:
            self.say("no uncoded sentence in this direction")
        else:
            self.pane.select(selection)

    def action_open_search(self) -> None:
        self.line_entry.open("search this document", self._search)

    def action_go_hit(self, step: int) -> None:
        selection = self.sitting.next_hit(step)
        if selection is None:
            self.say("nothing is searched for", hint="f searches", warns=True)
        else:
            self.pane.select(selection)

    def _search(self, query: str) -> None:
        self.pane.mark_dirty(self.sitting.search(query))
        count = len(self.sitting.hits)
        if not query.strip():
            self.say("search cleared")
        elif not count:
            self.say(f"“{query}” does not stand in this document")
        else:
            self._said = (f"{count} × “{query}”: ' next, \" previous", "good")
            self.action_go_hit(1)

    def _go_to(self, found: tuple[Selection, int] | None, otherwise: str) -> None:
        if found is None:
            self.say(otherwise)
        else:
            self._go(*found)

    def _go(self, selection: Selection, key: int) -> None:
        self.pane.mark_dirty(self.sitting.model.focus(key))
        self.pane.select(selection)

    # -- panes --------------------------------------------------------------------------------------------

    def action_toggle_codebook(self) -> None:
        if self.focused is self.tree_pane:
            self._back_to_text()
            return
        self._wants_codebook = True
        self._arrange()
        self.set_focus(self.tree_pane, scroll_visible=False)
        if self.tree_pane.cursor_line < 0:
            self.tree_pane.cursor_line = 0
        self.show_place()

    def action_toggle_inspector(self) -> None:
        self._wants_inspector = not self.inspector.display
        self._arrange()
        self.call_after_refresh(self.show_place)

    def action_next_pane(self) -> None:
        self.action_toggle_codebook()

    def action_close(self) -> None:
        """Close the topmost thing that is open; without any, let the selection and the search go."""
        if self.focused is self.tree_pane:
            self._back_to_text()
        elif self.inspector.display and self.inspector.has_class("-over"):
            self._wants_inspector = None
            self._arrange()
        elif self.pane.holding:
            self.pane.action_hold()
        elif self.sitting.hits:
            self._search("")

    def action_leave(self) -> None:
        self.workbench.close_document()

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[str]) -> None:
        event.stop()
        if self.focused is self.tree_pane:
            self.show_place()


def _place(widget: Widget, wanted: bool, *, over: bool) -> None:
    widget.set_class(over, "-over")
    widget.display = wanted


def _settle() -> None:
    """Keep the collector away from what now stands for the whole session: it costs tens of milliseconds a run."""
    gc.collect()
    gc.freeze()
