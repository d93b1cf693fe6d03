"""Quotations as they stand behind a figure, a term or a link: the words, their place, who said them, who coded them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from qualcode.core.coding import Coding


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words `[start, end)` of an interview that a coding stands on.

    `participants` speak in them. `through` names the narrative in which they were coded, None for the interview itself;
    then several quotations may share one `coding_id`. `is_bound`: an analyst bound this very coding to what is asked."""

    coding_id: int
    document: str
    start: int
    end: int
    quote: str
    code: str
    coder: str
    round: str
    participants: tuple[str, ...] = ()
    through: str | None = None
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class NamedCoding:
    """A coding as a file names it: the words and their place, and as much of code, coder and round as is needed.

    `line` is where it stands in the file, from 1."""

    document: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    code: str | None = None
    coder: str | None = None
    round: str | None = None
    line: int = field(default=0, compare=False)

    def fits(self, coding: Coding, span: tuple[int, int]) -> bool:
        """Say whether this is the coding meant, given where its words were found."""
        pairs = ((self.code, coding.code), (self.coder, coding.coder), (self.round, coding.round))
        return (coding.start, coding.end) == span and all(
            wanted is None or wanted.casefold() == held.casefold() for wanted, held in pairs
        )


def holding(quotations: Iterable[Quotation], words: str) -> tuple[Quotation, ...]:
    """Return the quotations with all these words in text, document, code, coder or participants, ignoring case."""
    wanted = words.casefold().split()
    if not wanted:
        return tuple(quotations)
    found = []
    for one in quotations:
        held = " ".join((one.quote, one.document, one.code, one.coder, *one.participants))
        if all(word in held.casefold() for word in wanted):
            found.append(one)
    return tuple(found)
