"""Whole numbers of very many rows, read as one array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from qualcode.storage.database import Connection

if TYPE_CHECKING:
    import numpy as np

    Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

Column: TypeAlias = sa.ColumnElement[Any]


def read_numbers(
    connection: Connection,
    columns: Sequence[Column],
    wanted: Column,
    *,
    within: Sequence[Column],
) -> tuple[list[tuple[Any, ...]], Ints, Ints]:
    """Return the groups that the rows make by `within`, how many rows each has, and all rows, group by group.

    The rows, of the shape (rows, columns), hold `columns`, which must be whole numbers and never NULL; groups are in
    the order of `within`, the rows of a group in none. The database joins a group's numbers into one text: several
    times quicker than a row of Python for each."""
    import numpy as np

    query = sa.select(*within, joined(columns))
    rows = connection.execute(query.where(wanted).group_by(*within).order_by(*within)).all()
    texts = [row[-1] for row in rows]
    width = len(columns)
    counts = np.array([(text.count(",") + 1) // width for text in texts], dtype=np.int64)
    text = ",".join(texts)
    numbers = np.fromstring(text, dtype=np.int64, sep=",") if text else counts[:0]
    return [tuple(row[:-1]) for row in rows], counts, numbers.reshape(-1, width)


def joined(columns: Sequence[Column]) -> Column:
    """Return the aggregate that writes the whole numbers of all rows of a group into one text, row by row, with commas."""
    comma: Column = sa.literal_column("','")
    text: Column = sa.cast(columns[0], sa.Text)
    for column in columns[1:]:
        text = text.concat(comma).concat(sa.cast(column, sa.Text))
    return sa.func.aggregate_strings(text, ",")


def unindexed(column: Column) -> Column:
    """Return a column so that the database looks for no index over it.

    SQLite keeps no statistics here and takes any equality for rare: it would fetch a million rows one by one from an
    index, where reading a whole index that holds all that is asked for takes a tenth of the time."""
    return column + sa.literal_column("0")


def ranked(ids: Ints) -> tuple[Ints, Ints]:
    """Return the different ids in order, and the number of each id among them; ids are small whole numbers."""
    import numpy as np

    is_there = np.bincount(ids, minlength=1) > 0
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[ids]
