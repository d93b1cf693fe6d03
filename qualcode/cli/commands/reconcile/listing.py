"""Commands that show what a round's coders differ about: list, summary, show, stale, consensus."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalDocument,
    ProjectPlace,
    RoundName,
    opened,
)
from qualcode.cli.output import Table, counted, show, write
from qualcode.core.coding import shortened
from qualcode.core.reconcile import DiscrepancyKind
from qualcode.errors import InputError, UnknownName

_ORDERS = ("text", "kind", "code", "coders", "largest", "smallest", "case")
Which = Annotated[str, typer.Argument(metavar="ID", help="The discrepancy, as listed.")]


def list_discrepancies(
    project: ProjectPlace,
    round_name: RoundName,
    document: OptionalDocument = None,
    code: OptionalCode = None,
    kind: Annotated[DiscrepancyKind | None, typer.Option(help="Only this kind.")] = None,
    pair: Annotated[
        str | None, typer.Option(metavar="NAME,NAME", help="Where these two differ.")
    ] = None,
    shortest: Annotated[int, typer.Option(metavar="N", help="At least N characters.")] = 0,
    longest: Annotated[int | None, typer.Option(metavar="N", help="At most N.")] = None,
    order: Annotated[str, typer.Option(help=", ".join(_ORDERS))] = "text",
    only_open: Annotated[bool, typer.Option("--open", help="Only what is undecided.")] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List where the coders differ, and how."""
    from qualcode.services import reconcile as service

    wanted = service.Wanted(
        document=document,
        code=code,
        kind=kind,
        pair=_pair(pair),
        shortest=shortest,
        longest=longest,
    )
    with opened(project, acting) as handle:
        found = service.list_discrepancies(handle, round_name, only=wanted, order=_order(order))
    items = [item for item in found if not (only_open and item.is_decided)]
    rows = [row(item, as_json) for item in items]
    kinds = Counter(item.discrepancy.kind.value for item in items)
    decided = sum(1 for item in found if item.is_decided)
    if only_open and found and not items:
        notes = [f"all {counted(len(found), 'discrepancy')} decided; nothing is left to do"]
    else:
        said = "still open" if only_open else "decided"
        notes = [
            f"{counted(len(found), 'discrepancy')}, {len(items) if only_open else decided} {said}"
            + "".join(f"; {count} {kind_}" for kind_, count in sorted(kinds.items()))
        ]
    columns = ("id", "document", "kind", "codes", "who", "quote", "decision")
    show(Table("reconcile list", project, columns, rows, notes), as_json=as_json)


