"""What stands below the table or instead of it: details, passages, drift, the names of the coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.cli.commands.agreement.layout import columns, width, wrapped
from qualcode.cli.output import write
from qualcode.core.coding import shortened

if TYPE_CHECKING:
    from qualcode.core.agreement.report import AgreementReport, CodeDetail, Details, Figure
    from qualcode.services.agreement import DriftRow, FoundPassage, SelfRow

_BLOCKS = (
    (
        "chance-corrected", (
            ("cohen_kappa", "κ"), ("light_kappa", "Light"), ("fleiss_kappa", "Fleiss"),
            ("conger_kappa", "Conger"), ("brennan_prediger", "BP"), ("gwet_ac1", "AC1"),
            ("krippendorff_alpha", "α"),
        ),
    ),
    (
        "raw, and what moves κ", (
            ("percent_agreement", "%"), ("positive_agreement", "pos."),
            ("negative_agreement", "neg."), ("prevalence_index", "PI"), ("bias_index", "BI"),
        ),
    ),
    (
        "spans as coders cut them", (
            ("u_alpha", "uα"), ("ku_alpha", "(k)uα"), ("coverage", "cover"),
            ("span_f1", "span F1"), ("holsti", "Holsti"), ("boundary_similarity", "B"),
        ),
    ),
)  # fmt: skip
_ID = 30


def details_lines(details: Details, report: AgreementReport) -> list[str]:
    """Return the sections of --details."""
    lines: list[str] = []
    for title, wanted in _BLOCKS:
        lines += [f"{title}", *_coefficients(details, wanted), ""]
    lines += [
        "κ: Cohen, two coders only; Light: mean of the pairs' κ; BP: Brennan–Prediger (PABAK); AC1 and BP are",
        "high for every rare code: they carry no verdict. Span F1: same ends; Holsti: any overlap.",
        "",
        "α of each pair of coders",
        *_pairs(report),
        "",
        "α of each document, all codes pooled",
        *_documents(report),
        "",
        "α, all codes pooled, in other units",
        *_units(details),
        "",
        "the tree cut at each level",
        *_levels(details),
        "",
        "branch by branch: does the text belong to it (α), and which of its codes (tree α)?",
        *_branches(details),
        "",
        "without each coder: α, all codes pooled",
        *_left_out(details),
        "",
        f"codes taken for one another ({report.measured.unit}s)",
        *_confusions(details),
    ]
    return lines


def show_passages(
    found: Sequence[FoundPassage], code: str, shown: str, place: str, round_name: str
) -> None:
    """Print the passages, each with its place, who gave the code, and the id for reconciliation."""
    room = width()
    for one in found:
        where = f"{one.document} {one.start}–{one.end}"
        where += f", turn {one.turn}" if one.turn is not None else ""
        where += f", {one.speaker}" if one.speaker else ""
        settled = ""
        if one.discrepancy:
            settled = f"  {one.discrepancy} {'decided' if one.decided else 'open'}"
        write(f"{where}{settled}\n")
        write(f"  {one.code}: {_who(one, code)}\n")
        for line in wrapped("“" + shortened(one.quote, 400) + "”", room - 2, indent="  "):
            write(f"{line}\n")
        write("\n")
    count = "passage" if len(found) == 1 else "passages"
    write(f"{len(found)} {count} ({shown})\n")
    first = next((one.discrepancy for one in found if one.discrepancy), None)
    if first:
        write(f'settle one: qualcode reconcile show {place} {first} --round "{round_name}"\n')


def show_drift(rows: Sequence[DriftRow], code: str | None) -> None:
    """Print agreement per round, and per version of the codebook where there was more than one."""
    from qualcode.core.agreement.report import printed, printed_interval

    cells = [
        [
            "  " + row.part if row.part else row.round,
            ", ".join(str(n) for n in row.versions) or "—",
            f"{len(row.coders)}",
            str(row.documents),
            str(row.codings),
            printed(row.alpha.value),
            printed_interval(row.alpha),
            "" if row.change is None else _signed(row.change),
            printed(row.same_name.value),
            printed(row.same_place.value),
        ]
        for row in rows
    ]
    heads = ["round", "codebook", "coders", "docs", "codings", "α", "95 % interval", "change"]
    lines = columns([*heads, "cuα", "|uα"], cells, right=frozenset({2, 3, 4, 5, 7, 8, 9}))
    _write_with_reasons(lines, [row.alpha.reason for row in rows])
    what = f"α of {code}" if code else "α of all codes pooled"
    _write_note(
        f"{what}; change against the round before; cuα: same name where both marked; |uα: same text marked"
    )


def show_selves(rows: Sequence[SelfRow], round_name: str, earlier: str) -> None:
    """Print each coder against her own earlier self."""
    from qualcode.core.agreement.report import printed, printed_interval

    cells = [
        [
            row.coder,
            str(row.documents),
            "·".join(str(n) for n in row.spans),
            printed(row.f1.value),
            printed(row.alpha.value),
            printed_interval(row.alpha),
            printed(row.same_name.value),
            printed(row.same_place.value),
        ]
        for row in rows
    ]
    heads = ["coder", "docs", "spans", "F1", "α", "95 % interval", "cuα", "|uα"]
    lines = columns(heads, cells, right=frozenset({1, 2, 3, 4, 6, 7}))
    _write_with_reasons(lines, [row.alpha.reason for row in rows])
    _write_note(
        f"each coder in {round_name} against herself in {earlier}, over documents that she finished in both: "
        "stability, not agreement between people"
    )


def _write_with_reasons(lines: Sequence[str], reasons: Sequence[str | None]) -> None:
    """Print a table; below a row without a figure the reason why."""
    for line, reason in zip(lines, [None, *reasons], strict=True):
        write(f"{line}\n")
        for told in wrapped(reason, width(), indent="    ↳ ") if reason else ():
            write(f"{told}\n")


def _write_note(text: str) -> None:
    write("\n" + "\n".join(wrapped(text, width())) + "\n")


def _signed(change: float) -> str:
    return f"{change:+.2f}".replace("0.", ".", 1)


def show_names() -> None:
    """Print the coefficients by the names under which --coefficient knows them."""
    from qualcode.services.agreement import coefficient_names

    for line in columns(["name", "coefficient", "source"], coefficient_names()):
        write(f"{line}\n")


def _coefficients(details: Details, wanted: Sequence[tuple[str, str]]) -> list[str]:
    rows = [[_named(one), *_values(one, wanted)] for one in (*details.codes, details.overall)]
    heads = ["", *(head for _, head in wanted)]
    kept = [n for n in range(len(heads)) if n == 0 or any(row[n].strip("— ") for row in rows)]
    return columns(
        [heads[n] for n in kept],
        [[row[n] for n in kept] for row in rows],
        right=frozenset(range(1, len(kept))),
    )


def _values(one: CodeDetail, wanted: Sequence[tuple[str, str]]) -> list[str]:
    from qualcode.core.agreement.report import printed

    known = {figure.coefficient: figure for figure in one.figures}
    found = []
    for key, _ in wanted:
        if key == "coverage":
            figure = known.get("ku_alpha") or known.get("cu_alpha")
            share = figure.coverage if figure else None
            found.append("—" if share is None else f"{100 * share:.0f} %")
        else:
            found.append(printed(known[key].value) if key in known else "—")
    return found


def _named(one: CodeDetail) -> str:
    return _id(one.code, one.name)


def _id(code: str, name: str) -> str:
    """Return the id of a code, its end where it is long (names may stand twice in a tree); the name of the pooled row."""
    if code == "all":
        return name
    return code if len(code) <= _ID else "…" + code[1 - _ID :]


def _told(figure: Figure) -> str:
    from qualcode.core.agreement.report import printed, printed_interval

    if figure.value is None:
        return f"— {figure.reason}"
    return f"{printed(figure.value):>4} {printed_interval(figure)}".rstrip()


def _pairs(report: AgreementReport) -> list[str]:
    from qualcode.core.agreement.report import printed

    heads = ["", *(f"{pair.first} · {pair.second}" for pair in report.overall.pairs)]
    rows = [
        [_id(row.code, row.name), *(printed(pair.value) for pair in row.pairs)]
        for row in (*report.used, report.overall)
    ]
    return columns(heads, rows, right=frozenset(range(1, len(heads))))


def _documents(report: AgreementReport) -> list[str]:
    from qualcode.core.agreement.report import printed

    rows = [[one.document, printed(one.value), one.reason] for one in report.overall.documents]
    return columns(["", "", ""], rows, right=frozenset({1})) if rows else ["none is compared"]


def _units(details: Details) -> list[str]:
    rows = [
        [one.unit, one.rule and f"({one.rule})", f"{one.units:,}", _told(one.alpha)]
        for one in details.units
    ]
    return columns([""] * 4, rows, right=frozenset({2}))


def _levels(details: Details) -> list[str]:
    rows = [
        [
            str(one.depth),
            str(one.codes),
            str(one.defined),
            str(one.reliable),
            _told(one.overall),
            one.reading,
        ]
        for one in details.levels
    ]
    heads = ["level", "codes", "with α", "≥ .667", "α of code sets", "reading"]
    return columns(heads, rows, right=frozenset({0, 1, 2, 3}))


def _branches(details: Details) -> list[str]:
    rows = [
        [_id(one.code, one.name), _told(one.whole), _told(one.within)] for one in details.branches
    ]
    return columns(["", "whole", "within"], rows) if rows else ["no code has codes below it"]


def _left_out(details: Details) -> list[str]:
    if details.left_out_reason:
        return [details.left_out_reason]
    rows = [
        [
            f"without {one.coder}",
            _told(one.alpha),
            "" if one.change is None else _signed(one.change),
        ]
        for one in details.left_out
    ]
    return columns([""] * 3, rows, right=frozenset({2}))


def _confusions(details: Details) -> list[str]:
    if not details.confusions:
        return ["none: where two coders marked the same text, they gave it the same codes"]
    rows = [
        [
            f"{one.weight:,.0f}",
            f"{one.first_coder}: {one.first_code}",
            f"{one.second_coder}: {one.second_code or 'nothing'}",
        ]
        for one in details.confusions
    ]
    return columns([""] * 3, rows, right=frozenset({0}))


def _who(one: FoundPassage, code: str) -> str:
    gave, did_not = ", ".join(one.gave), ", ".join(one.did_not)
    if "," in code:
        return f"{gave} gave it, {did_not} gave the other"
    return f"{gave} gave it" + (f", {did_not} did not" if did_not else "")
