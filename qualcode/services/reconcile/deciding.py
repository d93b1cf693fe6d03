"""Deciding discrepancies: what was chosen becomes a decision on record, and the consensus follows at once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.core.codebook import Code, Codebook, code_leaf
from qualcode.core.coding import checked_span
from qualcode.core.memos import Memo, MemoKind
from qualcode.core.reconcile import Outcome, Result, fitted, outcome_results
from qualcode.core.rounds import everything_to, may_decide
from qualcode.errors import ChangedMeanwhile, InputError, Refused, UnknownName
from qualcode.services.reconcile.worklist import OpenDiscrepancy, Worklist, reconcilable
from qualcode.storage import codebook as codebook_store
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import add_memo, load_memos
from qualcode.storage.project import Project
from qualcode.storage.reconcile import add_decision, load_decisions

RULES = ("include", "exclude", "example")


@dataclass(frozen=True, slots=True)
class Seen:
    """The decision that stood when somebody made up their mind (None: none did)."""

    decision: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class RuleEdit:
    """What follows for the codebook: `text` (the quotation, when empty) joins the `include`, `exclude` or `example`
    of a code."""

    code: str
    part: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for a discrepancy; which parts are needed depends on the outcome.

    `keep` names a coder, or for KEEP_BOTH the coder of each code; `new_code` is (parent, name). With `seen` the
    choice is refused where somebody else has decided meanwhile; without it, it replaces what stands."""

    outcome: Outcome
    rationale: str = ""
    keep: str | Mapping[str, str] | None = None
    code: str | None = None
    span: tuple[int, int] | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    took_part: Sequence[str] = ()
    new_code: tuple[str, str] | None = None
    rule: RuleEdit | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision just made: what it put into the consensus, and how many discrepancies are left undecided (of the
    document alone, where it was named). `kept_nothing` names the coder who was kept and has no coding here."""

    item: OpenDiscrepancy
    results: tuple[Result, ...]
    remaining: int
    kept_nothing: str | None = None

    @property
    def sentence(self) -> str:
        made = self.item.decision
        outcome = made.outcome.value if made else Outcome.DEFER.value
        results = "; ".join(f"{one.code} {one.start}–{one.end}" for one in self.results)
        if self.kept_nothing:
            results = f"nothing: {self.kept_nothing} coded nothing here, so nothing is kept"
        return f"{self.item.id}: {outcome} → {results or 'nothing'}"


def remark(
    project: Project, round: str, discrepancy: str, text: str, *, document: str | None = None
) -> Memo:
    """Add a remark to the thread of a discrepancy, before or after its decision.

    With its document named only that document is read."""
    with project.writing("remark written") as writer:
        found = reconcilable(writer.connection, round)
        worklist = Worklist(writer.connection, found, document=document)
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
    keep: str | Mapping[str, str] | None = None,
    code: str | None = None,
    span: tuple[int, int] | None = None,
    facets: Mapping[str, str] | None = None,
    took_part: Sequence[str] = (),
    new_code: tuple[str, str] | None = None,
) -> Decision:
    """Decide one discrepancy; see `make_decision`, and `Choice` for what the parts mean."""
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
    return make_decision(project, round, discrepancy, choice)


def make_decision(
    project: Project,
    round: str,
    discrepancy: str,
    choice: Choice,
    *,
    document: str | None = None,
) -> Decision:
    """Decide one discrepancy, durably on return; the coders' own codings stay as they are, the consensus follows.

    With its document named only that document is read. Deciding again replaces the earlier decision, which stays
    on record; ChangedMeanwhile where it is not the one that the choice has `seen`."""
    refuse_who_may_not_decide(project)
    with project.writing("discrepancy decided") as writer:
        found = reconcilable(writer.connection, round, to_decide=True)
        worklist = Worklist(writer.connection, found, document=document)
        return _decide_all(writer, worklist, [worklist.find(discrepancy)], choice)[0]


def decide_alike(
    project: Project, round: str, discrepancies: Sequence[str], choice: Choice
) -> tuple[Decision, ...]:
    """Decide several discrepancies in the same way, as one command that one undo takes back.

    All or none: refused where one of them is decided already (a batch never replaces what somebody decided)."""
    refuse_who_may_not_decide(project)
    if choice.span is not None or choice.outcome is Outcome.ADJUST_SPAN:
        raise Refused("a span belongs to one place", hint="decide these one by one")
    with project.writing("discrepancies decided by case") as writer:
        found = reconcilable(writer.connection, round, to_decide=True)
        worklist = Worklist(writer.connection, found)
        items = [worklist.find(one) for one in discrepancies]
        for item in items:
            if item.is_decided:
                _refuse_unseen(item, Seen(None))
        return _decide_all(writer, worklist, items, choice)


def _decide_all(
    writer: Writer, worklist: Worklist, items: Sequence[OpenDiscrepancy], choice: Choice
) -> tuple[Decision, ...]:
    for item in items:
        if choice.seen is not None:
            _refuse_unseen(item, choice.seen)
        write_choice(writer, worklist, item, choice)
    places = [worklist.places[name] for name in dict.fromkeys(item.document for item in items)]
    refresh_consensus(writer, worklist.round, places=places)
    only = places[0].revision_id if len(places) == 1 else None
    rows = load_decisions(writer.connection, worklist.round, revision_id=only)
    made = {row.discrepancy_uid: row for row in rows}
    chosen = {item.discrepancy.uid for item in items}
    left = sum(
        1 for one in worklist.items if not one.is_decided and one.discrepancy.uid not in chosen
    ) + (len(items) if choice.outcome is Outcome.DEFER else 0)
    return tuple(
        Decision(
            replace(item, decision=made[item.discrepancy.uid]),
            made[item.discrepancy.uid].results,
            left,
            _kept_nothing(item, choice),
        )
        for item in items
    )


def _refuse_unseen(item: OpenDiscrepancy, seen: Seen) -> None:
    standing = item.decision
    if (standing.uid if standing else None) == seen.decision:
        return
    if standing is None:
        raise ChangedMeanwhile(
            f"the decision about {item.id} was taken back meanwhile",
            hint="look at it again, then decide anew",
        )
    reason = f" ({standing.rationale})" if standing.rationale else ""
    raise ChangedMeanwhile(
        f"{item.id} was decided by {standing.decided_by}: {standing.outcome.value}{reason}",
        hint="look at it again, then decide anew (on the command line: --again)",
    )


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
    facets = _facets(codebook, choice.facets)
    results = outcome_results(
        item.discrepancy,
        choice.outcome,
        coder=_kept(item, codebook, choice.keep),
        code=code,
        span=span,
        facets=facets,
    )
    add_decision(
        writer,
        worklist.round,
        worklist.places[item.document],
        item.discrepancy,
        outcome=choice.outcome,
        results=fitted(results, codebook, facets),
        rationale=choice.rationale.strip(),
        took_part=list(choice.took_part) or [writer.actor.name],
        code_ids={one.key: one.id for one in codebook.codes},
    )
    if choice.rule is not None:
        _edit_rule(writer, worklist, item, choice.rule)


def _facets(codebook: Codebook, given: Mapping[str, str]) -> dict[str, str]:
    """Return the facets by key; an empty value, which takes the facet away, stays empty."""
    return {
        codebook.facet(key).key: codebook.facet(key).value(value).key if value else ""
        for key, value in given.items()
    }


def _edit_rule(writer: Writer, worklist: Worklist, item: OpenDiscrepancy, rule: RuleEdit) -> None:
    if rule.part not in RULES:
        raise UnknownName("part of a rule", rule.part, RULES)
    code = worklist.codebook.find(rule.code)
    text = rule.text.strip() or " ".join(item.quote.split())
    standing: tuple[str, ...] = getattr(code, rule.part)
    if text not in standing:
        codebook_store.change_code(writer, code, {rule.part: (*standing, text)})
        worklist.codebook = codebook_store.load_codebook(writer.connection)


def refuse_who_may_not_decide(project: Project) -> None:
    if not may_decide(project.actor):
        raise Refused(
            f"{project.actor.name} is a mentee; mentors and leads decide",
            hint="remark on it instead: qualcode reconcile remark",
        )


def _subtheme(writer: Writer, codebook: Codebook, parent: str, name: str) -> tuple[Codebook, str]:
    """Make the code under its parent unless it is there (an earlier decision may have made it)."""
    above = codebook.find(parent)
    key = f"{above.key}.{code_leaf(name)}"
    if key not in codebook.by_key:
        siblings = codebook.children.get(above.key, ())
        code = Code(key=key, name=name.strip(), parent=above.key)
        sort = codebook_store.sort_after(writer.connection, siblings)
        codebook_store.add_code(writer, code, parent_id=above.id, sort=sort)
        codebook = codebook_store.load_codebook(writer.connection)
    return codebook, key


def _kept(
    item: OpenDiscrepancy, codebook: Codebook, keep: str | Mapping[str, str] | None
) -> str | dict[str, str] | None:
    if isinstance(keep, Mapping):
        return {codebook.find(code).key: _reader(item, coder) for code, coder in keep.items()}
    return None if keep is None else _reader(item, keep)


def _reader(item: OpenDiscrepancy, keep: str) -> str:
    for coder in item.discrepancy.coders:
        if coder.casefold() == keep.casefold():
            return coder
    raise UnknownName("reader of this document", keep, item.discrepancy.coders)


def _kept_nothing(item: OpenDiscrepancy, choice: Choice) -> str | None:
    if choice.outcome is not Outcome.KEEP_ONE or not isinstance(choice.keep, str):
        return None
    coder = _reader(item, choice.keep)
    return None if item.discrepancy.claims_of(coder) else coder
