"""Codings counted by the database: how many of each code, interview, group of speakers, coder and facet value."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import sqlalchemy as sa

from qualcode.core.compare.evidence import Evidence
from qualcode.core.compare.tally import Tally
from qualcode.storage import tables
from qualcode.storage.compare import Layer, Voices, in_layer, load_evidence
from qualcode.storage.compare_columns import ranked, read_numbers
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

_WIDTH = 6
"""Counted rows: code, revision, coder, group of speakers, facet value, how many."""


VERY_MANY = 50_000
"""Above this many codings comparisons count them and do not read each."""


def has_very_many(connection: Connection, layer: Layer) -> bool:
    """Tell whether a layer has more than `VERY_MANY` codings."""
    some = sa.select(table_of(tables.Coding).c.id).where(in_layer(connection, layer))
    query = sa.select(sa.func.count()).select_from(some.limit(VERY_MANY + 1).subquery())
    return int(connection.execute(query).scalar_one()) > VERY_MANY


def load_tally(
    connection: Connection, voices: Voices, layer: Layer, *, facet: str | None = None
) -> Tally:
    """Return the codings of a layer counted, by the values of a facet if one is named (its key).

    What is counted is what `load_evidence` returns: the same span that one coder coded alike in two rounds counts
    once. Codings of narratives come one by one, as stretches of the interviews."""
    import numpy as np

    counting = _Counting(connection, layer, facet)
    spoken: Spoken = {}
    parts = [np.zeros((0, _WIDTH), dtype=np.int64)]
    alone = {
        revision: people
        for revision in voices.owner
        if (people := voices.sole(revision)) is not None
    }
    in_company = [
        revision
        for revision, owner in voices.owner.items()
        if revision not in alone and owner in voices.documents
    ]
    if alone:
        parts.append(counting.whole(alone, spoken))
    if in_company:
        parts.append(counting.by_turns(in_company, voices, spoken))
    single = tuple(_from_narratives(connection, voices, layer))
    return _tally(connection, voices, np.concatenate(parts), spoken, facet, single)


def load_codes_in_order(
    connection: Connection, voices: Voices, layer: Layer
) -> dict[str, list[str]]:
    """Return the different codes of each interview that has any, in the order in which they are first given there.

    Codes that begin together stand by their end, then by name."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for document, code, start, end in _firsts(connection, voices, layer):
        known = found.setdefault(document, {})
        known[code] = min(known.get(code, (start, end)), (start, end))
    return {
        document: sorted(codes, key=lambda code, codes=codes: (codes[code], code))  # type: ignore[misc]
        for document, codes in found.items()
    }


def _firsts(
    connection: Connection, voices: Voices, layer: Layer
) -> Iterator[tuple[str, str, int, int]]:
    """Yield (interview, code, start, end) for all codings of a layer, or of very many for the first of each code."""
    if not has_very_many(connection, layer):
        for one in load_evidence(connection, voices, layer):
            yield one.document, one.code, one.start, one.end
        return
    import numpy as np

    coding = table_of(tables.Coding)
    keys = names_by_id(connection, tables.Code, "key")
    groups, sizes, table = read_numbers(
        connection,
        [coding.c.start_ch, coding.c.end_ch, coding.c.code_id],
        in_layer(connection, layer, by_scan=True),
        within=[coding.c.revision_id],
    )
    first = 0
    for (revision_id,), size in zip(groups, sizes.tolist(), strict=True):
        here = table[first : first + size]
        first += size
        document = voices.documents.get(voices.owner[revision_id])
        if document is None:
            continue
        here = here[np.lexsort((here[:, 1], here[:, 0]))]
        _, at = np.unique(here[:, 2], return_index=True)
        for start, end, code_id in here[at].tolist():
            yield document, keys[code_id], start, end
    for one in _from_narratives(connection, voices, layer):
        yield one.document, one.code, one.start, one.end


