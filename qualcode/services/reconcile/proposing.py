"""Named strategies: what each would decide, shown first, written when somebody confirms it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.core.reconcile import Outcome, Result, Strategy, fitted, propose
from qualcode.errors import InputError
from qualcode.services.reconcile.deciding import refuse_who_may_not_decide
from qualcode.services.reconcile.worklist import (
    OpenDiscrepancy,
    Wanted,
    Worklist,
    reconcilable,
    wanted_of,
)
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.project import Project, find_coder
from qualcode.storage.reconcile import NewDecision, add_decisions


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a strategy would decide about one discrepancy; nothing is written."""

    item: OpenDiscrepancy
    outcome: Outcome
    results: tuple[Result, ...]
    rationale: str


def preview_strategy(
    project: Project,
    round: str,
    strategy: Strategy,
    *,
    mentor: str | None = None,
    only: Wanted | None = None,
) -> tuple[Proposal, ...]:
    """Return what a strategy would decide about the open discrepancies (`only`: about these); nothing is written."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round))
        return _proposals(worklist, strategy, mentor, only or Wanted())


def apply_strategy(
    project: Project,
    round: str,
    strategy: Strategy,
    *,
    mentor: str | None = None,
    only: Wanted | None = None,
) -> int:
    """Write what `preview_strategy` shows, as one command that one undo takes back; returns how many were decided."""
    refuse_who_may_not_decide(project)
    with project.writing(f"discrepancies decided by {strategy.value}") as writer:
        found = reconcilable(writer.connection, round, to_decide=True)
        worklist = Worklist(writer.connection, found)
        proposals = _proposals(worklist, strategy, mentor, only or Wanted())
        add_decisions(
            writer,
            found,
            [
                NewDecision(
                    worklist.places[one.item.document],
                    one.item.discrepancy,
                    one.outcome,
                    one.results,
                    one.rationale,
                    (project.actor.name,),
                )
                for one in proposals
            ],
            code_ids={code.key: code.id for code in worklist.codebook.codes},
        )
        touched = {worklist.places[one.item.document].document_id for one in proposals}
        refresh_consensus(writer, found, documents=touched)
    return len(proposals)


def _proposals(
    worklist: Worklist, strategy: Strategy, mentor: str | None, only: Wanted
) -> tuple[Proposal, ...]:
    if strategy is Strategy.MENTOR:
        if mentor is None:
            raise InputError("whose codings stand?", hint="name the mentor with --mentor NAME")
        mentor = find_coder(worklist.connection, mentor).name
    proposals = []
    for item in wanted_of(worklist, replace(only, is_open=True)):
        found = propose(item.discrepancy, strategy, mentor=mentor)
        if found is not None:
            outcome, results, rationale = found
            results = fitted(results, worklist.codebook, {})
            proposals.append(Proposal(item, outcome, results, rationale))
    return tuple(proposals)
