"""The command for matrices of codes: counts, quotations, support, negative cases."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from qualcode.cli.commands.compare.shared import Basis, layer_words
from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalRound,
    OutputFile,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import Table, percent, show, show_json, write, write_file
from qualcode.errors import InputError

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
    support: Annotated[
        bool, typer.Option("--support", help="How many groups of speakers say it, by --groups.")
    ] = False,
    groups: Annotated[
        str, typer.Option(metavar="ATTRIBUTE", help="With --support: what makes a group.")
    ] = "role",
    contrary: Annotated[
        bool, typer.Option("--contrary", help="Negative cases: who says otherwise than most.")
    ] = False,
    output: OutputFile = None,
    basis: Basis = "consensus",
    round_name: OptionalRound = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Compare codes by site, role, sector, any attribute or facet, document or coder."""
    from qualcode.services import compare as service
    from qualcode.services.compare.matrix_file import write_matrix_file

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
        scope: dict[str, Any] = {
            "rows": rows,
            "columns": columns,
            "basis": basis,
            "round": round_name,
        }
        if support:
            _show_support(project, service.support(handle, groups=groups, **scope), as_json)
            return
        if contrary:
            _show_contrary(project, service.negative_cases(handle, **scope), as_json)
            return
        matrix = service.compare(
            handle, rows=rows, columns=columns, basis=basis, round=round_name, deep=deep
        )
    if output is not None:
        write_file(output, write_matrix_file(matrix, format=output.suffix.lstrip(".") or "csv"))
        return
    _show_matrix(project, matrix, count, as_json)


def _show_matrix(project: str, matrix: Any, count: str, as_json: bool) -> None:
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
    return [f"{explained}; counted on {layer_words(matrix.basis)}; a branch counts everybody once"]


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


def _show_support(project: str, found: Any, as_json: bool) -> None:
    rows = [
        {
            "code": one.code,
            "column": one.column if as_json else one.column_name,
            "support": one.reading,
            "groups": {name: list(people) for name, people in one.groups}
            if as_json
            else ", ".join(f"{name} {len(people)}" for name, people in one.groups),
            "group_count": len(one.groups),
            "participants": one.participants,
            "codings": one.codings,
        }
        for one in found
        if one.participants or as_json
    ]
    show(Table("compare", project, ("code", "column", "support", "groups"), rows), as_json=as_json)


def _show_contrary(project: str, found: Any, as_json: bool) -> None:
    rows = [
        {
            "code": one.code,
            "column": one.column if as_json else one.column_name,
            "most": one.side.value if one.side else None,
            "most_reason": None if one.side else "as many on either side",
            "for": list(one.names["for"]),
            "against": list(one.names["against"]),
            "mixed": list(one.names["mixed"]),
            "divided": list(one.divided),
            "cases": [
                {
                    "coding": case.coding_id,
                    "participants": list(case.participants),
                    "document": case.document,
                    "turn": case.turn,
                    "facets": case.facets,
                    "quote": case.quote,
                }
                for case in cases
            ],
        }
        for one, cases in found
    ]
    if as_json:
        show_json("compare", project, rows)
        return
    for row in rows:
        most = row["most"] or row["most_reason"]
        counts = ", ".join(f"{side} {len(row[side])}" for side in ("for", "against", "mixed"))
        write(f"{row['code']} · {row['column']}: most {most} ({counts})\n")
        for case in row["cases"]:
            facets = ", ".join(f"{key} {value}" for key, value in case["facets"].items())
            who = " and ".join(case["participants"]) or case["document"]
            write(f"  {who} [{facets}]: {' '.join(case['quote'].split())}\n")
        write("\n")
    write(f"{len(rows)} places where not everybody says the same\n")
