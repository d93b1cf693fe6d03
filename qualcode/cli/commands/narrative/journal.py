"""Commands for memos: list, write, link, export the journal."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, write_file

Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="note, theoretical, methodological, reflexive."),
]
About = Annotated[
    str, typer.Option("--on", metavar="WHAT", help="code, document, participant, coding, theme …")
]
ObjectName = Annotated[
    str, typer.Option("--name", metavar="NAME", help="Which one; a coding by its id.")
]

group = typer.Typer(no_args_is_help=True, help="Memos, and the journal they make.")


@group.command("list")
def list_memos(
    project: ProjectPlace,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Only with all of these.")] = "",
    kind: Kind = None,
    about: Annotated[
        str | None, typer.Option("--on", metavar="WHAT", help="Only on this kind of object.")
    ] = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List the memos that you may see, oldest first."""
    from qualcode.services import journal as service

    with opened(project, acting) as handle:
        found = service.list_entries(handle, words=words, kind=kind, about=about)
    rows = [
        {
            "id": one.memo.id,
            "written": one.memo.created_at,
            "coder": one.memo.coder,
            "kind": one.memo.kind,
            "on": one.about,
            "memo": one.memo.body,
            "quote": one.quote,
            "quote_reason": None if one.quote is not None else "not about words that were said",
            "links": list(one.links),
        }
        for one in found
    ]
    show(
        Table("memo list", project, ("id", "written", "coder", "kind", "on", "memo"), rows),
        as_json=as_json,
    )


@group.command("write")
def write_memo(
    project: ProjectPlace,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    about: About,
    name: ObjectName,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="note, theoretical, methodological or reflexive.",
        ),
    ] = "note",
    acting: ActingAs = None,
) -> None:
    """Write a memo on a code, a document, a participant, a coding, a theme, a domain …"""
    from qualcode.services import journal as service

    with opened(project, acting) as handle:
        made = service.write_entry(handle, text, about=about, name=name, kind=kind)
    say(f"memo {made.memo.id} on {made.about}")


@group.command("link")
def link_memo(
    project: ProjectPlace,
    memo: Annotated[int, typer.Argument(metavar="MEMO", help="The id of a memo.")],
    about: About,
    name: ObjectName,
    acting: ActingAs = None,
) -> None:
    """Let a memo point at a further object."""
    from qualcode.services import journal as service

    with opened(project, acting) as handle:
        found = service.link_entry(handle, memo, about=about, name=name)
    say(f"memo {found.memo.id}: on {found.about}, see also {', '.join(found.links)}")


@group.command("export")
def export(
    project: ProjectPlace,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Only with all of these.")] = "",
    kind: Kind = None,
    output: OutputFile = None,
    acting: ActingAs = None,
) -> None:
    """Write the memos as a journal in Markdown, by day."""
    from qualcode.services import journal as service

    with opened(project, acting) as handle:
        write_file(output, service.export_journal(handle, words=words, kind=kind))
