"""The consensus layer in the database: kept as codings of their own, brought up to date in the same command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Provenance
from qualcode.core.reconcile import ConsensusSpan, derive_consensus
from qualcode.core.rounds import Round, RoundState
from qualcode.storage import tables
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import NewCoding, add_codings, load_facets, set_facets
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.project import consensus_coder_id
from qualcode.storage.reconcile import DecisionRow, Place, load_decisions, load_places
from qualcode.storage.rounds import load_rounds
from qualcode.storage.rows import table_of


def wanted_consensus(
    connection: Connection,
    round_: Round,
    place: Place,
    codebook: Codebook,
    *,
    decisions: Sequence[DecisionRow] | None = None,
) -> list[ConsensusSpan]:
    """Return what the definition gives for one document; nothing while the round is open.

    `decisions` are those of the document, where they are known already."""
    if round_.state is RoundState.OPEN:
        return []
    if decisions is None:
        decisions = load_decisions(connection, round_, revision_id=place.revision_id)
    return derive_consensus(
        place.claims,
        place.coders,
        place.discrepancies(round_, codebook),
        [decision.as_decided() for decision in decisions],
    )


def refresh_consensus(
    writer: Writer,
    round_: Round,
    *,
    document_id: int | None = None,
    documents: Collection[int] | None = None,
    places: Sequence[Place] | None = None,
) -> tuple[int, int]:
    """Make the kept consensus equal its definition, in all documents, one, or these; returns how many codings
    came and went. `places` are the documents themselves, where they have just been read.

    A coding that stays keeps its identity, so that ties and narratives keep their evidence; one that returns
    is restored under the identity it had."""
    connection = writer.connection
    codebook = load_codebook(connection)
    if places is None:
        places = load_places(connection, round_, document_id=document_id, documents=documents)
    only = places[0].revision_id if len(places) == 1 else None
    decisions: dict[int, list[DecisionRow]] = defaultdict(list)
    for row in load_decisions(connection, round_, revision_id=only):
        decisions[row.revision_id].append(row)
    coder_id = consensus_coder_id(connection)
    added = removed = 0
    new: list[NewCoding] = []
    for place in places:
        found = wanted_consensus(
            connection, round_, place, codebook, decisions=decisions[place.revision_id]
        )
        wanted = {span.key: span for span in found if span.code in codebook.by_key}
        kept = _kept(connection, round_, place.revision_id)
        for key, row in kept.items():
            if row.live and key not in wanted:
                writer.remove(tables.Coding, row.id)
                removed += 1
        added += _bring_up_to_date(writer, codebook, wanted, kept)
        new += [
            _new_coding(span, (place.revision_id, coder_id, round_.id))
            for key, span in wanted.items()
            if key not in kept
        ]
    add_codings(writer, codebook, new)
    return added + len(new), removed


def _bring_up_to_date(
    writer: Writer,
    codebook: Codebook,
    wanted: Mapping[tuple[str, int, int], ConsensusSpan],
    kept: Mapping[tuple[str, int, int], Any],
) -> int:
    """Restore, bind and qualify the codings that were kept before; returns how many came back."""
    restored = 0
    standing = {key: kept[key] for key in wanted if key in kept}
    facets = load_facets(writer.connection, [row.id for row in standing.values()])
    for key, row in standing.items():
        span = wanted[key]
        if not row.live:
            writer.restore(tables.Coding, row.id)
            restored += 1
        if row.decision_id != span.decision_id:
            writer.change(tables.Coding, row.id, {"decision_id": span.decision_id})
        if facets.get(row.id, {}) != dict(span.facets):
            set_facets(writer, codebook, row.id, span.facets)
    return restored


def stale_places(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield (document, round) where the kept consensus is not what its inputs give."""
    codebook = load_codebook(connection)
    for round_ in load_rounds(connection):
        for place in load_places(connection, round_):
            wanted = {
                span.key: (span.decision_id, dict(span.facets))
                for span in wanted_consensus(connection, round_, place, codebook)
                if span.code in codebook.by_key
            }
            kept = {
                key: row
                for key, row in _kept(connection, round_, place.revision_id).items()
                if row.live
            }
            facets = load_facets(connection, [row.id for row in kept.values()])
            standing = {
                key: (row.decision_id, facets.get(row.id, {})) for key, row in kept.items()
            }
            if standing != wanted:
                yield place.document, round_.name


def _kept(
    connection: Connection, round_: Round, revision_id: int
) -> dict[tuple[str, int, int], Any]:
    """Return the kept consensus codings of a document by (code, start, end), live ones before removed ones."""
    coding, code = table_of(tables.Coding), table_of(tables.Code)
    query = (
        sa.select(
            coding.c.id,
            coding.c.live,
            coding.c.decision_id,
            code.c.key,
            coding.c.start_ch,
            coding.c.end_ch,
        )
        .join(code, code.c.id == coding.c.code_id)
        .where(
            coding.c.round_id == round_.id,
            coding.c.revision_id == revision_id,
            coding.c.provenance == Provenance.CONSENSUS,
        )
        .order_by(coding.c.live, coding.c.id)
    )
    return {(row.key, row.start_ch, row.end_ch): row for row in connection.execute(query)}


def _new_coding(span: ConsensusSpan, where: tuple[int, int, int]) -> NewCoding:
    revision_id, coder_id, round_id = where
    return NewCoding(
        span.code,
        (revision_id, span.start, span.end),
        coder_id,
        round_id,
        span.facets,
        {"provenance": Provenance.CONSENSUS, "decision_id": span.decision_id},
    )
