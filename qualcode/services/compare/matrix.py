"""Matrices of codes with the quotations behind every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare import (
    Column,
    Columns,
    Contrary,
    Corpus,
    Evidence,
    Matrix,
    Support,
    build_matrix,
    columns_for,
    contrary_cases,
    matrix_codes,
    triangulate,
)
from qualcode.core.compare.contrast import STANCE
from qualcode.core.compare.evidence import Voice
from qualcode.core.documents import Turn
from qualcode.core.rounds import Round
from qualcode.errors import UnknownName
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import EVERY_CODER, Layer, Voices, load_corpus, load_evidence
from qualcode.storage.compare_spans import count_codings, load_counted
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text, load_turns
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import find_round, visible_to

VERY_MANY = 50_000
"""Above this many codings a matrix is counted by the database."""


@dataclass(frozen=True, slots=True)
class CellPassage:
    """One quotation behind a cell, with where it stands and who speaks. `begin_ms` is None where no time is known."""

    coding_id: int
    code: str
    quote: str
    participants: tuple[str, ...]
    roles: tuple[str, ...]
    document: str
    turn: int | None
    begin_ms: int | None
    start: int
    end: int
    facets: dict[str, str]
    coder: str


def compare(
    project: Project,
    *,
    rows: str | None = None,
    columns: str,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
    deep: bool = False,
) -> Matrix:
    """Return codes (top-level branches, or a code with its children) against an attribute, facet, document or coder.

    Counts are of the consensus unless a coder is named; `columns="coder"` takes each coder's own codings. Above
    `VERY_MANY` codings cells hold counts only: no share of text, no ids (see `cell_passages`).
    UnknownName for a code, column, coder or round that does not exist."""
    with project.reading() as connection:
        reading = LayerReading(
            connection, project, columns=columns, basis=basis, round=round, counts_only=True
        )
    codes = matrix_codes(reading.codebook, rows, deep=deep)
    return build_matrix(
        reading.evidence,
        codes,
        reading.columns,
        reading.codebook,
        reading.corpus,
        basis=reading.basis,
    )


def cell_passages(
    project: Project,
    *,
    code: str,
    columns: str,
    column: str | None = None,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
) -> tuple[CellPassage, ...]:
    """Return the quotations behind a cell (a whole row when no column is named), in the order of the documents.

    UnknownName for a code or column that does not exist."""
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns=columns, basis=basis, round=round)
        branch = set(reading.codebook.branch(reading.codebook.find(code).key))
        key = column_called(reading.columns.columns, column).key if column is not None else None
        wanted = [
            one
            for one in reading.evidence
            if one.code in branch
            and (key is None or key in (place for place, _ in reading.columns.place(one)))
        ]
        return tuple(_passages(connection, reading.corpus, wanted))


def support(
    project: Project,
    *,
    rows: str | None = None,
    columns: str = "site",
    groups: str = "role",
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
) -> tuple[Support, ...]:
    """Return how broadly each code is supported in each column: which groups of speakers (roles), how many people.

    UnknownName when nobody has an attribute `groups`."""
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns=columns, basis=basis, round=round)
    attribute = reading.corpus.attribute(groups)
    if attribute is None:
        raise UnknownName("attribute", groups, reading.corpus.attributes)
    return triangulate(
        reading.evidence,
        matrix_codes(reading.codebook, rows, deep=True),
        reading.columns,
        attribute,
        reading.codebook,
        reading.corpus,
    )


def negative_cases(
    project: Project,
    *,
    rows: str | None = None,
    columns: str = "site",
    stance: Sequence[str] = STANCE,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
) -> tuple[tuple[Contrary, tuple[CellPassage, ...]], ...]:
    """Return, for each code and column whose speakers do not all say the same, the passages that speak against most.

    The side of a passage follows from its facets (`stance`: presence, then valence where it was asked)."""
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns=columns, basis=basis, round=round)
        found = contrary_cases(
            reading.evidence,
            matrix_codes(reading.codebook, rows, deep=True),
            reading.columns,
            reading.codebook,
            stance=stance,
        )
        return tuple(
            (one, tuple(_passages(connection, reading.corpus, one.cases)))
            for one in found
            if one.cases
        )


class LayerReading:
    """One layer of the project as a comparison needs it. `counts_only` lets the database count where there is very much."""

    columns: Columns

    def __init__(
        self,
        connection: Connection,
        project: Project,
        *,
        columns: str,
        basis: str,
        round: str | None = None,
        counts_only: bool = False,
    ) -> None:
        self.codebook: Codebook = load_codebook(connection)
        self.round: Round | None = find_round(connection, round) if round else None
        self.basis = EVERY_CODER if columns.strip().casefold() == "coder" else basis
        voices = Voices(connection)
        self.voices: tuple[Voice, ...] = voices.voices()
        layer = Layer(visible_to(connection, project.actor), self.basis, self.round)
        self.evidence: tuple[Evidence, ...]
        if counts_only and count_codings(connection, layer) > VERY_MANY:
            facet = self._facet(columns)
            self.evidence = load_counted(connection, voices, layer, facet=facet)
        else:
            self.evidence = load_evidence(connection, voices, layer)
        self.corpus: Corpus = load_corpus(
            connection, voices, {one.document for one in self.evidence}, self.round
        )
        self.columns = columns_for(columns, self.corpus, self.codebook, self.evidence)

    def _facet(self, columns: str) -> str | None:
        word = columns.strip().casefold()
        return next((one.key for one in self.codebook.facets if one.key.casefold() == word), None)


def column_called(columns: Iterable[Column], wanted: str) -> Column:
    """Return the column of this key or name, ignoring case; UnknownName otherwise."""
    known = list(columns)
    for column in known:
        if wanted.casefold() in (column.key.casefold(), column.name.casefold()):
            return column
    raise UnknownName("column", wanted, [column.key for column in known])


def _passages(
    connection: Connection, corpus: Corpus, evidence: Iterable[Evidence]
) -> Iterable[CellPassage]:
    texts: dict[int, tuple[str, tuple[Turn, ...]]] = {}
    for one in evidence:
        if one.revision_id not in texts:
            texts[one.revision_id] = (
                load_text(connection, one.revision_id),
                load_turns(connection, one.revision_id),
            )
        text, turns = texts[one.revision_id]
        turn = next((turn for turn in reversed(turns) if turn.start <= one.start), None)
        yield CellPassage(
            one.coding_id,
            one.code,
            text[one.start : one.end],
            one.participants,
            tuple(dict.fromkeys(corpus.role_of(name) for name in one.participants)),
            one.document,
            turn.n if turn else None,
            turn.begin_ms if turn else None,
            one.start,
            one.end,
            dict(one.facets),
            one.coder,
        )
