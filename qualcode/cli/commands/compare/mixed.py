"""Commands for mixed methods: cases for statistics elsewhere, and a measure beside codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.commands.compare.shared import Basis, layer_words
from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, show_json, write_file
from qualcode.errors import InputError

if TYPE_CHECKING:
    from qualcode.core.compare.joint import Joint, Spread


def cases(
    project: ProjectPlace,
    codes: Annotated[
        list[str] | None,
        typer.Option(
            "--code", metavar="CODE", help="A column; again for more (default: the top)."
        ),
    ] = None,
    presence: Annotated[
        bool, typer.Option("--presence", help="1 and 0 instead of how often.")
    ] = False,
    file_format: Annotated[
        str | None,
        typer.Option(
            "--format", help="csv, xlsx or sav (default: by the file's ending, else csv)."
        ),
    ] = None,
    output: OutputFile = None,
    basis: Basis = "consensus",
    acting: ActingAs = None,
) -> None:
    """Write participants with their attributes against codes (csv, xlsx, SPSS), for statistics elsewhere."""
    from qualcode.services import compare as service

    wanted = file_format or (output.suffix.lstrip(".").lower() if output else "") or "csv"
    if wanted != "csv" and wanted in service.CASE_FORMATS and output is None:
        raise InputError(f"{wanted} is no text for a screen", hint="name a file with -o FILE")
    with opened(project, acting) as handle:
        found = service.export_cases(
            handle, codes or (), basis=basis, as_presence=presence, format=wanted
        )
    for note in found.notes:
        say(note)
    write_file(output, found.content)


def joint(
    project: ProjectPlace,
    measure: Annotated[
        str, typer.Option(metavar="ATTRIBUTE", help="A number: a score, an age, years.")
    ],
    rows: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="A code with its children (default: the top branches)."),
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help="The whole branch, not one step.")] = False,
    output: OutputFile = None,
    basis: Basis = "consensus",
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Show a measure's distribution among those who say each code, beside those who do not."""
    from qualcode.services import compare as service

    with opened(project, acting) as handle:
        found = service.joint_display(handle, measure, rows=rows, basis=basis, deep=deep)
    notes = [
        f"{found.label}: median (quartiles) of the participants who say a code, and of those who"
        f" were read and do not; counted on {layer_words(found.basis)}; no test, the groups are"
        " not drawn at random",
        *found.notes,
    ]
    if output is not None:
        wanted = output.suffix.lstrip(".") or "csv"
        write_file(output, service.write_joint(found, format=wanted))
        for note in notes:
            say(note)
        return
    if as_json:
        show_json("joint", project, [*(_row(one) for one in found.rows), _all(found)], notes)
        return
    shown = [
        {
            "code": "  " * one.depth + one.code,
            "with": one.said.n,
            "measure_with": _words(one.said),
            "without": one.unsaid.n,
            "measure_without": _words(one.unsaid),
        }
        for one in found.rows
    ]
    shown.append(
        {"code": "everybody", "with": found.everybody.n, "measure_with": _words(found.everybody)}
    )
    columns = ("code", "with", "measure_with", "without", "measure_without")
    show(Table("joint", project, columns, shown, notes), as_json=False)


def _words(spread: Spread) -> str:
    if spread.median is None:
        return "—"
    if spread.lower is None or spread.upper is None:
        if spread.least == spread.most:
            return f"{spread.median:g}"
        return f"{spread.median:g}, from {spread.least:g} to {spread.most:g}"
    return f"{spread.median:g} ({spread.lower:g} to {spread.upper:g})"


def _row(one: Any) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "depth": one.depth,
        "with": _object(one.said),
        "without": _object(one.unsaid),
    }


def _all(found: Joint) -> dict[str, Any]:
    return {"code": None, "code_reason": "everybody", "with": _object(found.everybody)}


def _object(spread: Spread) -> dict[str, Any]:
    figures = ("median", "lower", "upper", "least", "most")
    found: dict[str, Any] = {"n": spread.n, "participants": list(spread.names)}
    for name in figures:
        found[name] = getattr(spread, name)
        if found[name] is None:
            found[f"{name}_reason"] = spread.reason
    return found | {"is_small": spread.is_small}
