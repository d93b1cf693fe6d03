"""Commands for reconciliation: list, summary, show, remark, decide, propose, import, consensus, stale, feedback."""

from __future__ import annotations

import typer

from qualcode.cli.commands.reconcile.deciding import decide, import_, propose, remark
from qualcode.cli.commands.reconcile.feedback import feedback
from qualcode.cli.commands.reconcile.listing import (
    consensus,
    list_discrepancies,
    show_discrepancy,
    stale,
    summary,
)


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="Discrepancies, decisions, consensus.")
    words.command("list")(list_discrepancies)
    words.command("summary")(summary)
    words.command("show")(show_discrepancy)
    words.command("remark")(remark)
    words.command("decide")(decide)
    words.command("propose")(propose)
    words.command("import")(import_)
    words.command("consensus")(consensus)
    words.command("stale")(stale)
    words.command("feedback")(feedback)
    app.add_typer(words, name="reconcile")
