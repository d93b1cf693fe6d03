"""Actors, statements of ties, and the networks they add up to."""

from __future__ import annotations

from qualcode.services.network.proposing import bind_alias, list_actors, propose
from qualcode.services.network.reviewing import (
    complete_proposals,
    confirm_ties,
    edit_tie,
    import_reviews,
    reject_tie,
)
from qualcode.services.network.statements import TieRow, list_ties
from qualcode.services.network.views import (
    SiteNetwork,
    build_networks,
    compare_sites,
    export_network,
    network_matrix,
    professional_view,
    site_sensitivity,
    what_if_leave,
)

__all__ = [
    "SiteNetwork",
    "TieRow",
    "bind_alias",
    "build_networks",
    "compare_sites",
    "complete_proposals",
    "confirm_ties",
    "edit_tie",
    "export_network",
    "import_reviews",
    "list_actors",
    "list_ties",
    "network_matrix",
    "professional_view",
    "propose",
    "reject_tie",
    "site_sensitivity",
    "what_if_leave",
]
