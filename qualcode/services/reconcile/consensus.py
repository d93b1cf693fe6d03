"""The consensus of a round: its codings, and how much of it was agreed, decided and left open."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.coding import Coding, Provenance
from qualcode.core.rounds import Round, Visibility
from qualcode.services.reconcile.worklist import Worklist, reconcilable
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.reconcile import DecisionRow, load_decisions


@dataclass(frozen=True, slots=True)
class ConsensusReport:
    """The consensus of a round in numbers."""

    round: str
    codings: int
    agreed: int
    decided: int
    undecided: int
    stale: tuple[DecisionRow, ...]


def consensus_report(project: Project, round: str) -> ConsensusReport:
    """Return how much of a round's consensus was agreed, decided and is still undecided; and stale decisions."""
    with project.reading() as connection:
        found = reconcilable(connection, round)
        items = Worklist(connection, found).items
        codings = _consensus(connection, found)
        decisions = load_decisions(connection, found)
    standing = {item.discrepancy.uid for item in items}
    decided = sum(1 for coding in codings if coding.decision_id is not None)
    return ConsensusReport(
        found.name,
        len(codings),
        len(codings) - decided,
        decided,
        sum(1 for item in items if not item.is_decided),
        tuple(row for row in decisions if row.discrepancy_uid not in standing),
    )


def list_consensus(project: Project, round: str) -> tuple[Coding, ...]:
    """Return the codings of a round's consensus in document order."""
    with project.reading() as connection:
        return _consensus(connection, reconcilable(connection, round))


def _consensus(connection: Connection, found: Round) -> tuple[Coding, ...]:
    return load_codings(
        connection,
        Visibility(0, frozenset()),
        round_id=found.id,
        provenance=Provenance.CONSENSUS,
    )
