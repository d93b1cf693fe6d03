"""The layer of suggestions over an open document: shown, stepped through, accepted, rejected."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from qualcode.core.coding import Provenance
from qualcode.errors import Refused
from qualcode.tui.desk import Step
from qualcode.tui.sitting.opened import MOST_HITS, Outcome
from qualcode.tui.sitting.sitting import Sitting
from qualcode.tui.widgets.transcript.marks import Layer, Mark
from qualcode.tui.widgets.transcript.model import Rows
from qualcode.tui.widgets.transcript.selection import Selection
from qualcode.tui.widgets.transcript.units import Unit

if TYPE_CHECKING:
    from qualcode.core.suggest import Suggestion

_FIRST_KEY = -1_000_000


class SuggestingSitting(Sitting):
    """A sitting that can show suggestions. They are no codings: nothing counts them until one is accepted.

    What is coded by hand where one was shown, now or on an earlier day, is kept as made after a suggestion."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.suggests = False
        self.suggested_code: str | None = None
        self.suggestions: dict[int, Suggestion] = {}
        self._shown: frozenset[str] = frozenset()
        self._suggestible: dict[str, tuple[tuple[int, int], ...]] = {}

    def load(self) -> None:
        super().load()
        self._shown = self.desk.shown_suggestions(self.document)
        if self.suggests:
            self._renew()

    def use_codebook(self, *, dark: bool) -> None:
        super().use_codebook(dark=dark)
        self._suggestible.clear()

    def provenance(self, code: str, span: tuple[int, int]) -> Provenance:
        if code not in self._shown:
            return Provenance.INDEPENDENT
        if code not in self._suggestible:
            self._suggestible[code] = self.desk.suggestible(self.document, code)
        touched = any(start < span[1] and span[0] < end for start, end in self._suggestible[code])
        return Provenance.AFTER_SUGGESTION if touched else Provenance.INDEPENDENT

    def toggle_suggestions(self, code: str | None) -> Outcome:
        """Show what is suggested for a code, or for all (None); the same once more takes the layer away."""
        if self.suggests and self.suggested_code == code:
            self.suggests = False
            self.suggestions = {}
            return Outcome("suggestions off", self.model.replace_layer(Layer.SUGGESTION, []))
        self.suggests, self.suggested_code = True, code
        rows = self._renew()
        name = "all codes" if code is None else self.looks(code).name
        if not self.suggestions:
            return Outcome(f"no suggestion for {name} here", rows)
        here = self.model.selection.start
        at = next((key for key, one in self.suggestions.items() if one.end > here), None)
        first = self.suggestions[at] if at is not None else next(iter(self.suggestions.values()))
        count = len(self.suggestions)
        said = (
            f"{count} suggestion{'' if count == 1 else 's'} for {name}: A accept, X reject, z next"
        )
        return Outcome(said, rows, _sentence(first))

    @property
    def suggestion(self) -> Suggestion | None:
        """The suggestion that accepting and rejecting act upon: the chosen one here, else the first."""
        if not self.suggestions:
            return None
        here = [mark.key for mark in self.model.here() if mark.key in self.suggestions]
        if self.model.current in here:
            return self.suggestions[self.model.current]
        return self.suggestions[here[0]] if here else None

    def suggestions_here(self) -> list[Suggestion]:
        """Return the suggestions that touch the selection."""
        if not self.suggestions:
            return []
        keys = [mark.key for mark in self.model.here()]
        return [self.suggestions[key] for key in keys if key in self.suggestions]

    def next_suggestion(self, step: int) -> tuple[Selection, int] | None:
        """Return the next (or previous) suggestion in reading order; None where there is none further on."""
        keys = list(self.suggestions)
        if not keys:
            return None
        current = self.model.current
        if current in self.suggestions:
            at = keys.index(current) + step
        else:
            starts = [one.start for one in self.suggestions.values()]
            here = bisect_left(starts, self.model.selection.start + (1 if step > 0 else 0))
            at = here if step > 0 else here - 1
        if not 0 <= at < len(keys):
            return None
        return _sentence(self.suggestions[keys[at]]), keys[at]

    def accept(self, facets: dict[str, str]) -> Outcome:
        """Make a coding of the suggestion here, kept as an accepted one, and go on to the next."""
        one = self._wanted()
        self.last_answers.update(facets)
        coding, is_new = self.desk.apply(
            one.code,
            self.document,
            span=(one.start, one.end),
            facets=facets,
            provenance=Provenance.ACCEPTED_SUGGESTION,
        )
        self.last_code = one.code
        if is_new:
            self._count(coding, 1)
        rows = self._put(coding) | self._drop(one.code, (one.start, one.end))
        return self._onward(f"{self.looks(one.code).name} accepted", rows)

    def reject(self) -> Outcome:
        """Reject the suggestion here: it is not offered again. Go on to the next."""
        one = self._wanted()
        self.desk.reject(one.code, self.document, span=(one.start, one.end))
        rows: Rows = set()
        for key in [key for key, other in self.suggestions.items() if other == one]:
            del self.suggestions[key]
            rows |= self.model.remove(key)
        return self._onward(f"{self.looks(one.code).name} rejected here", rows)

    def apply(self, code: str, facets: dict[str, str]) -> Outcome:
        done = super().apply(code, facets)
        if self.suggestions:
            done.rows.update(self._drop(code, self.model.selection.span))
        return done

    def reload(self) -> Outcome:
        done = super().reload()
        if self.suggests:
            done.rows.update(self._renew())
        return done

    def _take_over_step(self, done: Step) -> Outcome:
        outcome = super()._take_over_step(done)
        if self.suggests:
            outcome.rows.update(self._renew())
        return outcome

    def _wanted(self) -> Suggestion:
        one = self.suggestion
        if one is None:
            hint = "z goes to the next one" if self.suggests else "p shows those of a code"
            raise Refused("no suggestion stands here", hint=hint)
        return one

    def _onward(self, said: str, rows: Rows) -> Outcome:
        left = len(self.suggestions)
        following = None if self.suggestion else self.next_suggestion(1)
        place = None if following is None else following[0]
        return Outcome(f"{said} · {left} left", rows, place)

    def _renew(self) -> Rows:
        """Find the suggestions afresh."""
        code = self.suggested_code
        # an undo may just have taken the code away, before the looks were brought up to date
        if code is not None and code not in self.desk.codebook().by_key:
            self.suggestions = {}
        else:
            found = self.desk.suggestions(self.document, code)[:MOST_HITS]
            self.suggestions = {_FIRST_KEY - n: one for n, one in enumerate(found)}
            self._shown |= {one.code for one in found}
        marks = [
            Mark(key, one.start, one.end, one.code, Layer.SUGGESTION)
            for key, one in self.suggestions.items()
        ]
        return self.model.replace_layer(Layer.SUGGESTION, marks)

    def _drop(self, code: str, span: tuple[int, int]) -> Rows:
        """Take away the suggestions that a coding with this code has settled."""
        book = self.looks.codebook
        settled = {code, *(book.ancestors(code) if code in book.by_key else ())}
        rows: Rows = set()
        for key, one in list(self.suggestions.items()):
            if one.code in settled and one.start < span[1] and span[0] < one.end:
                del self.suggestions[key]
                rows |= self.model.remove(key)
        return rows


def _sentence(one: Suggestion) -> Selection:
    return Selection(one.start, one.end, Unit.SENTENCE)
