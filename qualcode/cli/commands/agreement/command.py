"""What `qualcode agreement` is asked, and which answer it gives: table, details, passages, drift, files."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.commands.agreement import objects, tables
from qualcode.cli.options import ActingAs, AsJson, OptionalCode, ProjectPlace, opened
from qualcode.cli.output import say, show_json, write, write_file
from qualcode.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qualcode.core.agreement.report import AgreementReport, Details, Figure
    from qualcode.services.agreement import How
    from qualcode.services.project import Project

_GAMMA = ("gamma", "gamma_cat")


def agreement(
    project: ProjectPlace,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar="R", help="Name of the round.")
    ] = None,
    unit: Annotated[
        str, typer.Option(help="character, sentence, turn, document or segment.")
    ] = "character",
    rule: Annotated[
        str, typer.Option(help="When a coding counts for a unit: any, half or full.")
    ] = "any",
    segments: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="Units of your own: document, start, end."),
    ] = None,
    code: OptionalCode = None,
    coefficient: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="One more column, or gamma; repeat. ? lists the names."),
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Every coefficient, unit, level, branch, confusion.")
    ] = False,
    interval: Annotated[
        str, typer.Option(help="jackknife or bootstrap over documents, or none.")
    ] = "jackknife",
    seed: Annotated[
        int | None, typer.Option(help="Of the bootstrap and of γ; it is printed.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Of the bootstrap.")] = 1000,
    document: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this document; repeat.")
    ] = None,
    coder: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only these coders; repeat.")
    ] = None,
    without_interviewer: Annotated[
        bool, typer.Option("--without-interviewer", help="Leave the interviewer's turns out.")
    ] = False,
    passages: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="The passages behind a code's figures; all; or CODE,CODE confused.",
        ),
    ] = None,
    shown: Annotated[
        str, typer.Option("--show", help="With --passages: disagreement, agreement or all.")
    ] = "disagreement",
    drift: Annotated[
        bool, typer.Option("--drift", help="Every round, and every version of the codebook.")
    ] = False,
    earlier: Annotated[
        str | None,
        typer.Option(metavar="ROUND", help="Each coder against herself in that earlier round."),
    ] = None,
    methods: Annotated[
        bool, typer.Option("--methods", help="The paragraph for the methods section.")
    ] = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the table.")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one page with heatmaps.")
    ] = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Measure how far the coders of a round agree, before anybody talks about it."""
    from qualcode.services import agreement as service

    if coefficient and "?" in coefficient:
        tables.show_names()
        return
    how = service.How(
        unit=unit,
        rule=rule,
        interval=interval,
        seed=seed,
        draws=draws,
        with_interviewer=not without_interviewer,
        documents=tuple(document or ()),
        coders=tuple(coder or ()),
        segments=_segments(segments),
        segments_file=str(segments) if segments else None,
    )
    asked = _Asked(project, round_name or "", how, code, as_json)
    if not drift and round_name is None:
        raise typer.BadParameter("which round? Name it", param_hint="--round")
    with opened(project, acting) as handle:
        if drift:
            _drift(handle, asked)
        elif earlier is not None:
            _earlier(handle, asked, earlier)
        elif passages is not None:
            _passages(handle, asked, passages, shown)
        else:
            report, gammas = _measured(handle, asked, coefficient or [])
            found = (
                service.measure_details(handle, report.round, how=how, code=code)
                if details
                else None
            )
            if methods and not as_json:
                write(service.methods_paragraph(report))
            else:
                _show(asked, report, found, gammas, with_methods=methods)
            _write_files(report, found, csv, html)


class _Asked:
    """What every answer needs to know of the question."""

    def __init__(
        self, place: str, round_name: str, how: How, code: str | None, as_json: bool
    ) -> None:
        self.place = place
        self.round = round_name
        self.how = how
        self.code = code
        self.as_json = as_json


def _measured(
    handle: Project, asked: _Asked, coefficients: list[str]
) -> tuple[AgreementReport, tuple[Figure, ...]]:
    from qualcode.services import agreement as service

    names = [service.coefficient_named(name) for name in coefficients]
    columns = [name for name in names if name not in _GAMMA]
    report = service.measure_agreement(
        handle,
        asked.round,
        how=asked.how,
        code=asked.code,
        coefficients=("f1", *(name for name in columns if name != "f1"), "krippendorff_alpha"),
    )
    if len(columns) == len(names):
        return report, ()
    with _watching("aligning documents") as watch:
        gammas = service.measure_gamma(handle, asked.round, how=asked.how, watch=watch)
    more = (
        ""
        if asked.how.seed is None or "--seed" in report.measured.command
        else f" --seed {asked.how.seed}"
    )
    again = f"{report.measured.command}{more} --coefficient gamma"
    return replace(report, measured=replace(report.measured, command=again)), gammas


@contextmanager
def _watching(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far a long measurement is, on standard error; Ctrl-C ends it and changes nothing."""
    import sys

    from rich.console import Console
    from rich.progress import Progress

    with Progress(
        console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(label, total=None)
        try:
            yield lambda done, of: bar.update(task, completed=done, total=of)
        except KeyboardInterrupt:
            say(f"stopped while {label}; nothing was changed")
            raise


def _show(
    asked: _Asked,
    report: AgreementReport,
    details: Details | None,
    gammas: tuple[Figure, ...],
    *,
    with_methods: bool,
) -> None:
    from qualcode.services import agreement as service

    if not asked.as_json:
        tables.show_report(report, details, gammas)
        return
    answer: dict[str, Any] = {
        "command": "agreement",
        "project": asked.place,
        **objects.report_object(report),
        "notes": tables.notes_of(report),
    }
    if details is not None:
        answer["details"] = objects.details_object(details)
    if gammas:
        answer["gamma"] = [objects.figure_object(one) for one in gammas]
    if with_methods:
        answer["methods"] = service.methods_paragraph(report)
    write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def _write_files(
    report: AgreementReport, details: Details | None, csv: Path | None, html: Path | None
) -> None:
    from qualcode.services import agreement as service

    if csv is not None:
        write_file(csv, service.agreement_csv(report))
    if html is not None:
        write_file(html, service.agreement_html(report, details))


def _passages(handle: Project, asked: _Asked, code: str, shown: str) -> None:
    from qualcode.services import agreement as service

    found = service.passages_behind(handle, asked.round, code, how=asked.how, show=shown)
    if asked.as_json:
        rows = [objects.passage_object(one) for one in found]
        show_json("agreement", asked.place, rows)
    else:
        tables.show_passages(found, code, shown, asked.place, asked.round)


def _drift(handle: Project, asked: _Asked) -> None:
    from qualcode.services import agreement as service

    rows = service.agreement_over_rounds(handle, how=asked.how, code=asked.code)
    if asked.as_json:
        show_json("agreement", asked.place, [objects.drift_object(row) for row in rows])
    else:
        tables.show_drift(rows, asked.code)


def _earlier(handle: Project, asked: _Asked, earlier: str) -> None:
    from qualcode.services import agreement as service

    rows = service.agreement_with_earlier_self(
        handle, asked.round, earlier, how=asked.how, code=asked.code
    )
    if asked.as_json:
        show_json("agreement", asked.place, [objects.self_object(row) for row in rows])
    else:
        tables.show_selves(rows, asked.round, earlier)


def _segments(path: Path | None) -> Any:
    from qualcode.services import agreement as service

    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", hint="check the path"
        ) from None
    return service.read_segments(path.name, content)


def register(app: typer.Typer) -> None:
    app.command()(agreement)
