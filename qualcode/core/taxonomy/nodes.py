"""Domains and terms as they are kept, and a quotation that shows what a term means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.core.taxonomy.domains import SemanticRelationship


@dataclass(frozen=True, slots=True)
class TermNode:
    """An included term as it is kept: its code if it stands for one, the codings bound to it, the terms below."""

    id: int
    name: str
    code: str | None = None
    quotations: tuple[int, ...] = ()
    terms: tuple[TermNode, ...] = ()

    def walk(self) -> Iterator[TermNode]:
        """Yield the term and everything below it."""
        yield self
        for below in self.terms:
            yield from below.walk()


@dataclass(frozen=True, slots=True)
class DomainNode:
    """A domain as it is kept."""

    id: int
    cover_term: str
    relationship: SemanticRelationship
    definition: str = ""
    variant: str = ""
    terms: tuple[TermNode, ...] = ()

    @property
    def reading(self) -> str:
        return self.variant or self.relationship.reading

    def read(self, term: str) -> str:
        """Return the reading with the terms in it: `a phone call is a way to bring others in`."""
        return f"{term} {self.reading.removeprefix('X ').removesuffix(' Y')} {self.cover_term}"

    def walk(self) -> Iterator[tuple[int, TermNode, int | None]]:
        """Yield (depth from 0, term, id of the term above) in the team's order."""
        stack: list[tuple[int, TermNode, int | None]] = [
            (0, term, None) for term in reversed(self.terms)
        ]
        while stack:
            depth, term, above = stack.pop()
            yield depth, term, above
            stack.extend((depth + 1, below, term.id) for below in reversed(term.terms))


@dataclass(frozen=True, slots=True)
class Example:
    """A quotation that shows what a term means."""

    coding_id: int
    quote: str
    participants: tuple[str, ...]
    document: str
