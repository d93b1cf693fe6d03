"""The table of agreement as CSV: one row per code, then all codes pooled and the rows of the summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.core.agreement.report import AgreementReport, CodeRow, Figure
from qualcode.formats.tables import Cell, to_csv


def agreement_csv(report: AgreementReport) -> str:
    """Return the report as CSV. What is undefined is an empty cell beside its reason; `kind` is code, all or summary."""
    told = report.measured
    names = [figure.coefficient for figure in report.overall.figures]
    columns = ["kind", "code", "name", "depth", *(f"spans {coder}" for coder in told.coders)]
    columns += ["share_of_text"]
    for name in names:
        columns += [name, f"{name}_low", f"{name}_high", f"{name}_interval", f"{name}_reason"]
    columns += ["coverage", "reading", "flags", "round", "unit", "rule", "documents", "coders"]
    scope: list[Cell] = [told.round, told.unit, told.rule or None]
    scope += [len(told.compared), len(told.coders)]
    rows = [[*_code_cells("code", row), *scope] for row in report.codes] + [
        [*_code_cells("all", report.overall), *scope]
    ]
    for summary in report.summary:
        line: list[Cell] = ["summary", summary.key, f"{summary.name}: {summary.question}", None]
        line += [None] * (len(told.coders) + 1)
        line += _empty_but_last(names, summary.figure)
        rows.append([*line, summary.figure.coverage, summary.reading, None, *scope])
    return to_csv(columns, rows)


def _code_cells(kind: str, row: CodeRow) -> list[Cell]:
    cells: list[Cell] = [kind, row.code, row.name, row.depth, *row.spans, row.share]
    for figure in row.figures:
        cells += _figure_cells(figure)
    flags = "; ".join(flag.text for flag in row.flags)
    return [*cells, None, row.reading, flags or None]


def _empty_but_last(names: Sequence[str], figure: Figure) -> Iterator[Cell]:
    """Yield empty cells but for the last figure's columns: a row of the summary is an α of its own kind."""
    for _ in names[:-1]:
        yield from (None, None, None, None, None)
    yield from _figure_cells(figure)


def _figure_cells(figure: Figure) -> list[Cell]:
    return [figure.value, figure.low, figure.high, figure.interval_method, figure.reason]
