"""The consensus of a round: what all coders say, plus what was decided where they differ."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.core.reconcile.discrepancies import (
    Claim,
    Discrepancy,
    agreed_facets,
    clusters,
)
from qualcode.core.reconcile.outcomes import Outcome, Result


@dataclass(frozen=True, slots=True)
class Decided:
    """A live decision as the consensus sees it."""

    decision_id: int
    discrepancy_uid: uuid.UUID
    outcome: Outcome
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class ConsensusSpan:
    """One coding of the consensus; `decision_id` is None where the coders agreed by themselves."""

    code: str
    start: int
    end: int
    facets: Mapping[str, str] = field(default_factory=dict)
    decision_id: int | None = None

    @property
    def key(self) -> tuple[str, int, int]:
        return self.code, self.start, self.end


def derive_consensus(
    claims: Iterable[Claim],
    coders: Sequence[str],
    discrepancies: Sequence[Discrepancy],
    decisions: Iterable[Decided],
) -> list[ConsensusSpan]:
    """Return the consensus of one document, without duplicates, in text order.

    Definition. For each code: (1) where no discrepancy is decided, the stretches that every reader coded;
    (2) where one is decided, what the decision put there and nothing else. Deferred decisions, and decisions
    whose discrepancy no longer stands (an input changed), do not count. A document with one reader is taken as read."""
    readers = set(coders)
    said = [claim for claim in claims if claim.coder in readers]
    standing = {discrepancy.uid: discrepancy for discrepancy in discrepancies}
    counted = [
        decided
        for decided in decisions
        if decided.outcome is not Outcome.DEFER and decided.discrepancy_uid in standing
    ]
    settled = {
        claim.coding_id
        for decided in counted
        for claim in standing[decided.discrepancy_uid].claims
    }
    found: dict[tuple[str, int, int], ConsensusSpan] = {}
    for cluster in clusters(said, coders):
        if cluster.claims[0].coding_id in settled:
            continue
        facets = agreed_facets(cluster.claims)
        for start, end in cluster.unanimous:
            span = ConsensusSpan(cluster.code, start, end, facets)
            found[span.key] = span
    for decided in counted:
        for result in decided.results:
            span = ConsensusSpan(
                result.code, result.start, result.end, dict(result.facets), decided.decision_id
            )
            found[span.key] = span
    return sorted(found.values(), key=lambda span: (span.start, span.end, span.code))
