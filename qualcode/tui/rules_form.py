"""The rules of a code as a page of text to edit: headings, and an entry a line below them."""

from __future__ import annotations

from typing import Any

from qualcode.core.codebook import Code
from qualcode.errors import InputError

_LISTS = {"Include": "include", "Exclude": "exclude", "Example": "example", "Aliases": "aliases"}
_TEXTS = {"Definition": "definition", "Colour": "color"}


def rules_text(code: Code) -> str:
    """Return the page for a code."""
    lines: list[str] = []
    for heading, field in (*_TEXTS.items(), *_LISTS.items()):
        value = getattr(code, field)
        lines.append(f"{heading}:")
        entries = list(value) if field in _LISTS.values() else [value] if value else []
        lines += [f"  {entry}" for entry in entries]
    return "\n".join(lines) + "\n"


def rules_fields(text: str) -> dict[str, Any]:
    """Return the fields that a page gives; InputError names the line that stands under no heading."""
    given: dict[str, list[str]] = {}
    heading: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        name, colon, rest = line.partition(":")
        known = {**_LISTS, **_TEXTS}
        if colon and not line.startswith((" ", "\t")) and name.strip() in known:
            heading = known[name.strip()]
            given.setdefault(heading, [])
            if rest.strip():
                given[heading].append(rest.strip())
        elif line.strip():
            if heading is None:
                raise InputError(
                    f"line {number} stands under no heading",
                    hint="headings: " + ", ".join([*_TEXTS, *_LISTS]),
                )
            given[heading].append(line.strip())
    fields: dict[str, Any] = {}
    for field, entries in given.items():
        if field in _LISTS.values():
            fields[field] = tuple(entries)
        elif field == "definition":
            fields[field] = " ".join(entries)
        else:
            fields[field] = _color(entries)
    return fields


def _color(entries: list[str]) -> str | None:
    if not entries:
        return None
    digits = entries[0].removeprefix("#")
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        raise InputError(f"{entries[0]!r} is no colour", hint="six hexadecimal digits: #0072b2")
    return f"#{digits.lower()}"
