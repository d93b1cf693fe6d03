"""A taxonomy as Markdown, CSV and docx: the tree with its counts, examples, and what is missing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from qualcode.core.coding import shortened
from qualcode.core.taxonomy import DomainView, Taxonomy, TermView
from qualcode.formats.narrative.parts import xml_text
from qualcode.formats.tables import Cell, to_csv, to_markdown

_EXAMPLE_WIDTH = 160


def taxonomy_markdown(taxonomy: Taxonomy) -> str:
    """Return the taxonomy as Markdown: a table for each domain, terms indented by their depth."""
    blocks = ["# Taxonomy", f"*Counted on {_layer(taxonomy)}; people are counted once.*"]
    for domain in taxonomy.domains:
        blocks.append(f"## {domain.cover_term}")
        blocks.append(f"*{domain.reading}*")
        if domain.definition:
            blocks.append(domain.definition)
        columns, rows = _table(domain)
        blocks.append(to_markdown(columns, rows).rstrip())
    for heading, lines in _gaps(taxonomy):
        blocks.append(f"## {heading}")
        blocks.append("\n".join(f"- {line}" for line in lines))
    return "\n\n".join(blocks) + "\n"


def taxonomy_csv(taxonomy: Taxonomy) -> str:
    """Return one row for each term of every domain."""
    columns = [
        "cover_term",
        "relationship",
        "term",
        "depth",
        "included_in",
        "code",
        "reads",
        "codings",
        "documents",
        "participants",
        "sites",
        "example",
        "example_document",
    ]
    rows: list[list[Cell]] = []
    for domain in taxonomy.domains:
        names = {term.id: term.name for term in domain.terms}
        for term in domain.terms:
            rows.append(
                [
                    domain.cover_term,
                    domain.relationship.value,
                    term.name,
                    term.depth,
                    names.get(term.parent or 0),
                    term.code,
                    term.reading,
                    term.codings,
                    term.documents,
                    term.participants,
                    "; ".join(f"{site}: {count}" for site, count in term.sites),
                    term.example.quote if term.example else None,
                    term.example.document if term.example else None,
                ]
            )
    return to_csv(columns, rows)


def taxonomy_docx(taxonomy: Taxonomy) -> bytes:
    """Return a word-processor document: a heading, the reading and a table for each domain, then the gaps."""
    from docx import Document

    document = Document()
    document.core_properties.title = "Taxonomy"
    document.core_properties.author = "qualcode"
    document.add_heading("Taxonomy", level=0)
    document.add_paragraph().add_run(
        f"Counted on {_layer(taxonomy)}; people are counted once."
    ).italic = True
    for domain in taxonomy.domains:
        document.add_heading(xml_text(domain.cover_term), level=1)
        document.add_paragraph().add_run(domain.reading).italic = True
        if domain.definition:
            document.add_paragraph(xml_text(domain.definition))
        _docx_table(document, domain)
    for heading, lines in _gaps(taxonomy):
        document.add_heading(heading, level=1)
        for line in lines:
            document.add_paragraph(xml_text(line), style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_table(document: Any, domain: DomainView) -> None:
    from docx.shared import Pt

    columns, rows = _table(domain)
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run("" if value is None else xml_text(str(value)))
    for line in table.rows:
        for cell in line.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)


def _table(domain: DomainView) -> tuple[list[str], list[list[Cell]]]:
    sites = [name for name, _ in domain.terms[0].sites] if domain.terms else []
    columns = ["Included term", "Codings", "Participants", *sites, "Example"]
    return columns, [_row(term) for term in domain.terms]


def _row(term: TermView) -> list[Cell]:
    indent = "· " * term.depth
    example = ""
    if term.example is not None:
        who = " and ".join(term.example.participants) or term.example.document
        example = f"“{shortened(term.example.quote, _EXAMPLE_WIDTH)}” ({who})"
    counts: list[Cell] = [count for _, count in term.sites]
    return [f"{indent}{term.name}", term.codings, term.participants, *counts, example]


def _gaps(taxonomy: Taxonomy) -> Iterator[tuple[str, list[str]]]:
    if taxonomy.without_evidence:
        yield (
            "Terms without evidence",
            [f"{term} ({cover})" for cover, term in taxonomy.without_evidence],
        )
    if taxonomy.without_place:
        yield (
            "Codes without a place",
            [f"{code}: {_count(count)}" for code, count in taxonomy.without_place],
        )


def _layer(taxonomy: Taxonomy) -> str:
    return "the consensus" if taxonomy.basis == "consensus" else f"the codings of {taxonomy.basis}"


def _count(number: int) -> str:
    return "1 coding" if number == 1 else f"{number} codings"
