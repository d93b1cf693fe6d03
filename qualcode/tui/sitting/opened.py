"""An open document with the coder's codings, memos, counts, pins and bookmarks."""

from __future__ import annotations

import enum
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qualcode.core.codebook import Facet
from qualcode.core.coding import Coding, Provenance, shortened
from qualcode.core.memos import Memo
from qualcode.tui.desk import Desk
from qualcode.tui.looks import Looks
from qualcode.tui.widgets.transcript.marks import Layer, Mark
from qualcode.tui.widgets.transcript.model import Rows, TranscriptModel
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit

PINS = 10
MOST_HITS = 5000


class CountKind(enum.StrEnum):
    """Which of the coder's codings the tree counts."""

    OWN = "codings with the code"
    BRANCH = "codings with the code and those below"
    DOCUMENT = "codings in this document"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change says, which rows it dirtied, and where to look afterwards (None: stay).

    After a large one much stands in memory that will stay, which the collector need not look at."""

    sentence: str
    rows: Rows = field(default_factory=set)
    place: Selection | None = None
    is_large: bool = False
    changes_codebook: bool = False


class OpenDocument:
    """What is read when a document is opened, and what is asked of it without changing anything."""

    def __init__(self, desk: Desk, document: str, *, dark: bool) -> None:
        self.desk = desk
        self.document = document
        self.model = TranscriptModel(desk.read(document))
        self.reading = self.model.reading
        self.looks = Looks(desk.codebook(), dark=dark)
        self.codings: dict[int, Coding] = {}
        self.counts: dict[str, int] = {}
        self.counts_here: Counter[str] = Counter()
        self.count_kind = CountKind.OWN
        self.attributes = {one.pseudonym: one.values for one in desk.participants(document)}
        self.memos: dict[uuid.UUID, tuple[Memo, ...]] = {}
        self.pins: list[str] = [""] * PINS
        self.last_code: str | None = None
        self.recent: tuple[str, ...] = ()
        self.last_answers: dict[str, str] = {}
        self.hits: list[tuple[int, int]] = []
        self.shows_all = True
        self._knows_place = self._go_to_kept_place()

    def load(self) -> None:
        """Read codings, memos and counts; apart from the text, so that the text can be shown first."""
        self.counts = self.desk.usage()
        self.recent = tuple(reversed(self.counts))
        self.pins = self._first_pins()
        self.codings = {coding.id: coding for coding in self._seen()}
        self.counts_here = Counter(one.code for one in self.codings.values() if self._counts(one))
        self.model.load([*map(self._mark, self.codings.values()), *self._bookmarks()])
        self.read_memos()
        if not self._knows_place:
            self._resume()

    def leave(self) -> None:
        """Keep the place for the next sitting at this document."""
        self.desk.kept.places[self._uid] = list(self.model.selection.span)
        self.desk.keep()

    def read_memos(self) -> None:
        found: dict[uuid.UUID, list[Memo]] = {}
        for memo in self.desk.memos():
            found.setdefault(memo.target_uid, []).append(memo)
        self.memos = {uid: tuple(memos) for uid, memos in found.items()}

    def use_codebook(self, *, dark: bool) -> None:
        """Read the codebook afresh."""
        self.looks = Looks(self.desk.codebook(), dark=dark)

    @property
    def current(self) -> Coding | None:
        """The coding that removing, recoding and memos act upon."""
        return None if self.model.current is None else self.codings.get(self.model.current)

    def here(self) -> list[Coding]:
        """Return the codings that touch the selection, narrowest first."""
        return [self.codings[mark.key] for mark in self.model.here() if mark.key in self.codings]

    def words(self) -> str:
        """Return the selected words on one line."""
        selection = self.model.selection
        return shortened(self.model.text[selection.start : selection.end])

    def pin(self, digit: int) -> str | None:
        """Return the code on this digit (1 is the first, 0 the tenth)."""
        place = (digit - 1) % PINS
        code = self.pins[place] if place < len(self.pins) else ""
        return code if code in self.looks.codebook.by_key else None

    def pin_digits(self) -> dict[str, int]:
        """Return the digit of every pinned code."""
        return {code: (n + 1) % PINS for n, code in enumerate(self.pins) if code}

    def set_pin(self, digit: int, code: str) -> None:
        """Pin a code to a digit; it leaves the digit it had."""
        place = (digit - 1) % PINS
        self.pins = [("" if held == code else held) for held in self.pins]
        self.pins += [""] * (place + 1 - len(self.pins))
        self.pins[place] = code
        self._keep_pins()

    def shown_counts(self) -> dict[str, int]:
        """Return the counts of the chosen kind."""
        if self.count_kind is CountKind.OWN:
            return self.counts
        if self.count_kind is CountKind.DOCUMENT:
            return self.counts_here
        codebook = self.looks.codebook
        rolled = dict(self.counts)
        for code, count in self.counts.items():
            if code in codebook.by_key:
                for above in codebook.ancestors(code):
                    rolled[above] = rolled.get(above, 0) + count
        return rolled

    def next_count_kind(self) -> None:
        kinds = list(CountKind)
        self.count_kind = kinds[(kinds.index(self.count_kind) + 1) % len(kinds)]

    def next_facet(self, code: str, answers: dict[str, str]) -> Facet | None:
        """Return the next facet that the codebook demands for this code and that has no answer yet."""
        for facet in self.looks.codebook.facets_for(code):
            if facet.required and facet.key not in answers and _is_asked(facet, answers):
                return facet
        return None

    def my_memo(self) -> Memo | None:
        """Return the coder's own memo on the current coding, else on the document."""
        target = self.current
        uid = target.uid if target else self.reading.document.uid
        mine = [memo for memo in self.memos.get(uid, ()) if memo.coder == self.desk.coder.name]
        return mine[0] if mine else None

    @property
    def _uid(self) -> str:
        return str(self.reading.document.uid)

    def _counts(self, coding: Coding) -> bool:
        """Say whether a coding is one of those that the tree counts."""
        me = self.desk.coder.name
        return coding.coder == me and coding.provenance is not Provenance.CONSENSUS

    def _seen(self, ids: Sequence[int] | None = None) -> tuple[Coding, ...]:
        """Return the codings that are shown: all that may be seen, or the coder's own; of a few only, if given."""
        found = self.desk.codings(self.document, ids)
        if self.shows_all:
            return found
        me = self.desk.coder.name
        return tuple(one for one in found if one.coder == me)

    def _bookmarks(self) -> list[Mark]:
        spans = self.desk.kept.bookmarks.get(self._uid, [])
        length = len(self.reading.text)
        return [
            Mark(-MOST_HITS - n, start, end, "", Layer.BOOKMARK)
            for n, (start, end) in enumerate(spans, start=1)
            if 0 <= start < end <= length
        ]

    def _mark(self, coding: Coding) -> Mark:
        if coding.provenance is Provenance.CONSENSUS:
            layer = Layer.CONSENSUS
        else:
            layer = Layer.OWN if coding.coder == self.desk.coder.name else Layer.OTHER
        return Mark(coding.id, coding.start, coding.end, coding.code, layer)

    def _first_pins(self) -> list[str]:
        """Return the pins of last time; without any, the codebook's digits and then the codes first used."""
        known = self.looks.codebook.by_key
        kept = [code if code in known else "" for code in self.desk.kept.pins][:PINS]
        if any(kept):
            return kept + [""] * (PINS - len(kept))
        pins = [""] * PINS
        for code in self.looks.codebook.codes:
            if code.quick_key and code.quick_key.isdigit() and len(code.quick_key) == 1:
                pins[(int(code.quick_key) - 1) % PINS] = code.key
        for used in self.counts:
            if used not in pins and "" in pins:
                pins[pins.index("")] = used
        return pins

    def _pin_if_room(self, code: str) -> None:
        if code not in self.pins and "" in self.pins:
            self.pins[self.pins.index("")] = code
            self._keep_pins()

    def _keep_pins(self) -> None:
        self.desk.kept.pins = list(self.pins)
        self.desk.keep()

    def _go_to_kept_place(self) -> bool:
        span = self.desk.kept.places.get(self._uid)
        if span is None or not 0 <= span[0] < span[1] <= len(self.reading.text):
            return False
        start, end = self.model.units.snapped(span[0], span[1])
        self.model.select(Selection(start, end))
        return True

    def _resume(self) -> None:
        """Begin where the coder made the last coding of this document."""
        mine = [
            coding
            for coding in self.codings.values()
            if coding.coder == self.desk.coder.name and coding.created_at is not None
        ]
        if mine:
            last = max(mine, key=lambda coding: (coding.created_at, coding.id))
            span = self.model.units.at(Unit.SENTENCE, last.start)
            if span is not None:
                self.model.select(replace(self.model.selection, start=span[0], end=span[1]))
                self.model.focus(last.id)


def _is_asked(facet: Facet, answers: dict[str, str]) -> bool:
    return all(answers.get(other) in values for other, values in facet.only_if.items())
