"""The rows of the action table: name, keys, what runs, help, where, group, hint (`keys=word`), rank of the hint.

An action without a prefix runs on the widget that holds the binding; `screen.` and `app.` name the others.
"""

from __future__ import annotations

import enum

from qualcode.tui.finding_actions import finding_rows
from qualcode.tui.narrative_actions import narrative_rows
from qualcode.tui.people_actions import people_rows
from qualcode.tui.theme_actions import theme_rows


class Where(enum.StrEnum):
    """What must have the focus for an action to apply."""

    EVERYWHERE = "everywhere"
    CODING = "coding screen"
    TRANSCRIPT = "transcript"
    CODEBOOK = "codebook"
    CODES = "codebook screen"
    CODE_TREE = "tree of codes"
    DOCUMENTS = "documents"
    LIST = "lists"
    FIGURES = "figures"
    PARTICIPANTS = "participants"
    ATTRIBUTES = "attributes"
    SPEAKERS = "speakers"
    JOURNAL = "journal"
    FINDINGS = "findings"
    BRANCHES = "branches"
    EVIDENCE = "evidence"
    COMPARISON = "comparison"
    COOCCURRENCE = "co-occurrence"
    FRAMEWORK = "framework"
    SATURATION = "saturation"
    JOINT = "joint display"
    AGREEMENT = "agreement"
    PASSAGES = "passages"
    RECONCILE = "reconciliation"
    TIES = "ties"
    NETWORK = "networks"
    NARRATIVES = "narratives"
    NARRATIVE = "narrative"
    CLAIM = "claim"
    WAY = "way back"
    QUOTATIONS = "quotations"
    PICKING = "picking quotations"
    TAXONOMIES = "taxonomies"
    TERMS = "terms"
    CONTRASTS = "contrasts"
    HOMELESS = "codes without a place"
    MAPS = "concept maps"
    MAP = "concept map"


_T, _S, _E, _B, _D = (
    Where.TRANSCRIPT,
    Where.CODING,
    Where.EVERYWHERE,
    Where.CODEBOOK,
    Where.DOCUMENTS,
)
_L = Where.LIST
_A, _P = Where.AGREEMENT, Where.PASSAGES
_MOVE, _SELECT, _CODE, _FIND, _SCREENS, _LISTS = (
    "Moving", "Selecting", "Coding", "Finding", "Screens and panes", "Lists and documents",
)  # fmt: skip

