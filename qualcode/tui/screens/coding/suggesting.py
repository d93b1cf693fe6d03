"""The actions of the coding screen on suggestions: the layer, stepping, accepting, rejecting."""

from __future__ import annotations

from qualcode.core.codebook import Facet
from qualcode.tui.screens.coding.frame import CodingFrame
from qualcode.tui.screens.coding.questions import FacetQuestions, Facets


class SuggestingActions(CodingFrame):
    """A suggestion becomes a coding only by a key of its own."""

    def action_suggest(self, for_all: bool) -> None:
        """Show the suggestions of the code at hand, or of all codes; the same key takes them away again."""
        code = None if for_all else self._code_at_hand()
        if code == "":
            self.say(
                "for which code?",
                hint="go to a coding with e, or choose a code in the codebook; P is for all",
                warns=True,
            )
            return
        self.workbench.wait_for_screen()
        self.say("looking for suggestions …")
        self.call_after_refresh(self._suggest, code)

    def _suggest(self, code: str | None) -> None:
        self.change(lambda: self.sitting.toggle_suggestions(code))
        self.workbench.screen_is_ready()

    def action_go_suggestion(self, step: int) -> None:
        found = self.sitting.next_suggestion(step)
        if found is not None:
            selection, key = found
            self.pane.mark_dirty(self.sitting.model.focus(key))
            self.pane.select(selection)
        elif self.sitting.suggests:
            self.say("no further suggestion in this direction")
        else:
            self.say("no suggestions are shown", hint="p shows those of a code, P all", warns=True)

    def action_accept_suggestion(self) -> None:
        one = self.sitting.suggestion
        if one is None:
            self.change(lambda: self.sitting.accept({}))
            return
        code = one.code

        def needed(answers: Facets) -> Facet | None:
            return self.sitting.next_facet(code, answers)

        def accept(facets: Facets) -> None:
            self.questions = None
            self.change(lambda: self.sitting.accept(facets))

        if needed({}) is None:
            accept({})
        else:
            name = self.sitting.looks(code).name
            self.questions = FacetQuestions(name, needed, accept, before=self.sitting.last_answers)
            self._show_hint()

    def action_reject_suggestion(self) -> None:
        self.change(self.sitting.reject)

    def _code_at_hand(self) -> str:
        """Return the code at the tree's cursor, of the current coding, shown already, or used last."""
        if self.focused is self.tree_pane:
            return self.tree_pane.code_at_cursor
        current = self.sitting.current
        if current is not None:
            return current.code
        if self.sitting.suggests and self.sitting.suggested_code is not None:
            return self.sitting.suggested_code
        return self.sitting.last_code or self.tree_pane.code_at_cursor
