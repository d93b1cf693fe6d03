"""Deciding discrepancies: what was chosen becomes a decision on record, and the consensus follows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.core.codebook import Code, Codebook
from qualcode.core.coding import checked_span
from qualcode.core.memos import Memo, MemoKind
from qualcode.core.reconcile import Outcome, Result, outcome_results
from qualcode.core.rounds import everything_to, may_decide
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.services.reconcile.worklist import OpenDiscrepancy, Worklist, reconcilable
from qualcode.storage import codebook as codebook_store
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import add_memo, load_memos
from qualcode.storage.project import Project
from qualcode.storage.reconcile import add_decision, load_decisions


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision just made: what it put into the consensus, and how many discrepancies are left."""

    item: OpenDiscrepancy
    results: tuple[Result, ...]
    remaining: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for a discrepancy; which parts are needed depends on the outcome."""

    outcome: Outcome
    rationale: str = ""
    keep: str | None = None
    code: str | None = None
    span: tuple[int, int] | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    took_part: Sequence[str] = ()
    new_code: tuple[str, str] | None = None


def remark(project: Project, round: str, discrepancy: str, text: str) -> Memo:
    """Add a remark to the thread of a discrepancy, before or after its decision."""
    with project.writing("remark written") as writer:
        worklist = Worklist(writer.connection, reconcilable(writer.connection, round))
        item = worklist.find(discrepancy)
        if not text.strip():
            raise InputError("an empty remark is not kept")
        memo_id = add_memo(
            writer,
            text.strip(),
            target=("discrepancy", item.discrepancy.uid),
            round_id=worklist.round.id,
            kind=MemoKind.REMARK,
        )
        seen = everything_to(project.actor)
        return load_memos(writer.connection, seen, memo_id=memo_id)[0]


def decide(
    project: Project,
    round: str,
    discrepancy: str,
    outcome: Outcome,
    *,
    rationale: str = "",
    keep: str | None = None,
    code: str | None = None,
    span: tuple[int, int] | None = None,
    facets: Mapping[str, str] | None = None,
    took_part: Sequence[str] = (),
    new_code: tuple[str, str] | None = None,
) -> Decision:
    """Decide one discrepancy; the coders' own codings stay as they are, the consensus follows at once.

    `new_code` is (parent, name) of the subtheme that NEW_SUBTHEME makes. Deciding again replaces the earlier
    decision, which stays on record."""
    refuse_who_may_not_decide(project)
    choice = Choice(
        outcome,
        rationale=rationale,
        keep=keep,
        code=code,
        span=span,
        facets=dict(facets or {}),
        took_part=tuple(took_part),
        new_code=new_code,
    )
    with project.writing("discrepancy decided") as writer:
        connection = writer.connection
        found = reconcilable(connection, round, to_decide=True)
        worklist = Worklist(connection, found)
        item = worklist.find(discrepancy)
        write_choice(writer, worklist, item, choice)
        place = worklist.places[item.document]
        refresh_consensus(writer, found, document_id=place.document_id)
        decisions = load_decisions(connection, found, revision_id=place.revision_id)
        made = next(row for row in decisions if row.discrepancy_uid == item.discrepancy.uid)
    left = sum(1 for one in worklist.items if not one.is_decided and one.id != item.id)
    decided = replace(item, decision=made)
    return Decision(decided, made.results, left + (not decided.is_decided))


def write_choice(
    writer: Writer, worklist: Worklist, item: OpenDiscrepancy, choice: Choice
) -> None:
    """Record a decision about one discrepancy; the consensus is the caller's to bring up to date."""
    code = choice.code
    if choice.outcome is Outcome.NEW_SUBTHEME:
        if choice.new_code is None:
            raise InputError(
                "what is the new subtheme?", hint="give --parent CODE and --name NAME"
            )
        worklist.codebook, code = _subtheme(writer, worklist.codebook, *choice.new_code)
    elif code is not None:
        code = worklist.codebook.find(code).key
    codebook = worklist.codebook
    span = None
    if choice.span is not None:
        checked = checked_span(*choice.span, len(worklist.text(item.document)), item.document)
        span = (checked.start, checked.end)
    facets = {
        codebook.facet(key).key: codebook.facet(key).value(value).key
        for key, value in choice.facets.items()
    }
    add_decision(
        writer,
        worklist.round,
        worklist.places[item.document],
        item.discrepancy,
        outcome=choice.outcome,
        results=outcome_results(
            item.discrepancy,
            choice.outcome,
            coder=_reader(item, choice.keep),
            code=code,
            span=span,
            facets=facets,
        ),
        rationale=choice.rationale.strip(),
        took_part=list(choice.took_part) or [writer.actor.name],
        code_ids={one.key: one.id for one in codebook.codes},
    )


def refuse_who_may_not_decide(project: Project) -> None:
    if not may_decide(project.actor):
        raise Refused(
            f"{project.actor.name} is a mentee; mentors and leads decide",
            hint="remark on it instead: qualcode reconcile remark",
        )


def _subtheme(writer: Writer, codebook: Codebook, parent: str, name: str) -> tuple[Codebook, str]:
    """Make the code under its parent unless it is there (an earlier decision may have made it)."""
    above = codebook.find(parent)
    leaf = "_".join(name.casefold().split())
    key = f"{above.key}.{leaf}"
    if key not in codebook.by_key:
        siblings = codebook.children.get(above.key, ())
        code = Code(key=key, name=name.strip(), parent=above.key)
        codebook_store.add_code(writer, code, parent_id=above.id, sort=len(siblings))
        codebook = codebook_store.load_codebook(writer.connection)
    return codebook, key


def _reader(item: OpenDiscrepancy, keep: str | None) -> str | None:
    if keep is None:
        return None
    for coder in item.discrepancy.coders:
        if coder.casefold() == keep.casefold():
            return coder
    raise UnknownName("reader of this document", keep, item.discrepancy.coders)
