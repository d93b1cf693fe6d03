"""A page to build something on: what was written is kept when it is refused, and a code is found by its name."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.codebook import Codebook
from qualcode.tui.screens.choosing import ChoosingPage
from qualcode.tui.widgets.name_finder import Named


class KeepingPage(ChoosingPage):
    """See `Page` and `ChoosingPage`."""

    def __init__(self) -> None:
        super().__init__()
        self._refusal = ""

    def say(self, text: str, *, hint: str | None = None, warns: bool = False) -> None:
        if warns:
            self._refusal = f"{text} — {hint}" if hint else text
        super().say(text, hint=hint, warns=warns)

    def ask(self, title: str, answered: Callable[[str], str | None], *, text: str = "") -> None:
        """Open a line to write in; on a refusal it opens again with what was written, the reason above it."""
        self._ask(title, title, answered, text)

    def _ask(
        self, shown: str, title: str, answered: Callable[[str], str | None], text: str
    ) -> None:
        def answer(given: str) -> None:
            if not self.do(lambda: answered(given)):
                self._ask(f"{self._refusal} — {title}", title, answered, given)

        self._opener = self.focused
        self.line_entry.open(shown, answer, text=text)

    def write(self, title: str, answered: Callable[[str], str | None], *, text: str = "") -> None:
        """Open several lines to write in; on a refusal they open again with what was written.

        What is refused a second time unchanged goes to the notices: nobody is held, and nothing is lost."""
        self._write(title, title, answered, text=text)

    def _write(
        self,
        shown: str,
        title: str,
        answered: Callable[[str], str | None],
        *,
        text: str,
        refused: str | None = None,
    ) -> None:
        def answer(given: str) -> None:
            if self.do(lambda: answered(given)):
                return
            if given == refused:
                self.workbench.note(f"not written: {self._refusal}", given)
                return
            self._write(f"{self._refusal} — {title}", title, answered, text=given, refused=given)

        self._opener = self.focused
        self.page_entry.open(shown, answer, text=text)

    def find_code(
        self, title: str, codebook: Codebook, answered: Callable[[str], str | None]
    ) -> None:
        """Let a code be found by its name or id; its key goes to `answered`."""
        codes = codebook.codes
        names = [Named(code.name, code.key) for code in codes]
        self.find(title, names, lambda index: answered(codes[index].key))
