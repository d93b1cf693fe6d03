"""Commands for memos: list, write, change, remove, link, unlink, export the journal."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, write_file
from qualcode.errors import InputError

Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help="note, theoretical, methodological, reflexive."),
]
About = Annotated[
    str, typer.Option("--on", metavar="WHAT", help="code, document, participant, coding, theme …")
]
Author = Annotated[str | None, typer.Option("--by", metavar="CODER", help="Only by this coder.")]
MemoId = Annotated[int, typer.Argument(metavar="MEMO", help="The id of a memo.")]
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
    by: Author = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List the memos that you may see, oldest first."""
    from qualcode.services import journal as service

    with opened(project, acting) as handle:
        found = service.list_entries(handle, words=words, kind=kind, about=about, coder=by)
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


@group.command("change")
def change_memo(
    project: ProjectPlace,
    memo: MemoId,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="The new words; the kind alone without.")
    ] = None,
    kind: Kind = None,
    acting: ActingAs = None,
) -> None:
    """Rewrite a memo of your own, or give it another kind."""
    from qualcode.services import journal as service

    if text is None and kind is None:
        raise InputError("nothing to change", hint="write new words, or --kind KIND")
    with opened(project, acting) as handle:
        made = service.change_entry(handle, memo, text=text, kind=kind)
    say(f"memo {memo} on {made.about}: {made.memo.kind}")


@group.command("remove")
def remove_memo(project: ProjectPlace, memo: MemoId, acting: ActingAs = None) -> None:
    """Take a memo of your own out of view."""
    from qualcode.services import journal as service

    with opened(project, acting) as handle:
        gone = service.remove_entry(handle, memo)
    say(f"removed memo {memo} on {gone.about}; qualcode undo brings it back")


@group.command("unlink")
def unlink_memo(
    project: ProjectPlace, memo: MemoId, about: About, name: ObjectName, acting: ActingAs = None
) -> None:
    """Let a memo no longer point at an object."""
    from qualcode.services import journal as service

    with opened(project, acting) as handle:
        found = service.unlink_entry(handle, memo, about=about, name=name)
    say(f"memo {memo}: on {found.about}, see also {', '.join(found.links) or 'nothing'}")


@group.command("link")
def link_memo(
    project: ProjectPlace,
    memo: MemoId,
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
    by: Author = None,
    format: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help="md, html or docx; else by the file's ending."),
    ] = None,
    output: OutputFile = None,
    acting: ActingAs = None,
) -> None:
    """Write the memos as a journal by day: Markdown, a page, or a word-processor document."""
    from qualcode.services import journal as service

    ending = output.suffix.casefold() if output is not None else ""
    by_ending = {".html": "html", ".htm": "html", ".docx": "docx"}.get(ending, "md")
    with opened(project, acting) as handle:
        content = service.export_journal(
            handle, words=words, kind=kind, coder=by, format=format or by_ending
        )
        write_file(output, content)
