"""Decisions from JSONL: each names its place by words and finds its discrepancy there."""

from __future__ import annotations

from collections.abc import Collection

from qualcode.core.coding import locate_quote
from qualcode.errors import InputError, MistakeInFile, QualcodeError
from qualcode.formats.decisions import DecisionEntry, read_decisions
from qualcode.services.reconcile.deciding import (
    Choice,
    refuse_who_may_not_decide,
    write_choice,
)
from qualcode.services.reconcile.worklist import OpenDiscrepancy, Worklist, reconcilable
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.project import Project


def import_decisions(project: Project, round: str, name: str, content: bytes) -> tuple[int, int]:
    """Take decisions from JSONL, each naming its place by words; returns (decided, left undecided).

    A decision belongs to the open discrepancy that involves its code and overlaps its quotation most."""
    refuse_who_may_not_decide(project)
    entries = read_decisions(name, content)
    with project.writing("decisions imported") as writer:
        found = reconcilable(writer.connection, round, to_decide=True)
        worklist = Worklist(writer.connection, found)
        taken: set[str] = set()
        for entry in entries:
            try:
                item = _item_for(worklist, entry, taken)
                write_choice(writer, worklist, item, _choice(worklist, item, entry))
            except QualcodeError as error:
                raise MistakeInFile(name, entry.line, error.message, hint=error.hint) from error
            taken.add(item.id)
        refresh_consensus(writer, found)
    settled = sum(1 for item in worklist.items if item.is_decided or item.id in taken)
    return len(entries), len(worklist.items) - settled


def _choice(worklist: Worklist, item: OpenDiscrepancy, entry: DecisionEntry) -> Choice:
    span = None
    if entry.span_quote is not None:
        found = locate_quote(worklist.text(item.document), entry.span_quote, item.document)
        span = (found.start, found.end)
    return Choice(
        entry.outcome,
        rationale=entry.rationale,
        keep=entry.keep,
        code=entry.result_code,
        span=span,
        facets=entry.facets,
        took_part=entry.took_part,
        new_code=entry.new_code,
    )


def _item_for(worklist: Worklist, entry: DecisionEntry, taken: Collection[str]) -> OpenDiscrepancy:
    code = worklist.codebook.find(entry.code).key
    best: tuple[int, OpenDiscrepancy] | None = None
    for item in worklist.items:
        is_there = item.document.casefold() == entry.document.casefold()
        if not is_there or code not in item.discrepancy.codes or item.id in taken:
            continue
        text = item.quote
        shared = (
            len(entry.quote) if entry.quote in text else (len(text) if text in entry.quote else 0)
        )
        if shared and (best is None or shared > best[0]):
            best = (shared, item)
    if best is None:
        raise InputError(
            f"no open discrepancy of {code} in {entry.document} holds these words",
            hint="qualcode reconcile list shows what the coders differ about",
        )
    return best[1]
