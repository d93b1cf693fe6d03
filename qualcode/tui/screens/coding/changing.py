"""The actions of the coding screen that change codings, memos and the codebook."""

from __future__ import annotations

from qualcode.core.codebook import Facet
from qualcode.core.coding import shortened
from qualcode.errors import QualcodeError, Refused
from qualcode.tui.screens.coding.bars import quick_key_line
from qualcode.tui.screens.coding.frame import CodingFrame
from qualcode.tui.screens.coding.questions import FacetQuestions, Facets, WeightQuestion
from qualcode.tui.sitting import Outcome
from qualcode.tui.widgets.finder import Finder, Found, Purpose


class ChangingActions(CodingFrame):
    """Every change goes through `change`: durable when it is said to be done."""

    def action_apply_pin(self, digit: int) -> None:
        code = self.sitting.pin(digit)
        if code is None:
            self.say(
                f"no code is pinned to {digit}",
                hint="p and a digit pins one in the codebook",
                warns=True,
            )
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
        self._make_room(Finder.ROWS)
        self.finder.open(wanted, title, words=words[:40], recent=self.sitting.recent)

    def begin(self, code: str) -> None:
        """Apply a code, after the facets that the codebook demands have been asked."""
        if code not in self.sitting.looks.codebook.by_key:
            self.say(f"the code {code} is no longer there", hint="/ finds another", warns=True)
            return
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

    def action_split(self) -> None:
        self.change(self.sitting.split)

    def action_join(self) -> None:
        self.change(self.sitting.join)

    def action_flag(self) -> None:
        self.change(self.sitting.flag)

    def action_ask_facets(self) -> None:
        current = self.sitting.current
        if current is None:
            self.say("no coding stands here", hint="go to one with e or E", warns=True)
            return
        codebook = self.sitting.looks.codebook
        facets = codebook.facets_for(current.code) if current.code in codebook.by_key else ()
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

    def action_weigh(self) -> None:
        current = self.sitting.current
        if current is None:
            self.say("no coding stands here", hint="go to one with e or E", warns=True)
            return
        scale = self.sitting.looks.codebook.scale_of(current.code)
        name = self.sitting.looks(current.code).name

        def weigh(weight: int | None) -> None:
            self.questions = None
            self.change(lambda: self.sitting.weigh(weight))

        def written(text: str) -> None:
            if not text.strip():
                return
            if text.strip().isdecimal() and scale.low <= int(text) <= scale.high:
                weigh(int(text))
            else:
                self.open_line(
                    f"{text.strip()} is no weight of {name}, {scale}", written, text=text
                )

        def write() -> None:
            self.questions = None
            shown = "" if current.weight is None else str(current.weight)
            self.open_line(f"weight of {name}, {scale}", written, text=shown)

        self.questions = WeightQuestion(name, scale, current.weight, weigh, write)
        self._show_hint()

    def action_memo(self) -> None:
        mine = self.sitting.my_memo()
        current = self.sitting.current
        about = self.sitting.looks(current.code).name if current else self.sitting.document
        self.open_page(
            f"memo on {about}",
            lambda text: self.change(lambda: self.sitting.write_memo(text)),
            text=mine.body if mine else "",
        )

    def action_memo_on_words(self) -> None:
        """Write a memo on the selection; it stands in the journal."""
        start, end = self.sitting.model.selection.span
        words = shortened(self.sitting.model.text[start:end], 40)
        place = f"{self.sitting.document}:{start}-{end}"

        def write(text: str) -> Outcome:
            from qualcode.services import journal

            if not text.strip():
                return Outcome("no memo written")
            project = self.sitting.desk.for_writing()
            journal.write_entry(project, text, about="quotation", name=place)
            self.sitting.read_memos()
            return Outcome(f"memo on “{words}” kept; it stands in the journal")

        self.open_page(
            f"memo on “{words}”", lambda text: self.change(lambda: write(text)), text=""
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

    def _apply_quick(self, letter: str) -> None:
        code = self.sitting.looks.code_of(letter)
        if code is None:
            self.say(f"no code has the key {letter}", hint="/ finds codes by name", warns=True)
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
        self.reload_codebook()
        return key

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
