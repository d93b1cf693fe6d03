"""A taxonomy as Markdown, CSV and docx: the tree with its counts, examples, and what is missing."""

from __future__ import annotations

import io
from collections.abc import Iterator

from qualcode.core.coding import shortened
from qualcode.core.taxonomy import DomainView, Taxonomy, TermView
from qualcode.formats.tables import Cell, to_csv, to_markdown

_EXAMPLE_WIDTH = 160
_PAGE_CM, _MANY_SITES = 16.0, 4
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def taxonomy_markdown(taxonomy: Taxonomy) -> str:
    """Return the taxonomy as Markdown: a table for each domain, terms indented by their depth."""
    blocks = ["# Taxonomy", f"*Counted on {_layer(taxonomy)}; people are counted once.*"]
    for domain in taxonomy.domains:
        blocks.append(f"## {domain.cover_term}")
        blocks.append(f"*{domain.reading} ({domain.relationship.words})*")
        if domain.definition:
            blocks.append(domain.definition)
        columns, rows = _table(domain, _sites(taxonomy))
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
    from docx.oxml import parse_xml

    from qualcode.formats.narrative.docx_look import new_document, paragraph, run

    document = new_document("Taxonomy")
    layer = f"Counted on {_layer(taxonomy)}; people are counted once."
    pieces = [paragraph("Title", run("Taxonomy")), paragraph("MethodLine", run(layer))]
    for domain in taxonomy.domains:
        pieces += _docx_domain(domain, _sites(taxonomy))
    for heading, lines in _gaps(taxonomy):
        pieces.append(paragraph("Heading1", run(heading)))
        pieces += [paragraph("ListBullet", run(line)) for line in lines]
    last = document.element.body[-1]
    for element in parse_xml(f'<w:body xmlns:w="{_WORD}">{"".join(pieces)}</w:body>'):
        last.addprevious(element)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_domain(domain: DomainView, sites: tuple[str, ...]) -> list[str]:
    from qualcode.formats.narrative.docx_look import paragraph, run, table

    columns, rows = _table(domain, sites)
    counts = [1.6, 2.4, *[min(1.4, 6.0 / max(len(sites), 1))] * len(sites)]
    term = 3.8 if len(sites) < _MANY_SITES else 3.2
    widths = [term, *counts, max(_PAGE_CM - term - sum(counts), 3.6)]
    pieces = [
        paragraph("Heading1", run(domain.cover_term)),
        paragraph("Definition", run(f"{domain.reading} ({domain.relationship.words})")),
    ]
    if domain.definition:
        pieces.append(paragraph("Normal", run(domain.definition)))
    return [*pieces, table(columns, rows, widths)]


def _sites(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the sites that anything is said of in these domains; one of them may be silent in a single domain."""
    terms = [term for domain in taxonomy.domains for term in domain.terms]
    return tuple(dict.fromkeys(name for term in terms for name, count in term.sites if count))


def _table(domain: DomainView, sites: tuple[str, ...]) -> tuple[list[str], list[list[Cell]]]:
    columns = ["Included term", "Codings", "Participants", *sites, "Example"]
    return columns, [_row(term, sites) for term in domain.terms]


def _row(term: TermView, sites: tuple[str, ...]) -> list[Cell]:
    indent = "· " * term.depth
    example = ""
    if term.example is not None:
        who = " and ".join(term.example.participants) or term.example.document
        example = f"“{shortened(term.example.quote, _EXAMPLE_WIDTH)}” ({who})"
    known = dict(term.sites)
    counts: list[Cell] = [known.get(site, 0) for site in sites]
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
