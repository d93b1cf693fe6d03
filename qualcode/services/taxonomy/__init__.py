"""Taxonomies: domains with a cover term, a semantic relationship and included terms, bound to codes and quotations."""

from __future__ import annotations

from qualcode.core.taxonomy import Way
from qualcode.services.taxonomy.arranging import (
    put_terms_under,
    remove_terms,
    shift_domain,
    shift_terms,
)
from qualcode.services.taxonomy.behind import (
    MOST_FOUND,
    code_quotations,
    find_quotations,
    term_quotations,
)
from qualcode.services.taxonomy.contrasting import (
    ComponentialView,
    dimensions_of,
    fill_cell,
    rename_dimension,
    show_components,
)
from qualcode.services.taxonomy.editing import (
    add_domain,
    add_term,
    assign_term,
    change_domain,
    move_term,
    remove_domain,
    remove_term,
    rename_term,
    unassign_term,
)
from qualcode.services.taxonomy.importing import import_taxonomy
from qualcode.services.taxonomy.layer import LayerReading
from qualcode.services.taxonomy.reading import export_taxonomy, show_taxonomy

__all__ = [
    "MOST_FOUND",
    "ComponentialView",
    "LayerReading",
    "Way",
    "add_domain",
    "add_term",
    "assign_term",
    "change_domain",
    "code_quotations",
    "dimensions_of",
    "export_taxonomy",
    "fill_cell",
    "find_quotations",
    "import_taxonomy",
    "move_term",
    "put_terms_under",
    "remove_domain",
    "remove_term",
    "remove_terms",
    "rename_dimension",
    "rename_term",
    "shift_domain",
    "shift_terms",
    "show_components",
    "show_taxonomy",
    "term_quotations",
    "unassign_term",
]
