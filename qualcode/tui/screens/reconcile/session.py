"""One sitting at a round's discrepancies: where it stands, what is about to be decided, what has been.

Nothing here draws. Every method that decides has written it before it returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qualcode.core.coding import shortened
from qualcode.core.reconcile import DiscrepancyKind, Outcome
from qualcode.errors import ChangedMeanwhile, InputError, Refused, UnknownName
from qualcode.services.reconcile import (
    Choice,
    Decision,
    DiscrepancyView,
    OpenDiscrepancy,
    Order,
    RuleEdit,
    Seen,
    Wanted,
    in_order,
)
from qualcode.tui.cycling import following
from qualcode.tui.looks import Looks
from qualcode.tui.screens.reconcile.desk import ReconcileDesk

LETTERS = "abc456789"


@dataclass
class Session:
    """`why`, `with_whom` and `rule` go into the next decision; `alike` holds the cases of a batch being decided."""

    desk: ReconcileDesk
    dark: bool = True
    items: list[OpenDiscrepancy] = field(default_factory=list)
    at: int = 0
    wanted: Wanted = field(default_factory=Wanted)
    order: Order = Order.TEXT
    why: str = ""
    with_whom: tuple[str, ...] = ()
    rule: RuleEdit | None = None
    alike: tuple[OpenDiscrepancy, ...] = ()
    view: DiscrepancyView | None = None
    is_whole: bool = False

    def __post_init__(self) -> None:
        self.looks = Looks(self.desk.codebook(), dark=self.dark)

    # -- reading ----------------------------------------------------------------------------------------

    def load_first(self) -> None:
        """Read the first document with something undecided, so that it can be shown before all is read."""
        for document in self.desk.documents():
            found = self.desk.items(Wanted(document=document), Order.TEXT)
            if any(not item.is_decided for item in found):
                self.items = found
                self._go_to_open()
                return

    def load(self) -> None:
        """Read the whole worklist; the place stays."""
        here = self.current
        self.items = self.desk.items(self.wanted, self.order)
        self.is_whole = True
        self.at = min(self.at, max(len(self.items) - 1, 0))
        if here is None:
            self._go_to_open()
            return
        for index, item in enumerate(self.items):
            if item.discrepancy.uid == here.discrepancy.uid:
                self.at = index
        self._look()

    def show_only(self, words: str) -> None:
        """Show only some, in some order: words such as `open kind=missed code=benefit order=largest`."""
        self.wanted, self.order = _wishes(words)
        found = self.desk.items(self.wanted, self.order)
        if not found:
            self.wanted, self.order = Wanted(), Order.TEXT
            raise Refused(f"nothing is {words!r}", hint="all are shown")
        self.items, self.at, self.alike = found, 0, ()
        self._go_to_open()

    @property
    def current(self) -> OpenDiscrepancy | None:
        return self.items[self.at] if self.items else None

    @property
    def decided(self) -> int:
        return sum(1 for item in self.items if item.is_decided)

    def coder(self, number: int) -> str:
        """Return the coder of this number, counted from 0 as in the lanes."""
        item = self._here()
        if number >= len(item.discrepancy.coders):
            raise Refused(
                f"only {len(item.discrepancy.coders)} read this document",
                hint=" ".join(LETTERS[: len(item.discrepancy.coders)]),
            )
        return item.discrepancy.coders[number]

    def go(self, by: int) -> None:
        """Go to the next or previous discrepancy; a batch that was begun is left."""
        if not self.items:
            return
        self.alike, self.rule = (), None
        self.at = min(max(self.at + by, 0), len(self.items) - 1)
        self._look()

    def go_open(self, by: int) -> bool:
        """Go to the next (or previous) undecided one, round the end; False when there is none."""
        count = len(self.items)
        for step in range(1, count + 1):
            index = (self.at + by * step) % count
            if not self.items[index].is_decided:
                self.go(index - self.at)
                return True
        return False

    # -- deciding ---------------------------------------------------------------------------------------

    def decide(
        self,
        outcome: Outcome,
        *,
        keep: str | Mapping[str, str] | None = None,
        code: str | None = None,
        span: tuple[int, int] | None = None,
        new_code: tuple[str, str] | None = None,
    ) -> str:
        """Decide what is shown (or the whole batch), go to the next undecided one and say what was done."""
        item = self._here()
        choice = Choice(
            outcome,
            rationale=self.why,
            keep=keep,
            code=code,
            span=span,
            took_part=self.with_whom,
            new_code=new_code,
            rule=self.rule,
            seen=Seen(item.decision.uid if item.decision else None),
        )
        if self.alike:
            made = self.desk.decide_alike(self.alike, replace(choice, seen=None))
        else:
            made = (self._decide_one(item, choice),)
        known = {one.item.discrepancy.uid: one.item for one in made}
        self.items = [known.get(one.discrepancy.uid, one) for one in self.items]
        if new_code is not None or self.rule is not None:
            self.use_codebook()
        self.why, self.rule, self.alike = "", None, ()
        said = _sentence(made)
        if not self.go_open(1):
            self._look()
            return f"{said} · all {len(self.items)} are decided"
        return said

    def _decide_one(self, item: OpenDiscrepancy, choice: Choice) -> Decision:
        try:
            return self.desk.decide(item, choice)
        except ChangedMeanwhile:
            self._read_again(item.document)
            raise

    def begin_batch(self) -> str:
        """Gather the open discrepancies of the same case as this one, of those that are shown; the next decision is
        about all of them."""
        case = self._here().discrepancy.case
        self.alike = tuple(
            one for one in self.items if not one.is_decided and one.discrepancy.case == case
        )
        if len(self.alike) < 2:
            self.alike = ()
            raise Refused("no other open discrepancy is of this case")
        return f"the next decision is about all {len(self.alike)} · Esc leaves it"

    def next_rule(self) -> str:
        """Choose what follows for the codebook: nothing, then for each code at issue an example, an exclusion."""
        item = self._here()
        choices: list[RuleEdit | None] = [None]
        for code in item.discrepancy.codes:
            choices += [RuleEdit(code, "example"), RuleEdit(code, "exclude")]
        self.rule = following(choices, self.rule)
        return self.rule_line() or "the codebook stays as it is"

    def rule_line(self) -> str:
        if self.rule is None:
            return ""
        what = "an example" if self.rule.part == "example" else "an exclusion"
        return f"the quotation becomes {what} of {self.rule.code}"

    def take_part(self, names: str) -> str:
        """Remember who sits here: it stands in every decision from now on."""
        self.with_whom = tuple(name.strip() for name in names.split(",") if name.strip())
        return f"taking part: {', '.join(self.with_whom) or self.desk.coder}"

    def remark(self, text: str) -> str:
        self.desk.remark(self._here(), text)
        self._look()
        return "remark kept"

    def undo(self, *, again: bool = False) -> str:
        """Take one's latest command back (or bring it back), wherever it was, and go there."""
        done = self.desk.redo() if again else self.desk.undo()
        self.alike = ()
        self.use_codebook()
        if done.document is None:
            self.load()
            return done.sentence
        before = {item.discrepancy.uid: item.is_decided for item in self.items}
        self._read_again(done.document)
        for index, item in enumerate(self.items):
            if before.get(item.discrepancy.uid) not in (None, item.is_decided):
                self.at = index
                break
        self._look()
        return done.sentence

    def use_codebook(self) -> None:
        self.looks = Looks(self.desk.codebook(), dark=self.dark)

    def _read_again(self, document: str) -> None:
        fresh = self.desk.items(replace(self.wanted, document=document, is_open=False), Order.TEXT)
        others = [item for item in self.items if item.document != document]
        first = next((n for n, one in enumerate(others) if one.document > document), len(others))
        here = self.current
        self.items = list(in_order([*others[:first], *fresh, *others[first:]], self.order))
        self.at = min(self.at, max(len(self.items) - 1, 0))
        if here is not None:
            for index, item in enumerate(self.items):
                if item.discrepancy.uid == here.discrepancy.uid:
                    self.at = index
        self._look()

    def _here(self) -> OpenDiscrepancy:
        if self.current is None:
            raise Refused("the coders of this round do not differ anywhere")
        return self.current

    def _go_to_open(self) -> None:
        open_ones = (n for n, item in enumerate(self.items) if not item.is_decided)
        self.at = next(open_ones, 0)
        self._look()

    def _look(self) -> None:
        """Read the place that is shown, as it stands now."""
        if self.current is None:
            self.view = None
            return
        self.view = self.desk.view(self.current)
        self.items[self.at] = self.view.item


