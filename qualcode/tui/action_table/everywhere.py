"""Rows of the action table for what applies on every screen."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_EVERYWHERE = Where.EVERYWHERE
_SCREENS_PANES = "Screens and panes"

ROWS: tuple[Row, ...] = (
    ("app.help", "f1 question_mark", "app.help", "Help", _EVERYWHERE, _SCREENS_PANES, "?=help", 0),
    ("app.places", "f2 ctrl+g", "app.places", "Go to another screen: documents, agreement, narratives …", _EVERYWHERE, _SCREENS_PANES, "F2=go to", 6),
    ("app.palette", "ctrl+p", "app.command_palette", "All commands", _EVERYWHERE, _SCREENS_PANES, "", 99),
    ("app.theme", "f9", "app.next_theme", "Next theme", _EVERYWHERE, _SCREENS_PANES, "", 99),
    ("app.notices", "f8", "app.notices", "Read the notices again", _EVERYWHERE, _SCREENS_PANES, "", 99),
    ("app.quit", "ctrl+q", "app.quit", "Leave (everything is saved)", _EVERYWHERE, _SCREENS_PANES, "", 99),
)  # fmt: skip
