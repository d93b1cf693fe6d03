"""The three views of one report as rows of the grid: the table, α by pair, α by document; and what a cell says in full."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.tui.screens.agreement.source import Wanted
from qualcode.tui.widgets.figure_grid import Cell, GridRow

if TYPE_CHECKING:
    from qualcode.core.agreement.report import AgreementReport, CodeRow, Figure

_STEPS = ((0.2, "h0"), (0.4, "h1"), (0.667, "h2"), (0.8, "h3"))
_HEAD = 7


class View(enum.StrEnum):
    """What the columns of the grid are."""

    TABLE = "table"
    PAIRS = "pairs of coders"
    DOCUMENTS = "documents"


def heads_of(report: AgreementReport, view: View) -> tuple[str, ...]:
    """Return the heads of a view's columns."""
    if view is View.PAIRS:
        return ("α", *(f"{pair.first}·{pair.second}" for pair in report.overall.pairs))
    if view is View.DOCUMENTS:
        return ("α", *(_short(one.document) for one in report.overall.documents))
    other = "sent." if report.measured.unit == "character" else "char."
    return ("spans", "text", "F1", "α", other, "reading", "95 % interval")


def rows_of(report: AgreementReport, view: View) -> list[GridRow]:
    """Return the codes in use below their heads, then all codes pooled."""
    cells = {
        View.TABLE: _table_cells, View.PAIRS: _pair_cells, View.DOCUMENTS: _document_cells
    }[view]  # fmt: skip
    return [
        GridRow(row.code, row.name, row.depth, cells(row) if row.is_used or not row.depth else ())
        for row in (*report.in_tree, report.overall)
    ]


def first_column(view: View) -> int:
    """Return where the cursor stands at first: on α."""
    return 3 if view is View.TABLE else 0


def row_named(report: AgreementReport, key: str | None) -> CodeRow | None:
    return next((row for row in (*report.codes, report.overall) if row.code == key), None)


def wanted_of(report: AgreementReport, view: View, key: str, column: int) -> Wanted:
    """Return whose passages stand behind a cell."""
    row = row_named(report, key)
    name = row.name if row else key
    if view is View.PAIRS and column and row is not None:
        pair = report.overall.pairs[column - 1]
        return Wanted(key, name, coders=(pair.first, pair.second))
    if view is View.DOCUMENTS and column and row is not None:
        return Wanted(key, name, document=report.overall.documents[column - 1].document)
    return Wanted(key, name)


def told_of(report: AgreementReport, view: View, key: str | None, column: int) -> str:
    """Return what a cell says in full: whose figure it is, and the reason where there is none."""
    row = row_named(report, key)
    if row is None:
        return ""
    where = f"{row.name} ({row.code})" if row.depth else row.name
    if view is View.PAIRS and column:
        pair = row.pairs[column - 1]
        told = _valued(pair.value, pair.reason)
        return f"{where}: {pair.first} and {pair.second}, {told}, {pair.n_documents} documents"
    if view is View.DOCUMENTS and column:
        one = row.documents[column - 1]
        return f"{where}: {one.document}, {_valued(one.value, one.reason)}"
    notes = [flag.text for flag in row.flags]
    if row.alpha.low is None:
        notes.insert(0, "no interval: " + row.alpha.interval_method.removeprefix("none: "))
    told = f"α {_figure(row.alpha)}" if row.alpha.value is not None else "no α"
    reading = [] if row.alpha.low is None and row.reading == "no interval" else [row.reading]
    return f"{where}: {told}; " + "; ".join([*reading, *notes])


def summary_parts(report: AgreementReport) -> list[str]:
    """Return the figures over all codes, each in a few words."""
    parts = [f"α {_figure(report.overall.alpha)}"]
    for row in report.summary:
        name = "tree α" if row.key == "set_alpha" else row.name
        covered = row.figure.coverage
        on = f" on {covered:.0%}" if covered is not None and row.figure.value is not None else ""
        parts.append(f"{name} {_figure(row.figure)}{on}")
    return parts


def _table_cells(row: CodeRow) -> tuple[Cell, ...]:
    from qualcode.core.agreement.report import printed, printed_interval

    kinds = {flag.kind for flag in row.flags}
    beside = row.beside if row.beside and "boundary" in kinds else None
    f1 = row.figure("f1")
    said = row.reading + ("°" if "uncoded" in kinds else "")
    return (
        Cell(
            "·".join(str(n) for n in row.spans) if row.depth else f"{sum(row.spans):,}",
            sum(row.spans),
        ),
        Cell("—" if row.share is None else f"{row.share:.1%}", row.share),
        Cell(printed(f1.value if f1 else None), f1.value if f1 else None),
        Cell(printed(row.alpha.value), row.alpha.value, _step(row.alpha.value)),
        Cell(printed(beside.value) if beside else "", beside.value if beside else None),
        Cell(said, row.alpha.low, "good" if row.reading == "rely" else "dim", is_text=True),
        Cell(printed_interval(row.alpha), row.alpha.low),
    )


def _pair_cells(row: CodeRow) -> tuple[Cell, ...]:
    return _heat([row.alpha.value, *(pair.value for pair in row.pairs)])


def _document_cells(row: CodeRow) -> tuple[Cell, ...]:
    return _heat([row.alpha.value, *(one.value for one in row.documents)])


def _heat(values: Sequence[float | None]) -> tuple[Cell, ...]:
    from qualcode.core.agreement.report import printed

    return tuple(
        Cell("·" if value is None else printed(value), value, _step(value)) for value in values
    )


def _step(value: float | None) -> str:
    if value is None:
        return "dim"
    if value < -0.005:
        return "below"
    return next((name for bound, name in _STEPS if value < bound), "h4")


def _short(name: str) -> str:
    return name if len(name) <= _HEAD else name[: _HEAD - 1] + "…"


def _valued(value: float | None, reason: str) -> str:
    from qualcode.core.agreement.report import printed

    return f"α {printed(value)}" if value is not None else f"no α: {reason}"


def _figure(figure: Figure) -> str:
    from qualcode.core.agreement.report import printed, printed_interval

    if figure.value is None:
        return f"— {figure.reason}"
    return f"{printed(figure.value)} {printed_interval(figure)}".rstrip()
