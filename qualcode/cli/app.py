"""The program's commands in one place, and the rule that a bare project opens the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from qualcode import __version__
from qualcode.cli.output import say

COMMANDS: dict[str, tuple[str, ...]] = {
    "project": ("init", "check", "backup", "coder"),
    "documents": ("import", "document", "participant", "attribute"),
    "codebook": ("codebook",),
    "rounds": ("round",),
    "coding": ("coding",),
    "suggest": ("suggest",),
    "agreement": ("agreement",),
    "reconcile": ("reconcile",),
    "narrative": ("narrative", "memo"),
    "taxonomy": ("taxonomy",),
    "compare": ("compare", "cases", "joint", "cooccurrence", "saturation", "framework", "concept"),
    "network": ("network",),
    "exchange": ("export",),
    "audit": ("history", "undo", "redo", "audit"),
    "demo": ("demo",),
    "workbench": ("open",),
}
"""The commands of each word, in the order of the help; the modules stand in `qualcode.cli.commands`."""


class _Commands(TyperGroup):
    """`qualcode study.qualcode` means `qualcode open study.qualcode`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if _names_a_project(args):
            args = ["open", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("interrupted: everything saved before stands, nothing is half-written")
            raise SystemExit(130) from None


def program(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the program with the commands that these arguments can reach: the word they name, else all.

    Loading every command takes as long as starting the workbench may."""
    made = typer.Typer(
        cls=_Commands,
        name="qualcode",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Qualitative coding and thematic analysis in the terminal.\n\n"
        "qualcode PROJECT opens the workbench; every task is also a command.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_start)
    for word in _reached(arguments):
        import_module(f"qualcode.cli.commands.{word}").register(made)
    return made


def _reached(arguments: Sequence[str]) -> Sequence[str]:
    if _names_a_project(arguments):
        return ("workbench",)
    named = [word for word, commands in COMMANDS.items() if arguments and arguments[0] in commands]
    return named or tuple(COMMANDS)


def _names_a_project(arguments: Sequence[str]) -> bool:
    """Tell `qualcode study.qualcode` from a command: a command's name is one, and is no option."""
    if not arguments or arguments[0].startswith("-"):
        return False
    first = arguments[0]
    if any(first in commands for commands in COMMANDS.values()):
        return False
    return "/" in first or "." in first or "://" in first or Path(first).exists()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qualcode {__version__}")
        raise typer.Exit


def _start(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Nothing to prepare: each command opens what it needs."""
