"""A tie as the statements about two actors add up to it: who says so, how it stands, and where they disagree."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from qualcode.core.network.statements import Formality, Presence, TieStatement, TieType, Valence

Value = TypeVar("Value", bound=enum.StrEnum)

OBSTACLES = frozenset({TieType.EXCLUDES, TieType.BLOCKS})
"""Types that are told as trouble: a present one makes the tie strained, whatever its valence."""

TEACHING = frozenset({TieType.TRAINS})
"""One-way instruction: it speaks for a tie only where the same speaker tells of no other dealing."""


class Standing(enum.StrEnum):
    """How a tie stands, best first. `divided`: as many sources say that it is there as that it is not."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    UNRATED = "unrated"
    MIXED = "mixed"
    STRAINED = "strained"
    DIVIDED = "divided"
    PAST = "past"
    WISHED = "wished"
    ABSENT = "absent"

    @property
    def workable(self) -> bool:
        """Whether the tie is there and not strained."""
        return self in _WORKABLE

    @property
    def there(self) -> bool:
        """Whether the tie is said to exist, well or badly."""
        return self in _WORKABLE or self is Standing.STRAINED


_WORKABLE = frozenset({Standing.POSITIVE, Standing.NEUTRAL, Standing.UNRATED, Standing.MIXED})
_VOTE = 2520
"""One participant's vote, divisible by every number of standings up to ten."""
_ORDER = {standing: rank for rank, standing in enumerate(Standing)}
_GOOD = frozenset({Standing.POSITIVE, Standing.NEUTRAL})
_BAD = frozenset({Standing.STRAINED, Standing.ABSENT})


class MixedRule(enum.StrEnum):
    """How statements that differ become one standing."""

    MAJORITY = "majority"
    ANY = "any"
    WORST = "worst"
    BEST = "best"

    @property
    def sentence(self) -> str:
        return _RULES[self]


_RULES = {
    MixedRule.MAJORITY: "each participant has one vote; a tie counts as most of them describe it",
    MixedRule.ANY: "a tie is there as soon as one participant says so, and stands as most of those describe it",
    MixedRule.WORST: "a tie counts as its most critical statement describes it",
    MixedRule.BEST: "a tie counts as its most favourable statement describes it",
}


class Grouping(enum.StrEnum):
    """Which statements make up one tie: of a pair, of a pair and direction, or of direction and type."""

    PAIR = "pair"
    DIRECTION = "direction"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Tie:
    """What is said about two actors. Distributions count distinct participants; the key None means not said.
    `formality` is None where nobody says, and of a tie that is not there.

    `weight` is the number of distinct participants, never of quotations. `roles` are the roles that tell of
    the tie; `sides_heard` those of its two ends that do; `acting` the ends told to act towards the other. `by_membership` marks a tie nobody told of, drawn
    because both belong to one group.
    """

    source: str
    target: str
    directed: bool
    type: TieType | None
    standing: Standing
    formality: Formality | None
    statements: tuple[TieStatement, ...]
    participants: tuple[str, ...]
    roles: tuple[str, ...]
    acting: tuple[str, ...]
    sides_heard: tuple[str, ...]
    both_sides_interviewed: bool
    presences: dict[Presence | None, int]
    valences: dict[Valence | None, int]
    formalities: dict[Formality | None, int]
    by_membership: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """The two keys in alphabetical order."""
        return (
            (self.source, self.target) if self.source < self.target else (self.target, self.source)
        )

    @property
    def weight(self) -> int:
        return len(self.participants)

    @property
    def workable(self) -> bool:
        return self.standing.workable

    @property
    def single_source(self) -> bool:
        """Whether the tie rests on the word of one participant."""
        return len(self.participants) <= 1

    @property
    def one_sided(self) -> bool:
        """Whether at most one of its two ends is heard."""
        return len(self.sides_heard) < 2

    @property
    def contradictory(self) -> bool:
        """Whether somebody calls it good or normal while somebody calls it strained or absent."""
        told = {standing_of(claim) for claim in main_claims(self.statements)}
        return bool(told & _GOOD) and bool(told & _BAD)

    @property
    def counter_examples(self) -> tuple[TieStatement, ...]:
        """The statements that speak against the standing: troubles of a workable tie, and the other way round."""
        against = _BAD if self.workable else _GOOD
        return tuple(c for c in main_claims(self.statements) if standing_of(c) in against)


def standing_of(statement: TieStatement) -> Standing | None:
    """Return how one statement lets the tie stand; None where it says nothing about that.

    Obstacles that are absent, past or only wished say nothing about the tie they would hinder.
    """
    if statement.type in OBSTACLES:
        return Standing.STRAINED if statement.presence is Presence.PRESENT else None
    if statement.presence is None:
        return None
    if statement.presence is not Presence.PRESENT:
        return Standing(statement.presence.value)
    return Standing.UNRATED if statement.valence is None else Standing(statement.valence.value)


