"""What the screen of co-occurrence asks of the services: which codes stand together, how often, and where."""

from __future__ import annotations

import enum

from qualcode.core.cooccurrence import NEAR_CHARACTERS, CoOccurrences, Pair, Relation
from qualcode.errors import InputError
from qualcode.services import compare
from qualcode.tui.cycling import following
from qualcode.tui.desk import Desk
from qualcode.tui.screens.compare.source import Findings, Quotation
from qualcode.tui.screens.compare.table import (
    NOTHING,
    Figure,
    Row,
    Shown,
    Wanted,
    heat,
    numbered,
)

MOST_CODES = 60
"""How many codes a heatmap shows: those that meet most often."""

_RELATIONS = {
    Relation.OVERLAP: "their words overlap",
    Relation.TURN: "in the same turn",
    Relation.SENTENCE: "in the same sentence",
    Relation.NEAR: "near each other",
}


class View(enum.StrEnum):
    """What the screen shows of the pairs."""

    PAIRS = "pairs"
    COUNTS = "heatmap of counts"
    JACCARD = "heatmap of Jaccard"


class Together(Findings):
    """Codes that stand together, within the consensus or within each coder, never across coders."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.relation = Relation.OVERLAP
        self.distance = NEAR_CHARACTERS
        self.view = View.PAIRS
        self._found: CoOccurrences | None = None

    def forget(self) -> None:
        super().forget()
        self._found = None

    def next_relation(self) -> None:
        self.relation = following(Relation, self.relation)
        self._found = None

    def next_view(self) -> None:
        self.view = following(View, self.view)

    def set_distance(self, given: str) -> None:
        """Let codings be near that are at most so many characters apart. InputError for what is no number."""
        if not given.strip().isdigit():
            raise InputError(
                f"{given.strip()!r} is no number of characters", hint="for example 200"
            )
        self.distance, self.relation, self._found = int(given), Relation.NEAR, None

    @property
    def how(self) -> str:
        """Say when two codings stand together."""
        said = _RELATIONS[self.relation]
        return f"{said}: at most {self.distance} characters apart" if self.is_near else said

    @property
    def rows_words(self) -> str:
        code = self.book.by_key.get(self.rows or "")
        return f"pairs with {code.name} or a code below it" if code else "all codes"

    @property
    def is_near(self) -> bool:
        return self.relation is Relation.NEAR

    @property
    def found(self) -> CoOccurrences:
        if self._found is None:
            self._found = compare.cooccurrence(
                self.project,
                relation=self.relation.value,
                distance=self.distance,
                code=self.rows,
                basis=self.whose.basis,
            )
        return self._found

    def shown(self) -> Shown:
        if self.view is View.PAIRS:
            return self._pairs()
        return self._heatmap()

    def behind(self, wanted: Wanted) -> tuple[Quotation, ...]:
        """Return the places where the two codes stand together."""
        met = compare.cooccurrence_passages(
            self.project,
            wanted.code,
            wanted.second or wanted.code,
            relation=self.relation.value,
            distance=self.distance,
            basis=self.whose.basis,
        )
        both = f"{wanted.code} + {wanted.second}"
        return tuple(
            Quotation(
                one.document,
                one.start,
                one.end,
                one.quote,
                " and ".join(one.participants) or one.document,
                "",
                both,
                one.coder,
            )
            for one in met
        )

    def method(self) -> list[str]:
        units = {
            Relation.TURN: "turns in which both stand",
            Relation.SENTENCE: "sentences in which both stand",
        }
        counted = units.get(self.relation, "pairs of codings")
        over = {
            Relation.OVERLAP: "the text that both cover over the text that either covers",
            Relation.NEAR: "undefined: codings that are near share no text to measure",
        }.get(
            self.relation,
            f"the {self.relation.value}s with both over the {self.relation.value}s with either",
        )
        return [
            f"Two codes stand together where {self.how}. Counted on {self.whose.words}, within one coder and one round, "
            f"never across coders: {numbered(self.found.codings, 'coding')}.",
            f"together: {counted}. Jaccard: {over}. first met, second met: how many of the codings (or units) of the "
            "one code meet the other, of all it has.",
        ]

    def equivalent(self) -> str:
        near = ["--distance", str(self.distance)] if self.is_near else []
        code = ["--code", self.rows] if self.rows is not None else []
        relation = ["--relation", self.relation.value]
        return self.command("cooccurrence", relation, near, code, self.whose.options)

    def _pairs(self) -> Shown:
        found = self.found
        most = max((pair.together for pair in found.pairs), default=1)
        heads = ("with", "together", "documents", "Jaccard", "first met", "second met")
        rows = tuple(
            Row(
                f"{pair.first}\x1f{pair.second}",
                self._name(pair.first),
                1,
                self._figures(pair, most),
            )
            for pair in found.pairs
        )
        return Shown("code", heads, heads, rows, found.notes)

    def _figures(self, pair: Pair, most: int) -> tuple[Figure, ...]:
        told = self._told(pair)
        wanted = self._wanted(pair)
        step = heat(float(pair.together), float(most))
        met = [
            Figure(f"{met}/{of}", met / of if of else None, "", told, wanted)
            for met, of in ((pair.first_met, pair.first_all), (pair.second_met, pair.second_all))
        ]
        return (
            Figure(self._name(pair.second), None, "", told, wanted, is_text=True),
            Figure(f"{pair.together:,}", float(pair.together), step, told, wanted),
            Figure(f"{pair.documents:,}", float(pair.documents), "", told, wanted),
            Figure(_jaccard(pair), pair.jaccard, heat(pair.jaccard, 1.0), told, wanted),
            *met,
        )

    def _heatmap(self) -> Shown:
        by_codes = {(pair.first, pair.second): pair for pair in self.found.pairs}
        by_codes |= {(pair.second, pair.first): pair for pair in self.found.pairs}
        codes, notes = self._met_most()
        most = max((pair.together for pair in self.found.pairs), default=1)
        rows = tuple(
            Row(
                first,
                f"{n:>2} {self._name(first)}",
                1,
                tuple(
                    self._cell(first, second, by_codes.get((first, second)), most)
                    for second in codes
                ),
            )
            for n, first in enumerate(codes, start=1)
        )
        names = tuple(self._name(code) for code in codes)
        brief = tuple(str(n) for n in range(1, len(codes) + 1))
        return Shown("code", codes, names, rows, (*self.found.notes, *notes), brief)

    def _met_most(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the codes that meet any other, in the order of the codebook, and what was left out."""
        met: dict[str, int] = {}
        for pair in self.found.pairs:
            for code in (pair.first, pair.second):
                met[code] = met.get(code, 0) + pair.together
        most = sorted(met, key=lambda code: -met[code])[:MOST_CODES]
        left = len(met) - len(most)
        notes = (
            (
                f"the {MOST_CODES} codes that meet most often, {left} others are left out: r looks at a branch",
            )
            if left
            else ()
        )
        order = {code: n for n, code in enumerate(self.book.by_key)}
        return tuple(sorted(most, key=lambda code: order.get(code, len(order)))), notes

    def _cell(self, first: str, second: str, pair: Pair | None, most: int) -> Figure:
        if pair is None:
            told = f"{self._name(first)} and {self._name(second)} nowhere stand together"
            return Figure(
                "" if first == second else NOTHING, None, "dim", "" if first == second else told
            )
        if self.view is View.COUNTS:
            text, value, step = f"{pair.together:,}", float(pair.together), float(most)
            return Figure(text, value, heat(value, step), self._told(pair), self._wanted(pair))
        return Figure(
            _jaccard(pair),
            pair.jaccard,
            heat(pair.jaccard, 1.0),
            self._told(pair),
            self._wanted(pair),
        )

    def _wanted(self, pair: Pair) -> Wanted:
        title = (
            f"{self._name(pair.first)} and {self._name(pair.second)}, {_RELATIONS[self.relation]}"
        )
        return Wanted(title, pair.first, second=pair.second)

    def _told(self, pair: Pair) -> str:
        jaccard = (
            f"Jaccard {_jaccard(pair)}"
            if pair.jaccard is not None
            else f"no Jaccard: {pair.jaccard_reason}"
        )
        return (
            f"{self.name_of(pair.first)} and {self.name_of(pair.second)}: {pair.together:,} together in "
            f"{numbered(pair.documents, 'document')}; {pair.first_met} of {pair.first_all} and "
            f"{pair.second_met} of {pair.second_all} meet; {jaccard}"
        )

    def _name(self, code: str) -> str:
        found = self.book.by_key.get(code)
        return found.name if found is not None else code


def _jaccard(pair: Pair) -> str:
    return "—" if pair.jaccard is None else f"{pair.jaccard:.2f}"
