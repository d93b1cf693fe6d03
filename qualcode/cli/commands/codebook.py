"""Commands for the codebook: show, import, export, edit, versions, diff, stale."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, counted, say, show, write, write_file
from qualcode.core.codebook import Touched
from qualcode.errors import InputError

CodeName = Annotated[
    str, typer.Argument(metavar="CODE", help="Full id, or a unique leaf or name.")
]
Preview = Annotated[bool, typer.Option("--preview", help="Show what stands on it; write nothing.")]


def show_codebook(project: ProjectPlace, as_json: AsJson = False) -> None:
    """Print the tree of codes with definitions, quick keys and the codings you may see."""
    from qualcode.services import codebook as service
    from qualcode.services import coding

    with opened(project) as handle:
        codebook = service.read_codebook(handle)
        counts = coding.code_counts(handle)
    rows = [
        {
            "code": code.key,
            "name": "  " * depth + code.name,
            "key": code.quick_key or "",
            "codings": counts.get(code.key, 0),
            "with_below": sum(counts.get(key, 0) for key in codebook.branch(code.key)),
            "definition": code.definition,
            "include": list(code.include),
            "exclude": list(code.exclude),
            "example": list(code.example),
        }
        for depth, code in codebook.walk()
    ]
    notes = [
        f"facet {facet.key}: {', '.join(value.key for value in facet.values)}"
        for facet in codebook.facets
    ]
    columns = ("code", "name", "key", "codings", "with_below")
    show(Table("codebook show", project, columns, rows, notes, codebook.title), as_json=as_json)


def import_codebook(
    project: ProjectPlace,
    file: Annotated[Path, typer.Argument(metavar="YAML", help="A codebook in YAML.")],
    acting: ActingAs = None,
) -> None:
    """Take codes, facets, themes, actors and domains from a YAML file."""
    from qualcode.services import codebook as service

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}", hint="check the path"
        ) from None
    with opened(project, acting) as handle:
        done = service.import_codebook(handle, file.name, content)
    say(
        f"{done.title or file.name}: {done.added} codes added, {done.changed} changed, "
        f"{done.unchanged} unchanged; {done.facets} facets, {done.actors} new actors, "
        f"{done.domains} new domains; version {done.version}"
    )


def export_codebook(project: ProjectPlace, output: OutputFile = None) -> None:
    """Write the codebook with facets, themes, actors and domains as YAML."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        write_file(output, service.export_codebook(handle))


