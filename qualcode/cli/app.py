"""The program's commands in one place, and the rule that a bare project opens the workbench."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from qualcode import __version__
from qualcode.cli.commands import (
    agreement,
    audit,
    codebook,
    coding,
    compare,
    demo,
    documents,
    exchange,
    narrative,
    network,
    project,
    reconcile,
    rounds,
    taxonomy,
    workbench,
)
from qualcode.cli.output import say

_WORDS = (
    project,
    documents,
    codebook,
    rounds,
    coding,
    agreement,
    reconcile,
    narrative,
    taxonomy,
    compare,
    network,
    exchange,
    audit,
    demo,
    workbench,
)


class _Commands(TyperGroup):
    """`qualcode study.qualcode` means `qualcode open study.qualcode`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            is_place = "/" in args[0] or "." in args[0] or "://" in args[0]
            if is_place or _exists(args[0]):
                args = ["open", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("interrupted: everything saved before stands, nothing is half-written")
            raise SystemExit(130) from None


app = typer.Typer(
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


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qualcode {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Nothing to prepare: each command opens what it needs."""


def _exists(place: str) -> bool:
    from pathlib import Path

    return Path(place).exists()


for word in _WORDS:
    word.register(app)
