"""The changes that keys make to codings and memos; each is written before its method returns."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.coding import Coding, Provenance
from qualcode.errors import Refused
from qualcode.tui.desk import Step
from qualcode.tui.sitting.opened import Outcome
from qualcode.tui.sitting.places import Places
from qualcode.tui.widgets.transcript.model import Rows
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit


class Sitting(Places):
    """One coder's sitting at one document."""

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

    def undo(self) -> Outcome:
        return self._step(self.desk.undo)

    def redo(self) -> Outcome:
        return self._step(self.desk.redo)

    def toggle_layers(self) -> Outcome:
        """Show every coding that may be seen, or only the coder's own."""
        self.shows_all = not self.shows_all
        rows, _ = self._reread()
        return Outcome("all codings shown" if self.shows_all else "only my codings shown", rows)

    def reload(self) -> Outcome:
        """Take over what was changed elsewhere."""
        rows, _ = self._reread()
        return Outcome("read afresh", rows, is_large=True, changes_codebook=True)

    def _step(self, step: Callable[[], Step]) -> Outcome:
        done = step()
        sentence, document = done.sentence, done.document
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
