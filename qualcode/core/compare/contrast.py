"""Who supports a finding and who speaks against it: triangulation over groups of speakers, and negative cases."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Columns
from qualcode.core.compare.evidence import Corpus, Evidence


class Side(enum.StrEnum):
    """On which side of a statement a passage stands: it is so, it is not so, or both in one breath."""

    FOR = "for"
    AGAINST = "against"
    MIXED = "mixed"


AGAINST = frozenset({"absent", "strained", "negative", "wished", "past", "no", "none"})
MIXED = frozenset({"mixed", "ambivalent"})
UNTOLD = frozenset({"unspecified", "unknown"})
"""Facet values by which a side is read; every other value stands for the statement."""

STANCE = ("presence", "valence")
"""The facets that say how a speaker stands to what is coded; the last one that has a value decides."""


@dataclass(frozen=True, slots=True)
class Support:
    """Who speaks of one code in one column. `groups` maps each group of speakers to its names."""

    code: str
    name: str
    depth: int
    column: str
    column_name: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    participants: int
    codings: int

    @property
    def reading(self) -> str:
        """Return in words how broad the support is."""
        if not self.participants:
            return "nobody"
        if self.participants == 1:
            return "single source"
        if len(self.groups) == 1:
            return f"one group, {self.participants} participants"
        return f"{len(self.groups)} groups, {self.participants} participants"


@dataclass(frozen=True, slots=True)
class Contrary:
    """What one code is said to be in one column, and who says otherwise.

    `side` is the side of most participants, None where as many stand on either; `cases` are the passages of the
    other side and the mixed ones. `divided` names who speaks on both sides."""

    code: str
    name: str
    column: str
    column_name: str
    side: Side | None
    names: Mapping[Side, tuple[str, ...]]
    divided: tuple[str, ...]
    cases: tuple[Evidence, ...]


def triangulate(
    evidence: Sequence[Evidence],
    codes: Sequence[tuple[int, str]],
    columns: Columns,
    groups: str,
    codebook: Codebook,
    corpus: Corpus,
) -> tuple[Support, ...]:
    """Return, for each code (with its branch) and column, which groups of an attribute support it.

    Somebody with several values of the attribute supports from each of those groups; somebody without one is a
    group of their own name."""
    found = []
    for depth, key in codes:
        branch = set(codebook.branch(key))
        here = [one for one in evidence if one.code in branch]
        for column in columns.columns:
            people: dict[str, set[str]] = {}
            ids: set[int] = set()
            for one in here:
                for place, names in columns.place(one):
                    if place != column.key:
                        continue
                    ids.add(one.coding_id)
                    for name in names:
                        for group in corpus.values_of(name, groups) or (name,):
                            people.setdefault(group, set()).add(name)
            found.append(
                Support(
                    key,
                    codebook.by_key[key].name,
                    depth,
                    column.key,
                    column.name,
                    tuple((group, tuple(sorted(people[group]))) for group in sorted(people)),
                    len(set().union(*people.values())),
                    len(ids),
                )
            )
    return tuple(found)


def side_of(one: Evidence, stance: Sequence[str] = STANCE) -> Side | None:
    """Return the side of a passage by its facets; None where it has none of them or cannot be told."""
    value = None
    for facet in stance:
        given = one.facets.get(facet)
        if given is not None and given not in UNTOLD:
            value = given
    if value is None:
        return None
    if value in MIXED:
        return Side.MIXED
    return Side.AGAINST if value in AGAINST else Side.FOR


def contrary_cases(
    evidence: Sequence[Evidence],
    codes: Sequence[tuple[int, str]],
    columns: Columns,
    codebook: Codebook,
    *,
    stance: Sequence[str] = STANCE,
) -> tuple[Contrary, ...]:
    """Return, for each code (with its branch) and column with any passage that has a side, the negative cases.

    The side of most participants is what the group says; passages of the other side speak against it."""
    found = []
    for _, key in codes:
        branch = set(codebook.branch(key))
        here = [(one, side_of(one, stance)) for one in evidence if one.code in branch]
        for column in columns.columns:
            sided = [
                (one, side, names)
                for one, side in here
                if side is not None
                for place, names in columns.place(one)
                if place == column.key
            ]
            if sided:
                found.append(
                    _contrary(key, codebook.by_key[key].name, column.key, column.name, sided)
                )
    return tuple(found)


def _contrary(
    code: str,
    name: str,
    column: str,
    column_name: str,
    sided: Sequence[tuple[Evidence, Side, tuple[str, ...]]],
) -> Contrary:
    people: dict[Side, set[str]] = {side: set() for side in Side}
    for _, side, names in sided:
        people[side].update(names)
    divided = people[Side.FOR] & people[Side.AGAINST]
    most = _most(len(people[Side.FOR]), len(people[Side.AGAINST]))
    cases = tuple(one for one, side, _ in sided if side is not most)
    return Contrary(
        code,
        name,
        column,
        column_name,
        most,
        {side: tuple(sorted(who)) for side, who in people.items()},
        tuple(sorted(divided)),
        cases if most is not None else tuple(one for one, _, _ in sided),
    )


def _most(for_it: int, against: int) -> Side | None:
    if for_it == against:
        return None
    return Side.FOR if for_it > against else Side.AGAINST
