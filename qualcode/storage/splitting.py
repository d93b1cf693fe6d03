"""Splitting a code: chosen codings go to new codes, decisions stay with their discrepancies, one undo takes it back."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.core.codebook import Code
from qualcode.core.rounds import RoundState
from qualcode.storage import tables
from qualcode.storage.coding import find_standing
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.ledger import Writer
from qualcode.storage.merging import carry_decisions, claims_by_discrepancy
from qualcode.storage.rounds import load_rounds
from qualcode.storage.rows import live_rows


def give_codings(writer: Writer, source: Code, targets: Mapping[int, Code]) -> int:
    """Give codings (by id) of one code to others, whoever made them; returns how many moved.

    Where a coder has the other code on the same words in the round already, one coding is left. A decision follows
    with its result where all the codings it was about went to the same code."""
    rounds = [one for one in load_rounds(writer.connection) if one.state is not RoundState.OPEN]
    before = {one.id: claims_by_discrepancy(writer.connection, one) for one in rounds}
    for coding_id, target in targets.items():
        (row,) = live_rows(writer.connection, tables.Coding, id=coding_id)
        twin = find_standing(
            writer.connection,
            (row["revision_id"], row["start_ch"], row["end_ch"]),
            code_id=target.id,
            coder_id=row["coder_id"],
            round_id=row["round_id"],
        )
        if twin is None:
            fields = {"code_id": target.id, "code_version": target.wording}
            writer.change(tables.Coding, coding_id, fields)
        else:
            writer.remove(tables.Coding, coding_id)
    _carry_results(writer, source, targets)
    for one in rounds:
        carry_decisions(writer, one, before[one.id])
        refresh_consensus(writer, one)
    return len(targets)


def _carry_results(writer: Writer, source: Code, targets: Mapping[int, Code]) -> None:
    """Let the result of a decision follow where every coding of the code it was about went to one target."""
    connection = writer.connection
    for result in live_rows(connection, tables.DecisionResult, code_id=source.id):
        inputs = live_rows(connection, tables.DecisionInput, decision_id=result["decision_id"])
        went = {targets[one["coding_id"]].id for one in inputs if one["coding_id"] in targets}
        stayed = any(
            live_rows(connection, tables.Coding, id=one["coding_id"], code_id=source.id)
            for one in inputs
        )
        if len(went) == 1 and not stayed:
            writer.change(tables.DecisionResult, result["id"], {"code_id": went.pop()})
