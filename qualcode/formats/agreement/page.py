"""Agreement as one HTML page: table with intervals drawn, heatmaps by pair and document, details, and the method."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from qualcode.core.agreement.report import (
    RELY,
    TENTATIVE,
    AgreementReport,
    CodeRow,
    Details,
    Figure,
    printed,
    printed_interval,
)

_STEPS = ((0.2, "h0"), (0.4, "h1"), (TENTATIVE, "h2"), (RELY, "h3"))
_WIDTH, _HEIGHT = 170, 18
_UNCODED = "°"


def agreement_page(report: AgreementReport, details: Details | None, *, methods: str) -> str:
    """Return the page. Its content policy allows its own style and script and nothing else; it holds no words of the
    documents."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = f"Agreement in {report.round}"
    body = [
        *_opening(report, title),
        *_summary(report),
        *_table(report),
        *_by_pair(report),
        *_by_document(report),
        *(_details(report, details) if details is not None else ()),
        "<h2>For the methods section</h2>",
        *(f"<p>{_text(part)}</p>" for part in methods.split("\n") if part.strip()),
        "<h2>The same again</h2>",
        f'<code class="line">{_text(report.measured.command)}</code>',
    ]
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
            *body,
            f"<script>{script}</script>\n</body>\n</html>\n",
        ]
    )


def _opening(report: AgreementReport, title: str) -> Iterator[str]:
    told = report.measured
    yield f"<h1>{_text(title)}</h1>"
    rule = f" ({told.rule})" if told.rule else ""
    yield (
        f"<p>{_text(told.basis)}; coders: {_text(', '.join(told.coders))}; "
        f"{len(told.compared)} documents compared; unit: {_text(told.unit)}{_text(rule)}, {told.units:,}</p>"
    )
    for note in (*(f"left out: {one.text}" for one in told.excluded), *told.notes):
        yield f'<p class="soft">{_text(note)}</p>'


def _summary(report: AgreementReport) -> Iterator[str]:
    yield "<h2>Over all codes</h2>\n<table><thead><tr><th>question</th><th>figure</th>"
    yield '<th class="n">value</th><th>95 % interval</th><th class="n">coverage</th><th>reading</th></tr></thead><tbody>'
    rows = [(row.question, row.name, row.figure, row.reading) for row in report.summary]
    pooled = ("is each code given to the same text?", "α, all codes pooled")
    for question, name, figure, reading in (
        *rows,
        (*pooled, report.overall.alpha, report.overall.reading),
    ):
        covered = "" if figure.coverage is None else f"{100 * figure.coverage:.0f} %"
        yield (
            f"<tr><td>{_text(question)}</td><td>{_text(name)}</td>{_value(figure)}"
            f'<td>{_reach(figure)}</td><td class="n">{covered}</td><td>{_text(reading)}</td></tr>'
        )
    yield "</tbody></table>"
    yield (
        '<p class="soft">A low |uα beside a high cuα: the coders know what a code means and cut the text differently. '
        "The other way round: they see the same passages and name them differently.</p>"
    )


def _table(report: AgreementReport) -> Iterator[str]:
    names = ["F1" if one.coefficient == "f1" else one.title for one in report.overall.figures[:-1]]
    heads = ["code", " · ".join(report.coders), "text", *names, "α"]
    yield '<h2>Code by code</h2>\n<div class="wide"><table><thead><tr>'
    for n, head in enumerate(heads):
        kind = ' class="n"' if n else ""
        yield f'<th{kind}><button type="button">{_text(head)}</button></th>'
    yield "<th>95 % interval</th><th>reading</th></tr></thead><tbody>"
    for order, row in enumerate((*report.in_tree, report.overall)):
        yield _code_line(order, row)
    yield "</tbody></table></div>"
    yield (
        f'<p class="soft">{_UNCODED} mostly uncoded text: percent agreement is .95 or more and says little; read F1 '
        "and α. “.52 by sentence”: α in that unit, where it differs by more than .1.</p>"
    )
    unused = len(report.codes) - len(report.in_tree)
    if unused:
        what = "code that nobody used is" if unused == 1 else "codes that nobody used are"
        yield f'<p class="soft">{unused} {what} not shown: no α, and none is made up.</p>'


