"""What a coder can learn from the consensus: hits, misses, extra codings and boundary habits, code by code."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


class Verdict(enum.StrEnum):
    """HIT: she has what the consensus has; MISS: the consensus alone; EXTRA: she alone."""

    HIT = "hit"
    MISS = "miss"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Marked:
    """A coding of the coder or of the consensus: `[start, end)` in code points of its document."""

    id: int
    round: str
    document: str
    code: str
    start: int
    end: int
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """One place of the feedback. `start`, `end` are the consensus's (hers for an EXTRA), `own` is her span at a HIT.

    `instead` names the codes she has there when she missed one, or the codes the consensus has there when hers is
    extra; `answers` are facets answered differently: (facet, hers, the consensus's)."""

    round: str
    document: str
    code: str
    verdict: Verdict
    start: int
    end: int
    own: tuple[int, int] | None = None
    instead: tuple[str, ...] = ()
    answers: tuple[tuple[str, str, str], ...] = ()
    coding_id: int = 0
    quote: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CodeFeedback:
    """A code in one round (None: in all). `starts` and `ends` are the medians of how many characters later her spans
    begin and end than the consensus's (None where there is no hit); `exact`, `wider`, `narrower` count hits."""

    code: str
    round: str | None
    hits: int
    misses: int
    extras: int
    exact: int
    wider: int
    narrower: int
    starts: float | None
    ends: float | None

    @property
    def found(self) -> float | None:
        """The share of the consensus that she found; None where the consensus has none of it."""
        total = self.hits + self.misses
        return self.hits / total if total else None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one coder's codings are beside the consensus of some rounds; `documents` are those she read."""

    coder: str
    rounds: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    codes: tuple[CodeFeedback, ...]
    by_round: tuple[CodeFeedback, ...]
    passages: tuple[Passage, ...]

    @property
    def overall(self) -> CodeFeedback:
        return tally("", None, self.passages)


def compare_with_consensus(own: Sequence[Marked], consensus: Sequence[Marked]) -> list[Passage]:
    """Return the passages of one coder beside the consensus, in text order; both of documents that she read.

    A coding of the consensus is a hit where some of her codings of the same code overlaps it; a coding of hers is
    extra where none of the consensus's with the same code overlaps it."""
    hers, theirs = _by_place(own), _by_place(consensus)
    found: list[Passage] = []
    for place in sorted(set(hers) | set(theirs)):
        mine, agreed = hers.get(place, []), theirs.get(place, [])
        found += [_beside(one, mine) for one in agreed]
        found += [
            Passage(
                one.round, one.document, one.code, Verdict.EXTRA, one.start, one.end,
                (one.start, one.end), _other_codes(one, agreed), (), one.id,
            )
            for one in mine
            if not any(_is_same(one, other) for other in agreed)
        ]  # fmt: skip
    return sorted(found, key=lambda one: (one.round, one.document, one.start, one.end, one.code))


def _beside(one: Marked, mine: Iterable[Marked]) -> Passage:
    given = list(mine)
    same = [other for other in given if _is_same(one, other)]
    if not same:
        return Passage(
            one.round, one.document, one.code, Verdict.MISS, one.start, one.end,
            None, _other_codes(one, given), (), one.id,
        )  # fmt: skip
    own = min(other.start for other in same), max(other.end for other in same)
    answers = tuple(
        (facet, other.facets[facet], value)
        for other in same[:1]
        for facet, value in one.facets.items()
        if facet in other.facets and other.facets[facet] != value
    )
    return Passage(
        one.round, one.document, one.code, Verdict.HIT, one.start, one.end,
        own, (), answers, one.id,
    )  # fmt: skip


def tally(code: str, round: str | None, passages: Iterable[Passage]) -> CodeFeedback:
    """Count passages: how many of each verdict, and how her spans lie beside the consensus's."""
    given = list(passages)
    hits = [one for one in given if one.verdict is Verdict.HIT]
    shifts = [
        (one.own[0] - one.start, one.own[1] - one.end) for one in hits if one.own is not None
    ]
    longer = [end - start for start, end in shifts]
    return CodeFeedback(
        code,
        round,
        len(hits),
        sum(1 for one in given if one.verdict is Verdict.MISS),
        sum(1 for one in given if one.verdict is Verdict.EXTRA),
        sum(1 for shift in shifts if shift == (0, 0)),
        sum(1 for more in longer if more > 0),
        sum(1 for more in longer if more < 0),
        median(start for start, _ in shifts) if shifts else None,
        median(end for _, end in shifts) if shifts else None,
    )


def tallied(
    coder: str,
    rounds: Sequence[str],
    documents: Sequence[tuple[str, str]],
    passages: Sequence[Passage],
) -> Feedback:
    """Gather passages into the feedback: code by code with the most misses and extras first, and round by round."""
    by_code: dict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        by_code[one.code].append(one)
    codes = [tally(code, None, found) for code, found in by_code.items()]
    codes.sort(key=lambda one: (-(one.misses + one.extras), one.code))
    return Feedback(
        coder,
        tuple(rounds),
        tuple(documents),
        tuple(codes),
        tuple(tally("", name, (one for one in passages if one.round == name)) for name in rounds),
        tuple(passages),
    )


def _by_place(given: Iterable[Marked]) -> dict[tuple[str, str], list[Marked]]:
    found: dict[tuple[str, str], list[Marked]] = defaultdict(list)
    for one in given:
        found[one.round, one.document].append(one)
    return found


def _overlap(one: Marked, other: Marked) -> bool:
    return one.start < other.end and other.start < one.end


def _is_same(one: Marked, other: Marked) -> bool:
    return one.code == other.code and _overlap(one, other)


def _other_codes(one: Marked, others: Iterable[Marked]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other.code for other in others if _overlap(one, other)))
