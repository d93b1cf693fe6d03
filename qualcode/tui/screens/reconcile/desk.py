"""What the reconciliation screen asks of a project: one round, and those who decide about it."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.codebook import Codebook
from qualcode.core.rounds import Round
from qualcode.services import audit, codebook, reconcile, rounds
from qualcode.services.project import Project
from qualcode.services.reconcile import (
    Choice,
    Decision,
    DiscrepancyView,
    OpenDiscrepancy,
    Order,
    Wanted,
)
from qualcode.tui.desk import CODEBOOK_ACTIONS, Step

CONTEXT = 1500
# What undoing here may take back: deciding, and changes of the codebook, which decisions go with; never an import.
_OWN_ACTIONS = CODEBOOK_ACTIONS | frozenset(
    {
        "discrepancy decided",
        "discrepancies decided by case",
        "remark written",
    }
)


class ReconcileDesk:
    """Every call reads or writes at once; what has returned is durable. Refusals are QualcodeErrors."""

    def __init__(self, project: Project, round: Round) -> None:
        self.project = project
        self.round = round

    @property
    def coder(self) -> str:
        return self.project.actor.name

    def codebook(self) -> Codebook:
        return codebook.read_codebook(self.project)

    def documents(self) -> list[str]:
        """Return the documents that somebody has read to the end, by name."""
        given = rounds.list_assignments(self.project, self.round.name)
        return sorted({one.document for one in given if one.done})

    def items(self, wanted: Wanted, order: Order) -> list[OpenDiscrepancy]:
        found = reconcile.list_discrepancies(
            self.project, self.round.name, only=wanted, order=order
        )
        return list(found)

    def view(self, item: OpenDiscrepancy) -> DiscrepancyView:
        """Return the discrepancy as it stands now, with its context, rules and remarks."""
        return reconcile.look_at(self.project, self.round.name, item, around=CONTEXT)

    def decide(self, item: OpenDiscrepancy, choice: Choice) -> Decision:
        uid = item.discrepancy.uid.hex
        return reconcile.make_decision(
            self.project, self.round.name, uid, choice, document=item.document
        )

    def decide_alike(
        self, items: Sequence[OpenDiscrepancy], choice: Choice
    ) -> tuple[Decision, ...]:
        uids = [item.discrepancy.uid.hex for item in items]
        return reconcile.decide_alike(self.project, self.round.name, uids, choice)

    def remark(self, item: OpenDiscrepancy, text: str) -> None:
        uid = item.discrepancy.uid.hex
        reconcile.remark(self.project, self.round.name, uid, text, document=item.document)

    def undo(self) -> Step:
        return _step(audit.undo(self.project, only=_OWN_ACTIONS))

    def redo(self) -> Step:
        return _step(audit.redo(self.project, only=_OWN_ACTIONS))


def _step(done: audit.Undone) -> Step:
    """Return the step; without a document where it touched several, so that all are read again."""
    return Step(done.sentence, done.documents[0] if len(done.documents) == 1 else None)
