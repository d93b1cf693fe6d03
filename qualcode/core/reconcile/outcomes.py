"""What a decision puts into the consensus, and what a named strategy would propose."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.core.codebook import Codebook
from qualcode.core.reconcile.discrepancies import (
    Claim,
    Discrepancy,
    DiscrepancyKind,
    agreed_facets,
    clusters,
)
from qualcode.errors import InputError, SpanError


class Outcome(enum.StrEnum):
    """What was decided about a discrepancy."""

    KEEP_ONE = "keep_one"
    KEEP_BOTH = "keep_both"
    ADJUST_SPAN = "adjust_span"
    OTHER_CODE = "other_code"
    NEW_SUBTHEME = "new_subtheme"
    REJECT_ALL = "reject_all"
    DEFER = "defer"

    @property
    def words(self) -> str:
        """The outcome as it is spoken of."""
        return self.value.replace("_", " ")


class Strategy(enum.StrEnum):
    """A rule that proposes outcomes; nothing is written before a person confirms it."""

    COMPLETE = "complete"
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
    coder: str | Mapping[str, str] | None = None,
    code: str | None = None,
    span: tuple[int, int] | None = None,
    facets: Mapping[str, str] | None = None,
) -> tuple[Result, ...]:
    """Return what the outcome puts into the consensus.

    KEEP_ONE needs `coder` (one who did not code keeps nothing); OTHER_CODE and NEW_SUBTHEME need `code`;
    ADJUST_SPAN needs `span`. KEEP_BOTH takes the union of every code's spans, or, where `coder` maps codes to
    coders, each of these codes as its coder has it and no other. Facets given here win over what the coders
    answered; an empty value takes a facet away. InputError when something is missing, SpanError where the span
    lies elsewhere."""
    more = dict(facets or {})
    if outcome in (Outcome.REJECT_ALL, Outcome.DEFER):
        return ()
    if outcome is Outcome.KEEP_ONE:
        if isinstance(coder, Mapping) or coder is None:
            raise InputError("whose coding is kept?", hint="name the coder with --keep NAME")
        return _kept(discrepancy, dict.fromkeys(discrepancy.codes, coder), more)
    if outcome is Outcome.KEEP_BOTH:
        if isinstance(coder, Mapping):
            return _mixed(discrepancy, coder, more)
        return _union(discrepancy, more)
    start, end = _overlapping(discrepancy, span)
    if outcome is Outcome.ADJUST_SPAN:
        if span is None:
            raise InputError("which span is right?", hint="give --start and --end")
        wanted = [code] if code else list(discrepancy.codes)
        return tuple(Result(one, start, end, _facets(discrepancy, one, more)) for one in wanted)
    if code is None:
        raise InputError("which code is right?", hint="name it with --code CODE")
    return (Result(code, start, end, with_facets(agreed_facets(discrepancy.claims), more)),)


def with_facets(answered: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with what is given put over them; an empty value takes a facet away."""
    return {facet: value for facet, value in {**answered, **given}.items() if value}


def fitted(
    results: Iterable[Result], codebook: Codebook, given: Mapping[str, str]
) -> tuple[Result, ...]:
    """Return the results with only those facets that the codebook asks for their codes.

    InputError when a facet that was `given` is asked for none of them."""
    found = tuple(results)
    fitting = tuple(
        replace(one, facets=codebook.asked_facets(one.code, one.facets)) for one in found
    )
    for facet, value in given.items():
        if value and found and not any(facet in one.facets for one in fitting):
            codes = ", ".join(dict.fromkeys(one.code for one in found))
            raise InputError(
                f"the facet {facet} is not asked for {codes}",
                hint=_asked_when(codebook, facet),
            )
    return fitting


def _asked_when(codebook: Codebook, facet: str) -> str:
    found = codebook.facet(facet)
    where = ", ".join(found.applies_to) or "every code"
    only = "; ".join(f"{key} is {' or '.join(asked)}" for key, asked in found.only_if.items())
    return f"it is asked for {where}" + (f", where {only}" if only else "")


def _overlapping(discrepancy: Discrepancy, span: tuple[int, int] | None) -> tuple[int, int]:
    if span is None:
        return discrepancy.start, discrepancy.end
    start, end = span
    if end <= start or end <= discrepancy.start or discrepancy.end <= start:
        raise SpanError(
            f"the span {start}–{end} does not touch the discrepancy at "
            f"{discrepancy.start}–{discrepancy.end}",
            hint="a decision is about the words on which the coders differ",
        )
    return start, end


def _kept(
    discrepancy: Discrepancy, coder_of: Mapping[str, str], more: Mapping[str, str]
) -> tuple[Result, ...]:
    for coder in coder_of.values():
        if coder not in discrepancy.coders:
            raise InputError(
                f"{coder} did not read this document in this round",
                hint="one of " + ", ".join(discrepancy.coders),
            )
    return tuple(
        Result(claim.code, claim.start, claim.end, with_facets(claim.facets, more))
        for claim in discrepancy.claims
        if coder_of.get(claim.code) == claim.coder
    )


def _mixed(
    discrepancy: Discrepancy, coder_of: Mapping[str, str], more: Mapping[str, str]
) -> tuple[Result, ...]:
    """Return each named code as its coder has it; InputError where that coder does not have it here."""
    if not coder_of:
        raise InputError("which codings are kept?", hint="--keep CODE=NAME, repeated")
    results = _kept(discrepancy, coder_of, more)
    for code, coder in coder_of.items():
        having = discrepancy.coders_for(code)
        if coder not in having:
            who = ", ".join(having) or "nobody"
            raise InputError(
                f"{coder} has no coding of {code} here", hint=f"{code} was applied by {who}"
            )
    return results


def propose(
    discrepancy: Discrepancy, strategy: Strategy, *, mentor: str | None = None
) -> tuple[Outcome, tuple[Result, ...], str] | None:
    """Return (outcome, results, rationale) that the strategy would choose, None where it has no answer."""
    if strategy is Strategy.COMPLETE:
        return _complete(discrepancy)
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


def _complete(discrepancy: Discrepancy) -> tuple[Outcome, tuple[Result, ...], str]:
    """Keep the words to which every reader gave the code, and nothing where there are none."""
    results = tuple(
        Result(cluster.code, start, end, agreed_facets(cluster.claims))
        for cluster in clusters(discrepancy.claims, discrepancy.coders)
        for start, end in cluster.unanimous
    )
    if not results:
        return Outcome.REJECT_ALL, (), "no words were given the same code by all"
    return Outcome.ADJUST_SPAN, results, "only the words to which all gave the code"


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
    return with_facets(agreed_facets(claims), facets)


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the union of spans as disjoint spans in order; touching ones stay apart."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