def _tally(
    connection: Connection,
    voices: Voices,
    rows: Ints,
    spoken: Spoken,
    facet: str | None,
    single: tuple[Evidence, ...],
) -> Tally:
    """Return the counted rows with the names that their numbers stand for."""
    import numpy as np

    keys, coders = (
        names_by_id(connection, tables.Code, "key"),
        names_by_id(connection, tables.Coder, "name"),
    )
    values = names_by_id(connection, tables.FacetValue, "key")
    codes, code = ranked(rows[:, 0])
    found, piece = _numbered([rows[:, n] for n in (1, 2, 3, 4)])
    groups = tuple(spoken)
    pieces = tuple(
        Evidence(
            0,
            "",
            voices.documents[voices.owner[revision]],
            revision,
            0,
            0,
            groups[people],
            coders[coder],
            "",
            {facet: values[value]} if facet and value != _NO_VALUE else {},
        )
        for revision, coder, people, value in found.tolist()
    )
    named = tuple(keys[one] for one in codes.tolist()) if len(rows) else ()
    return Tally(pieces, named, piece, code, np.ascontiguousarray(rows[:, 5]), single)


class _Counting:
    """Counts the codings of one layer, those left out that repeat another of the same coder in another round."""

    def __init__(self, connection: Connection, layer: Layer, facet: str | None) -> None:
        self._connection = connection
        self._wanted = in_layer(connection, layer, by_scan=True)
        self._value = _values(connection, facet) if facet is not None else None
        self._repeated = _repeated(connection, layer)
        self._by_id = self._value is not None or bool(self._repeated)

    def whole(
        self, alone: dict[int, tuple[str, ...]], spoken: Spoken
    ) -> Ints:
        """Return the counted rows of revisions in which the same people speak throughout."""
        import numpy as np

        coding = table_of(tables.Coding)
        group = [coding.c.code_id, coding.c.revision_id, coding.c.coder_id]
        if not self._by_id:
            query = sa.select(*group, sa.func.count()).where(self._wanted).group_by(*group)
            rows = [tuple(row) for row in self._connection.execute(query)]
            table = np.array(rows, dtype=np.int64).reshape(-1, 4)
            value, count = np.zeros(len(table), dtype=np.int64), table[:, 3]
            table = table[:, :3]
        else:
            keys, sizes, ids = read_numbers(
                self._connection, [coding.c.id], self._wanted, within=group
            )
            groups = np.array(keys, dtype=np.int64).reshape(-1, 3)
            place = np.repeat(np.arange(len(groups)), sizes)
            place, value, count = self._counted(place, ids[:, 0])
            table = groups[place]
        numbers = {
            revision: _number(people, spoken) for revision, people in alone.items()
        }
        people = np.array([numbers.get(one, -1) for one in table[:, 1].tolist()], dtype=np.int64)
        found = np.column_stack([table, people, value, count])
        return found[people >= 0]

    def by_turns(
        self, revisions: Collection[int], voices: Voices, spoken: Spoken
    ) -> Ints:
        """Return the counted rows of revisions in which the turns tell who speaks."""
        import numpy as np

        coding = table_of(tables.Coding)
        names = ["start_ch", "end_ch", "code_id", "coder_id", *(["id"] if self._by_id else [])]
        columns = [coding.c[name] for name in names]
        wanted = self._wanted
        if len(revisions) < len(voices.owner):
            wanted = sa.and_(wanted, coding.c.revision_id.in_(sorted(revisions)))
        keys, sizes, table = read_numbers(
            self._connection, columns, wanted, within=[coding.c.revision_id]
        )
        voices.read_turns([revision for (revision,) in keys])
        parts, first = [np.zeros(0, dtype=np.int64)], 0
        for (revision,), size in zip(keys, sizes.tolist(), strict=True):
            here = table[first : first + size]
            heard, which = voices.heard(revision, here[:, 0], here[:, 1])
            numbers = np.array([_number(people, spoken) for people in heard], dtype=np.int64)
            parts.append(numbers[which])
            first += size
        revision_id = np.repeat(np.array([key for (key,) in keys], dtype=np.int64), sizes)
        groups, place = _numbered(
            [table[:, 2], revision_id, table[:, 3], np.concatenate(parts)]
        )
        place, value, count = self._counted(place, table[:, -1])
        return np.column_stack([groups[place], value, count])

    def _counted(self, place: Ints, coding_id: Ints) -> tuple[Ints, Ints, Ints]:
        """Return (place, facet value, how many) for codings that each stand at a place."""
        import numpy as np

        if self._repeated:
            is_kept = ~np.isin(coding_id, self._repeated)
            place, coding_id = place[is_kept], coding_id[is_kept]
        if self._value is None:
            counts = np.bincount(place, minlength=1)
            found = np.flatnonzero(counts)
            return found, np.full(len(found), _NO_VALUE), counts[found]
        with_value, value_id = self._value
        values, number = ranked(np.append(value_id, _NO_VALUE))
        size = 1 + max(int(coding_id.max(initial=0)), int(with_value.max(initial=0)))
        of_coding = np.zeros(size, dtype=np.int32)
        of_coding[with_value] = number[:-1]
        counts = np.bincount(place * len(values) + of_coding[coding_id], minlength=1)
        found = np.flatnonzero(counts)
        return found // len(values), values[found % len(values)], counts[found]


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


