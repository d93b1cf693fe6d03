"""Commands of the review: confirm, reject, correct, add, and the second analyst's reading."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.commands.network.ties import COLUMNS, Second, tie_row
from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, counted, number, say, show
from qualcode.errors import InputError

TieId = Annotated[int, typer.Argument(metavar="ID", help="The tie, as listed.")]
TieIds = Annotated[list[int] | None, typer.Argument(metavar="ID...", help="Ties, as listed.")]


def confirm(
    project: ProjectPlace,
    ids: TieIds = None,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete", help="All proposals whose ends are sure and with nothing left to ask."
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write what --complete shows.")] = False,
    second: Second = False,
    acting: ActingAs = None,
) -> None:
    """Confirm ties; --complete shows a batch first and writes it with --yes."""
    from qualcode.services import network as service

    if bool(ids) == complete:
        raise InputError("which ties?", hint="name their ids, or --complete")
    with opened(project, acting) as handle:
        if complete:
            batch = service.complete_proposals(handle, second=second)
            ids = [row.statement.id for row in batch]
            if not yes:
                rows = [tie_row(row, as_json=False) for row in batch]
                notes = [f"{len(rows)} would be confirmed; nothing is written without --yes"]
                show(Table("network confirm", project, COLUMNS, rows, notes), as_json=False)
                return
        done = service.confirm_ties(handle, ids or [], second=second)
    say(f"{counted(len(done), 'tie')} confirmed")


def reject(
    project: ProjectPlace,
    tie: TieId,
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
    second: Second = False,
    acting: ActingAs = None,
) -> None:
    """Reject a proposal; it is not offered again."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        one = service.reject_tie(handle, tie, reason=reason, second=second)
    say(f"rejected {one.source} – {one.target}")


def undecided(
    project: ProjectPlace,
    tie: TieId,
    note: Annotated[str, typer.Option(help="What keeps you from deciding.")] = "",
    second: Second = False,
    acting: ActingAs = None,
) -> None:
    """Put a tie aside for a second look; it is in no network until it is confirmed."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        one = service.leave_undecided(handle, tie, note=note, second=second)
    say(f"undecided: {one.source} – {one.target}")


def edit(
    project: ProjectPlace,
    tie: TieId,
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...")],
    second: Second = False,
    acting: ActingAs = None,
) -> None:
    """Answer what a proposal leaves open, or correct it: presence=absent, target=judge, directed=both …"""
    from qualcode.cli.commands.coding import parse_facets
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        given = parse_facets(fields, may_remove=True)
        changed = service.edit_tie(handle, tie, given, second=second)
    one = changed.statement
    say(f"{one.source} – {one.target}: {', '.join(fields)}")
    for note in changed.notes:
        say(note)


def swap(
    project: ProjectPlace, tie: TieId, second: Second = False, acting: ActingAs = None
) -> None:
    """Let a tie run the other way."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        one = service.swap_direction(handle, tie, second=second)
    say(f"{one.source} → {one.target}")


def add(
    project: ProjectPlace,
    tie: TieId,
    source: Annotated[str, typer.Argument(metavar="FROM")],
    target: Annotated[str, typer.Argument(metavar="TO")],
    second: Second = False,
    acting: ActingAs = None,
) -> None:
    """Propose a second relation from the words of a tie."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        one = service.add_relation(handle, tie, source, target, second=second)
    say(f"tie {one.id}: {one.source} – {one.target}, proposed; say whether it is there")


def review(
    project: ProjectPlace,
    file: Annotated[Path, typer.Argument(metavar="JSONL")],
    second: Second = False,
    acting: ActingAs = None,
) -> None:
    """Take an analyst's judgements about ties from a JSONL file: all or none."""
    from qualcode.services import network as service

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    with opened(project, acting) as handle:
        counts = service.import_reviews(handle, file.name, content, second=second)
    say(", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "nothing in it")


def agreement(
    project: ProjectPlace,
    coder: Annotated[
        str | None, typer.Option("--with", metavar="CODER", help="Whose second reading.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare the review with a second analyst's: the pairs both found, and how they rate them."""
    from qualcode.services import network as service

    with opened(project) as handle:
        found = service.measure_second_reading(handle, coder)
    both = found.agreement
    rows = [
        {
            "what": one.field,
            "pairs": len(one.first),
            "agree": one.observed,
            "agree_reason": None if one.observed is not None else one.reason,
            "kappa": one.kappa,
            "kappa_reason": one.reason,
        }
        for one in both.fields
    ]
    notes = [
        f"{counted(found.codings, 'coding')} judged by both; pairs found by both: {len(both.both)}, "
        f"only first: {len(both.only_first)}, only {found.second}: {len(both.only_second)}; "
        f"overlap {number(both.overlap)}",
        f"still open: {found.open_first} of the first reading, {found.open_second} of {found.second}'s",
    ]
    if not as_json:
        rows = [
            {**row, "agree": _shown(row["agree"]), "kappa": _shown(row["kappa"])} for row in rows
        ]
    columns = ("what", "pairs", "agree", "kappa")
    show(Table("network agreement", project, columns, rows, notes), as_json=as_json)


def _shown(value: object) -> str | None:
    return number(value) if isinstance(value, float) else None


def register(app: typer.Typer) -> None:
    app.command("confirm")(confirm)
    app.command("reject")(reject)
    app.command("undecided")(undecided)
    app.command("edit")(edit)
    app.command("swap")(swap)
    app.command("add")(add)
    app.command("review")(review)
    app.command("agreement")(agreement)
