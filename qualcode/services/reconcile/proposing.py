"""Named strategies: what each would decide, shown first, written when somebody confirms it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.reconcile import Outcome, Result, Strategy, propose
from qualcode.services.reconcile.deciding import refuse_who_may_not_decide
from qualcode.services.reconcile.worklist import OpenDiscrepancy, Worklist, reconcilable
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.project import Project
from qualcode.storage.reconcile import add_decision


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a strategy would decide about one discrepancy; nothing is written."""

    item: OpenDiscrepancy
    outcome: Outcome
    results: tuple[Result, ...]
    rationale: str


def preview_strategy(
    project: Project, round: str, strategy: Strategy, *, mentor: str | None = None
) -> tuple[Proposal, ...]:
    """Return what a strategy would decide about the open discrepancies; nothing is written."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round))
    return _proposals(worklist, strategy, mentor)


def apply_strategy(
    project: Project, round: str, strategy: Strategy, *, mentor: str | None = None
) -> int:
    """Write what `preview_strategy` shows, as one command that one undo takes back; returns how many were decided."""
    refuse_who_may_not_decide(project)
    with project.writing(f"discrepancies decided by {strategy.value}") as writer:
        found = reconcilable(writer.connection, round, to_decide=True)
        worklist = Worklist(writer.connection, found)
        proposals = _proposals(worklist, strategy, mentor)
        ids = {code.key: code.id for code in worklist.codebook.codes}
        for proposal in proposals:
            add_decision(
                writer,
                found,
                worklist.places[proposal.item.document],
                proposal.item.discrepancy,
                outcome=proposal.outcome,
                results=proposal.results,
                rationale=proposal.rationale,
                took_part=[project.actor.name],
                code_ids=ids,
            )
        refresh_consensus(writer, found)
    return len(proposals)


def _proposals(worklist: Worklist, strategy: Strategy, mentor: str | None) -> tuple[Proposal, ...]:
    proposals = []
    for item in worklist.items:
        found = None if item.is_decided else propose(item.discrepancy, strategy, mentor=mentor)
        if found is not None:
            proposals.append(Proposal(item, *found))
    return tuple(proposals)
