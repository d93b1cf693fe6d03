"""Concept maps: an analyst's links between codes and ideas, with the evidence behind each link."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    def reading(self) -> str:
        arrow = "⇄" if self.mutual else "→"
        return f"{self.source} {arrow} {self.target} ({self.kind.value.replace('-', ' ')})"


@dataclass(frozen=True, slots=True)
class ConceptMap:
    name: str
    concepts: tuple[Concept, ...]
    links: tuple[ConceptLink, ...]

    @property
    def without_evidence(self) -> tuple[ConceptLink, ...]:
        """Return the links that are the analyst's interpretation only, or whose evidence is gone."""
        return tuple(link for link in self.links if not link.evidence)


def link_kind_from(text: str) -> LinkKind:
    """Return the kind meant by a word, as `leads to`; UnknownName otherwise."""
    word = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    for kind in LinkKind:
        if kind.value == word:
            return kind
    raise UnknownName("kind of link", text, [kind.value for kind in LinkKind])


def layers(names: Iterable[str], arrows: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the concepts in layers so that, circles apart, every arrow leads to a later one.

    An arrow that would close a circle is left out of account, in the order given; so are arrows to oneself."""
    order = list(dict.fromkeys(names))
    after: dict[str, list[str]] = {name: [] for name in order}
    for source, target in arrows:
        if source != target and not _reaches(after, target, source):
            after[source].append(target)
    depth = dict.fromkeys(order, 0)
    # Longest path in an acyclic graph: as many rounds as there are concepts settle every depth.
    for _ in order:
        for source in order:
            for target in after[source]:
                depth[target] = max(depth[target], depth[source] + 1)
    found: dict[int, list[str]] = {}
    for name in order:
        found.setdefault(depth[name], []).append(name)
    return tuple(tuple(found[n]) for n in sorted(found))


def _reaches(after: Mapping[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        step = waiting.pop()
        if step == goal:
            return True
        fresh = [name for name in after[step] if name not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return False