def summary(
    project: ProjectPlace,
    round_name: RoundName,
    most: Annotated[int, typer.Option(help="At most so many of each.")] = 10,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Say how the discrepancies are spread: kinds, pairs, confused and omitted codes, who is wide or narrow."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        found = service.summarize_discrepancies(handle, round_name)
    rows: list[dict[str, Any]] = [
        {"about": "kind", "what": kind.value, "count": count, "detail": f"{settled} decided"}
        for kind, count, settled in found.kinds
    ]
    rows += [
        {"about": about, "what": joint.join((first, second)), "count": count, "detail": ""}
        for about, joint, lines in (
            ("pair", " – ", found.pairs),
            ("in each other's place", " – ", found.confusions),
            ("not coded by", " by ", found.omissions),
        )
        for first, second, count in lines[:most]
    ]
    rows += [
        {
            "about": "boundary",
            "what": one.coder,
            "count": one.places,
            "detail": f"wider at {one.wider}, narrower at {one.narrower}; "
            f"median {one.excess:+.0f} characters",
        }
        for one in found.habits
    ]
    notes = [f"{counted(found.total, 'discrepancy')}, {found.decided} decided"]
    columns = ("about", "what", "count", "detail")
    show(Table("reconcile summary", project, columns, rows, notes), as_json=as_json)


def stale(
    project: ProjectPlace, round_name: RoundName, acting: ActingAs = None, as_json: AsJson = False
) -> None:
    """List decisions that count no longer, because a coding they were about has changed."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        found = service.stale_decisions(handle, round_name)
    rows = [
        {
            "document": row.document,
            "start": row.start,
            "end": row.end,
            "codes": list(row.codes),
            "decision": row.outcome.value,
            "by": row.decided_by,
            "when": row.decided_at,
            "rationale": row.rationale,
        }
        for row in found
    ]
    columns = ("document", "start", "end", "codes", "decision", "by", "when", "rationale")
    show(Table("reconcile stale", project, columns, rows), as_json=as_json)


def show_discrepancy(
    project: ProjectPlace, which: Which, round_name: RoundName, acting: ActingAs = None
) -> None:
    """Show one discrepancy in its context, with each coder's coding and the rules at issue."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        view = service.show_discrepancy(handle, round_name, which)
    item = view.item
    found = item.discrepancy
    write(f"{item.id}  {item.document} {found.start}–{found.end}  {found.kind.value}\n\n")
    write(f"… {view.before}\n>>> {item.quote} <<<\n{view.after} …\n\n")
    for coder in found.coders:
        claims = found.claims_of(coder)
        said = [f"{c.code} {c.start}–{c.end} {facets_line(c.facets)}" for c in claims]
        write(f"{coder}: {'; '.join(said) or 'nothing here'}\n")
    for code in view.rules:
        write(f"\n{code.key}: {code.definition}\n")
        for title, lines in (("include", code.include), ("exclude", code.exclude)):
            if lines:
                write(f"  {title}: {'; '.join(lines)}\n")
    for memo in view.thread:
        write(f"\n{memo.coder}: {memo.body}\n")
    if item.decision is not None:
        made = item.decision
        write(f"\ndecided by {made.decided_by}: {made.outcome.value}. {made.rationale}\n")


def consensus(project: ProjectPlace, round_name: RoundName, as_json: AsJson = False) -> None:
    """Say how much of the consensus was agreed, decided, undecided; and which decisions are stale."""
    from qualcode.services import reconcile as service

    with opened(project) as handle:
        report = service.consensus_report(handle, round_name)
        confused = service.confusions(handle, round_name)
    rows = [
        {
            "round": report.round,
            "codings": report.codings,
            "agreed": report.agreed,
            "decided": report.decided,
            "undecided": report.undecided,
            "stale_decisions": len(report.stale),
        }
    ]
    notes = [f"{count} × {first} or {second}" for first, second, count in confused[:5]]
    if notes:
        notes.insert(0, "codes chosen in each other's place:")
    columns = ("round", "codings", "agreed", "decided", "undecided", "stale_decisions")
    show(Table("reconcile consensus", project, columns, rows, notes), as_json=as_json)


def row(item: Any, as_json: bool) -> dict[str, Any]:
    found = item.discrepancy
    who = [f"{code}: {', '.join(found.coders_for(code)) or 'nobody'}" for code in found.codes]
    decision = item.decision
    return {
        "id": item.id,
        "uid": found.uid,
        "document": item.document,
        "start": found.start,
        "end": found.end,
        "kind": found.kind.value,
        "codes": list(found.codes),
        "who": who if as_json else "; ".join(line.rpartition(".")[2] for line in who),
        "quote": item.quote if as_json else shortened(item.quote, 70),
        "decision": decision.outcome.value if decision else ("open" if not as_json else None),
        "rationale": decision.rationale if decision else None,
    }


def facets_line(facets: Any) -> str:
    return ", ".join(f"{key}={value}" for key, value in facets.items())


def _pair(given: str | None) -> tuple[str, str] | None:
    if given is None:
        return None
    names = [name.strip() for name in given.split(",")]
    if len(names) != 2 or not all(names):
        raise InputError(f"{given!r} is no pair of coders", hint="--pair Noor,Ilse")
    return names[0], names[1]


def _order(given: str) -> Any:
    from qualcode.services import reconcile as service

    if given not in _ORDERS:
        raise UnknownName("order", given, _ORDERS)
    return service.Order(given)
