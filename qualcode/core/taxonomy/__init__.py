"""Spradley's domains and taxonomies: a cover term, one semantic relationship, and the terms it includes."""

from __future__ import annotations

from qualcode.core.taxonomy.arranging import TermPlace, Way, rearranged
from qualcode.core.taxonomy.domains import (
    READINGS,
    DomainEntry,
    SemanticRelationship,
    TermEntry,
    relationship_from,
)
from qualcode.core.taxonomy.tally import (
    ComponentRow,
    DomainNode,
    DomainView,
    Example,
    Taxonomy,
    TermNode,
    TermView,
    components,
    refuse_cycle,
    tally,
)

__all__ = [
    "READINGS",
    "ComponentRow",
    "DomainEntry",
    "DomainNode",
    "DomainView",
    "Example",
    "SemanticRelationship",
    "Taxonomy",
    "TermEntry",
    "TermNode",
    "TermPlace",
    "TermView",
    "Way",
    "components",
    "rearranged",
    "refuse_cycle",
    "relationship_from",
    "tally",
]
