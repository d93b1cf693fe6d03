"""Reconciliation: the worklist of discrepancies, decisions with reasons, and the consensus that results."""

from __future__ import annotations

from qualcode.services.reconcile.consensus import (
    ConsensusReport,
    consensus_report,
    list_consensus,
)
from qualcode.services.reconcile.deciding import Decision, decide, remark
from qualcode.services.reconcile.importing import import_decisions
from qualcode.services.reconcile.proposing import Proposal, apply_strategy, preview_strategy
from qualcode.services.reconcile.worklist import (
    DiscrepancyView,
    OpenDiscrepancy,
    confusions,
    list_discrepancies,
    show_discrepancy,
)

__all__ = [
    "ConsensusReport",
    "Decision",
    "DiscrepancyView",
    "OpenDiscrepancy",
    "Proposal",
    "apply_strategy",
    "confusions",
    "consensus_report",
    "decide",
    "import_decisions",
    "list_consensus",
    "list_discrepancies",
    "preview_strategy",
    "remark",
    "show_discrepancy",
]
