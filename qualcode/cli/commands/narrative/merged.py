"""Commands for merged narratives: build, list, show, write, export, source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalRound,
    OutputFile,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import Table, say, show, show_json, write, write_file
from qualcode.errors import InputError, UnknownName

if TYPE_CHECKING:
    from qualcode.services.project import Project

Theme = Annotated[
    str | None,
    typer.Option("--theme", metavar="CODE", help="A code with its branch, or a theme's id."),
]
By = Annotated[
    str | None, typer.Option("--by", metavar="ATTRIBUTE", help="An attribute or facet, as site.")
]
Value = Annotated[
    str | None, typer.Option("--value", metavar="VALUE", help="Only this value of --by.")
]
Basis = Annotated[
    str, typer.Option(metavar="WHOSE", help="The consensus, or the codings of one coder.")
]
Name = Annotated[
    str | None, typer.Argument(metavar="[NARRATIVE]", help="Its name; or say --theme and --by.")
]
NarrativeName = Annotated[str, typer.Argument(metavar="NARRATIVE", help="Its name or title.")]

group = typer.Typer(no_args_is_help=True, help="Merged accounts of a theme.")


@group.command("build")
def build(
    project: ProjectPlace,
    theme: Annotated[str, typer.Option("--theme", metavar="CODE", help="A code or a theme.")],
    by: By = None,
    value: Value = None,
    round_name: OptionalRound = None,
    basis: Basis = "consensus",
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Merge all accounts of a theme into one narrative; with --by, one for each value."""
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        if by is not None and value is None:
            built = service.build_narratives(handle, theme, by=by, round=round_name, basis=basis)
        else:
            one = service.build_narrative(
                handle, theme, by=by, value=value, round=round_name, basis=basis
            )
            built = (one,)
    columns = ("narrative", "title", "passages", "added", "dropped", "carried", "left_behind")
    rows = [
        {
            "narrative": one.document,
            "title": one.title,
            "passages": one.passages,
            "added": one.added,
            "dropped": one.dropped,
            "carried": one.carried,
            "left_behind": one.left_behind,
            "is_new": one.is_new,
            "changed": one.changed,
        }
        for one in built
    ]
    notes = ["second-cycle codings that left behind counts stay on the text they were made on"]
    left = any(one.left_behind for one in built)
    show(Table("narrative build", project, columns, rows, notes if left else []), as_json=as_json)


@group.command("list")
def list_all(project: ProjectPlace, acting: ActingAs = None, as_json: AsJson = False) -> None:
    """List the narratives: passages, what is stale, what a rebuild would add."""
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        found = service.list_narratives(handle)
    columns = ("narrative", "title", "passages", "words", "stale", "waiting")
    rows = [
        {
            "narrative": one.document,
            "title": one.title,
            "theme": one.theme,
            "by": one.by,
            "value": one.value,
            "basis": one.basis,
            "passages": one.passages,
            "words": one.words,
            "stale": one.stale,
            "waiting": one.waiting,
        }
        for one in found
    ]
    show(Table("narrative list", project, columns, rows), as_json=as_json)


