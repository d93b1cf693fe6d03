"""The screens of concept maps: the maps, and one map drawn with its links and their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def maps_screen(app: Workbench) -> Screen[None]:
    """Return the list of concept maps."""
    from qualcode.tui.screens.concept.maps import MapsScreen
    from qualcode.tui.screens.concept.session import ConceptSession

    return MapsScreen(ConceptSession(app.desk.project))
