"""The command that builds the sample study and shows a study's whole way, from transcripts to findings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.output import number, progress, say, write, write_file
from qualcode.core.project import Role
from qualcode.core.reconcile import Strategy
from qualcode.core.rounds import Purpose, RoundState
from qualcode.errors import InputError

if TYPE_CHECKING:
    from qualcode.services.project import Project

ROUND, PRACTICE = "Set 1", "Practice"
LEAD = "Vera"
CODERS = (("Noor", Role.MENTOR), ("Tomas", Role.MENTEE), ("Ilse", Role.MENTEE))
PROJECT_FILE = "sample.qualcode"
_SITES = ("A", "B")
_THEMES = ("benefit", "challenge")
# Persons whom everybody at site B counts and nobody names; one of them was interviewed.
_THREE_OFFICERS = {
    "name": "The three officers of site B",
    "kind": "person",
    "role_of": "djo",
    "part_of": "juvenile_court",
    "interviewed": "yes",
    "sites": "B",
}
# Words of the interviews that hold an actor's name and mean a room, a thing or a habit.
_NO_ACTORS = (
    "team meeting",
    "team meetings",
    "staff meeting",
    "juvenile building",
    "school notes",
)
_CODES_SHOWN = (
    "process.protocol.exists",
    "process.protocol.none",
    "process.protocol.wanted",
    "benefit.shared_goal",
    "benefit.trust",
    "benefit.communication",
    "challenge.key_person",
    "challenge.caseload",
    "challenge.turnover",
    "challenge.fragmentation",
)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where it is built.")] = Path(
        "qualcode-demo"
    ),
) -> None:
    """Build the sample study, print its findings, and open it where there is a terminal."""
    from qualcode.services.project import open_project

    place = folder / PROJECT_FILE
    if place.exists():
        say(f"{place} was built before and is kept; remove {folder} to build it anew")
    else:
        build_sample(place)
    with open_project(str(place)) as project:
        print_findings(project)
        written = _write_files(project, folder)
    write("\nFiles\n")
    for path in (place, *written):
        write(f"  {path}\n")
    write(f"\nOpen it: qualcode {place}\n")
    if sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty():
        from qualcode.cli.commands.workbench import open_workbench

        open_workbench(str(place))


def sample_folders() -> tuple[Path, Path]:
    """Return (transcripts, codebooks) of the sample study, from the checkout or from the installed package."""
    package = Path(__file__).resolve().parents[2]
    for base in (package.parent, package / "sample"):
        transcripts, codebooks = base / "transcripts_sample", base / "codebooks"
        if transcripts.is_dir() and codebooks.is_dir():
            return transcripts, codebooks
    raise InputError("the sample study is not installed", hint="run qualcode demo in a checkout")


def build_sample(place: Path) -> None:
    """Build the sample project as a team would: the same services, the same order. Leaves nothing half-made."""
    from qualcode.services.project import create_project

    place.parent.mkdir(parents=True, exist_ok=True)
    building = place.with_name(f".{place.name}.building")
    for leftover in (building, Path(f"{building}-wal"), Path(f"{building}-shm")):
        leftover.unlink(missing_ok=True)
    steps = (_people, _texts, _code_independently, _reconcile, _tie, _narrate, _map, _practise)
    with progress("building the sample study", len(steps)) as advance:
        with create_project(str(building), name="Sample study", lead=LEAD) as project:
            for step in steps:
                step(project)
                advance()
        building.rename(place)


def _people(project: Project) -> None:
    from qualcode.services.project import add_coder

    for name, role in CODERS:
        add_coder(project, name, role=role)


def _texts(project: Project) -> None:
    from qualcode.services import codebook, documents

    transcripts, codebooks = sample_folders()
    files, _ = documents.files_in([transcripts])
    for one in documents.import_documents(project, files):
        if one.problem is not None:
            raise InputError(f"{one.file}: {one.problem}", hint=one.hint)
    documents.import_participants(project, transcripts / "participants.csv")
    documents.import_attributes(project, transcripts / "attributes.yaml")
    book = codebooks / "collaboration.yaml"
    codebook.import_codebook(project, book.name, book.read_bytes())


def _code_independently(project: Project) -> None:
    from qualcode.services import coding, rounds

    transcripts, _ = sample_folders()
    rounds.new_round(project, ROUND)
    rounds.assign_documents(project, ROUND, coders=[name for name, _ in CODERS])
    files = [
        (path.name, path.read_bytes())
        for path in sorted((transcripts / "codings").glob("*.jsonl"))
    ]
    coding.import_codings(project, files, mark_done=True)
    rounds.set_round_state(project, ROUND, RoundState.RECONCILING)


def _reconcile(project: Project) -> None:
    from qualcode.services import reconcile, rounds

    transcripts, _ = sample_folders()
    reconcile.apply_strategy(project, ROUND, Strategy.MAJORITY)
    decisions = transcripts / "decisions.jsonl"
    reconcile.import_decisions(project, ROUND, decisions.name, decisions.read_bytes())
    rounds.set_round_state(project, ROUND, RoundState.CLOSED)


def _tie(project: Project) -> None:
    from qualcode.services import network

    transcripts, _ = sample_folders()
    network.add_stop_phrases(project, _NO_ACTORS)
    network.add_actor(project, "three_officers", _THREE_OFFICERS)
    network.propose(project, ROUND)
    reviews = transcripts / "ties.jsonl"
    network.import_reviews(project, reviews.name, reviews.read_bytes())
    batch = network.complete_proposals(project)
    network.confirm_ties(project, [row.statement.id for row in batch])


def _narrate(project: Project) -> None:
    from qualcode.services import narrative

    for theme in _THEMES:
        narrative.build_narratives(project, theme, by="site", round=ROUND)


def _map(project: Project) -> None:
    from qualcode.services import concept

    transcripts, _ = sample_folders()
    for path in sorted((transcripts / "concepts").glob("*.yaml")):
        concept.import_map(project, path.name, path.read_bytes())


def _practise(project: Project) -> None:
    """Open a round in which whoever looks at the sample can code at once; it touches nothing of the study's own."""
    from qualcode.services import rounds

    rounds.new_round(
        project, PRACTICE, purpose=Purpose.TRAINING, instructions="Code as you like: try the keys."
    )
    rounds.assign_documents(project, PRACTICE, coders=[LEAD])


