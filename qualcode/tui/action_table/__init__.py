"""The rows of the action table: name, keys, what runs, help, where, group, hint (`keys=word`), rank of the hint.

An action without a prefix runs on the widget that holds the binding; `screen.` and `app.` name the others.
One module a word; their order is the order of the help.
"""

from __future__ import annotations

from qualcode.tui.action_table import (
    agreement,
    codebook,
    coding,
    documents,
    everywhere,
    findings,
    narrative,
    network,
    people,
    reconcile,
    themes,
)
from qualcode.tui.action_table.where import Row, Where

__all__ = ["ROWS", "Row", "Where"]

ROWS: tuple[Row, ...] = (
    *coding.ROWS,
    *codebook.ROWS,
    *documents.ROWS,
    *people.ROWS,
    *agreement.ROWS,
    *reconcile.ROWS,
    *findings.ROWS,
    *narrative.ROWS,
    *themes.ROWS,
    *network.ROWS,
    *everywhere.ROWS,
)
