"""The actions of the coding screen that go somewhere: codings, uncoded text, places found."""

from __future__ import annotations

from qualcode.errors import QualcodeError
from qualcode.tui.screens.coding.frame import CodingFrame
from qualcode.tui.widgets.transcript import Selection


class GoingActions(CodingFrame):
    """Nothing here changes the project."""

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
            self.say(
                "which code?",
                hint="go to a coding with e, or choose a code in the codebook",
                warns=True,
            )
            return
        name = self.sitting.looks(code).name
        self._go_to(
            self.sitting.next_coding(step, code=code), f"no further {name} in this direction"
        )

    def action_go_uncoded(self, step: int) -> None:
        selection = self.sitting.next_uncoded(step)
        if selection is None:
            self.say("no uncoded sentence in this direction")
        else:
            self.pane.select(selection)

    def action_bookmark(self) -> None:
        self.change(self.sitting.toggle_bookmark)

    def action_go_bookmark(self) -> None:
        selection = self.sitting.next_bookmark()
        if selection is None:
            self.say("no bookmark in this document", hint="b sets one", warns=True)
        else:
            self.pane.select(selection)

    def action_go_way(self) -> None:
        """Go from words of a narrative to where they were said; from an interview to the narratives that repeat them."""
        from qualcode.tui.screens.narrative import way_screen

        mark = self.sitting.current
        span = (mark.start, mark.end) if mark is not None else self.sitting.model.selection.span
        try:
            screen = way_screen(self.workbench, self.sitting.document, span)
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
            return
        self.workbench.show_screen(screen)

    def action_next_layers(self) -> None:
        self.change(self.sitting.toggle_layers)

    def action_reload(self) -> None:
        self.change(self.sitting.reload)

    def action_open_search(self) -> None:
        self.open_line("search this document", self._search)

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
            self._said_now = True
            self.action_go_hit(1)

    def _go_to(self, found: tuple[Selection, int] | None, otherwise: str) -> None:
        if found is None:
            self.say(otherwise)
        else:
            self._go(*found)

    def _go(self, selection: Selection, key: int) -> None:
        self.pane.mark_dirty(self.sitting.model.focus(key))
        self.pane.select(selection)
