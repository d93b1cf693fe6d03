"""Commands for comparison: a matrix of codes with its quotations, co-occurrence, saturation."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalRound,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import Table, number, percent, show, show_json, write
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
    support: Annotated[
        bool, typer.Option("--support", help="How many groups of speakers say it, by --groups.")
    ] = False,
    groups: Annotated[
        str, typer.Option(metavar="ATTRIBUTE", help="With --support: what makes a group.")
    ] = "role",
    contrary: Annotated[
        bool, typer.Option("--contrary", help="Negative cases: who says otherwise than most.")
    ] = False,
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


def cooccurrence(
    project: ProjectPlace,
    relation: Annotated[
        str, typer.Option(metavar="HOW", help="overlap, turn, sentence or near.")
    ] = "overlap",
    distance: Annotated[
        int, typer.Option(metavar="N", help="With near: characters between them.")
    ] = 200,
    code: OptionalCode = None,
    pair: Annotated[
        str | None, typer.Option(metavar="A,B", help="The passages of two codes instead.")
    ] = None,
    basis: Basis = "consensus",
    round_name: OptionalRound = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Which codes stand together: in the consensus or within one coder, never across coders."""
    from qualcode.services import compare as service

    with opened(project, acting) as handle:
        if pair is not None:
            names = [part.strip() for part in pair.split(",")]
            if len(names) != 2:
                raise InputError(f"{pair!r} are not two codes", hint="--pair CODE,CODE")
            met = service.cooccurrence_passages(
                handle, names[0], names[1], relation=relation, distance=distance, basis=basis
            )
            _show_meetings(project, met, as_json)
            return
        found = service.cooccurrence(
            handle,
            relation=relation,
            distance=distance,
            code=code,
            basis=basis,
            round=round_name,
        )
    unit = "units in which both stand" if relation in ("turn", "sentence") else "pairs of codings"
    notes = [f"together counts {unit}; {found.codings} codings of {_layer(found.basis)}"]
    rows = [
        {
            "first": one.first,
            "second": one.second,
            "together": one.together,
            "documents": one.documents,
            "jaccard": one.jaccard if as_json else number(one.jaccard),
            "jaccard_reason": one.jaccard_reason,
            "first_met": one.first_met,
            "first_all": one.first_all,
            "second_met": one.second_met,
            "second_all": one.second_all,
        }
        for one in found.pairs
    ]
    columns = ("first", "second", "together", "documents", "jaccard")
    show(Table("cooccurrence", project, columns, rows, notes), as_json=as_json)


def saturation(
    project: ProjectPlace,
    code: OptionalCode = None,
    order: Annotated[
        str | None,
        typer.Option(metavar="ATTRIBUTE", help="Documents in the order of it (default: by name)."),
    ] = None,
    base: Annotated[int, typer.Option(help="Documents of the base.")] = 4,
    run: Annotated[int, typer.Option(help="Documents of a run.")] = 2,
    threshold: Annotated[float, typer.Option(help="Largest share of new codes.")] = 0.05,
    orders: Annotated[
        int, typer.Option(help="Random orders to draw as well.", min=0, max=100_000)
    ] = 0,
    basis: Basis = "consensus",
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """How many new codes each document brings, and when a run brings next to none."""
    from qualcode.core.saturation import REFERENCE
    from qualcode.services import compare as service

    with opened(project, acting) as handle:
        found = service.measure_saturation(
            handle,
            code=code,
            basis=basis,
            rule=(base, run, threshold),
            order=order,
            orders=orders,
        )
    rows: list[dict[str, Any]] = []
    for step in found.steps:
        row: dict[str, Any] = {
            "n": step.n,
            "document": step.document,
            "new": len(step.new_codes),
            "codes": step.cumulative,
            "ratio": step.ratio if as_json else percent(step.ratio),
            "ratio_reason": None if step.ratio is not None else "before the first whole run",
            "new_codes": list(step.new_codes),
        }
        if found.resampled is not None:
            at = step.n - 1
            low, high = found.resampled.low[at], found.resampled.high[at]
            row["median"] = found.resampled.median[at]
            row["band"] = [low, high] if as_json else f"{low:.0f}–{high:.0f}"
            reached = found.resampled.reached[at]
            row["orders_reached"] = reached if as_json else percent(reached)
        if not as_json:
            del row["ratio_reason"]
        rows.append(row)
    notes = [
        found.reading,
        f"base {found.base}, run {found.run}, threshold {100 * found.threshold:g} %; "
        f"{found.order}; {_layer(basis)}",
        REFERENCE,
    ]
    columns = ["n", "document", "new", "codes", "ratio"]
    if found.resampled is not None:
        columns += ["median", "band", "orders_reached"]
        notes.insert(1, f"{orders} random orders, seed {found.resampled.seed}: median, 5th–95th")
    show(Table("saturation", project, columns, rows, notes), as_json=as_json)


def _layer(basis: str) -> str:
    named = {"consensus": "the consensus", "coders": "every coder's own codings"}
    return named.get(basis, f"the codings of {basis}")


def _show_meetings(project: str, met: Any, as_json: bool) -> None:
    rows = [
        {
            "document": one.document,
            "start": one.start,
            "end": one.end,
            "participants": list(one.participants),
            "coder": one.coder,
            "codings": [one.first_id, one.second_id],
            "quote": one.quote,
        }
        for one in met
    ]
    columns = ("document", "participants", "start", "end", "quote")
    show(Table("cooccurrence", project, columns, rows), as_json=as_json)


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
    return [f"{explained}; counted on {_layer(matrix.basis)}; a branch counts everybody once"]


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


def register(app: typer.Typer) -> None:
    app.command()(compare)
    app.command()(cooccurrence)
    app.command()(saturation)
