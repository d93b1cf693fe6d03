"""Who supports a finding and who speaks against it: triangulation over groups of speakers, and negative cases."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Columns
from qualcode.core.compare.evidence import Corpus, Evidence
from qualcode.core.compare.matrix import rows_by_code


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
    rows_of = rows_by_code(codebook, [key for _, key in codes])
    groups_of = {voice.name: corpus.values_of(voice.name, groups) for voice in corpus.voices}
    heard: dict[tuple[str, str], _Heard] = {}
    for one in evidence:
        rows = rows_of.get(one.code, ())
        for place, names in columns.place(one) if rows else ():
            for row in rows:
                heard.setdefault((row, place), _Heard()).add(one, names)
    found = []
    for depth, key in codes:
        for column in columns.columns:
            here = heard.get((key, column.key), _Heard())
            people: dict[str, set[str]] = {}
            for name in here.people:
                for group in groups_of.get(name) or (name,):
                    people.setdefault(group, set()).add(name)
            found.append(
                Support(
                    key,
                    codebook.by_key[key].name,
                    depth,
                    column.key,
                    column.name,
                    tuple((group, tuple(sorted(people[group]))) for group in sorted(people)),
                    len(here.people),
                    len(here.ids) + here.more,
                )
            )
    return tuple(found)


@dataclass(slots=True)
class _Heard:
    """Who speaks in one cell, in which codings; `more` of them were only counted."""

    people: set[str] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)
    more: int = 0

    def add(self, one: Evidence, names: Iterable[str]) -> None:
        self.people.update(names)
        if one.coding_id:
            self.ids.add(one.coding_id)
        else:
            self.more += one.count


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
    rows_of = rows_by_code(codebook, [key for _, key in codes])
    sided: dict[tuple[str, str], list[tuple[Evidence, Side, tuple[str, ...]]]] = {}
    for one in evidence:
        rows = rows_of.get(one.code, ())
        side = side_of(one, stance) if rows else None
        if side is None:
            continue
        for place, names in columns.place(one):
            for row in rows:
                sided.setdefault((row, place), []).append((one, side, names))
    return tuple(
        _contrary(key, codebook.by_key[key].name, column.key, column.name, sided[key, column.key])
        for _, key in codes
        for column in columns.columns
        if (key, column.key) in sided
    )


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
