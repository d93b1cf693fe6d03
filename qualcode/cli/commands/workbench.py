"""The command that opens the workbench: `qualcode PROJECT`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, ProjectPlace, opened
from qualcode.errors import InputError


def open_(
    project: ProjectPlace,
    document: Annotated[
        str | None, typer.Option(metavar="NAME", help="Open this document at once.")
    ] = None,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar="R", help="Code in this round.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, without a screen: for screen readers.")
    ] = False,
    follow: Annotated[
        bool,
        typer.Option(
            "--hardware-cursor",
            help="The terminal's own cursor follows the selection: for Braille.",
        ),
    ] = False,
    acting: ActingAs = None,
) -> None:
    """Open the workbench (the same as `qualcode PROJECT`)."""
    if plain:
        code_plainly(project, acting, document=document, round_name=round_name)
        return
    open_workbench(
        project, acting, document=document, round_name=round_name, hardware_cursor=follow
    )


def code_plainly(
    place: str,
    acting: str | None = None,
    *,
    document: str | None = None,
    round_name: str | None = None,
) -> None:
    """Read and code by typed words. In a pipe the status is 1 when one of them was refused."""
    from qualcode.cli.commands.plain import sit_plainly, typed_lines

    with opened(place, acting) as project:
        done = sit_plainly(project, typed_lines(), document=document, round_name=round_name)
    if not done and not sys.stdin.isatty():
        raise typer.Exit(1)


def open_workbench(
    place: str,
    acting: str | None = None,
    *,
    document: str | None = None,
    round_name: str | None = None,
    hardware_cursor: bool = False,
) -> None:
    """Open the workbench on a project; InputError where there is no terminal. The one place that loads the screens."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError(
            "the workbench needs a terminal",
            hint="without one: qualcode open PROJECT --plain, or qualcode --help",
        )
    from qualcode.tui.app import open_workbench as start

    start(
        place,
        coder=acting,
        document=document,
        round=round_name,
        hardware_cursor=hardware_cursor,
    )


def register(app: typer.Typer) -> None:
    app.command("open")(open_)
