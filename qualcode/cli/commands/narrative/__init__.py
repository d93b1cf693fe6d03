"""Commands for merged narratives and for the journal of memos."""

from __future__ import annotations

import typer

from qualcode.cli.commands.narrative import journal, merged, prose


def register(app: typer.Typer) -> None:
    prose.register(merged.group)
    app.add_typer(merged.group, name="narrative")
    app.add_typer(journal.group, name="memo")
