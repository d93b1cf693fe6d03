"""Rows of the action table for narratives."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_IN_NARRATIVES = Where.NARRATIVES
_NARRATIVE = Where.NARRATIVE
_CLAIM = Where.CLAIM
_WAY = Where.WAY
_NARRATIVES = "Narratives"

ROWS: tuple[Row, ...] = (
    ("narratives.build", "A", "screen.build", "Build a narrative: theme, whose codings, together or one for each value", _IN_NARRATIVES, _NARRATIVES, "A=build", 3),
    ("narratives.rebuild", "R", "screen.rebuild", "Build it again from the evidence as it is now; prose stays", _IN_NARRATIVES, _NARRATIVES, "R=build again", 4),
    ("narratives.remove", "x delete", "screen.remove", "Remove this narrative with its prose", _IN_NARRATIVES, _NARRATIVES, "x=remove", 5),
    ("narratives.again", "r", "screen.again", "Code it again: a second-cycle round", _IN_NARRATIVES, _NARRATIVES, "r=code again", 6),
    ("narratives.export", "E", "screen.export", "Write it as docx, HTML or Markdown", _IN_NARRATIVES, _NARRATIVES, "E=export", 7),
    ("narratives.history", "h", "screen.history", "When it was built, and by whom", _IN_NARRATIVES, _NARRATIVES, "h=history", 10),
    ("narratives.filter", "slash", "screen.filter", "Show only narratives with these words", _IN_NARRATIVES, _NARRATIVES, "/=filter", 9),
    ("narratives.undo", "u ctrl+z", "screen.undo", "Undo my last change", _IN_NARRATIVES, _NARRATIVES, "u=undo", 8),
    ("narratives.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _IN_NARRATIVES, _NARRATIVES, "", 99),
    ("narratives.close", "q", "screen.close", "Back", _IN_NARRATIVES, _NARRATIVES, "q=back", 11),
    ("narrative.choose", "enter", "screen.choose", "Passage: open the interview there; claim: its evidence; prose: edit it", _NARRATIVE, _NARRATIVES, "⏎=open", 1),
    ("narrative.down", "j down", "screen.step(1)", "Next block", _NARRATIVE, _NARRATIVES, "jk=move", 2),
    ("narrative.up", "k up", "screen.step(-1)", "Previous block", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.page_down", "pagedown", "screen.page(1)", "One page down", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.page_up", "pageup backspace", "screen.page(-1)", "One page up", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.first", "home", "screen.edge(-1)", "Beginning", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.last", "end", "screen.edge(1)", "End", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.next_heading", "right_square_bracket", "screen.heading(1)", "Next subtheme", _NARRATIVE, _NARRATIVES, "[]=subtheme", 13),
    ("narrative.previous_heading", "left_square_bracket", "screen.heading(-1)", "Previous subtheme", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.write", "w", "screen.write", "Write prose behind this block", _NARRATIVE, _NARRATIVES, "w=write", 3),
    ("narrative.mark", "space", "screen.mark", "Mark this passage as evidence, or take the mark away", _NARRATIVE, _NARRATIVES, "Space=mark", 4),
    ("narrative.claim", "c", "screen.claim", "Make a claim that rests on the marked passages, or on this one", _NARRATIVE, _NARRATIVES, "c=claim", 5),
    ("narrative.against", "C", "screen.against", "Put the marked passages, or this one, to what speaks against", _NARRATIVE, _NARRATIVES, "C=against", 6),
    ("narrative.attach", "a", "screen.attach", "Attach the marked passages to this claim; on a passage: choose the claim", _NARRATIVE, _NARRATIVES, "ad=attach, detach", 7),
    ("narrative.detach", "d", "screen.detach", "Take a passage from the evidence of this claim", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.edit", "e", "screen.edit", "Edit this piece of prose", _NARRATIVE, _NARRATIVES, "e=edit", 8),
    ("narrative.carry_down", "J shift+down", "screen.carry(1)", "Move this piece of prose down", _NARRATIVE, _NARRATIVES, "JK=move prose", 14),
    ("narrative.carry_up", "K shift+up", "screen.carry(-1)", "Move this piece of prose up", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.remove", "x delete", "screen.remove", "Remove this piece of prose", _NARRATIVE, _NARRATIVES, "x=remove", 15),
    ("narrative.next_stale", "s", "screen.stale(1)", "Next stale passage or claim, and why it is stale", _NARRATIVE, _NARRATIVES, "s=stale", 9),
    ("narrative.previous_stale", "S", "screen.stale(-1)", "Previous stale one", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.accept", "y", "screen.accept", "A stale claim still holds: it rests on its evidence as that is now", _NARRATIVE, _NARRATIVES, "y=still holds", 16),
    ("narrative.rebuild", "R", "screen.rebuild", "Build it again from the evidence as it is now; prose stays", _NARRATIVE, _NARRATIVES, "R=build again", 10),
    ("narrative.coverage", "v", "screen.coverage", "Who speaks in it and who does not", _NARRATIVE, _NARRATIVES, "v=coverage", 17),
    ("narrative.method", "m", "screen.method", "How it was made, in which order, and the command", _NARRATIVE, _NARRATIVES, "m=method", 19),
    ("narrative.again", "r", "screen.again", "Code it again: a second-cycle round", _NARRATIVE, _NARRATIVES, "r=code again", 18),
    ("narrative.export", "E", "screen.export", "Write it as docx, HTML or Markdown", _NARRATIVE, _NARRATIVES, "E=export", 11),
    ("narrative.find", "slash f", "screen.find", "Find words in this narrative", _NARRATIVE, _NARRATIVES, "/=find", 20),
    ("narrative.next_hit", "n", "screen.hit(1)", "Next place found", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.previous_hit", "N", "screen.hit(-1)", "Previous place found", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.undo", "u ctrl+z", "screen.undo", "Undo my last change", _NARRATIVE, _NARRATIVES, "u=undo", 12),
    ("narrative.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.places", "g", "app.places", "Go to another screen", _NARRATIVE, _NARRATIVES, "", 99),
    ("narrative.close", "q escape", "screen.close", "Take the marks away; else back to the list", _NARRATIVE, _NARRATIVES, "q=back", 21),
    ("claim.detach", "x delete", "screen.detach", "This passage is no evidence of it any more", _CLAIM, _NARRATIVES, "x=detach", 3),
    ("claim.accept", "y", "screen.accept", "A stale claim still holds: it rests on its evidence as that is now", _CLAIM, _NARRATIVES, "y=still holds", 4),
    ("claim.undo", "u ctrl+z", "screen.undo", "Undo my last change", _CLAIM, _NARRATIVES, "u=undo", 5),
    ("claim.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _CLAIM, _NARRATIVES, "", 99),
    ("claim.close", "q", "screen.close", "Back to the narrative", _CLAIM, _NARRATIVES, "q=back", 6),
    ("way.words", "o", "screen.back_to_words", "Back to the words one came from", _WAY, _NARRATIVES, "o=back to the words", 3),
    ("way.close", "q", "screen.close", "Back", _WAY, _NARRATIVES, "q=back", 4),
)  # fmt: skip
