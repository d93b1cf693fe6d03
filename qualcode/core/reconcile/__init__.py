"""Discrepancies between the coders of a round, decisions about them, and the consensus that follows."""

from __future__ import annotations

from qualcode.core.reconcile.consensus import ConsensusSpan, Decided, derive_consensus
from qualcode.core.reconcile.discrepancies import (
    Claim,
    Discrepancy,
    DiscrepancyKind,
    find_discrepancies,
)
from qualcode.core.reconcile.outcomes import (
    Outcome,
    Result,
    Strategy,
    fitted,
    outcome_results,
    propose,
)

__all__ = [
    "Claim",
    "ConsensusSpan",
    "Decided",
    "Discrepancy",
    "DiscrepancyKind",
    "Outcome",
    "Result",
    "Strategy",
    "derive_consensus",
    "find_discrepancies",
    "fitted",
    "outcome_results",
    "propose",
]
