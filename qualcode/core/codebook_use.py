"""How much each code is used, and what became of its wording: what stands beside a code in its codebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qualcode.core.codebook import Codebook, Touched

_SOURCED = re.compile(
    r"(?P<quote>.*\S)\s+\[(?P<document>.+) (?P<start>\d+)[–-](?P<end>\d+)\]", re.S
)


@dataclass(frozen=True, slots=True)
class CodeUse:
    """The visible codings of a code: `own` by the viewer, `codings` by anybody; `with_below` adds the codes below it.

    `documents` and `coders` are those of the code and the codes below it."""

    own: int = 0
    codings: int = 0
    with_below: int = 0
    documents: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One change of a code: who, when, what was done, and of which field with its text before and after."""

    at: datetime
    actor: str
    action: str
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class CodeQuotation:
    """One quotation of a code, the `n`-th (from 0) of `total`: coding `id`, who gave it, and who speaks."""

    n: int
    total: int
    id: int
    code: str
    document: str
    start: int
    end: int
    quote: str
    coder: str
    round: str
    turn: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class SourcedExample:
    """An example that is a quotation: its words, and the span of the document they stand in."""

    quote: str
    document: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{' '.join(self.quote.split())} [{self.document} {self.start}–{self.end}]"


def sourced_example(text: str) -> SourcedExample | None:
    """Return what an example says of its source, written `words [document start–end]`; None where it says nothing."""
    found = _SOURCED.fullmatch(text.strip())
    if found is None or not int(found["start"]) < int(found["end"]):
        return None
    return SourcedExample(
        found["quote"], found["document"], int(found["start"]), int(found["end"])
    )


def touched_lines(found: Touched) -> tuple[str, ...]:
    """Return what stands on a code, a line for each kind of thing; nothing where nothing stands on it."""
    lines = [f"codes below it: {', '.join(found.below)}"] if found.below else []
    lines += [
        f"{_counted(count, 'coding')} by {coder} in {round_}"
        for coder, round_, count in found.codings
    ]
    if found.consensus:
        lines.append(f"{_counted(found.consensus, 'coding')} of the consensus")
    lines += [_counted(count, what) for what, count in found.others]
    if found.themes:
        lines.append(f"themes fed by it: {', '.join(found.themes)}")
    if found.facets:
        lines.append(f"facets asked for it: {', '.join(found.facets)}")
    return tuple(lines)


def _counted(count: int, noun: str) -> str:
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun if count == 1 else many}"


def count_use(
    codebook: Codebook, rows: Iterable[tuple[str, str, str, int]], *, viewer: str
) -> dict[str, CodeUse]:
    """Return the use of every code from rows of (code, document, coder, how many codings)."""
    own = dict.fromkeys(codebook.by_key, 0)
    codings = dict.fromkeys(codebook.by_key, 0)
    below = dict.fromkeys(codebook.by_key, 0)
    documents: dict[str, set[str]] = {key: set() for key in codebook.by_key}
    coders: dict[str, set[str]] = {key: set() for key in codebook.by_key}
    line = {key: (key, *codebook.ancestors(key)) for key in codebook.by_key}
    for code, document, coder, count in rows:
        if code not in line:
            continue
        codings[code] += count
        own[code] += count if coder == viewer else 0
        for key in line[code]:
            below[key] += count
            documents[key].add(document)
            coders[key].add(coder)
    return {
        key: CodeUse(
            own[key],
            codings[key],
            below[key],
            tuple(sorted(documents[key])),
            tuple(sorted(coders[key])),
        )
        for key in codebook.by_key
    }
