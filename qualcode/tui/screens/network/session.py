"""One analyst's sitting at the ties: which one is looked at, and what the keys do to it.

Nothing here draws. Every method that changes a tie has written it before it returns what to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.core.actors import AliasScope
from qualcode.core.coding import shortened
from qualcode.core.network.statements import Formality, Presence, TieStatus, TieType, Valence
from qualcode.errors import InputError, Refused
from qualcode.services import audit, network

if TYPE_CHECKING:
    from qualcode.services.project import Project

CYCLES: Mapping[str, tuple[str, ...]] = {
    "presence": tuple(word.value for word in Presence),
    "valence": ("", *(word.value for word in Valence)),
    "formality": ("", *(word.value for word in Formality)),
    "type": tuple(word.value for word in TieType),
}
OPEN = (TieStatus.PROPOSED, TieStatus.UNDECIDED)
# What undoing here may take back: reviewing and the registry, never a file of reviews.
_OWN_ACTIONS = frozenset(
    {
        "ties confirmed",
        "tie rejected",
        "tie deferred",
        "tie changed",
        "tie added",
        "ties proposed",
        "actor added",
        "actor changed",
        "actor merged",
        "actor removed",
        "alias bound",
        "alias freed",
        "stop phrases added",
        "stop phrase removed",
    }
)
_WORD = re.compile(r"\S+")
_SEVERAL = re.compile(r"\s*(?:,|–|→|;)\s*|\s+")


class TieSession:
    """The ties of a project in the order they were made, and the one at hand.

    `shown` are the rows that fit the filter; `words` the words of the quotation, as spans within it, and
    `chosen` the first and last of them that are selected."""

    def __init__(self, project: Project, *, round: str | None = None) -> None:
        self.project = project
        self.round = round
        self.second = False
        self.shown: list[network.TieRow] = []
        self.at = 0
        self.wanted = "open"
        self.words: list[tuple[int, int]] = []
        self.chosen: tuple[int, int] | None = None
        self.names: dict[str, str] = {}
        self.counts: dict[TieStatus, int] = {}
        self._rows: dict[int, network.TieRow] = {}
        self._voices: dict[network.About, int] = {}

    # -- reading ----------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read all ties afresh; the one at hand stays at hand where it still fits the filter."""
        here = self.current.statement.id if self.current else None
        rows = network.list_ties(self.project, second=self.second)
        self._rows = {row.statement.id: row for row in rows}
        self.names = {one.key: one.name for one in network.list_actors(self.project)}
        self._count()
        self._fit(here)

    @property
    def current(self) -> network.TieRow | None:
        return self.shown[self.at] if self.at < len(self.shown) else None

    @property
    def selected(self) -> str:
        """The selected words, without the signs around them; empty where none are selected."""
        span = self.selected_span
        row = self.current
        if span is None or row is None:
            return ""
        return " ".join(row.quote[span[0] : span[1]].split())

    @property
    def selected_span(self) -> tuple[int, int] | None:
        """The selection as a span `[start, end)` of the quotation, cut to letters, digits and final dots."""
        row = self.current
        if self.chosen is None or row is None or not self.words:
            return None
        start, end = self.words[self.chosen[0]][0], self.words[self.chosen[1]][1]
        while start < end and not row.quote[start].isalnum():
            start += 1
        while end > start and not row.quote[end - 1].isalnum():
            end -= 1
        return (start, end) if start < end else None

    def voices(self, row: network.TieRow) -> int:
        """Return how many participants tell of the pair at the site."""
        return self._voices.get(network.about(row.statement), 1)

    def show_only(self, words: str) -> str:
        """Show only open, proposed, undecided, confirmed or rejected ties, or all, with these further words in them."""
        self.wanted = " ".join(words.split()) or "open"
        here = self.current.statement.id if self.current else None
        self._fit(here)
        return f"{len(self.shown)} ties: {self.wanted}"

    def toggle_second(self) -> str:
        """Turn between the first reading, which makes networks, and the coder's own second one."""
        self.second = not self.second
        self.at = 0
        self.load()
        if not self.second:
            return "the first reading: what is confirmed here enters the networks"
        if not self._rows:
            return "your second reading is empty: R proposes the ties to you afresh"
        return "your second reading: it is compared with the first and enters no network"

    def step(self, by: int) -> None:
        if self.shown:
            self.at = min(max(self.at + by, 0), len(self.shown) - 1)
            self._cut()

    def step_open(self, by: int) -> bool:
        """Go to the next tie that nobody has judged; False where there is none in this direction."""
        place = self.at + by
        while 0 <= place < len(self.shown):
            if self.shown[place].statement.status in OPEN:
                self.at = place
                self._cut()
                return True
            place += by
        return False

    def choose_word(self, by: int, *, extends: bool) -> None:
        """Select the next word of the quotation, or extend the selection by one."""
        if not self.words:
            return
        last = len(self.words) - 1
        if self.chosen is None:
            first = 0 if by > 0 else last
            self.chosen = (first, first)
        elif extends:
            start, end = self.chosen
            self.chosen = (start, min(max(end + by, start), last))
        else:
            place = min(max(self.chosen[1] + by, 0), last)
            self.chosen = (place, place)

    # -- changing ---------------------------------------------------------------------------------------

    def confirm(self) -> str:
        row = self._here()
        network.confirm_ties(self.project, [row.statement.id], second=self.second)
        said = f"confirmed: {self._pair(row)}"
        self._refresh(row)
        self.step_open(1)
        return said

    def reject(self, reason: str) -> str:
        row = self._here()
        network.reject_tie(self.project, row.statement.id, reason=reason, second=self.second)
        self._refresh(row)
        self.step_open(1)
        return f"rejected: {self._pair(row)}"

    def leave_undecided(self, note: str) -> str:
        row = self._here()
        network.leave_undecided(self.project, row.statement.id, note=note, second=self.second)
        self._refresh(row)
        self.step_open(1)
        return f"undecided: {self._pair(row)}"

    def edit(self, words: str) -> str:
        """Set fields, written as `presence=absent target=judge`."""
        fields = {}
        for part in re.findall(r"\w+=(?:\"[^\"]*\"|[^\s]*)", words):
            name, _, value = part.partition("=")
            fields[name] = value.strip('"')
        if not fields:
            raise InputError("which field?", hint="such as presence=absent or target=judge")
        return self._edited(fields)

    def cycle(self, name: str) -> str:
        """Set the next value of presence, valence, formality or type."""
        row = self._here()
        values = CYCLES[name]
        now = getattr(row.statement, name)
        at = (
            values.index(now.value)
            if now is not None
            else values.index("")
            if "" in values
            else -1
        )
        return self._edited({name: values[(at + 1) % len(values)]})

    def swap(self) -> str:
        row = self._here()
        one = network.swap_direction(self.project, row.statement.id, second=self.second)
        self._refresh(row)
        return (
            f"{self.names.get(one.source, one.source)} → {self.names.get(one.target, one.target)}"
        )

    def both_ways(self) -> str:
        row = self._here()
        one = network.set_both_ways(self.project, row.statement.id, second=self.second)
        self._refresh(row)
        return "both ways" if one.trace.both_ways else "no direction"

    def add_relation(self, words: str) -> str:
        """Propose a second tie from these words: two actors, and go to it."""
        row = self._here()
        ends = self._two_actors(words)
        made = network.add_relation(
            self.project, row.statement.id, ends[0], ends[1], second=self.second
        )
        self.load()
        if not any(one.statement.id == made.id for one in self.shown):
            self.show_only("all")
        self._fit(made.id)
        return f"a second tie: {self._pair(self._here())}; say whether it is there"

    def bind_alias(self, words: str) -> str:
        """Bind the selected words to an actor: its key, and `project`, `site` or `document` (the default)."""
        row, alias = self._here(), self.selected
        if not alias:
            raise Refused("no words are selected", hint="←→ choose a word, ⇧←→ extend")
        parts = words.split()
        scope = AliasScope.DOCUMENT
        if parts and parts[-1].casefold() in list(AliasScope):
            scope = AliasScope(parts.pop().casefold())
        if not parts:
            raise InputError("whom do they mean?", hint="an actor, then project, site or document")
        places = {AliasScope.DOCUMENT: row.statement.document, AliasScope.SITE: row.statement.site}
        actor = " ".join(parts)
        network.bind_alias(self.project, actor, alias, scope=scope, where=places.get(scope))
        return f"“{alias}” means {actor} ({scope.value}); R proposes again with it"

    def propose(self) -> str:
        """Propose what is new since the last time: codings, aliases, actors."""
        if self.round is None:
            raise Refused("the project has no round", hint="qualcode round new PROJECT NAME")
        found = network.propose(self.project, self.round, second=self.second)
        self.load()
        return f"{len(found)} new proposals from {self.round}"

    def alike(self) -> tuple[network.TieRow, ...]:
        """Return the tie at hand with those that rest on the same code, pair and words, for a look."""
        row = self._here()
        return network.alike_proposals(self.project, row.statement.id, second=self.second)

    def confirm_all(self, rows: Sequence[network.TieRow]) -> str:
        done = network.confirm_ties(
            self.project, [row.statement.id for row in rows], second=self.second
        )
        self.load()
        return f"{len(done)} ties confirmed"

    def undo(self) -> str:
        undone = audit.undo(self.project, only=_OWN_ACTIONS)
        self.load()
        return undone.sentence

    def context(self) -> tuple[network.PassageLine, ...]:
        row = self._here()
        return network.passage_around(self.project, row.statement.id, second=self.second)

    # -- keeping up -------------------------------------------------------------------------------------

    def _edited(self, fields: Mapping[str, str]) -> str:
        row = self._here()
        changed = network.edit_tie(self.project, row.statement.id, fields, second=self.second)
        self._refresh(row)
        said = ", ".join(f"{name}: {value or 'not said'}" for name, value in fields.items())
        return "; ".join((said, *changed.notes))

    def _here(self) -> network.TieRow:
        if self.current is None:
            raise Refused("no tie is shown", hint="/ shows others; R proposes from the consensus")
        return self.current

    def _pair(self, row: network.TieRow) -> str:
        one = row.statement
        return (
            f"{self.names.get(one.source, one.source)} – {self.names.get(one.target, one.target)}"
        )

    def _two_actors(self, words: str) -> tuple[str, str]:
        """Return the two actors these words name, by key or by name, in the order they are written."""
        parts = [part for part in _SEVERAL.split(words.strip()) if part]
        if len(parts) == 2:
            return parts[0], parts[1]
        halves = [half.strip() for half in re.split(r",|–|→|;", words) if half.strip()]
        if len(halves) == 2:
            return halves[0], halves[1]
        raise InputError("a tie needs two actors", hint="write them as djo, judge")

    def _refresh(self, row: network.TieRow) -> None:
        fresh = network.read_tie(self.project, row.statement.id, second=self.second)
        self._rows[row.statement.id] = fresh
        self.shown = [fresh if one is row else one for one in self.shown]
        self._count()

    def _count(self) -> None:
        statements = [row.statement for row in self._rows.values()]
        self._voices = network.voices_of(statements)
        self.counts = {
            status: sum(one.status is status for one in statements) for status in TieStatus
        }

    def _fit(self, here: int | None) -> None:
        self.shown = [row for row in self._rows.values() if self._fits(row)]
        ids = [row.statement.id for row in self.shown]
        self.at = ids.index(here) if here in ids else min(self.at, max(len(ids) - 1, 0))
        self._cut()

    def _fits(self, row: network.TieRow) -> bool:
        first, *rest = self.wanted.casefold().split()
        status = row.statement.status
        statuses = {"open": OPEN, "all": tuple(TieStatus)}
        if first in statuses:
            fits = status in statuses[first]
        elif first == "unsupported":
            fits = not row.is_supported
        elif first in list(TieStatus):
            fits = status is TieStatus(first)
        else:
            fits, rest = True, [first, *rest]
        one = row.statement
        held = f"{one.source} {one.target} {one.code} {one.document} {one.told_by} {one.site} {row.quote}"
        return fits and all(word in held.casefold() for word in rest)

    def _cut(self) -> None:
        row = self.current
        self.words = [found.span() for found in _WORD.finditer(row.quote)] if row else []
        self.chosen = None


def preview(row: network.TieRow) -> str:
    """Return the words of a tie on one line, for a list."""
    return shortened(row.quote, 100)
