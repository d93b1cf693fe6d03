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
_NAME, _LEAST_LAST, _ROOMY = 34, 9, 90
_UNCODED = "°"


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
        "spans: "
        + " · ".join(
            f"{coder} {n}" for coder, n in zip(told.coders, report.overall.spans, strict=True)
        )
    ]
    if told.interval != "none":
        how = told.interval.replace("jackknife", "delete-one-document jackknife")
        how = how.replace("bootstrap", "bootstrap over documents")
        notes.append(
            f"intervals: {how}, 95 %; read at the lower bound: rely from .800, tentative from .667 "
            "(conventions, not laws)"
        )
        notes += _without_interval(report)
    if any(flag.kind == "uncoded" for row in report.used for flag in row.flags):
        notes.append(
            f"{_UNCODED} mostly uncoded text: percent agreement is .95 or more and says little; read F1 and α"
        )
    if any(flag.kind == "boundary" for row in report.used for flag in row.flags):
        unit = "sentence" if told.unit == "character" else "character"
        notes.append(
            f"{_beside_head(report)} α by {unit} where it differs by more than .1: the figure hangs on "
            "where spans begin and end"
        )
    covered = next((r.figure.coverage for r in report.summary if r.figure.coverage), None)
    if covered is not None:
        notes.append(
            f"cuα rests on {100 * covered:.0f} % of the marked text, where two coders marked the same;"
            " cuα and |uα are always by character"
        )
    notes += [f"left out: {one.text}" for one in told.excluded]
    notes += told.notes
    unused = len(report.codes) - len(report.in_tree)
    if unused:
        what = "code that nobody used is" if unused == 1 else "codes that nobody used are"
        notes.append(f"{unused} {what} not shown")
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
    return [
        f"no interval for {count} {'code' if count == 1 else 'codes'}: {why}"
        for why, count in reasons.items()
    ]


def _table(report: AgreementReport) -> list[str]:
    """Return the codes in lines: the name to the left, figures to the right, what is said of them last."""
    room = max(width(), 60)
    rows = report.in_tree
    names = [_HEADS.get(one.coefficient, one.coefficient) for one in report.overall.figures]
    heads = ["code", "spans", "text", *names, _beside_head(report), "95 % interval", "reading"]
    top = min((row.depth for row in rows), default=1)
    cells = [_cells(row, row.depth - top, is_narrow=room < _ROOMY) for row in rows]
    kept = [
        n for n in range(len(heads)) if n in (0, 1, 2) or any(row[n] for row in cells if row[1])
    ]
    table = [[row[n] for n in kept] for row in [heads, *cells]]
    widths = [max(cell_len(row[n]) for row in table if row[1]) for n in range(len(kept))]
    widths[0] = max((cell_len(row[0]) for row in table), default=4)
    gap = 1 if room < _ROOMY else 2
    fixed = sum(widths[1:-1]) + gap * (len(kept) - 2) + 2
    widths[0] = max(min(widths[0], _NAME, room - fixed - _LEAST_LAST), 12)
    last = max(room - fixed - widths[0], _LEAST_LAST)
    lines = [_joined(table[0], widths, gap)]
    for row, shown in zip(rows, table[1:], strict=True):
        lines += _row_lines(row, shown, widths, (gap, last))
    return lines


def _row_lines(
    row: CodeRow, cells: Sequence[str], widths: Sequence[int], room: tuple[int, int]
) -> list[str]:
    """Return the line of a code; what is said of it and does not fit stands below."""
    gap, last = room
    if not row.is_used:
        return [fitted(cells[0], widths[0]).rstrip()]
    if not cells[-2] and cell_len(cells[-1]) <= widths[-2] + 2 + last:
        start = _joined([*cells[:-2], "", ""], widths, gap)
        place = widths[0] + 2 + sum(widths[1:-2]) + gap * (len(widths) - 3)
        return [f"{start:<{place}}{cells[-1]}"]
    if cell_len(cells[-1]) <= last:
        return [_joined(cells, widths, gap)]
    indent = " " * (len(cells[0]) - len(cells[0].lstrip()) + 2) + "↳ "
    return [
        _joined([*cells[:-1], ""], widths, gap),
        *wrapped(cells[-1], max(width(), 60), indent=indent),
    ]


def _cells(row: CodeRow, depth: int, *, is_narrow: bool) -> list[str]:
    from qualcode.core.agreement.report import printed, printed_interval

    name = "  " * depth + row.name
    if not row.is_used:
        return [name, *[""] * (len(row.figures) + 5)]
    kinds = {flag.kind for flag in row.flags}
    only = [flag.short for flag in row.flags if flag.kind == "one_coder"]
    said = row.reading + (_UNCODED if "uncoded" in kinds else "")
    interval = printed_interval(row.alpha)
    return [
        name,
        "·".join(str(count) for count in row.spans),
        percent(row.share),
        *(printed(figure.value) for figure in row.figures),
        printed(row.beside.value) if row.beside and "boundary" in kinds else "",
        interval.replace(", ", ",") if is_narrow else interval,
        "; ".join([said, *only]),
    ]


def _beside_head(report: AgreementReport) -> str:
    return "sent." if report.measured.unit == "character" else "char."


def _joined(cells: Sequence[str], widths: Sequence[int], gap: int) -> str:
    middle = [
        " " * (room - cell_len(cell)) + cell
        for cell, room in zip(cells[1:-1], widths[1:-1], strict=True)
    ]
    if cells[-2].startswith("["):
        middle[-1] = fitted(cells[-2], widths[-2])
    first = fitted(cells[0], widths[0])
    return f"{first}  {(' ' * gap).join(middle)}  {cells[-1]}".rstrip()


def _over_all(report: AgreementReport, gammas: Sequence[Figure]) -> list[str]:
    """Return the rows over all codes; what is said of one and does not fit stands below it."""
    from qualcode.core.agreement.report import printed, printed_interval

    rows = [("α", "each code by itself, pooled", report.overall.alpha, report.overall.reading)]
    for row in report.summary:
        is_tree = row.key == "set_alpha"
        name = "tree α" if is_tree else row.name
        question = "on coded text, near codes agree in part" if is_tree else row.question
        rows.append((name, question, row.figure, row.reading))
    for figure in gammas:
        is_whole = figure.coefficient == "gamma"
        what = "spans aligned: place and code" if is_whole else "codes of aligned spans"
        why = figure.reason or figure.interval_method.removeprefix("none: ")
        rows.append((figure.title, what, figure, "" if figure.low is not None else why))
    cells = [
        [name, question, printed(figure.value), printed_interval(figure)]
        for name, question, figure, _ in rows
    ]
    room = max(width(), 60)
    lines = ["over all codes"]
    for line, (*_, said) in zip(columns([""] * 4, cells, right=frozenset({2})), rows, strict=True):
        whole = f"{line}  {said}" if said else line
        lines += (
            [whole] if cell_len(whole) <= room else [line, *wrapped(said, room, indent=" " * 8)]
        )
    return lines
