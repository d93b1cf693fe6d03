"""Participants in the workbench: a grid of their attributes, what the attributes mean, and who speaks as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def participants_screen(app: Workbench, *, at: str | None = None) -> Screen[None]:
    """Return the grid of participants, with the cursor on one of them where a pseudonym is given."""
    from qualcode.tui.screens.participants.screen import ParticipantsScreen
    from qualcode.tui.screens.participants.source import People

    return ParticipantsScreen(People(app.desk.project), at=at)
