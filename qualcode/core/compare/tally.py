"""A matrix from codings that were counted and not read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Columns, small_numbers
from qualcode.core.compare.evidence import Corpus, Evidence, emptiness
from qualcode.core.compare.matrix import Cell, Matrix, MatrixRow, empty_cell

if TYPE_CHECKING:
    import numpy as np

    Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

NOT_MEASURED = "not measured over so many codings"


@dataclass(frozen=True)
class Tally:
    """Codings, counted. A piece stands for all of one interview with the same speakers, coder and facet value, whatever

    their codes: `count[n]` codings of `pieces[piece[n]]` have the code `codes[code[n]]`. `single` are pieces of
    codings of narratives, one by one, which may share a coding."""

    pieces: tuple[Evidence, ...]
    codes: tuple[str, ...]
    piece: Ints
    code: Ints
    count: Ints
    single: tuple[Evidence, ...] = ()

    @property
    def witnesses(self) -> tuple[Evidence, ...]:
        """Return pieces that tell where and of whom there are codings; those that were counted have no code."""
        return (*self.pieces, *self.single)

    def evidence(self) -> Iterator[Evidence]:
        """Yield a piece for every code that a piece has, with its count; then the single ones."""
        columns = (self.piece.tolist(), self.code.tolist(), self.count.tolist())
        for piece, code, count in zip(*columns, strict=True):
            yield replace(self.pieces[piece], code=self.codes[code], count=count)
        yield from self.single


def count_matrix(
    tally: Tally,
    codes: Sequence[tuple[int, str]],
    columns: Columns,
    codebook: Codebook,
    corpus: Corpus,
    *,
    basis: str = "consensus",
) -> Matrix:
    """Return the matrix that `build_matrix` gives, without shares of text and ids of codings."""
    inside = _Places.of(tally, columns)
    over_all = _Places.total(tally)
    everybody = len(corpus.voices)
    length = corpus.length_of(corpus.lengths)
    rows = []
    for depth, key in codes:
        branch = frozenset(codebook.branch(key))
        counts = _counts(tally, branch)
        single = [one for one in tally.single if one.code in branch]
        found = inside.cells(counts, single)
        cells = tuple(
            found[n].cell(len(column.participants))
            if n in found
            else empty_cell(len(column.participants), column.characters)
            for n, column in enumerate(columns.columns)
        )
        total = over_all.cells(counts, single).get(0)
        row_total = total.cell(everybody) if total else empty_cell(everybody, length)
        rows.append(MatrixRow(key, codebook.by_key[key].name, depth, cells, row_total))
    notes = (*emptiness(tally.witnesses, basis), *columns.notes, *small_numbers(columns))
    return Matrix(tuple(rows), columns.columns, columns.kind, columns.name, basis, notes)


def _counts(tally: Tally, branch: frozenset[str]) -> Ints:
    """Return how many codings of these codes each piece has."""
    import numpy as np

    is_wanted = np.array([code in branch for code in tally.codes], dtype=bool)
    chosen = is_wanted[tally.code] if len(tally.code) else np.zeros(0, dtype=bool)
    counts = np.bincount(
        tally.piece[chosen], tally.count[chosen].astype(float), minlength=len(tally.pieces)
    )
    return counts.astype(np.int64)


@dataclass(slots=True)
class _Standing:
    """What stands in one cell."""

    codings: int
    documents: set[str]
    people: set[str]

    def cell(self, of: int) -> Cell:
        return Cell(
            self.codings,
            len(self.documents),
            len(self.people),
            of,
            tuple(sorted(self.people)),
            (),
            None,
            NOT_MEASURED,
        )


@dataclass(frozen=True)
class _Places:
    """Into which columns the pieces of a tally fall. One place is a piece in a column; `people` are pairs of a place

    and the number of somebody who counts there."""

    column: Ints
    piece: Ints
    document: Ints
    people: Ints
    documents: tuple[str, ...]
    names: tuple[str, ...]
    place: Any

    @classmethod
    def of(cls, tally: Tally, columns: Columns) -> _Places:
        number = {column.key: n for n, column in enumerate(columns.columns)}

        def place(one: Evidence) -> list[tuple[int, tuple[str, ...]]]:
            return [(number[key], people) for key, people in columns.place(one)]

        return cls._made(tally, place)

    @classmethod
    def total(cls, tally: Tally) -> _Places:
        return cls._made(tally, lambda one: [(0, one.participants)])

    @classmethod
    def _made(cls, tally: Tally, place: Any) -> _Places:
        import numpy as np

        documents: dict[str, int] = {}
        names: dict[str, int] = {}
        rows: list[tuple[int, int, int]] = []
        people: list[tuple[int, int]] = []
        for n, one in enumerate(tally.pieces):
            document = documents.setdefault(one.document, len(documents))
            for column, who in place(one):
                people += [(len(rows), names.setdefault(name, len(names))) for name in who]
                rows.append((column, n, document))
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return cls(
            table[:, 0],
            table[:, 1],
            table[:, 2],
            np.array(people, dtype=np.int64).reshape(-1, 2),
            tuple(documents),
            tuple(names),
            place,
        )

    def cells(self, counts: Ints, single: Iterable[Evidence]) -> dict[int, _Standing]:
        """Return what stands in each column that anything of these counts (by piece) and pieces falls into."""
        import numpy as np

        standing = counts[self.piece]
        is_there = standing > 0
        column = self.column[is_there]
        sums = np.bincount(column, standing[is_there].astype(float))
        found = {
            n: _Standing(int(sums[n]), set(), set()) for n in dict.fromkeys(column.tolist())
        }
        for n, document in _different(column, self.document[is_there]):
            found[n].documents.add(self.documents[document])
        at, who = self.people[is_there[self.people[:, 0]]].T
        for n, name in _different(self.column[at], who):
            found[n].people.add(self.names[name])
        ids: set[tuple[int, int]] = set()
        for one in single:
            for n, names in self.place(one):
                cell = found.setdefault(n, _Standing(0, set(), set()))
                cell.codings += (n, one.coding_id) not in ids
                ids.add((n, one.coding_id))
                cell.documents.add(one.document)
                cell.people.update(names)
        return found


def _different(first: Ints, second: Ints) -> list[tuple[int, int]]:
    """Return the different pairs."""
    import numpy as np

    stride = int(second.max(initial=0)) + 1
    keys = np.unique(first * stride + second)
    return list(zip((keys // stride).tolist(), (keys % stride).tolist(), strict=True))
