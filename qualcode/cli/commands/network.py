"""Commands for actors, ties and networks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, RoundName, opened
from qualcode.cli.output import Table, number, say, show, write, write_file
from qualcode.core.actors import AliasScope
from qualcode.core.coding import shortened
from qualcode.errors import InputError

TieIds = Annotated[list[int] | None, typer.Argument(metavar="ID...", help="Ties, as listed.")]
Site = Annotated[str | None, typer.Option(metavar="SITE", help="Only this site.")]


def actors(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the actors with their kinds, sites and aliases."""
    from qualcode.services import network as service

    with opened(project) as handle:
        rows = [
            {
                "actor": one.key,
                "name": one.name,
                "kind": one.kind.value,
                "role_of": one.role_of or "",
                "part_of": one.part_of or "",
                "sites": list(one.sites),
                "interviewed": one.interviewed,
                "members": list(one.members),
                "aliases": [alias.text for alias in one.aliases],
            }
            for one in service.list_actors(handle)
        ]
    columns = ("actor", "name", "kind", "sites", "interviewed", "aliases")
    show(Table("network actors", project, columns, rows), as_json=as_json)


def alias(
    project: ProjectPlace,
    actor: Annotated[str, typer.Argument(metavar="ACTOR")],
    words: Annotated[str, typer.Argument(metavar="WORDS")],
    scope: Annotated[AliasScope, typer.Option(help="Where the words mean this actor.")] = (
        AliasScope.PROJECT
    ),
    where: Annotated[str | None, typer.Option(help="The site or document.")] = None,
    acting: ActingAs = None,
) -> None:
    """Bind words to an actor."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        service.bind_alias(handle, actor, words, scope=scope, where=where)
    say(f"{words!r} means {actor}")


def propose(
    project: ProjectPlace, round_name: RoundName, acting: ActingAs = None, as_json: AsJson = False
) -> None:
    """Propose ties from the consensus codings whose code names a pair of actors."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        rows = [_row(row, as_json) for row in service.propose(handle, round_name)]
    notes = [f"{len(rows)} new proposals; nothing enters a network before it is confirmed"]
    show(Table("network propose", project, _COLUMNS, rows, notes), as_json=as_json)


def ties(
    project: ProjectPlace,
    status: Annotated[str | None, typer.Option(help="proposed, confirmed or rejected.")] = None,
    site: Site = None,
    as_json: AsJson = False,
) -> None:
    """List statements of ties with the words they rest on."""
    from qualcode.core.network.statements import TieStatus, word_of
    from qualcode.services import network as service

    wanted = word_of(TieStatus, status, "status") if status else None
    with opened(project) as handle:
        rows = [_row(row, as_json) for row in service.list_ties(handle, status=wanted, site=site)]
    show(Table("network ties", project, _COLUMNS, rows, [f"{len(rows)} ties"]), as_json=as_json)


def confirm(
    project: ProjectPlace,
    ids: TieIds = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="All proposals with nothing left to ask.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write what --complete shows.")] = False,
    acting: ActingAs = None,
) -> None:
    """Confirm ties; --complete shows a batch first and writes it with --yes."""
    from qualcode.services import network as service

    if bool(ids) == complete:
        raise InputError("which ties?", hint="name their ids, or --complete")
    with opened(project, acting) as handle:
        if complete:
            batch = service.complete_proposals(handle)
            ids = [row.statement.id for row in batch]
            if not yes:
                rows = [_row(row, as_json=False) for row in batch]
                notes = [f"{len(rows)} would be confirmed; nothing is written without --yes"]
                show(Table("network confirm", project, _COLUMNS, rows, notes), as_json=False)
                return
        done = service.confirm_ties(handle, ids or [])
    say(f"{len(done)} ties confirmed")


def reject(
    project: ProjectPlace,
    tie: Annotated[int, typer.Argument(metavar="ID")],
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
    acting: ActingAs = None,
) -> None:
    """Reject a proposal; it is not offered again."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        one = service.reject_tie(handle, tie, reason=reason)
    say(f"rejected {one.source} – {one.target}")


def review(
    project: ProjectPlace,
    file: Annotated[Path, typer.Argument(metavar="JSONL")],
    acting: ActingAs = None,
) -> None:
    """Take an analyst's judgements about ties from a JSONL file: all or none."""
    from qualcode.services import network as service

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    with opened(project, acting) as handle:
        counts = service.import_reviews(handle, file.name, content)
    say(", ".join(f"{count} {kind}" for kind, count in counts.items()))


def edit(
    project: ProjectPlace,
    tie: Annotated[int, typer.Argument(metavar="ID")],
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...")],
    acting: ActingAs = None,
) -> None:
    """Answer what a proposal leaves open, or correct it: presence=absent, target=judge …"""
    from qualcode.cli.commands.coding import parse_facets
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        one = service.edit_tie(handle, tie, parse_facets(fields))
    say(f"{one.source} – {one.target}: {', '.join(fields)}")


def show_networks(
    project: ProjectPlace,
    site: Site = None,
    universe: Annotated[
        str, typer.Option(help="all, professionals or interviewed.")
    ] = "professionals",
    rule: Annotated[str, typer.Option(help="majority, any, worst or best.")] = "majority",
    as_json: AsJson = False,
) -> None:
    """Draw the network of each site as a matrix, with its measures and who is counted."""
    from qualcode.services import network as service

    view = _view(universe, rule)
    with opened(project) as handle:
        found = service.build_networks(handle, view=view, sites=[site] if site else None)
        matrices = [] if as_json else [service.network_matrix(one.network) for one in found]
    if as_json:
        rows = [measure for one in found for measure in _measures(one)]
        show(Table("network show", project, (), rows), as_json=True)
        return
    if not found:
        say("no confirmed tie yet: qualcode network propose, then confirm")
    for one, matrix in zip(found, matrices, strict=True):
        write(matrix + "\n")
        for measure in (one.measures.density, one.measures.share_formal, one.measures.isolates):
            write(f"{measure.name}: {_value(measure)}\n")
        write("\n")


