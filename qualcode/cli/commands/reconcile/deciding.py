"""Commands that decide: remark, decide, propose, import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from qualcode.cli.commands.coding import parse_facets
from qualcode.cli.commands.reconcile.listing import Which, row
from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalDocument,
    ProjectPlace,
    RoundName,
    opened,
)
from qualcode.cli.output import Table, counted, say, show
from qualcode.core.reconcile import DiscrepancyKind, Outcome, Strategy
from qualcode.errors import InputError


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
            **row(one.item, as_json),
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
