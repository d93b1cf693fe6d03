"""The command for agreement between coders."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from qualcode.cli.options import ActingAs, AsJson, OptionalCode, ProjectPlace, RoundName, opened
from qualcode.cli.output import Table, number, percent, show

_SHORT = {
    "percent_agreement": "percent",
    "cohen_kappa": "kappa",
    "fleiss_kappa": "fleiss",
    "krippendorff_alpha": "alpha",
    "f1": "f1",
}


def agreement(
    project: ProjectPlace,
    round_name: RoundName,
    unit: Annotated[
        str, typer.Option(help="character, sentence, turn or document.")
    ] = "character",
    code: OptionalCode = None,
    details: Annotated[bool, typer.Option("--details", help="Every pair of coders too.")] = False,
    without_interviewer: Annotated[
        bool, typer.Option("--without-interviewer", help="Leave the interviewer's turns out.")
    ] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Measure how far the coders of a round agree, before anybody talks about it."""
    from qualcode.services import agreement as service

    with opened(project, acting) as handle:
        report = service.measure_agreement(
            handle,
            round_name,
            unit=unit,
            code=code,
            with_interviewer=not without_interviewer,
            coefficients=(
                "percent_agreement",
                "f1",
                "cohen_kappa",
                "fleiss_kappa",
                "krippendorff_alpha",
            ),
        )
    used = [row for row in report.codes if as_json or any(row.spans)]
    rows = [_row(row, as_json) for row in (*used, report.overall)]
    for row, pairs in _pair_columns(report):
        for shown in rows:
            if shown["code"] == row:
                shown.update(pairs)
    notes = [
        f"{report.basis}; unit: {report.unit}, {report.units} in {len(report.documents)} documents; "
        f"coders: {', '.join(report.coders)}",
        "intervals: delete-one-document jackknife, 95 %; read on the lower bound "
        "(rely from .800, tentative from .667: conventions, not laws)",
    ]
    notes += [f"left out: {text}" for text in report.excluded]
    unused = len(report.codes) - len(used)
    if unused:
        notes.append(f"{unused} codes that nobody used are not shown")
    notes.append(f"again: {report.command}")
    columns = ["code", "spans", "share", "percent", "f1", "fleiss", "alpha", "interval", "reading"]
    if details:
        columns += [name for name in rows[-1] if name.startswith("kappa ")]
    show(Table("agreement", project, columns, rows, notes), as_json=as_json)


def _row(row: Any, as_json: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "code": row.code,
        "name": row.name,
        "spans": list(row.spans) if as_json else "·".join(str(count) for count in row.spans),
        "share": row.share if as_json else percent(row.share),
    }
    for figure in row.figures:
        name = _SHORT.get(figure.coefficient, figure.coefficient)
        if name == "kappa" and figure.value is None:
            continue
        shown[name] = figure.value if as_json else number(figure.value)
        if as_json:
            shown[f"{name}_reason"] = figure.reason
    alpha = next(one for one in row.figures if one.coefficient == "krippendorff_alpha")
    if as_json:
        shown["interval"] = [alpha.low, alpha.high] if alpha.low is not None else None
    else:
        has_one = alpha.low is not None
        shown["interval"] = f"[{number(alpha.low)}, {number(alpha.high)}]" if has_one else ""
    shown["interval_reason"] = None if alpha.low is not None else alpha.interval_method
    shown["reading"] = row.reading
    shown["notes"] = list(row.notes)
    return shown


def _pair_columns(report: Any) -> list[tuple[str, dict[str, Any]]]:
    found: dict[str, dict[str, Any]] = {}
    for pair in report.pairs:
        if pair.coefficient == "cohen_kappa":
            name = f"kappa {pair.first}·{pair.second}"
            found.setdefault(pair.code or "all", {})[name] = number(pair.value)
    return list(found.items())


def register(app: typer.Typer) -> None:
    app.command()(agreement)
