"""Framework matrix: the analyst's summary in every cell, bound to the evidence it was written on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Columns
from qualcode.core.compare.evidence import Evidence
from qualcode.core.compare.matrix import rows_by_code


@dataclass(frozen=True, slots=True)
class Summary:
    """What an analyst wrote into a cell, and the digest of the evidence as it stood then."""

    text: str
    author: str
    digest: str


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """One case (a column of the comparison) under one code. `is_stale`: the evidence has changed since the summary."""

    code: str
    case: str
    codings: int
    participants: tuple[str, ...]
    coding_ids: tuple[int, ...]
    summary: Summary | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Framework:
    """Cases in rows, codes in columns, as framework analysis lays them out (Ritchie & Spencer 1994)."""

    by: str
    basis: str
    codes: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], FrameworkCell]

    @property
    def stale(self) -> tuple[FrameworkCell, ...]:
        return tuple(cell for cell in self.cells.values() if cell.is_stale)


def evidence_digest(evidence: Iterable[Evidence]) -> str:
    """Return what a summary remembers of its evidence: the same passages with the same codes and facets give the same."""
    lines = sorted(
        f"{one.document}\x1f{one.start}\x1f{one.end}\x1f{one.code}\x1f{sorted(one.facets.items())}"
        for one in evidence
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def cell_evidence(
    evidence: Iterable[Evidence], code: str, column: str, columns: Columns, codebook: Codebook
) -> list[Evidence]:
    """Return the evidence of a code's branch in one column."""
    branch = set(codebook.branch(code))
    return [
        one
        for one in evidence
        if one.code in branch and column in (key for key, _ in columns.place(one))
    ]


def build_framework(
    evidence: Sequence[Evidence],
    codes: Sequence[str],
    columns: Columns,
    codebook: Codebook,
    summaries: Mapping[tuple[str, str], Summary],
    *,
    basis: str = "consensus",
) -> Framework:
    """Return the framework of these codes and cases; `summaries` are keyed by (code, column key)."""
    rows_of = rows_by_code(codebook, codes)
    behind: dict[tuple[str, str], list[Evidence]] = {}
    for one in evidence:
        rows = rows_of.get(one.code, ())
        for key, _ in columns.place(one) if rows else ():
            for row in rows:
                behind.setdefault((row, key), []).append(one)
    cells = {
        (code, column.key): _cell(
            code, column.key, behind.get((code, column.key), []), summaries.get((code, column.key))
        )
        for code in codes
        for column in columns.columns
    }
    cases = tuple((column.key, column.name) for column in columns.columns)
    return Framework(columns.name, basis, tuple(codes), cases, cells)


def _cell(
    code: str, case: str, evidence: Sequence[Evidence], summary: Summary | None
) -> FrameworkCell:
    ids = tuple(dict.fromkeys(one.coding_id for one in evidence))
    return FrameworkCell(
        code,
        case,
        len(ids),
        tuple(sorted({name for one in evidence for name in one.participants})),
        ids,
        summary,
        summary is not None and summary.digest != evidence_digest(evidence),
    )