_CODES = "Codebook screen"
_R, _DECIDE = Where.RECONCILE, "Reconciling"
_TIE, _TIES, _NET, _NETS = Where.TIES, "Reviewing ties", Where.NETWORK, "Networks"


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
    ("coding.split", "vertical_line", "screen.split", "Split the current coding where the selection begins", _T, _CODE, "", 99),
    ("coding.join", "ampersand", "screen.join", "Join my codings of the current code that touch the selection", _T, _CODE, "", 99),
    ("coding.facets", "F", "screen.ask_facets", "Answer the facets of the current coding anew", _T, _CODE, "", 99),
    ("coding.flag", "exclamation_mark", "screen.flag", "Flag the current coding, or take the flag away", _T, _CODE, "", 99),
    ("coding.weigh", "d percent_sign", "screen.weigh", "Weight the current coding: d and then a digit", _T, _CODE, "", 99),
    ("coding.memo", "m", "screen.memo", "Write a memo on the current coding, else on the document", _T, _CODE, "m=memo", 12),
    ("coding.memo_words", "M", "screen.memo_on_words", "Write a memo on the selected words, coded or not", _T, _CODE, "", 99),
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
    ("suggest.code", "p", "screen.suggest(False)", "Suggestions for the current code, on and off", _T, _FIND, "p=suggest", 16),
    ("suggest.all", "P", "screen.suggest(True)", "Suggestions for all codes, on and off", _T, _FIND, "", 99),
    ("suggest.next", "z", "screen.go_suggestion(1)", "Next suggestion", _T, _FIND, "", 99),
    ("suggest.previous", "Z", "screen.go_suggestion(-1)", "Previous suggestion", _T, _FIND, "", 99),
    ("suggest.accept", "A", "screen.accept_suggestion", "Accept the suggestion: a coding that agreement counts apart", _T, _CODE, "", 99),
    ("suggest.reject", "X", "screen.reject_suggestion", "Reject the suggestion: it is not offered again", _T, _CODE, "", 99),
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
    ("codebook.suggest", "s", "screen.suggest(False)", "Suggestions for this code, on and off", _B, "Codebook", "", 99),
    ("codebook.counts", "c", "screen.code_counts", "Count my codings: of the code, with those below, in this document", _B, "Codebook", "c=counts", 13),
    ("codebook.back", "t q", "screen.toggle_codebook", "Back to the transcript", _B, "Codebook", "t=text", 5),
    ("tree.down", "j down", "cursor_down", "Next code", Where.CODE_TREE, _CODES, "jk=move", 2),
    ("tree.up", "k up", "cursor_up", "Previous code", Where.CODE_TREE, _CODES, "", 99),
    ("tree.page_down", "pagedown", "page_down", "One page down", Where.CODE_TREE, _CODES, "", 99),
    ("tree.page_up", "pageup", "page_up", "One page up", Where.CODE_TREE, _CODES, "", 99),
    ("tree.first", "home", "edge(-1)", "First code", Where.CODE_TREE, _CODES, "", 99),
    ("tree.last", "end", "edge(1)", "Last code", Where.CODE_TREE, _CODES, "", 99),
    ("tree.fold", "space", "toggle_node", "Fold or unfold a branch", Where.CODE_TREE, _CODES, "", 99),
    ("tree.open", "enter l right", "screen.next_pane", "To the fields of this code", Where.CODE_TREE, _CODES, "⏎=fields", 1),
    ("tree.places", "g", "app.places", "Go to another screen", Where.CODE_TREE, _CODES, "", 99),
    ("tree.close", "escape", "screen.close", "Back", Where.CODE_TREE, _CODES, "", 99),
    ("codes.pane", "tab shift+tab", "screen.next_pane", "From the tree to the fields, and back", Where.CODES, _CODES, "", 99),
    ("codes.next", "n", "screen.go_quotation(1)", "Next quotation of this code", Where.CODES, _CODES, "nN=quotations", 3),
    ("codes.previous", "N", "screen.go_quotation(-1)", "Previous quotation of this code", Where.CODES, _CODES, "", 99),
    ("codes.open", "o", "screen.open_quotation", "Open the document at this quotation, or where the example comes from", Where.CODES, _CODES, "o=open", 4),
    ("codes.below", "b", "screen.toggle_below", "Quotations with or without those of the codes below", Where.CODES, _CODES, "", 99),
    ("codes.view", "v", "screen.next_view", "Codes, facets, versions, in turn", Where.CODES, _CODES, "v=facets, versions", 5),
    ("codes.find", "slash", "screen.find", "Find a code by name or id", Where.CODES, _CODES, "/=find", 6),
    ("codes.add", "A", "screen.add", "Add a code below this one; in their views a facet, a version", Where.CODES, _CODES, "A=add", 7),
    ("codes.add_top", "ctrl+a", "screen.add_top", "Add a code at the top", Where.CODES, _CODES, "", 99),
    ("codes.entry", "a plus", "screen.add_entry", "Add a rule, an example, a value of the facet", Where.CODES, _CODES, "a=add rule", 9),
    ("codes.drop", "x delete", "screen.drop_entry", "Take this rule, example or value away", Where.CODES, _CODES, "x=drop rule", 10),
    ("codes.example", "e", "screen.take_example", "Keep the quotation shown as an example, with its source", Where.CODES, _CODES, "e=as example", 11),
    ("codes.rename", "R", "screen.rename", "Rename this code; its id and its codings stay", Where.CODES, _CODES, "R=rename", 8),
    ("codes.color", "C", "screen.color", "Give this code a colour, by its letter", Where.CODES, _CODES, "", 99),
    ("codes.key", "Q", "screen.quick_key", "Give this code a quick key", Where.CODES, _CODES, "", 99),
    ("codes.mark", "m", "screen.mark", "Mark this code for moving or merging", Where.CODES, _CODES, "m=mark", 12),
    ("codes.move", "M", "screen.move", "Move the marked codes below this one; without marks this one below another", Where.CODES, _CODES, "M=move", 13),
    ("codes.top", "T", "screen.move_top", "Move the marked codes, or this one, to the top", Where.CODES, _CODES, "", 99),
    ("codes.lower", "J shift+down", "screen.shift(1)", "Move this code down among its siblings", Where.CODES, _CODES, "JK=order", 15),
    ("codes.upper", "K shift+up", "screen.shift(-1)", "Move this code up among its siblings", Where.CODES, _CODES, "", 99),
    ("codes.merge", "G", "screen.merge", "Merge the marked codes into this one; without marks this one into another", Where.CODES, _CODES, "G=merge", 14),
    ("codes.split", "S", "screen.split", "Give chosen quotations of this code to a new code", Where.CODES, _CODES, "S=split", 16),
    ("codes.remove", "X", "screen.remove", "Remove this code or facet, if nothing stands on it", Where.CODES, _CODES, "X=remove", 17),
    ("codes.history", "h", "screen.history", "Who changed what of this code, and when", Where.CODES, _CODES, "", 99),
    ("codes.keep", "V", "screen.keep", "Keep the codebook as it stands under a version number", Where.CODES, _CODES, "V=keep version", 18),
    ("codes.import", "I", "screen.import", "Take a codebook in from a YAML or .qdc file", Where.CODES, _CODES, "", 99),
    ("codes.export", "W", "screen.export", "Write the codebook to a YAML or .qdc file", Where.CODES, _CODES, "W=write file", 19),
    ("codes.undo", "u ctrl+z", "screen.undo", "Undo my last change", Where.CODES, _CODES, "u=undo", 8),
    ("codes.redo", "U ctrl+y", "screen.redo", "Redo what was undone", Where.CODES, _CODES, "", 99),
    ("codes.reload", "ctrl+r f5", "screen.reload", "Read the codebook afresh", Where.CODES, _CODES, "", 99),
    ("codes.close", "q", "screen.close", "Back", Where.CODES, _CODES, "q=back", 20),
    ("documents.codebook", "b", "app.go('codebook')", "The codebook", _D, _LISTS, "", 99),
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
    ("list.places", "g", "app.places", "Go to another screen", _L, _LISTS, "", 99),
    ("list.close", "escape", "screen.close", "Close", _L, _LISTS, "", 99),
    ("documents.round", "r", "screen.choose_round", "Choose the round", _D, _LISTS, "r=round", 3),
    ("documents.done", "D", "screen.toggle_done", "Mark the document as done, or as not yet done", _D, _LISTS, "D=done", 4),
    ("documents.filter", "slash f", "screen.open_filter", "Show only some: words, site:A, years:>5, done:no", _D, _LISTS, "/=filter", 5),
    ("documents.import", "A", "screen.open_import", "Import files or a folder; Esc stops a long import", _D, _LISTS, "A=import", 6),
    ("documents.reconcile", "c", "app.go('reconcile')", "Reconcile the round: where the coders differ", _D, _LISTS, "c=reconcile", 7),
    ("documents.participants", "p", "app.go('participants')", "The participants and their attributes", _D, _LISTS, "p=participants", 5),
    ("documents.about", "i", "screen.about", "What is known of this document: source, speakers, participants, memos", _D, _LISTS, "i=about", 6),
    ("documents.sort", "s", "screen.sort", "Sort by the next column", _D, _LISTS, "s=sort", 6),
    ("documents.reverse", "S", "screen.reverse", "Turn the order round", _D, _LISTS, "", 99),
    ("documents.memo", "m", "screen.memo", "Write a memo on this document", _D, _LISTS, "m=memo", 9),
    ("documents.rename", "R", "screen.rename", "Another name for this document; its codings stay", _D, _LISTS, "R=rename", 9),
    ("documents.remove", "X delete", "screen.remove", "Remove this document, if nothing is coded in it", _D, _LISTS, "", 99),
    ("documents.undo", "u ctrl+z", "screen.undo", "Undo my last change", _D, _LISTS, "u=undo", 9),
    ("documents.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _D, _LISTS, "", 99),
    ("documents.quit", "q", "app.quit", "Leave", _D, _LISTS, "q=leave", 7),
    *(
        (f"reconcile.keep_{number + 1}", keys, f"screen.keep({number})", f"Keep what coder {keys[0]} has", _R, _DECIDE, "abc=keep" if number == 0 else "", 1)
        for number, keys in enumerate(("a 1", "b 2", "c 3", "4", "5", "6", "7", "8", "9"))
    ),
    ("reconcile.keep_both", "k", "screen.decide('keep_both')", "Keep all codes, each with the words of all who gave it", _R, _DECIDE, "k=both", 2),
    ("reconcile.mix", "m", "screen.mix", "Keep each code as one coder has it: asks as whose", _R, _DECIDE, "m=mix", 3),
    ("reconcile.adjust", "s", "screen.adjust", "Set the right span", _R, _DECIDE, "s=span", 4),
    ("reconcile.other_code", "o", "screen.other_code", "Another code is right: find it by name", _R, _DECIDE, "o=other", 5),
    ("reconcile.new_subtheme", "n", "screen.new_subtheme", "Make a new subtheme and apply it", _R, _DECIDE, "n=new", 6),
    ("reconcile.reject", "x", "screen.decide('reject_all')", "Keep nothing", _R, _DECIDE, "x=none", 7),
    ("reconcile.defer", "d", "screen.decide('defer')", "Put it off", _R, _DECIDE, "d=defer", 8),
    ("reconcile.remark", "r", "screen.remark", "Say something about it without deciding", _R, _DECIDE, "r=remark", 11),
    ("reconcile.why", "w", "screen.why", "Write why; it stands in the next decision", _R, _DECIDE, "w=why", 10),
    ("reconcile.with", "t", "screen.with_whom", "Name who takes part; it stands in every decision from now on", _R, _DECIDE, "", 99),
    ("reconcile.rule", "e", "screen.rule", "Let the quotation become an example or an exclusion of a code; again: the next choice", _R, _DECIDE, "e=rule", 14),
    ("reconcile.batch", "g", "screen.batch", "Decide all open discrepancies of this case at once, after seeing them", _R, _DECIDE, "g=alike", 12),
    ("reconcile.undo", "u ctrl+z", "screen.undo", "Undo my last change", _R, _DECIDE, "u=undo", 9),
    ("reconcile.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _R, _DECIDE, "", 99),
    ("reconcile.next", "j right space", "screen.go(1)", "Next discrepancy", _R, _DECIDE, "jp=next, previous", 13),
    ("reconcile.previous", "p left backspace", "screen.go(-1)", "Previous discrepancy", _R, _DECIDE, "", 99),
    ("reconcile.next_open", "J tab", "screen.go_open(1)", "Next undecided one", _R, _DECIDE, "", 99),
    ("reconcile.previous_open", "P shift+tab", "screen.go_open(-1)", "Previous undecided one", _R, _DECIDE, "", 99),
    ("reconcile.filter", "slash f", "screen.filter", "Show only some, or in another order", _R, _DECIDE, "/=filter", 15),
    ("reconcile.text_down", "down pagedown", "screen.scroll_text(3)", "Read on in the text", _R, _DECIDE, "", 99),
    ("reconcile.text_up", "up pageup", "screen.scroll_text(-3)", "Read back in the text", _R, _DECIDE, "", 99),
    ("reconcile.close", "escape q", "screen.close", "Leave a batch; else back to the documents", _R, _DECIDE, "q=leave", 16),
    ("documents.agreement", "a", "app.go('agreement')", "Agreement of the coders of this round", _D, _LISTS, "a=agreement", 8),
    *finding_rows(Where),
    ("agreement.view", "v tab", "screen.next_view", "Table, heatmap of pairs, heatmap of documents, in turn", _A, "Agreement", "v=view", 3),
    ("agreement.unit", "n", "screen.next_unit", "By character, sentence, turn, document, in turn", _A, "Agreement", "n=unit", 6),
    ("agreement.interviewer", "i", "screen.toggle_interviewer", "With or without the interviewer's turns", _A, "Agreement", "i=interviewer", 8),
    ("agreement.method", "m", "screen.show_method", "How this was measured, ready to paste, and the command", _A, "Agreement", "m=method", 7),
    ("agreement.close", "q escape", "screen.close", "Back to where you came from", _A, "Agreement", "q=back", 9),
    ("passages.reconcile", "r", "screen.reconcile", "Go to the reconciliation of this passage", _P, "Agreement", "r=reconcile", 3),
    ("passages.shown", "v tab", "screen.next_shown", "Where they differ, where they agree, both, in turn", _P, "Agreement", "v=differ/agree", 4),
    ("passages.close", "q", "screen.close", "Back to the figures", _P, "Agreement", "q=back", 5),
    ("documents.ties", "t", "app.go('ties')", "Review who is tied to whom", _D, _LISTS, "t=ties", 10),
    ("documents.networks", "w", "app.go('networks')", "The networks of the sites", _D, _LISTS, "w=networks", 11),
    ("ties.confirm", "enter", "screen.confirm", "Confirm the tie; it enters the network", _TIE, _TIES, "⏎=confirm", 1),
    ("ties.edit", "e", "screen.edit", "Set fields: presence=absent target=judge …", _TIE, _TIES, "e=edit", 2),
    ("ties.presence", "p", "screen.cycle('presence')", "Present, absent, wished, past, in turn", _TIE, _TIES, "pvft=presence, valence, formality, type", 3),
    ("ties.valence", "v", "screen.cycle('valence')", "Positive, neutral, mixed, strained, not said, in turn", _TIE, _TIES, "", 99),
    ("ties.formality", "f", "screen.cycle('formality')", "Formal, informal, both, not said, in turn", _TIE, _TIES, "", 99),
    ("ties.type", "t", "screen.cycle('type')", "What kind of dealing it is, in turn", _TIE, _TIES, "", 99),
    ("ties.swap", "s", "screen.swap", "Let it run the other way", _TIE, _TIES, "s=swap", 4),
    ("ties.both", "b", "screen.both", "Both ways, or without a direction", _TIE, _TIES, "b=both ways", 5),
    ("ties.reject", "x", "screen.reject", "Reject it with a reason; it is not offered again", _TIE, _TIES, "x=reject", 6),
    ("ties.undecided", "u", "screen.undecided", "Put it aside for a second look", _TIE, _TIES, "u=undecided", 7),
    ("ties.add", "plus equals_sign", "screen.add", "A second tie in the same words", _TIE, _TIES, "+=second tie", 8),
    ("ties.alias", "a", "screen.alias", "Bind the selected words to an actor", _TIE, _TIES, "a=alias", 9),
    ("ties.next_word", "right l", "screen.word(1, False)", "Select the next word", _TIE, _TIES, "←→=word", 10),
    ("ties.previous_word", "left h", "screen.word(-1, False)", "Select the word before", _TIE, _TIES, "", 99),
    ("ties.extend", "shift+right L", "screen.word(1, True)", "Extend the selected words", _TIE, _TIES, "", 99),
    ("ties.shrink", "shift+left H", "screen.word(-1, True)", "Take a word back", _TIE, _TIES, "", 99),
    ("ties.context", "c", "screen.context", "The turns around these words", _TIE, _TIES, "c=context", 11),
    ("ties.reason", "w", "screen.reason", "Why it was proposed", _TIE, _TIES, "w=why", 12),
    ("ties.batch", "g", "screen.batch", "Confirm all that rest on the same code, pair and words, after seeing them", _TIE, _TIES, "g=alike", 13),
    ("ties.next_open", "n tab", "screen.step_open(1)", "Next open tie", _TIE, _TIES, "nN=next, previous", 14),
    ("ties.previous_open", "N shift+tab", "screen.step_open(-1)", "Previous open tie", _TIE, _TIES, "", 99),
    ("ties.next", "j down", "screen.step(1)", "Next tie, judged or not", _TIE, _TIES, "", 99),
    ("ties.previous", "k up", "screen.step(-1)", "Previous tie, judged or not", _TIE, _TIES, "", 99),
    ("ties.undo", "z ctrl+z", "screen.undo", "Undo my last change", _TIE, _TIES, "z=undo", 15),
    ("ties.filter", "slash", "screen.filter", "Show only some: confirmed, rejected, all, words", _TIE, _TIES, "/=filter", 16),
    ("ties.propose", "R", "screen.propose", "Propose from the consensus what is new", _TIE, _TIES, "R=propose", 17),
    ("ties.second", "S", "screen.second", "My own second reading, or the first", _TIE, _TIES, "S=second reading", 18),
    ("ties.text_down", "pagedown", "screen.scroll(5)", "Read on in the words", _TIE, _TIES, "", 99),
    ("ties.text_up", "pageup", "screen.scroll(-5)", "Read back in the words", _TIE, _TIES, "", 99),
    ("ties.close", "escape q", "screen.close", "Back to the documents", _TIE, _TIES, "q=back", 19),
    ("networks.site", "s tab", "screen.next_site", "The next site", _NET, _NETS, "s=site", 3),
    ("networks.view", "v", "screen.next_view", "Matrix, picture, measures, differences, perspectives, in turn", _NET, _NETS, "v=view", 4),
    ("networks.universe", "u", "screen.next_universe", "Who counts: all, professionals, interviewed, in turn", _NET, _NETS, "u=who counts", 5),
    ("networks.rule", "m", "screen.next_rule", "How mixed evidence counts, in turn", _NET, _NETS, "m=mixed rule", 6),
    ("networks.right", "l right", "screen.pan(8, 0)", "Move the picture to the left", _NET, _NETS, "hlJK=pan", 7),
    ("networks.left", "h left", "screen.pan(-8, 0)", "Move the picture to the right", _NET, _NETS, "", 99),
    ("networks.lower", "J shift+down", "screen.pan(0, 4)", "See the lower part of the picture", _NET, _NETS, "", 99),
    ("networks.upper", "K shift+up", "screen.pan(0, -4)", "See the upper part of the picture", _NET, _NETS, "", 99),
    ("networks.close", "q", "screen.close", "Back to the documents", _NET, _NETS, "q=back", 9),
    *narrative_rows(Where),
    ("find.way", "O", "screen.go_way", "From words of a narrative to the interview; from an interview to the narratives that repeat it", _T, _FIND, "O=source", 21),
    *people_rows(Where),
    *theme_rows(Where),
    ("app.help", "f1 question_mark", "app.help", "Help", _E, _SCREENS, "?=help", 0),
    ("app.places", "f2 ctrl+g", "app.places", "Go to another screen: documents, agreement, narratives …", _E, _SCREENS, "F2=go to", 6),
    ("app.palette", "ctrl+p", "app.command_palette", "All commands", _E, _SCREENS, "", 99),
    ("app.theme", "f9", "app.next_theme", "Next theme", _E, _SCREENS, "", 99),
    ("app.notices", "f8", "app.notices", "Read the notices again", _E, _SCREENS, "", 99),
    ("app.quit", "ctrl+q", "app.quit", "Leave (everything is saved)", _E, _SCREENS, "", 99),
)  # fmt: skip
