"""Decisions from JSONL: each names its place by words and finds its discrepancy there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from qualcode.core.coding import locate_quote
from qualcode.core.reconcile import Outcome
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


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """What an import of decisions did: how many were `decided`, how many discrepancies had a decision already that
    stands, and how many of the round are left undecided."""

    decided: int
    standing: int
    left: int


def import_decisions(project: Project, round: str, name: str, content: bytes) -> ImportedDecisions:
    """Take decisions from JSONL, each naming its place by words: all or none.

    A decision belongs to the discrepancy that involves its code and overlaps its quotation most. What is decided
    already stays as it is."""
    refuse_who_may_not_decide(project)
    entries = read_decisions(name, content)
    with project.writing("decisions imported") as writer:
        found = reconcilable(writer.connection, round, to_decide=True)
        worklist = Worklist(writer.connection, found)
        by_document: dict[str, list[OpenDiscrepancy]] = defaultdict(list)
        for item in worklist.items:
            by_document[item.document.casefold()].append(item)
        taken: set[str] = set()
        standing = 0
        for entry in entries:
            try:
                item = _item_for(worklist, entry, by_document[entry.document.casefold()], taken)
                if item.is_decided:
                    standing += 1
                else:
                    write_choice(writer, worklist, item, _choice(worklist, item, entry))
            except QualcodeError as error:
                raise MistakeInFile(name, entry.line, error.message, hint=error.hint) from error
            taken.add(item.id)
        touched = {item.document for item in worklist.items if item.id in taken}
        refresh_consensus(
            writer, found, documents={worklist.places[one].document_id for one in touched}
        )
    open_now = sum(1 for item in worklist.items if not item.is_decided and item.id not in taken)
    deferred = sum(1 for entry in entries if entry.outcome is Outcome.DEFER)
    return ImportedDecisions(len(entries) - standing, standing, open_now + deferred)


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


def _item_for(
    worklist: Worklist,
    entry: DecisionEntry,
    items: Iterable[OpenDiscrepancy],
    taken: Collection[str],
) -> OpenDiscrepancy:
    code = worklist.codebook.find(entry.code).key
    best: tuple[int, bool] = (0, False)
    found: OpenDiscrepancy | None = None
    for item in items:
        if code not in item.discrepancy.codes or item.id in taken:
            continue
        text = item.quote
        shared = (
            len(entry.quote) if entry.quote in text else (len(text) if text in entry.quote else 0)
        )
        if shared and (shared, not item.is_decided) > best:
            best, found = (shared, not item.is_decided), item
    if found is None:
        raise InputError(
            f"no discrepancy of {code} in {entry.document} holds these words",
            hint="qualcode reconcile list shows what the coders differ about",
        )
    return found
