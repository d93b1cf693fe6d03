"""Questions answered by single keys: the facets of a coding, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from qualcode.core.codebook import Facet
from qualcode.tui.widgets.lines import Line

Facets = dict[str, str]


@dataclass
class FacetQuestions:
    """Asks facet after facet; `next_facet` says which, `answered` is called once with all answers.

    `before` holds the answers given last: Enter gives them again."""

    about: str
    next_facet: Callable[[Facets], Facet | None]
    answered: Callable[[Facets], None]
    may_skip: bool = False
    before: Facets = field(default_factory=dict)
    answers: Facets = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)

    @property
    def facet(self) -> Facet | None:
        return self.next_facet({**self.answers, **dict.fromkeys(self.skipped, "")})

    def take(self, letter: str) -> bool:
        """Take an answer; True when nothing is left to ask and the answers have been handed over."""
        facet = self.facet
        if facet is not None:
            value = answer_keys(facet).get(letter.casefold())
            if value is None:
                return False
            self.answers[facet.key] = value
        return self._finish()

    def repeat(self) -> bool:
        """Answer as last time, where there was a last time; otherwise skip."""
        facet = self.facet
        if facet is None or facet.key not in self.before:
            return self.skip()
        self.answers[facet.key] = self.before[facet.key]
        return self._finish()

    def skip(self) -> bool:
        """Leave this facet open, where that is allowed."""
        facet = self.facet
        if facet is not None:
            if not self.may_skip:
                return False
            self.skipped.add(facet.key)
        return self._finish()

    def line(self) -> Line:
        """Return the question with its keys."""
        facet = self.facet
        if facet is None:
            return ()
        pieces = [(f" {self.about} — {facet.name}? ", "strong")]
        names = {value.key: value.name for value in facet.values}
        for key, value in answer_keys(facet).items():
            pieces += [(f" {key} ", "key"), (f"{names[value]} ", "")]
        if facet.key in self.before:
            pieces += [(" ⏎ ", "key"), (f"again {names[self.before[facet.key]]} ", "")]
        pieces.append((" Space skips · Esc leaves" if self.may_skip else " Esc leaves", "dim"))
        return tuple(pieces)

    def _finish(self) -> bool:
        if self.facet is not None:
            return False
        self.answered(dict(self.answers))
        return True


def answer_keys(facet: Facet) -> dict[str, str]:
    """Return a single key for every value of a facet: the first letter of its id or name that is still free."""
    keys: dict[str, str] = {}
    for value in facet.values:
        for letter in _letters((value.key, value.name, "0123456789abcdefghijklmnopqrstuvwxyz")):
            if letter not in keys:
                keys[letter] = value.key
                break
    return keys


def _letters(words: Iterable[str]) -> list[str]:
    return [letter for word in words for letter in word.casefold() if letter.isalnum()]
