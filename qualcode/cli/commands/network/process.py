"""The command for process diagrams: drafted from process codes, or drawn from a file finished by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.options import OutputFile, ProjectPlace, opened
from qualcode.cli.output import say, write, write_file
from qualcode.errors import InputError


def process(
    project: ProjectPlace,
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="The codes below it are the steps.")
    ] = "process",
    site: Annotated[str | None, typer.Option(metavar="SITE", help="Only this site.")] = None,
    fewest: Annotated[
        int, typer.Option(help="How many must tell two steps one after the other.")
    ] = 2,
    file: Annotated[
        Path | None, typer.Option("--from", metavar="YAML", help="Draw this file instead.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, yaml, svg, dot, mermaid.")] = "text",
    output: OutputFile = None,
) -> None:
    """Draft the steps of a response from what is told, to be finished by hand (--format yaml) and drawn (--from)."""
    from qualcode.services import network as service

    if file is not None:
        try:
            diagram = service.read_diagram(file.name, file.read_bytes())
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}") from None
    else:
        with opened(project) as handle:
            diagram = service.draft_diagram(handle, code, site=site, fewest=fewest)
        say("a draft: telling is not doing; --format yaml writes it for you to finish")
    drawn = service.draw_diagram(diagram, form)
    if output is None:
        write(drawn)
    else:
        write_file(output, drawn)


def register(app: typer.Typer) -> None:
    app.command("process")(process)
