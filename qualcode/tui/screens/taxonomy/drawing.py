"""What the screens of taxonomies show: domains, terms and gaps as lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len, set_cell_size

from qualcode.core.taxonomy import DomainView, Taxonomy, TermView
from qualcode.services.taxonomy import ComponentialView
from qualcode.tui.screens.taxonomy.session import TaxonomySession, counted
from qualcode.tui.widgets.figure_grid import Cell, GridRow
from qualcode.tui.widgets.lines import Line, Piece
from qualcode.tui.widgets.wrapping import wrapped_lines

_CELL = 28
_EXAMPLE = 60
_WIDE = 100
_DOMAIN_FIGURES = 35
"""How many cells a domain's counts and the gaps between its columns take."""


def domains_title(session: TaxonomySession, shown: int) -> list[Line]:
    """Say how many domains there are and what is missing in them."""
    taxonomy = session.taxonomy
    total = len(taxonomy.domains)
    of = counted(total, "domain") if shown == total else f"{shown} of {counted(total, 'domain')}"
    empty, homeless = len(taxonomy.without_evidence), len(taxonomy.without_place)
    gaps = (
        f"{counted(empty, 'term')} without evidence · {counted(homeless, 'code')} without a place"
    )
    return [
        ((" Taxonomies", "strong"), (f"  {of}, counted on {session.whose}", "dim")),
        ((f" {'; '.join(taxonomy.notes) or gaps}", "warn" if taxonomy.notes else "dim"),),
    ]


def domain_rows(domains: Sequence[DomainView], width: int) -> list[Line]:
    """Return a line for each domain: cover term, how its terms are related to it, counts."""
    name, reading = _domain_columns(domains, width)
    return [
        (
            (fitted(one.cover_term, name) + "  ", "strong"),
            (f"{one.reading:<{reading}}", "key"),
            (f"  {len(one.terms):>5}  {one.codings:>7}  {one.participants:>12}", ""),
            (f"  {one.definition}" if width >= _WIDE else "", "dim"),
        )
        for one in domains
    ]


def domain_heads(domains: Sequence[DomainView], width: int) -> Line:
    """Return the heads that stand above the columns of `domain_rows`."""
    if not domains:
        return ()
    name, reading = _domain_columns(domains, width)
    heads = f"  {fitted('domain', name)}  {fitted('relationship', reading)}"
    return ((f"{heads}  terms  codings  participants", "dim"),)


def _domain_columns(domains: Sequence[DomainView], width: int) -> tuple[int, int]:
    reading = max((len(one.reading) for one in domains), default=0)
    longest = max((cell_len(one.cover_term) for one in domains), default=0)
    return max(min(longest, width - reading - _DOMAIN_FIGURES), 16), max(reading, 12)


def domain_panel(one: DomainView, width: int) -> list[Line]:
    """Return what is to be known of a domain: its definition, how its terms read, what they are."""
    lines: list[Line] = [((f" {one.cover_term}", "strong"), (f"  {one.reading}", "key"))]
    for text in (one.definition, *([one.terms[0].reading + "."] if one.terms else [])):
        lines += [((f"  {line}", ""),) for line in wrapped_lines(text, width - 4) if text]
    names = ", ".join(term.name for term in one.terms) or "no term yet: ⏎ opens it, A adds one"
    return lines + [((f"  {line}", "dim"),) for line in wrapped_lines(names, width - 4)]


