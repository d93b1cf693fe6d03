"""Commands for taxonomies: show, add, assign, move, remove, contrast, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalRound,
    OutputFile,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import Table, say, show, write_file
from qualcode.cli.quoting import COLUMNS, quotation_line, quotation_row
from qualcode.errors import InputError

Basis = Annotated[
    str, typer.Option(metavar="WHOSE", help="The consensus, or the codings of one coder.")
]
OptionalDomain = Annotated[
    str | None, typer.Option("--domain", metavar="COVER_TERM", help="Only this domain.")
]
Domain = Annotated[str, typer.Argument(metavar="COVER_TERM", help="The domain's cover term.")]
Term = Annotated[str, typer.Argument(metavar="TERM", help="An included term of the domain.")]

group = typer.Typer(no_args_is_help=True, help="Domains, cover terms and included terms.")


@group.command("show")
def show_all(
    project: ProjectPlace,
    domain: OptionalDomain = None,
    basis: Basis = "consensus",
    round_name: OptionalRound = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Print the domains with codings, participants and sites per term, and what has no evidence or no place."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        found = service.show_taxonomy(handle, domain, basis=basis, round=round_name)
    rows: list[dict[str, Any]] = []
    for one in found.domains:
        if not as_json:
            rows.append(_head(one))
        rows += [_row(one, term, as_json) for term in one.terms]
    notes = list(found.notes)
    if found.without_evidence:
        names = [f"{term} ({cover})" for cover, term in found.without_evidence]
        notes.append(f"terms without evidence: {', '.join(names)}")
    if found.without_place and domain is None:
        names = [f"{code} ({count})" for code, count in found.without_place]
        notes.append(f"codes without a place: {', '.join(names)}")
    columns = ["term", "codings", "participants", "sites"]
    show(Table("taxonomy show", project, columns, rows, notes), as_json=as_json)


@group.command("add")
def add(
    project: ProjectPlace,
    domain: Domain,
    term: Annotated[
        str | None,
        typer.Argument(metavar="[TERM]", help="An included term; without it the domain is added."),
    ] = None,
    relationship: Annotated[
        str | None,
        typer.Option(metavar="R", help="Of a new domain: one of Spradley's nine, as means-end."),
    ] = None,
    definition: Annotated[str, typer.Option(help="Of a new domain.")] = "",
    under: Annotated[
        str | None, typer.Option("--under", metavar="TERM", help="Include it in this term.")
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="The code it stands for.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Add a domain, or an included term to one."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        if term is None:
            if relationship is None:
                raise InputError(
                    "how are its terms related to it?", hint="--relationship strict-inclusion"
                )
            made = service.add_domain(handle, domain, relationship, definition=definition)
            say(f"domain added: {made.cover_term} ({made.reading})")
            return
        if relationship is not None:
            service.add_domain(handle, domain, relationship, definition=definition)
        added = service.add_term(handle, domain, term, parent=under, code=code)
    say(f"term added: {added.name}")


@group.command("assign")
def assign(
    project: ProjectPlace,
    domain: Domain,
    term: Term,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="The code it stands for.")
    ] = None,
    codings: Annotated[
        list[int] | None,
        typer.Option("--coding", metavar="ID", help="A quotation; may be given again."),
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Bind a term to a code, or to quotations by the ids of their codings."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        found = service.assign_term(handle, domain, term, code=code, codings=codings or ())
    say(f"{found.name}: code {found.code or '—'}, {len(found.quotations)} quotations")


@group.command("move")
def move(
    project: ProjectPlace,
    domain: Domain,
    term: Term,
    under: Annotated[
        str | None, typer.Option("--under", metavar="TERM", help="Include it in this term.")
    ] = None,
    position: Annotated[
        int | None, typer.Option(metavar="N", help="Place among its siblings, from 1.", min=1)
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Put a term under another one, or to the top; a term never comes to include itself."""
    from qualcode.services import taxonomy as service

    place = position - 1 if position is not None else None
    with opened(project, acting) as handle:
        service.move_term(handle, domain, term, parent=under, position=place)
    say(f"{term} moved")


