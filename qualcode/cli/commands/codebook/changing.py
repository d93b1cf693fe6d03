"""Commands that change the codebook code by code, each with a preview of what stands on the code."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from qualcode.cli.options import ActingAs, ProjectPlace, opened
from qualcode.cli.output import counted, say, write
from qualcode.core.codebook import Touched, scale_from
from qualcode.core.codebook_use import touched_lines
from qualcode.errors import InputError

CodeName = Annotated[
    str, typer.Argument(metavar="CODE", help="Full id, or a unique leaf or name.")
]
Preview = Annotated[bool, typer.Option("--preview", help="Show what stands on it; write nothing.")]


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
    alias: Annotated[list[str] | None, typer.Option(help="Another word for it; repeat.")] = None,
    weights: Annotated[
        str | None,
        typer.Option(metavar="1-5", help="Scale of its weights; 'none': the one above."),
    ] = None,
    clear: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Empty this field; repeat.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Change a code's name, rules, aliases, colour, quick key or weights; its codings stay with it."""
    from qualcode.services import codebook as service

    given: dict[str, Any] = {
        "name": name,
        "definition": definition,
        "include": tuple(include) if include else None,
        "exclude": tuple(exclude) if exclude else None,
        "example": tuple(example) if example else None,
        "color": color,
        "quick_key": quick_key,
        "aliases": tuple(alias) if alias else None,
        "weights": scale_from(weights) if weights and weights != "none" else None,
    }
    fields = {field: value for field, value in given.items() if value is not None}
    if weights == "none":
        fields["weights"] = None
    fields |= {_field(word): _EMPTY.get(_field(word), ()) for word in clear or []}
    if not fields:
        raise InputError("nothing to change", hint="see qualcode codebook edit --help")
    with opened(project, acting) as handle:
        changed = service.change_code(handle, code, **fields)
    say(f"changed {changed.key}: {', '.join(fields)}")


_EMPTY: dict[str, Any] = {"definition": "", "color": None, "quick_key": None, "weights": None}
_FIELDS = {"key": "quick_key", "alias": "aliases"}


def _field(word: str) -> str:
    known = ("definition", "include", "exclude", "example", "color", "key", "alias", "weights")
    if word not in known:
        raise InputError(f"{word!r} cannot be emptied", hint="one of " + ", ".join(known))
    return _FIELDS.get(word, word)


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
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="One or several codes.")],
    parent: Annotated[str | None, typer.Option(metavar="CODE", help="Default: the top.")] = None,
    by: Annotated[
        int | None, typer.Option(help="Instead: so many places down among its siblings (-1: up).")
    ] = None,
    preview: Preview = False,
    acting: ActingAs = None,
) -> None:
    """Put codes, with everything below them, under another parent, or one elsewhere among its siblings."""
    from qualcode.services import codebook as service

    if by is not None and (len(codes) > 1 or parent is not None):
        raise InputError("--by moves one code among its siblings", hint="leave --parent out")
    with opened(project, acting) as handle:
        if preview:
            for code in codes:
                _show_touched(service.preview_change(handle, code))
            return
        if by is not None:
            say(f"moved {service.shift_code(handle, codes[0], by=by).key}")
            return
        for moved in service.move_codes(handle, codes, parent=parent):
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


def _part(word: str) -> tuple[str, list[int]]:
    name, equals, listed = word.rpartition("=")
    ids = [one.strip() for one in listed.split(",") if one.strip()]
    if not equals or not name.strip() or not all(one.isdecimal() for one in ids):
        raise InputError(
            f"{word!r} does not say which codings a code gets",
            hint='--into "Trust that grew=12,15"; `qualcode coding list` shows the numbers',
        )
    return name.strip(), [int(one) for one in ids]


def _show_touched(found: Touched) -> None:
    """Print what stands on a code; nothing is written."""
    lines = touched_lines(found)
    write(f"on {found.code} stand:\n" if lines else f"nothing stands on {found.code}\n")
    for line in lines:
        write(f"  {line}\n")
    if found.may_be_more:
        write("a blind round is open: what others coded in it is not counted\n")
