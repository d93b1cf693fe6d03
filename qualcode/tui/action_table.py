"""The rows of the action table: name, keys, what runs, help, where, group, hint (`keys=word`), rank of the hint.

An action without a prefix runs on the widget that holds the binding; `screen.` and `app.` name the others.
"""

from __future__ import annotations

import enum


class Where(enum.StrEnum):
    """What must have the focus for an action to apply."""

    EVERYWHERE = "everywhere"
    CODING = "coding screen"
    TRANSCRIPT = "transcript"
    CODEBOOK = "codebook"
    DOCUMENTS = "documents"
    LIST = "lists"


_T, _S, _E, _B, _D = (
    Where.TRANSCRIPT,
    Where.CODING,
    Where.EVERYWHERE,
    Where.CODEBOOK,
    Where.DOCUMENTS,
)
_L = Where.LIST
_MOVE, _SELECT, _CODE, _FIND, _SCREENS, _LISTS = (
    "Moving", "Selecting", "Coding", "Finding", "Screens and panes", "Lists and documents",
)  # fmt: skip

Row = tuple[str, str, str, str, Where, str, str, int]

ROWS: tuple[Row, ...] = (
    ("move.next_sentence", "j down", "move('sentence', 1)", "Next sentence", _T, _MOVE, "jk=sentence", 1),
    ("move.previous_sentence", "k up", "move('sentence', -1)", "Previous sentence", _T, _MOVE, "", 99),
    ("move.next_word", "l right", "move('word', 1)", "Next word (first word inside a larger selection)", _T, _MOVE, "hl=word", 7),
    ("move.previous_word", "h left", "move('word', -1)", "Previous word (last word inside a larger selection)", _T, _MOVE, "", 99),
    ("move.next_character", "full_stop", "move('character', 1)", "Next character", _T, _MOVE, "", 99),
    ("move.previous_character", "comma", "move('character', -1)", "Previous character", _T, _MOVE, "", 99),
    ("move.next_turn", "right_square_bracket", "move('turn', 1)", "Next turn", _T, _MOVE, "[]=turn", 6),
    ("move.previous_turn", "left_square_bracket", "move('turn', -1)", "Previous turn", _T, _MOVE, "", 99),
    ("move.next_paragraph", "right_parenthesis", "move('paragraph', 1)", "Next paragraph", _T, _MOVE, "", 99),
    ("move.previous_paragraph", "left_parenthesis", "move('paragraph', -1)", "Previous paragraph", _T, _MOVE, "", 99),
    ("move.page_down", "pagedown space", "page(1)", "One page down", _T, _MOVE, "", 99),
    ("move.page_up", "pageup backspace", "page(-1)", "One page up", _T, _MOVE, "", 99),
    ("move.start", "home", "edge(-1)", "Beginning of the document", _T, _MOVE, "", 99),
    ("move.end", "end", "edge(1)", "End of the document", _T, _MOVE, "", 99),
    ("select.sentence_forward", "J shift+down", "extend('sentence', 1)", "Extend by a sentence", _T, _SELECT, "JKHL=extend", 8),
    ("select.sentence_back", "K shift+up", "extend('sentence', -1)", "Take a sentence back, or extend upward", _T, _SELECT, "", 99),
    ("select.word_forward", "L shift+right", "extend('word', 1)", "Extend by a word", _T, _SELECT, "", 99),
    ("select.word_back", "H shift+left", "extend('word', -1)", "Take a word back, or extend to the left", _T, _SELECT, "", 99),
    ("select.character_forward", "greater_than_sign", "extend('character', 1)", "Extend by a character", _T, _SELECT, "", 99),
    ("select.character_back", "less_than_sign", "extend('character', -1)", "Take a character back, or extend to the left", _T, _SELECT, "", 99),
    ("select.turn_forward", "right_curly_bracket", "extend('turn', 1)", "Extend by a turn", _T, _SELECT, "", 99),
    ("select.turn_back", "left_curly_bracket", "extend('turn', -1)", "Take a turn back, or extend upward", _T, _SELECT, "", 99),
    ("select.grow", "plus equals_sign", "grow", "Grow to the next larger unit", _T, _SELECT, "+-=grow", 9),
    ("select.shrink", "minus", "shrink", "Shrink to what was selected before, or to a smaller unit", _T, _SELECT, "", 99),
    ("select.hold", "v", "hold", "Hold the selection: moving extends it, until v or Esc", _T, _SELECT, "", 99),
    ("select.swap", "o", "swap", "Let extending work on the other end", _T, _SELECT, "", 99),
    ("select.coding", "s", "screen.select_coding", "Select the span of the current coding", _T, _SELECT, "", 99),
    *(
        (f"coding.pin_{digit}", str(digit), f"screen.apply_pin({digit})", f"Apply pinned code {digit}", _T, _CODE, "1-0=pinned" if digit == 1 else "", 3)
        for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
    ),
    ("coding.quick_key", "semicolon", "screen.quick_key", "Apply a code by its quick key: ; and then the key", _T, _CODE, ";=key", 4),
    ("coding.find", "slash enter", "screen.open_finder('apply')", "Find a code by name and apply it; or create one", _T, _CODE, "/=find code", 2),
    ("coding.again", "a", "screen.apply_again", "Apply the last code once more", _T, _CODE, "a=again", 5),
    ("coding.remove", "x delete", "screen.remove_coding", "Remove the current coding", _T, _CODE, "x=remove", 10),
    ("coding.next_here", "c", "screen.next_here", "Make the next coding at this place the current one", _T, _CODE, "", 99),
    ("coding.recode", "r", "screen.open_finder('recode')", "Give the current coding another code", _T, _CODE, "", 99),
    ("coding.set_span", "S", "screen.set_span", "Set the ends of the current coding to the selection", _T, _CODE, "", 99),
    ("coding.facets", "F", "screen.ask_facets", "Answer the facets of the current coding anew", _T, _CODE, "", 99),
    ("coding.flag", "exclamation_mark", "screen.flag", "Flag the current coding, or take the flag away", _T, _CODE, "", 99),
    ("coding.memo", "m", "screen.memo", "Write a memo on the current coding, else on the document", _T, _CODE, "m=memo", 12),
    ("coding.undo", "u ctrl+z", "screen.undo", "Undo my last change", _S, _CODE, "u=undo", 11),
    ("coding.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _S, _CODE, "", 99),
    ("coding.done", "D", "screen.toggle_done", "Mark the document as done, or as not yet done", _T, _CODE, "", 99),
    ("find.next_coding", "e", "screen.go_coding(1)", "Next coding", _T, _FIND, "", 99),
    ("find.previous_coding", "E", "screen.go_coding(-1)", "Previous coding", _T, _FIND, "", 99),
    ("find.next_same", "n", "screen.go_same(1)", "Next coding with the same code", _T, _FIND, "", 99),
    ("find.previous_same", "N", "screen.go_same(-1)", "Previous coding with the same code", _T, _FIND, "", 99),
    ("find.next_uncoded", "w", "screen.go_uncoded(1)", "Next sentence without a coding", _T, _FIND, "", 99),
    ("find.previous_uncoded", "W", "screen.go_uncoded(-1)", "Previous sentence without a coding", _T, _FIND, "", 99),
    ("find.bookmark", "b", "screen.bookmark", "Bookmark this place, or take the bookmark away", _T, _FIND, "", 99),
    ("find.next_bookmark", "B", "screen.go_bookmark", "Next bookmark", _T, _FIND, "", 99),
    ("find.text", "f", "screen.open_search", "Search the text of this document", _T, _FIND, "f=search", 13),
    ("find.next_hit", "apostrophe", "screen.go_hit(1)", "Next place found", _T, _FIND, "", 99),
    ("find.previous_hit", "quotation_mark", "screen.go_hit(-1)", "Previous place found", _T, _FIND, "", 99),
    ("view.layers", "y", "screen.next_layers", "Show all codings, or only mine", _T, _SCREENS, "", 99),
    ("view.reload", "ctrl+r f5", "screen.reload", "Read codings and codebook afresh", _S, _SCREENS, "", 99),
    ("pane.codebook", "t", "screen.toggle_codebook", "Go to the codebook", _T, _SCREENS, "t=codebook", 14),
    ("pane.inspector", "i", "screen.toggle_inspector", "Show or hide the inspector", _T, _SCREENS, "i=inspect", 15),
    ("pane.documents", "q", "screen.leave", "Back to the documents", _T, _SCREENS, "", 99),
    ("codebook.apply", "enter", "screen.apply_from_codebook", "Apply this code to the selection and go back", _B, "Codebook", "⏎=apply", 1),
    ("codebook.pin", "p", "screen.pin_from_codebook", "Pin this code: p and then a digit", _B, "Codebook", "p=pin", 2),
    ("codebook.next_quotation", "n", "screen.go_same(1)", "Next coding with this code", _B, "Codebook", "nN=quotations", 3),
    ("codebook.previous_quotation", "N", "screen.go_same(-1)", "Previous coding with this code", _B, "Codebook", "", 99),
    ("codebook.down", "j down", "cursor_down", "Next code", _B, "Codebook", "", 99),
    ("codebook.up", "k up", "cursor_up", "Previous code", _B, "Codebook", "", 99),
    ("codebook.page_down", "pagedown", "page_down", "One page down", _B, "Codebook", "", 99),
    ("codebook.page_up", "pageup", "page_up", "One page up", _B, "Codebook", "", 99),
    ("codebook.first", "home", "edge(-1)", "First code", _B, "Codebook", "", 99),
    ("codebook.last", "end", "edge(1)", "Last code", _B, "Codebook", "", 99),
    ("codebook.fold", "space", "toggle_node", "Fold or unfold a branch", _B, "Codebook", "Space=fold", 4),
    ("codebook.find", "slash", "screen.open_finder('apply')", "Find a code by name and apply it", _B, "Codebook", "", 99),
    ("codebook.add", "A", "screen.code_add", "Add a code below this one", _B, "Codebook", "A=add", 6),
    ("codebook.add_top", "ctrl+a", "screen.code_add_top", "Add a code at the top", _B, "Codebook", "", 99),
    ("codebook.rename", "R", "screen.code_rename", "Rename this code; its id and its codings stay", _B, "Codebook", "R=rename", 7),
    ("codebook.rules", "E", "screen.code_rules", "Edit definition, rules, examples, aliases and colour", _B, "Codebook", "E=rules", 8),
    ("codebook.quick_key", "Q", "screen.code_key", "Give this code a quick key", _B, "Codebook", "", 99),
    ("codebook.mark", "v", "screen.code_mark", "Mark this code for moving or merging", _B, "Codebook", "v=mark", 9),
    ("codebook.move", "M", "screen.code_move", "Move the marked codes below this one", _B, "Codebook", "M=move", 10),
    ("codebook.move_top", "T", "screen.code_move_top", "Move the marked codes to the top", _B, "Codebook", "", 99),
    ("codebook.merge", "G", "screen.code_merge", "Merge the marked codes into this one", _B, "Codebook", "G=merge", 11),
    ("codebook.remove", "X delete", "screen.code_remove", "Remove this code, if nothing stands on it", _B, "Codebook", "X=remove", 12),
    ("codebook.counts", "c", "screen.code_counts", "Count my codings: of the code, with those below, in this document", _B, "Codebook", "c=counts", 13),
    ("codebook.back", "t q", "screen.toggle_codebook", "Back to the transcript", _B, "Codebook", "t=text", 5),
    ("pane.next", "tab", "screen.next_pane", "Next pane", _S, _SCREENS, "", 99),
    ("pane.previous", "shift+tab", "screen.next_pane", "Previous pane", _S, _SCREENS, "", 99),
    ("pane.close", "escape", "screen.close", "Close what is open, let the selection go", _S, _SCREENS, "", 99),
    ("list.choose", "enter", "choose", "Open or take what is chosen", _L, _LISTS, "⏎=open", 1),
    ("list.down", "j down", "step(1)", "Down", _L, _LISTS, "jk=move", 2),
    ("list.up", "k up", "step(-1)", "Up", _L, _LISTS, "", 99),
    ("list.page_down", "pagedown space", "page(1)", "One page down", _L, _LISTS, "", 99),
    ("list.page_up", "pageup backspace", "page(-1)", "One page up", _L, _LISTS, "", 99),
    ("list.first", "home", "edge(-1)", "First", _L, _LISTS, "", 99),
    ("list.last", "end", "edge(1)", "Last", _L, _LISTS, "", 99),
    ("list.close", "escape", "screen.close", "Close", _L, _LISTS, "", 99),
    ("documents.round", "r", "screen.choose_round", "Choose the round", _D, _LISTS, "r=round", 3),
    ("documents.done", "D", "screen.toggle_done", "Mark the document as done, or as not yet done", _D, _LISTS, "D=done", 4),
    ("documents.filter", "slash f", "screen.open_filter", "Show only documents with these words in name, participants or attributes", _D, _LISTS, "/=filter", 5),
    ("documents.import", "A", "screen.open_import", "Import a file or a folder", _D, _LISTS, "A=import", 6),
    ("documents.quit", "q", "app.quit", "Leave", _D, _LISTS, "q=leave", 7),
    ("app.help", "f1 question_mark", "app.help", "Help", _E, _SCREENS, "?=help", 0),
    ("app.palette", "ctrl+p", "app.command_palette", "All commands", _E, _SCREENS, "", 99),
    ("app.theme", "f9", "app.next_theme", "Next theme", _E, _SCREENS, "", 99),
    ("app.notices", "f8", "app.notices", "Read the notices again", _E, _SCREENS, "", 99),
    ("app.quit", "ctrl+q", "app.quit", "Leave (everything is saved)", _E, _SCREENS, "", 99),
)  # fmt: skip
