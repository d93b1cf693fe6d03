"""Commands that show the codebook, take it in and write it out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, write_file
from qualcode.errors import InputError


def show_codebook(project: ProjectPlace, as_json: AsJson = False) -> None:
    """Print the tree of codes with definitions, quick keys and the codings you may see."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        codebook = service.read_codebook(handle)
        used = service.code_use(handle)
    rows = [
        {
            "code": code.key,
            "name": "  " * depth + code.name,
            "key": code.quick_key or "",
            "codings": used[code.key].codings,
            "with_below": used[code.key].with_below,
            "own": used[code.key].own,
            "documents": list(used[code.key].documents),
            "coders": list(used[code.key].coders),
            "definition": code.definition,
            "include": list(code.include),
            "exclude": list(code.exclude),
            "example": list(code.example),
            "aliases": list(code.aliases),
            "color": code.color,
            "weights": str(codebook.scale_of(code.key)),
        }
        for depth, code in codebook.walk()
    ]
    notes = [
        f"facet {facet.key}: {', '.join(value.key for value in facet.values)}"
        for facet in codebook.facets
    ]
    columns = ("code", "name", "key", "codings", "with_below")
    show(Table("codebook show", project, columns, rows, notes, codebook.title), as_json=as_json)


def import_codebook(
    project: ProjectPlace,
    file: Annotated[Path, typer.Argument(metavar="YAML", help="A codebook in YAML, or .qdc.")],
    acting: ActingAs = None,
) -> None:
    """Take codes, facets, themes, actors and domains from a YAML file, or codes from REFI-QDA's .qdc."""
    from qualcode.services import codebook as service

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}", hint="check the path"
        ) from None
    with opened(project, acting) as handle:
        done = service.import_codebook(handle, file.name, content)
    say(
        f"{done.title or file.name}: {done.added} codes added, {done.changed} changed, "
        f"{done.unchanged} unchanged; {done.facets} facets, {done.actors} new actors, "
        f"{done.domains} new domains; version {done.version}"
    )


def export_codebook(
    project: ProjectPlace,
    output: OutputFile = None,
    form: Annotated[
        str | None, typer.Option("--format", help="yaml or qdc (default: by the file's ending).")
    ] = None,
) -> None:
    """Write the codebook with facets, themes, actors and domains as YAML, or the tree of codes as .qdc."""
    from qualcode.services import codebook as service

    wanted = form or ("qdc" if output is not None and output.suffix == ".qdc" else "yaml")
    if wanted not in ("yaml", "qdc"):
        raise InputError(f"{wanted!r} is no form of a codebook", hint="yaml or qdc")
    with opened(project) as handle:
        write_file(output, service.export_codebook(handle, form=wanted))
