"""Commands for concept maps: show, add, link, support, remove, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, write_file
from qualcode.cli.quoting import COLUMNS, quotation_line, quotation_row
from qualcode.errors import InputError

MapName = Annotated[str, typer.Argument(metavar="MAP", help="Name of the concept map.")]

group = typer.Typer(no_args_is_help=True, help="Links between codes and ideas.")


@group.command("show")
def show_map(
    project: ProjectPlace,
    name: Annotated[str | None, typer.Argument(metavar="[MAP]")] = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Print the links of a concept map with their evidence; without a name, which maps there are."""
    from qualcode.services import concept as service

    with opened(project, acting) as handle:
        if name is None:
            maps = [{"map": one} for one in service.list_maps(handle)]
            show(Table("concept show", project, ["map"], maps), as_json=as_json)
            return
        found = service.show_map(handle, name)
    rows: list[dict[str, Any]] = [
        {
            "link": link.id,
            "from": link.source,
            "to": link.target,
            "kind": link.kind.value,
            "mutual": link.mutual,
            "evidence": list(link.evidence) if as_json else len(link.evidence),
            "gone": link.gone,
            "note": link.note,
            "author": link.author,
        }
        for link in found.links
    ]
    notes = []
    for one in found.concepts:
        counts = "an idea, no code" if one.codings is None else f"{one.codings} codings"
        notes.append(f"{one.name}: {counts}")
    columns = ("link", "from", "kind", "to", "mutual", "evidence")
    show(Table("concept show", project, columns, rows, notes), as_json=as_json)


@group.command("add")
def add(
    project: ProjectPlace,
    name: MapName,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="An idea, or the code's.")] = "",
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="The code it stands for.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Add a concept to a map; the first one begins it."""
    from qualcode.services import concept as service

    with opened(project, acting) as handle:
        found = service.add_concept(handle, name, words, code=code)
    say(f"{found.name}: {len(found.concepts)} concepts")


@group.command("link")
def link(
    project: ProjectPlace,
    name: MapName,
    source: Annotated[str, typer.Argument(metavar="FROM")],
    target: Annotated[str, typer.Argument(metavar="TO")],
    kind: Annotated[
        str, typer.Option(help="leads-to, supports, part-of, hinders, contradicts, goes-with.")
    ] = "leads-to",
    mutual: Annotated[bool, typer.Option("--mutual", help="Both ways.")] = False,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    codings: Annotated[
        list[int] | None, typer.Option("--coding", metavar="ID", help="Evidence; again for more.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Link two concepts, with codings as evidence."""
    from qualcode.services import concept as service

    with opened(project, acting) as handle:
        made = service.link_concepts(
            handle, name, (source, target), kind=kind, mutual=mutual, note=note
        )
        if codings:
            made = service.support_link(handle, name, made.id, codings)
    count = len(made.evidence)
    say(f"link {made.id}: {made.reading}, {count} coding{'' if count == 1 else 's'}")


@group.command("quotations")
def quotations(
    project: ProjectPlace,
    name: MapName,
    words: Annotated[str | None, typer.Argument(metavar="[CONCEPT]")] = None,
    link_id: Annotated[
        int | None, typer.Option("--link", metavar="ID", help="A link instead of a concept.")
    ] = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Print the quotations behind a concept's code, or those that speak for a link."""
    from qualcode.services import concept as service

    with opened(project, acting) as handle:
        if link_id is not None:
            found = service.link_quotations(handle, name, link_id)
        elif words is not None:
            found = service.concept_quotations(handle, name, words)
        else:
            raise InputError("quotations of what?", hint="name a concept, or --link ID")
    rows = [quotation_row(one) if as_json else quotation_line(one) for one in found]
    show(Table("concept quotations", project, COLUMNS, rows), as_json=as_json)


@group.command("import")
def import_file(
    project: ProjectPlace,
    file: Annotated[Path, typer.Argument(metavar="YAML", help="A concept map in YAML.")],
    acting: ActingAs = None,
) -> None:
    """Take a concept map from YAML, with the evidence of its links; nothing is removed."""
    from qualcode.services import concept as service

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}", hint="check the path"
        ) from None
    with opened(project, acting) as handle:
        done = service.import_map(handle, file.name, content)
    say(f"{done.name}: {done.concepts} new concepts, {done.links} new links")


@group.command("remove")
def remove(
    project: ProjectPlace,
    name: MapName,
    words: Annotated[str | None, typer.Argument(metavar="[CONCEPT]")] = None,
    link_id: Annotated[
        int | None, typer.Option("--link", metavar="ID", help="A link instead of a concept.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Take a concept with its links, or one link, out of a map."""
    from qualcode.services import concept as service

    with opened(project, acting) as handle:
        if link_id is not None:
            service.unlink_concepts(handle, name, link_id)
        elif words is not None:
            service.remove_concept(handle, name, words)
        else:
            raise InputError("remove what?", hint="name a concept, or --link ID")
    say("removed")


@group.command("export")
def export(
    project: ProjectPlace,
    name: MapName,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help="svg, dot, md or yaml.")
    ] = None,
    output: OutputFile = None,
    acting: ActingAs = None,
) -> None:
    """Write a concept map as a drawing, as Graphviz, as a list, or as YAML to be read again."""
    from qualcode.services import concept as service

    suffix = output.suffix.lstrip(".") if output is not None else ""
    with opened(project, acting) as handle:
        text = service.export_map(handle, name, format=form or suffix or "svg")
    write_file(output, text)
