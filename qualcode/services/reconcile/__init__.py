"""Reconciliation: the worklist of discrepancies, decisions with reasons, and the consensus that results."""

from __future__ import annotations

from qualcode.services.reconcile.consensus import (
    ConsensusReport,
    consensus_report,
    list_consensus,
)
from qualcode.services.reconcile.deciding import (
    Choice,
    Decision,
    RuleEdit,
    Seen,
    decide,
    decide_alike,
    make_decision,
    remark,
)
from qualcode.services.reconcile.feedback import FeedbackPage, give_feedback
from qualcode.services.reconcile.importing import ImportedDecisions, import_decisions
from qualcode.services.reconcile.proposing import Proposal, apply_strategy, preview_strategy
from qualcode.services.reconcile.worklist import (
    DiscrepancyView,
    OpenDiscrepancy,
    Order,
    Wanted,
    confusions,
    identical_cases,
    in_order,
    list_discrepancies,
    look_at,
    show_discrepancy,
    stale_decisions,
    summarize_discrepancies,
)

__all__ = [
    "Choice",
    "ConsensusReport",
    "Decision",
    "DiscrepancyView",
    "FeedbackPage",
    "ImportedDecisions",
    "OpenDiscrepancy",
    "Order",
    "Proposal",
    "RuleEdit",
    "Seen",
    "Wanted",
    "apply_strategy",
    "confusions",
    "consensus_report",
    "decide",
    "decide_alike",
    "give_feedback",
    "identical_cases",
    "import_decisions",
    "in_order",
    "list_consensus",
    "list_discrepancies",
    "look_at",
    "make_decision",
    "preview_strategy",
    "remark",
    "show_discrepancy",
    "stale_decisions",
    "summarize_discrepancies",
]
