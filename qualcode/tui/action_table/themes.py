"""Rows of the action table for quotations, taxonomies and concept maps."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_IN_QUOTATIONS = Where.QUOTATIONS
_PICKING = Where.PICKING
_IN_TAXONOMIES = Where.TAXONOMIES
_TERMS = Where.TERMS
_CONTRASTS = Where.CONTRASTS
_HOMELESS = Where.HOMELESS
_MAPS = Where.MAPS
_MAP = Where.MAP
_QUOTATIONS = "Quotations"
_TAXONOMIES = "Taxonomies"
_CONCEPT_MAPS = "Concept maps"

ROWS: tuple[Row, ...] = (
    ("quotations.open", "o", "screen.open", "Open the document at these words", _IN_QUOTATIONS, _QUOTATIONS, "", 99),
    ("quotations.filter", "slash", "screen.filter", "Show only quotations with these words", _IN_QUOTATIONS, _QUOTATIONS, "/=filter", 3),
    ("quotations.release", "x delete", "screen.release", "Take away a quotation that was bound here (•)", _IN_QUOTATIONS, _QUOTATIONS, "x=take away", 4),
    ("quotations.undo", "u ctrl+z", "screen.undo", "Undo my last change", _IN_QUOTATIONS, _QUOTATIONS, "u=undo", 5),
    ("quotations.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _IN_QUOTATIONS, _QUOTATIONS, "", 99),
    ("quotations.close", "q escape", "screen.close", "Back to where you came from", _IN_QUOTATIONS, _QUOTATIONS, "q=back", 6),
    ("picking.mark", "m", "screen.mark", "Mark this quotation, or take the mark away", _PICKING, _QUOTATIONS, "m=mark", 3),
    ("picking.filter", "slash", "screen.filter", "Show only quotations with these words", _PICKING, _QUOTATIONS, "/=filter", 4),
    ("picking.open", "o", "screen.open", "Open the document at these words", _PICKING, _QUOTATIONS, "o=document", 5),
    ("picking.close", "q escape", "screen.close", "Back without taking any", _PICKING, _QUOTATIONS, "q=back", 6),
    ("taxonomies.add", "A", "screen.add", "Add a domain: cover term, then its relationship", _IN_TAXONOMIES, _TAXONOMIES, "A=add", 3),
    ("taxonomies.rename", "R", "screen.rename", "Change the cover term", _IN_TAXONOMIES, _TAXONOMIES, "R=rename", 4),
    ("taxonomies.relationship", "r", "screen.relationship", "Choose how included terms are related to the cover term", _IN_TAXONOMIES, _TAXONOMIES, "r=relationship", 5),
    ("taxonomies.define", "E", "screen.define", "Write the definition of the domain", _IN_TAXONOMIES, _TAXONOMIES, "E=define", 8),
    ("taxonomies.down", "J shift+down", "screen.shift('down')", "Move the domain down", _IN_TAXONOMIES, _TAXONOMIES, "JK=order", 9),
    ("taxonomies.up", "K shift+up", "screen.shift('up')", "Move the domain up", _IN_TAXONOMIES, _TAXONOMIES, "", 99),
    ("taxonomies.remove", "X delete", "screen.remove", "Remove the domain with its terms; codes and codings stay", _IN_TAXONOMIES, _TAXONOMIES, "X=remove", 10),
    ("taxonomies.count", "b", "screen.count", "Choose whose codings are counted", _IN_TAXONOMIES, _TAXONOMIES, "b=whose", 12),
    ("taxonomies.filter", "slash", "screen.filter", "Show only domains with these words, in their terms too", _IN_TAXONOMIES, _TAXONOMIES, "/=filter", 7),
    ("taxonomies.export", "w", "screen.export", "Write all domains to a file: Markdown, docx, csv, SVG, YAML", _IN_TAXONOMIES, _TAXONOMIES, "w=write file", 11),
    ("taxonomies.import", "I", "screen.import", "Read domains from a YAML file", _IN_TAXONOMIES, _TAXONOMIES, "I=import", 13),
    ("taxonomies.undo", "u ctrl+z", "screen.undo", "Undo my last change", _IN_TAXONOMIES, _TAXONOMIES, "u=undo", 6),
    ("taxonomies.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _IN_TAXONOMIES, _TAXONOMIES, "", 99),
    ("taxonomies.close", "q escape", "screen.close", "Back to where you came from", _IN_TAXONOMIES, _TAXONOMIES, "q=back", 14),
    ("terms.view", "v tab", "screen.next_view", "Tree, table, contrasts, terms without evidence, codes without a place, in turn", _TERMS, _TAXONOMIES, "v=view", 3),
    ("terms.view_back", "V shift+tab", "screen.next_view(-1)", "The view before", _TERMS, _TAXONOMIES, "", 99),
    ("terms.add", "A", "screen.add(True)", "Add an included term below this one", _TERMS, _TAXONOMIES, "A=add", 4),
    ("terms.add_top", "ctrl+a", "screen.add(False)", "Add an included term at the top of the domain", _TERMS, _TAXONOMIES, "", 99),
    ("terms.rename", "R", "screen.rename", "Change the words of the term", _TERMS, _TAXONOMIES, "R=rename", 5),
    ("terms.down", "J shift+down", "screen.shift('down')", "Move the term, or the marked ones, down among the siblings", _TERMS, _TAXONOMIES, "JK=order", 6),
    ("terms.up", "K shift+up", "screen.shift('up')", "Move the term, or the marked ones, up among the siblings", _TERMS, _TAXONOMIES, "", 99),
    ("terms.in", "greater_than_sign L shift+right", "screen.shift('in')", "Include the term, or the marked ones, in the sibling above", _TERMS, _TAXONOMIES, "<>=outdent, indent", 7),
    ("terms.out", "less_than_sign H shift+left", "screen.shift('out')", "Take the term, or the marked ones, out of what includes it", _TERMS, _TAXONOMIES, "", 99),
    ("terms.mark", "m", "screen.mark", "Mark the term for moving or removing, or take the mark away", _TERMS, _TAXONOMIES, "m=mark", 8),
    ("terms.move", "M", "screen.move_marked(True)", "Put the marked terms under this one", _TERMS, _TAXONOMIES, "M=move under", 10),
    ("terms.move_top", "T", "screen.move_marked(False)", "Put the marked terms at the top of the domain", _TERMS, _TAXONOMIES, "", 99),
    ("terms.code", "c", "screen.bind_code", "Bind the term to a code: find it by name", _TERMS, _TAXONOMIES, "c=code", 11),
    ("terms.loosen", "C", "screen.loosen_code", "Loosen the term from its code", _TERMS, _TAXONOMIES, "", 99),
    ("terms.quotations", "plus equals_sign", "screen.bind_quotations", "Bind quotations to the term", _TERMS, _TAXONOMIES, "+=quotations", 12),
    ("terms.remove", "X delete", "screen.remove", "Remove the term, or the marked ones, with what they include; codes and codings stay", _TERMS, _TAXONOMIES, "X=remove", 13),
    ("terms.undo", "u ctrl+z", "screen.undo", "Undo my last change", _TERMS, _TAXONOMIES, "u=undo", 9),
    ("terms.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _TERMS, _TAXONOMIES, "", 99),
    ("terms.filter", "slash", "screen.filter", "Show only terms with these words, and what includes them", _TERMS, _TAXONOMIES, "/=filter", 15),
    ("terms.export", "w", "screen.export", "Write this domain to a file: Markdown, docx, csv, SVG, YAML", _TERMS, _TAXONOMIES, "w=write file", 16),
    ("terms.count", "b", "screen.count", "Choose whose codings are counted", _TERMS, _TAXONOMIES, "b=whose", 17),
    ("terms.close", "q escape", "screen.close", "Back to the domains", _TERMS, _TAXONOMIES, "q=back", 18),
    ("contrasts.fill", "e", "screen.fill", "Write what is known of the term in this dimension", _CONTRASTS, _TAXONOMIES, "e=write cell", 1),
    ("contrasts.dimensions", "d", "screen.dimensions", "Show another facet or attribute as a dimension, or take one out of view", _CONTRASTS, _TAXONOMIES, "d=dimensions", 4),
    ("contrasts.new", "n", "screen.new_dimension", "Begin a dimension of your own with this term", _CONTRASTS, _TAXONOMIES, "n=new dimension", 5),
    ("contrasts.rename", "N", "screen.rename_dimension", "Rename a dimension of your own", _CONTRASTS, _TAXONOMIES, "", 99),
    ("homeless.place", "p", "screen.place(True)", "Give the code a term of its own in this domain", _HOMELESS, _TAXONOMIES, "p=place", 1),
    ("homeless.stand", "P", "screen.place(False)", "Let a term that is there stand for the code", _HOMELESS, _TAXONOMIES, "P=bind to a term", 3),
    ("maps.add", "A", "screen.add", "Begin a concept map", _MAPS, _CONCEPT_MAPS, "A=new map", 3),
    ("maps.rename", "R", "screen.rename", "Rename the map", _MAPS, _CONCEPT_MAPS, "R=rename", 4),
    ("maps.remove", "X delete", "screen.remove", "Remove the map with its concepts and links", _MAPS, _CONCEPT_MAPS, "X=remove", 5),
    ("maps.import", "I", "screen.import", "Read a map from a YAML file", _MAPS, _CONCEPT_MAPS, "I=import", 6),
    ("maps.undo", "u ctrl+z", "screen.undo", "Undo my last change", _MAPS, _CONCEPT_MAPS, "u=undo", 6),
    ("maps.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _MAPS, _CONCEPT_MAPS, "", 99),
    ("maps.close", "q escape", "screen.close", "Back to where you came from", _MAPS, _CONCEPT_MAPS, "q=back", 7),
    ("map.view", "v tab", "screen.next_view", "The list of links, or of concepts", _MAP, _CONCEPT_MAPS, "v=concepts", 3),
    ("map.link", "n", "screen.new_link", "Link two concepts: from, kind, to", _MAP, _CONCEPT_MAPS, "n=link", 4),
    ("map.add_code", "A", "screen.add_code", "Add a code as a concept", _MAP, _CONCEPT_MAPS, "A=add code", 5),
    ("map.add_idea", "i", "screen.add_idea", "Add an idea of your own as a concept", _MAP, _CONCEPT_MAPS, "i=add idea", 6),
    ("map.attach", "plus equals_sign", "screen.attach", "Attach quotations as evidence of the link", _MAP, _CONCEPT_MAPS, "+=evidence", 7),
    ("map.kind", "t", "screen.kind", "Choose what the link says: leads to, supports, part of …", _MAP, _CONCEPT_MAPS, "t=kind", 8),
    ("map.both", "b", "screen.both", "Both ways, or one", _MAP, _CONCEPT_MAPS, "b=both ways", 9),
    ("map.swap", "s", "screen.swap", "Let the link run the other way", _MAP, _CONCEPT_MAPS, "s=swap", 10),
    ("map.note", "E", "screen.note", "Write why the link is drawn", _MAP, _CONCEPT_MAPS, "E=note", 11),
    ("map.rename", "R", "screen.rename", "Change the words of the concept", _MAP, _CONCEPT_MAPS, "R=rename", 12),
    ("map.code", "c", "screen.bind_code", "Let the concept stand for a code", _MAP, _CONCEPT_MAPS, "c=code", 13),
    ("map.loosen", "C", "screen.loosen_code", "Let the concept be an idea without a code", _MAP, _CONCEPT_MAPS, "", 99),
    ("map.gone", "D", "screen.drop_gone", "Take evidence away that does not stand any more", _MAP, _CONCEPT_MAPS, "", 99),
    ("map.remove", "X delete", "screen.remove", "Remove the link, or the concept with its links", _MAP, _CONCEPT_MAPS, "X=remove", 14),
    ("map.undo", "u ctrl+z", "screen.undo", "Undo my last change", _MAP, _CONCEPT_MAPS, "u=undo", 8),
    ("map.redo", "U ctrl+y", "screen.redo", "Redo what was undone", _MAP, _CONCEPT_MAPS, "", 99),
    ("map.filter", "slash", "screen.filter", "Show only links or concepts with these words", _MAP, _CONCEPT_MAPS, "/=filter", 16),
    ("map.right", "l right", "screen.pan(8, 0)", "Move the picture to the left", _MAP, _CONCEPT_MAPS, "hlJK=pan", 17),
    ("map.left", "h left", "screen.pan(-8, 0)", "Move the picture to the right", _MAP, _CONCEPT_MAPS, "", 99),
    ("map.lower", "J shift+down", "screen.pan(0, 4)", "See the lower part of the picture", _MAP, _CONCEPT_MAPS, "", 99),
    ("map.upper", "K shift+up", "screen.pan(0, -4)", "See the upper part of the picture", _MAP, _CONCEPT_MAPS, "", 99),
    ("map.export", "w", "screen.export", "Write the map to a file: SVG, Markdown, Graphviz, YAML", _MAP, _CONCEPT_MAPS, "w=write file", 18),
    ("map.close", "q escape", "screen.close", "Back to the concept maps", _MAP, _CONCEPT_MAPS, "q=back", 19),
)  # fmt: skip
