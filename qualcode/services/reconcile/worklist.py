"""The worklist of a round: its discrepancies, with the decision about each where there is one."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from qualcode.core.codebook import Code
from qualcode.core.memos import Memo
from qualcode.core.reconcile import Discrepancy, DiscrepancyKind, Outcome, Summary, summarize
from qualcode.core.rounds import Round, RoundState, everything_to
from qualcode.errors import BlindRound, Refused, UnknownName
from qualcode.storage.codebook import load_codebook
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document, load_text
from qualcode.storage.memos import load_memos
from qualcode.storage.project import Project, find_coder
from qualcode.storage.reconcile import DecisionRow, load_decisions, load_places
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
class Wanted:
    """Which discrepancies are wanted; `code` takes in everything below it, `pair` are two coders who differ in
    it, `shortest` and `longest` count characters."""

    document: str | None = None
    code: str | None = None
    kind: DiscrepancyKind | None = None
    is_open: bool = False
    pair: tuple[str, str] | None = None
    shortest: int = 0
    longest: int | None = None


class Order(enum.StrEnum):
    """In which order discrepancies are listed; `case` puts together what can be decided alike."""

    TEXT = "text"
    KIND = "kind"
    CODE = "code"
    CODERS = "coders"
    LARGEST = "largest"
    SMALLEST = "smallest"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """One discrepancy with everything a decision needs: its words, its context, the rules, the thread."""

    item: OpenDiscrepancy
    before: str
    after: str
    rules: tuple[Code, ...]
    thread: tuple[Memo, ...]


class Worklist:
    """What reconciliation reads of a round (or of one document of it), in one transaction: places, texts,
    discrepancies, decisions."""

    def __init__(
        self, connection: Connection, round_: Round, *, document: str | None = None
    ) -> None:
        self.connection = connection
        self.round = round_
        self.codebook = load_codebook(connection)
        only = None if document is None else find_document(connection, document)
        places = load_places(connection, round_, document_id=None if only is None else only.id)
        rows = load_decisions(
            connection, round_, revision_id=None if only is None else only.revision_id
        )
        self.places = {place.document: place for place in places}
        self._texts: dict[str, str] = {}
        self.decisions = {row.discrepancy_uid: row for row in rows}
        self.items = tuple(
            OpenDiscrepancy(
                found.uid.hex[:8],
                place.document,
                found,
                self.text(place.document)[found.start : found.end],
                self.decisions.get(found.uid),
            )
            for place in self.places.values()
            for found in place.discrepancies(round_, self.codebook)
        )

    def text(self, document: str) -> str:
        if document not in self._texts:
            revision_id = self.places[document].revision_id
            self._texts[document] = load_text(self.connection, revision_id)
        return self._texts[document]

    def find(self, wanted: str) -> OpenDiscrepancy:
        """Return the discrepancy whose id begins so; UnknownName for none or several."""
        begins = wanted.casefold().strip()
        found = [item for item in self.items if item.discrepancy.uid.hex.startswith(begins)]
        if len(found) == 1 and begins:
            return found[0]
        raise UnknownName("discrepancy", wanted, [item.id for item in self.items])


def list_discrepancies(
    project: Project,
    round: str,
    *,
    only: Wanted | None = None,
    order: Order = Order.TEXT,
    document: str | None = None,
    code: str | None = None,
    kind: str | None = None,
    only_open: bool = False,
) -> tuple[OpenDiscrepancy, ...]:
    """Return the discrepancies of a round, in text order unless told otherwise. `only` says which; the most used
    of its wishes can also be given by themselves. BlindRound while the round is blind and open."""
    wanted = only or Wanted(document, code, DiscrepancyKind(kind) if kind else None, only_open)
    with project.reading() as connection:
        found = reconcilable(connection, round)
        worklist = Worklist(connection, found, document=wanted.document)
        return in_order(wanted_of(worklist, wanted), order)


def show_discrepancy(
    project: Project,
    round: str,
    discrepancy: str,
    *,
    document: str | None = None,
    around: int = 400,
) -> DiscrepancyView:
    """Return one discrepancy by its id (or the beginning of it) with context, rules and remarks.

    With its document named only that document is read; `around` counts the characters of context."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round), document=document)
        item = worklist.find(discrepancy)
    return look_at(project, round, item, around=around)