def settle(statements: Sequence[TieStatement], rule: MixedRule) -> Standing | None:
    """Return the standing these statements add up to under the rule; None where none of them says.

    Each participant's vote is divided evenly over the standings they tell. Present stands against not
    present first; an even split there is `divided`. Then quality: an even split with trouble on one side is
    `mixed`, without trouble the weaker word.
    """
    voices = {
        told_by: standings
        for told_by, found in _by_participant(statements).items()
        if (standings := _voice(found))
    }
    told = [standing for standings in voices.values() for standing in standings]
    if not told:
        return None
    if rule is MixedRule.BEST:
        return min(told, key=_ORDER.__getitem__)
    if rule is MixedRule.WORST:
        return max(told, key=_ORDER.__getitem__)
    votes: defaultdict[Standing, int] = defaultdict(int)
    for standings in voices.values():
        for standing in standings:
            votes[standing] += _VOTE // len(standings)
    there = {standing: votes[standing] for standing in votes if standing.there}
    gone = {standing: votes[standing] for standing in votes if not standing.there}
    balance = sum(there.values()) - sum(gone.values())
    if there and (balance > 0 or rule is MixedRule.ANY):
        return _quality(there)
    if balance == 0:
        return Standing.DIVIDED
    return _most(gone) or Standing.ABSENT


def formality_of(statements: Iterable[TieStatement]) -> Formality | None:
    """Return what the ties said to be there rest on; `both` where formal and informal are told. None: not said."""
    told: set[Formality] = set()
    for found in statements:
        if found.presence is Presence.PRESENT and found.formality is not None:
            told.add(found.formality)
    if not told:
        return None
    return next(iter(told)) if len(told) == 1 else Formality.BOTH


def make_tie(
    ends: tuple[str, str, bool, TieType | None],
    statements: Sequence[TieStatement],
    *,
    rule: MixedRule,
    acting: Collection[str] = (),
    sides_heard: Collection[str] = (),
    both_sides_interviewed: bool = False,
) -> Tie | None:
    """Return the tie of these statements; None where none of them says whether or how it stands."""
    standing = settle(statements, rule)
    if standing is None:
        return None
    source, target, directed, kind = ends
    there = [s for s in statements if s.presence is Presence.PRESENT]
    return Tie(
        source=source,
        target=target,
        directed=directed,
        type=kind,
        standing=standing,
        formality=formality_of(main_claims(statements)) if standing.there else None,
        statements=tuple(statements),
        participants=tuple(sorted({s.told_by for s in statements})),
        roles=tuple(sorted({s.speaker_role for s in statements if s.speaker_role is not None})),
        acting=tuple(sorted(acting)),
        sides_heard=tuple(sorted(sides_heard)),
        both_sides_interviewed=both_sides_interviewed,
        presences=_distribution(Presence, ((s.told_by, s.presence) for s in statements)),
        valences=_distribution(Valence, ((s.told_by, s.valence) for s in there)),
        formalities=_distribution(Formality, ((s.told_by, s.formality) for s in there)),
    )


def main_claims(statements: Sequence[TieStatement]) -> list[TieStatement]:
    """Return the statements that speak for the tie as a whole, speaker by speaker.

    Of one speaker, teaching steps back behind any other dealing, and the absence of one kind of dealing does
    not deny a tie whose other kinds the same speaker reports.
    """
    return [claim for found in _by_participant(statements).values() for claim in _claims(found)]


def _claims(statements: list[TieStatement]) -> list[TieStatement]:
    claims = [s for s in statements if s.type not in TEACHING] or statements
    present = {s.type for s in claims if s.presence is Presence.PRESENT}
    if present - OBSTACLES:
        claims = [
            s
            for s in claims
            if s.presence is not Presence.ABSENT
            or s.type is TieType.WORKS_WITH
            or s.type in present
        ]
    return claims


def _voice(statements: list[TieStatement]) -> list[Standing]:
    if len(statements) == 1:
        only = standing_of(statements[0])
        return [] if only is None else [only]
    told = {standing_of(claim) for claim in _claims(statements)}
    return sorted((s for s in told if s is not None), key=_ORDER.__getitem__)


def _quality(votes: dict[Standing, int]) -> Standing:
    rated = {s: n for s, n in votes.items() if s is not Standing.UNRATED}
    if not rated:
        return Standing.UNRATED
    most = max(rated.values())
    top = {standing for standing, n in rated.items() if n == most}
    if len(top) == 1:
        return next(iter(top))
    return Standing.NEUTRAL if top == _GOOD else Standing.MIXED


def _most(votes: dict[Standing, int]) -> Standing | None:
    most = max(votes.values())
    top = [standing for standing, n in votes.items() if n == most]
    return top[0] if len(top) == 1 else None


def _by_participant(statements: Iterable[TieStatement]) -> dict[str, list[TieStatement]]:
    found: dict[str, list[TieStatement]] = {}
    for statement in statements:
        found.setdefault(statement.told_by, []).append(statement)
    return found


def _distribution(
    vocabulary: type[Value], told: Iterable[tuple[str, Value | None]]
) -> dict[Value | None, int]:
    """Count the distinct participants behind each value, in the order of the vocabulary, not-said last."""
    voices: dict[Value | None, set[str]] = {}
    for told_by, value in told:
        voices.setdefault(value, set()).add(told_by)
    if len(voices) == 1:
        return {value: len(names) for value, names in voices.items()}
    ordered: tuple[Value | None, ...] = (*vocabulary, None)
    return {value: len(voices[value]) for value in ordered if value in voices}
