"""The research journal in the workbench: memos on anything, read, written, linked, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def journal_screen(app: Workbench) -> Screen[None]:
    """Return the journal of the project, as far as the coder may see it."""
    from qualcode.tui.screens.journal.screen import JournalScreen
    from qualcode.tui.screens.journal.source import Journal

    return JournalScreen(Journal(app.desk))
