"""The coding screen."""

from qualcode.tui.screens.coding.screen import CodingScreen

__all__ = ["CodingScreen"]
