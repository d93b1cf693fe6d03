"""Questions answered by single keys: the facets of a coding, one after the other; its weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from qualcode.core.codebook import Facet, WeightScale
from qualcode.tui.widgets.lines import Line

Facets = dict[str, str]


class Questions(Protocol):
    """What is asked on the hint line. Each answer says whether nothing is left to ask."""

    about: str

    def take(self, letter: str) -> bool:
        """Take a key as the answer."""
        ...

    def repeat(self) -> bool:
        """Answer Enter."""
        ...

    def skip(self) -> bool:
        """Answer Space."""
        ...

    def line(self) -> Line:
        """Return the question with its keys."""
        ...


@dataclass
class WeightQuestion:
    """Asks for a weight: a digit stands for the number, or for a tenth of a longer scale; Enter writes it out."""

    about: str
    scale: WeightScale
    now: int | None
    answered: Callable[[int | None], None]
    written: Callable[[], None]

    def take(self, letter: str) -> bool:
        weight = weight_keys(self.scale).get("+" if letter == "=" else letter)
        if weight is None:
            return False
        self.answered(weight)
        return True

    def repeat(self) -> bool:
        self.written()
        return True

    def skip(self) -> bool:
        self.answered(None)
        return True

    def line(self) -> Line:
        keys = weight_keys(self.scale)
        told = f"now {self.now}" if self.now is not None else "none yet"
        pieces = [(f" {self.about} — weight {self.scale}, {told}? ", "strong")]
        if all(str(weight) == key for key, weight in keys.items()):
            first, *_, last = keys
            pieces += [(f" {first}…{last} ", "key"), ("as typed ", "")]
        else:
            for key, weight in keys.items():
                pieces += [(f" {key} ", "key"), (f"{weight} ", "")]
        pieces += [(" ⏎ ", "key"), ("type it ", ""), (" Space ", "key"), ("none ", "")]
        return (*pieces, (" Esc leaves", "dim"))


def weight_keys(scale: WeightScale) -> dict[str, int]:
    """Return the weight of each key: the digit itself on a scale of digits, else tenths of it from 0 to +."""
    if scale.high <= 9:
        return {str(weight): weight for weight in range(scale.low, scale.high + 1)}
    steps = [scale.low + round((scale.high - scale.low) * n / 10) for n in range(11)]
    return dict(zip("0123456789+", steps, strict=True))


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
