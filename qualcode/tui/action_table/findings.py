"""Rows of the action table for grids of figures and the screens of findings."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_IN_FIGURES = Where.FIGURES
_IN_FINDINGS = Where.FINDINGS
_BRANCHES = Where.BRANCHES
_IN_COMPARISON = Where.COMPARISON
_COOCCURRENCE = Where.COOCCURRENCE
_IN_FRAMEWORK = Where.FRAMEWORK
_IN_SATURATION = Where.SATURATION
_JOINT = Where.JOINT
_EVIDENCE = Where.EVIDENCE
_FIGURES = "Figures"
_FINDINGS = "Findings"
_COMPARISON = "Comparison"
_CO_OCCURRENCE = "Co-occurrence"
_FRAMEWORK = "Framework"
_SATURATION = "Saturation"
_JOINT_DISPLAY = "Joint display"

ROWS: tuple[Row, ...] = (
    ("figures.choose", "enter", "choose", "The quotations behind this figure", _IN_FIGURES, _FIGURES, "⏎=quotations", 1),
    ("figures.down", "j down", "step(1, 0)", "Next row", _IN_FIGURES, _FIGURES, "hjkl=move", 2),
    ("figures.up", "k up", "step(-1, 0)", "Previous row", _IN_FIGURES, _FIGURES, "", 99),
    ("figures.right", "l right", "step(0, 1)", "Next figure of this row", _IN_FIGURES, _FIGURES, "", 99),
    ("figures.left", "h left", "step(0, -1)", "Previous figure of this row", _IN_FIGURES, _FIGURES, "", 99),
    ("figures.page_down", "pagedown space", "page(1)", "One page down", _IN_FIGURES, _FIGURES, "", 99),
    ("figures.page_up", "pageup backspace", "page(-1)", "One page up", _IN_FIGURES, _FIGURES, "", 99),
    ("figures.first", "home", "edge(-1)", "First row", _IN_FIGURES, _FIGURES, "", 99),
    ("figures.last", "end", "edge(1)", "Last row", _IN_FIGURES, _FIGURES, "", 99),
    ("figures.sort", "s", "sort", "Sort by this column; once more turns it round", _IN_FIGURES, _FIGURES, "s=sort", 9),
    ("figures.tree", "t", "tree", "Back to the order before sorting", _IN_FIGURES, _FIGURES, "t=unsorted", 19),
    ("figures.places", "g", "app.places", "Go to another screen", _IN_FIGURES, _FIGURES, "", 99),
    ("findings.whose", "w", "screen.choose_whose", "Whose codings are counted: consensus, one coder, a round", _IN_FINDINGS, _FINDINGS, "w=whose", 8),
    ("findings.rows", "r", "screen.choose_rows", "Look at one code's branch: find it by name", _IN_FINDINGS, _FINDINGS, "r=code", 10),
    ("findings.all_rows", "A", "screen.all_rows", "Look at all branches again", _IN_FINDINGS, _FINDINGS, "", 99),
    ("findings.export", "E", "screen.export", "Write the table to a file: csv, xlsx, docx, md", _IN_FINDINGS, _FINDINGS, "E=export", 11),
    ("findings.method", "m", "screen.show_method", "How this was counted, ready to paste, and the command", _IN_FINDINGS, _FINDINGS, "m=method", 12),
    ("findings.filter", "slash", "screen.filter", "Show only the rows with these words", _IN_FINDINGS, _FINDINGS, "/=filter", 13),
    ("findings.copy", "y", "screen.copy", "Copy the table, as spreadsheets take it", _IN_FINDINGS, _FINDINGS, "y=copy", 14),
    ("findings.reload", "ctrl+r f5", "screen.reload", "Read everything afresh", _IN_FINDINGS, _FINDINGS, "", 99),
    ("findings.close", "q escape", "screen.close", "Back to where you came from", _IN_FINDINGS, _FINDINGS, "q=back", 16),
    ("branches.into", "d", "screen.into", "Into the code under the cursor: the codes below it", _BRANCHES, _FINDINGS, "d=into", 6),
    ("branches.out", "b", "screen.out", "Back up to the codes above", _BRANCHES, _FINDINGS, "b=up", 7),
    ("branches.deep", "L", "screen.deep", "Only the next level of codes, or all below", _BRANCHES, _FINDINGS, "L=levels", 15),
    ("comparison.columns", "c", "screen.choose_columns", "What the columns are: a facet, an attribute, documents, coders", _IN_COMPARISON, _COMPARISON, "c=columns", 3),
    ("comparison.measure", "n", "screen.next_measure", "Participants, their share, codings, documents, share of text, in turn", _IN_COMPARISON, _COMPARISON, "n=count", 4),
    ("comparison.view", "v tab", "screen.next_view", "Matrix, who says what about whom, support by groups, negative cases, in turn", _IN_COMPARISON, _COMPARISON, "v=view", 5),
    ("comparison.turn", "x", "screen.turn", "Exchange rows and columns", _IN_COMPARISON, _COMPARISON, "x=turn", 9),
    ("comparison.groups", "G", "screen.choose_groups", "Which attribute makes the groups of speakers", _IN_COMPARISON, _COMPARISON, "G=groups", 18),
    ("cooccurrence.relation", "n", "screen.next_relation", "Overlapping, same turn, same sentence, near, in turn", _COOCCURRENCE, _CO_OCCURRENCE, "n=how", 3),
    ("cooccurrence.view", "v tab", "screen.next_view", "Pairs, heatmap of counts, heatmap of Jaccard, in turn", _COOCCURRENCE, _CO_OCCURRENCE, "v=view", 4),
    ("cooccurrence.distance", "D", "screen.ask_distance", "How many characters apart is near", _COOCCURRENCE, _CO_OCCURRENCE, "D=distance", 5),
    ("framework.write", "e", "screen.write_summary", "Write the summary of this cell", _IN_FRAMEWORK, _FRAMEWORK, "e=write", 3),
    ("framework.next", "n", "screen.next_stale(1)", "Next stale summary", _IN_FRAMEWORK, _FRAMEWORK, "n=next stale", 4),
    ("framework.previous", "N", "screen.next_stale(-1)", "Previous stale summary", _IN_FRAMEWORK, _FRAMEWORK, "", 99),
    ("framework.empty", "o", "screen.next_open", "Next cell with quotations but no summary", _IN_FRAMEWORK, _FRAMEWORK, "o=next to write", 5),
    ("framework.accept", "a", "screen.accept", "This stale summary still holds: bind it to the evidence as it is now", _IN_FRAMEWORK, _FRAMEWORK, "a=still holds", 6),
    ("framework.remove", "X delete", "screen.remove_summary", "Remove the summary of this cell", _IN_FRAMEWORK, _FRAMEWORK, "X=remove", 17),
    ("framework.cases", "c", "screen.choose_cases", "What the cases are: participants, or an attribute's values", _IN_FRAMEWORK, _FRAMEWORK, "c=cases", 9),
    ("framework.undo", "u ctrl+z", "screen.undo", "Undo my last change", _IN_FRAMEWORK, _FRAMEWORK, "u=undo", 7),
    ("framework.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _IN_FRAMEWORK, _FRAMEWORK, "", 99),
    ("saturation.view", "v tab", "screen.next_view", "New codes by document, the curve, all rules side by side, in turn", _IN_SATURATION, _SATURATION, "v=view", 3),
    ("saturation.order", "o", "screen.choose_order", "The order of the documents: as imported, by name, by an attribute", _IN_SATURATION, _SATURATION, "o=order", 4),
    ("saturation.resample", "a", "screen.resample", "Draw 1,000 random orders as well, or not", _IN_SATURATION, _SATURATION, "a=random orders", 5),
    ("saturation.base", "b", "screen.next_base", "Documents of the base: 4, 5, 6, in turn", _IN_SATURATION, _SATURATION, "b=base", 6),
    ("saturation.run", "n", "screen.next_run", "Documents of a run: 2, 3, in turn", _IN_SATURATION, _SATURATION, "n=run", 7),
    ("saturation.threshold", "p", "screen.next_threshold", "Threshold of new codes: 5 %, 0 %, in turn", _IN_SATURATION, _SATURATION, "p=threshold", 9),
    ("saturation.rule", "R", "screen.ask_rule", "Another rule: base, run and threshold in numbers", _IN_SATURATION, _SATURATION, "", 99),
    ("joint.measure", "c", "screen.choose_measure", "Which measure stands beside the codes", _JOINT, _JOINT_DISPLAY, "c=measure", 3),
    ("joint.view", "v tab", "screen.next_view", "Distribution beside each code, or participant by participant", _JOINT, _JOINT_DISPLAY, "v=view", 4),
    ("evidence.export", "E", "screen.export", "Write these quotations to a file: csv, xlsx, docx, md", _EVIDENCE, _FINDINGS, "E=export", 3),
    ("evidence.copy", "y", "screen.copy", "Copy this quotation with its source", _EVIDENCE, _FINDINGS, "y=copy", 4),
    ("evidence.copy_all", "Y", "screen.copy_all", "Copy all of them as a table", _EVIDENCE, _FINDINGS, "", 99),
    ("evidence.filter", "slash", "screen.filter", "Show only the quotations with these words", _EVIDENCE, _FINDINGS, "/=filter", 4),
    ("evidence.close", "q", "screen.close", "Back to the figures", _EVIDENCE, _FINDINGS, "q=back", 5),
)  # fmt: skip