def print_findings(project: Project) -> None:
    """Print what the sample study found: agreement, reconciliation, comparison of the sites, the two networks."""
    _print_study(project)
    _print_agreement(project)
    _print_comparison(project)
    _print_networks(project)


def _print_study(project: Project) -> None:
    from qualcode.services import documents

    rows = documents.list_documents(project)
    transcripts = [row for row in rows if row.kind.value == "transcript"]
    sites = [row.values.get("site", ()) for row in transcripts]
    only = {site: sum(1 for one in sites if one == (site,)) for site in _SITES}
    both = sum(1 for one in sites if len(one) > 1)
    write("Sample study: collaboration between agencies at two sites (synthetic)\n")
    write(
        f"  {len(transcripts)} interviews, {sum(row.words for row in transcripts):,} words; "
        + ", ".join(f"{count} at site {site}" for site, count in only.items())
        + f", {both} about both\n"
    )


def _print_agreement(project: Project) -> None:
    from qualcode.services import agreement, reconcile

    report = agreement.measure_agreement(project, ROUND)
    alpha = report.overall.figures[-1]
    items = reconcile.list_discrepancies(project, ROUND)
    consensus = reconcile.consensus_report(project, ROUND)
    spans = " · ".join(
        f"{coder} {count}"
        for coder, count in zip(report.coders, report.overall.spans, strict=True)
    )
    write("\nAgreement before reconciliation (independent, blind; unit: character)\n")
    write(f"  codings: {spans}\n")
    write(
        f"  Krippendorff's alpha over all codes {number(alpha.value)} "
        f"[{number(alpha.low)}, {number(alpha.high)}]: {report.overall.reading}\n"
    )
    kinds: dict[str, int] = {}
    for item in items:
        kinds[item.discrepancy.kind.value] = kinds.get(item.discrepancy.kind.value, 0) + 1
    parts = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(kinds.items()))
    write(f"\nReconciliation: {len(items)} discrepancies ({parts})\n")
    write(
        f"  consensus: {consensus.codings} codings, {consensus.agreed} agreed, "
        f"{consensus.decided} decided; {consensus.undecided} undecided\n"
    )
    write("  after reconciliation, each coder against the consensus (not a reliability figure):\n")
    for row in agreement.compare_with_consensus(project, ROUND):
        write(f"    {row.coder:<8} F1 {number(row.f1)}   alpha {number(row.alpha)}\n")


def _print_comparison(project: Project) -> None:
    from qualcode.services import compare

    matrix = compare.compare(project, columns="site", round=ROUND, deep=True)
    wanted = [row for row in matrix.rows if row.code in _CODES_SHOWN]
    write("\nComparison of the sites: participants (codings) in the consensus\n")
    write(f"  {'':<28}" + "".join(f"{'site ' + site:>12}" for site in _SITES) + "\n")
    for row in wanted:
        cells = {column.key: cell for column, cell in zip(matrix.columns, row.cells, strict=True)}
        shown = "".join(
            f"{f'{cells[site].participants} ({cells[site].codings})':>12}" for site in _SITES
        )
        write(f"  {row.code:<28}{shown}\n")


def _print_networks(project: Project) -> None:
    from qualcode.services import network

    view = network.professional_view()
    for one in network.build_networks(project, view=view, sites=_SITES):
        density = one.measures.density
        write("\nNetwork of " + network.network_matrix(one.network) + "\n")
        write(f"Density {number(density.value)} ({density.note}); counted: {density.universe}\n")
    write("\n" + network.site_sensitivity(project, *_SITES).sentence + "\n")


def _write_files(project: Project, folder: Path) -> list[Path]:
    from qualcode.services import concept, narrative, network

    written: list[Path] = []

    def keep(name: str, content: str | bytes) -> None:
        path = folder / name
        write_file(path, content, quietly=True)
        written.append(path)

    for theme in _THEMES:
        for site in _SITES:
            for name in narrative.narratives_of(project, theme, by="site", value=site):
                keep(f"{name}.md", narrative.export_narrative(project, name))
    for one in concept.list_facts(project):
        name = f"concept-map-{one.name.lower().replace(' ', '-')}.svg"
        keep(name, concept.export_map(project, one.name))
    view = network.professional_view()
    for form in ("svg", "graphml", "html"):
        files, _ = network.export_network(project, form, view=view)
        for suffix, content in files.items():
            keep(f"network{'-site-' if suffix else ''}{suffix}.{form}", content)
    return written


def register(app: typer.Typer) -> None:
    app.command()(demo)
