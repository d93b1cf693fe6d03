"""Tables of cases as a system file of SPSS: variable labels, value labels and missing values included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from qualcode.core.compare.cases import CaseCell, CaseTable, CaseVariable
from qualcode.core.documents import AttributeType
from qualcode.core.participants import is_date, is_number
from qualcode.formats.cases.names import legal_names
from qualcode.formats.cases.sysfile import DATE, LONGEST_TEXT, NUMBER, TEXT, Variable, sysfile

_SPSS_BEGINS = date(1582, 10, 14).toordinal()
_SECONDS_OF_DAY = 86_400
Value = float | str | None


@dataclass(slots=True)
class _Column:
    """A variable of the file, under the name it is wanted to have, with its values."""

    variable: Variable
    values: list[Value] = field(default_factory=list)


def to_sav(table: CaseTable, *, title: str = "") -> tuple[bytes, tuple[str, ...]]:
    """Return the file, and notes on what it could not hold.

    A choice becomes numbers with value labels; where somebody has several values of it, a variable 0/1 for each value.
    Declared codes for missing values are missing values of the variable; no value is the system's own. Dates are dates.
    Texts longer than 255 bytes are cut (a limit of plain string variables), and values of another type than their
    attribute's are missing: both are noted."""
    notes = list(table.notes)
    columns = [_text("participant", "Pseudonym", [name for name, _ in table.rows], notes)]
    for n, variable in enumerate(table.variables):
        cells = [cells[n] for _, cells in table.rows]
        columns += _columns(variable, cells, notes)
    names = legal_names(column.variable.name for column in columns)
    variables = [
        replace(column.variable, name=name) for name, column in zip(names, columns, strict=True)
    ]
    rows = list(zip(*(column.values for column in columns), strict=True))
    return sysfile(variables, rows, title=title), tuple(notes)


def _columns(variable: CaseVariable, cells: list[CaseCell], notes: list[str]) -> Iterator[_Column]:
    if variable.code is not None:
        yield _Column(
            Variable(
                variable.name,
                NUMBER,
                label=variable.label,
                values={float(value): label for value, label in variable.values.items()},
                is_scale=not variable.is_presence,
            ),
            [float(cell) if isinstance(cell, int) else None for cell in cells],
        )
        return
    given = [cell if isinstance(cell, tuple) else () for cell in cells]
    has_several = any(len(values) > 1 for values in given)
    if variable.type is AttributeType.CHOICE:
        yield from _several(variable, given) if has_several else [_choice(variable, given)]
    elif variable.type is AttributeType.NUMBER and not has_several:
        yield _number(variable, given)
    elif variable.type is AttributeType.DATE and not has_several:
        yield _date(variable, given)
    else:
        joined = ["; ".join(values) for values in given]
        yield _text(variable.name, variable.label, joined, notes)


def _choice(variable: CaseVariable, given: list[tuple[str, ...]]) -> _Column:
    """Return the values numbered from 1 in their order; codes for missing values follow them, or keep their number."""
    number = {value: float(n) for n, value in enumerate(variable.values, start=1)}
    missing: dict[str, float] = {}
    for n, value in enumerate(variable.definition.missing, start=1):
        own = float(value) if is_number(value) else -float(n)
        missing[value] = own if own not in (*number.values(), *missing.values()) else -900.0 - n
    labels = {number[value]: label or value for value, label in variable.values.items()}
    labels |= {missing[value]: variable.definition.missing[value] or value for value in missing}
    numbers = number | missing
    return _Column(
        Variable(
            variable.name,
            NUMBER,
            label=variable.label,
            values=labels,
            missing=tuple(missing.values()),
            is_scale=False,
        ),
        [numbers.get(values[0]) if values else None for values in given],
    )


def _several(variable: CaseVariable, given: list[tuple[str, ...]]) -> Iterator[_Column]:
    for value, label in variable.values.items():
        yield _Column(
            Variable(
                f"{variable.name}_{value}",
                NUMBER,
                label=f"{variable.label}: {label or value}",
                values={0.0: "no", 1.0: "yes"},
                is_scale=False,
            ),
            [_holds(variable, values, value) for values in given],
        )


def _holds(variable: CaseVariable, values: tuple[str, ...], value: str) -> float | None:
    real = [one for one in values if not variable.definition.is_missing(one)]
    return float(value in real) if real else None


def _number(variable: CaseVariable, given: list[tuple[str, ...]]) -> _Column:
    missing = {float(value): why for value, why in variable.definition.missing.items()}
    labels = {float(value): label for value, label in variable.values.items() if is_number(value)}
    labels |= {value: why or "missing" for value, why in missing.items()}
    return _Column(
        Variable(
            variable.name,
            NUMBER,
            label=variable.label,
            values=labels,
            missing=tuple(missing),
        ),
        [float(values[0]) if values and is_number(values[0]) else None for values in given],
    )


def _date(variable: CaseVariable, given: list[tuple[str, ...]]) -> _Column:
    return _Column(
        Variable(variable.name, DATE, label=variable.label),
        [_seconds(values[0]) if values and is_date(values[0]) else None for values in given],
    )


def _seconds(day: str) -> float:
    return float((date.fromisoformat(day).toordinal() - _SPSS_BEGINS) * _SECONDS_OF_DAY)


def _text(name: str, label: str, texts: list[str], notes: list[str]) -> _Column:
    long = sum(len(_bytes(text)) > LONGEST_TEXT for text in texts)
    if long:
        notes.append(
            f"{name}: {long} of {len(texts)} texts are cut at {LONGEST_TEXT} bytes; csv holds them whole"
        )
    width = max([1, *(min(len(_bytes(text)), LONGEST_TEXT) for text in texts)])
    return _Column(Variable(name, TEXT, width=width, label=label, is_scale=False), [*texts])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
