"""Rearranging the terms of a domain: up, down, into the sibling above, out of what includes them."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass

from qualcode.core.taxonomy.nodes import DomainNode
from qualcode.errors import Refused

Branches = dict[int | None, list[int]]
"""The ids of the terms below each term, in order; under None those at the top."""


class Way(enum.StrEnum):
    """Where terms are shifted to."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


_NO_ROOM = {
    Way.UP: "stands first among its siblings already",
    Way.DOWN: "stands last among its siblings already",
    Way.IN: "has no sibling above that could include it",
    Way.OUT: "stands at the top of its domain already",
}


@dataclass(frozen=True, slots=True)
class TermPlace:
    """Where a term stands: the term that includes it (None: the domain), and its place among its siblings from 0."""

    term_id: int
    parent_id: int | None
    sort: int


def rearranged(domain: DomainNode, term_ids: Collection[int], way: Way) -> tuple[TermPlace, ...]:
    """Return the new places of all terms whose place or neighbours change, when these are shifted by one step.

    A term that stands below another one of them goes along with it. Terms shifted together keep their order.
    Refused when none of them has room to move."""
    branches, above = _branches(domain)
    before = {parent: list(ids) for parent, ids in branches.items()}
    moved = [term_id for term_id in above if term_id in set(term_ids)]
    roots = {one for one in moved if not _stands_below(one, set(moved), above)}
    if way is Way.UP:
        for ids in branches.values():
            _shift_up(ids, roots)
    elif way is Way.DOWN:
        for ids in branches.values():
            ids.reverse()
            _shift_up(ids, roots)
            ids.reverse()
    elif way is Way.IN:
        _shift_in(branches, roots)
    else:
        _shift_out(branches, roots, above)
    changed = tuple(
        TermPlace(term_id, parent, sort)
        for parent, ids in branches.items()
        if ids != before.get(parent)
        for sort, term_id in enumerate(ids)
    )
    if not changed:
        names = {term.id: term.name for _, term, _ in domain.walk()}
        said = names[moved[0]] if len(moved) == 1 else "none of them can move: the first"
        raise Refused(f"{said} {_NO_ROOM[way]}")
    return changed


def _branches(domain: DomainNode) -> tuple[Branches, dict[int, int | None]]:
    branches: Branches = {None: []}
    above: dict[int, int | None] = {}
    for _, term, parent in domain.walk():
        branches.setdefault(term.id, [])
        branches[parent].append(term.id)
        above[term.id] = parent
    return branches, above


def _stands_below(term_id: int, marked: set[int], above: dict[int, int | None]) -> bool:
    parent = above[term_id]
    while parent is not None:
        if parent in marked:
            return True
        parent = above[parent]
    return False


def _shift_up(ids: list[int], roots: set[int]) -> None:
    for at in range(1, len(ids)):
        if ids[at] in roots and ids[at - 1] not in roots:
            ids[at - 1], ids[at] = ids[at], ids[at - 1]


def _shift_in(branches: Branches, roots: set[int]) -> None:
    for ids in [list(found) for found in branches.values()]:
        host: int | None = None
        for term_id in ids:
            if term_id not in roots:
                host = term_id
            elif host is not None:
                own = next(found for found in branches.values() if term_id in found)
                own.remove(term_id)
                branches[host].append(term_id)


def _shift_out(branches: Branches, roots: set[int], above: dict[int, int | None]) -> None:
    for term_id in reversed([one for one in above if one in roots]):
        parent = above[term_id]
        if parent is not None:
            branches[parent].remove(term_id)
            outer = branches[above[parent]]
            outer.insert(outer.index(parent) + 1, term_id)