def term_rows(
    terms: Sequence[TermView], width: int, *, marked: Collection[int], dimmed: Collection[int]
) -> list[Line]:
    """Return a line for each term as a tree, counts at the right; `dimmed` only lead to others that fit a filter."""
    figures = [_term_figures(one, width) for one in terms]
    right = min(max((cell_len(text) for text in figures), default=0), width // 2)
    room = max(width - right - 5, 16)
    rows: list[Line] = []
    for one, text in zip(terms, figures, strict=True):
        mark = "✓ " if one.id in marked else "  "
        role = "dim" if one.id in dimmed else ("strong" if one.depth == 0 else "")
        code = f"  [{one.code}]" if one.code and width >= 100 else ""
        bound = f"  •{one.quotations}" if one.quotations else ""
        name = "  " * one.depth + one.name
        pieces: list[Piece] = [(mark, "key")]
        if cell_len(name) + cell_len(code + bound) > room:
            pieces.append((fitted(name + bound, room), role))
        else:
            rest = " " * (room - cell_len(name) - cell_len(code + bound))
            pieces += [(name, role), (code + bound + rest, "dim")]
        pieces.append((text, "" if one.has_evidence else "warn"))
        rows.append(tuple(pieces))
    return rows


def term_panel(session: TaxonomySession, one: TermView | None, width: int) -> list[Line]:
    """Return what is to be known of the term under the cursor: reading, code, who speaks, an example."""
    if one is None:
        return [((" No term yet: A adds one, I in the list of domains reads a file.", "dim"),)]
    code = session.book.by_key.get(one.code or "")
    stands = f"  stands for {code.name} ({code.key})" if code else "  stands for no code"
    bound = f", {counted(one.quotations, 'quotation')} bound" if one.quotations else ""
    lines: list[Line] = [((f" {one.reading}", "strong"), (stands + bound, "dim"))]
    if cell_len(one.reading + stands + bound) + 1 > width:
        lines = [((f" {one.reading}", "strong"),), ((stands[1:] + bound, "dim"),)]
    if one.example is None:
        lines.append(((" no evidence: c binds a code, + binds quotations", "warn"),))
        return lines
    sites = ", ".join(f"{name}: {count}" for name, count in one.sites if count)
    lines.append(((f" {', '.join(one.names)}", ""), (f"  {sites}" if sites else "", "dim")))
    said = " and ".join(one.example.participants) or one.example.document
    words = f"“{' '.join(one.example.quote.split())}” ({said})"
    return lines + [((f"  {line}", ""),) for line in wrapped_lines(words, width - 4)]


def table_of(
    terms: Sequence[TermView], marked: Collection[int]
) -> tuple[list[str], list[GridRow]]:
    """Return heads and rows of the table: codings, documents, participants, each site, an example."""
    sites = [name for name, _ in terms[0].sites] if terms else []
    heads = ["codings", "documents", "participants", *sites, "example"]
    rows = []
    for one in terms:
        counts = [one.codings, one.documents, one.participants, *(n for _, n in one.sites)]
        cells = [Cell(str(n), n, "" if n else "dim") for n in counts]
        cells.append(Cell(_example(one), None, "", is_text=True))
        mark = "✓ " if one.id in marked else ""
        rows.append(GridRow(str(one.id), mark + one.name, one.depth + 1, tuple(cells)))
    return heads, rows


def contrasts_of(
    view: ComponentialView, terms: Sequence[TermView]
) -> tuple[list[str], list[GridRow]]:
    """Return heads and rows of the componential view; a question mark is a question to ask."""
    shown = {one.name: one for one in terms}
    rows = []
    for row in view.rows:
        if row.term not in shown:
            continue
        cells = tuple(
            Cell(_contrast(row.values[n], row.written[n]), None, "warn" if row.is_question(n) else "", is_text=True)
            for n in range(len(view.dimensions))
        )  # fmt: skip
        rows.append(GridRow(str(shown[row.term].id), row.term, row.depth + 1, cells))
    return [f"{name} ✎" if name in view.own else name for name in view.dimensions], rows


def contrast_panel(
    view: ComponentialView, term: TermView | None, column: int, width: int
) -> list[Line]:
    """Return one cell in full: what was found, what was written, or the question."""
    if term is None or not view.dimensions:
        return [((" No dimension yet: n writes one in, d chooses facets and attributes.", "dim"),)]
    row = next((one for one in view.rows if one.term == term.name), None)
    if row is None:
        return []
    name = view.dimensions[min(column, len(view.dimensions) - 1)]
    n = view.dimensions.index(name)
    lines: list[Line] = [((f" {term.name}", "strong"), (f"  {name}", "key"))]
    if row.is_question(n):
        lines.append(((f" To ask: {name} of {term.name}?  e writes what is known", "warn"),))
        return lines
    if row.values[n]:
        found = ", ".join(f"{value}: {people}" for value, people in row.values[n])
        lines += [
            ((f"  {line}", ""),) for line in wrapped_lines(f"participants: {found}", width - 4)
        ]
    if row.written[n]:
        lines += [
            ((f"  {line}", ""),) for line in wrapped_lines(f"written: {row.written[n]}", width - 4)
        ]
    return lines


def gap_rows(taxonomy: Taxonomy, cover_term: str | None) -> list[Line]:
    """Return the terms without evidence, of one domain or of all."""
    return [
        ((term, "strong"), ("" if cover_term else f"  {cover}", "dim"))
        for cover, term in taxonomy.without_evidence
        if cover_term is None or cover == cover_term
    ]


def code_rows(
    session: TaxonomySession, codes: Sequence[tuple[str, int]], width: int
) -> list[Line]:
    """Return the codes that no term of any domain stands for, with their codings."""
    names = [session.book.by_key[key].name for key, _ in codes]
    name = min(max((cell_len(one) for one in names), default=8), max(width // 2, 20))
    return [
        ((fitted(one, name) + "  ", "strong"), (f"{counted(count, 'coding'):<12}  ", ""), (key, "dim"))
        for one, (key, count) in zip(names, codes, strict=True)
    ]  # fmt: skip


def code_panel(session: TaxonomySession, key: str | None, width: int) -> list[Line]:
    """Return what is to be known of a code without a place: its definition, and the keys that place it."""
    if key is None:
        return []
    code = session.book.by_key[key]
    lines: list[Line] = [((f" {code.name}", "strong"), (f"  {key}", "dim"))]
    lines += [((f"  {line}", ""),) for line in wrapped_lines(code.definition, width - 4) if line]
    told = " p makes it a term of this domain, P lets a term that is there stand for it"
    return [*lines, ((told, "dim"),)]


def fitted(text: str, width: int) -> str:
    """Return the text in exactly this many cells, cut with an ellipsis."""
    if cell_len(text) > width:
        return set_cell_size(text, max(width - 1, 0)) + "…"
    return set_cell_size(text, width)


def _figures(codings: int, participants: int) -> str:
    word = "coding " if codings == 1 else "codings"
    return f"{codings:>4} {word}  {counted(participants, 'participant'):>15}"


def _term_figures(one: TermView, width: int) -> str:
    if not one.has_evidence:
        return "     no evidence"
    sites = " · ".join(f"{name} {count}" for name, count in one.sites if count)
    told = f" · {sites}" if sites and width >= _WIDE else ""
    return _figures(one.codings, one.participants) + told


def _example(one: TermView) -> str:
    if one.example is None:
        return "—"
    text = " ".join(one.example.quote.split())
    return text if cell_len(text) <= _EXAMPLE else set_cell_size(text, _EXAMPLE - 1) + "…"


def _contrast(values: Sequence[tuple[str, int]], written: str) -> str:
    found = ", ".join(f"{name} {count}" for name, count in values)
    text = "; ".join(part for part in (written, found) if part) or "?"
    return text if cell_len(text) <= _CELL else set_cell_size(text, _CELL - 1) + "…"
