"""Rows of the action table for participants, attributes, speakers and the journal."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_IN_PARTICIPANTS = Where.PARTICIPANTS
_ATTRIBUTES = Where.ATTRIBUTES
_SPEAKERS = Where.SPEAKERS
_IN_JOURNAL = Where.JOURNAL
_PARTICIPANTS = "Participants"
_JOURNAL = "Journal"

ROWS: tuple[Row, ...] = (
    ("participants.edit", "e", "screen.edit", "Edit the value under the cursor; on the documents: open one", _IN_PARTICIPANTS, _PARTICIPANTS, "⏎=edit", 1),
    ("participants.clear", "x delete", "screen.clear", "Take the value away: it is not known", _IN_PARTICIPANTS, _PARTICIPANTS, "x=not known", 2),
    ("participants.missing", "m", "screen.missing", "Say that the value is missing, and why: by a declared code", _IN_PARTICIPANTS, _PARTICIPANTS, "m=missing", 3),
    ("participants.next_notice", "n", "screen.next_notice(1)", "Next value that is not known or out of its range", _IN_PARTICIPANTS, _PARTICIPANTS, "n=next gap", 4),
    ("participants.previous_notice", "N", "screen.next_notice(-1)", "Previous value that is not known or out of its range", _IN_PARTICIPANTS, _PARTICIPANTS, "", 99),
    ("participants.view", "v tab", "screen.next_view", "On to the attributes, to the speakers, in turn", _IN_PARTICIPANTS, _PARTICIPANTS, "v=attributes, speakers", 5),
    ("participants.add", "A", "screen.add", "Add a participant", _IN_PARTICIPANTS, _PARTICIPANTS, "A=add", 6),
    ("participants.add_attribute", "a", "screen.add_attribute", "Add an attribute: a new column", _IN_PARTICIPANTS, _PARTICIPANTS, "a=new column", 7),
    ("participants.declare", "d", "screen.declare", "Say what the attribute of this column is: label, type, range, values", _IN_PARTICIPANTS, _PARTICIPANTS, "d=declare", 8),
    ("participants.rename", "R", "screen.rename", "Another pseudonym for this participant", _IN_PARTICIPANTS, _PARTICIPANTS, "R=rename", 10),
    ("participants.remove", "X", "screen.remove", "Remove this participant with all values", _IN_PARTICIPANTS, _PARTICIPANTS, "X=remove", 16),
    ("participants.remove_attribute", "D", "screen.remove_attribute", "Remove the attribute of this column with all values", _IN_PARTICIPANTS, _PARTICIPANTS, "", 99),
    ("participants.open", "o", "screen.open", "Open a document in which this participant speaks", _IN_PARTICIPANTS, _PARTICIPANTS, "o=document", 11),
    ("participants.notices", "w", "screen.show_notices", "Everything to know before counting: gaps, values out of range", _IN_PARTICIPANTS, _PARTICIPANTS, "w=what is odd", 12),
    ("participants.filter", "slash f", "screen.filter", "Show only some: words, site:A, years:>5", _IN_PARTICIPANTS, _PARTICIPANTS, "/=filter", 9),
    ("participants.import", "I", "screen.import", "Import a table of participants (CSV), or descriptions (YAML)", _IN_PARTICIPANTS, _PARTICIPANTS, "I=import", 14),
    ("participants.export", "E", "screen.export", "Write the table to a CSV, or the descriptions to a YAML", _IN_PARTICIPANTS, _PARTICIPANTS, "E=export", 15),
    ("participants.undo", "u ctrl+z", "screen.undo", "Undo my last change", _IN_PARTICIPANTS, _PARTICIPANTS, "u=undo", 13),
    ("participants.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _IN_PARTICIPANTS, _PARTICIPANTS, "", 99),
    ("participants.reload", "ctrl+r f5", "screen.reload", "Read everything afresh", _IN_PARTICIPANTS, _PARTICIPANTS, "", 99),
    ("participants.close", "q escape", "screen.close", "Leave the filter; else back to where you came from", _IN_PARTICIPANTS, _PARTICIPANTS, "q=back", 17),
    ("attributes.declare", "e d", "screen.declare", "Say what it is: label, type, range, values, codes for missing values", _ATTRIBUTES, _PARTICIPANTS, "⏎=edit", 3),
    ("attributes.add", "a A", "screen.add_attribute", "Add an attribute", _ATTRIBUTES, _PARTICIPANTS, "a=add", 4),
    ("attributes.remove", "X D delete", "screen.remove_attribute", "Remove this attribute with all values", _ATTRIBUTES, _PARTICIPANTS, "X=remove", 5),
    ("attributes.view", "v tab", "screen.next_view", "On to the speakers, back to the grid, in turn", _ATTRIBUTES, _PARTICIPANTS, "v=speakers", 6),
    ("attributes.import", "I", "screen.import", "Import descriptions (YAML), or a table of participants (CSV)", _ATTRIBUTES, _PARTICIPANTS, "I=import", 8),
    ("attributes.export", "E", "screen.export", "Write the descriptions to a YAML, or the table to a CSV", _ATTRIBUTES, _PARTICIPANTS, "E=export", 9),
    ("attributes.undo", "u ctrl+z", "screen.undo", "Undo my last change", _ATTRIBUTES, _PARTICIPANTS, "u=undo", 7),
    ("attributes.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _ATTRIBUTES, _PARTICIPANTS, "", 99),
    ("attributes.close", "q", "screen.close", "Back to the participants", _ATTRIBUTES, _PARTICIPANTS, "q=back", 10),
    ("speakers.link", "e l", "screen.link", "Say which participant this speaker is", _SPEAKERS, _PARTICIPANTS, "⏎=who is it", 3),
    ("speakers.new", "A", "screen.new_participant", "Make a participant of this speaker", _SPEAKERS, _PARTICIPANTS, "A=new participant", 4),
    ("speakers.role", "r", "screen.next_role", "Participant, interviewer, somebody else, in turn", _SPEAKERS, _PARTICIPANTS, "r=role", 5),
    ("speakers.next_open", "n", "screen.next_open", "Next speaker who is not linked", _SPEAKERS, _PARTICIPANTS, "n=next open", 6),
    ("speakers.open", "o", "screen.open", "Open the document", _SPEAKERS, _PARTICIPANTS, "o=document", 9),
    ("speakers.filter", "slash f", "screen.filter", "Show only speakers with these words", _SPEAKERS, _PARTICIPANTS, "/=filter", 8),
    ("speakers.view", "v tab", "screen.next_view", "Back to the grid of participants", _SPEAKERS, _PARTICIPANTS, "v=participants", 10),
    ("speakers.undo", "u ctrl+z", "screen.undo", "Undo my last change", _SPEAKERS, _PARTICIPANTS, "u=undo", 7),
    ("speakers.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _SPEAKERS, _PARTICIPANTS, "", 99),
    ("speakers.close", "q", "screen.close", "Back", _SPEAKERS, _PARTICIPANTS, "q=back", 11),
    ("journal.read", "r", "screen.read", "Read this memo in full", _IN_JOURNAL, _JOURNAL, "⏎=read", 1),
    ("journal.open", "o", "screen.open", "Go to what the memo is about, or points at", _IN_JOURNAL, _JOURNAL, "o=go there", 3),
    ("journal.write", "w A", "screen.write", "Write a memo: on what, of which type, then the text", _IN_JOURNAL, _JOURNAL, "w=write", 3),
    ("journal.edit", "e", "screen.edit", "Rewrite this memo, if it is yours", _IN_JOURNAL, _JOURNAL, "e=edit", 4),
    ("journal.kind", "t", "screen.set_kind", "Another type: theoretical, methodological, reflexive", _IN_JOURNAL, _JOURNAL, "t=type", 5),
    ("journal.link", "l", "screen.link", "Let this memo point at a further object", _IN_JOURNAL, _JOURNAL, "lL=link, unlink", 6),
    ("journal.unlink", "L", "screen.unlink", "Take a link away", _IN_JOURNAL, _JOURNAL, "", 99),
    ("journal.remove", "x delete", "screen.remove", "Remove this memo, if it is yours", _IN_JOURNAL, _JOURNAL, "x=remove", 7),
    ("journal.filter", "slash f", "screen.filter", "Show only some: words, type:theoretical, on:code, by:Ada", _IN_JOURNAL, _JOURNAL, "/=filter", 9),
    ("journal.next_kind", "v tab", "screen.next_kind", "Memos of one type after the other", _IN_JOURNAL, _JOURNAL, "v=one type", 10),
    ("journal.export", "E", "screen.export", "Write the memos shown as Markdown, HTML or a word-processor document", _IN_JOURNAL, _JOURNAL, "E=export", 11),
    ("journal.undo", "u ctrl+z", "screen.undo", "Undo my last change", _IN_JOURNAL, _JOURNAL, "u=undo", 8),
    ("journal.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _IN_JOURNAL, _JOURNAL, "", 99),
    ("journal.reload", "ctrl+r f5", "screen.reload", "Read everything afresh", _IN_JOURNAL, _JOURNAL, "", 99),
    ("journal.close", "q", "screen.close", "Leave the filter; else back to where you came from", _IN_JOURNAL, _JOURNAL, "q=back", 12),
)  # fmt: skip
