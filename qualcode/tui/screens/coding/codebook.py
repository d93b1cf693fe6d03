"""The actions of the coding screen that change the codebook, from the tree of codes."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.codebook import Code
from qualcode.errors import QualcodeError
from qualcode.tui.screens.coding.frame import CodingFrame


class CodebookActions(CodingFrame):
    """Every change is one command of the project, so that `u` takes it back."""

    def action_code_add(self) -> None:
        code = self._code()
        if code is not None:
            self._ask_name(f"new code below {code.name}", code.key)

    def action_code_add_top(self) -> None:
        self._ask_name("new code at the top", None)

    def action_code_rename(self) -> None:
        code = self._code()
        if code is None:
            return

        def rename(name: str) -> None:
            if name.strip() and name.strip() != code.name:
                self._edit(
                    lambda: self.sitting.desk.change_code(code.key, name=name.strip()),
                    f"{code.name} is now {name.strip()}",
                )

        self.open_line(f"new name of {code.name}", rename, text=code.name)

    def action_code_rules(self) -> None:
        """Go to this code on the codebook screen, where its fields are edited one by one."""
        from qualcode.tui.screens.codebook import codebook_screen

        code = self._code()
        if code is not None:
            self.workbench.show_screen(codebook_screen(self.workbench, at=code.key))

    def action_code_key(self) -> None:
        code = self._code()
        if code is None:
            return

        def give(letter: str) -> None:
            self._edit(
                lambda: self.sitting.desk.change_code(code.key, quick_key=letter),
                f"{code.name} has the key {letter}",
            )

        self._await_letter(
            give, ((f" quick key of {code.name}? ", "strong"), ("one letter", "dim"))
        )

    def action_code_mark(self) -> None:
        self.tree_pane.toggle_mark()

    def action_code_move(self) -> None:
        code = self._code()
        if code is not None:
            self._move(code.key, code.name)

    def action_code_move_top(self) -> None:
        self._move(None, "the top")

    def action_code_merge(self) -> None:
        target = self._code()
        marked = self._marked()
        if target is None or not marked:
            return
        names = ", ".join(self.sitting.looks(code).name for code in marked)
        touched = " · ".join(line for code in marked for line in self.sitting.desk.touched(code))
        self._confirm(
            f"merge {names} into {target.name}? {touched or 'nothing stands on it'}",
            lambda: self._edit(
                lambda: self.sitting.desk.merge_all(marked, into=target.key),
                f"{names} merged into {target.name}",
                reloads=True,
            ),
        )

    def action_code_remove(self) -> None:
        code = self._code()
        if code is None:
            return
        touched = " · ".join(self.sitting.desk.touched(code.key))
        self._confirm(
            f"remove {code.name}? {touched or 'nothing stands on it'}",
            lambda: self._edit(
                lambda: self.sitting.desk.remove_code(code.key), f"{code.name} removed"
            ),
        )

    def action_code_counts(self) -> None:
        """Show the next kind of counts in the tree."""
        self.sitting.next_count_kind()
        self._recount()
        self.say(f"counts: {self.sitting.count_kind.value}")

    def _code(self) -> Code | None:
        key = self.tree_pane.code_at_cursor
        found = self.sitting.looks.codebook.by_key.get(key)
        if found is None:
            self.say(
                "no code is chosen", hint="A adds one below a code, ^A at the top", warns=True
            )
        return found

    def _marked(self) -> list[str]:
        marked = self.tree_pane.marked
        if not marked:
            self.say("no code is marked", hint="v marks codes, then go to the target", warns=True)
        return marked

    def _ask_name(self, title: str, parent: str | None) -> None:
        def add(name: str) -> None:
            if name.strip():
                self._edit(
                    lambda: self.sitting.desk.add_code(name.strip(), parent=parent),
                    f"{name.strip()} added",
                )

        self.open_line(title, add)

    def _move(self, parent: str | None, place: str) -> None:
        marked = self._marked()
        if not marked:
            return

        names = ", ".join(self.sitting.looks(code).name for code in marked)
        self._edit(
            lambda: self.sitting.desk.move_codes(marked, parent=parent),
            f"{names} moved to {place}",
        )

    def _confirm(self, question: str, then: Callable[[], None]) -> None:
        def answer(letter: str) -> None:
            if letter in "yY":
                then()
            else:
                self.say("left as it was")

        keys = ((" y", "key"), (" yes  ", ""), ("n", "key"), (" no   ", ""), (question, "strong"))
        self._await_letter(answer, keys)

    def _edit(self, work: Callable[[], object], sentence: str, *, reloads: bool = False) -> None:
        """Change the codebook, read it afresh, and go back to the tree."""
        try:
            work()
        except QualcodeError as error:
            self.say(error.message, hint=error.hint, warns=True)
        else:
            self.tree_pane.unmark()
            if reloads:
                self.sitting.load()
            self.reload_codebook()
            self.say(sentence)
