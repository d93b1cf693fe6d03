"""The quotations behind a term or a code, and those that could be bound to a term."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.compare import Evidence, columns_for
from qualcode.core.compare.columns import NOT_GIVEN
from qualcode.core.quotations import Quotation, holding
from qualcode.errors import UnknownName
from qualcode.services.taxonomy.finding import find_node, find_term
from qualcode.services.taxonomy.layer import LayerReading
from qualcode.storage.project import Project
from qualcode.storage.quoting import quoted

MOST_FOUND = 500


def term_quotations(
    project: Project,
    domain: str,
    term: str,
    *,
    dimension: str | None = None,
    layer: LayerReading | None = None,
) -> tuple[Quotation, ...]:
    """Return the quotations behind a term, those of the terms it includes with it; those bound to it stand first.

    With a facet or attribute as `dimension` only those that have a value there; with another one, none.
    The consensus is read, or the `layer` that is given."""
    with project.reading() as connection:
        reading = (layer or LayerReading(project)).refresh(connection)
        node = find_node(reading.nodes, domain)
        found = find_term(node, term)
        wanted = reading.behind(found)
        wanted.sort(key=lambda one: (one.document, one.start, one.end))
        bound = set(found.quotations)
        if dimension is not None:
            wanted = _with_value(reading, wanted, dimension)
        wanted.sort(key=lambda one: one.coding_id not in bound)
        return quoted(connection, wanted, bound=bound)


def code_quotations(
    project: Project, code: str, *, layer: LayerReading | None = None
) -> tuple[Quotation, ...]:
    """Return the quotations of a code (not of those below it), such as one that no term stands for."""
    with project.reading() as connection:
        reading = (layer or LayerReading(project)).refresh(connection)
        key = reading.codebook.find(code).key
        return quoted(connection, reading.of([key]))


def find_quotations(
    project: Project,
    words: str = "",
    *,
    code: str | None = None,
    most: int = MOST_FOUND,
    layer: LayerReading | None = None,
) -> tuple[Quotation, ...]:
    """Return quotations that could be bound to a term: all these words in text, document, code, coder or participants.

    `code` takes in everything below it. At most so many, in the order of the documents."""
    with project.reading() as connection:
        reading = (layer or LayerReading(project)).refresh(connection)
        if code is not None:
            evidence = reading.of(reading.codebook.branch(reading.codebook.find(code).key))
        else:
            evidence = reading.evidence
        return holding(quoted(connection, evidence), words)[:most]


def _with_value(
    reading: LayerReading, evidence: Sequence[Evidence], dimension: str
) -> list[Evidence]:
    try:
        columns = columns_for(
            dimension, reading.corpus, reading.codebook, reading.counting_by(dimension).evidence
        )
    except UnknownName:
        return []
    return [one for one in evidence if any(key != NOT_GIVEN for key, _ in columns.place(one))]
