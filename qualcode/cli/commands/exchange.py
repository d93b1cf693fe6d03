"""The command that writes the whole project as open files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, write_file
from qualcode.errors import InputError


def export(
    project: ProjectPlace,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Write texts, participants, codebook, codings, decisions, ties and memos as open files."""
    from qualcode.services import exchange as service

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            f"{folder} is not empty", hint="name a new folder; nothing is overwritten"
        )
    with opened(project, acting) as handle:
        files = service.export_project(handle)
    for name, content in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder} cannot be made: {error.strerror}") from None
        write_file(path, content, quietly=True)
    rows = [
        {"file": str(folder / name), "lines": content.count("\n")}
        for name, content in files.items()
    ]
    if as_json:
        show(Table("export", project, ("file", "lines"), rows), as_json=True)
    else:
        say(
            f"{len(files)} files in {folder}; they hold the interviews: keep them as safe as the project"
        )


def register(app: typer.Typer) -> None:
    app.command()(export)
