"""The commands for co-occurrence and saturation."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from qualcode.cli.commands.compare.shared import Basis, layer_words
from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalRound,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import Table, number, percent, show
from qualcode.errors import InputError


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
    _show_pairs(project, found, relation, as_json)


def saturation(
    project: ProjectPlace,
    code: OptionalCode = None,
    order: Annotated[
        str | None,
        typer.Option(
            metavar="ATTRIBUTE",
            help="Documents in the order of it, or of import (default: by name).",
        ),
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
    from qualcode.services.compare.saturating import saturation_in_order

    with opened(project, acting) as handle:
        found = saturation_in_order(
            handle,
            code=code,
            basis=basis,
            rule=(base, run, threshold),
            order=order,
            orders=orders,
        )
    rows = _steps(found, as_json)
    notes = [
        found.reading,
        f"base {found.base}, run {found.run}, threshold {100 * found.threshold:g} %; "
        f"{found.order}; {layer_words(basis)}",
        REFERENCE,
    ]
    columns = ["n", "document", "new", "codes", "ratio"]
    if found.resampled is not None:
        columns += ["median", "band", "orders_reached"]
        notes.insert(1, f"{orders} random orders, seed {found.resampled.seed}: median, 5th–95th")
    show(Table("saturation", project, columns, rows, notes), as_json=as_json)


def _show_pairs(project: str, found: Any, relation: str, as_json: bool) -> None:
    unit = "units in which both stand" if relation in ("turn", "sentence") else "pairs of codings"
    notes = [f"together counts {unit}; {found.codings} codings of {layer_words(found.basis)}"]
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


def _steps(found: Any, as_json: bool) -> list[dict[str, Any]]:
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
    return rows


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
