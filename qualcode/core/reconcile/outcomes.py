"""What a decision puts into the consensus, and what a named strategy would propose."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.core.reconcile.discrepancies import (
    Claim,
    Discrepancy,
    DiscrepancyKind,
    agreed_facets,
)
from qualcode.errors import InputError


class Outcome(enum.StrEnum):
    """What was decided about a discrepancy."""

    KEEP_ONE = "keep_one"
    KEEP_BOTH = "keep_both"
    ADJUST_SPAN = "adjust_span"
    OTHER_CODE = "other_code"
    NEW_SUBTHEME = "new_subtheme"
    REJECT_ALL = "reject_all"
    DEFER = "defer"


class Strategy(enum.StrEnum):
    """A rule that proposes outcomes; nothing is written before a person confirms it."""

    MAJORITY = "majority"
    MENTOR = "mentor"
    UNION = "union"


@dataclass(frozen=True, slots=True)
class Result:
    """A coding that a decision puts into the consensus."""

    code: str
    start: int
    end: int
    facets: Mapping[str, str] = field(default_factory=dict)


def outcome_results(
    discrepancy: Discrepancy,
    outcome: Outcome,
    *,
    coder: str | None = None,
    code: str | None = None,
    span: tuple[int, int] | None = None,
    facets: Mapping[str, str] | None = None,
) -> tuple[Result, ...]:
    """Return what the outcome puts into the consensus.

    KEEP_ONE needs `coder` (one who did not code keeps nothing); OTHER_CODE and NEW_SUBTHEME need `code`;
    ADJUST_SPAN needs `span`. Facets given here win over what the coders answered. InputError when one is missing."""
    more = dict(facets or {})
    if outcome in (Outcome.REJECT_ALL, Outcome.DEFER):
        return ()
    if outcome is Outcome.KEEP_ONE:
        if coder is None:
            raise InputError("whose coding is kept?", hint="name the coder with --keep NAME")
        if coder not in discrepancy.coders:
            raise InputError(
                f"{coder} did not read this document in this round",
                hint="one of " + ", ".join(discrepancy.coders),
            )
        return tuple(
            Result(claim.code, claim.start, claim.end, {**claim.facets, **more})
            for claim in discrepancy.claims_of(coder)
        )
    if outcome is Outcome.KEEP_BOTH:
        return _union(discrepancy, more)
    start, end = span or (discrepancy.start, discrepancy.end)
    if outcome is Outcome.ADJUST_SPAN:
        if span is None:
            raise InputError("which span is right?", hint="give --start and --end")
        wanted = [code] if code else list(discrepancy.codes)
        return tuple(Result(one, start, end, _facets(discrepancy, one, more)) for one in wanted)
    if code is None:
        raise InputError("which code is right?", hint="name it with --code CODE")
    return (Result(code, start, end, {**agreed_facets(discrepancy.claims), **more}),)


def propose(
    discrepancy: Discrepancy, strategy: Strategy, *, mentor: str | None = None
) -> tuple[Outcome, tuple[Result, ...], str] | None:
    """Return (outcome, results, rationale) that the strategy would choose, None where it has no answer."""
    if strategy is Strategy.MENTOR:
        if mentor is None or mentor not in discrepancy.coders:
            return None
        results = outcome_results(discrepancy, Outcome.KEEP_ONE, coder=mentor)
        return Outcome.KEEP_ONE, results, f"the mentor's coding ({mentor}) stands"
    if strategy is Strategy.UNION:
        if discrepancy.kind is not DiscrepancyKind.OVERLAP:
            return None
        return Outcome.KEEP_BOTH, _union(discrepancy, {}), "the codes overlap and both apply"
    return _majority(discrepancy)


def _majority(
    discrepancy: Discrepancy,
) -> tuple[Outcome, tuple[Result, ...], str] | None:
    """Find the coder whose codings most others share; needs more than half of the coders."""
    said = {
        coder: frozenset(
            (claim.code, claim.start, claim.end, tuple(sorted(claim.facets.items())))
            for claim in discrepancy.claims_of(coder)
        )
        for coder in discrepancy.coders
    }
    for coder, claims in said.items():
        same = sum(1 for other in said.values() if other == claims)
        if 2 * same > len(said):
            results = outcome_results(discrepancy, Outcome.KEEP_ONE, coder=coder)
            return Outcome.KEEP_ONE, results, f"{same} of {len(said)} coders say the same"
    return None


def _union(discrepancy: Discrepancy, facets: Mapping[str, str]) -> tuple[Result, ...]:
    results = []
    for code in discrepancy.codes:
        spans = [(claim.start, claim.end) for claim in discrepancy.claims if claim.code == code]
        chosen = _facets(discrepancy, code, facets)
        results += [Result(code, start, end, chosen) for start, end in joined(spans)]
    return tuple(results)


def _facets(discrepancy: Discrepancy, code: str, facets: Mapping[str, str]) -> dict[str, str]:
    claims: Sequence[Claim] = [claim for claim in discrepancy.claims if claim.code == code]
    return {**agreed_facets(claims), **facets}


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the union of spans as disjoint spans in order; touching ones stay apart."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