@group.command("remove")
def remove(
    project: ProjectPlace,
    domain: Domain,
    term: Annotated[
        str | None, typer.Argument(metavar="[TERM]", help="Without it the whole domain goes.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Take a term (with those it includes) or a domain out of view; `qualcode undo` brings it back."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        if term is None:
            service.remove_domain(handle, domain)
        else:
            service.remove_term(handle, domain, term)
    say(f"{term or domain} removed")


@group.command("contrast")
def contrast(
    project: ProjectPlace,
    domain: Domain,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="NAME", help="A facet, an attribute, or your own; again."),
    ] = None,
    basis: Basis = "consensus",
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Print what tells the terms of a domain apart; an empty cell is a question to ask."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        found = service.show_components(handle, domain, by or (), basis=basis)
    rows: list[dict[str, Any]] = []
    for row in found.rows:
        cells: dict[str, Any] = {}
        for name, values, written in zip(found.dimensions, row.values, row.written, strict=True):
            cells[name] = dict(values) if as_json else _values(values, written)
            if as_json:
                cells[f"{name}_written"] = written or None
        rows.append({"term": row.term if as_json else "  " * row.depth + row.term, **cells})
    notes = [f"to ask: {name} of {term}?" for term, name in found.questions]
    columns = ["term", *found.dimensions]
    title = "" if as_json else found.cover_term
    show(Table("taxonomy contrast", project, columns, rows, notes, title), as_json=as_json)


@group.command("fill")
def fill(
    project: ProjectPlace,
    domain: Domain,
    term: Term,
    dimension: Annotated[str, typer.Argument(metavar="DIMENSION", help="Such as: who begins?")],
    value: Annotated[str, typer.Argument(metavar="[VALUE]", help="Nothing takes it away.")] = "",
    acting: ActingAs = None,
) -> None:
    """Write what is known of a term under a dimension of contrast; a new dimension begins with it."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        service.fill_cell(handle, domain, term, dimension, value)
    say(f"{term}, {dimension}: {value or 'taken away'}")


@group.command("shift")
def shift(
    project: ProjectPlace,
    domain: Domain,
    way: Annotated[str, typer.Argument(metavar="WAY", help="up, down, in or out.")],
    terms: Annotated[list[str], typer.Argument(metavar="TERM...", help="One or several.")],
    acting: ActingAs = None,
) -> None:
    """Shift terms by one step: among their siblings, into the one above, or out of what includes them."""
    from qualcode.services import taxonomy as service

    if way not in list(service.Way):
        raise InputError(f"{way!r} is no way to shift", hint="up, down, in or out")
    with opened(project, acting) as handle:
        service.shift_terms(handle, domain, terms, service.Way(way))
    say(f"{', '.join(terms)}: moved {way}")


@group.command("rename")
def rename(
    project: ProjectPlace,
    domain: Domain,
    term: Term,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new words.")],
    acting: ActingAs = None,
) -> None:
    """Give an included term other words."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        found = service.rename_term(handle, domain, term, name)
    say(f"{term} is called {found.name} now")


@group.command("quotations")
def quotations(
    project: ProjectPlace,
    domain: Domain,
    term: Term,
    basis: Basis = "consensus",
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Print the quotations behind a term, those bound to it first."""
    from qualcode.services import taxonomy as service

    with opened(project, acting) as handle:
        layer = service.LayerReading(handle, basis=basis)
        found = service.term_quotations(handle, domain, term, layer=layer)
    rows = [quotation_row(one) if as_json else quotation_line(one) for one in found]
    show(Table("taxonomy quotations", project, COLUMNS, rows), as_json=as_json)


@group.command("import")
def import_file(
    project: ProjectPlace,
    file: Annotated[Path, typer.Argument(metavar="YAML", help="Domains in YAML.")],
    acting: ActingAs = None,
) -> None:
    """Take domains and terms from YAML; nothing is removed."""
    from qualcode.services import taxonomy as service

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}", hint="check the path"
        ) from None
    with opened(project, acting) as handle:
        added = service.import_taxonomy(handle, file.name, content)
    say(f"{file.name}: {added} new domains")


@group.command("export")
def export(
    project: ProjectPlace,
    domain: OptionalDomain = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help="md, csv, yaml, svg or docx.")
    ] = None,
    output: OutputFile = None,
    acting: ActingAs = None,
) -> None:
    """Write the taxonomy as Markdown, CSV, YAML, an SVG tree or docx."""
    from qualcode.services import taxonomy as service

    suffix = output.suffix.lstrip(".") if output is not None else ""
    wanted = form or suffix or "md"
    if wanted == "docx" and output is None:
        output = Path("taxonomy.docx")
    with opened(project, acting) as handle:
        content = service.export_taxonomy(handle, format=wanted, domain=domain)
    write_file(output, content)


def _head(domain: Any) -> dict[str, Any]:
    words = domain.reading.removeprefix("X ").removesuffix(" Y")
    return {
        "term": f"{domain.cover_term}  (each {words} it)",
        "codings": domain.codings,
        "participants": domain.participants,
        "sites": "",
        "code": "",
    }


def _row(domain: Any, term: Any, as_json: bool) -> dict[str, Any]:
    sites = dict(term.sites)
    return {
        "domain": domain.cover_term,
        "term": term.name if as_json else "  " * (term.depth + 1) + term.name,
        "depth": term.depth,
        "reads": term.reading,
        "codings": term.codings,
        "documents": term.documents,
        "participants": term.participants,
        "names": list(term.names),
        "sites": sites if as_json else ", ".join(f"{name} {n}" for name, n in sites.items() if n),
        "code": term.code or ("" if not as_json else None),
        "quotations": term.quotations,
        "example": term.example.quote if term.example else None,
        "example_reason": None if term.example else "no evidence",
        "example_document": term.example.document if term.example else None,
        "coding_ids": list(term.coding_ids),
    }


def _values(values: tuple[tuple[str, int], ...], written: str) -> str:
    found = ", ".join(f"{name} {count}" for name, count in values)
    return "; ".join(part for part in (written, found) if part) or "?"


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="taxonomy")
