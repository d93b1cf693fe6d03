"""Options and arguments that many commands share, and the opening of the project they name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qualcode.services.project import Project

ProjectPlace = Annotated[
    str, typer.Argument(metavar="PROJECT", help="Project file, or a postgresql+psycopg:// URL.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]
ActingAs = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="CODER",
        envvar="QUALCODE_CODER",
        help="Act as this coder (default: the project's lead).",
    ),
]
RoundName = Annotated[str, typer.Option("--round", metavar="R", help="Name of the round.")]
OptionalRound = Annotated[
    str | None, typer.Option("--round", metavar="R", help="Only this round.")
]
OptionalCode = Annotated[
    str | None, typer.Option("--code", metavar="CODE", help="Only this code and those below it.")
]
OptionalDocument = Annotated[
    str | None, typer.Option("--document", metavar="NAME", help="Only this document.")
]
OptionalCoder = Annotated[
    str | None, typer.Option("--coder", metavar="NAME", help="Only this coder.")
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there instead of the screen."),
]


@contextmanager
def opened(place: str, coder: str | None = None) -> Iterator[Project]:
    """Open the project that a command names, as the coder who acts, and close it afterwards."""
    from qualcode.cli.output import say
    from qualcode.services.project import open_project

    project = open_project(place, coder=coder)
    if project.backup is not None:
        say(f"the project was brought to this version; a copy as it was lies at {project.backup}")
    try:
        yield project
    finally:
        project.close()
