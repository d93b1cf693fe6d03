"""A matrix from codings that were counted and not read one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Columns, small_numbers
from qualcode.core.compare.evidence import Corpus, Evidence, emptiness
from qualcode.core.compare.framework import Framework, FrameworkCell
from qualcode.core.compare.matrix import NO_TEXT, Cell, Matrix, MatrixRow, empty_cell

if TYPE_CHECKING:
    import numpy as np

    Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

_Placing: TypeAlias = Callable[[Evidence], list[tuple[int, tuple[str, ...]]]]
"""The numbers of the columns that a piece of evidence falls into, and who counts in each."""

NOT_MEASURED = "not measured over so many codings"


@dataclass(frozen=True)
class Places:
    """Where single codings stand: ids and spans, in the order of evidence (by document, start, end and code)."""

    coding_id: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True)
class Tally:
    """Codings, counted. A piece stands for all of one interview with the same speakers, coder and facet value, whatever

    their codes: `count[n]` codings of `pieces[piece[n]]` have the code `codes[code[n]]`. `single` are pieces of
    codings of narratives, one by one, which may share a coding. With `places`, each n is one coding, and `places`
    says which and where."""

    pieces: tuple[Evidence, ...]
    codes: tuple[str, ...]
    piece: Ints
    code: Ints
    count: Ints
    single: tuple[Evidence, ...] = ()
    places: Places | None = None

    @property
    def witnesses(self) -> tuple[Evidence, ...]:
        """Return pieces that tell where and of whom there are codings; those that were counted have no code."""
        return (*self.pieces, *self.single)

    def evidence(self) -> Iterator[Evidence]:
        """Yield a piece for every code that a piece has, with its count; then the single ones."""
        import numpy as np

        size = max(len(self.codes), 1)
        counts = np.bincount(self.piece * size + self.code, self.count.astype(float), minlength=1)
        for key in np.flatnonzero(counts).tolist():
            piece, code = divmod(key, size)
            yield replace(self.pieces[piece], code=self.codes[code], count=int(counts[key]))
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
    """Return the matrix that `build_matrix` gives; without shares of text and ids where the tally has no places."""
    inside = _Spread.of(tally, columns)
    over_all = _Spread.total(tally)
    everybody = len(corpus.voices)
    length = corpus.length_of(corpus.lengths)
    rows = []
    for depth, key in codes:
        branch = frozenset(codebook.branch(key))
        chosen = _chosen(tally, branch)
        single = [one for one in tally.single if one.code in branch]
        found = inside.cells(chosen, single)
        cells = tuple(
            found[n].cell(len(column.participants), column.characters)
            if n in found
            else empty_cell(len(column.participants), column.characters)
            for n, column in enumerate(columns.columns)
        )
        total = over_all.cells(chosen, single).get(0)
        row_total = total.cell(everybody, length) if total else empty_cell(everybody, length)
        rows.append(MatrixRow(key, codebook.by_key[key].name, depth, cells, row_total))
    notes = (*emptiness(tally.witnesses, basis), *columns.notes, *small_numbers(columns))
    return Matrix(tuple(rows), columns.columns, columns.kind, columns.name, basis, notes)


def count_framework(
    tally: Tally,
    codes: Sequence[str],
    columns: Columns,
    codebook: Codebook,
    *,
    basis: str = "consensus",
) -> Framework:
    """Return the framework that `build_framework` gives of the codings of a tally with places; no summaries."""
    number = {column.key: n for n, column in enumerate(columns.columns)}
    # everybody who speaks in a passage stands in its cell, whoever it is a column of
    inside = _Spread.made(
        tally, lambda one: [(number[key], one.participants) for key, _ in columns.place(one)]
    )
    cells: dict[tuple[str, str], FrameworkCell] = {}
    for code in codes:
        found = inside.cells(_chosen(tally, frozenset(codebook.branch(code))), ())
        for n, column in enumerate(columns.columns):
            cell = found.get(n, _Standing())
            people = tuple(sorted(cell.people))
            cells[code, column.key] = FrameworkCell(
                code, column.key, cell.codings, people, cell.ids, None, False
            )
    cases = tuple((column.key, column.name) for column in columns.columns)
    return Framework(columns.name, basis, tuple(codes), cases, cells)


def _chosen(tally: Tally, branch: frozenset[str]) -> Ints:
    """Return which n of a tally are of these codes."""
    import numpy as np

    is_wanted = np.array([code in branch for code in tally.codes], dtype=bool)
    return np.flatnonzero(is_wanted[tally.code]) if len(tally.code) else np.zeros(0, dtype=int)


@dataclass(slots=True)
class _Standing:
    """What stands in one cell; `covered` code points, None where places are not known."""

    codings: int = 0
    documents: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    ids: tuple[int, ...] = ()
    covered: int | None = None

    def cell(self, of: int, characters: int) -> Cell:
        share: float | None = None
        reason: str | None = NOT_MEASURED
        if self.covered is not None:
            share = self.covered / characters if characters else None
            reason = None if characters else NO_TEXT
        return Cell(
            self.codings,
            len(self.documents),
            len(self.people),
            of,
            tuple(sorted(self.people)),
            self.ids,
            share,
            reason,
        )


@dataclass(frozen=True)
class _Spread:
    """Into which columns the pieces of a tally fall. One place is a piece in a column, piece by piece; `people` are pairs

    of a place and the number of somebody who counts there."""

    tally: Tally
    column: Ints
    piece: Ints
    document: Ints
    people: Ints
    documents: tuple[str, ...]
    names: tuple[str, ...]
    place: _Placing

    @classmethod
    def of(cls, tally: Tally, columns: Columns) -> _Spread:
        number = {column.key: n for n, column in enumerate(columns.columns)}

        def place(one: Evidence) -> list[tuple[int, tuple[str, ...]]]:
            return [(number[key], people) for key, people in columns.place(one)]

        return cls.made(tally, place)

    @classmethod
    def total(cls, tally: Tally) -> _Spread:
        return cls.made(tally, lambda one: [(0, one.participants)])

    @classmethod
    def made(cls, tally: Tally, place: _Placing) -> _Spread:
        """Return where the pieces fall, by the columns and people that `place` tells of each."""
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
            tally,
            table[:, 0],
            table[:, 1],
            table[:, 2],
            np.array(people, dtype=np.int64).reshape(-1, 2),
            tuple(documents),
            tuple(names),
            place,
        )

    def cells(self, chosen: Ints, single: Iterable[Evidence]) -> dict[int, _Standing]:
        """Return what stands in each column that any of these n of the tally, or of these pieces, falls into."""
        import numpy as np

        counts = np.bincount(
            self.tally.piece[chosen],
            self.tally.count[chosen].astype(float),
            minlength=len(self.tally.pieces),
        )
        standing = counts[self.piece]
        is_there = standing > 0
        column = self.column[is_there]
        sums = np.bincount(column, standing[is_there])
        found = {n: _Standing(int(sums[n])) for n in dict.fromkeys(column.tolist())}
        for n, document in _different(column, self.document[is_there]):
            found[n].documents.add(self.documents[document])
        at, who = self.people[is_there[self.people[:, 0]]].T
        for n, name in _different(self.column[at], who):
            found[n].people.add(self.names[name])
        if self.tally.places is not None:
            self._measure(chosen, self.tally.places, found)
        _add_single(found, single, self.place)
        return found

    def _measure(self, chosen: Ints, places: Places, found: dict[int, _Standing]) -> None:
        """Write into the cells which codings stand there, and how much text they cover together."""
        import numpy as np

        each = np.bincount(self.piece, minlength=len(self.tally.pieces))
        first = np.cumsum(each) - each
        piece = self.tally.piece[chosen]
        times = each[piece]
        of_chosen = np.repeat(np.arange(len(chosen)), times)
        within = np.arange(len(of_chosen)) - np.repeat(np.cumsum(times) - times, times)
        place = first[piece[of_chosen]] + within
        order = np.argsort(self.column[place], kind="stable")
        column, document = self.column[place][order], self.document[place][order]
        at = chosen[of_chosen[order]]
        # one axis for all texts: the spans of a column and document stand together, by start
        begins = np.append(True, (column[1:] != column[:-1]) | (document[1:] != document[:-1]))
        base = (np.cumsum(begins[: len(column)]) - 1) * (int(places.end.max(initial=0)) + 1)
        start, end = places.start[at] + base, places.end[at] + base
        reached = np.append(0, np.maximum.accumulate(end)[:-1])[: len(end)]
        fresh = np.maximum(end - np.maximum(start, reached), 0)
        covered = np.bincount(column, fresh.astype(float), minlength=1)
        ids = places.coding_id[at].tolist()
        ends = np.cumsum(np.bincount(column, minlength=1)).tolist()
        for n, cell in found.items():
            cell.ids = tuple(ids[ends[n - 1] if n else 0 : ends[n]])
            cell.covered = int(covered[n])


def _add_single(found: dict[int, _Standing], single: Iterable[Evidence], place: _Placing) -> None:
    """Add pieces that may share a coding; where there are any, no ids and no text are told."""
    ids: set[tuple[int, int]] = set()
    for one in single:
        for n, names in place(one):
            cell = found.setdefault(n, _Standing())
            cell.codings += (n, one.coding_id) not in ids
            ids.add((n, one.coding_id))
            cell.documents.add(one.document)
            cell.people.update(names)
            cell.ids, cell.covered = (), None


def _different(first: Ints, second: Ints) -> list[tuple[int, int]]:
    """Return the different pairs."""
    import numpy as np

    stride = int(second.max(initial=0)) + 1
    keys = np.unique(first * stride + second)
    return list(zip((keys // stride).tolist(), (keys % stride).tolist(), strict=True))
