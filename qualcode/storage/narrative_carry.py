"""Second-cycle codings and decisions when their narrative is built anew: they go with the words they stand on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.coding import Provenance
from qualcode.core.narrative import Carried, PassagePlace, carry_over
from qualcode.core.reconcile import Discrepancy
from qualcode.core.rounds import Round, RoundState
from qualcode.storage import tables
from qualcode.storage.codebook import load_codebook
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.ledger import Writer
from qualcode.storage.narrative import load_passages
from qualcode.storage.reconcile import load_places
from qualcode.storage.rounds import load_rounds
from qualcode.storage.rows import live_rows

Claims = frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class CarriedCodings:
    """How many codings of a narrative went over to its new text, and how many stay on the text they were made on."""

    carried: int
    left_behind: int


class Carrier:
    """Begun before a narrative's new revision is written, finished after: then codings and decisions stand on it."""

    def __init__(self, writer: Writer, document_id: int, revision_id: int) -> None:
        self.writer = writer
        self.document_id = document_id
        self.before = revision_id
        self._open: dict[int, dict[uuid.UUID, Claims]] = {
            round_.id: {found.uid: _claims(found) for found in self._discrepancies(round_)}
            for round_ in load_rounds(writer.connection)
        }

    def finish(self, revision_id: int) -> CarriedCodings:
        """Bring the codings over to the new revision; what does not stand there as it did stays where it is."""
        old = [row.place for row in load_passages(self.writer.connection, self.before)]
        new = [row.place for row in load_passages(self.writer.connection, revision_id)]
        carried = left = 0
        for row in live_rows(self.writer.connection, tables.Coding, revision_id=self.before):
            place = carry_over(row["start_ch"], row["end_ch"], old, new)
            is_consensus = row["provenance"] is Provenance.CONSENSUS
            if place is not None:
                self._move(row["id"], place, revision_id)
                carried += not is_consensus
            elif is_consensus:
                self.writer.remove(tables.Coding, row["id"])
            else:
                left += 1
        for round_ in load_rounds(self.writer.connection):
            self._move_decisions(round_, revision_id, old, new)
            if round_.state is not RoundState.OPEN and self._open.get(round_.id) is not None:
                refresh_consensus(self.writer, round_, document_id=self.document_id)
        return CarriedCodings(carried, left)

    def _move(self, coding_id: int, place: Carried, revision_id: int) -> None:
        fields = {"revision_id": revision_id, "start_ch": place.start, "end_ch": place.end}
        self.writer.change(tables.Coding, coding_id, fields)

    def _discrepancies(self, round_: Round) -> list[Discrepancy]:
        codebook = load_codebook(self.writer.connection)
        places = load_places(self.writer.connection, round_, document_id=self.document_id)
        return [found for place in places for found in place.discrepancies(round_, codebook)]

    def _move_decisions(
        self,
        round_: Round,
        revision_id: int,
        old: Sequence[PassagePlace],
        new: Sequence[PassagePlace],
    ) -> None:
        """Bind every decision to the discrepancy of the same codings, which has a new identity on the new text."""
        decisions = live_rows(
            self.writer.connection,
            tables.Decision,
            round_id=round_.id,
            revision_id=self.before,
        )
        if not decisions:
            return
        standing = {_claims(found): found for found in self._discrepancies(round_)}
        for row in decisions:
            claims = self._open[round_.id].get(row["discrepancy_uid"])
            found = standing.get(claims) if claims else None
            if found is None:
                continue
            self.writer.change(
                tables.Decision,
                row["id"],
                {
                    "revision_id": revision_id,
                    "discrepancy_uid": found.uid,
                    "start_ch": found.start,
                    "end_ch": found.end,
                },
            )
            self._move_results(row["id"], old, new)
            self._move_inputs(row["id"])

    def _move_results(
        self, decision_id: int, old: Sequence[PassagePlace], new: Sequence[PassagePlace]
    ) -> None:
        results = live_rows(self.writer.connection, tables.DecisionResult, decision_id=decision_id)
        for row in results:
            place = carry_over(row["start_ch"], row["end_ch"], old, new)
            if place is None:
                self.writer.remove(tables.DecisionResult, row["id"])
            else:
                fields = {"start_ch": place.start, "end_ch": place.end}
                self.writer.change(tables.DecisionResult, row["id"], fields)

    def _move_inputs(self, decision_id: int) -> None:
        for row in live_rows(
            self.writer.connection, tables.DecisionInput, decision_id=decision_id
        ):
            coding = live_rows(self.writer.connection, tables.Coding, id=row["coding_id"])
            if coding:
                fields = {"coding_version": coding[0]["version"]}
                self.writer.change(tables.DecisionInput, row["id"], fields)


def _claims(found: Discrepancy) -> Claims:
    return frozenset(claim.uid for claim in found.claims)
