"""The worklist of a round: its discrepancies, with the decision about each where there is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qualcode.core.codebook import Code
from qualcode.core.memos import Memo
from qualcode.core.reconcile import Discrepancy, Outcome
from qualcode.core.rounds import Round, RoundState, everything_to
from qualcode.errors import BlindRound, Refused, UnknownName
from qualcode.storage.codebook import load_codebook
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text
from qualcode.storage.memos import load_memos
from qualcode.storage.project import Project
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
class DiscrepancyView:
    """One discrepancy with everything a decision needs: its words, its context, the rules, the thread."""

    item: OpenDiscrepancy
    before: str
    after: str
    rules: tuple[Code, ...]
    thread: tuple[Memo, ...]


class Worklist:
    """What reconciliation reads of a round, in one transaction: places, texts, discrepancies, decisions."""

    def __init__(self, connection: Connection, round_: Round) -> None:
        self.connection = connection
        self.round = round_
        self.codebook = load_codebook(connection)
        self.places = {place.document: place for place in load_places(connection, round_)}
        self._texts: dict[str, str] = {}
        decisions = {row.discrepancy_uid: row for row in load_decisions(connection, round_)}
        self.items = tuple(
            OpenDiscrepancy(
                found.uid.hex[:8],
                place.document,
                found,
                self.text(place.document)[found.start : found.end],
                decisions.get(found.uid),
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
    document: str | None = None,
    code: str | None = None,
    kind: str | None = None,
    only_open: bool = False,
) -> tuple[OpenDiscrepancy, ...]:
    """Return the discrepancies of a round in text order. BlindRound while the round is blind and open."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round))
    codebook = worklist.codebook
    branch = set(codebook.branch(codebook.find(code).key)) if code else None
    return tuple(
        item
        for item in worklist.items
        if (document is None or item.document.casefold() == document.casefold())
        and (branch is None or branch & set(item.discrepancy.codes))
        and (kind is None or item.discrepancy.kind == kind)
        and not (only_open and item.is_decided)
    )


def show_discrepancy(project: Project, round: str, discrepancy: str) -> DiscrepancyView:
    """Return one discrepancy by its id (or the beginning of it) with context, rules and remarks."""
    with project.reading() as connection:
        worklist = Worklist(connection, reconcilable(connection, round))
        item = worklist.find(discrepancy)
        text = worklist.text(item.document)
        # the round is open to all by now, and so is what was remarked on it
        seen = everything_to(project.actor)
        thread = load_memos(connection, seen, target_uid=item.discrepancy.uid)
    known = worklist.codebook.by_key
    start, end = item.discrepancy.start, item.discrepancy.end
    return DiscrepancyView(
        item,
        before=text[max(0, start - 400) : start],
        after=text[end : end + 400],
        rules=tuple(known[code] for code in item.discrepancy.codes if code in known),
        thread=thread,
    )


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
