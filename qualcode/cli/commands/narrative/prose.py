"""Commands for the analyst's words in a narrative: list, rewrite, move, take out; and what repeats an interview."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.commands.narrative.merged import NarrativeName, numbers_in
from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, say, show
from qualcode.errors import InputError

Piece = Annotated[
    int, typer.Argument(metavar="PIECE", help="Its number, as `narrative pieces` shows it.")
]
After = Annotated[
    int | None, typer.Option("--after", metavar="N", help="Behind the passage of this number.")
]
AtSection = Annotated[
    str | None, typer.Option("--section", metavar="CODE", help="At the head of a subtheme.")
]


def register(group: typer.Typer) -> None:
    """Add these commands to those of narratives."""
    for name, command in (
        ("pieces", pieces),
        ("rewrite", rewrite),
        ("move", move),
        ("erase", erase),
        ("remove", remove),
        ("repeats", repeats),
    ):
        group.command(name)(command)


def pieces(
    project: ProjectPlace, name: NarrativeName, acting: ActingAs = None, as_json: AsJson = False
) -> None:
    """List the prose of a narrative: where each piece stands, its evidence, what is stale."""
    from qualcode.core.narrative.wording import prose_state
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        view = service.show_narrative(handle, name)
    rows = [
        {
            "piece": one.piece.id,
            "kind": one.piece.kind.value,
            "subtheme": one.section,
            "after": one.behind,
            "text": one.piece.text,
            "evidence": list(one.piece.evidence),
            "state": prose_state(one.piece),
            "author": one.piece.author,
        }
        for one in view.placed_prose()
    ]
    columns = ("piece", "kind", "subtheme", "after", "text", "evidence", "state")
    show(Table("narrative pieces", project, columns, rows), as_json=as_json)


def rewrite(
    project: ProjectPlace,
    piece: Piece,
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="Your new words.")] = None,
    evidence: Annotated[
        str | None,
        typer.Option(metavar="N,N", help="Numbers of the passages it rests on from now on."),
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Rewrite a piece of prose, or let it rest on other passages: naming them again says that it still holds."""
    from qualcode.services import narrative as service

    if text is None and evidence is None:
        raise InputError("nothing to change", hint="give new words, or --evidence 3,7")
    named = None if evidence is None else numbers_in(evidence)
    with opened(project, acting) as handle:
        service.change_prose(handle, piece, text, evidence=named)
    say(f"piece {piece} changed")


def move(
    project: ProjectPlace,
    piece: Piece,
    after: After = None,
    section: AtSection = None,
    behind: Annotated[
        int | None, typer.Option(metavar="PIECE", help="Right behind this piece there.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Let a piece of prose stand elsewhere: in the opening, at the head of a subtheme, behind a passage."""
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        service.move_prose(handle, piece, service.Spot(section, after, behind))
    say(f"piece {piece} moved")


def erase(project: ProjectPlace, piece: Piece, acting: ActingAs = None) -> None:
    """Take a piece of prose out of its narrative; undo brings it back."""
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        service.remove_prose(handle, piece)
    say(f"piece {piece} taken out; qualcode undo brings it back")


def remove(project: ProjectPlace, name: NarrativeName, acting: ActingAs = None) -> None:
    """Remove a narrative with its prose; undo brings it back. Refused while second-cycle codings stand on it."""
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        service.remove_narrative(handle, name)
    say(f"{name} removed; qualcode undo brings it back")


def repeats(
    project: ProjectPlace,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="An interview.")],
    start: Annotated[int, typer.Option(metavar="N", help="First character.")] = 0,
    end: Annotated[int | None, typer.Option(metavar="N", help="Behind the last one.")] = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List the passages of narratives that repeat words of an interview, and how they were coded there."""
    from qualcode.services import documents
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        length = documents.open_document(handle, document).document.length
        found = service.repeated_in(handle, document, start, length if end is None else end)
    columns = ("narrative", "passage", "start", "end", "codings", "quote")
    rows = [
        {
            "narrative": one.narrative,
            "passage": one.number,
            "start": one.start,
            "end": one.end,
            "codings": [f"{each.code} by {each.coder} in {each.round}" for each in one.codings],
            "quote": one.quote,
        }
        for one in found
    ]
    show(Table("narrative repeats", project, columns, rows), as_json=as_json)