def _code_line(order: int, row: CodeRow) -> str:
    kind = "all" if row.depth == 0 else ("" if row.is_used else "head")
    name = (
        f'<td class="d{min(max(row.depth, 1), 5)}" data-key="" title="{_text(row.code)}">'
        f"{_text(row.name)}</td>"
    )
    if kind == "head":
        rest = "<td></td>" * (len(row.figures) + 4)
        return f'<tr class="head" data-order="{order}">{name}{rest}</tr>'
    share = "" if row.share is None else f"{100 * row.share:.1f} %"
    spans = " · ".join(str(n) for n in row.spans)
    flags = "".join(
        f'<span class="flag" title="{_text(flag.text)}">{_text(flag.short)}</span>'
        for flag in row.flags
        if flag.kind != "uncoded"
    )
    mark = _UNCODED if any(flag.kind == "uncoded" for flag in row.flags) else ""
    return (
        f'<tr class="{kind}" data-order="{order}">{name}<td class="n" data-key="{sum(row.spans)}">{spans}</td>'
        f'<td class="n" data-key="{row.share or 0:.6f}">{share}</td>'
        + "".join(_value(figure) for figure in row.figures)
        + f"<td>{_reach(row.alpha)}</td><td>{_text(row.reading)}{mark}{flags}</td></tr>"
    )


def _value(figure: Figure) -> str:
    if figure.value is None:
        return f'<td class="n why" data-key="">— {_text(figure.reason or "")}</td>'
    title = f"{figure.title}; {figure.interval_method}"
    return f'<td class="n" data-key="{figure.value:.6f}" title="{_text(title)}">{printed(figure.value)}</td>'


def _reach(figure: Figure) -> str:
    """Draw the value and its interval on a line from −.5 to 1 (what lies below is cut), or say why there is none."""
    if figure.value is None:
        return ""
    if figure.low is None or figure.high is None:
        why = figure.interval_method.removeprefix("none: ")
        return f'<span class="why" title="{_text(why)}">{_text(why.partition(":")[0])}</span>'

    def at(value: float) -> str:
        return f"{(max(value, -0.5) + 0.5) / 1.5 * _WIDTH:.1f}"

    middle = _HEIGHT / 2
    lines = "".join(
        f'<line class="{kind}" x1="{at(x)}" x2="{at(x)}" y1="1" y2="{_HEIGHT - 1}"/>'
        for kind, x in (("axis", 0.0), ("mark", TENTATIVE), ("mark", RELY))
    )
    said = printed_interval(figure)
    return (
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{said}"><title>{said}</title>'
        f'<line class="axis" x1="0" x2="{_WIDTH}" y1="{middle}" y2="{middle}"/>{lines}'
        f'<line class="reach" x1="{at(figure.low)}" x2="{at(figure.high)}" y1="{middle}" y2="{middle}"/>'
        f'<circle class="dot" cx="{at(figure.value)}" cy="{middle}" r="3.5"/></svg> '
        f'<span class="why">{said}</span>'
    )


def _by_pair(report: AgreementReport) -> Iterator[str]:
    heads = [f"{pair.first} · {pair.second}" for pair in report.overall.pairs]
    yield "<h2>α of each pair of coders</h2>"
    yield from _heat(report, heads, lambda row: [(p.value, p.reason) for p in row.pairs])


def _by_document(report: AgreementReport) -> Iterator[str]:
    heads = [document.document for document in report.overall.documents]
    yield "<h2>α of each document</h2>"
    yield from _heat(report, heads, lambda row: [(d.value, d.reason) for d in row.documents])
    yield (
        '<p class="soft">A figure of one document rests on little text and has no interval: look at it to find '
        "where to talk, not to judge.</p>"
    )


