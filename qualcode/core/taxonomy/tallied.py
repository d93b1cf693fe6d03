"""The figures of terms where codings are too many to hold each as a value: they stand in columns of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Columns
from qualcode.core.compare.evidence import Evidence
from qualcode.core.compare.tally import Places, Tally
from qualcode.core.taxonomy.counting import TermCounting, TermFigures
from qualcode.core.taxonomy.nodes import Example

if TYPE_CHECKING:
    from qualcode.core.compare.tally import Ints


class TalliedCounting(TermCounting):
    """Figures as `Counting` gives them, of a tally with its `places` and of `further` pieces; no coding stands twice.

    Pieces tell the facets of the tally only. A tally with single pieces is not taken: they share codings."""

    def __init__(
        self,
        tally: Tally,
        places: Places,
        further: Sequence[Evidence],
        codebook: Codebook,
        *,
        sites: Columns | None,
        quote: Callable[[Evidence], str],
    ) -> None:
        import numpy as np

        super().__init__((*tally.pieces, *further), codebook, sites=sites, quote=quote)
        number = {key: n for n, key in enumerate(tally.codes)}
        for one in further:
            number.setdefault(one.code, len(number))
        more = [
            (len(tally.pieces) + n, number[one.code], one.coding_id, one.start, one.end)
            for n, one in enumerate(further)
        ]
        columns = [tally.piece, tally.code, places.coding_id, places.start, places.end]
        table = np.array(more, dtype=np.int64).reshape(-1, len(columns))
        columns = [np.append(one, table[:, n]) for n, one in enumerate(columns)]
        document = {
            name: n for n, name in enumerate(sorted({one.document for one in self.evidence}))
        }
        rank = np.array([document[one.document] for one in self.evidence], dtype=np.int64)
        order = np.lexsort((columns[2], columns[4], columns[3], rank[columns[0]]))
        self._piece, code, self._id, self._start, self._end = (one[order] for one in columns)
        by_code = np.argsort(code, kind="stable")
        ends = np.cumsum(np.bincount(code, minlength=len(number)))
        # which rows have a code, in the order of the documents
        self._rows = (
            dict(zip(number, np.split(by_code, ends[:-1]), strict=False)) if number else {}
        )
        self._row_of = np.full(int(self._id.max(initial=0)) + 1, -1)
        self._row_of[self._id] = np.arange(len(self._id))

    def codings_by_code(self) -> Mapping[str, int]:
        return {key: len(rows) for key, rows in self._rows.items() if len(rows)}

    def pieces(self, coding_ids: Iterable[int]) -> list[Evidence]:
        """Return the pieces that these codings are of, each once."""
        return self._standing(self._rows_of(coding_ids))

    def _figures(
        self, codes: frozenset[str], quotations: frozenset[int], own: tuple[int, ...]
    ) -> TermFigures:
        import numpy as np

        branches = {key for code in codes for key in self.codebook.branch(code)}
        parts = [self._rows[key] for key in branches if key in self._rows]
        bound = np.sort(self._rows_of(set(own)))
        rows = np.sort(np.concatenate([*parts, self._rows_of(quotations)]))
        if quotations:
            rows = np.unique(rows)
        pieces = self._standing(rows)
        return TermFigures(
            codings=len(rows),
            documents=len({one.document for one in pieces}),
            names=tuple(sorted({name for one in pieces for name in one.participants})),
            sites=self._by_site(pieces),
            bound=len(bound),
            example=self._example(rows, bound),
            coding_ids=tuple(self._id[rows].tolist()),
        )

    def _example(self, rows: Ints, bound: Ints) -> Example | None:
        """Return the first of the bound quotations, else one of middling length."""
        import numpy as np

        if not len(rows):
            return None
        if len(bound):
            row = int(bound[0])
        else:
            length = self._end[rows] - self._start[rows]
            place = length * len(self._row_of) + self._id[rows]
            row = int(rows[np.argpartition(place, len(rows) // 2)[len(rows) // 2]])
        return self._shown(
            replace(
                self.evidence[int(self._piece[row])],
                coding_id=int(self._id[row]),
                start=int(self._start[row]),
                end=int(self._end[row]),
            )
        )

    def _rows_of(self, coding_ids: Iterable[int]) -> Ints:
        """Return the rows of these codings, as far as they are among the evidence."""
        import numpy as np

        ids = np.array(list(coding_ids), dtype=np.int64)
        rows: Ints = self._row_of[ids[ids < len(self._row_of)]]
        return rows[rows >= 0]

    def _standing(self, rows: Ints) -> list[Evidence]:
        import numpy as np

        there = np.bincount(self._piece[rows], minlength=1)
        return [self.evidence[n] for n in np.flatnonzero(there).tolist()]
