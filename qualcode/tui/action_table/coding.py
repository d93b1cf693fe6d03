"""Rows of the action table for the transcript and the coding screen: moving, selecting, coding, finding."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_TRANSCRIPT = Where.TRANSCRIPT
_IN_CODING = Where.CODING
_MOVING = "Moving"
_SELECTING = "Selecting"
_CODING = "Coding"
_FINDING = "Finding"
_SCREENS_PANES = "Screens and panes"

ROWS: tuple[Row, ...] = (
    ("move.next_sentence", "j down", "move('sentence', 1)", "Next sentence", _TRANSCRIPT, _MOVING, "jk=sentence", 1),
    ("move.previous_sentence", "k up", "move('sentence', -1)", "Previous sentence", _TRANSCRIPT, _MOVING, "", 99),
    ("move.next_word", "l right", "move('word', 1)", "Next word (first word inside a larger selection)", _TRANSCRIPT, _MOVING, "hl=word", 12),
    ("move.previous_word", "h left", "move('word', -1)", "Previous word (last word inside a larger selection)", _TRANSCRIPT, _MOVING, "", 99),
    ("move.next_character", "full_stop", "move('character', 1)", "Next character", _TRANSCRIPT, _MOVING, "", 99),
    ("move.previous_character", "comma", "move('character', -1)", "Previous character", _TRANSCRIPT, _MOVING, "", 99),
    ("move.next_turn", "right_square_bracket", "move('turn', 1)", "Next turn", _TRANSCRIPT, _MOVING, "[]=turn", 11),
    ("move.previous_turn", "left_square_bracket", "move('turn', -1)", "Previous turn", _TRANSCRIPT, _MOVING, "", 99),
    ("move.next_paragraph", "right_parenthesis", "move('paragraph', 1)", "Next paragraph", _TRANSCRIPT, _MOVING, "", 99),
    ("move.previous_paragraph", "left_parenthesis", "move('paragraph', -1)", "Previous paragraph", _TRANSCRIPT, _MOVING, "", 99),
    ("move.page_down", "pagedown space", "page(1)", "One page down", _TRANSCRIPT, _MOVING, "", 99),
    ("move.page_up", "pageup backspace", "page(-1)", "One page up", _TRANSCRIPT, _MOVING, "", 99),
    ("move.start", "home", "edge(-1)", "Beginning of the document", _TRANSCRIPT, _MOVING, "", 99),
    ("move.end", "end", "edge(1)", "End of the document", _TRANSCRIPT, _MOVING, "", 99),
    ("select.sentence_forward", "J shift+down", "extend('sentence', 1)", "Extend by a sentence", _TRANSCRIPT, _SELECTING, "JKHL=extend", 8),
    ("select.sentence_back", "K shift+up", "extend('sentence', -1)", "Take a sentence back, or extend upward", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.word_forward", "L shift+right", "extend('word', 1)", "Extend by a word", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.word_back", "H shift+left", "extend('word', -1)", "Take a word back, or extend to the left", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.character_forward", "greater_than_sign", "extend('character', 1)", "Extend by a character", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.character_back", "less_than_sign", "extend('character', -1)", "Take a character back, or extend to the left", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.turn_forward", "right_curly_bracket", "extend('turn', 1)", "Extend by a turn", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.turn_back", "left_curly_bracket", "extend('turn', -1)", "Take a turn back, or extend upward", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.grow", "plus equals_sign", "grow", "Grow to the next larger unit", _TRANSCRIPT, _SELECTING, "+-=grow", 9),
    ("select.shrink", "minus", "shrink", "Shrink to what was selected before, or to a smaller unit", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.hold", "v", "hold", "Hold the selection: moving extends it, until v or Esc", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.swap", "o", "swap", "Let extending work on the other end", _TRANSCRIPT, _SELECTING, "", 99),
    ("select.coding", "s", "screen.select_coding", "Select the span of the current coding", _TRANSCRIPT, _SELECTING, "", 99),
    *(
        (f"coding.pin_{digit}", str(digit), f"screen.apply_pin({digit})", f"Apply pinned code {digit}", _TRANSCRIPT, _CODING, "1-0=pinned" if digit == 1 else "", 3)
        for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
    ),
    ("coding.quick_key", "semicolon", "screen.quick_key", "Apply a code by its quick key: ; and then the key", _TRANSCRIPT, _CODING, ";=key", 10),
    ("coding.find", "slash enter", "screen.open_finder('apply')", "Find a code by name and apply it; or create one", _TRANSCRIPT, _CODING, "/=find code", 2),
    ("coding.again", "a", "screen.apply_again", "Apply the last code once more", _TRANSCRIPT, _CODING, "a=again", 7),
    ("coding.remove", "x delete", "screen.remove_coding", "Remove the current coding", _TRANSCRIPT, _CODING, "x=remove", 4),
    ("coding.next_here", "c", "screen.next_here", "Make the next coding at this place the current one", _TRANSCRIPT, _CODING, "", 99),
    ("coding.recode", "r", "screen.open_finder('recode')", "Give the current coding another code", _TRANSCRIPT, _CODING, "", 99),
    ("coding.set_span", "S", "screen.set_span", "Set the ends of the current coding to the selection", _TRANSCRIPT, _CODING, "", 99),
    ("coding.split", "vertical_line", "screen.split", "Split the current coding where the selection begins", _TRANSCRIPT, _CODING, "", 99),
    ("coding.join", "ampersand", "screen.join", "Join my codings of the current code that touch the selection", _TRANSCRIPT, _CODING, "", 99),
    ("coding.facets", "F", "screen.ask_facets", "Answer the facets of the current coding anew", _TRANSCRIPT, _CODING, "", 99),
    ("coding.flag", "exclamation_mark", "screen.flag", "Flag the current coding, or take the flag away", _TRANSCRIPT, _CODING, "", 99),
    ("coding.weigh", "d percent_sign", "screen.weigh", "Weight the current coding: d and then a digit", _TRANSCRIPT, _CODING, "", 99),
    ("coding.memo", "m", "screen.memo", "Write a memo on the current coding, else on the document", _TRANSCRIPT, _CODING, "m=memo", 8),
    ("coding.memo_words", "M", "screen.memo_on_words", "Write a memo on the selected words, coded or not", _TRANSCRIPT, _CODING, "", 99),
    ("coding.undo", "u ctrl+z", "screen.undo", "Undo my last change", _IN_CODING, _CODING, "u=undo", 5),
    ("coding.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _IN_CODING, _CODING, "", 99),
    ("coding.done", "D", "screen.toggle_done", "Mark the document as done, or as not yet done", _TRANSCRIPT, _CODING, "", 99),
    ("find.next_coding", "e", "screen.go_coding(1)", "Next coding", _TRANSCRIPT, _FINDING, "", 99),
    ("find.previous_coding", "E", "screen.go_coding(-1)", "Previous coding", _TRANSCRIPT, _FINDING, "", 99),
    ("find.next_same", "n", "screen.go_same(1)", "Next coding with the same code", _TRANSCRIPT, _FINDING, "", 99),
    ("find.previous_same", "N", "screen.go_same(-1)", "Previous coding with the same code", _TRANSCRIPT, _FINDING, "", 99),
    ("find.next_uncoded", "w", "screen.go_uncoded(1)", "Next sentence without a coding", _TRANSCRIPT, _FINDING, "", 99),
    ("find.previous_uncoded", "W", "screen.go_uncoded(-1)", "Previous sentence without a coding", _TRANSCRIPT, _FINDING, "", 99),
    ("find.bookmark", "b", "screen.bookmark", "Bookmark this place, or take the bookmark away", _TRANSCRIPT, _FINDING, "", 99),
    ("find.next_bookmark", "B", "screen.go_bookmark", "Next bookmark", _TRANSCRIPT, _FINDING, "", 99),
    ("find.text", "f", "screen.open_search", "Search the text of this document", _TRANSCRIPT, _FINDING, "f=search", 9),
    ("find.next_hit", "apostrophe", "screen.go_hit(1)", "Next place found", _TRANSCRIPT, _FINDING, "", 99),
    ("find.previous_hit", "quotation_mark", "screen.go_hit(-1)", "Previous place found", _TRANSCRIPT, _FINDING, "", 99),
    ("suggest.code", "p", "screen.suggest(False)", "Suggestions for the current code, on and off", _TRANSCRIPT, _FINDING, "p=suggest", 16),
    ("suggest.all", "P", "screen.suggest(True)", "Suggestions for all codes, on and off", _TRANSCRIPT, _FINDING, "", 99),
    ("suggest.next", "z", "screen.go_suggestion(1)", "Next suggestion", _TRANSCRIPT, _FINDING, "", 99),
    ("suggest.previous", "Z", "screen.go_suggestion(-1)", "Previous suggestion", _TRANSCRIPT, _FINDING, "", 99),
    ("suggest.accept", "A", "screen.accept_suggestion", "Accept the suggestion: a coding that agreement counts apart", _TRANSCRIPT, _CODING, "", 99),
    ("suggest.reject", "X", "screen.reject_suggestion", "Reject the suggestion: it is not offered again", _TRANSCRIPT, _CODING, "", 99),
    ("view.layers", "y", "screen.next_layers", "Show all codings, or only mine", _TRANSCRIPT, _SCREENS_PANES, "", 99),
    ("view.reload", "ctrl+r f5", "screen.reload", "Read codings and codebook afresh", _IN_CODING, _SCREENS_PANES, "", 99),
    ("pane.codebook", "t", "screen.toggle_codebook", "Go to the codebook", _TRANSCRIPT, _SCREENS_PANES, "t=codebook", 14),
    ("pane.inspector", "i", "screen.toggle_inspector", "Show or hide the inspector", _TRANSCRIPT, _SCREENS_PANES, "i=inspect", 15),
    ("pane.documents", "q", "screen.leave", "Back to the documents", _TRANSCRIPT, _SCREENS_PANES, "", 99),
    ("pane.next", "tab", "screen.next_pane", "Next pane", _IN_CODING, _SCREENS_PANES, "", 99),
    ("pane.previous", "shift+tab", "screen.next_pane", "Previous pane", _IN_CODING, _SCREENS_PANES, "", 99),
    ("pane.close", "escape", "screen.close", "Close what is open, let the selection go", _IN_CODING, _SCREENS_PANES, "", 99),
    ("find.way", "O", "screen.go_way", "From words of a narrative to the interview; from an interview to the narratives that repeat it", _TRANSCRIPT, _FINDING, "O=source", 21),
)  # fmt: skip
