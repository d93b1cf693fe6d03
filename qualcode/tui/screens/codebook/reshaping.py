"""Adding, moving, sorting, merging, splitting and removing codes, each after a look at what it touches."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.codebook import Code
from qualcode.errors import Refused
from qualcode.tui.screens.codebook.frame import CodebookFrame
from qualcode.tui.screens.quotations import PickingScreen


class ReshapingActions(CodebookFrame):
    """One command each, so that one undo takes it back. What moves codings may take a second, and says so."""

    def add_code(self, *, at_top: bool = False) -> None:
        """Ask for the name of a new code."""
        above = None if at_top or not self.source.book.codes else self.code()

        def add(name: str) -> str | None:
            if not name.strip():
                return "no code was added"
            made = self.source.add(name.strip(), above.key if above else None)
            self._show_code(made.key)
            return f"{made.name} added as {made.key}"

        self.ask(f"new code below {above.name}" if above else "new code at the top", add)

    def action_add_top(self) -> None:
        self.do(lambda: self.add_code(at_top=True))

    def action_find(self) -> None:
        self.find_code("go to which code?", self.source.book, self._show_found)

    def action_mark(self) -> None:
        self.do(self._mark)

    def _mark(self) -> None:
        self.code()
        self.tree_pane.toggle_mark()

    def action_move(self) -> None:
        self.do(self._move)

    def _move(self) -> None:
        here, marked = self.code(), self.tree_pane.marked
        if marked:
            self._confirm_move(marked, here.key)
        else:
            self.find_code(
                f"{here.name} below which code?",
                self.source.book,
                lambda key: self._confirm_move([here.key], key),
            )

    def action_move_top(self) -> None:
        self.do(lambda: self._confirm_move(self.tree_pane.marked or [self.code().key], None))

    def _confirm_move(self, codes: list[str], parent: str | None) -> None:
        book = self.source.book
        names = ", ".join(book.by_key[code].name for code in codes)
        place = f"below {book.by_key[parent].name}" if parent else "to the top"
        self._preview(
            f"Moving {names} {place}; ids and codings stay with them",
            codes,
            f"move {names} {place}?",
            lambda: self.source.move(codes, parent),
        )

    def action_shift(self, by: int) -> None:
        self.do(lambda: self._done(self.source.shift(self.code().key, by)))

    def action_merge(self) -> None:
        self.do(self._merge)

    def _merge(self) -> None:
        here = self.code()
        marked = [code for code in self.tree_pane.marked if code != here.key]
        if marked:
            self._confirm_merge(marked, here.key)
        else:
            self.find_code(
                f"merge {here.name} into which code?",
                self.source.book,
                lambda key: self._confirm_merge([here.key], key),
            )

    def _confirm_merge(self, codes: list[str], into: str) -> None:
        target = self.source.book.by_key[into]
        if into in codes:
            raise Refused("a code cannot be merged into itself", hint="choose another one")
        names = ", ".join(self.source.book.by_key[code].name for code in codes)
        self._preview(
            f"Merging {names} into {target.name}: all that stands on them goes there",
            codes,
            f"merge {names} into {target.name}?",
            lambda: self.source.merge(codes, target),
        )

    def action_split(self) -> None:
        self.do(self._split)

    def _split(self) -> None:
        code = self.code()
        if not self.source.use[code.key].codings:
            raise Refused(f"{code.name} has no codings to split", hint="A adds a code below it")

        def named(name: str) -> str | None:
            if not name.strip():
                return "nothing was split"
            self.confirm(
                f"Splitting {code.name}: chosen quotations go to {name.strip()}",
                self.source.touched(code.key),
                "choose the quotations?",
                lambda: self._choose(code, name.strip()),
            )
            return None

        self.ask(f"split {code.name}: name of the new code beside it", named)

    def _choose(self, code: Code, name: str) -> None:
        self.workbench.show_screen(
            PickingScreen(
                f"Which quotations of {code.name} become {name}?",
                lambda words: self.source.quotations(code, words),
                lambda ids: self.source.split(code, name, ids),
            )
        )

    def remove_code(self) -> None:
        """Ask whether the code is to be removed, after showing what stands on it."""
        code = self.code()
        self._preview(
            f"Removing {code.name}; refused while anything stands on it (G merges it)",
            [code.key],
            f"remove {code.name}?",
            lambda: self.source.remove(code),
        )

    # -- helpers ------------------------------------------------------------------------------------------

    def _preview(
        self, title: str, codes: list[str], question: str, work: Callable[[], str]
    ) -> None:
        touched: list[str] = []
        for code in codes:
            found = self.source.touched(code)
            if len(codes) > 1:
                touched.append(f"{self.source.book.by_key[code].name}:")
                found = [f"  {line}" for line in found or ["nothing stands on it"]]
            touched += found
        self.confirm(
            title,
            touched,
            question,
            lambda: self.slowly("changing the codebook …", lambda: self._done(work())),
        )

    def _done(self, said: str) -> str:
        self.tree_pane.unmark()
        self.source.read()
        return said

    def _show_found(self, key: str) -> None:
        self.set_view("codes")
        self.tree_pane.go_to(key)

    def _show_code(self, key: str) -> None:
        """Read afresh, and stand on this code."""
        self.source.read()
        self.show_all()
        self.tree_pane.go_to(key)
