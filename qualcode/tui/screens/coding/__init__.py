"""The coding screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.sitting import Sitting

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

__all__ = ["CodingScreen", "coding_screen"]


def coding_screen(app: Workbench, document: str) -> CodingScreen:
    """Return the coding screen with this document open; refused where there is none of this name."""
    return CodingScreen(Sitting(app.desk, document, dark=app.current_theme.dark))
