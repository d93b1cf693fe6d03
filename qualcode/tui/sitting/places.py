"""Places in the open document: codings, uncoded sentences, search hits, bookmarks."""

from __future__ import annotations

import re

from qualcode.tui.sitting.opened import MOST_HITS, OpenDocument, Outcome
from qualcode.tui.widgets.transcript.marks import CODED, Layer, Mark
from qualcode.tui.widgets.transcript.model import Rows
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit


class Places(OpenDocument):
    """Finds the next thing of a kind; a place is a selection, None where there is none further on."""

    def next_here(self) -> Rows:
        """Make the next coding at this place the current one."""
        here = [mark.key for mark in self.model.here()]
        if not here:
            return set()
        at = here.index(self.model.current) if self.model.current in here else -1
        return self.model.focus(here[(at + 1) % len(here)])

    def next_coding(self, step: int, *, code: str | None = None) -> tuple[Selection, int] | None:
        """Return the span and key of the next (or previous) coding in reading order, of one code if given."""

        def fits(mark: Mark) -> bool:
            return mark.layer in CODED and (code is None or mark.code == code)

        marks, here = self.model.marks, self.model.selection.start
        current = marks.get(self.model.current) if self.model.current is not None else None
        if current is not None and (current.start != here or not fits(current)):
            current = None
        found = next(filter(fits, marks.walk(step, mark=current, start=here)), None)
        return found and (Selection(found.start, found.end, Unit.TURN), found.key)

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
            if not any(mark.layer in CODED for mark in marks.over(start, end)):
                return Selection(start, end, Unit.SENTENCE)

    def search(self, query: str) -> Rows:
        """Mark every place where these words stand, ignoring case; an empty query takes the marks away."""
        text, wanted = self.model.text, query.strip()
        self.hits = []
        if wanted:
            for found in re.finditer(re.escape(wanted), text, re.IGNORECASE):
                self.hits.append(found.span())
                if len(self.hits) >= MOST_HITS:
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
