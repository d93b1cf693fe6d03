"""The code finder: the codes that fit by name, path, alias or definition; or the name of one to be created."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from qualcode.core.codebook import Code
from qualcode.tui.looks import Looks
from qualcode.tui.matching import CodeMatcher
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.name_finder import MOST, FindingList

_WORDS = "name, path, definition or alias"


class Purpose(StrEnum):
    """What is done with the code that is found."""

    APPLY = "apply"
    RECODE = "recode"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of the finder: an existing code, or the name of one to be created."""

    purpose: Purpose
    code: str | None
    new_name: str | None = None


class Finder(FindingList):
    """Open it with `open`; it calls `answered` once, unless it is closed."""

    WORDS: ClassVar[str] = _WORDS

    def __init__(self) -> None:
        super().__init__()
        self.answered: Callable[[Found], None] = lambda found: None
        self.purpose = Purpose.APPLY
        self._matcher: CodeMatcher | None = None
        self._looks: Looks | None = None
        self._recent: tuple[str, ...] = ()
        self._words = ""
        self._choices: list[tuple[Code | None, str | None]] = []

    def use(self, looks: Looks) -> None:
        """Search this codebook from now on."""
        self._matcher = CodeMatcher(looks.codebook)
        self._looks = looks

    def open(self, purpose: Purpose, title: str, *, words: str, recent: tuple[str, ...]) -> None:
        """Show the finder empty; `words` can become the name of a new code."""
        self.purpose = purpose
        self._words, self._recent = words, recent
        self.show_empty(title)

    def search(self, query: str) -> None:
        found = self._matcher.find(query, recent=self._recent) if self._matcher else []
        self._choices = [(code, None) for code in found]
        name = query.strip() or self._words
        names = {code.name.casefold() for code in found}
        if name and self.purpose is not Purpose.PIN and name.casefold() not in names:
            self._choices.append((None, name))

    def count(self) -> int:
        return len(self._choices)

    def taken(self, at: int) -> None:
        code, name = self._choices[at]
        self.answered(Found(self.purpose, code.key if code else None, name))

    def line(self, at: int, *, is_chosen: bool) -> Line:
        code, name = self._choices[at]
        if code is None or self._looks is None:
            return (
                ("▸ ", "chosen") if is_chosen else ("  ", ""),
                ("+ new code: ", "chosen" if is_chosen else "good"),
                (str(name), "chosen" if is_chosen else "strong"),
            )
        return code_line(self._looks, code, is_chosen=is_chosen)


class Codes:
    """The codes of a codebook, for a finder of names; their numbers are those of `codebook.codes`."""

    words = _WORDS

    def __init__(self, looks: Looks, *, recent: Sequence[str] = ()) -> None:
        self._looks = looks
        self._recent = tuple(recent)
        self._matcher = CodeMatcher(looks.codebook)
        self._numbers = {code.key: n for n, code in enumerate(looks.codebook.codes)}

    def fitting(self, query: str) -> list[int]:
        found = self._matcher.find(query, recent=self._recent, most=MOST)
        return [self._numbers[code.key] for code in found]

    def line(self, index: int, *, is_chosen: bool) -> Line:
        return code_line(self._looks, self._looks.codebook.codes[index], is_chosen=is_chosen)


def code_line(looks: Looks, code: Code, *, is_chosen: bool) -> Line:
    """Return a code with its key, its place in the codebook and its definition."""
    look = looks(code.key)
    path = " > ".join(looks.codebook.path(code.key)[:-1])
    role = "chosen" if is_chosen else ""
    definition = f" — {code.definition}" if code.definition else ""
    return (
        ("▸ ", "chosen") if is_chosen else ("  ", ""),
        (f"{look.key or ' '} ", role or look.color or "key"),
        (code.name, "chosen" if is_chosen else "strong"),
        (f"  {path}" if path else "", role or "dim"),
        (definition, role or "dim"),
    )
