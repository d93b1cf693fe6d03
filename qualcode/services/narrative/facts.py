"""What is known of narratives without reading their evidence, and what a new one can be built from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from qualcode.core.compare import Columns, columns_for
from qualcode.core.compare.columns import NOT_GIVEN
from qualcode.core.documents import AttributeType
from qualcode.errors import QualcodeError, UnknownName
from qualcode.services.narrative.selection import Selection, Wanted, find_theme
from qualcode.storage.codebook import load_codebook
from qualcode.storage.narrative import load_narratives
from qualcode.storage.narrative_tracing import how_built
from qualcode.storage.project import CONSENSUS_CODER, Project

MOST_CHOICES = 24
"""An attribute of more values than this is not offered for one narrative each."""


@dataclass(frozen=True, slots=True)
class NarrativeFacts:
    """A narrative as a list shows it at once. `theme` is its id, `theme_name` how the codebook calls it now."""

    document: str
    title: str
    theme: str
    theme_name: str
    by: str | None
    value: str | None
    basis: str
    round: str | None
    passages: int
    prose: int
    words: int
    versions: int
    built: datetime


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """One value of a facet or attribute, and how many passages of the theme fall under it."""

    key: str
    name: str
    passages: int


@dataclass(frozen=True, slots=True)
class SplitChoice:
    """A facet or attribute that a theme's passages can be told apart by; `kind` is `facet` or `attribute`."""

    name: str
    kind: str
    values: tuple[ValueChoice, ...]


def list_facts(project: Project) -> tuple[NarrativeFacts, ...]:
    """Return the narratives by name. Nothing is compared with the evidence: that is `show_narrative`."""
    with project.reading() as connection:
        codebook = load_codebook(connection)
        built = how_built(connection)
        found = []
        for row in load_narratives(connection):
            try:
                name = find_theme(codebook, row.theme).name
            except UnknownName:
                name = row.theme
            one = built[row.id]
            found.append(
                NarrativeFacts(
                    document=row.document.name,
                    title=row.title,
                    theme=row.theme,
                    theme_name=name,
                    by=row.by,
                    value=row.value,
                    basis=row.basis,
                    round=row.round,
                    passages=one.passages,
                    prose=one.prose,
                    words=row.document.words,
                    versions=one.versions,
                    built=one.last,
                )
            )
    return tuple(found)


def split_choices(
    project: Project, theme: str, *, round: str | None = None, basis: str = CONSENSUS_CODER
) -> tuple[SplitChoice, ...]:
    """Return the facets and attributes with at most `MOST_CHOICES` values by which a theme's passages differ.

    Facets stand first, before the others those that are attributes of the speakers too, such as the site."""
    with project.reading() as connection:
        base = Selection(connection, Wanted(theme, round=round, basis=basis))
    facets = [facet.key for facet in base.codebook.facets]
    facets.sort(key=lambda name: base.corpus.attribute(name) is None)
    choices = []
    attributes = [
        name
        for name, kind in base.corpus.attributes.items()
        if kind is AttributeType.CHOICE and name not in facets
    ]
    for name in (*facets, *sorted(attributes)):
        try:
            columns = columns_for(name, base.corpus, base.codebook, base.evidence)
        except QualcodeError:
            continue
        values = _values(columns, base)
        if 1 < len(values) <= MOST_CHOICES:
            choices.append(SplitChoice(columns.name, columns.kind, values))
    return tuple(choices)


def _values(columns: Columns, base: Selection) -> tuple[ValueChoice, ...]:
    codes = {section.code for section in base.sections}
    places: Counter[str] = Counter()
    counted = set()
    for one in base.evidence:
        if one.code not in codes:
            continue
        for key, _ in columns.place(one):
            place = (key, one.revision_id, one.start, one.end)
            if key != NOT_GIVEN and place not in counted:
                counted.add(place)
                places[key] += 1
    return tuple(
        ValueChoice(column.key, column.name, places[column.key])
        for column in columns.columns
        if places[column.key]
    )
