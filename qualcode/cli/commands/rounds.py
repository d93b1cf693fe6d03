"""Commands for rounds: new, assign, queue, list, status, done, unblind, close."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, RoundName, opened
from qualcode.cli.output import Table, counted, say, show
from qualcode.core.assigning import Plan, Scheme
from qualcode.core.rounds import Purpose, RoundState
from qualcode.errors import InputError


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
        typer.Option("--document", metavar="NAME", help="Repeat; default: all transcripts."),
    ] = None,
    coders: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="Repeat; default: everybody."),
    ] = None,
    scheme: Annotated[Scheme, typer.Option(help="How they are shared out.")] = Scheme.EVERYONE,
    per_document: Annotated[
        int, typer.Option(metavar="N", help="balanced: coders for each document.")
    ] = 2,
    pair: Annotated[
        list[str] | None,
        typer.Option(metavar="MENTOR:MENTEE", help="pairs: repeat; default: by the roles."),
    ] = None,
    share: Annotated[
        float, typer.Option(metavar="0…1", help="overlap: the share that everybody reads.")
    ] = 0.2,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed, the same shares.")] = 1,
    preview: Annotated[bool, typer.Option("--preview", help="Show it, write nothing.")] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Say who reads which documents: everyone everything, or by a scheme with a seed."""
    from qualcode.services import rounds as service

    plan = Plan(scheme, per_document, tuple(_pair(one) for one in pair or ()), share, seed)
    with opened(project, acting) as handle:
        given = service.preview_assignments(
            handle, round_name, documents=documents, coders=coders, plan=plan
        )
        if preview:
            rows = [{"document": document, "coder": coder} for document, coder in given]
            notes = [f"{counted(len(rows), 'assignment')}; nothing is written with --preview"]
            columns = ("document", "coder")
            show(Table("round assign", project, columns, rows, notes), as_json=as_json)
            return
        new_ones = service.assign_documents(
            handle, round_name, documents=documents, coders=coders, plan=plan
        )
    stood = len(given) - new_ones
    again = f"; {stood} stood already" if stood else ""
    say(f"{counted(new_ones, 'new assignment')} in {round_name}{again}")


def _pair(given: str) -> tuple[str, str]:
    one, colon, other = given.partition(":")
    if not colon or not one.strip() or not other.strip():
        raise InputError(f"{given!r} is no pair", hint="--pair Noor:Tomas")
    return one.strip(), other.strip()


def queue(
    project: ProjectPlace,
    round_name: RoundName,
    coder: Annotated[str | None, typer.Option(metavar="NAME", help="Somebody else's.")] = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Show what you have to read in a round, and how far you are."""
    from qualcode.services import rounds as service

    with opened(project, acting) as handle:
        found = service.queue(handle, round_name, coder=coder)
        who = coder or handle.actor.name
    rows = [
        {
            "document": row.document,
            "words": row.words,
            "state": row.state.value,
            "codings": row.codings,
            "codings_reason": "hidden" if row.codings is None else None,
        }
        for row in found
    ]
    read = [row for row in found if row.state.is_read]
    words = sum(row.words for row in read)
    notes = [
        f"{who}: {len(read)} of {counted(len(rows), 'document')} read, "
        f"{words:,} of {sum(row.words for row in found):,} words"
    ]
    columns = ("document", "words", "state", "codings")
    show(Table("round queue", project, columns, rows, notes), as_json=as_json)


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
    words.command("queue")(queue)
    words.command("list")(list_rounds)
    words.command("status")(status)
    words.command("done")(done)
    words.command("unblind")(unblind)
    words.command("close")(close)
    app.add_typer(words, name="round")
