"""Rows of the action table for participants, attributes, speakers and the journal; see `action_table`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.tui.action_table import Row, Where

_PEOPLE, _JOURNAL = "Participants", "Journal"

# As in the action table, with the name of the place instead of the place.
_ROWS: tuple[tuple[str, str, str, str, str, str, str, int], ...] = (
    ("participants.edit", "e", "screen.edit", "Edit the value under the cursor; on the documents: open one", "PARTICIPANTS", _PEOPLE, "⏎=edit", 1),
    ("participants.clear", "x delete", "screen.clear", "Take the value away: it is not known", "PARTICIPANTS", _PEOPLE, "x=not known", 2),
    ("participants.missing", "m", "screen.missing", "Say that the value is missing, and why: by a declared code", "PARTICIPANTS", _PEOPLE, "m=missing", 3),
    ("participants.next_notice", "n", "screen.next_notice(1)", "Next value that is not known or out of its range", "PARTICIPANTS", _PEOPLE, "n=next gap", 4),
    ("participants.previous_notice", "N", "screen.next_notice(-1)", "Previous value that is not known or out of its range", "PARTICIPANTS", _PEOPLE, "", 99),
    ("participants.view", "v tab", "screen.next_view", "On to the attributes, to the speakers, in turn", "PARTICIPANTS", _PEOPLE, "v=attributes, speakers", 5),
    ("participants.add", "A", "screen.add", "Add a participant", "PARTICIPANTS", _PEOPLE, "A=add", 6),
    ("participants.add_attribute", "a", "screen.add_attribute", "Add an attribute: a new column", "PARTICIPANTS", _PEOPLE, "a=new column", 7),
    ("participants.declare", "d", "screen.declare", "Say what the attribute of this column is: label, type, range, values", "PARTICIPANTS", _PEOPLE, "d=declare", 8),
    ("participants.rename", "R", "screen.rename", "Another pseudonym for this participant", "PARTICIPANTS", _PEOPLE, "R=rename", 10),
    ("participants.remove", "X", "screen.remove", "Remove this participant with all values", "PARTICIPANTS", _PEOPLE, "X=remove", 16),
    ("participants.remove_attribute", "D", "screen.remove_attribute", "Remove the attribute of this column with all values", "PARTICIPANTS", _PEOPLE, "", 99),
    ("participants.open", "o", "screen.open", "Open a document in which this participant speaks", "PARTICIPANTS", _PEOPLE, "o=document", 11),
    ("participants.notices", "w", "screen.show_notices", "Everything to know before counting: gaps, values out of range", "PARTICIPANTS", _PEOPLE, "w=what is odd", 12),
    ("participants.filter", "slash f", "screen.filter", "Show only some: words, site:A, years:>5", "PARTICIPANTS", _PEOPLE, "/=filter", 9),
    ("participants.import", "I", "screen.import", "Import a table of participants (CSV), or descriptions (YAML)", "PARTICIPANTS", _PEOPLE, "I=import", 14),
    ("participants.export", "E", "screen.export", "Write the table to a CSV, or the descriptions to a YAML", "PARTICIPANTS", _PEOPLE, "E=export", 15),
    ("participants.undo", "u ctrl+z", "screen.undo", "Undo my last change", "PARTICIPANTS", _PEOPLE, "u=undo", 13),
    ("participants.redo", "U ctrl+y", "screen.redo", "Redo what was undone", "PARTICIPANTS", _PEOPLE, "", 99),
    ("participants.reload", "ctrl+r f5", "screen.reload", "Read everything afresh", "PARTICIPANTS", _PEOPLE, "", 99),
    ("participants.close", "q escape", "screen.close", "Leave the filter; else back to where you came from", "PARTICIPANTS", _PEOPLE, "q=back", 17),
    ("attributes.declare", "e d", "screen.declare", "Say what it is: label, type, range, values, codes for missing values", "ATTRIBUTES", _PEOPLE, "⏎=edit", 3),
    ("attributes.add", "a A", "screen.add_attribute", "Add an attribute", "ATTRIBUTES", _PEOPLE, "a=add", 4),
    ("attributes.remove", "X D delete", "screen.remove_attribute", "Remove this attribute with all values", "ATTRIBUTES", _PEOPLE, "X=remove", 5),
    ("attributes.view", "v tab", "screen.next_view", "On to the speakers, back to the grid, in turn", "ATTRIBUTES", _PEOPLE, "v=speakers", 6),
    ("attributes.import", "I", "screen.import", "Import descriptions (YAML), or a table of participants (CSV)", "ATTRIBUTES", _PEOPLE, "I=import", 8),
    ("attributes.export", "E", "screen.export", "Write the descriptions to a YAML, or the table to a CSV", "ATTRIBUTES", _PEOPLE, "E=export", 9),
    ("attributes.undo", "u ctrl+z", "screen.undo", "Undo my last change", "ATTRIBUTES", _PEOPLE, "u=undo", 7),
    ("attributes.redo", "U ctrl+y", "screen.redo", "Redo what was undone", "ATTRIBUTES", _PEOPLE, "", 99),
    ("attributes.close", "q", "screen.close", "Back to the participants", "ATTRIBUTES", _PEOPLE, "q=back", 10),
    ("speakers.link", "e l", "screen.link", "Say which participant this speaker is", "SPEAKERS", _PEOPLE, "⏎=who is it", 3),
    ("speakers.new", "A", "screen.new_participant", "Make a participant of this speaker", "SPEAKERS", _PEOPLE, "A=new participant", 4),
    ("speakers.role", "r", "screen.next_role", "Participant, interviewer, somebody else, in turn", "SPEAKERS", _PEOPLE, "r=role", 5),
    ("speakers.next_open", "n", "screen.next_open", "Next speaker who is not linked", "SPEAKERS", _PEOPLE, "n=next open", 6),
    ("speakers.open", "o", "screen.open", "Open the document", "SPEAKERS", _PEOPLE, "o=document", 9),
    ("speakers.filter", "slash f", "screen.filter", "Show only speakers with these words", "SPEAKERS", _PEOPLE, "/=filter", 8),
    ("speakers.view", "v tab", "screen.next_view", "Back to the grid of participants", "SPEAKERS", _PEOPLE, "v=participants", 10),
    ("speakers.undo", "u ctrl+z", "screen.undo", "Undo my last change", "SPEAKERS", _PEOPLE, "u=undo", 7),
    ("speakers.redo", "U ctrl+y", "screen.redo", "Redo what was undone", "SPEAKERS", _PEOPLE, "", 99),
    ("speakers.close", "q", "screen.close", "Back", "SPEAKERS", _PEOPLE, "q=back", 11),
    ("journal.read", "r", "screen.read", "Read this memo in full", "JOURNAL", _JOURNAL, "⏎=read", 1),
    ("journal.open", "o", "screen.open", "Go to what the memo is about, or points at", "JOURNAL", _JOURNAL, "o=go there", 3),
    ("journal.write", "w A", "screen.write", "Write a memo: on what, of which type, then the text", "JOURNAL", _JOURNAL, "w=write", 3),
    ("journal.edit", "e", "screen.edit", "Rewrite this memo, if it is yours", "JOURNAL", _JOURNAL, "e=edit", 4),
    ("journal.kind", "t", "screen.set_kind", "Another type: theoretical, methodological, reflexive", "JOURNAL", _JOURNAL, "t=type", 5),
    ("journal.link", "l", "screen.link", "Let this memo point at a further object", "JOURNAL", _JOURNAL, "lL=link, unlink", 6),
    ("journal.unlink", "L", "screen.unlink", "Take a link away", "JOURNAL", _JOURNAL, "", 99),
    ("journal.remove", "x delete", "screen.remove", "Remove this memo, if it is yours", "JOURNAL", _JOURNAL, "x=remove", 7),
    ("journal.filter", "slash f", "screen.filter", "Show only some: words, type:theoretical, on:code, by:Ada", "JOURNAL", _JOURNAL, "/=filter", 9),
    ("journal.next_kind", "v tab", "screen.next_kind", "Memos of one type after the other", "JOURNAL", _JOURNAL, "v=one type", 10),
    ("journal.export", "E", "screen.export", "Write the memos shown as Markdown, HTML or a word-processor document", "JOURNAL", _JOURNAL, "E=export", 11),
    ("journal.undo", "u ctrl+z", "screen.undo", "Undo my last change", "JOURNAL", _JOURNAL, "u=undo", 8),
    ("journal.redo", "U ctrl+y", "screen.redo", "Redo what was undone", "JOURNAL", _JOURNAL, "", 99),
    ("journal.reload", "ctrl+r f5", "screen.reload", "Read everything afresh", "JOURNAL", _JOURNAL, "", 99),
    ("journal.close", "q", "screen.close", "Leave the filter; else back to where you came from", "JOURNAL", _JOURNAL, "q=back", 12),
)  # fmt: skip


def people_rows(where: type[Where]) -> tuple[Row, ...]:
    """Return the rows with the places they apply in."""
    return tuple(
        (name, keys, run, help_, where[place], group, hint, rank)
        for name, keys, run, help_, place, group, hint, rank in _ROWS
    )
