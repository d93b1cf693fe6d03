"""Taxonomies: domains with a cover term, a semantic relationship and included terms, bound to codes and quotations."""

from __future__ import annotations

from qualcode.services.taxonomy.editing import (
    add_domain,
    add_term,
    assign_term,
    change_domain,
    import_taxonomy,
    move_term,
    remove_domain,
    remove_term,
    rename_term,
    unassign_term,
)
from qualcode.services.taxonomy.reading import (
    ComponentialView,
    export_taxonomy,
    show_components,
    show_taxonomy,
)

__all__ = [
    "ComponentialView",
    "add_domain",
    "add_term",
    "assign_term",
    "change_domain",
    "export_taxonomy",
    "import_taxonomy",
    "move_term",
    "remove_domain",
    "remove_term",
    "rename_term",
    "show_components",
    "show_taxonomy",
    "unassign_term",
]
