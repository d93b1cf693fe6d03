"""Agreement of the coders of a round: which codings count, over which units, and the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.core.coding import Coding, Provenance
from qualcode.core.documents import SpeakerRole
from qualcode.core.rounds import Round, RoundState
from qualcode.errors import BlindRound, InputError, Refused
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
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import find_round, load_assignments, visible_to

if TYPE_CHECKING:
    from qualcode.core.agreement import AgreementResult, SpanSet, UnitGrid

DEFAULT_COEFFICIENTS = ("f1", "krippendorff_alpha")
FIRST_COEFFICIENTS = (
    "percent_agreement",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One coefficient of one code: a value, or None with the reason; the interval and how it was made."""

    coefficient: str
    value: float | None
    reason: str | None
    low: float | None
    high: float | None
    interval_method: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One line of the agreement table. `share` is the part of the text that anybody gave this code."""

    code: str
    name: str
    depth: int
    spans: tuple[int, ...]
    share: float | None
    figures: tuple[Figure, ...]
    reading: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """One coefficient of one pair of coders for one code (None: pooled over all codes)."""

    first: str
    second: str
    code: str | None
    coefficient: str
    value: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """One coder against the consensus; None where it is undefined."""

    coder: str
    documents: int
    f1: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Agreement before anybody talked, or of what they agreed on afterwards (`basis` says which)."""

    round: str
    basis: str
    unit: str
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    excluded: tuple[str, ...]
    codes: tuple[CodeRow, ...]
    overall: CodeRow
    pairs: tuple[PairRow, ...]
    units: int
    command: str


def measure_agreement(
    project: Project,
    round: str,
    *,
    unit: str = "character",
    code: str | None = None,
    documents: Sequence[str] | None = None,
    with_interviewer: bool = True,
    coefficients: Sequence[str] = FIRST_COEFFICIENTS,
) -> AgreementReport:
    """Return the agreement of a round's independent codings, per code, pair and over all.

    Only codings of provenance `independent` count. A document counts for the coders who marked it done;
    what they left uncoded there is zero, what they have not read is missing. BlindRound while it is hidden."""
    from qualcode.core.agreement import COEFFICIENTS, code_agreement

    for name in coefficients:
        if name not in COEFFICIENTS:
            raise InputError(f"no coefficient is called {name!r}", hint=", ".join(COEFFICIENTS))
    with project.reading() as connection:
        found = _round(connection, project, round)
        data = _Data(connection, project, found, documents, with_interviewer=with_interviewer)
        spans = data.span_set()
        grid = data.grid(spans, unit)
    codebook = data.codebook
    shown = codebook.branch(codebook.find(code).key) if code else tuple(codebook.by_key)
    measured = code_agreement(spans, grid)
    rows = []
    for place, key in enumerate(measured.codes):
        if key in shown:
            depth = codebook.depth(key)
            rows.append(_row(measured, place, key, codebook.by_key[key].name, depth, coefficients))
    pooled = _pooled(spans, grid)
    overall = _row(pooled, 0, "all", "any code, each its own", 0, coefficients)
    return AgreementReport(
        round=found.name,
        basis="independent codings, before reconciliation",
        unit=unit,
        coders=tuple(measured.coders),
        documents=tuple(measured.documents),
        excluded=data.excluded,
        codes=tuple(rows),
        overall=overall,
        pairs=tuple(_pairs(pooled, measured, [row.code for row in rows], coefficients)),
        units=int(measured.n_units),
        command=data.command(project, unit, code),
    )


