"""Commands for actors, ties and networks."""

from __future__ import annotations

import typer

from qualcode.cli.commands.network import actors, graphs, process, reviewing, ties


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="Who works with whom: actors, ties, networks.")
    for module in (actors, ties, reviewing, graphs, process):
        module.register(words)
    app.add_typer(words, name="network")
