"""Commands for comparison: matrices, co-occurrence, saturation, framework matrices, concept maps."""

from __future__ import annotations

import typer

from qualcode.cli.commands.compare import concept, framework, matrix, together


def register(app: typer.Typer) -> None:
    app.command()(matrix.compare)
    app.command()(matrix.cases)
    app.command()(together.cooccurrence)
    app.command()(together.saturation)
    app.add_typer(framework.group, name="framework")
    app.add_typer(concept.group, name="concept")
