"""Concept maps: concepts over codes, links between them with evidence, drawn and exported."""

from __future__ import annotations

from qualcode.services.concept.behind import (
    concept_quotations,
    evidence_candidates,
    link_quotations,
)
from qualcode.services.concept.editing import (
    add_concept,
    change_concept,
    change_link,
    drop_gone,
    link_concepts,
    loosen_link,
    remove_concept,
    remove_map,
    rename_map,
    support_link,
    unlink_concepts,
)
from qualcode.services.concept.importing import ImportedMap, import_map
from qualcode.services.concept.reading import (
    FORMATS,
    CodeCounts,
    MapFacts,
    draw_map,
    export_map,
    list_facts,
    list_maps,
    show_map,
)

__all__ = [
    "FORMATS",
    "CodeCounts",
    "ImportedMap",
    "MapFacts",
    "add_concept",
    "change_concept",
    "change_link",
    "concept_quotations",
    "draw_map",
    "drop_gone",
    "evidence_candidates",
    "export_map",
    "import_map",
    "link_concepts",
    "link_quotations",
    "list_facts",
    "list_maps",
    "loosen_link",
    "remove_concept",
    "remove_map",
    "rename_map",
    "show_map",
    "support_link",
    "unlink_concepts",
]
