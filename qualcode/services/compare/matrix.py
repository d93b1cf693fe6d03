"""Matrices of codes with the quotations behind every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.compare import (
    Contrary,
    Corpus,
    Evidence,
    Matrix,
    Support,
    build_matrix,
    contrary_cases,
    matrix_codes,
    triangulate,
)
from qualcode.core.compare.contrast import STANCE
from qualcode.core.compare.tally import count_matrix
from qualcode.errors import UnknownName
from qualcode.services.compare.layer import LayerReading, column_called
from qualcode.storage.compare_places import load_turns_at, load_words
from qualcode.storage.database import Connection
from qualcode.storage.project import CONSENSUS_CODER, Project


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

    Counts are of the consensus unless a coder is named; `columns="coder"` takes each coder's own codings. Of
    very many codings cells hold counts only: no share of text, no ids (see `cell_passages`).
    UnknownName for a code, column, coder or round that does not exist."""
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns=columns, basis=basis, round=round)
    codes = matrix_codes(reading.codebook, rows, deep=deep)
    if reading.tally is not None:
        return count_matrix(
            reading.tally,
            codes,
            reading.columns,
            reading.codebook,
            reading.corpus,
            basis=reading.basis,
        )
    return build_matrix(
        reading.counted,
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
        wanted = reading.of_codes([reading.codebook.find(code).key])
        if column is not None:
            key = column_called(reading.columns.columns, column).key
            wanted = tuple(
                one for one in wanted if key in (place for place, _ in reading.columns.place(one))
            )
        return _Quotations(connection, reading.corpus, wanted).of(wanted)


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
        reading.counted,
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
        codes = matrix_codes(reading.codebook, rows, deep=True)
        found = contrary_cases(
            reading.of_codes([key for _, key in codes]),
            codes,
            reading.columns,
            reading.codebook,
            stance=stance,
        )
        cases = [case for one in found for case in one.cases]
        quotations = _Quotations(connection, reading.corpus, cases)
        return tuple((one, quotations.of(one.cases)) for one in found if one.cases)


class _Quotations:
    """The quotations behind pieces of evidence, whose words and turns are read in one go."""

    def __init__(
        self, connection: Connection, corpus: Corpus, evidence: Sequence[Evidence]
    ) -> None:
        self._corpus = corpus
        places = [(one.revision_id, one.start, one.end) for one in evidence]
        self._words = load_words(connection, places)
        self._turns = load_turns_at(connection, (place[:2] for place in places))

    def of(self, evidence: Iterable[Evidence]) -> tuple[CellPassage, ...]:
        return tuple(self._passage(one) for one in evidence)

    def _passage(self, one: Evidence) -> CellPassage:
        turn = self._turns[one.revision_id, one.start]
        return CellPassage(
            one.coding_id,
            one.code,
            self._words[one.revision_id, one.start, one.end],
            one.participants,
            tuple(dict.fromkeys(self._corpus.role_of(name) for name in one.participants)),
            one.document,
            turn.n if turn else None,
            turn.begin_ms if turn else None,
            one.start,
            one.end,
            dict(one.facets),
            one.coder,
        )
