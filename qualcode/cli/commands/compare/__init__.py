"""Commands for comparison: matrices, co-occurrence, saturation, framework matrices, concept maps, mixed methods."""

from __future__ import annotations

import typer

from qualcode.cli.commands.compare import concept, framework, matrix, mixed, together


def register(app: typer.Typer) -> None:
    app.command()(matrix.compare)
    app.command()(mixed.cases)
    app.command()(mixed.joint)
    app.command()(together.cooccurrence)
    app.command()(together.saturation)
    app.add_typer(framework.group, name="framework")
    app.add_typer(concept.group, name="concept")
