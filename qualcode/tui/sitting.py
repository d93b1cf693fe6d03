"""One coder's sitting at one document: what the keys do to the codings, and which rows change by it.

Nothing here draws. Every method that changes a coding has written it before it returns.
"""

from __future__ import annotations

import enum
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from qualcode.core.codebook import Facet
from qualcode.core.coding import Coding, Provenance, shortened
from qualcode.core.memos import Memo
from qualcode.errors import Refused
from qualcode.tui.desk import Desk
from qualcode.tui.looks import Looks
from qualcode.tui.widgets.transcript.marks import STRIPE, Layer, Mark
from qualcode.tui.widgets.transcript.model import Rows, TranscriptModel
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit

PINS = 10
_MOST_HITS = 5000


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


class Sitting:
    """The open document, its codings and memos, the counts and pins of the coder."""

    def __init__(self, desk: Desk, document: str, *, dark: bool) -> None:
        self.desk = desk
        self.document = document
        self.reading = desk.read(document)
        self.model = TranscriptModel(self.reading)
        self.looks = Looks(desk.codebook(), dark=dark)
        self.codings: dict[int, Coding] = {}
        self.counts: dict[str, int] = {}
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

    # -- reading ----------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read codings, memos and counts; apart from the text, so that the text can be shown first."""
        self.counts = self.desk.usage()
        self.recent = tuple(reversed(self.counts))
        self.pins = self._first_pins()
        self.codings = {coding.id: coding for coding in self._seen()}
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
            me = self.desk.coder.name
            return dict(Counter(one.code for one in self.codings.values() if one.coder == me))
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

    # -- changing ---------------------------------------------------------------------------------------

    def apply(self, code: str, facets: dict[str, str]) -> Outcome:
        """Code the selection."""
        selection = self.model.selection
        if selection.end <= selection.start:
            raise Refused("nothing is selected", hint="move to a sentence first")
        self.last_answers.update(facets)
        coding, is_new = self.desk.apply(code, self.document, span=selection.span, facets=facets)
        self.last_code = code
        self.recent = (code, *(one for one in self.recent if one != code))
        self._pin_if_room(code)
        name = self.looks(code).name
        if not is_new:
            return Outcome(f"{name} stands here already", self.model.focus(coding.id))
        self._count(coding, 1)
        return Outcome(f"{name} applied", self._put(coding) | self.model.focus(coding.id))

    def remove(self) -> Outcome:
        """Remove the current coding."""
        coding = self._own_current()
        self.desk.remove(coding.id)
        self._count(coding, -1)
        del self.codings[coding.id]
        return Outcome(f"{self.looks(coding.code).name} removed", self.model.remove(coding.id))

    def recode(self, code: str) -> Outcome:
        """Give the current coding another code."""
        coding = self._own_current()
        changed = self.desk.change(coding.id, code=code)
        self._count(coding, -1)
        self._count(changed, 1)
        self.recent = (code, *(one for one in self.recent if one != code))
        old, new = self.looks(coding.code).name, self.looks(code).name
        return Outcome(f"{old} became {new}", self._put(changed))

    def set_span(self) -> Outcome:
        """Move the ends of the current coding to those of the selection."""
        coding = self._own_current()
        if self.model.selection.span == (coding.start, coding.end):
            return Outcome(f"{self.looks(coding.code).name} has these ends already")
        changed = self.desk.change(coding.id, span=self.model.selection.span)
        return Outcome(f"ends of {self.looks(coding.code).name} set", self._put(changed))

    def set_facets(self, facets: dict[str, str]) -> Outcome:
        """Replace the facets of the current coding."""
        coding = self._own_current()
        changed = self.desk.change(coding.id, facets=facets)
        said = ", ".join(f"{key}: {value}" for key, value in facets.items()) or "none"
        return Outcome(f"facets of {self.looks(coding.code).name}: {said}", self._put(changed))

    def flag(self) -> Outcome:
        """Flag the current coding, or take its flag away."""
        coding = self._own_current()
        changed = self.desk.change(coding.id, flagged=not coding.flagged)
        done = "flagged" if changed.flagged else "no longer flagged"
        return Outcome(f"{self.looks(coding.code).name} {done}", self._put(changed))

    def write_memo(self, text: str) -> Outcome:
        """Write, rewrite or (when empty) remove the coder's memo on the current coding, else on the document."""
        target = self.current
        mine = self.my_memo()
        if mine is not None:
            self.desk.change_memo(mine.id, text)
        elif text.strip():
            self.desk.write_memo(text, on=target or self.reading)
        else:
            return Outcome("no memo written")
        self.read_memos()
        about = self.looks(target.code).name if target else self.document
        return Outcome(f"memo on {about} {'kept' if text.strip() else 'removed'}")

    def my_memo(self) -> Memo | None:
        """Return the coder's own memo on the current coding, else on the document."""
        target = self.current
        uid = target.uid if target else self.reading.document.uid
        mine = [memo for memo in self.memos.get(uid, ()) if memo.coder == self.desk.coder.name]
        return mine[0] if mine else None

    def undo(self) -> Outcome:
        return self._step(self.desk.undo)

    def redo(self) -> Outcome:
        return self._step(self.desk.redo)

    # -- going ------------------------------------------------------------------------------------------

    def next_here(self) -> Rows:
        """Make the next coding at this place the current one."""
        here = [mark.key for mark in self.model.here()]
        if not here:
            return set()
        at = here.index(self.model.current) if self.model.current in here else -1
        return self.model.focus(here[(at + 1) % len(here)])

    def next_coding(self, step: int, *, code: str | None = None) -> tuple[Selection, int] | None:
        """Return the span and key of the next (or previous) coding in reading order, of one code if given."""
        marks = [
            mark
            for mark in self.model.marks.all()
            if mark.layer in STRIPE and (code is None or mark.code == code)
        ]
        if not marks:
            return None
        current = (
            self.model.marks.get(self.model.current) if self.model.current is not None else None
        )
        here = self.model.selection.start
        standing = current is not None and current in marks and current.start == here
        if standing and current is not None:
            place = marks.index(current) + step
        elif step > 0:
            place = next((n for n, mark in enumerate(marks) if mark.start > here), len(marks))
        else:
            before = [n for n, mark in enumerate(marks) if mark.start < here]
            place = before[-1] if before else -1
        if not 0 <= place < len(marks):
            return None
        mark = marks[place]
        return Selection(mark.start, mark.end, Unit.TURN), mark.key

    def next_uncoded(self, step: int) -> Selection | None:
        """Return the next (or previous) sentence that no coding touches."""
        units, marks = self.model.units, self.model.marks
        start, end = self.model.selection.span
        while True:
            span = (
                units.after(Unit.SENTENCE, end) if step > 0 else units.before(Unit.SENTENCE, start)
            )
            if span is None:
                return None
            start, end = span
            if not any(mark.layer in STRIPE for mark in marks.over(start, end)):
                return Selection(start, end, Unit.SENTENCE)

    def search(self, query: str) -> Rows:
        """Mark every place where these words stand, ignoring case; an empty query takes the marks away."""
        text, wanted = self.model.text, query.strip()
        self.hits = []
        if wanted:
            import re

            for found in re.finditer(re.escape(wanted), text, re.IGNORECASE):
                self.hits.append(found.span())
                if len(self.hits) >= _MOST_HITS:
                    break
        marks = [Mark(-n, *span, "", Layer.HIT) for n, span in enumerate(self.hits, start=1)]
        return self.model.replace_layer(Layer.HIT, marks)

    def next_hit(self, step: int) -> Selection | None:
        """Return the next (or previous) place found, around the end of the document."""
        if not self.hits:
            return None
        here = self.model.selection.start
        if step > 0:
            span = next((hit for hit in self.hits if hit[0] > here), self.hits[0])
        else:
            span = next((hit for hit in reversed(self.hits) if hit[0] < here), self.hits[-1])
        return Selection(*self.model.units.snapped(*span), Unit.WORD)

    def next_bookmark(self) -> Selection | None:
        """Return the next bookmark, around the end of the document."""
        spans = sorted(self.desk.kept.bookmarks.get(self._uid, []))
        if not spans:
            return None
        here = self.model.selection.start
        start, end = next((span for span in spans if span[0] > here), spans[0])
        return Selection(start, end)

    def toggle_bookmark(self) -> Outcome:
        """Set a bookmark on the selection, or take away those that touch it."""
        start, end = self.model.selection.span
        before = self.desk.kept.bookmarks.get(self._uid, [])
        kept = [span for span in before if span[1] <= start or span[0] >= end]
        removed = len(kept) < len(before)
        if not removed:
            kept = [*before, [start, end]]
        self.desk.kept.bookmarks[self._uid] = kept
        self.desk.keep()
        rows = self.model.replace_layer(Layer.BOOKMARK, self._bookmarks())
        return Outcome("bookmark removed" if removed else "bookmark set: B goes there", rows)

    def toggle_layers(self) -> Outcome:
        """Show every coding that may be seen, or only the coder's own."""
        self.shows_all = not self.shows_all
        rows, _ = self._reread()
        return Outcome("all codings shown" if self.shows_all else "only my codings shown", rows)

    def reload(self) -> Outcome:
        """Take over what was changed elsewhere."""
        rows, _ = self._reread()
        return Outcome("read afresh", rows, is_large=True, changes_codebook=True)

    # -- inside -----------------------------------------------------------------------------------------

    @property
    def _uid(self) -> str:
        return str(self.reading.document.uid)

    def _seen(self) -> tuple[Coding, ...]:
        """Return the codings that are shown: all that may be seen, or the coder's own."""
        found = self.desk.codings(self.document)
        if self.shows_all:
            return found
        me = self.desk.coder.name
        return tuple(one for one in found if one.coder == me)

    def _bookmarks(self) -> list[Mark]:
        spans = self.desk.kept.bookmarks.get(self._uid, [])
        length = len(self.reading.text)
        return [
            Mark(-_MOST_HITS - n, start, end, "", Layer.BOOKMARK)
            for n, (start, end) in enumerate(spans, start=1)
            if 0 <= start < end <= length
        ]

    def _step(self, step: Callable[[], object]) -> Outcome:
        done = step()
        sentence = str(getattr(done, "sentence", ""))
        document = getattr(done, "document", None)
        if document is not None and document != self.document:
            return Outcome(f"{sentence} (in {document})")
        rows, place = self._reread()
        known = self.looks.codebook.by_key
        strange = document is None or any(one.code not in known for one in self.codings.values())
        return Outcome(sentence, rows, place, is_large=True, changes_codebook=strange)

    def _reread(self) -> tuple[Rows, Selection | None]:
        """Take over what changed in the project; return the rows and the place of the change."""
        fresh = {coding.id: coding for coding in self._seen()}
        rows: Rows = set()
        place: Selection | None = None
        for key in self.codings.keys() - fresh.keys():
            gone = self.codings[key]
            self._count(gone, -1)
            rows |= self.model.remove(key)
            place = Selection(gone.start, gone.end, Unit.TURN)
        changed = [one for one in fresh.values() if self.codings.get(one.id) != one]
        for coding in changed:
            before = self.codings.get(coding.id)
            if before is not None:
                self._count(before, -1)
            self._count(coding, 1)
            rows |= self.model.add(self._mark(coding))
            place = Selection(coding.start, coding.end, Unit.TURN)
        self.codings = fresh
        self.read_memos()
        return rows, place

    def _count(self, coding: Coding, by: int) -> None:
        if coding.coder == self.desk.coder.name and coding.provenance is not Provenance.CONSENSUS:
            self.counts[coding.code] = max(self.counts.get(coding.code, 0) + by, 0)

    def _put(self, coding: Coding) -> Rows:
        self.codings[coding.id] = coding
        return self.model.add(self._mark(coding))

    def _own_current(self) -> Coding:
        coding = self.current
        if coding is None:
            raise Refused("no coding stands here", hint="go to one with e or E")
        if coding.coder != self.desk.coder.name:
            raise Refused(
                f"this coding is {coding.coder}'s",
                hint="coders' own codings are never altered by others",
            )
        return coding

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


def answer_keys(facet: Facet) -> dict[str, str]:
    """Return a single key for every value of a facet: the first letter of its id or name that is still free."""
    keys: dict[str, str] = {}
    for value in facet.values:
        for letter in _letters((value.key, value.name, "0123456789abcdefghijklmnopqrstuvwxyz")):
            if letter not in keys:
                keys[letter] = value.key
                break
    return keys


def _letters(words: Iterable[str]) -> list[str]:
    return [letter for word in words for letter in word.casefold() if letter.isalnum()]


def _is_asked(facet: Facet, answers: dict[str, str]) -> bool:
    return all(answers.get(other) in values for other, values in facet.only_if.items())