def _repeated(connection: Connection, layer: Layer) -> list[int]:
    """Return the ids of codings of a layer that repeat an earlier one of the same coder in another round."""
    coding = table_of(tables.Coding)
    some = sa.select(coding.c.id).where(in_layer(connection, layer))
    rounds = [
        round_id
        for round_id in names_by_id(connection, tables.CodingRound, "name")
        if connection.execute(some.where(coding.c.round_id == round_id).limit(1)).first()
    ]
    if len(rounds) < 2:
        return []
    same = [coding.c[name] for name in ("revision_id", "start_ch", "end_ch", "code_id", "coder_id")]
    ids = sa.func.aggregate_strings(sa.cast(coding.c.id, sa.Text), ",")
    query = (
        sa.select(ids)
        .where(in_layer(connection, layer, by_scan=True))
        .group_by(*same)
        .having(sa.func.count() > 1)
    )
    return [
        repeated
        for (text,) in connection.execute(query)
        for repeated in sorted(int(one) for one in text.split(","))[1:]
    ]


def _from_narratives(connection: Connection, voices: Voices, layer: Layer) -> Iterator[Evidence]:
    """Yield the stretches of interviews that codings of narratives cover, as far as nobody's coding says so there."""
    narratives = frozenset(
        revision for revision, owner in voices.owner.items() if owner not in voices.documents
    )
    if not narratives:
        return
    coding = table_of(tables.Coding)
    names = names_by_id(connection, tables.Code, "key"), names_by_id(connection, tables.Coder, "name")
    standing: dict[int, set[tuple[int, int, str, str]]] = {}
    for one in load_evidence(connection, voices, replace(layer, revisions=narratives)):
        if one.through is None:
            continue
        if one.revision_id not in standing:
            query = sa.select(
                coding.c.start_ch, coding.c.end_ch, coding.c.code_id, coding.c.coder_id
            ).where(in_layer(connection, layer), coding.c.revision_id == one.revision_id)
            standing[one.revision_id] = {
                (start, end, names[0][code], names[1][coder])
                for start, end, code, coder in connection.execute(query)
            }
        if (one.start, one.end, one.code, one.coder) not in standing[one.revision_id]:
            yield one


def _number(people: tuple[str, ...], spoken: Spoken) -> int:
    """Return the number of a group of speakers, which is kept when it is new."""
    return spoken.setdefault(people, len(spoken))


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
