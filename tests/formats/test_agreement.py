"""Agreement as files: the CSV is safe to open, the page escapes what it is given, segments are checked."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from base64 import b64encode

import pytest

from qualcode.core.agreement.report import (
    AgreementReport,
    CodeRow,
    Figure,
    Measured,
    SummaryRow,
    without_value,
)
from qualcode.core.agreement.results import DocumentFigure, PairFigure
from qualcode.errors import MistakeInFile
from qualcode.formats.agreement import agreement_csv, agreement_page, read_segments

ALPHA = Figure("krippendorff_alpha", 0.5, None, 0.3, 0.7, "95% jackknife over 6 documents, t(5)")


def row(
    code: str, name: str, alpha: Figure, *, parent: str | None = None, used: bool = True
) -> CodeRow:
    f1 = Figure("f1", 0.6, None, None, None, "none: not asked for")
    return CodeRow(
        code, name, parent, 2 if parent else 1, (3, 2) if used else (0, 0), 0.1, (f1, alpha),
        "not yet", (), None,
        (PairFigure("Ana", "Ben", alpha.value, alpha.reason or "", 10, 6),),
        (DocumentFigure("<one>", alpha.value, alpha.reason or "", 10),),
    )  # fmt: skip


@pytest.fixture
def report() -> AgreementReport:
    missing = without_value("krippendorff_alpha", "not used")
    told = Measured(
        "Set <1>", "independent", "character", "", "jackknife", True, ("Ana", "Ben"), ("<one>",),
        ("<one>",), 10, (), (), "qualcode agreement x --round 'Set <1>'",
    )  # fmt: skip
    codes = (
        row("=cmd", "<script>alert(1)</script>", missing, used=False),
        row("=cmd.under", "Under", ALPHA, parent="=cmd"),
        row("never", "Never", missing, used=False),
    )
    from dataclasses import replace

    overall = replace(row("all", "all codes", ALPHA), depth=0)
    figure = Figure("cu_alpha", 0.9, None, 0.8, 1.0, "95% jackknife", coverage=0.5)
    summary = (SummaryRow("cu_alpha", "cuα", "do we name it the same?", figure, "rely"),)
    return AgreementReport(told, codes, overall, summary)


def test_cells_that_a_spreadsheet_would_run_are_guarded(report: AgreementReport) -> None:
    rows = list(csv.DictReader(io.StringIO(agreement_csv(report))))
    assert rows[0]["code"] == "'=cmd"
    assert [one["kind"] for one in rows] == ["code", "code", "code", "all", "summary"]
    assert rows[-1]["coverage"] == "0.5" and rows[-1]["krippendorff_alpha"] == "0.9"
    assert (
        rows[0]["krippendorff_alpha"] == "" and rows[0]["krippendorff_alpha_reason"] == "not used"
    )


def test_the_page_escapes_names_and_allows_only_its_own_style_and_script(
    report: AgreementReport,
) -> None:
    page = agreement_page(report, None, methods="a < b")
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "Set &lt;1&gt;" in page and "a &lt; b" in page
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page
    assert ">Never<" not in page and "1 code that nobody used is not shown" in page


def test_codes_in_use_stand_below_the_codes_that_hold_them(report: AgreementReport) -> None:
    assert [one.code for one in report.in_tree] == ["=cmd", "=cmd.under"]
    assert [one.code for one in report.used] == ["=cmd.under"]


def test_segments_are_read_by_document() -> None:
    found = read_segments("s.csv", b"document,start,end\na,0,5\nb,1,2\na,5,9\n")
    assert found == {"a": [(0, 5), (5, 9)], "b": [(1, 2)]}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"document,start\na,0\n", "no column 'end'"),
        (b"document,start,end\na,x,5\n", "line 2"),
        (b"document,start,end\na,5,5\n", "is empty"),
        (b"document,start,end\n", "holds no segment"),
    ],
)
def test_a_mistake_in_the_segments_is_told_with_its_line(content: bytes, problem: str) -> None:
    with pytest.raises(MistakeInFile, match=problem):
        read_segments("s.csv", content)
