"""Commands for comparison: a matrix of codes, and the quotations behind its cells."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from qualcode.cli.options import ActingAs, AsJson, OptionalRound, ProjectPlace, opened
from qualcode.cli.output import Table, percent, show, show_json, write
from qualcode.errors import InputError

Basis = Annotated[
    str, typer.Option(metavar="WHOSE", help="The consensus, or the codings of one coder.")
]
_SHOWN = ("participants", "codings", "documents", "share")


def compare(
    project: ProjectPlace,
    columns: Annotated[
        str,
        typer.Option(
            metavar="BY", help="An attribute, a facet, document, participant, role or coder."
        ),
    ],
    rows: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="A code with its children (default: the top branches)."),
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help="The whole branch, not one step.")] = False,
    count: Annotated[
        str, typer.Option(help="What cells show: participants, codings, documents or share.")
    ] = "participants",
    quotes: Annotated[
        bool, typer.Option("--quotes", help="The quotations of --rows instead of counts.")
    ] = False,
    value: Annotated[
        str | None, typer.Option(metavar="VALUE", help="With --quotes: only this column.")
    ] = None,
    basis: Basis = "consensus",
    round_name: OptionalRound = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Compare codes by site, role, sector, any attribute or facet, document or coder."""
    from qualcode.services import compare as service

    if count not in _SHOWN:
        raise InputError(f"cells cannot show {count!r}", hint="one of " + ", ".join(_SHOWN))
    with opened(project, acting) as handle:
        if quotes:
            if rows is None:
                raise InputError("whose quotations?", hint="name a code with --rows")
            found = service.cell_passages(
                handle, code=rows, columns=columns, column=value, basis=basis, round=round_name
            )
            _show_quotes(project, found, as_json)
            return
        matrix = service.compare(
            handle, rows=rows, columns=columns, basis=basis, round=round_name, deep=deep
        )
    notes = [*_reading(matrix, count), *matrix.notes]
    if as_json:
        show_json("compare", project, [_row_object(matrix, row) for row in matrix.rows], notes)
        return
    heads = _heads(matrix)
    shown = [
        {
            "code": "  " * row.depth + row.code,
            **{
                head: _cell(cell, count)
                for head, cell in zip(heads, (*row.cells, row.total), strict=True)
            },
        }
        for row in matrix.rows
    ]
    show(Table("compare", project, ["code", *heads], shown, notes), as_json=False)


def _heads(matrix: Any) -> list[str]:
    return [*(column.name for column in matrix.columns), "all"]


def _cell(cell: Any, count: str) -> str:
    if not cell.codings:
        return "·"
    if count == "participants":
        return f"{cell.participants}/{cell.of} ({cell.codings})"
    if count == "share":
        return percent(cell.share)
    return str(getattr(cell, count))


def _reading(matrix: Any, count: str) -> list[str]:
    explained = {
        "participants": "cells: participants / those who could have said it (codings)",
        "codings": "cells: codings",
        "documents": "cells: documents",
        "share": "cells: share of the text that is coded so",
    }[count]
    layer = {"consensus": "the consensus", "coders": "every coder's own codings"}.get(
        matrix.basis, f"the codings of {matrix.basis}"
    )
    return [f"{explained}; counted on {layer}; a branch counts everybody once"]


def _row_object(matrix: Any, row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "depth": row.depth,
        "cells": {
            column.key: _cell_object(cell) | {"name": column.name}
            for column, cell in zip(matrix.columns, row.cells, strict=True)
        },
        "total": _cell_object(row.total),
    }


def _cell_object(cell: Any) -> dict[str, Any]:
    return {
        "codings": cell.codings,
        "documents": cell.documents,
        "participants": cell.participants,
        "of": cell.of,
        "proportion": cell.proportion,
        "proportion_reason": None if cell.of else "nobody could have said it",
        "share": cell.share,
        "share_reason": cell.share_reason,
        "names": list(cell.names),
        "coding_ids": list(cell.coding_ids),
    }


def _show_quotes(project: str, found: Any, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "coding": one.coding_id,
                "code": one.code,
                "quote": one.quote,
                "participants": list(one.participants),
                "roles": list(one.roles),
                "document": one.document,
                "turn": one.turn,
                "begin_ms": one.begin_ms,
                "start": one.start,
                "end": one.end,
                "facets": one.facets,
                "coder": one.coder,
            }
            for one in found
        ]
        show_json("compare", project, rows)
        return
    for one in found:
        facets = ", ".join(f"{key} {value}" for key, value in one.facets.items())
        who = " and ".join(one.participants) or one.document
        write(f"{who} ({', '.join((*one.roles, one.document))}, turn {one.turn}) · {one.code}\n")
        write(f"  {' '.join(one.quote.split())}\n" + (f"  [{facets}]\n" if facets else "") + "\n")
    write(f"{len(found)} passages\n")


def register(app: typer.Typer) -> None:
    app.command()(compare)
