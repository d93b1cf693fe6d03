"""A matrix of codes against columns: codings, documents, participants and share of text in every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Column, Columns, small_numbers
from qualcode.core.compare.evidence import Corpus, Evidence, emptiness

NO_TEXT = "no text stands behind this column"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands behind one cell.

    `participants` counts different people (a roll-up never adds them up), `of` how many could have said it.
    `coding_ids` is empty where very many codings were only counted.
    `share` is the part of the column's text that is covered, 0 to 1, None with `share_reason` where there is no text."""

    codings: int
    documents: int
    participants: int
    of: int
    names: tuple[str, ...]
    coding_ids: tuple[int, ...]
    share: float | None = None
    share_reason: str | None = None

    @property
    def proportion(self) -> float | None:
        """Return participants out of those who could have said it; None where nobody could."""
        return self.participants / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One code with everything below it, a cell for each column, and what all columns come to together."""

    code: str
    name: str
    depth: int
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """A comparison. `kind` tells what the columns are: facet, attribute, document, participant or coder."""

    rows: tuple[MatrixRow, ...]
    columns: tuple[Column, ...]
    kind: str
    by: str
    basis: str
    notes: tuple[str, ...] = ()

    def cell(self, code: str, column: str) -> Cell:
        """Return the cell of a code and a column's key; KeyError when there is no such row or column."""
        for row in self.rows:
            for place, cell in zip(self.columns, row.cells, strict=True):
                if row.code == code and place.key == column:
                    return cell
        raise KeyError((code, column))


@dataclass(slots=True)
class _Gathered:
    """Sets, so that nothing is counted twice."""

    ids: dict[int, None] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, one: Evidence, people: Iterable[str]) -> None:
        self.documents.add(one.document)
        self.people.update(people)
        self.ids[one.coding_id] = None
        self.spans.setdefault(one.document, []).append((one.start, one.end))


def matrix_codes(
    codebook: Codebook, rows: str | None, *, deep: bool = False
) -> tuple[tuple[int, str], ...]:
    """Return (depth from 0, code) for the rows: the top-level branches, or a code, its children, with `deep` all below.

    A theme's id stands for the codes that feed it. UnknownName when nothing is called so."""
    if rows is None:
        tops = [code.key for code in codebook.children.get(None, ())]
        if not deep:
            return tuple((0, key) for key in tops)
        return tuple((depth, code.key) for depth, code in codebook.walk())
    theme = next((one for one in codebook.themes if one.key.casefold() == rows.casefold()), None)
    is_code = rows.casefold() in (key.casefold() for key in codebook.by_key)
    starts = theme.codes if theme and not is_code else (codebook.find(rows).key,)
    found: dict[str, int] = {}
    for start in starts:
        base = codebook.depth(start)
        for key in codebook.branch(start):
            depth = codebook.depth(key) - base
            if deep or depth <= 1:
                found.setdefault(key, depth)
    return tuple((depth, key) for key, depth in found.items())


def build_matrix(
    evidence: Sequence[Evidence],
    codes: Sequence[tuple[int, str]],
    columns: Columns,
    codebook: Codebook,
    corpus: Corpus,
    *,
    basis: str = "consensus",
) -> Matrix:
    """Return the matrix of these codes, each rolled up over everything below it.

    A coding that stands in two columns (a passage about both sites) is counted in each, and once in the row's total."""
    rows_of = rows_by_code(codebook, [key for _, key in codes])
    cells: dict[tuple[str, str], _Gathered] = {}
    totals: dict[str, _Gathered] = {}
    for one in evidence:
        rows = rows_of.get(one.code, ())
        placed = columns.place(one) if rows else ()
        for row in rows:
            totals.setdefault(row, _Gathered()).add(one, one.participants)
            for key, people in placed:
                cells.setdefault((row, key), _Gathered()).add(one, people)
    everybody = tuple(voice.name for voice in corpus.voices)
    length = corpus.length_of(corpus.lengths)
    found = tuple(
        MatrixRow(
            key,
            codebook.by_key[key].name,
            depth,
            tuple(
                _cell(cells.get((key, column.key)), len(column.participants), column.characters)
                for column in columns.columns
            ),
            _cell(totals.get(key), len(everybody), length),
        )
        for depth, key in codes
    )
    notes = (*emptiness(evidence, basis), *columns.notes, *small_numbers(columns))
    return Matrix(found, columns.columns, columns.kind, columns.name, basis, notes)


def rows_by_code(codebook: Codebook, rows: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each code, the rows it counts in: itself and what stands above it, where they are rows."""
    wanted = set(rows)
    return {
        key: tuple(row for row in (key, *codebook.ancestors(key)) if row in wanted)
        for key in codebook.by_key
    }


def _cell(gathered: _Gathered | None, of: int, characters: int) -> Cell:
    if gathered is None:
        return empty_cell(of, characters)
    covered = sum(covered_length(spans) for spans in gathered.spans.values())
    return Cell(
        len(gathered.ids),
        len(gathered.documents),
        len(gathered.people),
        of,
        tuple(sorted(gathered.people)),
        tuple(gathered.ids),
        covered / characters if characters else None,
        None if characters else NO_TEXT,
    )


def empty_cell(of: int, characters: int) -> Cell:
    """Return the cell in which nothing stands, of a column with so many participants and so much text."""
    if characters:
        return Cell(0, 0, 0, of, (), (), 0.0)
    return Cell(0, 0, 0, of, (), (), None, NO_TEXT)


def covered_length(spans: Iterable[tuple[int, int]]) -> int:
    """Return how many code points half-open spans of one text cover together; overlaps count once."""
    covered = reach = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reach))
        reach = max(reach, end)
    return covered