def compare_with_consensus(project: Project, round: str) -> tuple[ConsensusRow, ...]:
    """Return how close each coder's own codings are to the consensus of the round.

    This is what remains after reconciliation; the coders and the consensus are not independent, so it is no
    figure of reliability and carries no interval."""
    from qualcode.core.agreement import span_set
    from qualcode.core.agreement.overall import OVERALL, pooled_agreement

    with project.reading() as connection:
        found = _round(connection, project, round)
        data = _Data(connection, project, found, None, with_interviewer=True)
    rows = []
    for coder in data.coders:
        read = {document for name, document in data.done if name == coder}
        spans = span_set(
            {one.name: one.length for one in data.documents if one.name in read},
            [
                (one.document, one.coder, one.code, one.start, one.end)
                for one in data.codings
                if one.document in read and one.coder in (coder, CONSENSUS_CODER)
            ],
            coders=(coder, CONSENSUS_CODER),
            codes={code.key: code.parent for code in data.codebook.codes},
            scope={name: turns for name, turns in data.scope.items() if name in read},
        )
        pooled = pooled_agreement(spans)
        f1 = pooled.result(OVERALL, "f1", interval=None)
        alpha = pooled.result(OVERALL, "krippendorff_alpha", interval=None)
        rows.append(ConsensusRow(coder, len(read), f1.value, alpha.value))
    return tuple(rows)


def _pairs(
    pooled: Any, measured: Any, codes: Sequence[str], coefficients: Sequence[str]
) -> list[PairRow]:
    rows = []
    for name in coefficients:
        for pair in pooled.result("all", name, interval=None).by_pair:
            rows.append(PairRow(pair.first, pair.second, None, name, pair.value, pair.reason))
        for code in codes:
            for pair in measured.result(code, name, interval=None).by_pair:
                rows.append(PairRow(pair.first, pair.second, code, name, pair.value, pair.reason))
    return rows


def _row(
    measured: Any, place: int, key: str, name: str, depth: int, coefficients: Sequence[str]
) -> CodeRow:
    results = [measured.result(key, coefficient) for coefficient in coefficients]
    figures = tuple(_figure(result) for result in results)
    alpha = next((one for one in figures if one.coefficient == "krippendorff_alpha"), figures[0])
    units = int(measured.n_units)
    return CodeRow(
        code=key,
        name=name,
        depth=depth,
        spans=tuple(int(count) for count in measured.spans_per_coder[place]),
        share=float(measured.coded[place]) / units if units else None,
        figures=figures,
        reading=reading(alpha),
        notes=tuple(dict.fromkeys(note for result in results for note in result.notes)),
    )


def _figure(result: AgreementResult) -> Figure:
    low, high = result.interval if result.interval is not None else (None, None)
    return Figure(
        result.coefficient,
        result.value,
        result.reason if result.value is None else None,
        low,
        high,
        result.interval_method,
    )


def reading(figure: Figure) -> str:
    """Read a figure on Krippendorff's scale by its lower bound; without an interval nothing is claimed.

    Krippendorff (2019), Content Analysis, 4th ed., section 12.5: rely on .800 and above; between .667 and
    .800 draw tentative conclusions only."""
    if figure.value is None:
        return figure.reason or "undefined"
    if figure.value < 0:
        return "less than chance"
    if figure.low is None:
        return "no interval: too little to say"
    if figure.low >= 0.8:
        return "rely"
    if figure.low >= 0.667:
        return "tentative"
    return "not yet"


def _pooled(spans: SpanSet, grid: UnitGrid | None) -> Any:
    """Lay the documents of all codes end to end: one decision per unit and code, as a single code `all`."""
    from qualcode.core.agreement.overall import pooled_agreement

    return pooled_agreement(spans, grid)


