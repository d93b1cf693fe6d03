"""The actions of the coding screen that change the codebook, from the tree of codes."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.codebook import Code
from qualcode.errors import QualcodeError
from qualcode.tui.rules_form import rules_fields, rules_text
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
        code = self._code()
        if code is None:
            return

        def keep(text: str) -> None:
            self._edit(
                lambda: self.sitting.desk.change_code(code.key, **rules_fields(text)),
                f"rules of {code.name} kept",
            )

        self.open_page(f"rules of {code.name}", keep, text=rules_text(code))

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
        count = sum(self.sitting.counts.get(code, 0) for code in marked)

        def merge() -> None:
            for code in marked:
                self.sitting.desk.merge_codes(code, into=target.key)

        self._confirm(
            f"merge {names} (my codings: {count}) into {target.name}?",
            lambda: self._edit(merge, f"{names} merged into {target.name}", reloads=True),
        )

    def action_code_remove(self) -> None:
        code = self._code()
        if code is None:
            return
        below = len(self.sitting.looks.codebook.branch(code.key)) - 1
        count = self.sitting.counts.get(code.key, 0)
        self._confirm(
            f"remove {code.name}? codes below: {below}, my codings: {count}",
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

        def move() -> None:
            for code in marked:
                self.sitting.desk.move_code(code, parent=parent)

        names = ", ".join(self.sitting.looks(code).name for code in marked)
        self._edit(move, f"{names} moved to {place}")

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
