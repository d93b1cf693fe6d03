"""The documents of the project: how far everybody is, where a document came from, and the choice of the round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.tui.screens.start.screen import StartScreen

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

__all__ = ["StartScreen", "start_screen"]


def start_screen(app: Workbench) -> StartScreen:
    """Return the list of documents."""
    return StartScreen(app.desk)