class _Data:
    """What a measurement reads from the project, in one transaction."""

    def __init__(
        self,
        connection: Connection,
        project: Project,
        found: Round,
        documents: Sequence[str] | None,
        *,
        with_interviewer: bool,
    ) -> None:
        self.round = found
        self.codebook = load_codebook(connection)
        assignments = load_assignments(connection, found)
        done = {(one.coder, one.document) for one in assignments if one.done}
        wanted = (
            {find_document(connection, name).name for name in documents} if documents else None
        )
        self.documents = [
            document
            for document in load_documents(connection)
            if any(document.name == name for _, name in done)
            and (wanted is None or document.name in wanted)
        ]
        names = {document.name for document in self.documents}
        self.done = {pair for pair in done if pair[1] in names}
        self.coders = tuple(
            dict.fromkeys(
                one.coder for one in assignments if (one.coder, one.document) in self.done
            )
        )
        if len(self.coders) < 2:
            raise Refused(
                f"{found.name} has {len(self.coders)} coder who has finished a document: nothing to compare",
                hint="agreement needs two coders who have both read a document to the end",
            )
        codings = load_codings(
            connection,
            visible_to(connection, project.actor),
            with_facets=False,
            round_id=found.id,
        )
        self.codings = [one for one in codings if one.document in names]
        self.with_interviewer = with_interviewer
        self.scope: dict[str, list[tuple[int, int]]] = {}
        self.turns: dict[str, list[tuple[int, int]]] = {}
        self.sentences: dict[str, list[tuple[int, int]]] = {}
        for document in self.documents:
            self._read_units(connection, document)
        self.excluded = self._excluded(assignments)

    def _read_units(self, connection: Connection, document: Any) -> None:
        speakers = load_speakers(connection, document.id)
        asking = {label for label, one in speakers.items() if one.role is SpeakerRole.INTERVIEWER}
        turns = load_turns(connection, document.revision_id)
        kept = [turn for turn in turns if self.with_interviewer or turn.speaker not in asking]
        self.turns[document.name] = [
            (turn.start, turn.end) for turn in kept if turn.end > turn.start
        ]
        self.scope[document.name] = self.turns[document.name] or [(0, document.length)]
        self.sentences[document.name] = list(
            load_segments(connection, document.revision_id, "sentence")
        )

    def _excluded(self, assignments: Sequence[Any]) -> tuple[str, ...]:
        found = []
        others = [one for one in self.codings if one.provenance is not Provenance.INDEPENDENT]
        counted = {Provenance.CONSENSUS: 0}
        for one in others:
            counted[one.provenance] = counted.get(one.provenance, 0) + 1
        found += [
            f"{count} codings of provenance {kind.value}"
            for kind, count in counted.items()
            if count
        ]
        unread = sum(1 for one in assignments if not one.done)
        if unread:
            found.append(f"{unread} assignments not read to the end (missing, not zero)")
        if not self.with_interviewer:
            found.append("the interviewer's turns")
        return tuple(found)

    def span_set(self) -> SpanSet:
        from qualcode.core.agreement import span_set

        independent: list[Coding] = [
            one for one in self.codings if one.provenance is Provenance.INDEPENDENT
        ]
        return span_set(
            {document.name: document.length for document in self.documents},
            [(one.document, one.coder, one.code, one.start, one.end) for one in independent],
            coders=self.coders,
            codes={code.key: code.parent for code in self.codebook.codes},
            done=self.done,
            scope=self.scope,
        )

    def grid(self, spans: SpanSet, unit: str) -> UnitGrid | None:
        from qualcode.core.agreement import unit_grid

        segments = {"sentence": self.sentences, "turn": self.turns}.get(unit)
        return unit_grid(spans, unit, segments=segments)

    def command(self, project: Project, unit: str, code: str | None) -> str:
        words = ["qualcode agreement", project.location, f'--round "{self.round.name}"']
        words.append(f"--unit {unit}")
        if code:
            words.append(f"--code {code}")
        if not self.with_interviewer:
            words.append("--without-interviewer")
        return " ".join(words)


def _round(connection: Connection, project: Project, name: str) -> Round:
    found = find_round(connection, name)
    if found.hides_coders:
        raise BlindRound(
            f"{found.name} is blind and open: agreement would show the coders each other's work",
            hint="set it to reconciling when all have read; then measure",
        )
    if found.state is RoundState.OPEN and not project.actor.role.sees_progress:
        raise Refused(f"{found.name} is still open", hint="wait until it is reconciling")
    return found
