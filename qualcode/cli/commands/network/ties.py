"""Commands that propose ties and list them, and how a tie is written in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, RoundName, opened
from qualcode.cli.output import Table, counted, show, write
from qualcode.core.coding import shortened

if TYPE_CHECKING:
    from qualcode.services.network import TieRow

Second = Annotated[
    bool, typer.Option("--second", help="Your own second reading instead of the first.")
]
Site = Annotated[str | None, typer.Option(metavar="SITE", help="Only this site.")]
COLUMNS = (
    "id",
    "tie",
    "type",
    "presence",
    "valence",
    "formality",
    "site",
    "told_by",
    "ask",
    "quote",
)


def propose(
    project: ProjectPlace,
    round_name: RoundName,
    second: Second = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Propose ties from the consensus codings whose code names a pair of actors."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        rows = [
            tie_row(row, as_json) for row in service.propose(handle, round_name, second=second)
        ]
    notes = [
        f"{counted(len(rows), 'new proposal')}; nothing enters a network before it is confirmed"
    ]
    show(Table("network propose", project, COLUMNS, rows, notes), as_json=as_json)


def ties(
    project: ProjectPlace,
    status: Annotated[
        str | None, typer.Option(help="proposed, undecided, confirmed or rejected.")
    ] = None,
    site: Site = None,
    second: Second = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List statements of ties with the words they rest on."""
    from qualcode.core.network.statements import TieStatus, word_of
    from qualcode.services import network as service

    wanted = word_of(TieStatus, status, "status") if status else None
    with opened(project, acting) as handle:
        found = service.list_ties(handle, status=wanted, site=site, second=second)
    notes = [counted(len(found), "tie")]
    lost = [str(row.statement.id) for row in found if not row.is_supported]
    if lost:
        notes.append(f"unsupported, as their coding was removed: {', '.join(lost)}")
    rows = [tie_row(row, as_json) for row in found]
    show(Table("network ties", project, COLUMNS, rows, notes), as_json=as_json)


def context(
    project: ProjectPlace,
    tie: Annotated[int, typer.Argument(metavar="ID")],
    turns: Annotated[int, typer.Option(help="How many turns before and after.")] = 3,
    second: Second = False,
    acting: ActingAs = None,
) -> None:
    """Show the turns around the words of a tie."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        lines = service.passage_around(handle, tie, turns=max(turns, 0), second=second)
    for line in lines:
        speaker = f"{line.speaker}: " if line.speaker else ""
        write(f"{'>' if line.is_evidence else ' '} {speaker}{line.text.strip()}\n")


def tie_row(row: TieRow, as_json: bool) -> dict[str, Any]:
    """Return a statement as a row of a table; the quotation whole only in JSON."""
    one = row.statement
    arrow = "→" if one.directed else "↔" if one.trace.both_ways else "–"
    ask = list(row.open_questions)
    if not row.is_supported:
        ask.insert(0, "unsupported")
    return {
        "id": one.id,
        "tie": f"{one.source} {arrow} {one.target}",
        "source": one.source,
        "target": one.target,
        "directed": one.directed,
        "both_ways": one.trace.both_ways,
        "type": one.type.value,
        "presence": one.presence.value if one.presence else None,
        "valence": one.valence.value if one.valence else None,
        "formality": one.formality.value if one.formality else None,
        "site": one.site,
        "basis": one.basis.value if one.basis else None,
        "status": one.status.value,
        "told_by": one.told_by,
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "coding_id": one.coding_id,
        "ask": ask,
        "hints": list(one.trace.hints),
        "note": one.note,
        "is_supported": row.is_supported,
        "quote": row.quote if as_json else shortened(row.quote, 60),
    }


def register(app: typer.Typer) -> None:
    app.command("propose")(propose)
    app.command("ties")(ties)
    app.command("context")(context)
