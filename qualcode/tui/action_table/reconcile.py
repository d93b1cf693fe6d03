"""Rows of the action table for reconciling."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_RECONCILE = Where.RECONCILE
_RECONCILING = "Reconciling"

ROWS: tuple[Row, ...] = (
    *(
        (f"reconcile.keep_{number + 1}", keys, f"screen.keep({number})", f"Keep what coder {keys[0]} has", _RECONCILE, _RECONCILING, "abc=keep" if number == 0 else "", 1)
        for number, keys in enumerate(("a 1", "b 2", "c 3", "4", "5", "6", "7", "8", "9"))
    ),
    ("reconcile.keep_both", "k", "screen.decide('keep_both')", "Keep all codes, each with the words of all who gave it", _RECONCILE, _RECONCILING, "k=both", 2),
    ("reconcile.mix", "m", "screen.mix", "Keep each code as one coder has it: asks as whose", _RECONCILE, _RECONCILING, "m=mix", 3),
    ("reconcile.adjust", "s", "screen.adjust", "Set the right span", _RECONCILE, _RECONCILING, "s=span", 4),
    ("reconcile.other_code", "o", "screen.other_code", "Another code is right: find it by name", _RECONCILE, _RECONCILING, "o=other", 5),
    ("reconcile.new_subtheme", "n", "screen.new_subtheme", "Make a new subtheme and apply it", _RECONCILE, _RECONCILING, "n=new", 6),
    ("reconcile.reject", "x", "screen.decide('reject_all')", "Keep nothing", _RECONCILE, _RECONCILING, "x=none", 7),
    ("reconcile.defer", "d", "screen.decide('defer')", "Put it off", _RECONCILE, _RECONCILING, "d=defer", 10),
    ("reconcile.remark", "r", "screen.remark", "Say something about it without deciding", _RECONCILE, _RECONCILING, "r=remark", 12),
    ("reconcile.why", "w", "screen.why", "Write why; it stands in the next decision", _RECONCILE, _RECONCILING, "w=why", 11),
    ("reconcile.with", "t", "screen.with_whom", "Name who takes part; it stands in every decision from now on", _RECONCILE, _RECONCILING, "", 99),
    ("reconcile.rule", "e", "screen.rule", "Let the quotation become an example or an exclusion of a code; again: the next choice", _RECONCILE, _RECONCILING, "e=rule", 14),
    ("reconcile.batch", "g", "screen.batch", "Decide all open discrepancies of this case at once, after seeing them", _RECONCILE, _RECONCILING, "g=alike", 13),
    ("reconcile.undo", "u ctrl+z", "screen.undo", "Undo my last change", _RECONCILE, _RECONCILING, "u=undo", 9),
    ("reconcile.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _RECONCILE, _RECONCILING, "", 99),
    ("reconcile.next", "j right space", "screen.go(1)", "Next discrepancy", _RECONCILE, _RECONCILING, "jp=next", 8),
    ("reconcile.previous", "p left backspace", "screen.go(-1)", "Previous discrepancy", _RECONCILE, _RECONCILING, "", 99),
    ("reconcile.next_open", "J tab", "screen.go_open(1)", "Next undecided one", _RECONCILE, _RECONCILING, "", 99),
    ("reconcile.previous_open", "P shift+tab", "screen.go_open(-1)", "Previous undecided one", _RECONCILE, _RECONCILING, "", 99),
    ("reconcile.filter", "slash f", "screen.filter", "Show only some, or in another order", _RECONCILE, _RECONCILING, "/=filter", 15),
    ("reconcile.text_down", "down pagedown", "screen.scroll_text(3)", "Read on in the text", _RECONCILE, _RECONCILING, "", 99),
    ("reconcile.text_up", "up pageup", "screen.scroll_text(-3)", "Read back in the text", _RECONCILE, _RECONCILING, "", 99),
    ("reconcile.close", "escape q", "screen.close", "Leave a batch; else back to the documents", _RECONCILE, _RECONCILING, "q=leave", 16),
)  # fmt: skip