def _heat(
    report: AgreementReport,
    heads: Sequence[str],
    cells: Callable[[CodeRow], Sequence[tuple[float | None, str]]],
) -> Iterator[str]:
    if not heads:
        yield '<p class="soft">nothing is compared</p>'
        return
    turned = ' class="turned"' if len(heads) > 4 else ""
    yield _SCALE
    yield '<div class="wide"><table class="heat"><thead><tr><th></th>'
    yield "".join(f"<th{turned}>{_text(head)}</th>" for head in heads) + "</tr></thead><tbody>"
    for row in (*report.used, report.overall):
        depth = f" d{min(row.depth, 4)}" if row.depth else ""
        line = "".join(_heat_cell(value, reason) for value, reason in cells(row))
        yield f'<tr><td class="name{depth}" title="{_text(row.code)}">{_text(row.name)}</td>{line}</tr>'
    yield "</tbody></table></div>"


def _heat_cell(value: float | None, reason: str) -> str:
    if value is None:
        return f'<td class="none" title="{_text(reason)}">·</td>'
    return f'<td class="{_step(value)}">{printed(value)}</td>'


def _step(value: float) -> str:
    if value < -0.005:
        return "below"
    return next((name for bound, name in _STEPS if value < bound), "h4")


def _details(report: AgreementReport, details: Details) -> Iterator[str]:
    yield "<h2>In other units</h2>"
    yield from _plain(
        ("unit", "a coding counts if", "units", "α, all codes pooled"),
        [(one.unit, one.rule or "—", f"{one.units:,}", _told(one.alpha)) for one in details.units],
    )
    yield "<h2>Level by level of the tree</h2>"
    yield from _plain(
        ("cut at level", "codes", "with an α", "from .667 at the lower bound", "α, sets of codes on coded text", "reading"),
        [
            (str(one.depth), str(one.codes), str(one.defined), str(one.reliable), _told(one.overall), one.reading)
            for one in details.levels
        ],
    )  # fmt: skip
    yield "<h2>Branch by branch</h2>"
    yield from _plain(
        ("branch", "α: does the text belong to it?", "α, tree distance: which of its codes?"),
        [(one.code, _told(one.whole), _told(one.within)) for one in details.branches],
    )
    yield "<h2>Without each coder</h2>"
    if details.left_out_reason:
        yield f'<p class="soft">{_text(details.left_out_reason)}</p>'
    else:
        yield from _plain(
            ("without", "α, all codes pooled"),
            [(one.coder, _told(one.alpha)) for one in details.left_out],
        )
    yield "<h2>Which codes are taken for one another</h2>"
    yield from _plain(
        ("one coder gave", "another gave", "who", report.measured.unit + "s"),
        [
            (
                one.first_code,
                one.second_code or "nothing",
                f"{one.first_coder} · {one.second_coder}",
                f"{one.weight:,.0f}",
            )
            for one in details.confusions
        ],
    )


def _plain(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "<table><thead><tr>" + "".join(f"<th>{_text(head)}</th>" for head in heads)
    yield "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>"


def _told(figure: Figure) -> str:
    if figure.value is None:
        return f"— {figure.reason}"
    return f"{printed(figure.value)} {printed_interval(figure)}".rstrip()


def _text(text: str) -> str:
    legal = "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text)
    return escape(legal, quote=True)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return files("qualcode.formats.agreement").joinpath(name).read_text(encoding="utf-8")


_SCALE = (
    '<p class="soft scale"><span class="below">below 0</span><span class="h0">.00</span><span class="h1">.20</span>'
    '<span class="h2">.40</span><span class="h3">.667</span><span class="h4">.800 and above</span> '
    "· no figure (hold the pointer over it for the reason)</p>"
)
