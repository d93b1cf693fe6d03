"""Commands for documents and participants: import, document, participant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, progress, say, show
from qualcode.errors import InputError


def import_(
    project: ProjectPlace,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", help="Transcripts or folders.")
    ] = None,
    participants: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Participants and their attributes.")
    ] = None,
    attributes: Annotated[
        Path | None,
        typer.Option(metavar="YAML", help="What attributes mean: labels, ranges of scales."),
    ] = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Bring in transcripts (txt, md, docx, vtt, srt) and participants."""
    from qualcode.services import documents as service

    if not paths and participants is None and attributes is None:
        raise InputError("nothing to import", hint="name files, a folder, or --participants CSV")
    with opened(project, acting) as handle:
        files, left_out = service.files_in(paths or [])
        with progress("importing", len(files)) as advance:
            done = service.import_documents(handle, files, on_each=lambda _: advance())
        notes = [f"left out: {', '.join(file.name for file in left_out)}"] if left_out else []
        if attributes is not None:
            described = service.import_attributes(handle, attributes)
            notes.append("described: " + ", ".join(one.name for one in described))
        if participants is not None:
            people = service.import_participants(handle, participants)
            notes.append(f"{people.participants} participants with {', '.join(people.attributes)}")
            notes += people.notes
    rows = [
        {
            "file": one.file,
            "document": one.document,
            "document_reason": one.problem,
            "words": one.words if one.document else None,
            "turns": one.turns if one.document else None,
            "notes": "; ".join(one.notes),
            "hint": one.hint,
        }
        for one in done
    ]
    columns = ("file", "document", "words", "turns", "notes")
    if rows or as_json:
        show(Table("import", project, columns, rows, notes), as_json=as_json)
    else:
        say("\n".join(notes))
    refused = [one for one in done if one.problem]
    if refused:
        raise InputError(
            f"{len(refused)} of {len(done)} files were not imported, the first: "
            f"{refused[0].file}: {refused[0].problem}",
            hint=refused[0].hint,
        )


def list_documents(
    project: ProjectPlace, acting: ActingAs = None, as_json: AsJson = False
) -> None:
    """List the documents with their size, participants and codings."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        rows = [
            {
                "document": row.name,
                "kind": row.kind.value,
                "words": row.words,
                "turns": row.turns,
                "codings": row.codings,
                "participants": list(row.participants),
                "attributes": {name: list(values) for name, values in row.values.items()},
            }
            for row in service.list_documents(handle)
        ]
    columns = ("document", "kind", "words", "turns", "codings", "participants")
    show(Table("document list", project, columns, rows), as_json=as_json)


def show_document(
    project: ProjectPlace,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT")],
    as_json: AsJson = False,
) -> None:
    """Print a document turn by turn, with the offsets that codings use."""
    from qualcode.services import documents as service

    with opened(project) as handle:
        reading = service.open_document(handle, document)
    rows = [
        {
            "turn": turn.n,
            "start": turn.start,
            "end": turn.end,
            "time": _clock(turn.begin_ms),
            "speaker": turn.speaker or "",
            "text": reading.text[turn.start : turn.end],
        }
        for turn in reading.turns
    ]
    columns = ("turn", "start", "time", "speaker", "text")
    show(Table("document show", project, columns, rows), as_json=as_json)


def remove_document(
    project: ProjectPlace,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT")],
    acting: ActingAs = None,
) -> None:
    """Take a document out of view (refused while it is coded; nothing is erased)."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        service.remove_document(handle, document)
        say(f"removed {document}; qualcode undo brings it back")


def list_participants(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the participants with their attributes and documents."""
    from qualcode.services import documents as service

    with opened(project) as handle:
        people = service.list_participants(handle)
    names = list(dict.fromkeys(name for person in people for name in person.values))
    rows = [
        {
            "pseudonym": person.pseudonym,
            **{name: "; ".join(person.values.get(name, ())) for name in names},
            "documents": list(person.documents),
        }
        for person in people
    ]
    columns = ("pseudonym", *names, "documents")
    show(Table("participant list", project, columns, rows), as_json=as_json)


def register(app: typer.Typer) -> None:
    app.command("import")(import_)
    documents = typer.Typer(no_args_is_help=True, help="Transcripts and their turns.")
    documents.command("list")(list_documents)
    documents.command("show")(show_document)
    documents.command("remove")(remove_document)
    app.add_typer(documents, name="document")
    people = typer.Typer(no_args_is_help=True, help="Participants and their attributes.")
    people.command("list")(list_participants)
    app.add_typer(people, name="participant")


def _clock(milliseconds: int | None) -> str:
    if milliseconds is None:
        return ""
    seconds = milliseconds // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
