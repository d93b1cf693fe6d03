"""Spradley's domains and taxonomies: a cover term, one semantic relationship, and the terms it includes."""

from __future__ import annotations

from qualcode.core.taxonomy.arranging import TermPlace, Way, rearranged
from qualcode.core.taxonomy.counting import Counting, TermCounting, TermFigures
from qualcode.core.taxonomy.domains import (
    READINGS,
    DomainEntry,
    SemanticRelationship,
    TermEntry,
    relationship_from,
)
from qualcode.core.taxonomy.nodes import DomainNode, Example, TermNode
from qualcode.core.taxonomy.tallied import TalliedCounting
from qualcode.core.taxonomy.tally import (
    ComponentRow,
    DomainView,
    Taxonomy,
    TermView,
    components,
    refuse_cycle,
    tally,
    tally_on,
)

__all__ = [
    "READINGS",
    "ComponentRow",
    "Counting",
    "DomainEntry",
    "DomainNode",
    "DomainView",
    "Example",
    "SemanticRelationship",
    "TalliedCounting",
    "Taxonomy",
    "TermCounting",
    "TermEntry",
    "TermFigures",
    "TermNode",
    "TermPlace",
    "TermView",
    "Way",
    "components",
    "rearranged",
    "refuse_cycle",
    "relationship_from",
    "tally",
    "tally_on",
]
