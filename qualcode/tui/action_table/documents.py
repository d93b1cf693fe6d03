"""Rows of the action table for lists, and the list of documents."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_DOCUMENTS = Where.DOCUMENTS
_LIST = Where.LIST
_LISTS_DOCUMENTS = "Lists and documents"

ROWS: tuple[Row, ...] = (
    ("documents.codebook", "b", "app.go('codebook')", "The codebook", _DOCUMENTS, _LISTS_DOCUMENTS, "", 99),
    ("list.choose", "enter", "choose", "Open or take what is chosen", _LIST, _LISTS_DOCUMENTS, "⏎=open", 1),
    ("list.down", "j down", "step(1)", "Down", _LIST, _LISTS_DOCUMENTS, "jk=move", 2),
    ("list.up", "k up", "step(-1)", "Up", _LIST, _LISTS_DOCUMENTS, "", 99),
    ("list.page_down", "pagedown space", "page(1)", "One page down", _LIST, _LISTS_DOCUMENTS, "", 99),
    ("list.page_up", "pageup backspace", "page(-1)", "One page up", _LIST, _LISTS_DOCUMENTS, "", 99),
    ("list.first", "home", "edge(-1)", "First", _LIST, _LISTS_DOCUMENTS, "", 99),
    ("list.last", "end", "edge(1)", "Last", _LIST, _LISTS_DOCUMENTS, "", 99),
    ("list.places", "g", "app.places", "Go to another screen", _LIST, _LISTS_DOCUMENTS, "", 99),
    ("list.close", "escape", "screen.close", "Close", _LIST, _LISTS_DOCUMENTS, "", 99),
    ("documents.round", "r", "screen.choose_round", "Choose the round", _DOCUMENTS, _LISTS_DOCUMENTS, "r=round", 3),
    ("documents.done", "D", "screen.toggle_done", "Mark the document as done, or as not yet done", _DOCUMENTS, _LISTS_DOCUMENTS, "D=done", 4),
    ("documents.filter", "slash f", "screen.open_filter", "Show only some: words, site:A, years:>5, done:no", _DOCUMENTS, _LISTS_DOCUMENTS, "/=filter", 5),
    ("documents.import", "A", "screen.open_import", "Import files or a folder; Esc stops a long import", _DOCUMENTS, _LISTS_DOCUMENTS, "A=import", 5),
    ("documents.reconcile", "c", "app.go('reconcile')", "Reconcile the round: where the coders differ", _DOCUMENTS, _LISTS_DOCUMENTS, "c=reconcile", 14),
    ("documents.participants", "p", "app.go('participants')", "The participants and their attributes", _DOCUMENTS, _LISTS_DOCUMENTS, "p=participants", 13),
    ("documents.about", "i", "screen.about", "What is known of this document: source, speakers, participants, memos", _DOCUMENTS, _LISTS_DOCUMENTS, "i=about", 8),
    ("documents.sort", "s", "screen.sort", "Sort by the next column", _DOCUMENTS, _LISTS_DOCUMENTS, "s=sort", 7),
    ("documents.reverse", "S", "screen.reverse", "Turn the order round", _DOCUMENTS, _LISTS_DOCUMENTS, "", 99),
    ("documents.memo", "m", "screen.memo", "Write a memo on this document", _DOCUMENTS, _LISTS_DOCUMENTS, "m=memo", 9),
    ("documents.rename", "R", "screen.rename", "Another name for this document; its codings stay", _DOCUMENTS, _LISTS_DOCUMENTS, "R=rename", 12),
    ("documents.remove", "X delete", "screen.remove", "Remove this document, if nothing is coded in it", _DOCUMENTS, _LISTS_DOCUMENTS, "", 99),
    ("documents.undo", "u ctrl+z", "screen.undo", "Undo my last change", _DOCUMENTS, _LISTS_DOCUMENTS, "u=undo", 10),
    ("documents.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _DOCUMENTS, _LISTS_DOCUMENTS, "", 99),
    ("documents.quit", "q", "app.quit", "Leave", _DOCUMENTS, _LISTS_DOCUMENTS, "q=leave", 11),
    ("documents.agreement", "a", "app.go('agreement')", "Agreement of the coders of this round", _DOCUMENTS, _LISTS_DOCUMENTS, "a=agreement", 15),
    ("documents.ties", "t", "app.go('ties')", "Review who is tied to whom", _DOCUMENTS, _LISTS_DOCUMENTS, "t=ties", 16),
    ("documents.networks", "w", "app.go('networks')", "The networks of the sites", _DOCUMENTS, _LISTS_DOCUMENTS, "w=networks", 17),
)  # fmt: skip
