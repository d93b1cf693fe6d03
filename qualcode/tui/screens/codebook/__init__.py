"""The codebook screen: codes with their rules and quotations, facets, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def codebook_screen(app: Workbench, *, at: str = "") -> Screen[None]:
    """Return the codebook of the project, at a code where its id is given."""
    from qualcode.tui.screens.codebook.screen import CodebookScreen
    from qualcode.tui.screens.codebook.source import CodebookSource

    return CodebookScreen(CodebookSource(app.desk), at=at)
