"""The screens of ties and networks: the review of proposals, and the networks they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def ties_screen(app: Workbench) -> Screen[None]:
    """Return the review of ties of the chosen round."""
    from qualcode.tui.screens.network.review import TiesScreen
    from qualcode.tui.screens.network.session import TieSession

    desk = app.desk
    round_ = desk.compared_round
    return TiesScreen(TieSession(desk.project, round=round_.name if round_ else None))


def network_screen(app: Workbench) -> Screen[None]:
    """Return the networks of the sites."""
    from qualcode.tui.screens.network.networks import NetworkScreen
    from qualcode.tui.screens.network.source import NetworkSource

    return NetworkScreen(NetworkSource(app.desk.project))
