"""Commands for projects and their people: init, coder, check, backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, say, show
from qualcode.core.project import Role
from qualcode.errors import ProjectError


def init(
    project: ProjectPlace,
    name: Annotated[str | None, typer.Option(help="The study's name.")] = None,
    lead: Annotated[
        str | None, typer.Option(help="Name of the lead (default: your login).")
    ] = None,
) -> None:
    """Create a project: one file, readable by you only, or a PostgreSQL database."""
    from qualcode.services.project import create_project

    with create_project(project, name=name, lead=lead) as made:
        say(f"created {project}: project {made.name!r}, lead {made.actor.name}")
        say(f"next: qualcode import {project} FOLDER")


def add_coder(
    project: ProjectPlace,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    role: Annotated[Role, typer.Option(help="lead, mentor, mentee or analyst.")] = Role.MENTEE,
    acting: ActingAs = None,
) -> None:
    """Add a person who codes, mentors or analyses."""
    from qualcode.services import project as service

    with opened(project, acting) as handle:
        coder = service.add_coder(handle, name, role=role)
        say(f"added {coder.name}, {coder.role.value}")


def list_coders(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the people of the project with their roles."""
    from qualcode.services import project as service

    with opened(project) as handle:
        rows = [
            {"id": coder.id, "name": coder.name, "role": coder.role.value}
            for coder in service.list_coders(handle)
        ]
        show(Table("coder list", project, ("id", "name", "role"), rows), as_json=as_json)


def check(project: ProjectPlace, as_json: AsJson = False) -> None:
    """Verify the whole project: file, references, texts, spans, consensus, chain of events."""
    from qualcode.services import project as service

    with opened(project) as handle:
        report = service.check_project(handle)
    rows = [{"problem": problem} for problem in report.problems]
    notes = (
        "checked: " + ", ".join(report.checked),
        *(f"notice: {notice}" for notice in report.notices),
    )
    if as_json or rows:
        show(Table("check", project, ("problem",), rows, notes), as_json=as_json)
    else:
        typer.echo("sound: nothing wrong was found")
        for note in notes:
            typer.echo(note)
    if rows:
        raise ProjectError(
            f"{len(rows)} problems in {project}", hint="restore a backup, or report what is listed"
        )


def backup(
    project: ProjectPlace,
    folder: Annotated[Path | None, typer.Option(help="Where to put the copy.")] = None,
) -> None:
    """Copy the project while it may be in use, and verify the copy."""
    from qualcode.services import project as service

    with opened(project) as handle:
        say(f"verified copy: {service.back_up(handle, folder)}")


def register(app: typer.Typer) -> None:
    app.command()(init)
    people = typer.Typer(no_args_is_help=True, help="People of the project and their roles.")
    people.command("add")(add_coder)
    people.command("list")(list_coders)
    app.add_typer(people, name="coder")
    app.command()(check)
    app.command()(backup)
