"""Merging one code into another, with everything that stands on it: one group of changes, which one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.core.codebook import Code
from qualcode.core.rounds import Round, RoundState, Visibility
from qualcode.storage import tables
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import find_standing
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.reconcile import load_places
from qualcode.storage.rounds import load_rounds
from qualcode.storage.rows import live_rows

# What names a code by its id and simply comes along.
_FOLLOWERS = (tables.Term, tables.DecisionResult, tables.Concept, tables.MatrixSummary)


def merge_codes(writer: Writer, source: Code, target: Code, seen: Visibility) -> int:
    """Give everything of one code to another and take the first out of view; returns how many visible codings moved.

    Where a coder has both codes on the same words in a round, one coding is left. Decisions stay with their
    discrepancies, and the consensus follows."""
    rounds = [one for one in load_rounds(writer.connection) if one.state is not RoundState.OPEN]
    decided = {one.id: claims_by_discrepancy(writer.connection, one) for one in rounds}
    moved = _move_codings(writer, source, target, seen)
    for row in live_rows(writer.connection, tables.Code, parent_id=source.id):
        writer.change(tables.Code, row["id"], {"parent_id": target.id})
    for kind in _FOLLOWERS:
        for row in live_rows(writer.connection, kind, code_id=source.id):
            writer.change(kind, row["id"], {"code_id": target.id})
    for row in live_rows(writer.connection, tables.Theme):
        writer.change(tables.Theme, row["id"], {"codes": _renamed(row["codes"], source, target)})
    for row in live_rows(writer.connection, tables.Facet):
        named = _renamed(row["applies_to"], source, target)
        writer.change(tables.Facet, row["id"], {"applies_to": named})
    writer.change(tables.Code, source.id, {"merged_into_id": target.id})
    for one in rounds:
        carry_decisions(writer, one, decided[one.id], renamed=(source, target))
        refresh_consensus(writer, one)
    writer.remove(tables.Code, source.id)
    return moved


def _move_codings(writer: Writer, source: Code, target: Code, seen: Visibility) -> int:
    moved = 0
    for row in live_rows(writer.connection, tables.Coding, code_id=source.id):
        twin = find_standing(
            writer.connection,
            (row["revision_id"], row["start_ch"], row["end_ch"]),
            code_id=target.id,
            coder_id=row["coder_id"],
            round_id=row["round_id"],
        )
        if twin is None:
            fields = {"code_id": target.id, "code_version": target.wording}
            writer.change(tables.Coding, row["id"], fields)
        else:
            writer.remove(tables.Coding, row["id"])
        moved += seen.shows(row["round_id"], row["coder_id"])
    return moved


def _renamed(keys: Sequence[str], source: Code, target: Code) -> list[str]:
    return list(dict.fromkeys(target.key if key == source.key else key for key in keys))


def claims_by_discrepancy(connection: Connection, round_: Round) -> dict[object, frozenset[int]]:
    """Return which codings each discrepancy of a round is about, by the discrepancy's uid."""
    codebook = load_codebook(connection)
    return {
        found.uid: frozenset(claim.coding_id for claim in found.claims)
        for place in load_places(connection, round_)
        for found in place.discrepancies(round_, codebook)
    }


def carry_decisions(
    writer: Writer,
    round_: Round,
    before: Mapping[object, frozenset[int]],
    *,
    renamed: tuple[Code, Code] | None = None,
) -> None:
    """Bind each decision to the discrepancy that its codings make now; one that vanished leaves its decision stale."""
    now = {claims: uid for uid, claims in claims_by_discrepancy(writer.connection, round_).items()}
    standing = frozenset().union(*now)
    for row in live_rows(writer.connection, tables.Decision, round_id=round_.id):
        claims = before.get(row["discrepancy_uid"], frozenset()) & standing
        if claims not in now:
            continue
        codes = _renamed(row["codes"], *renamed) if renamed else row["codes"]
        fields = {"discrepancy_uid": now[claims], "codes": codes}
        writer.change(tables.Decision, row["id"], fields)
        for given in live_rows(writer.connection, tables.DecisionInput, decision_id=row["id"]):
            for coding in live_rows(writer.connection, tables.Coding, id=given["coding_id"]):
                read = {"coding_version": coding["version"]}
                writer.change(tables.DecisionInput, given["id"], read)