def _sentence(made: tuple[Decision, ...]) -> str:
    if len(made) == 1:
        return made[0].sentence
    outcome = made[0].item.decision.outcome.words if made[0].item.decision else ""
    return f"{len(made)} decided alike: {outcome} · u takes all back"


def _wishes(words: str) -> tuple[Wanted, Order]:
    wanted, order = Wanted(), Order.TEXT
    for word in words.split():
        name, _, value = word.partition("=")
        if name == "open" and not value:
            wanted = replace(wanted, is_open=True)
        elif name == "document" and value:
            wanted = replace(wanted, document=value)
        elif name == "code" and value:
            wanted = replace(wanted, code=value)
        elif name == "kind" and value in list(DiscrepancyKind):
            wanted = replace(wanted, kind=DiscrepancyKind(value))
        elif name == "pair" and value.count(",") == 1:
            one, other = value.split(",")
            wanted = replace(wanted, pair=(one, other))
        elif name == "order" and value in list(Order):
            order = Order(value)
        elif name == "order":
            raise UnknownName("order", value, [one.value for one in Order])
        elif name == "kind":
            raise UnknownName("kind", value, [one.value for one in DiscrepancyKind])
        else:
            raise InputError(
                f"{shortened(word)!r} is no filter",
                hint="open document=… code=… kind=… pair=Noor,Ilse order=…",
            )
    return wanted, order
