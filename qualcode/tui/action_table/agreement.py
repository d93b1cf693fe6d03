"""Rows of the action table for agreement and the passages behind its figures."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_IN_AGREEMENT = Where.AGREEMENT
_PASSAGES = Where.PASSAGES
_AGREEMENT = "Agreement"

ROWS: tuple[Row, ...] = (
    ("agreement.view", "v tab", "screen.next_view", "Table, heatmap of pairs, heatmap of documents, in turn", _IN_AGREEMENT, _AGREEMENT, "v=view", 3),
    ("agreement.unit", "n", "screen.next_unit", "By character, sentence, turn, document, in turn", _IN_AGREEMENT, _AGREEMENT, "n=unit", 6),
    ("agreement.interviewer", "i", "screen.toggle_interviewer", "With or without the interviewer's turns", _IN_AGREEMENT, _AGREEMENT, "i=interviewer", 8),
    ("agreement.method", "m", "screen.show_method", "How this was measured, ready to paste, and the command", _IN_AGREEMENT, _AGREEMENT, "m=method", 7),
    ("agreement.close", "q escape", "screen.close", "Back to where you came from", _IN_AGREEMENT, _AGREEMENT, "q=back", 9),
    ("passages.reconcile", "r", "screen.reconcile", "Go to the reconciliation of this passage", _PASSAGES, _AGREEMENT, "r=reconcile", 3),
    ("passages.shown", "v tab", "screen.next_shown", "Where they differ, where they agree, both, in turn", _PASSAGES, _AGREEMENT, "v=differ/agree", 4),
    ("passages.close", "q", "screen.close", "Back to the figures", _PASSAGES, _AGREEMENT, "q=back", 5),
)  # fmt: skip
