"""The report in words and files: the paragraph for the methods section, CSV, and one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode import __version__

if TYPE_CHECKING:
    from qualcode.core.agreement.report import AgreementReport, Details, Figure

_INTERVALS = {
    "jackknife": (
        "95 % intervals were made by leaving out one document at a time, with t(D − 1) for D documents "
        "(delete-one jackknife); characters were not taken for independent"
    ),
    "bootstrap": (
        "95 % intervals are percentiles over documents drawn with replacement ({detail}); characters were not taken "
        "for independent"
    ),
    "none": "No intervals were made",
}
_SCALE = (
    "Values were read at the lower bound of the interval (Krippendorff, 2019, §12.5): from .800 rely, from .667 "
    "tentative conclusions, below not yet; these are conventions, and α speaks of reproducibility, not of validity"
)


def methods_paragraph(report: AgreementReport) -> str:
    """Return what a methods section says of these figures, ready to paste, with the sources it cites."""
    said = [
        _what(report), _which_text(report), *_left_out(report), _over_all(report), *_by_code(report),
        _intervals(report), _SCALE + ".",
        f"Computed with qualcode {__version__}: {report.measured.command}",
    ]  # fmt: skip
    sources = dict.fromkeys(
        one.citation
        for one in (*report.overall.figures, *(row.figure for row in report.summary))
        if one.citation
    )
    if report.measured.interval.startswith("jackknife"):
        sources["Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11"] = None
    return " ".join(said) + "\n\nSources\n" + "".join(f"  {source}\n" for source in sources)


def agreement_csv(report: AgreementReport) -> str:
    """Return the table as CSV: one row per code, then all codes pooled and the rows of the summary.

    What is undefined is an empty cell beside its reason."""
    from qualcode.formats.agreement import agreement_csv as written

    return written(report)


def agreement_html(report: AgreementReport, details: Details | None = None) -> str:
    """Return one page with the table, heatmaps of α by pair and by document, and the methods paragraph.

    It needs nothing from anywhere else and holds no words of the documents."""
    from qualcode.formats.agreement import agreement_page

    return agreement_page(report, details, methods=methods_paragraph(report))


def read_segments(name: str, content: bytes) -> dict[str, list[tuple[int, int]]]:
    """Return given segments from a CSV with the columns document, start, end (code points, end not included)."""
    from qualcode.formats.agreement import read_segments as read

    return read(name, content)


def _what(report: AgreementReport) -> str:
    told = report.measured
    coders = ", ".join(told.coders)
    return (
        f"Inter-coder agreement was measured on the independent codings of {len(told.coders)} coders ({coders}) in "
        f"{len(told.compared)} documents of the round “{told.round}”, before anything was reconciled."
    )


def _which_text(report: AgreementReport) -> str:
    told = report.measured
    rule = {
        "any": "a coding counted for a unit that it touched",
        "half": "a coding counted for a unit of which it held at least half",
        "full": "a coding counted for a unit that it held whole",
        "": "",
    }[told.rule]
    unit = f"The unit was the {told.unit} ({told.units:,} units" + (f"; {rule})" if rule else ")")
    text = "all turns" if told.with_interviewer else "the turns of participants only"
    return (
        f"{unit}, over {text}. Text that a coder left uncoded in a document she had read to the end counted as not "
        "coded; documents she had not finished were missing data."
    )


def _left_out(report: AgreementReport) -> list[str]:
    texts = [one.text for one in report.measured.excluded if one.kind != "interviewer"]
    return [f"Left out: {'; '.join(texts)}."] if texts else []


def _over_all(report: AgreementReport) -> str:
    parts = [
        f"Krippendorff's α over all codes pooled was {_told(report.overall.alpha)}",
        *(f"{row.name} {_told(row.figure)}" for row in report.summary),
    ]
    return "; ".join(parts) + "."


def _by_code(report: AgreementReport) -> list[str]:
    from qualcode.core.agreement.report import RELY, TENTATIVE, printed

    known = [(row.alpha, row.code) for row in report.used if row.alpha.value is not None]
    if not known:
        return []
    ordered = sorted(known, key=lambda one: one[0].value or 0.0)
    least, most = ordered[0], ordered[-1]
    rely = sum(1 for one, _ in known if one.low is not None and one.low >= RELY)
    tentative = sum(1 for one, _ in known if one.low is not None and TENTATIVE <= one.low < RELY)
    unused = len(report.codes) - len(report.used)
    return [
        f"α was defined for {len(known)} of {len(report.codes)} codes ({unused} were not used) and lay between "
        f"{printed(least[0].value)} ({least[1]}) and {printed(most[0].value)} ({most[1]}); "
        f"{rely} reached .800 at the lower bound, {tentative} more reached .667."
    ]


def _intervals(report: AgreementReport) -> str:
    kind, _, detail = report.measured.interval.partition(", ")
    said = _INTERVALS[kind].format(detail=detail)
    lacking = sum(
        1 for row in report.used if row.alpha.low is None and row.alpha.value is not None
    )
    if lacking and kind != "none":
        said += f"; {lacking} codes have none (too few documents, or the figure hangs on one)"
    return said + "."


def _told(figure: Figure) -> str:
    from qualcode.core.agreement.report import printed, printed_interval

    if figure.value is None:
        return f"undefined ({figure.reason})"
    said = f"{printed(figure.value)} {printed_interval(figure)}".rstrip()
    if figure.coverage is not None:
        said += f" (on {100 * figure.coverage:.0f} % of the marked text)"
    return said
