"""The screens of ties and networks: the review of proposals, and the networks they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.services.project import Project
    from qualcode.tui.app import Workbench


def open_ties(app: Workbench, project: Project, *, round: str | None) -> None:
    """Open the review of ties. QualcodeError where they cannot be read."""
    from qualcode.tui.screens.network.review import TiesScreen
    from qualcode.tui.screens.network.session import TieSession

    app.push_screen(TiesScreen(TieSession(project, round=round)))


def open_networks(app: Workbench, project: Project) -> None:
    """Open the networks of the sites. QualcodeError where they cannot be read."""
    from qualcode.tui.screens.network.networks import NetworkScreen
    from qualcode.tui.screens.network.source import NetworkSource

    app.push_screen(NetworkScreen(NetworkSource(project)))