def edit_codebook(
    project: ProjectPlace,
    code: CodeName,
    name: Annotated[str | None, typer.Option(help="New name.")] = None,
    definition: Annotated[str | None, typer.Option(help="New definition.")] = None,
    include: Annotated[list[str] | None, typer.Option(help="When to use it; repeat.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="When not to; repeat.")] = None,
    example: Annotated[list[str] | None, typer.Option(help="An example; repeat.")] = None,
    color: Annotated[str | None, typer.Option(help="#RRGGBB.")] = None,
    quick_key: Annotated[str | None, typer.Option("--key", help="Quick key, a letter.")] = None,
    acting: ActingAs = None,
) -> None:
    """Change a code's name, rules, colour or quick key; its codings stay with it."""
    from qualcode.services import codebook as service

    given = {
        "name": name,
        "definition": definition,
        "include": tuple(include) if include else None,
        "exclude": tuple(exclude) if exclude else None,
        "example": tuple(example) if example else None,
        "color": color,
        "quick_key": quick_key,
    }
    fields = {field: value for field, value in given.items() if value is not None}
    if not fields:
        raise InputError("nothing to change", hint="see qualcode codebook edit --help")
    with opened(project, acting) as handle:
        changed = service.change_code(handle, code, **fields)
    say(f"changed {changed.key}: {', '.join(fields)}")


def add_code(
    project: ProjectPlace,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    parent: Annotated[str | None, typer.Option(metavar="CODE", help="Put it under this.")] = None,
    key: Annotated[
        str | None, typer.Option("--id", help="Its id (default: from the name).")
    ] = None,
    definition: Annotated[str, typer.Option(help="What it means.")] = "",
    acting: ActingAs = None,
) -> None:
    """Add a code."""
    from qualcode.services import codebook as service

    with opened(project, acting) as handle:
        code = service.add_code(handle, name, parent=parent, key=key, definition=definition)
    say(f"added {code.key}")


def move_code(
    project: ProjectPlace,
    code: CodeName,
    parent: Annotated[str | None, typer.Option(metavar="CODE", help="Default: the top.")] = None,
    preview: Preview = False,
    acting: ActingAs = None,
) -> None:
    """Put a code, with everything below it, under another parent."""
    from qualcode.services import codebook as service

    with opened(project, acting) as handle:
        if preview:
            _show_touched(service.preview_change(handle, code))
            return
        moved = service.move_code(handle, code, parent=parent)
    say(f"moved {moved.key} under {moved.parent or 'the top'}")


def merge_codes(
    project: ProjectPlace,
    code: CodeName,
    into: Annotated[str, typer.Option(metavar="CODE", help="The code that stays.")],
    preview: Preview = False,
    acting: ActingAs = None,
) -> None:
    """Give all codings of one code to another; one undo takes it back."""
    from qualcode.services import codebook as service

    with opened(project, acting) as handle:
        if preview:
            _show_touched(service.preview_change(handle, code))
            return
        moved = service.merge_codes(handle, code, into=into)
    say(f"merged: {moved} codings now have {into}")


def split_code(
    project: ProjectPlace,
    code: CodeName,
    into: Annotated[
        list[str],
        typer.Option(metavar="NAME=ID,ID", help="A new code and the codings it gets; repeat."),
    ],
    below: Annotated[
        bool, typer.Option("--below", help="Put the new codes under it, not beside it.")
    ] = False,
    preview: Preview = False,
    acting: ActingAs = None,
) -> None:
    """Give chosen codings of a code to new codes; the rest stay; one undo takes it back."""
    from qualcode.services import codebook as service

    parts = dict(_part(word) for word in into)
    with opened(project, acting) as handle:
        if preview:
            _show_touched(service.preview_change(handle, code))
            return
        made = service.split_code(handle, code, parts, below=below)
    for one, ids in zip(made, parts.values(), strict=True):
        say(f"made {one.key} with {counted(len(ids), 'coding')}")


def _part(word: str) -> tuple[str, list[int]]:
    name, equals, listed = word.rpartition("=")
    ids = [one.strip() for one in listed.split(",") if one.strip()]
    if not equals or not name.strip() or not all(one.isdecimal() for one in ids):
        raise InputError(
            f"{word!r} does not say which codings a code gets",
            hint='--into "Trust that grew=12,15"; `qualcode coding list` shows the numbers',
        )
    return name.strip(), [int(one) for one in ids]


def remove_code(
    project: ProjectPlace, code: CodeName, preview: Preview = False, acting: ActingAs = None
) -> None:
    """Take a code out of the codebook (refused while it is in use)."""
    from qualcode.services import codebook as service

    with opened(project, acting) as handle:
        if preview:
            _show_touched(service.preview_change(handle, code))
            return
        say(f"removed {service.remove_code(handle, code).key}")


def _show_touched(found: Touched) -> None:
    """Print what stands on a code; nothing is written."""
    lines = [f"codes below it: {', '.join(found.below)}"] if found.below else []
    lines += [
        f"{counted(count, 'coding')} by {coder} in {round_}"
        for coder, round_, count in found.codings
    ]
    if found.consensus:
        lines.append(f"{counted(found.consensus, 'coding')} of the consensus")
    lines += [counted(count, what) for what, count in found.others]
    if found.themes:
        lines.append(f"themes fed by it: {', '.join(found.themes)}")
    if found.facets:
        lines.append(f"facets asked for it: {', '.join(found.facets)}")
    write(f"on {found.code} stand:\n" if lines else f"nothing stands on {found.code}\n")
    for line in lines:
        write(f"  {line}\n")
    if found.may_be_more:
        write("a blind round is open: what others coded in it is not counted\n")


def list_versions(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the kept versions of the codebook."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        rows = [
            {"version": row.n, "kept": row.created_at, "codes": row.codes, "note": row.note}
            for row in service.list_versions(handle)
        ]
    columns = ("version", "kept", "codes", "note")
    show(Table("codebook versions", project, columns, rows), as_json=as_json)


def diff(
    project: ProjectPlace,
    before: Annotated[int, typer.Argument(metavar="VERSION")],
    after: Annotated[
        int | None, typer.Argument(metavar="[VERSION]", help="Default: the codebook as it stands.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two versions of the codebook."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        rows = [
            {
                "code": one.code,
                "change": one.change,
                "field": one.field,
                "before": one.before,
                "after": one.after,
            }
            for one in service.compare_versions(handle, before=before, after=after)
        ]
    columns = ("code", "change", "field", "before", "after")
    show(Table("codebook diff", project, columns, rows), as_json=as_json)


def stale(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List codings that were made under an older wording of their code."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        rows = [
            {
                "id": one.id,
                "document": one.document,
                "start": one.start,
                "end": one.end,
                "code": one.code,
                "coder": one.coder,
                "round": one.round,
            }
            for one in service.stale_codings(handle)
        ]
    columns = ("id", "document", "start", "end", "code", "coder", "round")
    show(Table("codebook stale", project, columns, rows), as_json=as_json)


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="The tree of codes, its rules and versions.")
    words.command("show")(show_codebook)
    words.command("import")(import_codebook)
    words.command("export")(export_codebook)
    words.command("edit")(edit_codebook)
    words.command("add")(add_code)
    words.command("move")(move_code)
    words.command("merge")(merge_codes)
    words.command("split")(split_code)
    words.command("remove")(remove_code)
    words.command("versions")(list_versions)
    words.command("diff")(diff)
    words.command("stale")(stale)
    app.add_typer(words, name="codebook")
