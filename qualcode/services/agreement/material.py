"""What a measurement of agreement reads from the project, in one transaction: who read what, and the codings that count."""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.core.coding import Coding, Provenance
from qualcode.core.documents import Document, SpeakerRole
from qualcode.core.rounds import Assignment, Round, RoundState
from qualcode.errors import BlindRound, InputError, Refused, UnknownName
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.documents import (
    find_document,
    load_documents,
    load_segments,
    load_speakers,
    load_turns,
)
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round, load_assignments, visible_to

if TYPE_CHECKING:
    from qualcode.core.agreement import Bootstrap, Jackknife, SpanSet, UnitGrid
    from qualcode.core.agreement.report import Exclusion

_PASSWORD = re.compile(r"(://[^/@:]+):[^/@]*@")
INTERVALS = ("jackknife", "bootstrap", "none")
_LEFT_OUT = {
    Provenance.AFTER_SUGGESTION: "codings made after a suggestion",
    Provenance.ACCEPTED_SUGGESTION: "accepted suggestions",
    Provenance.IMPORTED: "imported codings",
    Provenance.CONSENSUS: "codings of the consensus",
}
Segments = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class How:
    """How agreement is measured.

    `unit`: character, sentence, turn, document or segment (then `segments`: document → [start, end) in code points);
    `rule`: when a span counts for a unit (any, half, full). `interval`: jackknife, bootstrap (with `seed`, `draws`)
    or none. `documents` and `coders` narrow the comparison; empty means all."""

    unit: str = "character"
    rule: str = "any"
    interval: str = "jackknife"
    seed: int | None = None
    draws: int = 1000
    with_interviewer: bool = True
    documents: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    segments: Segments | None = None
    segments_file: str | None = None

    def resampling(self) -> Jackknife | Bootstrap | None:
        """Return how intervals are made; InputError for an unknown way."""
        from qualcode.core.agreement import Bootstrap, Jackknife

        if self.interval not in INTERVALS:
            raise InputError(
                f"no interval is called {self.interval!r}", hint="one of: " + ", ".join(INTERVALS)
            )
        if self.interval == "bootstrap":
            if self.draws < 100:
                raise InputError(f"{self.draws} draws are too few", hint="at least 100")
            made = Bootstrap(draws=self.draws)
            return made if self.seed is None else replace(made, seed=self.seed)
        return Jackknife() if self.interval == "jackknife" else None

    def checked(self) -> How:
        """Return itself; InputError where the unit or the rule is unknown, or segments are missing."""
        from qualcode.core.agreement import Rule, Unit

        for kind, value, known in (("unit", self.unit, Unit), ("rule", self.rule, Rule)):
            if value not in list(known):
                raise InputError(
                    f"no {kind} is called {value!r}", hint="one of: " + ", ".join(known)
                )
        if self.unit == Unit.SEGMENT and self.segments is None:
            raise InputError(
                "which segments?", hint="--segments FILE: a CSV with document, start, end"
            )
        self.resampling()
        return self

    def words(self) -> list[str]:
        """Return the options that say the same on the command line."""
        said = ["--unit", self.unit]
        if self.segments_file:
            said += ["--segments", self.segments_file]
        if self.rule != "any" and self.unit != "character":
            said += ["--rule", self.rule]
        if self.interval != "jackknife":
            said += ["--interval", self.interval]
        if self.interval == "bootstrap":
            made = self.resampling()
            said += ["--seed", str(getattr(made, "seed", "")), "--draws", str(self.draws)]
        for document in self.documents:
            said += ["--document", document]
        for coder in self.coders:
            said += ["--coder", coder]
        return said if self.with_interviewer else [*said, "--without-interviewer"]