def diff(
    project: ProjectPlace,
    first: Annotated[str, typer.Argument(metavar="SITE")],
    second: Annotated[str, typer.Argument(metavar="SITE")],
    universe: Annotated[
        str, typer.Option(help="all, professionals or interviewed.")
    ] = "professionals",
    as_json: AsJson = False,
) -> None:
    """Compare two sites tie by tie, and show how the density depends on who is counted."""
    from qualcode.services import network as service

    view = _view(universe, "majority")
    with opened(project) as handle:
        found = service.compare_sites(handle, first, second, view=view)
        table = service.site_sensitivity(handle, first, second)
    rows = [
        {
            "tie": " – ".join(one.pair),
            "change": one.change.value,
            first: _side(one.first, one.first_silence),
            second: _side(one.second, one.second_silence),
            "evidence": [[statement.id for statement in side] for side in one.statements],
        }
        for one in found
    ]
    notes = [table.sentence] + [
        f"{row.label}: {number(row.first.value)} at {first}, {number(row.second.value)} at {second}"
        + (" — the sign flips" if row.flips else "")
        for row in table.rows
    ]
    columns = ("tie", "change", first, second)
    show(Table("network diff", project, columns, rows, notes), as_json=as_json)


def export(
    project: ProjectPlace,
    form: Annotated[
        str, typer.Option("--format", help="svg, html, graphml, gexf, dot, mermaid, gephi, …")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")
    ],
    site: Site = None,
    universe: Annotated[
        str, typer.Option(help="all, professionals or interviewed.")
    ] = "professionals",
    with_quotations: Annotated[
        bool, typer.Option("--with-quotations", help="Let the words leave the project too.")
    ] = False,
) -> None:
    """Write a network for a report or another program; quotations leave only when asked."""
    from qualcode.services import network as service

    with opened(project) as handle:
        files, warnings = service.export_network(
            handle,
            form,
            site=site,
            view=_view(universe, "majority"),
            with_quotations=with_quotations,
        )
    for suffix, content in files.items():
        path = output if not suffix else output.with_stem(f"{output.stem}-{suffix}")
        write_file(path, content)
    for warning in warnings:
        say(warning)


_COLUMNS = (
    "id",
    "tie",
    "type",
    "presence",
    "valence",
    "formality",
    "site",
    "told_by",
    "ask",
    "quote",
)


def _row(row: Any, as_json: bool) -> dict[str, Any]:
    one = row.statement
    arrow = "→" if one.directed else "–"
    return {
        "id": one.id,
        "tie": f"{one.source} {arrow} {one.target}",
        "source": one.source,
        "target": one.target,
        "directed": one.directed,
        "type": one.type.value,
        "presence": one.presence.value if one.presence else None,
        "valence": one.valence.value if one.valence else None,
        "formality": one.formality.value if one.formality else None,
        "site": one.site,
        "status": one.status.value,
        "told_by": one.told_by,
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "coding_id": one.coding_id,
        "ask": list(row.open_questions),
        "is_supported": row.is_supported,
        "quote": row.quote if as_json else shortened(row.quote, 60),
    }


def _measures(one: Any) -> list[dict[str, Any]]:
    return [
        {
            "site": one.network.site,
            "measure": measure.name,
            "value": _plain(measure.value),
            "value_reason": measure.reason,
            "universe": measure.universe,
            "rule": measure.rule,
            "actors": measure.actors,
            "ties": measure.ties,
            "single_source": measure.single_source,
            "note": measure.note,
        }
        for measure in one.measures
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, float | int | str) or value is None:
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    names = getattr(type(value), "__slots__", ())
    return {name: _plain(getattr(value, name)) for name in names} or str(value)


def _value(measure: Any) -> str:
    if measure.value is None:
        return f"— {measure.reason}"
    if isinstance(measure.value, float):
        return number(measure.value)
    return ", ".join(str(item) for item in measure.value) or "none"


def _side(tie: Any, silence: Any) -> str:
    if tie is None:
        return f"— {silence.value.replace('_', ' ')}" if silence else "—"
    formality = tie.formality.value if tie.formality else "formality not said"
    source = ", one source" if tie.single_source else ""
    return f"{tie.standing.value}, {formality}, {tie.weight} told of it{source}"


def _view(universe: str, rule: str) -> Any:
    from qualcode.core.network.statements import word_of
    from qualcode.core.network.ties import MixedRule
    from qualcode.core.network.views import Universe, View

    return View(
        universe=word_of(Universe, universe, "universe"), rule=word_of(MixedRule, rule, "rule")
    )


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="Who works with whom: actors, ties, networks.")
    words.command("actors")(actors)
    words.command("alias")(alias)
    words.command("propose")(propose)
    words.command("ties")(ties)
    words.command("confirm")(confirm)
    words.command("reject")(reject)
    words.command("review")(review)
    words.command("edit")(edit)
    words.command("show")(show_networks)
    words.command("diff")(diff)
    words.command("export")(export)
    app.add_typer(words, name="network")
