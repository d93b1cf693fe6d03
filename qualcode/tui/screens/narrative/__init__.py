"""The screens of narratives: the list, one narrative to write in, the evidence of a claim, the way back to the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def narratives_screen(app: Workbench) -> Screen[None]:
    """Return the list of narratives."""
    from qualcode.tui.screens.narrative.list_screen import NarrativesScreen
    from qualcode.tui.screens.narrative.shelf import Shelf

    return NarrativesScreen(Shelf(app.desk.project))


def way_screen(app: Workbench, document: str, span: tuple[int, int]) -> Screen[None]:
    """Return the way from these words of a document to where they were said, or to the narratives that repeat them.

    Refused where there is no way."""
    from qualcode.tui.screens.narrative.way import WayScreen, ways_from

    return WayScreen(document, span, ways_from(app.desk.project, document, span))
