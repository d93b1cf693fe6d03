"""Feedback to a coder: her codings beside the consensus of rounds that have been reconciled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Coding
from qualcode.core.feedback import Feedback, Marked, Passage, compare_with_consensus, tallied
from qualcode.core.project import Role
from qualcode.core.rounds import Round, RoundState, everything_to
from qualcode.errors import InputError, Refused
from qualcode.formats.feedback import write_feedback
from qualcode.services.reconcile.worklist import Worklist, reconcilable
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.project import Project, consensus_coder_id, find_coder, load_coders


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """The feedback with the codebook it refers to."""

    feedback: Feedback
    codebook: Codebook

    def as_markdown(self) -> str:
        """Return a page that the coder can read alone."""
        return write_feedback(self.feedback, self.codebook)


def give_feedback(project: Project, coder: str, rounds: Sequence[str]) -> FeedbackPage:
    """Return how a coder's codings lie beside the consensus of these rounds, in what she read to the end.

    A mentee sees her own. BlindRound while a round is blind and open; Refused where it is not reconciled yet, or
    where she read nothing."""
    if not rounds:
        raise InputError("which rounds?", hint="--round R, repeated")
    with project.reading() as connection:
        reader = find_coder(connection, coder)
        if project.actor.role is Role.MENTEE and reader.id != project.actor.id:
            raise Refused(
                f"the feedback to {reader.name} is not yours", hint="mentees see their own"
            )
        found = [_reconciled(connection, name) for name in dict.fromkeys(rounds)]
        documents: list[tuple[str, str]] = []
        passages: list[Passage] = []
        for round_ in found:
            worklist = Worklist(connection, round_)
            read = {one.document for one in worklist.places.values() if reader.name in one.coders}
            documents += [(round_.name, name) for name in sorted(read)]
            passages += _passages(project, worklist, reader.id, read)
        if not documents:
            names = ", ".join(one.name for one in load_coders(connection))
            raise Refused(
                f"{reader.name} read nothing to the end in {found[0].name}",
                hint=f"coders: {names}",
            )
        codebook = load_codebook(connection)
    return FeedbackPage(
        tallied(reader.name, [one.name for one in found], documents, passages), codebook
    )


def _reconciled(connection: Connection, name: str) -> Round:
    found = reconcilable(connection, name)
    if found.state is RoundState.OPEN:
        raise Refused(
            f"{found.name} is open: it has no consensus yet",
            hint="qualcode round status PROJECT --round R --set reconciling",
        )
    return found


def _passages(
    project: Project, worklist: Worklist, reader_id: int, read: set[str]
) -> list[Passage]:
    connection, round_ = worklist.connection, worklist.round
    seen = everything_to(project.actor)
    own = load_codings(connection, seen, round_id=round_.id, coder_id=reader_id)
    agreed = load_codings(
        connection, seen, round_id=round_.id, coder_id=consensus_coder_id(connection)
    )
    reasons = _reasons(worklist)
    decided = {row.id: row.rationale for row in worklist.decisions.values()}
    by_decision = {one.id: decided.get(one.decision_id or 0, "") for one in agreed}
    passages = compare_with_consensus(
        [_marked(one) for one in own if one.document in read],
        [_marked(one) for one in agreed if one.document in read],
    )
    return [
        replace(
            one,
            quote=worklist.text(one.document)[one.start : one.end],
            reason=by_decision.get(one.coding_id) or reasons.get(one.coding_id, ""),
        )
        for one in passages
    ]


def _reasons(worklist: Worklist) -> dict[int, str]:
    """Return why what a coding says was decided as it was, by the coding's id."""
    return {
        claim.coding_id: item.decision.rationale
        for item in worklist.items
        if item.decision is not None and item.is_decided
        for claim in item.discrepancy.claims
    }


def _marked(one: Coding) -> Marked:
    return Marked(one.id, one.round, one.document, one.code, one.start, one.end, one.facets)
