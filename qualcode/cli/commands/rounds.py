"""Commands for rounds: new, assign, list, status, done, unblind, close."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, RoundName, opened
from qualcode.cli.output import Table, say, show
from qualcode.core.rounds import Purpose, RoundState


def new(
    project: ProjectPlace,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    purpose: Annotated[Purpose, typer.Option(help="What it is for.")] = Purpose.INDEPENDENT,
    blind: Annotated[
        bool, typer.Option("--blind/--seen", help="Hide coders from each other while it is open.")
    ] = True,
    instructions: Annotated[str, typer.Option(help="What the coders should know.")] = "",
    acting: ActingAs = None,
) -> None:
    """Open a round of coding under the codebook as it stands."""
    from qualcode.services import rounds as service

    with opened(project, acting) as handle:
        made = service.new_round(
            handle, name, purpose=purpose, blind=blind, instructions=instructions
        )
    say(f"opened {made.name}, {made.purpose.value}, {'blind' if made.blind else 'not blind'}")


def assign(
    project: ProjectPlace,
    round_name: RoundName,
    documents: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="NAME", help="Repeat; default: all documents."),
    ] = None,
    coders: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="Repeat; default: everybody."),
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Say who reads which documents."""
    from qualcode.services import rounds as service

    with opened(project, acting) as handle:
        new_ones = service.assign_documents(handle, round_name, documents=documents, coders=coders)
    say(f"{new_ones} new assignments in {round_name}")


def list_rounds(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the rounds with their states."""
    from qualcode.services import rounds as service

    with opened(project) as handle:
        rows = [
            {
                "round": found.name,
                "purpose": found.purpose.value,
                "state": found.state.value,
                "blind": found.blind,
                "instructions": found.instructions,
            }
            for found in service.list_rounds(handle)
        ]
    columns = ("round", "purpose", "state", "blind", "instructions")
    show(Table("round list", project, columns, rows), as_json=as_json)


def status(
    project: ProjectPlace,
    round_name: RoundName,
    to: Annotated[RoundState | None, typer.Option("--set", help="Move it on (or back).")] = None,
    even_unread: Annotated[
        bool, typer.Option("--even-unread", help="Leave out what was not read to the end.")
    ] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Show who is done with what; with --set, move the round to open, reconciling or closed."""
    from qualcode.services import rounds as service

    with opened(project, acting) as handle:
        if to is not None:
            moved = service.set_round_state(handle, round_name, to, even_unread=even_unread)
            say(f"{moved.name} is {moved.state.value}")
            return
        rows = [
            {
                "document": row.document,
                "coder": row.coder,
                "done": row.done,
                "codings": row.codings,
                "codings_reason": "hidden" if row.codings is None else None,
            }
            for row in service.progress(handle, round_name)
        ]
    columns = ("document", "coder", "done", "codings")
    show(Table("round status", project, columns, rows), as_json=as_json)


def done(
    project: ProjectPlace,
    round_name: RoundName,
    document: Annotated[str, typer.Option(metavar="NAME", help="The document read.")],
    coder: Annotated[str | None, typer.Option(metavar="NAME", help="For somebody else.")] = None,
    undone: Annotated[bool, typer.Option("--not-done", help="Open it again.")] = False,
    acting: ActingAs = None,
) -> None:
    """Say that a document is read to the end: what was not coded is then `nothing to code`."""
    from qualcode.services import rounds as service

    with opened(project, acting) as handle:
        service.mark_done(handle, round_name, document, coder=coder, done=not undone)
    say(f"{document}: {'open again' if undone else 'read to the end'}")


def unblind(
    project: ProjectPlace,
    round_name: RoundName,
    reason: Annotated[str, typer.Option(help="Why; it stands in the history.")],
    acting: ActingAs = None,
) -> None:
    """Let everybody see everybody's codings although the round is open."""
    from qualcode.services import rounds as service

    with opened(project, acting) as handle:
        found = service.unblind_round(handle, round_name, reason=reason)
    say(f"{found.name} is no longer blind")


def close(project: ProjectPlace, round_name: RoundName, acting: ActingAs = None) -> None:
    """Close a round (refused while discrepancies are undecided)."""
    from qualcode.services import rounds as service

    with opened(project, acting) as handle:
        found = service.set_round_state(handle, round_name, RoundState.CLOSED)
    say(f"{found.name} is {found.state.value}")


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="Rounds of coding: who reads what, and blind.")
    words.command("new")(new)
    words.command("assign")(assign)
    words.command("list")(list_rounds)
    words.command("status")(status)
    words.command("done")(done)
    words.command("unblind")(unblind)
    words.command("close")(close)
    app.add_typer(words, name="round")
