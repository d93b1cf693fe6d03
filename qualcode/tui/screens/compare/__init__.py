"""The screens of findings: comparison, framework, co-occurrence, saturation and joint display."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import Workbench


def comparison_screen(app: Workbench) -> Screen[None]:
    """Return codes compared by site, role, any attribute or facet, document or coder."""
    from qualcode.tui.screens.compare.comparing import Comparison
    from qualcode.tui.screens.compare.comparison import ComparisonScreen

    return ComparisonScreen(Comparison(app.desk))


def framework_screen(app: Workbench) -> Screen[None]:
    """Return cases by codes with the analyst's summaries."""
    from qualcode.tui.screens.compare.framework import FrameworkScreen
    from qualcode.tui.screens.compare.framing import FrameworkReading

    return FrameworkScreen(FrameworkReading(app.desk))


def cooccurrence_screen(app: Workbench) -> Screen[None]:
    """Return which codes stand together."""
    from qualcode.tui.screens.compare.cooccurrence import CooccurrenceScreen
    from qualcode.tui.screens.compare.meeting import Together

    return CooccurrenceScreen(Together(app.desk))


def saturation_screen(app: Workbench) -> Screen[None]:
    """Return how many new codes each document brings."""
    from qualcode.tui.screens.compare.saturating import SaturationReading
    from qualcode.tui.screens.compare.saturation import SaturationScreen

    return SaturationScreen(SaturationReading(app.desk))


def joint_screen(app: Workbench) -> Screen[None]:
    """Return a measure's distribution beside the codes. Refused where nobody has a measure."""
    from qualcode.tui.screens.compare.joining import JointReading
    from qualcode.tui.screens.compare.joint import JointScreen

    return JointScreen(JointReading(app.desk))
