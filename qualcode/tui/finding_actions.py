"""Rows of the action table for grids of figures and the screens of findings; see `action_table`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.tui.action_table import Row, Where


def finding_rows(where: type[Where]) -> tuple[Row, ...]:
    """Return the rows; `where` is the table's own enumeration of places."""
    figures, findings, branches, evidence = (
        where.FIGURES,
        where.FINDINGS,
        where.BRANCHES,
        where.EVIDENCE,
    )
    comparison, together, framework = where.COMPARISON, where.COOCCURRENCE, where.FRAMEWORK
    saturation, joint = where.SATURATION, where.JOINT
    return (
        ("figures.choose", "enter", "choose", "The quotations behind this figure", figures, "Figures", "⏎=quotations", 1),
        ("figures.down", "j down", "step(1, 0)", "Next row", figures, "Figures", "hjkl=move", 2),
        ("figures.up", "k up", "step(-1, 0)", "Previous row", figures, "Figures", "", 99),
        ("figures.right", "l right", "step(0, 1)", "Next figure of this row", figures, "Figures", "", 99),
        ("figures.left", "h left", "step(0, -1)", "Previous figure of this row", figures, "Figures", "", 99),
        ("figures.page_down", "pagedown space", "page(1)", "One page down", figures, "Figures", "", 99),
        ("figures.page_up", "pageup backspace", "page(-1)", "One page up", figures, "Figures", "", 99),
        ("figures.first", "home", "edge(-1)", "First row", figures, "Figures", "", 99),
        ("figures.last", "end", "edge(1)", "Last row", figures, "Figures", "", 99),
        ("figures.sort", "s", "sort", "Sort by this column; once more turns it round", figures, "Figures", "s=sort", 9),
        ("figures.tree", "t", "tree", "Back to the order before sorting", figures, "Figures", "t=unsorted", 19),
        ("figures.places", "g", "app.places", "Go to another screen", figures, "Figures", "", 99),
        ("findings.whose", "w", "screen.choose_whose", "Whose codings are counted: consensus, one coder, a round", findings, "Findings", "w=whose", 8),
        ("findings.rows", "r", "screen.choose_rows", "Look at one code's branch: find it by name", findings, "Findings", "r=code", 10),
        ("findings.all_rows", "A", "screen.all_rows", "Look at all branches again", findings, "Findings", "", 99),
        ("findings.export", "E", "screen.export", "Write the table to a file: csv, xlsx, docx, md", findings, "Findings", "E=export", 11),
        ("findings.method", "m", "screen.show_method", "How this was counted, ready to paste, and the command", findings, "Findings", "m=method", 12),
        ("findings.filter", "slash", "screen.filter", "Show only the rows with these words", findings, "Findings", "/=filter", 13),
        ("findings.copy", "y", "screen.copy", "Copy the table, as spreadsheets take it", findings, "Findings", "y=copy", 14),
        ("findings.reload", "ctrl+r f5", "screen.reload", "Read everything afresh", findings, "Findings", "", 99),
        ("findings.close", "q escape", "screen.close", "Back to where you came from", findings, "Findings", "q=back", 16),
        ("branches.into", "d", "screen.into", "Into the code under the cursor: the codes below it", branches, "Findings", "d=into", 6),
        ("branches.out", "b", "screen.out", "Back up to the codes above", branches, "Findings", "b=up", 7),
        ("branches.deep", "L", "screen.deep", "Only the next level of codes, or all below", branches, "Findings", "L=levels", 15),
        ("comparison.columns", "c", "screen.choose_columns", "What the columns are: a facet, an attribute, documents, coders", comparison, "Comparison", "c=columns", 3),
        ("comparison.measure", "n", "screen.next_measure", "Participants, their share, codings, documents, share of text, in turn", comparison, "Comparison", "n=count", 4),
        ("comparison.view", "v tab", "screen.next_view", "Matrix, who says what about whom, support by groups, negative cases, in turn", comparison, "Comparison", "v=view", 5),
        ("comparison.turn", "x", "screen.turn", "Exchange rows and columns", comparison, "Comparison", "x=turn", 9),
        ("comparison.groups", "G", "screen.choose_groups", "Which attribute makes the groups of speakers", comparison, "Comparison", "G=groups", 18),
        ("cooccurrence.relation", "n", "screen.next_relation", "Overlapping, same turn, same sentence, near, in turn", together, "Co-occurrence", "n=how", 3),
        ("cooccurrence.view", "v tab", "screen.next_view", "Pairs, heatmap of counts, heatmap of Jaccard, in turn", together, "Co-occurrence", "v=view", 4),
        ("cooccurrence.distance", "D", "screen.ask_distance", "How many characters apart is near", together, "Co-occurrence", "D=distance", 5),
        ("framework.write", "e", "screen.write_summary", "Write the summary of this cell", framework, "Framework", "e=write", 3),
        ("framework.next", "n", "screen.next_stale(1)", "Next stale summary", framework, "Framework", "n=next stale", 4),
        ("framework.previous", "N", "screen.next_stale(-1)", "Previous stale summary", framework, "Framework", "", 99),
        ("framework.empty", "o", "screen.next_open", "Next cell with quotations but no summary", framework, "Framework", "o=next to write", 5),
        ("framework.accept", "a", "screen.accept", "This stale summary still holds: bind it to the evidence as it is now", framework, "Framework", "a=still holds", 6),
        ("framework.remove", "X delete", "screen.remove_summary", "Remove the summary of this cell", framework, "Framework", "X=remove", 17),
        ("framework.cases", "c", "screen.choose_cases", "What the cases are: participants, or an attribute's values", framework, "Framework", "c=cases", 9),
        ("framework.undo", "u ctrl+z", "screen.undo", "Undo my last change", framework, "Framework", "u=undo", 7),
        ("framework.redo", "U ctrl+y", "screen.redo", "Redo what was undone", framework, "Framework", "", 99),
        ("saturation.view", "v tab", "screen.next_view", "New codes by document, the curve, all rules side by side, in turn", saturation, "Saturation", "v=view", 3),
        ("saturation.order", "o", "screen.choose_order", "The order of the documents: as imported, by name, by an attribute", saturation, "Saturation", "o=order", 4),
        ("saturation.resample", "a", "screen.resample", "Draw 1,000 random orders as well, or not", saturation, "Saturation", "a=random orders", 5),
        ("saturation.base", "b", "screen.next_base", "Documents of the base: 4, 5, 6, in turn", saturation, "Saturation", "b=base", 6),
        ("saturation.run", "n", "screen.next_run", "Documents of a run: 2, 3, in turn", saturation, "Saturation", "n=run", 7),
        ("saturation.threshold", "p", "screen.next_threshold", "Threshold of new codes: 5 %, 0 %, in turn", saturation, "Saturation", "p=threshold", 9),
        ("saturation.rule", "R", "screen.ask_rule", "Another rule: base, run and threshold in numbers", saturation, "Saturation", "", 99),
        ("joint.measure", "c", "screen.choose_measure", "Which measure stands beside the codes", joint, "Joint display", "c=measure", 3),
        ("joint.view", "v tab", "screen.next_view", "Distribution beside each code, or participant by participant", joint, "Joint display", "v=view", 4),
        ("evidence.export", "E", "screen.export", "Write these quotations to a file: csv, xlsx, docx, md", evidence, "Findings", "E=export", 3),
        ("evidence.copy", "y", "screen.copy", "Copy this quotation with its source", evidence, "Findings", "y=copy", 4),
        ("evidence.copy_all", "Y", "screen.copy_all", "Copy all of them as a table", evidence, "Findings", "", 99),
        ("evidence.filter", "slash", "screen.filter", "Show only the quotations with these words", evidence, "Findings", "/=filter", 4),
        ("evidence.close", "q", "screen.close", "Back to the figures", evidence, "Findings", "q=back", 5),
    )  # fmt: skip