def look_at(
    project: Project, round: str, item: OpenDiscrepancy, *, around: int = 400
) -> DiscrepancyView:
    """Return a discrepancy of the worklist with its context, rules, remarks, and the decision as it stands now.

    The codings are not read again: what changed in them shows when somebody decides."""
    found = item.discrepancy
    with project.reading() as connection:
        round_ = reconcilable(connection, round)
        text = load_text(connection, find_document(connection, item.document).revision_id)
        # the round is open to all by now, and so is what was remarked on it
        seen = everything_to(project.actor)
        thread = load_memos(connection, seen, target_uid=found.uid)
        decisions = load_decisions(connection, round_, discrepancy_uid=found.uid)
        known = load_codebook(connection).by_key
    return DiscrepancyView(
        replace(item, decision=decisions[0] if decisions else None),
        before=text[max(0, found.start - around) : found.start],
        after=text[found.end : found.end + around],
        rules=tuple(known[code] for code in found.codes if code in known),
        thread=thread,
    )


def identical_cases(project: Project, round: str, discrepancy: str) -> tuple[OpenDiscrepancy, ...]:
    """Return the open discrepancies of the round that are of the same case as this one: the same kind, and the
    same codes by the same coders. It is the first of them unless it is decided."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round))
        item = worklist.find(discrepancy)
    case = item.discrepancy.case
    others = (one for one in worklist.items if one.discrepancy.case == case and one is not item)
    return tuple(one for one in (item, *others) if not one.is_decided)


def stale_decisions(project: Project, round: str) -> tuple[DecisionRow, ...]:
    """Return the decisions whose discrepancy is gone because one of its codings changed; they count for nothing."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round))
    standing = {item.discrepancy.uid for item in worklist.items}
    return tuple(row for uid, row in worklist.decisions.items() if uid not in standing)


def summarize_discrepancies(project: Project, round: str) -> Summary:
    """Return how the discrepancies of a round are spread, which codes are confused, and who is wide or narrow."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round))
    return summarize(
        [item.discrepancy for item in worklist.items],
        decided=[item.discrepancy for item in worklist.items if item.is_decided],
    )


def wanted_of(worklist: Worklist, only: Wanted) -> list[OpenDiscrepancy]:
    """Return the discrepancies of a worklist that are wanted, in text order."""
    pair = [find_coder(worklist.connection, name).name for name in only.pair or ()]
    place = only.document.casefold() if only.document else None
    codebook = worklist.codebook
    branch = set(codebook.branch(codebook.find(only.code).key)) if only.code else None
    return [
        item
        for item in worklist.items
        if (place is None or item.document.casefold() == place)
        and (branch is None or branch & set(item.discrepancy.codes))
        and (only.kind is None or item.discrepancy.kind is only.kind)
        and not (only.is_open and item.is_decided)
        and only.shortest <= item.discrepancy.end - item.discrepancy.start
        and (only.longest is None or item.discrepancy.end - item.discrepancy.start <= only.longest)
        and (not pair or item.discrepancy.is_between(*pair))
    ]


def in_order(items: Iterable[OpenDiscrepancy], order: Order) -> tuple[OpenDiscrepancy, ...]:
    """Return the discrepancies in this order; what is equal stays in text order."""
    keys: dict[Order, Callable[[OpenDiscrepancy], Any]] = {
        Order.KIND: lambda item: list(DiscrepancyKind).index(item.discrepancy.kind),
        Order.CODE: lambda item: item.discrepancy.codes,
        Order.CODERS: lambda item: sorted({claim.coder for claim in item.discrepancy.claims}),
        Order.LARGEST: lambda item: item.discrepancy.start - item.discrepancy.end,
        Order.SMALLEST: lambda item: item.discrepancy.end - item.discrepancy.start,
        Order.CASE: lambda item: (str(item.discrepancy.kind), item.discrepancy.case),
    }
    return tuple(items) if order is Order.TEXT else tuple(sorted(items, key=keys[order]))


def confusions(project: Project, round: str) -> tuple[tuple[str, str, int], ...]:
    """Return which codes were chosen in each other's place, and how often, most often first."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in list_discrepancies(project, round):
        codes = sorted(set(item.discrepancy.codes))
        counts.update(
            (first, second) for index, first in enumerate(codes) for second in codes[index + 1 :]
        )
    return tuple((first, second, count) for (first, second), count in counts.most_common())


def reconcilable(connection: Connection, name: str, *, to_decide: bool = False) -> Round:
    """Return the round; BlindRound while the coders' work is hidden, Refused where nothing may be decided."""
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
