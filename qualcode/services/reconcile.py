"""Reconciliation: the worklist of discrepancies, decisions with reasons, and the consensus that results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualcode.core.codebook import Code, Codebook
from qualcode.core.coding import Coding, Provenance, checked_span, locate_quote
from qualcode.core.memos import Memo, MemoKind
from qualcode.core.reconcile import (
    Discrepancy,
    Outcome,
    Result,
    Strategy,
    outcome_results,
    propose,
)
from qualcode.core.rounds import Round, RoundState, Visibility, may_decide
from qualcode.errors import (
    BlindRound,
    InputError,
    MistakeInFile,
    QualcodeError,
    Refused,
    UnknownName,
)
from qualcode.formats.decisions import DecisionEntry, read_decisions
from qualcode.storage import codebook as codebook_store
from qualcode.storage import tables
from qualcode.storage.coding import load_codings
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.documents import load_text
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import load_memos
from qualcode.storage.project import Project
from qualcode.storage.reconcile import (
    DecisionRow,
    Place,
    add_decision,
    load_decisions,
    load_places,
)
from qualcode.storage.rounds import find_round


@dataclass(frozen=True, slots=True)
class OpenDiscrepancy:
    """A discrepancy as the worklist shows it. `decision` is None while nothing is decided."""

    id: str
    document: str
    discrepancy: Discrepancy
    quote: str
    decision: DecisionRow | None

    @property
    def is_decided(self) -> bool:
        return self.decision is not None and self.decision.outcome is not Outcome.DEFER


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """One discrepancy with everything a decision needs: its words, its context, the rules, the thread."""

    item: OpenDiscrepancy
    before: str
    after: str
    rules: tuple[Code, ...]
    thread: tuple[Memo, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision just made: what it put into the consensus, and how many discrepancies are left."""

    item: OpenDiscrepancy
    results: tuple[Result, ...]
    remaining: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a strategy would decide about one discrepancy; nothing is written."""

    item: OpenDiscrepancy
    outcome: Outcome
    results: tuple[Result, ...]
    rationale: str


@dataclass(frozen=True, slots=True)
class ConsensusReport:
    """The consensus of a round in numbers."""

    round: str
    codings: int
    agreed: int
    decided: int
    undecided: int
    stale: tuple[DecisionRow, ...]


def list_discrepancies(
    project: Project,
    round: str,
    *,
    document: str | None = None,
    code: str | None = None,
    kind: str | None = None,
    only_open: bool = False,
) -> tuple[OpenDiscrepancy, ...]:
    """Return the discrepancies of a round in text order. BlindRound while the round is blind and open."""
    with project.reading() as connection:
        found = _reconcilable(connection, round)
        items = _items(connection, found)
        codebook = codebook_store.load_codebook(connection)
    branch = set(codebook.branch(codebook.find(code).key)) if code else None
    return tuple(
        item
        for item in items
        if (document is None or item.document.casefold() == document.casefold())
        and (branch is None or branch & set(item.discrepancy.codes))
        and (kind is None or item.discrepancy.kind == kind)
        and not (only_open and item.is_decided)
    )


def show_discrepancy(project: Project, round: str, discrepancy: str) -> DiscrepancyView:
    """Return one discrepancy by its id (or the beginning of it) with context, rules and remarks."""
    with project.reading() as connection:
        found = _reconcilable(connection, round)
        item = _find(_items(connection, found), discrepancy)
        codebook = codebook_store.load_codebook(connection)
        place = _place_of(connection, found, item)
        text = load_text(connection, place.revision_id)
        thread = load_memos(
            connection,
            Visibility(project.actor.id, frozenset()),
            target_uid=item.discrepancy.uid,
        )
    start, end = item.discrepancy.start, item.discrepancy.end
    return DiscrepancyView(
        item,
        before=text[max(0, start - 400) : start],
        after=text[end : end + 400],
        rules=tuple(
            codebook.by_key[code] for code in item.discrepancy.codes if code in codebook.by_key
        ),
        thread=thread,
    )


def remark(project: Project, round: str, discrepancy: str, text: str) -> Memo:
    """Add a remark to the thread of a discrepancy, before or after its decision."""
    with project.writing("remark written") as writer:
        found = _reconcilable(writer.connection, round)
        item = _find(_items(writer.connection, found), discrepancy)
        if not text.strip():
            raise InputError("an empty remark is not kept")
        memo_id = writer.add(
            tables.Memo(
                coder_id=project.actor.id,
                round_id=found.id,
                kind=MemoKind.REMARK,
                target_type="discrepancy",
                target_uid=item.discrepancy.uid,
                body=text.strip(),
            )
        )
        seen = Visibility(project.actor.id, frozenset())
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
    _refuse_who_may_not_decide(project)
    with project.writing("discrepancy decided") as writer:
        found = _reconcilable(writer.connection, round, to_decide=True)
        items = _items(writer.connection, found)
        item = _find(items, discrepancy)
        _write_decision(
            writer,
            found,
            item,
            outcome,
            rationale=rationale,
            keep=keep,
            code=code,
            span=span,
            facets=facets,
            took_part=took_part,
            new_code=new_code,
        )
        place = _place_of(writer.connection, found, item)
        refresh_consensus(writer, found, document_id=place.document_id)
        decisions = load_decisions(writer.connection, found, revision_id=place.revision_id)
        made = next(row for row in decisions if row.discrepancy_uid == item.discrepancy.uid)
    left = sum(1 for one in items if not one.is_decided and one.id != item.id)
    if outcome is Outcome.DEFER:
        left += 1
    decided = OpenDiscrepancy(item.id, item.document, item.discrepancy, item.quote, made)
    return Decision(decided, made.results, left)


def preview_strategy(
    project: Project, round: str, strategy: Strategy, *, mentor: str | None = None
) -> tuple[Proposal, ...]:
    """Return what a strategy would decide about the open discrepancies; nothing is written."""
    with project.reading() as connection:
        items = _items(connection, _reconcilable(connection, round))
    proposals = []
    for item in items:
        if item.is_decided:
            continue
        found = propose(item.discrepancy, strategy, mentor=mentor)
        if found is not None:
            proposals.append(Proposal(item, *found))
    return tuple(proposals)


def apply_strategy(
    project: Project, round: str, strategy: Strategy, *, mentor: str | None = None
) -> int:
    """Write what `preview_strategy` shows, as one command that one undo takes back; returns how many were decided."""
    _refuse_who_may_not_decide(project)
    proposals = preview_strategy(project, round, strategy, mentor=mentor)
    with project.writing(f"discrepancies decided by {strategy.value}") as writer:
        found = _reconcilable(writer.connection, round, to_decide=True)
        codebook = codebook_store.load_codebook(writer.connection)
        ids = {code.key: code.id for code in codebook.codes}
        places = {place.document: place for place in load_places(writer.connection, found)}
        for proposal in proposals:
            add_decision(
                writer,
                found,
                places[proposal.item.document],
                proposal.item.discrepancy,
                outcome=proposal.outcome,
                results=proposal.results,
                rationale=proposal.rationale,
                took_part=[project.actor.name],
                code_ids=ids,
            )
        refresh_consensus(writer, found)
    return len(proposals)


def import_decisions(project: Project, round: str, name: str, content: bytes) -> tuple[int, int]:
    """Take decisions from JSONL, each naming its place by words; returns (decided, left undecided).

    A decision belongs to the open discrepancy that involves its code and overlaps its quotation most."""
    _refuse_who_may_not_decide(project)
    entries = read_decisions(name, content)
    with project.writing("decisions imported") as writer:
        found = _reconcilable(writer.connection, round, to_decide=True)
        items = list(_items(writer.connection, found))
        taken: set[str] = set()
        for entry in entries:
            try:
                item = _item_for(writer.connection, found, items, entry, taken)
                _write_decision(
                    writer,
                    found,
                    item,
                    entry.outcome,
                    rationale=entry.rationale,
                    keep=entry.keep,
                    code=entry.result_code,
                    span=_entry_span(writer.connection, found, item, entry),
                    facets=entry.facets,
                    took_part=entry.took_part,
                    new_code=entry.new_code,
                )
            except MistakeInFile:
                raise
            except QualcodeError as error:
                raise MistakeInFile(name, entry.line, error.message, hint=error.hint) from error
            taken.add(item.id)
        refresh_consensus(writer, found)
    done = sum(1 for item in items if item.is_decided or item.id in taken)
    return len(entries), len(items) - done


def consensus_report(project: Project, round: str) -> ConsensusReport:
    """Return how much of a round's consensus was agreed, decided and is still undecided; and stale decisions."""
    with project.reading() as connection:
        found = _reconcilable(connection, round)
        items = _items(connection, found)
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
        return _consensus(connection, _reconcilable(connection, round))


