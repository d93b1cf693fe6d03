"""The screens of taxonomies: the domains, and one domain as a tree, a table, its contrasts, its gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def taxonomies_screen(app: Workbench) -> Screen[None]:
    """Return the list of domains."""
    from qualcode.tui.screens.taxonomy.domains import DomainsScreen
    from qualcode.tui.screens.taxonomy.session import TaxonomySession

    return DomainsScreen(TaxonomySession(app.desk.project))