@group.command("show")
def show_one(
    project: ProjectPlace,
    name: Name = None,
    theme: Theme = None,
    by: By = None,
    value: Value = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Print a narrative with numbered quotations, who speaks, and what is stale."""
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        for found in _named(handle, name, theme, by, value):
            if as_json:
                view = service.show_narrative(handle, found)
                show_json("narrative show", project, _passages(view), _notes(view))
                return
            write(service.export_narrative(handle, found).decode())


@group.command("export")
def export(
    project: ProjectPlace,
    name: Name = None,
    theme: Theme = None,
    by: By = None,
    value: Value = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help="md, docx or html.")
    ] = None,
    output: OutputFile = None,
    acting: ActingAs = None,
) -> None:
    """Write a narrative as Markdown, docx or HTML; several go into the folder that --output names."""
    from qualcode.services import narrative as service

    suffix = output.suffix.lstrip(".") if output is not None else ""
    wanted = form or suffix or "md"
    with opened(project, acting) as handle:
        names = _named(handle, name, theme, by, value)
        for found in names:
            content = service.export_narrative(handle, found, format=wanted)
            write_file(_place(output, found, wanted, several=len(names) > 1), content)


@group.command("write")
def write_in(
    project: ProjectPlace,
    name: NarrativeName,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Your words, in Markdown.")],
    after: Annotated[
        int | None, typer.Option("--after", metavar="N", help="Behind the passage of this number.")
    ] = None,
    section: Annotated[
        str | None, typer.Option("--section", metavar="CODE", help="At the head of a subtheme.")
    ] = None,
    evidence: Annotated[
        str | None,
        typer.Option(metavar="N,N", help="Numbers of the passages it rests on: it is a claim."),
    ] = None,
    against: Annotated[
        bool, typer.Option("--against", help="It is what speaks against; it has its own place.")
    ] = False,
    acting: ActingAs = None,
) -> None:
    """Write prose, a claim or counter-evidence into a narrative; without a place it opens it."""
    from qualcode.core.narrative import ProseKind
    from qualcode.services import narrative as service

    kind = ProseKind.COUNTER if against else ProseKind.PROSE
    with opened(project, acting) as handle:
        prose_id = service.write_prose(
            handle,
            name,
            text,
            at=after if after is not None else section,
            kind=kind,
            evidence=numbers_in(evidence),
        )
    say(f"written, piece {prose_id}")


@group.command("source")
def source(
    project: ProjectPlace,
    coding: Annotated[int, typer.Argument(metavar="CODING", help="The id of a coding.")],
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Lead a coding of a narrative back to the words of the interviews."""
    from qualcode.services import narrative as service

    with opened(project, acting) as handle:
        found = service.map_back(handle, coding)
    columns = ("document", "start", "end", "participants", "role", "turn", "quote")
    rows = [
        {
            "document": one.document,
            "start": one.start,
            "end": one.end,
            "participants": list(one.participants),
            "role": one.role,
            "turn": one.turn,
            "begin_ms": one.begin_ms,
            "quote": one.quote,
            "coding": one.coding_id,
        }
        for one in found
    ]
    show(Table("narrative source", project, columns, rows), as_json=as_json)


def _named(
    handle: Project, name: str | None, theme: str | None, by: str | None, value: str | None
) -> list[str]:
    from qualcode.services import narrative as service

    if name is not None:
        return [name]
    if theme is None:
        raise InputError("which narrative?", hint="name it, or say --theme CODE and --by site")
    found = service.narratives_of(handle, theme, by=by, value=value)
    if not found:
        raise UnknownName(
            "narrative", theme, [one.document for one in service.list_narratives(handle)]
        )
    return list(found)


def _place(output: Path | None, name: str, form: str, *, several: bool) -> Path | None:
    if output is None:
        if form == "docx":
            return Path(f"{name}.docx")
        return None
    if output.is_dir() or several:
        if not output.is_dir():
            raise InputError(f"{output} is no folder", hint="several narratives need a folder")
        return output / f"{name}.{form}"
    return output


def numbers_in(text: str | None) -> tuple[int, ...]:
    """Return the numbers written with commas or blanks; refused where something else stands between them."""
    try:
        return tuple(int(part) for part in (text or "").replace(",", " ").split())
    except ValueError:
        raise InputError(
            f"{text!r} are no numbers of passages", hint="for example --evidence 3,7"
        ) from None


def _passages(view: Any) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "quote": one.text,
            "participants": list(one.participants),
            "role": one.role,
            "document": one.document,
            "turn": one.turn,
            "begin_ms": one.begin_ms,
            "start": one.start,
            "end": one.end,
            "subtheme": one.code,
            "also": list(one.also),
            "coding": one.coding_id,
            "facets": dict(one.facets),
            "stale": one.stale,
        }
        for one in view.passages()
    ]


def _notes(view: Any) -> list[str]:
    missing = ", ".join(view.coverage.missing)
    return [*view.notes, *([f"could have spoken and do not: {missing}"] if missing else [])]
