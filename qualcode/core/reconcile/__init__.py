"""Discrepancies between the coders of a round, decisions about them, and the consensus that follows."""

from __future__ import annotations

from qualcode.core.reconcile.consensus import ConsensusSpan, Decided, derive_consensus
from qualcode.core.reconcile.discrepancies import (
    Claim,
    Discrepancy,
    DiscrepancyKind,
    conflicting_facets,
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
from qualcode.core.reconcile.summary import Habit, Summary, summarize

__all__ = [
    "Claim",
    "ConsensusSpan",
    "Decided",
    "Discrepancy",
    "DiscrepancyKind",
    "Habit",
    "Outcome",
    "Result",
    "Strategy",
    "Summary",
    "conflicting_facets",
    "derive_consensus",
    "find_discrepancies",
    "fitted",
    "outcome_results",
    "propose",
    "summarize",
]
