"""Codings as JSONL, for other programs and other projects."""

from __future__ import annotations

from qualcode.formats.codings import TOLD, CodingLine, write_codings
from qualcode.services.coding.reading import list_codings, quote_codings
from qualcode.storage.project import Project


def export_codings(
    project: Project,
    *,
    round: str | None = None,
    coder: str | None = None,
    with_consensus: bool = False,
) -> str:
    """Return the visible codings as JSONL, one object a line, each with its quotation."""
    found = list_codings(project, round=round, coder=coder, with_consensus=with_consensus)
    return write_codings(
        CodingLine(
            document=one.coding.document,
            code=one.coding.code,
            start=one.coding.start,
            end=one.coding.end,
            quote=one.quote,
            coder=one.coding.coder,
            round=one.coding.round,
            facets=one.coding.facets,
            weight=one.coding.weight,
            provenance=one.coding.provenance.value if one.coding.provenance in TOLD else None,
        )
        for one in quote_codings(project, found)
    )
