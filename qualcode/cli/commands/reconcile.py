"""Commands for reconciliation: list, summary, show, remark, decide, propose, import, consensus, stale, feedback."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from qualcode.cli.commands.coding import parse_facets
from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalDocument,
    OutputFile,
    ProjectPlace,
    RoundName,
    opened,
)
from qualcode.cli.output import Table, counted, say, show, show_json, write, write_file
from qualcode.core.coding import shortened
from qualcode.core.reconcile import DiscrepancyKind, Outcome, Strategy
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
    rows = [_row(item, as_json) for item in items]
    kinds = Counter(item.discrepancy.kind.value for item in items)
    decided = sum(1 for item in found if item.is_decided)
    if only_open and found and not items:
        notes = [f"all {counted(len(found), 'discrepancy')} decided; nothing is left to do"]
    else:
        notes = [
            f"{counted(len(items), 'discrepancy')}, {decided} decided"
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
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODER|CODE=CODER", help="For keep_one; for keep_both each code's coder."
        ),
    ] = None,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="For other_code.")] = None,
    start: Annotated[int | None, typer.Option(help="Where the right span begins.")] = None,
    end: Annotated[int | None, typer.Option(help="Where it ends.")] = None,
    parent: Annotated[str | None, typer.Option(metavar="CODE", help="For new_subtheme.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the new subtheme.")] = None,
    facet: Annotated[
        list[str] | None,
        typer.Option(metavar="FACET=VALUE", help="Repeat; an empty value takes it away."),
    ] = None,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help="Who took part; repeat.")
    ] = None,
    example: Annotated[
        str | None, typer.Option(metavar="CODE", help="The quotation is an example of CODE.")
    ] = None,
    exclude: Annotated[
        str | None, typer.Option(metavar="CODE", help="The quotation is an exclusion of CODE.")
    ] = None,
    rule: Annotated[str, typer.Option(help="Words for the rule, not the quotation.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Replace what was decided.")] = False,
    alike: Annotated[
        bool, typer.Option("--alike", help="And every open discrepancy of the same case.")
    ] = False,
    acting: ActingAs = None,
) -> None:
    """Decide one discrepancy; the coders' own codings stay untouched."""
    from qualcode.services import reconcile as service

    if (start is None) != (end is None):
        raise InputError("a span has two ends", hint="give --start and --end")
    if example and exclude:
        raise InputError("an example or an exclusion, not both", hint="edit the other by hand")
    choice = service.Choice(
        outcome,
        rationale=rationale,
        keep=_keep(keep or []),
        code=code,
        span=(start, end) if start is not None and end is not None else None,
        facets=parse_facets(facet or [], may_remove=True),
        took_part=with_ or (),
        new_code=(parent, name) if parent and name else None,
        rule=service.RuleEdit(example or exclude or "", "example" if example else "exclude", rule)
        if example or exclude
        else None,
        seen=None if again else service.Seen(None),
    )
    with opened(project, acting) as handle:
        if alike:
            cases = service.identical_cases(handle, round_name, which)
            made = service.decide_alike(handle, round_name, [one.id for one in cases], choice)
        else:
            made = (_decided(handle, round_name, which, choice, again=again),)
    for one in made:
        say(f"decided {one.sentence}")
    if example or exclude:
        say(f"the codebook's rule of {example or exclude} was extended")
    say(f"{made[0].remaining} left" if made else "nothing of this case is open")


def _decided(handle: Any, round_name: str, which: str, choice: Any, *, again: bool) -> Any:
    """Decide one; a decision that was only deferred may be made without asking."""
    from qualcode.services import reconcile as service

    view = service.show_discrepancy(handle, round_name, which)
    standing = view.item.decision
    if not again and standing is not None and not view.item.is_decided:
        choice = replace(choice, seen=service.Seen(standing.uid))
    return service.make_decision(
        handle, round_name, view.item.discrepancy.uid.hex, choice, document=view.item.document
    )


