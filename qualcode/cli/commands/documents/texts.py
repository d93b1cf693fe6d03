"""Commands for transcripts: import, and document list, show, rename, remove, speakers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, progress, say, show
from qualcode.core.documents import SpeakerRole
from qualcode.errors import InputError

if TYPE_CHECKING:
    from qualcode.services.documents import ImportedDocument
    from qualcode.services.project import Project

group = typer.Typer(no_args_is_help=True, help="Transcripts and their turns.")
DocumentName = Annotated[str, typer.Argument(metavar="DOCUMENT")]


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
        notes += _described(handle, attributes, participants)
    rows = [_import_row(one) for one in done]
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


def _described(handle: Project, attributes: Path | None, participants: Path | None) -> list[str]:
    """Take in what attributes mean and who the participants are; return what to say of it."""
    from qualcode.services import documents as service

    notes: list[str] = []
    if attributes is not None:
        described = service.import_attributes(handle, attributes)
        notes.append("described: " + ", ".join(one.name for one in described))
    if participants is not None:
        people = service.import_participants(handle, participants)
        notes.append(f"{people.participants} participants with {', '.join(people.attributes)}")
        notes += people.notes
    return notes


def _import_row(one: ImportedDocument) -> dict[str, object]:
    return {
        "file": one.file,
        "document": one.document,
        "document_reason": one.problem,
        "words": one.words if one.document else None,
        "turns": one.turns if one.document else None,
        "notes": "; ".join(one.notes),
        "hint": one.hint,
    }


@group.command("list")
def list_documents(
    project: ProjectPlace,
    only: Annotated[
        str, typer.Argument(metavar="[FILTER]", help='As: "trust site:A role:djo years:>5".')
    ] = "",
    acting: ActingAs = None,
    as_json: AsJson = False,
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
            for row in service.list_documents(handle, only=only)
        ]
    columns = ("document", "kind", "words", "turns", "codings", "participants")
    show(Table("document list", project, columns, rows), as_json=as_json)


@group.command("show")
def show_document(
    project: ProjectPlace,
    document: DocumentName,
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


@group.command("remove")
def remove_document(
    project: ProjectPlace,
    document: DocumentName,
    acting: ActingAs = None,
) -> None:
    """Take a document out of view (refused while it is coded; nothing is erased)."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        service.remove_document(handle, document)
        say(f"removed {document}; qualcode undo brings it back")


@group.command("rename")
def rename_document(
    project: ProjectPlace,
    document: DocumentName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new name.")],
    acting: ActingAs = None,
) -> None:
    """Give a document another name; its codings, memos and rounds stay."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        say(f"{document} is now {service.rename_document(handle, document, to=name)}")


@group.command("speakers")
def speakers(
    project: ProjectPlace,
    document: Annotated[str | None, typer.Argument(metavar="[DOCUMENT]")] = None,
    as_json: AsJson = False,
) -> None:
    """List who speaks, in which role, and which participant that is."""
    from qualcode.services import documents as service

    with opened(project) as handle:
        rows = [
            {
                "document": line.document,
                "speaker": line.label,
                "role": line.role.value,
                "turns": line.turns,
                "participant": line.participant,
                "participant_reason": None if line.participant else "nobody on record",
            }
            for line in service.list_speakers(handle, document=document)
        ]
    columns = ("document", "speaker", "role", "turns", "participant")
    show(Table("document speakers", project, columns, rows), as_json=as_json)


@group.command("speaker")
def speaker(
    project: ProjectPlace,
    document: DocumentName,
    label: Annotated[str, typer.Argument(metavar="SPEAKER", help="The label in the text.")],
    participant: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who it is; - for nobody on record.")
    ] = None,
    role: Annotated[
        SpeakerRole | None, typer.Option(help="participant, interviewer or other.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Say which participant a speaker is, or in which role the speaker speaks."""
    from qualcode.services import documents as service

    if participant is None and role is None:
        raise InputError("nothing to change", hint="--participant NAME or --role ROLE")
    with opened(project, acting) as handle:
        if participant is not None:
            who = None if participant == "-" else participant
            service.link_speaker(handle, label, document=document, participant=who)
        if role is not None:
            service.set_speaker_role(handle, label, document=document, role=role)
    told = [] if participant is None else [f"is {participant if participant != '-' else 'nobody'}"]
    told += [] if role is None else [f"speaks as {role.value}"]
    say(f"{label} in {document} {' and '.join(told)}")


def _clock(milliseconds: int | None) -> str:
    if milliseconds is None:
        return ""
    seconds = milliseconds // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
