"""The changes that keys make to codings and memos; each is written before its method returns."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.coding import Coding, Provenance
from qualcode.errors import Refused
from qualcode.tui.desk import Step
from qualcode.tui.sitting.opened import Outcome
from qualcode.tui.sitting.places import Places
from qualcode.tui.widgets.transcript.model import Rows
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit

_CODEBOOK = frozenset({"code", "facet", "facet_value", "theme", "project"})
_FEW = 500
"""How many codings are read one by one after a step; after a larger one the whole document is read again."""


class Sitting(Places):
    """One coder's sitting at one document."""

    def apply(self, code: str, facets: dict[str, str]) -> Outcome:
        """Code the selection."""
        selection = self.model.selection
        if selection.end <= selection.start:
            raise Refused("nothing is selected", hint="move to a sentence first")
        self.last_answers.update(facets)
        coding, is_new = self.desk.apply(
            code,
            self.document,
            span=selection.span,
            facets=facets,
            provenance=self.provenance(code, selection.span),
        )
        self.last_code = code
        self.recent = (code, *(one for one in self.recent if one != code))
        self._pin_if_room(code)
        name = self.looks(code).name
        if not is_new:
            return Outcome(f"{name} stands here already", self.model.focus(coding.id))
        self._count(coding, 1)
        return Outcome(f"{name} applied", self._put(coding) | self.model.focus(coding.id))

    def provenance(self, code: str, span: tuple[int, int]) -> Provenance:
        """Return how a coding made by hand here comes about."""
        return Provenance.INDEPENDENT

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

    def split(self) -> Outcome:
        """Split the current coding where the selection begins; both parts keep all that the coding had."""
        coding = self._own_current()
        first, second = self.desk.split(coding.id, at=self.model.selection.start)
        self._count(second, 1)
        rows = self._put(first) | self._put(second)
        return Outcome(f"{self.looks(coding.code).name} split in two", rows)

    def join(self) -> Outcome:
        """Join the coder's codings of the current code that touch the selection into one."""
        coding = self._own_current()
        me = self.desk.coder.name
        parts = [one for one in self.here() if one.code == coding.code and one.coder == me]
        if len(parts) < 2:
            raise Refused(
                f"only one coding of {self.looks(coding.code).name} touches the selection",
                hint="extend the selection over both",
            )
        joined = self.desk.join([one.id for one in parts])
        rows: Rows = set()
        for part in parts:
            if part.id != joined.id:
                self._count(part, -1)
                del self.codings[part.id]
                rows |= self.model.remove(part.id)
        rows |= self._put(joined) | self.model.focus(joined.id)
        self.read_memos()
        return Outcome(f"{len(parts)} codings of {self.looks(coding.code).name} joined", rows)

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

    def weigh(self, weight: int | None) -> Outcome:
        """Give the current coding a weight, or take its weight away."""
        coding = self._own_current()
        changed = self.desk.weigh(coding.id, weight)
        said = "no weight" if weight is None else f"weight {weight}"
        return Outcome(f"{self.looks(coding.code).name}: {said}", self._put(changed))

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

    def undo(self) -> Outcome:
        """Take back the coder's last command; refused where it was not made at the desk."""
        return self._take_over_step(self.desk.undo())

    def redo(self) -> Outcome:
        """Bring back what was last taken back; refused where that was not made at the desk."""
        return self._take_over_step(self.desk.redo())

    def toggle_layers(self) -> Outcome:
        """Show every coding that may be seen, or only the coder's own."""
        self.shows_all = not self.shows_all
        rows, _ = self._reread()
        return Outcome("all codings shown" if self.shows_all else "only my codings shown", rows)

    def reload(self) -> Outcome:
        """Take over what was changed elsewhere."""
        rows, _ = self._reread()
        self.read_memos()
        return Outcome("read afresh", rows, is_large=True, changes_codebook=True)

    def _take_over_step(self, done: Step) -> Outcome:
        """Take over what an undo or redo has changed, and nothing else."""
        is_large = len(done.codings) > _FEW
        rows, place = self._reread(None if is_large else done.codings)
        if "memo" in done.kinds:
            self.read_memos()
        elsewhere = done.document not in (None, self.document)
        strange = not _CODEBOOK.isdisjoint(done.kinds)
        if elsewhere or strange:
            self.counts = self.desk.usage()
        sentence = f"{done.sentence} (in {done.document})" if elsewhere else done.sentence
        return Outcome(sentence, rows, place, is_large=is_large, changes_codebook=strange)

    def _reread(self, ids: Sequence[int] | None = None) -> tuple[Rows, Selection | None]:
        """Take over what became of these codings (None: of all); return the rows and the place of the last change."""
        fresh = {coding.id: coding for coding in self._seen(ids)}
        rows: Rows = set()
        place: Selection | None = None
        for key in list(self.codings) if ids is None else ids:
            gone = self.codings.get(key)
            if gone is None or key in fresh:
                continue
            del self.codings[key]
            self._count(gone, -1)
            rows |= self.model.remove(key)
            place = Selection(gone.start, gone.end, Unit.TURN)
        for coding in fresh.values():
            before = self.codings.get(coding.id)
            if before == coding:
                continue
            if before is not None:
                self._count(before, -1)
            self._count(coding, 1)
            rows |= self._put(coding)
            place = Selection(coding.start, coding.end, Unit.TURN)
        return rows, place

    def _count(self, coding: Coding, by: int) -> None:
        if self._counts(coding):
            for counts in (self.counts, self.counts_here):
                counts[coding.code] = max(counts.get(coding.code, 0) + by, 0)

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
