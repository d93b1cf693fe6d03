"""Commands for reconciliation: list, show, remark, decide, propose, import, consensus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from qualcode.cli.commands.coding import parse_facets
from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalDocument,
    ProjectPlace,
    RoundName,
    opened,
)
from qualcode.cli.output import Table, say, show, write
from qualcode.core.coding import shortened
from qualcode.core.reconcile import DiscrepancyKind, Outcome, Strategy
from qualcode.errors import InputError

Which = Annotated[str, typer.Argument(metavar="ID", help="The discrepancy, as listed.")]


def list_discrepancies(
    project: ProjectPlace,
    round_name: RoundName,
    document: OptionalDocument = None,
    code: OptionalCode = None,
    kind: Annotated[DiscrepancyKind | None, typer.Option(help="Only this kind.")] = None,
    only_open: Annotated[bool, typer.Option("--open", help="Only what is undecided.")] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List where the coders differ, and how."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        items = service.list_discrepancies(
            handle, round_name, document=document, code=code, kind=kind, only_open=only_open
        )
    rows = [_row(item, as_json) for item in items]
    counts: dict[str, int] = {}
    for item in items:
        counts[item.discrepancy.kind.value] = counts.get(item.discrepancy.kind.value, 0) + 1
    decided = sum(1 for item in items if item.is_decided)
    notes = [
        f"{len(items)} discrepancies, {decided} decided"
        + "".join(f"; {count} {kind_}" for kind_, count in sorted(counts.items()))
    ]
    columns = ("id", "document", "kind", "codes", "who", "quote", "decision")
    show(Table("reconcile list", project, columns, rows, notes), as_json=as_json)


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
        said = [f"{c.code} {c.start}–{c.end} {_facets(c.facets)}" for c in claims]
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


def remark(
    project: ProjectPlace,
    which: Which,
    round_name: RoundName,
    text: Annotated[str, typer.Option(help="What you want to say.")],
    acting: ActingAs = None,
) -> None:
    """Say something about a discrepancy without deciding it."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        service.remark(handle, round_name, which, text)
    say("remark kept")


def decide(
    project: ProjectPlace,
    which: Which,
    outcome: Annotated[Outcome, typer.Argument(help="What holds.")],
    round_name: RoundName,
    rationale: Annotated[str, typer.Option(help="Why.")] = "",
    keep: Annotated[str | None, typer.Option(metavar="CODER", help="For keep_one.")] = None,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="For other_code.")] = None,
    start: Annotated[int | None, typer.Option(help="Where the right span begins.")] = None,
    end: Annotated[int | None, typer.Option(help="Where it ends.")] = None,
    parent: Annotated[str | None, typer.Option(metavar="CODE", help="For new_subtheme.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the new subtheme.")] = None,
    facet: Annotated[list[str] | None, typer.Option(metavar="FACET=VALUE")] = None,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help="Who took part; repeat.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Decide one discrepancy; the coders' own codings stay untouched."""
    from qualcode.services import reconcile as service

    span = (start, end) if start is not None and end is not None else None
    with opened(project, acting) as handle:
        made = service.decide(
            handle,
            round_name,
            which,
            outcome,
            rationale=rationale,
            keep=keep,
            code=code,
            span=span,
            facets=parse_facets(facet or []),
            took_part=with_ or (),
            new_code=(parent, name) if parent and name else None,
        )
    results = "; ".join(f"{one.code} {one.start}–{one.end}" for one in made.results)
    say(f"decided {made.item.id}: {outcome.value} → {results or 'nothing'}; {made.remaining} left")


def propose(
    project: ProjectPlace,
    strategy: Annotated[Strategy, typer.Argument(help="Rule that proposes.")],
    round_name: RoundName,
    mentor: Annotated[str | None, typer.Option(metavar="CODER", help="For mentor.")] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Write what the preview shows.")
    ] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Preview what a rule would decide; with --confirm, decide so."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        if confirm:
            done = service.apply_strategy(handle, round_name, strategy, mentor=mentor)
            say(f"{done} discrepancies decided by {strategy.value}; one undo takes them back")
            return
        found = service.preview_strategy(handle, round_name, strategy, mentor=mentor)
    rows = [
        {
            **_row(one.item, as_json),
            "outcome": one.outcome.value,
            "results": [f"{r.code} {r.start}–{r.end}" for r in one.results],
            "rationale": one.rationale,
        }
        for one in found
    ]
    notes = [f"{len(rows)} would be decided; nothing is written without --confirm"]
    columns = ("id", "document", "kind", "codes", "outcome", "results", "rationale")
    show(Table("reconcile propose", project, columns, rows, notes), as_json=as_json)


def import_(
    project: ProjectPlace,
    file: Annotated[Path, typer.Argument(metavar="JSONL")],
    round_name: RoundName,
    acting: ActingAs = None,
) -> None:
    """Take decisions from a JSONL file that names each place by its words: all or none."""
    from qualcode.services import reconcile as service

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    with opened(project, acting) as handle:
        decided, left = service.import_decisions(handle, round_name, file.name, content)
    say(f"{decided} discrepancies decided, {left} left")


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


def _row(item: Any, as_json: bool) -> dict[str, Any]:
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


def _facets(facets: Any) -> str:
    return ", ".join(f"{key}={value}" for key, value in facets.items())


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="Discrepancies, decisions, consensus.")
    words.command("list")(list_discrepancies)
    words.command("show")(show_discrepancy)
    words.command("remark")(remark)
    words.command("decide")(decide)
    words.command("propose")(propose)
    words.command("import")(import_)
    words.command("consensus")(consensus)
    app.add_typer(words, name="reconcile")
