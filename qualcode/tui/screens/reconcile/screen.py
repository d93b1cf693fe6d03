"""The reconciliation screen. A switchboard: the session decides, the page shows, keys act at once."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from qualcode.core.reconcile import Outcome
from qualcode.errors import QualcodeError
from qualcode.tui.action_table import Where
from qualcode.tui.actions import bind, hints
from qualcode.tui.screens.reconcile.page import page, passage_height, passage_width, title
from qualcode.tui.screens.reconcile.passage import Adjusting, Passage
from qualcode.tui.screens.reconcile.session import LETTERS, Session
from qualcode.tui.widgets.entry import LineEntry, PageEntry
from qualcode.tui.widgets.finder import Finder, Found, Purpose
from qualcode.tui.widgets.lines import Line, Lines, Piece

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

_ADJUST_HINT: Line = (
    (" ⏎ ", "key"), ("decide so", ""), (" Esc ", "key"), ("leave", ""),
    (" hl ", "key"), ("end by a word", ""), (" HL ", "key"), ("start", ""),
    (" , . < > ", "key"), ("by a character", ""), (" abc ", "key"), ("as coder", ""),
)  # fmt: skip


class ReconcileScreen(Screen[None]):
    """Shows one discrepancy after the other."""

    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    ReconcileScreen { layout: vertical; layers: base overlay; }
    ReconcileScreen #title { background: $panel; }
    ReconcileScreen #discrepancy { height: 1fr; background: $background; }
    ReconcileScreen #said { background: $panel; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        bind(self, Where.RECONCILE)
        self.session = session
        self.head = Lines(id="title")
        self.body = Lines(id="discrepancy")
        self.said = Lines(id="said")
        self.hint = Lines(id="hint")
        self.finder = Finder()
        self.line_entry = LineEntry()
        self.page_entry = PageEntry()
        self._passage: Passage | None = None
        self._top = 0
        self._adjusting: Adjusting | None = None
        self._mixing: dict[str, str] | None = None

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.body
        yield self.said
        yield self.hint
        yield self.finder
        yield self.line_entry
        yield self.page_entry

    def on_mount(self) -> None:
        self.finder.use(self.session.looks)
        self.finder.answered = lambda found: None
        self.call_after_refresh(self._load)

    def _load(self) -> None:
        """Show the first open discrepancy, then read the rest."""
        self.show_place()
        self.call_after_refresh(self._load_all)

    def _load_all(self) -> None:
        self._do(self.session.load)
        if not self.session.items:
            self.say("the coders of this round do not differ anywhere")
        self.workbench.screen_is_ready()
        gc.collect()
        gc.freeze()

    def on_resize(self) -> None:
        self._passage = None
        self.call_after_refresh(self.show_place)

    @property
    def workbench(self) -> Workbench:
        from qualcode.tui.app import workbench_of

        return workbench_of(self)

    # -- showing ----------------------------------------------------------------------------------------

    def show_place(self) -> None:
        """Draw what the session stands at."""
        session, width = self.session, self.size.width
        self.head.show([title(session, width)])
        self._show_hint()
        size = self.body.size
        if session.view is None or not size.height:
            self.body.show([])
            return
        passage = self._passage
        if passage is None or passage.view is not session.view:
            passage = self._passage = Passage(session.view, passage_width(size.width))
            self._top = passage.best_top(passage_height(session, (size.width, size.height)))
        span = self._adjusting.span if self._adjusting else None
        self.body.show(page(session, passage, (size.width, size.height), self._top, span=span))

    def say(self, text: str, *, hint: str | None = None, warns: bool = False) -> None:
        """Put a sentence into the status line; what warns can be read again among the notices."""
        shown = f"{text} — {hint}" if hint else text
        self.said.show([((f" {shown}", "warn" if warns else "good"),)])
        if warns:
            self.workbench.note(text, hint)

    def _show_hint(self) -> None:
        if self._adjusting is not None:
            self.hint.show([_ADJUST_HINT])
            return
        if self._mixing is not None:
            self.hint.show([self._mix_line()])
            return
        pieces: list[Piece] = []
        used = 0
        for keys, word in hints(Where.RECONCILE, Where.EVERYWHERE):
            needed = cell_len(keys) + cell_len(word) + 3
            if used + needed > self.size.width:
                break
            pieces += [(f" {keys} ", "key"), (f"{word} ", "")]
            used += needed
        self.hint.show([tuple(pieces)])

    def _do(self, work: Callable[[], str | None]) -> None:
        """Do one thing; what it says is shown when it is durable, a refusal when it is not."""
        try:
            sentence = work()
        except QualcodeError as error:
            self.show_place()
            self.say(error.message, hint=error.hint, warns=True)
            return
        self.show_place()
        self.say(sentence or "")

    # -- keys -------------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        """Steer what is open: a span being set, codes being kept, the finder, an entry."""
        key = event.key
        if self._adjusting is not None:
            return self._adjust(self._adjusting, key, event.character or "")
        if self._mixing is not None:
            return self._mix(key, event.character or "")
        if self.finder.display:
            return self._steer_finder(key)
        if self.line_entry.display and key in ("enter", "escape"):
            self.set_focus(None)
            if key == "enter":
                self.line_entry.take()
            else:
                self.line_entry.close()
            return True
        if self.page_entry.display and key in ("escape", "ctrl+s"):
            self.set_focus(None)
            self.page_entry.take()
            return True
        return False

    def _steer_finder(self, key: str) -> bool:
        if key == "escape":
            self.finder.close()
            self.set_focus(None)
        elif key == "enter":
            self.set_focus(None)
            self.finder.take()
        elif key in ("down", "ctrl+n", "tab"):
            self.finder.step(1)
        elif key in ("up", "ctrl+p", "shift+tab"):
            self.finder.step(-1)
        else:
            return False
        return True

    def _adjust(self, adjusting: Adjusting, key: str, letter: str) -> bool:
        if key.startswith("ctrl+") or (key.startswith("f") and key[1:].isdigit()):
            return False
        found = self.session.current
        if key == "escape":
            self._adjusting = None
            self.say("left as it was")
        elif key == "enter":
            self._adjusting = None
            self._do(lambda: self.session.decide(Outcome.ADJUST_SPAN, span=adjusting.span))
            return True
        elif letter and letter in LETTERS and found is not None:
            coders = found.discrepancy.coders
            number = LETTERS.index(letter)
            said = found.discrepancy.claims_of(coders[number]) if number < len(coders) else ()
            if said:
                adjusting.span = (
                    min(one.start for one in said),
                    max(one.end for one in said),
                )
        else:
            adjusting.take(key)
        self.show_place()
        if self._adjusting is not None:
            self.say(f"{adjusting.span[0]}–{adjusting.span[1]}")
        return True

    def _mix_line(self) -> Line:
        code = self._next_to_mix()
        found = self.session.current
        if code is None or found is None:
            return ()
        pieces: list[Piece] = [(f" {self.session.looks(code).name}: as whose? ", "strong")]
        for number, coder in enumerate(found.discrepancy.coders):
            if coder in found.discrepancy.coders_for(code):
                pieces += [(f" {LETTERS[number]} ", "key"), (f"{coder} ", "")]
        return (*pieces, (" Space ", "key"), ("not at all ", ""), (" Esc ", "key"), ("leave", ""))

    def _next_to_mix(self) -> str | None:
        found = self.session.current
        if found is None or self._mixing is None:
            return None
        return next((one for one in found.discrepancy.codes if one not in self._mixing), None)

    def _mix(self, key: str, letter: str) -> bool:
        code, found = self._next_to_mix(), self.session.current
        if key.startswith("ctrl+"):
            return False
        if key == "escape" or code is None or found is None or self._mixing is None:
            self._mixing = None
            self.show_place()
            return True
        if key == "space":
            self._mixing[code] = ""
        elif letter and letter in LETTERS:
            number = LETTERS.index(letter)
            having = found.discrepancy.coders_for(code)
            coders = found.discrepancy.coders
            if number < len(coders) and coders[number] in having:
                self._mixing[code] = coders[number]
        if self._next_to_mix() is None:
            keep = {one: coder for one, coder in self._mixing.items() if coder}
            self._mixing = None
            self._do(lambda: self.session.decide(Outcome.KEEP_BOTH, keep=keep))
        else:
            self._show_hint()
        return True

    # -- actions ----------------------------------------------------------------------------------------

    def action_keep(self, number: int) -> None:
        self._do(lambda: self.session.decide(Outcome.KEEP_ONE, keep=self.session.coder(number)))

    def action_decide(self, outcome: str) -> None:
        self._do(lambda: self.session.decide(Outcome(outcome)))

    def action_mix(self) -> None:
        if self.session.current is not None:
            self._mixing = {}
            self._show_hint()

    def action_adjust(self) -> None:
        found = self.session.current
        if self.session.alike:
            self.say("a span belongs to one place", hint="decide these one by one", warns=True)
        elif found is not None and self._passage is not None:
            span = (found.discrepancy.start, found.discrepancy.end)
            self._adjusting = Adjusting(self._passage, span)
            self.show_place()
            self.say(f"{span[0]}–{span[1]}")

    def action_other_code(self) -> None:
        def take(found: Found) -> None:
            if found.code is None:
                self.say("there is no such code", hint="n makes a new subtheme", warns=True)
            else:
                code = found.code
                self._do(lambda: self.session.decide(Outcome.OTHER_CODE, code=code))

        self._find("the right code", take)

    def action_new_subtheme(self) -> None:
        def take(found: Found) -> None:
            parent = found.code
            if parent is None:
                self.say("a subtheme needs a code above it", warns=True)
                return
            name = self.session.looks(parent).name
            self.line_entry.open(
                f"name of the new subtheme under {name}",
                lambda text: self._make_subtheme(parent, text),
            )

        self._find("the code above the new subtheme", take)

    def _make_subtheme(self, parent: str, name: str) -> None:
        if not name.strip():
            self.say("left as it was")
            return
        self._do(
            lambda: self.session.decide(Outcome.NEW_SUBTHEME, new_code=(parent, name.strip()))
        )
        self.finder.use(self.session.looks)

    def _find(self, title_: str, take: Callable[[Found], None]) -> None:
        found = self.session.current
        if found is None:
            return
        self.finder.answered = take
        self.finder.use(self.session.looks)
        self.finder.open(Purpose.APPLY, title_, words="", recent=found.discrepancy.codes)

    def action_remark(self) -> None:
        self.page_entry.open(
            "a remark on this discrepancy",
            lambda text: self._do(lambda: self.session.remark(text)) if text.strip() else None,
        )

    def action_why(self) -> None:
        def keep(text: str) -> None:
            self.session.why = text.strip()
            self.show_place()

        self.line_entry.open("why? (stands in the next decision)", keep, text=self.session.why)

    def action_with_whom(self) -> None:
        names = ", ".join(self.session.with_whom) or self.session.desk.coder
        self.line_entry.open(
            "who takes part? (names, with commas)",
            lambda text: self._do(lambda: self.session.take_part(text)),
            text=names,
        )

    def action_filter(self) -> None:
        self.line_entry.open(
            "show only: open document=… code=… kind=… pair=…,… order=case",
            lambda text: self._do(lambda: self.session.show_only(text)),
        )

    def action_rule(self) -> None:
        self._do(self.session.next_rule)

    def action_batch(self) -> None:
        self._do(self.session.begin_batch)

    def action_go(self, by: int) -> None:
        self._do(lambda: self.session.go(by))

    def action_go_open(self, by: int) -> None:
        self._do(lambda: None if self.session.go_open(by) else "nothing is undecided")

    def action_scroll_text(self, by: int) -> None:
        if self._passage is not None:
            self._top = min(max(self._top + by, 0), max(len(self._passage.rows) - 3, 0))
            self.show_place()

    def action_undo(self) -> None:
        self._do(self.session.undo)

    def action_redo(self) -> None:
        self._do(lambda: self.session.undo(again=True))

    def action_close(self) -> None:
        """Leave a batch; without one, go back to the documents."""
        if self.session.alike:
            self.session.alike = ()
            self.show_place()
            self.say("left as it was")
        else:
            self.workbench.leave_screen()

    def retheme(self) -> None:
        """Take the colours of the codes for the theme that is now chosen."""
        self.session.dark = self.app.current_theme.dark
        self.session.use_codebook()
        self.show_place()