class Material:
    """The codings of a round and the documents they stand in, as one coder may see them."""

    def __init__(self, connection: Connection, project: Project, round_: Round, how: How) -> None:
        self.round = round_
        self.how = how.checked()
        self.codebook = load_codebook(connection)
        assignments = load_assignments(connection, round_)
        wanted = _wanted(connection, how.documents)
        done = {(one.coder, one.document) for one in assignments if one.done}
        self.documents = tuple(
            document
            for document in load_documents(connection)
            if any(document.name == name for _, name in done)
            and (wanted is None or document.name in wanted)
        )
        names = {document.name for document in self.documents}
        self.coders = _coders(assignments, how.coders, names)
        self.done = {
            (coder, document)
            for coder, document in done
            if document in names and coder in self.coders
        }
        codings = load_codings(
            connection,
            visible_to(connection, project.actor),
            with_facets=False,
            round_id=round_.id,
        )
        self.codings = [one for one in codings if one.document in names]
        self.scope: dict[str, list[tuple[int, int]]] = {}
        self.turns: dict[str, list[tuple[int, int]]] = {}
        self.sentences: dict[str, list[tuple[int, int]]] = {}
        for document in self.documents:
            self._read_units(connection, document)
        self.independent = self._independent()
        self.excluded = self._excluded(assignments)

    def _read_units(self, connection: Connection, document: Document) -> None:
        speakers = load_speakers(connection, document.id)
        asking = {label for label, one in speakers.items() if one.role is SpeakerRole.INTERVIEWER}
        turns = [
            turn for turn in load_turns(connection, document.revision_id) if turn.end > turn.start
        ]
        kept = turns
        if not self.how.with_interviewer:
            kept = [turn for turn in turns if turn.speaker not in asking]
        self.turns[document.name] = [(turn.start, turn.end) for turn in kept]
        self.scope[document.name] = self.turns[document.name] if turns else [(0, document.length)]
        self.sentences[document.name] = list(
            load_segments(connection, document.revision_id, "sentence")
        )

    def _independent(self) -> list[Coding]:
        """Return the codings that count: of these coders, by themselves, on the text as it is, with a living code."""
        revisions = {document.name: document.revision_id for document in self.documents}
        return [
            one
            for one in self.codings
            if one.provenance is Provenance.INDEPENDENT
            and one.coder in self.coders
            and one.revision_id == revisions[one.document]
            and one.code in self.codebook.by_key
        ]

    def _excluded(self, assignments: Sequence[Assignment]) -> tuple[Exclusion, ...]:
        from qualcode.core.agreement.report import Exclusion

        counts: Counter[str] = Counter()
        kinds = Counter(one.provenance for one in self.codings)
        revisions = {document.name: document.revision_id for document in self.documents}
        for one in self.codings:
            if one.provenance is not Provenance.INDEPENDENT or one.coder not in self.coders:
                continue
            if one.code not in self.codebook.by_key:
                counts["removed_code"] += 1
            elif one.revision_id != revisions[one.document]:
                counts["earlier_text"] += 1
            elif (one.coder, one.document) not in self.done:
                counts["unread"] += 1
        found = [
            Exclusion(kind.value, kinds[kind], f"{kinds[kind]} {text}")
            for kind, text in _LEFT_OUT.items()
            if kinds[kind]
        ]
        texts = {
            "removed_code": "codings whose code is no longer in the codebook",
            "earlier_text": "codings of an earlier revision of the text",
            "unread": "codings in documents that their coder has not finished",
        }
        found += [
            Exclusion(kind, counts[kind], f"{counts[kind]} {text}")
            for kind, text in texts.items()
            if counts[kind]
        ]
        return (*found, *self._left_out_text(assignments))

    def _left_out_text(self, assignments: Sequence[Assignment]) -> Iterable[Exclusion]:
        from qualcode.core.agreement.report import Exclusion

        named = self.how.coders and {name.casefold() for name in self.how.coders}
        unread = sum(
            1
            for one in assignments
            if not one.done and (not named or one.coder.casefold() in named)
        )
        if unread:
            yield Exclusion(
                "not_read", unread, f"{unread} assignments not read to the end (missing, not zero)"
            )
        alone = [one for one in self.documents if self._readers(one.name) < 2]
        if alone:
            yield Exclusion(
                "one_reader", len(alone), f"{len(alone)} documents that only one coder has read"
            )
        if not self.how.with_interviewer:
            yield Exclusion("interviewer", 0, "the interviewer's turns")

    def _readers(self, document: str) -> int:
        return sum(1 for _, name in self.done if name == document)

    @property
    def compared(self) -> tuple[str, ...]:
        """The documents that two coders read."""
        return tuple(one.name for one in self.documents if self._readers(one.name) >= 2)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is done with codings that overlap others of the same coder and code."""
        spans: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
        for one in self.independent:
            spans[one.document, one.coder, one.code].append((one.start, one.end))
        overlapping = 0
        for own in spans.values():
            reach = -1
            for start, end in sorted(own):
                overlapping += start < reach
                reach = max(reach, end)
        if not overlapping:
            return ()
        what = "coding overlaps" if overlapping == 1 else "codings overlap"
        return (f"{overlapping} {what} another of the same coder and code: that text counts once",)

    def spans(
        self, codings: Iterable[Coding] | None = None, *, only: Iterable[str] | None = None
    ) -> SpanSet:
        """Return these codings (default: all that count) in these documents (default: all) for measuring."""
        from qualcode.core.agreement import span_set

        kept = {one.name for one in self.documents} if only is None else set(only)
        given = self.independent if codings is None else codings
        return span_set(
            {one.name: one.length for one in self.documents if one.name in kept},
            [
                (one.document, one.coder, one.code, one.start, one.end)
                for one in given
                if one.document in kept
            ],
            coders=self.coders,
            codes={code.key: code.parent for code in self.codebook.codes},
            done={pair for pair in self.done if pair[1] in kept},
            scope={name: turns for name, turns in self.scope.items() if name in kept},
        )

    def grid(
        self, spans: SpanSet, unit: str | None = None, rule: str | None = None
    ) -> UnitGrid | None:
        """Return the units to count in, and when a span counts for one (default: as asked for)."""
        from qualcode.core.agreement import unit_grid

        chosen = unit or self.how.unit
        given: dict[str, Segments | None] = {
            "sentence": self.sentences,
            "turn": self.turns,
            "segment": self._segments(),
        }
        return unit_grid(spans, chosen, given.get(chosen), rule=rule or self.how.rule)

    def _segments(self) -> Segments | None:
        if self.how.segments is None:
            return None
        by_name = {one.name.casefold(): one.name for one in self.documents}
        return {
            by_name[name.casefold()]: spans
            for name, spans in self.how.segments.items()
            if name.casefold() in by_name
        }

    def command(self, project: Project, *more: str) -> str:
        """Return the command line that measures this again."""
        place = _PASSWORD.sub(r"\1@", project.location)
        words = ["qualcode", "agreement", place, "--round", self.round.name]
        return " ".join(_quoted(word) for word in [*words, *self.how.words(), *more])


def read_material(
    project: Project, round: str, how: How | None = None, *, fewest: int = 2
) -> Material:
    """Read a round. BlindRound while it hides the coders from each other; Refused where fewer than `fewest` coders
    have finished a document."""
    with project.reading() as connection:
        found = measurable(connection, project, round)
        material = Material(connection, project, found, how or How())
    if len(material.coders) < fewest:
        who = f"only {material.coders[0]}" if material.coders else "nobody"
        raise Refused(
            f"{found.name}: {who} has finished a document, nothing to compare",
            hint="agreement needs two coders who have read to the end: qualcode round done",
        )
    return material


def measurable(connection: Connection, project: Project, name: str) -> Round:
    """Return the round where its agreement may be shown to this coder."""
    found = find_round(connection, name)
    if found.hides_coders:
        raise BlindRound(
            f"{found.name} is blind and open: agreement would show the coders each other's work",
            hint="set it to reconciling when all have read; then measure",
        )
    if found.state is RoundState.OPEN and not project.actor.role.sees_progress:
        raise Refused(f"{found.name} is still open", hint="wait until it is reconciling")
    return found


def _wanted(connection: Connection, names: Sequence[str]) -> set[str] | None:
    return {find_document(connection, name).name for name in names} if names else None


def _coders(
    assignments: Sequence[Assignment], wanted: Sequence[str], documents: set[str]
) -> tuple[str, ...]:
    finished = dict.fromkeys(
        one.coder for one in assignments if one.done and one.document in documents
    )
    if not wanted:
        return tuple(finished)
    known = {name.casefold(): name for name in dict.fromkeys(one.coder for one in assignments)}
    for name in wanted:
        if name.casefold() not in known:
            raise UnknownName("coder of this round", name, known.values())
    chosen = dict.fromkeys(known[name.casefold()] for name in wanted)
    return tuple(name for name in chosen if name in finished)


def _quoted(word: str) -> str:
    quoted = shlex.quote(word)
    return f'"{word}"' if quoted != word and not set(word) & set("\"$`\\!'") else quoted
