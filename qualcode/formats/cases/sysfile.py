"""The bytes of an SPSS system file (.sav), as the PSPP developers' guide describes them: little-endian, uncompressed.

Header, a record for each variable (and one for each further eight bytes of a text), value labels, extension records
(machine, display, long names, encoding), an end record, then eight bytes for each number or part of a text of each case.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

NUMBER, DATE, TEXT = "number", "date", "text"
LONGEST_TEXT = 255
_LONGEST_LABEL = 255
_LONGEST_VALUE_LABEL = 120
_SYSMIS = -sys.float_info.max
_LOWEST = -struct.unpack("<d", b"\xfe\xff\xff\xff\xff\xff\xef\x7f")[0]
# type of the format << 16 | width << 8 | decimals; A is 1, F is 5, SDATE (yyyy/mm/dd) is 39
_FORMATS = {NUMBER: (5, 8, 2), DATE: (39, 10, 0)}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: `name` is legal, `width` the bytes of a text; `values` labels numbers, `missing` at most three."""

    name: str
    kind: str
    width: int = 0
    label: str = ""
    values: Mapping[float, str] = field(default_factory=dict)
    missing: tuple[float, ...] = ()
    is_scale: bool = True

    @property
    def cells(self) -> int:
        """Return how many pieces of eight bytes a value takes."""
        return (self.width + 7) // 8 if self.kind == TEXT else 1


def sysfile(
    variables: Sequence[Variable],
    rows: Sequence[Sequence[float | str | None]],
    *,
    title: str = "",
) -> bytes:
    """Return the file. A cell that is None is the system's missing value, or an empty text."""
    parts = [_header(sum(one.cells for one in variables), len(rows), title)]
    parts += [_variable(one, f"V{n:07}") for n, one in enumerate(variables, start=1)]
    place = 1
    for one in variables:
        if one.values:
            parts.append(_value_labels(one, place))
        place += one.cells
    parts += [
        _extension(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001)),
        _extension(4, 8, struct.pack("<3d", _SYSMIS, sys.float_info.max, _LOWEST)),
        _extension(11, 4, b"".join(_display(one) for one in variables)),
        _extension(13, 1, _long_names(variables)),
        _extension(20, 1, b"UTF-8"),
        struct.pack("<2i", 999, 0),
    ]
    parts += [_cell(one, value) for row in rows for one, value in zip(variables, row, strict=True)]
    return b"".join(parts)


def _header(cells: int, cases: int, title: str) -> bytes:
    return b"".join(
        [
            b"$FL2",
            _padded("@(#) SPSS DATA FILE - qualcode", 60),
            struct.pack("<5i", 2, cells, 0, 0, cases),
            struct.pack("<d", 100.0),
            # no date: the same table makes the same file
            b"01 Jan 70",
            b"00:00:00",
            _padded(title, 64),
            bytes(3),
        ]
    )


def _variable(one: Variable, short: str) -> bytes:
    kind, width, decimals = _FORMATS.get(one.kind, (1, one.width, 0))
    form = kind << 16 | width << 8 | decimals
    label = _cut(one.label, _LONGEST_LABEL)
    head = struct.pack(
        "<6i",
        2,
        one.width if one.kind == TEXT else 0,
        int(bool(label)),
        len(one.missing),
        form,
        form,
    )
    parts = [head, short.encode()]
    if label:
        parts.append(struct.pack("<i", len(label)) + label.ljust(-(-len(label) // 4) * 4))
    parts.append(struct.pack(f"<{len(one.missing)}d", *one.missing))
    parts += [struct.pack("<6i", 2, -1, 0, 0, 0, 0) + b" " * 8] * (one.cells - 1)
    return b"".join(parts)


def _value_labels(one: Variable, place: int) -> bytes:
    parts = [struct.pack("<2i", 3, len(one.values))]
    for value, words in one.values.items():
        label = _cut(words, _LONGEST_VALUE_LABEL)
        text = bytes([len(label)]) + label
        parts.append(struct.pack("<d", value) + text.ljust(-(-len(text) // 8) * 8))
    parts.append(struct.pack("<3i", 4, 1, place))
    return b"".join(parts)


def _display(one: Variable) -> bytes:
    measure = 3 if one.is_scale else 1
    width = min(max(one.width, 8), 40) if one.kind == TEXT else 10
    return struct.pack("<3i", measure, width, 0 if one.kind == TEXT else 1)


def _long_names(variables: Iterable[Variable]) -> bytes:
    pairs = (f"V{n:07}={one.name}" for n, one in enumerate(variables, start=1))
    return "\t".join(pairs).encode()


def _extension(subtype: int, size: int, content: bytes) -> bytes:
    return struct.pack("<4i", 7, subtype, size, len(content) // size) + content


def _cell(one: Variable, value: float | str | None) -> bytes:
    if one.kind == TEXT:
        return _padded(value if isinstance(value, str) else "", one.cells * 8, one.width)
    return struct.pack("<d", value if isinstance(value, float) else _SYSMIS)


def _padded(text: str, size: int, most: int | None = None) -> bytes:
    return _cut(text, size if most is None else most).ljust(size)


def _cut(text: str, most: int) -> bytes:
    """Return the text as at most so many bytes of UTF-8, never half a character."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").encode()
