"""Agreement on the terminal: the table, the rows over all codes, the notes, and the command that does it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from qualcode.cli.commands.agreement.layout import columns, fitted, width, wrapped
from qualcode.cli.commands.agreement.sections import (
    details_lines,
    show_drift,
    show_names,
    show_passages,
    show_selves,
)
from qualcode.cli.output import percent, write

if TYPE_CHECKING:
    from qualcode.core.agreement.report import AgreementReport, CodeRow, Details, Figure

__all__ = ["notes_of", "show_drift", "show_names", "show_passages", "show_report", "show_selves"]

_HEADS = {
    "f1": "F1", "krippendorff_alpha": "α", "percent_agreement": "%", "cohen_kappa": "κ",
    "fleiss_kappa": "Fleiss", "conger_kappa": "Conger", "light_kappa": "Light", "scott_pi": "π",
    "brennan_prediger": "BP", "gwet_ac1": "AC1", "prevalence_index": "PI", "bias_index": "BI",
    "positive_agreement": "pos.", "negative_agreement": "neg.", "ku_alpha": "(k)uα",
    "u_alpha": "uα", "u_alpha_binary": "|uα", "cu_alpha": "cuα", "set_alpha": "tree α",
    "span_f1": "span F1", "holsti": "Holsti", "boundary_similarity": "B", "pooled_kappa": "pooled",
}  # fmt: skip
_NAME, _LEAST_LAST = 34, 10


def show_report(
    report: AgreementReport, details: Details | None, gammas: Sequence[Figure]
) -> None:
    """Print the table, the rows over all codes, what was asked beyond it, and the notes; the command comes last."""
    lines = [*_table(report), "", *_over_all(report, gammas)]
    if details is not None:
        lines += ["", *details_lines(details, report)]
    lines.append("")
    room = max(width(), 60)
    for note in notes_of(report)[:-1]:
        lines += wrapped(note, room)
    write("\n".join(lines) + f"\n{notes_of(report)[-1]}\n")


def notes_of(report: AgreementReport) -> list[str]:
    """Return what a reader has to know of the figures; the last note is the command that measures them again."""
    told = report.measured
    rule = f" ({told.rule})" if told.rule else ""
    one = "document" if len(told.compared) == 1 else "documents"
    notes = [
        f"{told.basis}; unit: {told.unit}{rule}, {told.units:,} in {len(told.compared)} {one}; "
        f"spans of {' · '.join(told.coders)}"
    ]
    if told.interval != "none":
        how = told.interval.replace("jackknife", "delete-one-document jackknife")
        how = how.replace("bootstrap", "bootstrap over documents")
        notes.append(
            f"intervals: {how}, 95 %; read at the lower bound: rely from .800, tentative from .667 "
            "(conventions, not laws)"
        )
        notes += _without_interval(report)
    notes += [f"left out: {one.text}" for one in told.excluded]
    notes += told.notes
    unused = len(report.codes) - len(report.used)
    if unused:
        notes.append(f"{unused} codes that nobody used are not shown")
    if not told.compared:
        notes.append("no document was read to the end by two of these coders")
    return [*notes, f"again: {told.command}"]


def _without_interval(report: AgreementReport) -> list[str]:
    """Return why codes have a figure and no interval: one note where it is the same for all."""
    reasons: dict[str, int] = {}
    for row in report.used:
        if row.alpha.value is not None and row.alpha.low is None:
            why = row.alpha.interval_method.removeprefix("none: ")
            reasons[why] = reasons.get(why, 0) + 1
    return [f"no interval for {count} codes: {why}" for why, count in reasons.items()]


def _table(report: AgreementReport) -> list[str]:
    rows = [*report.in_tree, report.overall]
    cells = [_cells(row) for row in rows]
    names = [_HEADS.get(one.coefficient, one.coefficient) for one in report.overall.figures]
    heads = ["code", "spans", "text", *names, "95 % interval", "reading"]
    if not any(row.alpha.low is not None for row in rows):
        heads[-2] = ""
    widths = [
        max(cell_len(heads[n]), *(cell_len(row[n]) for row in cells)) for n in range(len(heads))
    ]
    fixed = sum(widths[1:-1]) + 2 * (len(heads) - 1)
    room = max(width(), 60)
    widths[0] = max(min(widths[0], _NAME, room - fixed - _LEAST_LAST), 12)
    last = max(room - fixed - widths[0], _LEAST_LAST)
    lines = [_joined(heads, widths)]
    for row, shown in zip(rows, cells, strict=True):
        if row is report.overall:
            lines.append("")
        lines += _row_lines(row, shown, widths, last)
    return lines


def _row_lines(row: CodeRow, cells: list[str], widths: list[int], last: int) -> list[str]:
    """Return the line of a code; what is said of it and does not fit stands below."""
    if row.depth and not row.is_used:
        return [cells[0]]
    flags = [flag.short for flag in row.flags]
    said = "; ".join([cells[-1], *flags])
    if cell_len(said) <= last:
        return [_joined([*cells[:-1], said], widths)]
    below = flags if cell_len(cells[-1]) <= last else [cells[-1], *flags]
    first = _joined([*cells[:-1], cells[-1] if below is flags else ""], widths)
    return [first, *wrapped("; ".join(below), width() - 4, indent="  " * row.depth + "  ↳ ")]


def _cells(row: CodeRow) -> list[str]:
    from qualcode.core.agreement.report import printed, printed_interval

    name = "  " * max(row.depth - 1, 0) + row.name
    if row.depth and not row.is_used:
        return [name, *[""] * (len(row.figures) + 4)]
    return [
        name,
        "·".join(str(count) for count in row.spans),
        percent(row.share),
        *(printed(figure.value) for figure in row.figures),
        printed_interval(row.alpha),
        row.reading,
    ]


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells in their columns: the name to the left, figures to the right, the last as long as it is."""
    first = fitted(cells[0], widths[0])
    middle = [
        " " * (room - cell_len(cell)) + cell
        for cell, room in zip(cells[1:-2], widths[1:-2], strict=True)
    ]
    return "  ".join([first, *middle, fitted(cells[-2], widths[-2]), cells[-1]]).rstrip()


def _over_all(report: AgreementReport, gammas: Sequence[Figure]) -> list[str]:
    from qualcode.core.agreement.report import printed, printed_interval

    rows = []
    for row in report.summary:
        name = "tree α" if row.key == "set_alpha" else row.name
        question = "on coded text, near codes agree in part" if row.key == "set_alpha" else row.question
        said = row.reading
        if row.figure.coverage is not None and row.figure.value is not None:
            said += f"; on {100 * row.figure.coverage:.0f} % of it"
        rows.append([name, question, printed(row.figure.value), printed_interval(row.figure), said])
    for figure in gammas:
        said = figure.reason or figure.interval_method.removeprefix("none: ")
        what = "spans aligned: place and code" if figure.coefficient == "gamma" else "codes of aligned spans"
        rows.append(
            [figure.title, what, printed(figure.value), printed_interval(figure)]
            + ["" if figure.low is not None else said]
        )
    return ["over all codes", *columns([""] * 5, rows, right=frozenset({2}))]
