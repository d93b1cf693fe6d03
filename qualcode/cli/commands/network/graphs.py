"""Commands that look at networks: matrices, measures, differences, perspectives, dependence, exports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.commands.network.rows import (
    departure_lines,
    difference_row,
    measure_row,
    perspective_row,
    said,
    view_of,
)
from qualcode.cli.commands.network.ties import Site
from qualcode.cli.options import AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, number, say, show, write, write_file

By = Annotated[
    str, typer.Option("--by", metavar="NAME", help="Divide by a facet or attribute, not by site.")
]
Who = Annotated[
    str, typer.Option("--universe", help="Who counts: all, professionals or interviewed.")
]
Rule = Annotated[str, typer.Option("--rule", help="Mixed evidence: majority, any, worst or best.")]
Level = Annotated[str, typer.Option("--level", help="person, role or organisation.")]
Fewest = Annotated[int, typer.Option("--min-participants", help="Told by at least so many.")]


def show_networks(
    project: ProjectPlace,
    site: Site = None,
    universe: Who = "professionals",
    rule: Rule = "majority",
    level: Level = "role",
    by: By = "site",
    fewest: Fewest = 1,
    picture: Annotated[
        bool, typer.Option("--picture", help="Boxes and lines instead of the matrix.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Draw the network of each site as a matrix, with its measures and who is counted."""
    from qualcode.services import network as service

    view = view_of(universe, rule, level=level, fewest=fewest)
    draw = service.network_picture if picture else service.network_matrix
    with opened(project) as handle:
        found = service.build_networks(handle, view=view, sites=[site] if site else None, by=by)
    if as_json:
        rows = [measure_row(one.network.site, m) for one in found for m in one.measures]
        show(Table("network show", project, (), rows), as_json=True)
        return
    if not found:
        say("no confirmed tie yet: qualcode network propose, then confirm")
    for one in found:
        write(draw(one.network) + "\n")
        for measure in (one.measures.density, one.measures.share_formal, one.measures.isolates):
            write(f"{measure.name}: {said(measure)}\n")
        for note in one.network.left_out.notes:
            write(f"{note}\n")
        write("\n")


def measures(
    project: ProjectPlace,
    site: Site = None,
    universe: Who = "professionals",
    rule: Rule = "majority",
    level: Level = "role",
    by: By = "site",
    fewest: Fewest = 1,
    as_json: AsJson = False,
) -> None:
    """Print every measure of each network with who is counted, by which rule, and how thin the evidence is."""
    from qualcode.services import network as service

    view = view_of(universe, rule, level=level, fewest=fewest)
    with opened(project) as handle:
        found = service.build_networks(handle, view=view, sites=[site] if site else None, by=by)
    rows = [measure_row(one.network.site, m) for one in found for m in one.measures]
    if as_json:
        show(Table("network measures", project, (), rows), as_json=True)
        return
    for one in found:
        first = next(iter(one.measures))
        write(f"{one.network.title}\n  counted: {first.universe}\n  rule: {first.rule}\n")
        write(f"  {first.ties} ties, {first.single_source} told by one participant only\n\n")
        for measure in one.measures:
            write(f"  {measure.name}: {said(measure)}\n")
            if measure.note and measure.value is not None:
                write(f"      {measure.note}\n")
        write("\n")


def diff(
    project: ProjectPlace,
    first: Annotated[str, typer.Argument(metavar="SITE")],
    second: Annotated[str, typer.Argument(metavar="SITE")],
    universe: Who = "professionals",
    rule: Rule = "majority",
    by: By = "site",
    with_quotations: Annotated[
        bool, typer.Option("--with-quotations", help="Print the words behind each difference.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare two sites tie by tie, and show how the density depends on who is counted."""
    from qualcode.services import network as service

    with opened(project) as handle:
        found = service.compare_networks(
            handle, first, second, view=view_of(universe, rule), by=by
        )
    rows = [
        difference_row(one, first, second, words=found.words if with_quotations else None)
        for one in found.differences
    ]
    table = found.sensitivity
    notes = [table.sentence]
    notes += [
        f"{row.label}: {number(row.first.value)} at {first}, {number(row.second.value)} at {second}"
        + (" — the sign flips" if row.flips else "")
        for row in table.rows
    ]
    notes.append(found.qap.sentence)
    columns = ("tie", "change", first, second)
    show(Table("network diff", project, columns, rows, notes), as_json=as_json)
    if with_quotations and not as_json:
        _write_quotations(rows)


def perspectives(
    project: ProjectPlace,
    site: Site = None,
    universe: Who = "all",
    rule: Rule = "majority",
    by: By = "site",
    disagreeing: Annotated[
        bool, typer.Option("--disagreeing", help="Only ties whose two sides disagree.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show who claims each tie, role by role, and where its two sides disagree."""
    from qualcode.services import network as service

    with opened(project) as handle:
        found = service.perspectives(
            handle,
            site=site,
            view=view_of(universe, rule),
            by=by,
            only_disagreeing=disagreeing,
        )
    rows = [perspective_row(value, seen, told) for value, seen in found for told in seen.told]
    apart = sum(seen.disagree for _, seen in found)
    notes = [f"{len(found)} ties; the two sides of {apart} disagree"]
    columns = (by, "tie", "told_by_role", "speaks_for", "standing", "formality", "participants")
    rows = [{by: row.pop("network"), **row} for row in rows]
    show(Table("network perspectives", project, columns, rows, notes), as_json=as_json)


def leave(
    project: ProjectPlace,
    site: Annotated[str, typer.Argument(metavar="SITE")],
    people: Annotated[list[str] | None, typer.Argument(metavar="ACTOR...")] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ACTOR ACTOR", help="Who has to leave to part these two?"),
    ] = None,
    universe: Who = "all",
    as_json: AsJson = False,
) -> None:
    """Show what becomes of a site's network when these actors leave, and who stands between two others."""
    from qualcode.services import network as service

    with opened(project) as handle:
        found = service.what_if_leave(
            handle, site, people or (), between=between, view=view_of(universe, "majority")
        )
    asked = [one for one in (found.departure, found.cut) if one is not None]
    if as_json:
        rows = [measure_row(site, one) for one in asked]
        show(Table("network leave", project, (), rows), as_json=True)
        return
    for one in asked:
        write(f"{one.name}: counted: {one.universe}\n")
    for line in departure_lines(found.departure, found.cut):
        write(line + "\n")


def export(
    project: ProjectPlace,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="svg, png, pdf, html, difference, graphml, gexf, dot, mermaid, gephi, matrix, statements.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")
    ],
    site: Site = None,
    universe: Who = "professionals",
    rule: Rule = "majority",
    by: By = "site",
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
            view=view_of(universe, rule),
            with_quotations=with_quotations,
            by=by,
        )
    for suffix, content in files.items():
        safe = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in suffix)
        path = output if not suffix else output.with_stem(f"{output.stem}-{safe}")
        write_file(path, content)
    for warning in warnings:
        say(warning)


def _write_quotations(rows: list[dict[str, object]]) -> None:
    for row in rows:
        write(f"\n{row['tie']}: {row['change']}\n")
        for side in ("first_words", "second_words"):
            words = row[side]
            assert isinstance(words, list)
            for quotation in words:
                write(f"  {quotation['site']} · {quotation['told_by']}: “{quotation['quote']}”\n")


def register(app: typer.Typer) -> None:
    app.command("show")(show_networks)
    app.command("measures")(measures)
    app.command("diff")(diff)
    app.command("perspectives")(perspectives)
    app.command("leave")(leave)
    app.command("export")(export)
