"""The views of a comparison as tables: the matrix, who says what about whom, support by groups, negative cases."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence

from qualcode.core.compare import Cell, Column, Contrary, Matrix, MatrixRow, Side, Support
from qualcode.core.compare.columns import FEW
from qualcode.tui.screens.compare.table import (
    FEW_MARK,
    NOTHING,
    Figure,
    Row,
    Shown,
    Wanted,
    heat,
    numbered,
)

_ONE_BY_ONE = ("document", "participant", "coder")
_NAMED = 8


class Measure(enum.StrEnum):
    """What the cells of the matrix hold."""

    PARTICIPANTS = "participants of those who could have said it (codings)"
    PROPORTION = "share of those who could have said it"
    CODINGS = "codings"
    DOCUMENTS = "documents"
    SHARE = "share of the text"

    @property
    def option(self) -> str:
        """The word of the command line."""
        return {"CODINGS": "codings", "DOCUMENTS": "documents", "SHARE": "share"}.get(
            self.name, "participants"
        )


def matrix_table(matrix: Matrix, measure: Measure) -> Shown:
    """Return codes by columns, with what all columns come to together at the end."""
    largest = max(
        (_value(cell, measure) or 0.0 for row in matrix.rows for cell in row.cells), default=0.0
    )
    if measure in (Measure.PARTICIPANTS, Measure.PROPORTION):
        largest = 1.0
    rows = tuple(
        Row(
            row.code,
            row.name,
            row.depth + 1,
            (
                *(
                    _figure(matrix, row, cell, column, measure, largest)
                    for column, cell in zip(matrix.columns, row.cells, strict=True)
                ),
                _figure(matrix, row, row.total, None, measure, 0.0),
            ),
        )
        for row in matrix.rows
    )
    heads = (*_heads(matrix), "all")
    return Shown("code", (*_keys(matrix), ""), heads, rows, matrix.notes)


def voices_table(
    matrix: Matrix, supports: Iterable[Support], values: Mapping[str, tuple[str, ...]]
) -> Shown:
    """Return, below each code, the groups of speakers who say it, and about whom or what (the column)."""
    found = _by_code(supports)
    rows: list[Row] = []
    for row in matrix.rows:
        here = found.get(row.code, {})
        groups = sorted({name for one in here.values() for name, _ in one.groups})
        if not groups:
            continue
        rows.append(Row(row.code, row.name, row.depth + 1, ()))
        for group in groups:
            cells = tuple(
                _voice(row, column, group, here.get(column.key), values)
                for column in matrix.columns
            )
            rows.append(Row(f"{row.code}\x1f{group}", group, row.depth + 2, cells))
    return Shown("code and who speaks", _keys(matrix), _heads(matrix), tuple(rows), matrix.notes)


def support_table(matrix: Matrix, supports: Iterable[Support], groups: str) -> Shown:
    """Return by how many groups of speakers each code is supported; who stands alone with it is named so."""
    found = _by_code(supports)
    most = max((len(one.groups) for here in found.values() for one in here.values()), default=1)

    def cell(row: MatrixRow, column: Column) -> Figure:
        one = found.get(row.code, {}).get(column.key)
        if one is None or not one.participants:
            return Figure(NOTHING, 0.0, "dim", f"{row.name}, {column.name}: nobody says it")
        many = len(one.groups)
        alone = one.participants == 1
        text = "single source" if alone else f"{numbered(many, 'group')}, {one.participants}"
        who = "; ".join(f"{name}: {_names(people)}" for name, people in one.groups)
        told = (
            f"{row.name}, {column.name}: {one.reading}, "
            f"{numbered(one.codings, 'coding')}. By {groups}: {who}"
        )
        wanted = Wanted(_title(row, column), row.code, column.key)
        return Figure(text, float(many), heat(float(many), float(most)), told, wanted)

    return _filled(matrix, cell)


def contrary_table(matrix: Matrix, found: Iterable[tuple[Contrary, Sequence[object]]]) -> Shown:
    """Return who says otherwise than most: for (+), against (−) and both in one breath (±); only codes with such cases."""
    by_place = {(one.code, one.column): (one, len(cases)) for one, cases in found}
    most = max((count for _, count in by_place.values()), default=1)

    def cell(row: MatrixRow, column: Column) -> Figure:
        if (row.code, column.key) not in by_place:
            return Figure(NOTHING, 0.0, "dim", f"{row.name}, {column.name}: no negative case")
        one, cases = by_place[row.code, column.key]
        names = {side: one.names.get(side, ()) for side in Side}
        marks = {Side.FOR: "+", Side.AGAINST: "−", Side.MIXED: "±"}
        text = " ".join(f"{len(names[side])}{marks[side]}" for side in Side if names[side])
        said = "; ".join(f"{side.value}: {_names(names[side])}" for side in Side if names[side])
        held = f"most are {one.side.value} it" if one.side else "as many on either side"
        divided = f"; on both sides: {_names(one.divided)}" if one.divided else ""
        told = f"{row.name}, {column.name}: {held}; {said}{divided}. {numbered(cases, 'passage')}"
        wanted = Wanted(f"{_title(row, column)}: negative cases", row.code, column.key)
        return Figure(text, float(cases), heat(float(cases), float(most)), told, wanted)

    codes = {code for code, _ in by_place}
    return _filled(matrix, cell, codes)


def _filled(
    matrix: Matrix, cell: Callable[[MatrixRow, Column], Figure], codes: set[str] | None = None
) -> Shown:
    rows = tuple(
        Row(row.code, row.name, row.depth + 1, tuple(cell(row, one) for one in matrix.columns))
        for row in matrix.rows
        if codes is None or row.code in codes
    )
    return Shown("code", _keys(matrix), _heads(matrix), rows, matrix.notes)


def _voice(
    row: MatrixRow,
    column: Column,
    group: str,
    one: Support | None,
    values: Mapping[str, tuple[str, ...]],
) -> Figure:
    people = dict(one.groups).get(group, ()) if one is not None else ()
    could = [
        name
        for name in column.participants
        if group in values.get(name, ()) or (name == group and not values.get(name))
    ]
    of = max(len(could), len(people))
    if not people:
        return Figure(NOTHING, 0.0, "dim", f"{group} on {row.name}, {column.name}: none of {of}")
    told = (
        f"{group} on {row.name}, {column.name}: {len(people)} of {of} who could have said it: "
        + _names(people)
    )
    wanted = Wanted(
        f"{group} on {row.name}, {column.name}",
        row.code,
        column.key,
        participants=frozenset(people),
    )
    share = len(people) / of
    return Figure(f"{len(people)}/{of}", share, heat(share, 1.0), told, wanted)


def _figure(
    matrix: Matrix,
    row: MatrixRow,
    cell: Cell,
    column: Column | None,
    measure: Measure,
    largest: float,
) -> Figure:
    name = column.name if column else "all together"
    told = f"{row.name} ({row.code}), {name}: "
    if not cell.codings:
        told += f"none of the {cell.of} who could have said it" if cell.of else "nobody says it"
        return Figure(NOTHING, 0.0, "dim", told)
    value = _value(cell, measure)
    told += (
        f"{cell.participants} of {cell.of} who could have said it, "
        f"{numbered(cell.codings, 'coding')} in {numbered(cell.documents, 'document')}, "
    )
    told += f"{cell.share:.1%} of the text" if cell.share is not None else str(cell.share_reason)
    if column is not None and _is_few(matrix, column):
        told += f". {FEW_MARK} Small number: only {cell.of} could have said it"
    told += f". {_names(cell.names)}" if cell.names else ""
    wanted = Wanted(_title(row, column), row.code, column.key if column else None)
    role = heat(value, largest) if column is not None else "strong"
    return Figure(_text(cell, measure), value, role, told, wanted)


def _value(cell: Cell, measure: Measure) -> float | None:
    if measure in (Measure.PARTICIPANTS, Measure.PROPORTION):
        return cell.proportion
    if measure is Measure.SHARE:
        return cell.share
    return float(cell.codings if measure is Measure.CODINGS else cell.documents)


def _text(cell: Cell, measure: Measure) -> str:
    if measure is Measure.PARTICIPANTS:
        return f"{cell.participants}/{cell.of} ({cell.codings:,})"
    if measure is Measure.PROPORTION:
        return "—" if cell.proportion is None else f"{cell.proportion:.0%}"
    if measure is Measure.SHARE:
        return "—" if cell.share is None else f"{cell.share:.1%}"
    return f"{cell.codings if measure is Measure.CODINGS else cell.documents:,}"


def _is_few(matrix: Matrix, column: Column) -> bool:
    return (
        matrix.kind not in _ONE_BY_ONE
        and bool(column.characters)
        and len(column.participants) < FEW
    )


def _keys(matrix: Matrix) -> tuple[str, ...]:
    return tuple(column.key for column in matrix.columns)


def _heads(matrix: Matrix) -> tuple[str, ...]:
    return tuple(
        column.name + (FEW_MARK if _is_few(matrix, column) else "") for column in matrix.columns
    )


def _by_code(supports: Iterable[Support]) -> dict[str, dict[str, Support]]:
    found: dict[str, dict[str, Support]] = {}
    for one in supports:
        found.setdefault(one.code, {})[one.column] = one
    return found


def _names(people: Sequence[str]) -> str:
    named = ", ".join(people[:_NAMED])
    return named if len(people) <= _NAMED else f"{named} and {len(people) - _NAMED} more"


def _title(row: MatrixRow, column: Column | None) -> str:
    return f"{row.name}, {column.name}" if column is not None else row.name
