"""What reconciliation reads and writes: claims, readers, decisions and their results."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Provenance
from qualcode.core.reconcile import (
    Claim,
    Decided,
    Discrepancy,
    DiscrepancyKind,
    Outcome,
    Result,
    find_discrepancies,
)
from qualcode.core.rounds import Round
from qualcode.storage import tables
from qualcode.storage.coding import load_facets
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import CHUNK, live_rows, names_by_id, table_of


@dataclass(frozen=True, slots=True)
class Place:
    """One document of a round, ready for reconciliation: who read it and what they said."""

    document_id: int
    document: str
    revision_id: int
    revision_uid: uuid.UUID
    coders: tuple[str, ...]
    claims: tuple[Claim, ...]

    def discrepancies(self, round_: Round, codebook: Codebook) -> list[Discrepancy]:
        parents = {code.key: code.parent for code in codebook.codes}
        return find_discrepancies(
            self.claims, self.coders, parents=parents, place=(round_.uid, self.revision_uid)
        )


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A live decision with its results, as the lists show it."""

    id: int
    uid: uuid.UUID
    document: str
    revision_id: int
    discrepancy_uid: uuid.UUID
    kind: DiscrepancyKind
    start: int
    end: int
    codes: tuple[str, ...]
    outcome: Outcome
    rationale: str
    took_part: tuple[str, ...]
    decided_by: str
    decided_at: datetime
    results: tuple[Result, ...]

    def as_decided(self) -> Decided:
        return Decided(self.id, self.discrepancy_uid, self.outcome, self.results)


def load_places(
    connection: Connection,
    round_: Round,
    *,
    document_id: int | None = None,
    documents: Collection[int] | None = None,
) -> list[Place]:
    """Return the documents of a round that somebody has read to the end, by name: all, one, or these (by id).

    Only assignments marked done count as reading: who has not read a document does not disagree about it."""
    readers: dict[int, list[str]] = defaultdict(list)
    coders = names_by_id(connection, tables.Coder, "name")
    for row in live_rows(connection, tables.Assignment, "coder_id", round_id=round_.id, done=True):
        readers[row["document_id"]].append(coders[row["coder_id"]])
    names = names_by_id(connection, tables.Document, "name")
    revision = table_of(tables.DocumentRevision)
    query = sa.select(revision.c.document_id, revision.c.id, revision.c.uid).where(revision.c.live)
    if document_id is not None:
        query = query.where(revision.c.document_id == document_id)
    if documents is not None:
        query = query.where(revision.c.document_id.in_(sorted(documents)))
    newest = {row[0]: row for row in connection.execute(query.order_by(revision.c.n))}
    wanted = [newest[found] for found in readers if found in newest]
    claims = _load_claims(connection, round_, [row[1] for row in wanted])
    places = [
        Place(owner, names[owner], rid, ruid, tuple(readers[owner]), tuple(claims[rid]))
        for owner, rid, ruid in wanted
    ]
    return sorted(places, key=lambda place: place.document)


def _load_claims(
    connection: Connection, round_: Round, revision_ids: Sequence[int]
) -> dict[int, list[Claim]]:
    coding = table_of(tables.Coding)
    query = (
        sa.select(
            coding.c.id,
            coding.c.uid,
            coding.c.version,
            coding.c.revision_id,
            coding.c.coder_id,
            coding.c.code_id,
            coding.c.start_ch,
            coding.c.end_ch,
        )
        .where(
            coding.c.live,
            coding.c.round_id == round_.id,
            coding.c.revision_id.in_(revision_ids),
            coding.c.provenance != Provenance.CONSENSUS,
        )
        .order_by(coding.c.id)
    )
    rows = list(connection.execute(query))
    facets = load_facets(connection, [row.id for row in rows])
    coders = names_by_id(connection, tables.Coder, "name")
    codes = names_by_id(connection, tables.Code, "key")
    found: dict[int, list[Claim]] = defaultdict(list)
    for row in rows:
        found[row.revision_id].append(
            Claim(
                row.id,
                row.uid,
                row.version,
                coders[row.coder_id],
                codes[row.code_id],
                row.start_ch,
                row.end_ch,
                facets.get(row.id, {}),
            )
        )
    return found


