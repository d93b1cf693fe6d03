"""Codings counted by the database, or read as columns of numbers, with who speaks in each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from qualcode.core.compare.evidence import Evidence
from qualcode.core.compare.tally import Places, Tally
from qualcode.storage import tables
from qualcode.storage.compare import Layer, Voices, in_layer, load_evidence
from qualcode.storage.compare_columns import ranked, read_numbers
from qualcode.storage.compare_counts import Size, from_narratives, repeated_codings, size_of
from qualcode.storage.database import Connection
from qualcode.storage.rows import live_rows, names_by_id, table_of

if TYPE_CHECKING:
    from qualcode.storage.compare_columns import Ints

Spoken: TypeAlias = dict[tuple[str, ...], int]
"""Groups of people who speak, each with its number."""

_NO_VALUE = 0
"""Stands for the id of a facet value where a coding has none: ids begin at 1."""

_FEW = 4_000_000
"""Up to this many numbers a table of all of them is quicker than sorting."""

_GROUP = 5
"""The columns by which codings are counted: code, revision, coder, group of speakers, facet value. How many follows,

or for single codings the id, start and end."""


def load_tally(
    connection: Connection,
    voices: Voices,
    layer: Layer,
    *,
    facet: str | None = None,
    with_places: bool = False,
) -> Tally:
    """Return the codings of a layer counted, by the values of a facet if one is named (its key).

    What is counted is what `load_evidence` returns: the same span that one coder coded alike in two rounds counts
    once. Codings of narratives come one by one, as stretches of the interviews. `with_places` gives every other
    coding with its id and span too, in the order of `load_evidence`."""
    import numpy as np

    reading = _Reading(connection, voices, layer, facet)
    interviews = [one for one, owner in voices.owner.items() if owner in voices.documents]
    alone = {one for one in interviews if voices.sole(one) is not None}
    parts = [np.zeros((0, _GROUP + 1), dtype=np.int64)]
    places = None
    if with_places:
        rows = reading.each(interviews, with_ids=True)
        places = rows[:, _GROUP:]
        parts.append(np.insert(rows[:, :_GROUP], _GROUP, 1, axis=1))
    else:
        if alone:
            parts.append(reading.whole(alone))
        if len(alone) < len(interviews):
            parts.append(_counted(reading.each(set(interviews) - alone)))
    return reading.tally(np.concatenate(parts), places)


def load_counted(connection: Connection, voices: Voices, layer: Layer) -> tuple[Evidence, ...]:
    """Return the evidence of a layer for numbers of codings, documents and people: coding by coding where they are few,

    else pieces that stand for many, without ids, places and facets (see `count_codings`)."""
    if size_of(connection, layer) is Size.FEW:
        return load_evidence(connection, voices, layer)
    return tuple(load_tally(connection, voices, layer).evidence())


def load_placed(
    connection: Connection,
    voices: Voices,
    layer: Layer,
    *,
    ids: Collection[int] = (),
    facet: str | None = None,
) -> tuple[Tally, Places, tuple[Evidence, ...]] | None:
    """Return the codings of a layer with their places, and the pieces that `load_evidence` adds to them for `ids`.

    None where only reading each tells which stand: codings of narratives, or one of the ids stands for a coding of the
    layer that repeats it."""
    import numpy as np

    tally = load_tally(connection, voices, layer, facet=facet, with_places=True)
    places = tally.places
    if tally.single or places is None:
        return None
    wanted = np.array(sorted(ids), dtype=np.int64)
    outside = wanted[~np.isin(wanted, places.coding_id)].tolist()
    nothing = replace(layer, codes=frozenset())
    found = load_evidence(connection, voices, nothing, ids=outside) if outside else ()
    further = []
    for one in found:
        alike = np.flatnonzero((places.start == one.start) & (places.end == one.end)).tolist()
        twin = next((n for n in alike if _is_alike(tally, n, one)), None)
        if one.through is not None or (
            twin is not None and places.coding_id[twin] > one.coding_id
        ):
            return None
        if twin is None:
            further.append(one)
    return tally, places, tuple(further)


def _is_alike(tally: Tally, n: int, one: Evidence) -> bool:
    """Say whether a coding has the revision, coder and code of this piece."""
    piece = tally.pieces[int(tally.piece[n])]
    own = (piece.revision_id, piece.coder, tally.codes[int(tally.code[n])])
    return own == (one.revision_id, one.coder, one.code)


class _Reading:
    """Reads the codings of one layer, those left out that repeat another of the same coder in another round."""

    def __init__(
        self, connection: Connection, voices: Voices, layer: Layer, facet: str | None
    ) -> None:
        self._connection = connection
        self._voices = voices
        self._layer = layer
        self._facet = facet
        self._wanted = in_layer(connection, layer, by_scan=True)
        self._value = _values(connection, facet) if facet is not None else None
        self._repeated = repeated_codings(connection, layer)
        self._spoken: Spoken = {}

    def whole(self, alone: Collection[int]) -> Ints:
        """Return the counted rows of revisions in which the same people speak throughout."""
        import numpy as np

        coding = table_of(tables.Coding)
        group = [coding.c.code_id, coding.c.revision_id, coding.c.coder_id]
        if self._value is None and not self._repeated:
            query = sa.select(*group, sa.func.count()).where(self._wanted).group_by(*group)
            rows = [tuple(row) for row in self._connection.execute(query)]
            table = np.array(rows, dtype=np.int64).reshape(-1, 4)
            value, count = np.full(len(table), _NO_VALUE), table[:, 3]
            table = table[:, :3]
        else:
            keys, sizes, ids = read_numbers(
                self._connection, [coding.c.id], self._wanted, within=group
            )
            place = np.repeat(np.arange(len(keys)), sizes)
            values, number = self._values_of(ids[:, 0])
            is_kept = self._is_kept(ids[:, 0])
            counts = np.bincount((place * len(values) + number)[is_kept], minlength=1)
            found = np.flatnonzero(counts)
            table = np.array(keys, dtype=np.int64).reshape(-1, 3)[found // len(values)]
            value, count = values[found % len(values)], counts[found]
        is_wanted = np.isin(table[:, 1], list(alone))
        table, value, count = table[is_wanted], value[is_wanted], count[is_wanted]
        return np.column_stack([table, self._people(table[:, 1]), value, count])

    def each(self, revisions: Collection[int], *, with_ids: bool = False) -> Ints:
        """Return a row for every coding of these revisions: the columns to count by, then id, start and end.

        The id is 0 where nobody asks for it."""
        import numpy as np

        coding = table_of(tables.Coding)
        names = ["start_ch", "end_ch", "code_id", "coder_id"]
        if with_ids or self._value is not None or self._repeated:
            names.append("id")
        wanted = self._wanted
        if len(revisions) < len(self._voices.owner):
            wanted = sa.and_(wanted, coding.c.revision_id.in_(sorted(revisions)))
        keys, sizes, table = read_numbers(
            self._connection,
            [coding.c[name] for name in names],
            wanted,
            within=[coding.c.revision_id],
        )
        start, end, code, coder = table[:, :4].T
        coding_id = table[:, 4] if "id" in names else np.zeros(len(table), dtype=np.int64)
        revision = np.repeat(np.array([key for (key,) in keys], dtype=np.int64), sizes)
        people = self._heard([key for (key,) in keys], sizes, start, end)
        values, number = self._values_of(coding_id)
        rows: Ints = np.column_stack(
            [code, revision, coder, people, values[number], coding_id, start, end]
        )
        kept: Ints = rows[self._is_kept(coding_id)]
        return kept

    def tally(self, rows: Ints, places: Ints | None) -> Tally:
        """Return the rows with the names that their numbers stand for; `places` in the order of evidence."""
        import numpy as np

        keys = names_by_id(self._connection, tables.Code, "key")
        codes, code = ranked(rows[:, 0])
        named = tuple(keys[one] for one in codes.tolist()) if len(rows) else ()
        found, piece = _numbered([rows[:, n] for n in range(1, _GROUP)])
        pieces = self._pieces(found)
        single = tuple(from_narratives(self._connection, self._voices, self._layer))
        count = rows[:, _GROUP]
        if places is None:
            return Tally(pieces, named, piece, code, count, single)
        order = np.lexsort(
            (
                places[:, 0],
                _alphabetical(named)[code],
                places[:, 2],
                places[:, 1],
                _alphabetical([one.document for one in pieces])[piece],
            )
        )
        coding_id, start, end = places[order].T
        return Tally(
            pieces,
            named,
            piece[order],
            code[order],
            count[order],
            single,
            Places(coding_id, start, end),
        )

    def _pieces(self, found: Ints) -> tuple[Evidence, ...]:
        coders = names_by_id(self._connection, tables.Coder, "name")
        values = names_by_id(self._connection, tables.FacetValue, "key")
        documents, owner = self._voices.documents, self._voices.owner
        groups = tuple(self._spoken)
        return tuple(
            Evidence(
                0,
                "",
                documents[owner[revision]],
                revision,
                0,
                0,
                groups[people],
                coders[coder],
                "",
                {self._facet: values[value]} if self._facet and value != _NO_VALUE else {},
            )
            for revision, coder, people, value in found.tolist()
        )

    def _people(self, revision: Ints) -> Ints:
        """Return the numbers of those who speak throughout these revisions."""
        import numpy as np

        different, number = ranked(revision)
        groups = (
            [self._voices.sole(one) or () for one in different.tolist()] if len(revision) else []
        )
        numbers = np.array([self._number(people) for people in groups], dtype=np.int64)
        return numbers[number] if len(revision) else numbers

    def _heard(self, revisions: list[int], sizes: Ints, start: Ints, end: Ints) -> Ints:
        """Return the numbers of those who speak in spans, which stand revision by revision."""
        import numpy as np

        self._voices.read_turns(revisions)
        parts, first = [np.zeros(0, dtype=np.int64)], 0
        for revision, size in zip(revisions, sizes.tolist(), strict=True):
            people = self._voices.sole(revision)
            if people is not None:
                parts.append(np.full(size, self._number(people), dtype=np.int64))
            else:
                here = slice(first, first + size)
                heard, which = self._voices.heard(revision, start[here], end[here])
                parts.append(np.array([self._number(one) for one in heard], dtype=np.int64)[which])
            first += size
        return np.concatenate(parts)

    def _number(self, people: tuple[str, ...]) -> int:
        """Return the number of a group of speakers, which is kept when it is new."""
        return self._spoken.setdefault(people, len(self._spoken))

    def _is_kept(self, coding_id: Ints) -> Any:
        import numpy as np

        return ~np.isin(coding_id, self._repeated) if self._repeated else slice(None)

    def _values_of(self, coding_id: Ints) -> tuple[Ints, Ints]:
        """Return the ids of the facet's values, and the number of each coding's value among them."""
        import numpy as np

        if self._value is None:
            return np.array([_NO_VALUE]), np.zeros(len(coding_id), dtype=np.int64)
        with_value, value_id = self._value
        values, number = ranked(np.append(value_id, _NO_VALUE))
        size = 1 + max(int(coding_id.max(initial=0)), int(with_value.max(initial=0)))
        of_coding = np.zeros(size, dtype=np.int64)
        of_coding[with_value] = number[:-1]
        return values, of_coding[coding_id]


def _values(connection: Connection, facet: str) -> tuple[Ints, Ints]:
    """Return the ids of codings that have a value of a facet, and the ids of these values."""
    import numpy as np

    link = table_of(tables.CodingFacet)
    facet_id = live_rows(connection, tables.Facet, key=facet)[0]["id"]
    values, sizes, table = read_numbers(
        connection,
        [link.c.coding_id],
        sa.and_(link.c.live, link.c.facet_id == facet_id),
        within=[link.c.value_id],
    )
    ids = np.array([value for (value,) in values], dtype=np.int64)
    return table[:, 0], np.repeat(ids, sizes)


def _counted(rows: Ints) -> Ints:
    """Return single codings counted by the columns to count by."""
    import numpy as np

    groups, which = _numbered([rows[:, n] for n in range(_GROUP)])
    return np.column_stack([groups, np.bincount(which, minlength=len(groups))])


def _alphabetical(names: Collection[str]) -> Ints:
    """Return the place of each name in the order of the alphabet; equal names share one."""
    import numpy as np

    place = {name: n for n, name in enumerate(sorted(set(names)))}
    return np.array([place[name] for name in names], dtype=np.int64)


def _numbered(columns: list[Ints]) -> tuple[Ints, Ints]:
    """Return the different rows of these columns in order, and the number of each row among them."""
    import numpy as np

    key = np.zeros(len(columns[0]), dtype=np.int64)
    values, bound = [], 1
    for column in columns:
        different, number = ranked(column)
        key = key * max(len(different), 1) + number
        bound *= max(len(different), 1)
        values.append(different)
    found, which = ranked(key) if bound <= _FEW else np.unique(key, return_inverse=True)
    rows, rest = [], found
    for different in reversed(values):
        rest, number = np.divmod(rest, max(len(different), 1))
        rows.append(different[number])
    return np.column_stack(rows[::-1]), which