def confusions(project: Project, round: str) -> tuple[tuple[str, str, int], ...]:
    """Return which codes were chosen in each other's place, and how often, most often first."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in list_discrepancies(project, round):
        codes = sorted(set(item.discrepancy.codes))
        counts.update(
            (first, second) for index, first in enumerate(codes) for second in codes[index + 1 :]
        )
    return tuple((first, second, count) for (first, second), count in counts.most_common())


def _consensus(connection: sa.Connection, found: Round) -> tuple[Coding, ...]:
    return load_codings(
        connection,
        Visibility(0, frozenset()),
        round_id=found.id,
        provenance=Provenance.CONSENSUS,
    )


def _write_decision(
    writer: Writer,
    found: Round,
    item: OpenDiscrepancy,
    outcome: Outcome,
    *,
    rationale: str,
    keep: str | None,
    code: str | None,
    span: tuple[int, int] | None,
    facets: Mapping[str, str] | None,
    took_part: Sequence[str],
    new_code: tuple[str, str] | None,
) -> None:
    connection = writer.connection
    codebook = codebook_store.load_codebook(connection)
    if outcome is Outcome.NEW_SUBTHEME:
        if new_code is None:
            raise InputError(
                "what is the new subtheme?", hint="give --parent CODE and --name NAME"
            )
        codebook, code = _subtheme(writer, codebook, *new_code)
    elif code is not None:
        code = codebook.find(code).key
    place = _place_of(connection, found, item)
    if span is not None:
        checked = checked_span(*span, len(load_text(connection, place.revision_id)), item.document)
        span = (checked.start, checked.end)
    chosen = {
        codebook.facet(key).key: codebook.facet(key).value(value).key
        for key, value in (facets or {}).items()
    }
    results = outcome_results(
        item.discrepancy, outcome, coder=_reader(item, keep), code=code, span=span, facets=chosen
    )
    add_decision(
        writer,
        found,
        place,
        item.discrepancy,
        outcome=outcome,
        results=results,
        rationale=rationale.strip(),
        took_part=list(took_part) or [writer.actor.name],
        code_ids={one.key: one.id for one in codebook.codes},
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


def _items(connection: sa.Connection, found: Round) -> tuple[OpenDiscrepancy, ...]:
    codebook = codebook_store.load_codebook(connection)
    decisions = {row.discrepancy_uid: row for row in load_decisions(connection, found)}
    items = []
    for place in load_places(connection, found):
        discrepancies = place.discrepancies(found, codebook)
        text = load_text(connection, place.revision_id) if discrepancies else ""
        items += [
            OpenDiscrepancy(
                discrepancy.uid.hex[:8],
                place.document,
                discrepancy,
                text[discrepancy.start : discrepancy.end],
                decisions.get(discrepancy.uid),
            )
            for discrepancy in discrepancies
        ]
    return tuple(items)


def _find(items: Sequence[OpenDiscrepancy], wanted: str) -> OpenDiscrepancy:
    found = [
        item for item in items if item.discrepancy.uid.hex.startswith(wanted.casefold().strip())
    ]
    if len(found) == 1 and wanted.strip():
        return found[0]
    raise UnknownName("discrepancy", wanted, [item.id for item in items])


def _place_of(connection: sa.Connection, found: Round, item: OpenDiscrepancy) -> Place:
    return next(
        place for place in load_places(connection, found) if place.document == item.document
    )


def _item_for(
    connection: sa.Connection,
    found: Round,
    items: Sequence[OpenDiscrepancy],
    entry: DecisionEntry,
    taken: set[str],
) -> OpenDiscrepancy:
    code = codebook_store.load_codebook(connection).find(entry.code).key
    best: tuple[int, OpenDiscrepancy] | None = None
    for item in items:
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


def _entry_span(
    connection: sa.Connection, found: Round, item: OpenDiscrepancy, entry: DecisionEntry
) -> tuple[int, int] | None:
    if entry.span_quote is None:
        return None
    place = _place_of(connection, found, item)
    span = locate_quote(load_text(connection, place.revision_id), entry.span_quote, item.document)
    return span.start, span.end


def _reconcilable(connection: sa.Connection, name: str, *, to_decide: bool = False) -> Round:
    found = find_round(connection, name)
    if found.hides_coders:
        raise BlindRound(
            f"{found.name} is blind and open: what the coders did is hidden",
            hint="qualcode round status PROJECT --round R --set reconciling, when all have read",
        )
    if to_decide and found.state is not RoundState.RECONCILING:
        raise Refused(
            f"{found.name} is {found.state.value}: decisions are made while it is reconciling",
            hint="qualcode round status PROJECT --round R --set reconciling",
        )
    return found


def _refuse_who_may_not_decide(project: Project) -> None:
    if not may_decide(project.actor):
        raise Refused(
            f"{project.actor.name} is a mentee; mentors and leads decide",
            hint="remark on it instead: qualcode reconcile remark",
        )
