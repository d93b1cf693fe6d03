"""Rows of the action table for narratives; see `action_table`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.tui.action_table import Row, Where


def narrative_rows(where: type[Where]) -> tuple[Row, ...]:
    """Return the rows; `where` is the table's own enumeration of places."""
    narratives, narrative, claim, way = where.NARRATIVES, where.NARRATIVE, where.CLAIM, where.WAY
    group = "Narratives"
    return (
        ("narratives.build", "A", "screen.build", "Build a narrative: theme, whose codings, together or one for each value", narratives, group, "A=build", 3),
        ("narratives.rebuild", "R", "screen.rebuild", "Build it again from the evidence as it is now; prose stays", narratives, group, "R=build again", 4),
        ("narratives.remove", "x delete", "screen.remove", "Remove this narrative with its prose", narratives, group, "x=remove", 5),
        ("narratives.again", "r", "screen.again", "Code it again: a second-cycle round", narratives, group, "r=code again", 6),
        ("narratives.export", "E", "screen.export", "Write it as docx, HTML or Markdown", narratives, group, "E=export", 7),
        ("narratives.history", "h", "screen.history", "When it was built, and by whom", narratives, group, "h=history", 10),
        ("narratives.filter", "slash", "screen.filter", "Show only narratives with these words", narratives, group, "/=filter", 9),
        ("narratives.undo", "u ctrl+z", "screen.undo", "Undo my last change", narratives, group, "u=undo", 8),
        ("narratives.redo", "U ctrl+y", "screen.redo", "Redo what was undone", narratives, group, "", 99),
        ("narratives.close", "q", "screen.close", "Back", narratives, group, "q=back", 11),
        ("narrative.choose", "enter", "screen.choose", "Passage: open the interview there; claim: its evidence; prose: edit it", narrative, group, "⏎=open", 1),
        ("narrative.down", "j down", "screen.step(1)", "Next block", narrative, group, "jk=move", 2),
        ("narrative.up", "k up", "screen.step(-1)", "Previous block", narrative, group, "", 99),
        ("narrative.page_down", "pagedown", "screen.page(1)", "One page down", narrative, group, "", 99),
        ("narrative.page_up", "pageup backspace", "screen.page(-1)", "One page up", narrative, group, "", 99),
        ("narrative.first", "home", "screen.edge(-1)", "Beginning", narrative, group, "", 99),
        ("narrative.last", "end", "screen.edge(1)", "End", narrative, group, "", 99),
        ("narrative.next_heading", "right_square_bracket", "screen.heading(1)", "Next subtheme", narrative, group, "[]=subtheme", 13),
        ("narrative.previous_heading", "left_square_bracket", "screen.heading(-1)", "Previous subtheme", narrative, group, "", 99),
        ("narrative.write", "w", "screen.write", "Write prose behind this block", narrative, group, "w=write", 3),
        ("narrative.mark", "space", "screen.mark", "Mark this passage as evidence, or take the mark away", narrative, group, "Space=mark", 4),
        ("narrative.claim", "c", "screen.claim", "Make a claim that rests on the marked passages, or on this one", narrative, group, "c=claim", 5),
        ("narrative.against", "C", "screen.against", "Put the marked passages, or this one, to what speaks against", narrative, group, "C=against", 6),
        ("narrative.attach", "a", "screen.attach", "Attach the marked passages to this claim; on a passage: choose the claim", narrative, group, "ad=attach, detach", 7),
        ("narrative.detach", "d", "screen.detach", "Take a passage from the evidence of this claim", narrative, group, "", 99),
        ("narrative.edit", "e", "screen.edit", "Edit this piece of prose", narrative, group, "e=edit", 8),
        ("narrative.carry_down", "J shift+down", "screen.carry(1)", "Move this piece of prose down", narrative, group, "JK=move prose", 14),
        ("narrative.carry_up", "K shift+up", "screen.carry(-1)", "Move this piece of prose up", narrative, group, "", 99),
        ("narrative.remove", "x delete", "screen.remove", "Remove this piece of prose", narrative, group, "x=remove", 15),
        ("narrative.next_stale", "s", "screen.stale(1)", "Next stale passage or claim, and why it is stale", narrative, group, "s=stale", 9),
        ("narrative.previous_stale", "S", "screen.stale(-1)", "Previous stale one", narrative, group, "", 99),
        ("narrative.accept", "y", "screen.accept", "A stale claim still holds: it rests on its evidence as that is now", narrative, group, "y=still holds", 16),
        ("narrative.rebuild", "R", "screen.rebuild", "Build it again from the evidence as it is now; prose stays", narrative, group, "R=build again", 10),
        ("narrative.coverage", "v", "screen.coverage", "Who speaks in it and who does not", narrative, group, "v=coverage", 17),
        ("narrative.method", "m", "screen.method", "How it was made, in which order, and the command", narrative, group, "m=method", 19),
        ("narrative.again", "r", "screen.again", "Code it again: a second-cycle round", narrative, group, "r=code again", 18),
        ("narrative.export", "E", "screen.export", "Write it as docx, HTML or Markdown", narrative, group, "E=export", 11),
        ("narrative.find", "slash f", "screen.find", "Find words in this narrative", narrative, group, "/=find", 20),
        ("narrative.next_hit", "n", "screen.hit(1)", "Next place found", narrative, group, "", 99),
        ("narrative.previous_hit", "N", "screen.hit(-1)", "Previous place found", narrative, group, "", 99),
        ("narrative.undo", "u ctrl+z", "screen.undo", "Undo my last change", narrative, group, "u=undo", 12),
        ("narrative.redo", "U ctrl+y", "screen.redo", "Redo what was undone", narrative, group, "", 99),
        ("narrative.places", "g", "app.places", "Go to another screen", narrative, group, "", 99),
        ("narrative.close", "q escape", "screen.close", "Take the marks away; else back to the list", narrative, group, "q=back", 21),
        ("claim.detach", "x delete", "screen.detach", "This passage is no evidence of it any more", claim, group, "x=detach", 3),
        ("claim.accept", "y", "screen.accept", "A stale claim still holds: it rests on its evidence as that is now", claim, group, "y=still holds", 4),
        ("claim.undo", "u ctrl+z", "screen.undo", "Undo my last change", claim, group, "u=undo", 5),
        ("claim.redo", "U ctrl+y", "screen.redo", "Redo what was undone", claim, group, "", 99),
        ("claim.close", "q", "screen.close", "Back to the narrative", claim, group, "q=back", 6),
        ("way.words", "o", "screen.back_to_words", "Back to the words one came from", way, group, "o=back to the words", 3),
        ("way.close", "q", "screen.close", "Back", way, group, "q=back", 4),
    )  # fmt: skip
