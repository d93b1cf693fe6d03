"""Commands for the framework matrix: show, write, export."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from qualcode.cli.commands.compare.shared import Basis
from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, write_file

Codes = Annotated[
    list[str] | None,
    typer.Option("--code", metavar="CODE", help="A column; again for more (default: the top)."),
]
By = Annotated[
    str, typer.Option("--by", metavar="BY", help="What the cases are: participant, site, role …")
]

group = typer.Typer(no_args_is_help=True, help="Cases against codes with your summaries.")


@group.command("show")
def show_framework(
    project: ProjectPlace,
    codes: Codes = None,
    by: By = "participant",
    basis: Basis = "consensus",
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Print cases against codes: the summary of each cell, or how many passages wait for one."""
    from qualcode.services import compare as service

    with opened(project, acting) as handle:
        found = service.show_framework(handle, codes or (), by=by, basis=basis)
    rows: list[dict[str, Any]] = []
    for key, name in found.cases:
        cells = {code: found.cells[code, key] for code in found.codes}
        if as_json:
            rows.append({"case": key, "name": name, "cells": _objects(cells)})
        else:
            rows.append({"case": name, **{code: _words(cell) for code, cell in cells.items()}})
    stale = [f"{cell.code} of {cell.case}" for cell in found.stale]
    notes = [f"stale, their evidence has changed: {', '.join(stale)}"] if stale else []
    show(Table("framework show", project, ["case", *found.codes], rows, notes), as_json=as_json)


@group.command("write")
def write_summary(
    project: ProjectPlace,
    code: Annotated[str, typer.Argument(metavar="CODE")],
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="A participant, or a value of --by.")
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Your summary; empty removes it.")],
    by: By = "participant",
    basis: Basis = "consensus",
    acting: ActingAs = None,
) -> None:
    """Write the summary of a cell on the evidence as it stands."""
    from qualcode.services import compare as service

    with opened(project, acting) as handle:
        service.write_summary(handle, code, case, text, by=by, basis=basis)
    say("written" if text.strip() else "removed")


@group.command("export")
def export(
    project: ProjectPlace,
    codes: Codes = None,
    by: By = "participant",
    basis: Basis = "consensus",
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="csv or md.")] = "csv",
    output: OutputFile = None,
    acting: ActingAs = None,
) -> None:
    """Write the framework matrix as CSV or Markdown."""
    from qualcode.services import compare as service

    with opened(project, acting) as handle:
        text = service.export_framework(handle, codes or (), by=by, basis=basis, format=form)
    write_file(output, text)


def _words(cell: Any) -> str:
    if cell.summary is None:
        return f"({cell.codings})" if cell.codings else "·"
    return f"{cell.summary.text} [stale]" if cell.is_stale else str(cell.summary.text)


def _objects(cells: dict[str, Any]) -> dict[str, Any]:
    return {
        code: {
            "summary": cell.summary.text if cell.summary else None,
            "summary_reason": None if cell.summary else "nothing written",
            "author": cell.summary.author if cell.summary else None,
            "stale": cell.is_stale,
            "codings": cell.codings,
            "participants": list(cell.participants),
            "coding_ids": list(cell.coding_ids),
        }
        for code, cell in cells.items()
    }