def load_decisions(
    connection: Connection,
    round_: Round,
    *,
    revision_id: int | None = None,
    discrepancy_uid: uuid.UUID | None = None,
) -> list[DecisionRow]:
    """Return the live decisions of a round in text order; of one document, or about one discrepancy."""
    named = {"revision_id": revision_id, "discrepancy_uid": discrepancy_uid}
    more = {column: value for column, value in named.items() if value is not None}
    rows = live_rows(
        connection, tables.Decision, "revision_id", "start_ch", round_id=round_.id, **more
    )
    results: dict[int, list[Result]] = defaultdict(list)
    codes = names_by_id(connection, tables.Code, "key")
    result = table_of(tables.DecisionResult)
    query = sa.select(result).where(result.c.live).order_by(result.c.id)
    if more:
        query = query.where(result.c.decision_id.in_([row["id"] for row in rows]))
    for row in connection.execute(query):
        results[row.decision_id].append(
            Result(codes[row.code_id], row.start_ch, row.end_ch, dict(row.facets))
        )
    coders = names_by_id(connection, tables.Coder, "name")
    documents = _documents_of_revisions(connection)
    return [
        DecisionRow(
            id=row["id"],
            uid=row["uid"],
            document=documents[row["revision_id"]],
            revision_id=row["revision_id"],
            discrepancy_uid=row["discrepancy_uid"],
            kind=row["kind"],
            start=row["start_ch"],
            end=row["end_ch"],
            codes=tuple(row["codes"]),
            outcome=row["outcome"],
            rationale=row["rationale"],
            took_part=tuple(row["took_part"]),
            decided_by=coders[row["coder_id"]],
            decided_at=row["decided_at"],
            results=tuple(results[row["id"]]),
        )
        for row in rows
    ]


def _documents_of_revisions(connection: Connection) -> dict[int, str]:
    revision = table_of(tables.DocumentRevision)
    names = names_by_id(connection, tables.Document, "name")
    found = connection.execute(sa.select(revision.c.id, revision.c.document_id))
    return {row_id: names[document] for row_id, document in found}


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be stored, with the discrepancy it is about and what it puts into the consensus."""

    place: Place
    discrepancy: Discrepancy
    outcome: Outcome
    results: tuple[Result, ...]
    rationale: str
    took_part: tuple[str, ...]


def add_decision(
    writer: Writer,
    round_: Round,
    place: Place,
    discrepancy: Discrepancy,
    *,
    outcome: Outcome,
    results: Sequence[Result],
    rationale: str,
    took_part: Sequence[str],
    code_ids: Mapping[str, int],
) -> int:
    """Record a decision with its inputs and results, in place of an earlier one about the same discrepancy."""
    new = NewDecision(place, discrepancy, outcome, tuple(results), rationale, tuple(took_part))
    return add_decisions(writer, round_, [new], code_ids=code_ids)[0]


def add_decisions(
    writer: Writer,
    round_: Round,
    decisions: Sequence[NewDecision],
    *,
    code_ids: Mapping[str, int],
) -> list[int]:
    """Record decisions with their inputs and results, each in place of an earlier one; returns their ids in order."""
    table = table_of(tables.Decision)
    for chunk in (decisions[at : at + CHUNK] for at in range(0, len(decisions), CHUNK)):
        uids = [new.discrepancy.uid for new in chunk]
        standing = sa.select(table.c.id).where(
            table.c.live, table.c.round_id == round_.id, table.c.discrepancy_uid.in_(uids)
        )
        for row in writer.connection.execute(standing).all():
            writer.remove(tables.Decision, row.id)
    ids = writer.add_many(_decision(new, round_.id, writer.actor.id) for new in decisions)
    writer.add_many(
        tables.DecisionInput(
            decision_id=decision_id,
            coding_id=claim.coding_id,
            coding_version=claim.version,
        )
        for decision_id, new in zip(ids, decisions, strict=True)
        for claim in new.discrepancy.claims
    )
    writer.add_many(
        tables.DecisionResult(
            decision_id=decision_id,
            code_id=code_ids[result.code],
            start_ch=result.start,
            end_ch=result.end,
            facets=dict(result.facets),
        )
        for decision_id, new in zip(ids, decisions, strict=True)
        for result in new.results
    )
    return ids


def _decision(new: NewDecision, round_id: int, coder_id: int) -> tables.Decision:
    found = new.discrepancy
    return tables.Decision(
        round_id=round_id,
        revision_id=new.place.revision_id,
        discrepancy_uid=found.uid,
        kind=found.kind,
        start_ch=found.start,
        end_ch=found.end,
        codes=list(found.codes),
        outcome=new.outcome,
        rationale=new.rationale,
        took_part=list(new.took_part),
        coder_id=coder_id,
    )
