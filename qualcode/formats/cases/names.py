"""Names of variables that SPSS takes: legal, and different from one another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 64
_RESERVED = frozenset(
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]
)


def legal_names(wanted: Iterable[str]) -> list[str]:
    """Return a name for each: letters, digits and `_` of ASCII, a letter first, at most 64 characters, no word that

    SPSS reserves, and none twice even when case is ignored."""
    found: list[str] = []
    taken: set[str] = set()
    for text in wanted:
        base = _legal(text)
        name, n = base, 1
        while name.upper() in taken:
            n += 1
            name = f"{base[: _LONGEST - len(str(n)) - 1]}_{n}"
        taken.add(name.upper())
        found.append(name)
    return found


def _legal(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    name = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")[:_LONGEST].rstrip("_")
    if not name or not name[0].isalpha() or name.upper() in _RESERVED:
        name = f"v_{name}"[:_LONGEST].rstrip("_")
    return name