def propose(
    project: ProjectPlace,
    strategy: Annotated[Strategy, typer.Argument(help="Rule that proposes.")],
    round_name: RoundName,
    mentor: Annotated[str | None, typer.Option(metavar="CODER", help="For mentor.")] = None,
    document: OptionalDocument = None,
    code: OptionalCode = None,
    kind: Annotated[DiscrepancyKind | None, typer.Option(help="Only this kind.")] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Write what the preview shows.")
    ] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Preview what a rule would decide; with --confirm, decide so."""
    from qualcode.services import reconcile as service

    only = service.Wanted(document=document, code=code, kind=kind)
    with opened(project, acting) as handle:
        if confirm:
            done = service.apply_strategy(handle, round_name, strategy, mentor=mentor, only=only)
            what = counted(done, "discrepancy")
            say(f"{what} decided by {strategy.value}; one undo takes them back")
            return
        found = service.preview_strategy(handle, round_name, strategy, mentor=mentor, only=only)
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
        done = service.import_decisions(handle, round_name, file.name, content)
    stood = f"; {done.standing} stood decided already and were left alone" if done.standing else ""
    say(f"{counted(done.decided, 'discrepancy')} decided, {done.left} left{stood}")


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


def feedback(
    project: ProjectPlace,
    rounds: Annotated[list[str], typer.Option("--round", metavar="R", help="Repeat for several.")],
    coder: Annotated[str, typer.Option(metavar="NAME", help="To whom.")],
    output: OutputFile = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Write a page of Markdown on a coder's codings beside the consensus; --json gives the numbers."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        page = service.give_feedback(handle, coder, rounds)
    found = page.feedback
    if not as_json:
        write_file(output, page.as_markdown())
        return
    whole = [(None, found.overall), *((one.round, one) for one in found.by_round)]
    rows = [
        {
            "coder": found.coder,
            "round": round_,
            "code": one.code or None,
            "hits": one.hits,
            "misses": one.misses,
            "extras": one.extras,
            "found": one.found,
            "found_reason": "the consensus has none of it" if one.found is None else None,
            "exact": one.exact,
            "wider": one.wider,
            "narrower": one.narrower,
            "begins_later": one.starts,
            "begins_later_reason": "no hit" if one.starts is None else None,
            "ends_later": one.ends,
            "ends_later_reason": "no hit" if one.ends is None else None,
            "passages": [
                {
                    "round": passage.round,
                    "document": passage.document,
                    "start": passage.start,
                    "end": passage.end,
                    "verdict": passage.verdict.value,
                    "own": passage.own,
                    "instead": list(passage.instead),
                    "quote": passage.quote,
                    "reason": passage.reason,
                }
                for passage in found.passages
                if one.code and passage.code == one.code
            ],
        }
        for round_, one in (*whole, *((None, one) for one in found.codes))
    ]
    show_json("reconcile feedback", project, rows, [f"rounds: {', '.join(found.rounds)}"])


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


def _keep(given: list[str]) -> str | dict[str, str] | None:
    if not given:
        return None
    if len(given) == 1 and "=" not in given[0]:
        return given[0]
    kept = {}
    for word in given:
        code, equals, coder = word.partition("=")
        if not equals or not code.strip() or not coder.strip():
            raise InputError(
                f"{word!r} does not say which code is kept", hint="--keep benefit.trust=Noor"
            )
        kept[code.strip()] = coder.strip()
    return kept


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="Discrepancies, decisions, consensus.")
    words.command("list")(list_discrepancies)
    words.command("summary")(summary)
    words.command("show")(show_discrepancy)
    words.command("remark")(remark)
    words.command("decide")(decide)
    words.command("propose")(propose)
    words.command("import")(import_)
    words.command("consensus")(consensus)
    words.command("stale")(stale)
    words.command("feedback")(feedback)
    app.add_typer(words, name="reconcile")
