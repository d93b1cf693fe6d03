"""Concept maps: an analyst's links between codes and ideas, with the evidence behind each link."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from qualcode.core.quotations import NamedCoding
from qualcode.errors import UnknownName


class LinkKind(enum.StrEnum):
    """What a link says of two concepts, read from the first to the second."""

    LEADS_TO = "leads-to"
    SUPPORTS = "supports"
    PART_OF = "part-of"
    HINDERS = "hinders"
    CONTRADICTS = "contradicts"
    GOES_WITH = "goes-with"


@dataclass(frozen=True, slots=True)
class Concept:
    """A box of the map. `code` is the code it stands for; None for an idea that no code stands for.

    `codings` and `participants` count the code's evidence with everything below it, None without a code."""

    id: int
    name: str
    code: str | None = None
    codings: int | None = None
    participants: int | None = None


@dataclass(frozen=True, slots=True)
class ConceptLink:
    """A link. `evidence` are the live codings that speak for it; `gone` counts those that do not stand any more."""

    id: int
    source: str
    target: str
    kind: LinkKind
    mutual: bool
    note: str
    author: str
    evidence: tuple[int, ...] = ()
    gone: int = 0

    @property
    def words(self) -> str:
        """The kind as it is read: `leads to`."""
        return self.kind.value.replace("-", " ")

    @property
    def reading(self) -> str:
        arrow = "⇄" if self.mutual else "→"
        return f"{self.source} {arrow} {self.target} ({self.words})"


@dataclass(frozen=True, slots=True)
class ConceptMap:
    name: str
    concepts: tuple[Concept, ...]
    links: tuple[ConceptLink, ...]

    @property
    def without_evidence(self) -> tuple[ConceptLink, ...]:
        """Return the links that are the analyst's interpretation only, or whose evidence is gone."""
        return tuple(link for link in self.links if not link.evidence)


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """A concept as it is written in a file; `line` is where, 0 for nowhere."""

    name: str
    code: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """A link as it is written in a file, with the codings that speak for it."""

    source: str
    target: str
    kind: LinkKind = LinkKind.LEADS_TO
    mutual: bool = False
    note: str = ""
    evidence: tuple[NamedCoding, ...] = ()


@dataclass(frozen=True, slots=True)
class MapEntry:
    """A concept map as it is written in a file."""

    name: str
    concepts: tuple[ConceptEntry, ...] = ()
    links: tuple[LinkEntry, ...] = ()


def link_kind_from(text: str) -> LinkKind:
    """Return the kind meant by a word, as `leads to`; UnknownName otherwise."""
    word = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    for kind in LinkKind:
        if kind.value == word:
            return kind
    raise UnknownName("kind of link", text, [kind.value for kind in LinkKind])
