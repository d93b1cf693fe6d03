"""Saturation in the order of import, and under every rule that its reference compares."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.saturation import BASE, RUN, THRESHOLD, Saturation, saturation
from qualcode.errors import InputError
from qualcode.services.compare.together import measure_saturation
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_corpus
from qualcode.storage.compare_counts import load_codes_in_order
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import visible_to

IMPORT = "import"
"""The order in which the documents came into the project."""

BASES, RUNS, THRESHOLDS = (4, 5, 6), (2, 3), (0.05, 0.0)
"""The bases, runs and thresholds that Guest, Namey & Chen (2020) set side by side."""

Rule = tuple[int, int, float]


def saturation_in_order(
    project: Project,
    *,
    code: str | None = None,
    basis: str = CONSENSUS_CODER,
    rule: Rule = (BASE, RUN, THRESHOLD),
    order: str | None = IMPORT,
    orders: int = 0,
) -> Saturation:
    """Return the saturation as `measure_saturation` does, also with documents in the order of their import.

    None for `order` takes the documents by name; an attribute, by what their speakers have of it."""
    if order is None or order.strip().casefold() != IMPORT:
        return measure_saturation(
            project, code=code, basis=basis, rule=rule, order=order, orders=orders
        )
    found = _codes_by_document(project, code, basis)
    return _measured(found, rule, orders, "documents as they were imported")


def saturation_rules(
    project: Project,
    *,
    code: str | None = None,
    basis: str = CONSENSUS_CODER,
    order: str | None = IMPORT,
) -> tuple[Saturation, ...]:
    """Return the saturation of the same documents, in the same order, under each of the reference's rules."""
    found = _codes_by_document(project, code, basis)
    said = "documents as they were imported"
    if order is None or order.strip().casefold() != IMPORT:
        ordered = measure_saturation(project, code=code, basis=basis, order=order)
        found = {step.document: found[step.document] for step in ordered.steps}
        said = ordered.order
    return tuple(
        _measured(found, (base, run, threshold), 0, said)
        for threshold in THRESHOLDS
        for run in RUNS
        for base in BASES
    )


def _codes_by_document(project: Project, code: str | None, basis: str) -> dict[str, list[str]]:
    """Return the codes of each document that was read, in the order of import."""
    with project.reading() as connection:
        voices = Voices(connection)
        layer = Layer(visible_to(connection, project.actor), basis)
        coded = load_codes_in_order(connection, voices, layer)
        corpus = load_corpus(connection, voices, coded, None)
        codebook = load_codebook(connection)
    branch = set(codebook.branch(codebook.find(code).key)) if code else None
    names = [name for _, name in sorted(voices.documents.items()) if name in corpus.lengths]
    return {
        name: [one for one in coded.get(name, ()) if branch is None or one in branch]
        for name in names
    }


def _measured(found: dict[str, list[str]], rule: Rule, orders: int, said: str) -> Saturation:
    base, run, threshold = rule
    if base < 1 or run < 1 or not 0 <= threshold <= 1:
        raise InputError(
            f"base {base}, run {run}, threshold {threshold:g} are no rule",
            hint="base and run count documents from 1; the threshold is a share, as 0.05",
        )
    counted = saturation(found, base=base, run=run, threshold=threshold, orders=orders)
    return replace(counted, order=said)
