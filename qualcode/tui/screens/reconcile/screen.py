"""The reconciliation screen. A switchboard: the session decides, the page shows, keys act at once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence

from textual import events
from textual.widget import Widget

from qualcode.core.reconcile import Outcome
from qualcode.tui.action_table import Where
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.reconcile.page import page, passage_height, passage_width, title
from qualcode.tui.screens.reconcile.passage import Adjusting, Passage
from qualcode.tui.screens.reconcile.session import LETTERS, Session
from qualcode.tui.widgets.lines import Line, Lines, Piece

_ADJUST_HINT: Line = (
    (" ⏎ ", "key"), ("decide so", ""), (" Esc ", "key"), ("leave", ""),
    (" hl ", "key"), ("end by a word", ""), (" HL ", "key"), ("start", ""),
    (" , . < > ", "key"), ("by a character", ""), (" abc ", "key"), ("as coder", ""),
)  # fmt: skip


class ReconcileScreen(KeepingPage):
    """Shows one discrepancy after the other."""

    WHERE = Where.RECONCILE
    HINT_ROWS = 2
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReconcileScreen #discrepancy { height: 1fr; background: $background; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.text = Lines(id="discrepancy")
        self._passage: Passage | None = None
        self._top = 0
        self._adjusting: Adjusting | None = None
        self._mixing: dict[str, str] | None = None

    def body(self) -> Iterable[Widget]:
        yield self.text

    def _begin(self) -> None:
        """Show the first open discrepancy, then read the rest."""
        self.show_all()
        self.show_hints()
        self.call_after_refresh(self._load)

    def _load(self) -> None:
        super()._begin()
        gc.collect()
        gc.freeze()

    def begin(self) -> str:
        self.session.load()
        return "" if self.session.items else "the coders of this round do not differ anywhere"

    def on_resize(self) -> None:
        """Break the passage anew; what `Page` does then happens as well."""
        self._passage = None

    # -- showing ----------------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Draw what the session stands at."""
        session, width = self.session, self.size.width
        self.head.show([title(session, width)])
        size = self.text.size
        if session.view is None or not size.height:
            self.text.show([])
            return
        passage = self._passage
        if passage is None or passage.view is not session.view:
            passage = self._passage = Passage(session.view, passage_width(size.width))
            self._top = passage.best_top(passage_height(session, (size.width, size.height)))
        span = self._adjusting.span if self._adjusting else None
        self.text.show(page(session, passage, (size.width, size.height), self._top, span=span))

    def show_place(self) -> None:
        """Draw everything: what a key does here may change the hints too."""
        self.show_all()
        self.show_hints()

    def show_hints(self, places: Sequence[Where] = ()) -> None:
        """Show the keys of what is going on."""
        if self._adjusting is not None:
            self.hint.show([_ADJUST_HINT])
        elif self._mixing is not None:
            self.hint.show([self._mix_line()])
        else:
            super().show_hints(places)

    def _do(self, work: Callable[[], str | None]) -> None:
        """Do one thing; what was said before it goes."""
        self.do(lambda: work() or "")

    # -- keys -------------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        """Steer what is going on: a span being set, codes being kept; else what is open."""
        key = event.key
        if self._adjusting is not None:
            return self._adjust(self._adjusting, key, event.character or "")
        if self._mixing is not None:
            return self._mix(key, event.character or "")
        return super().take_key(event)

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
            self.show_hints()
        return True

    # -- actions ----------------------------------------------------------------------------------------

    def action_keep(self, number: int) -> None:
        self._do(lambda: self.session.decide(Outcome.KEEP_ONE, keep=self.session.coder(number)))

    def action_decide(self, outcome: str) -> None:
        self._do(lambda: self.session.decide(Outcome(outcome)))

    def action_mix(self) -> None:
        if self.session.current is not None:
            self._mixing = {}
            self.show_hints()

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
        self._find_code(
            "the right code", lambda code: self.session.decide(Outcome.OTHER_CODE, code=code)
        )

    def action_new_subtheme(self) -> None:
        def found(parent: str) -> None:
            name = self.session.looks(parent).name
            title = f"name of the new subtheme under {name}"
            self.ask(title, lambda text: self._make_subtheme(parent, text.strip()))

        self._find_code("the code above the new subtheme", found)

    def _make_subtheme(self, parent: str, name: str) -> str:
        if not name:
            return "left as it was"
        return self.session.decide(Outcome.NEW_SUBTHEME, new_code=(parent, name))

    def _find_code(self, title_: str, answered: Callable[[str], str | None]) -> None:
        found = self.session.current
        if found is not None:
            codebook, codes = self.session.looks.codebook, found.discrepancy.codes
            self.find_code(title_, codebook, answered, recent=codes)

    def action_remark(self) -> None:
        self.write(
            "a remark on this discrepancy",
            lambda text: self.session.remark(text) if text.strip() else "",
        )

    def action_why(self) -> None:
        def keep(text: str) -> str:
            self.session.why = text.strip()
            return ""

        self.ask("why? (stands in the next decision)", keep, text=self.session.why)

    def action_with_whom(self) -> None:
        names = ", ".join(self.session.with_whom) or self.session.desk.coder
        self.ask("who takes part? (names, with commas)", self.session.take_part, text=names)

    def action_filter(self) -> None:
        def show(words: str) -> str:
            self.session.show_only(words)
            return ""

        self.ask("show only: open document=… code=… kind=… pair=…,… order=case", show)

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
            super().action_close()

    def retheme(self) -> None:
        """Take the colours of the codes for the theme that is now chosen."""
        self.session.dark = self.app.current_theme.dark
        self.session.use_codebook()
        super().retheme()
