"""Commands for the record: history, undo, redo, audit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalCoder,
    OptionalDocument,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import Table, say, show
from qualcode.errors import InputError, ProjectError


def history(
    project: ProjectPlace,
    document: OptionalDocument = None,
    code: OptionalCode = None,
    coder: OptionalCoder = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="From then on: 2026-03-01, or 2026-03-01T14:30."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Up to then; a day is taken in.")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many, newest last; 0 for all.")] = 30,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Show who did what, as far as you may see it."""
    from qualcode.services import audit as service

    with opened(project, acting) as handle:
        found = service.history(
            handle,
            document=document,
            code=code,
            coder=coder,
            since=_moment(since),
            until=_moment(until, is_end=True),
            limit=limit or None,
        )
    rows = [
        {
            "seq": row.seq,
            "when": row.at,
            "who": row.actor,
            "what": row.sentence + (" — taken back" if row.taken_back else ""),
            "document": row.document,
            "code": row.code,
            "round": row.round,
            "changes": row.changes,
        }
        for row in found
    ]
    show(Table("history", project, ("seq", "when", "who", "what"), rows), as_json=as_json)


def _moment(given: str | None, *, is_end: bool = False) -> datetime | None:
    """Read a day or a moment in the machine's own zone; the end of a span of days takes the whole day in."""
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise InputError(
            f"{given!r} is no day or time", hint="write it as 2026-03-01 or 2026-03-01T14:30"
        ) from None
    if is_end and len(given.strip()) <= len("2026-03-01"):
        moment += timedelta(days=1)
    return moment.astimezone()


def undo(project: ProjectPlace, acting: ActingAs = None) -> None:
    """Take back your latest command, however long ago it was."""
    from qualcode.services import audit as service

    with opened(project, acting) as handle:
        say(service.undo(handle).sentence)


def redo(project: ProjectPlace, acting: ActingAs = None) -> None:
    """Bring back what your latest undo took back."""
    from qualcode.services import audit as service

    with opened(project, acting) as handle:
        say(service.redo(handle).sentence)


def audit(project: ProjectPlace, as_json: AsJson = False) -> None:
    """Verify the chain of events: nothing altered, nothing taken out."""
    from qualcode.services import audit as service

    with opened(project) as handle:
        report = service.verify_chain(handle)
    rows = [{"events": report.events, "head": report.head, "problems": list(report.problems)}]
    notes = ["keep the head elsewhere: a chain rewritten as a whole shows only against it"]
    show(Table("audit", project, ("events", "head", "problems"), rows, notes), as_json=as_json)
    if report.problems:
        raise ProjectError(
            f"the chain of events is broken in {len(report.problems)} places",
            hint="compare with a backup; the record was changed outside qualcode",
        )


def register(app: typer.Typer) -> None:
    app.command()(history)
    app.command()(undo)
    app.command()(redo)
    app.command()(audit)
