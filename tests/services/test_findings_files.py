"""Findings as files, saturation in the order of import and under all rules, and the measures of the participants."""

from __future__ import annotations

import csv
import io

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcode.core.saturation import REFERENCE
from qualcode.core.sheets import Sheet
from qualcode.errors import InputError, UnknownName
from qualcode.services import compare, documents
from qualcode.services.compare.matrix_file import write_matrix_file
from qualcode.services.compare.saturating import saturation_in_order, saturation_rules
from qualcode.services.compare.scores import list_attributes, list_measures, participant_scores
from qualcode.services.compare.sheets import (
    SHEET_FORMATS,
    copied_sheet,
    matrix_sheet,
    sheet_format,
    write_sheet,
)
from qualcode.services.project import Project

SHEET = Sheet(
    "Codes by site\x07",
    ("code", "Site A", "Site B", "note"),
    (("trust", 3, 0.25, "=SUM(A1)"), ("silence | word", None, 1_000_000, "x" * 40_000)),
    ("small numbers: Site B",),
)


@pytest.mark.parametrize("format", SHEET_FORMATS)
def test_every_format_is_written_and_named_by_its_ending(format: str) -> None:
    assert sheet_format(f"some folder/table.{format.upper()}") == format
    assert len(write_sheet(SHEET, format=format)) > 50


def test_a_path_without_a_known_ending_is_refused_with_the_endings() -> None:
    for path in ("table", "table.ods", ".csv"):
        with pytest.raises(InputError) as refused:
            sheet_format(path)
        assert ".xlsx" in (refused.value.hint or "")
    with pytest.raises(InputError):
        write_sheet(SHEET, format="ods")


def test_a_spreadsheet_keeps_numbers_as_numbers_and_runs_no_formula() -> None:
    book = load_workbook(io.BytesIO(write_sheet(SHEET, format="xlsx")))
    page = book["table"]
    assert (page["B2"].value, page["C2"].value, page["B3"].value) == (3, 0.25, None)
    assert page["D2"].value == "=SUM(A1)" and page["D2"].data_type == "s"
    assert [row[0].value for row in book["notes"].rows][1] == "small numbers: Site B"


def test_a_csv_guards_formulas_and_leaves_the_undefined_empty() -> None:
    rows = list(csv.reader(io.StringIO(write_sheet(SHEET, format="csv").decode())))
    assert rows[1] == ["trust", "3", "0.25", "'=SUM(A1)"]
    assert rows[2][1] == ""


def test_a_document_has_heading_table_and_notes() -> None:
    document = Document(io.BytesIO(write_sheet(SHEET, format="docx")))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[0].startswith("Codes by site") and "small numbers: Site B" in words
    assert [cell.text for cell in document.tables[0].rows[1].cells][:3] == ["trust", "3", "0.25"]


def test_what_is_copied_has_tabs_between_its_cells_and_one_line_for_each_row() -> None:
    lines = copied_sheet(SHEET).splitlines()
    assert lines[0].split("\t") == ["code", "Site A", "Site B", "note"]
    assert len(lines) == 3


def test_a_matrix_for_statistics_has_a_row_for_each_cell_and_the_total(study: Project) -> None:
    matrix = compare.compare(study, columns="site")
    sheet = matrix_sheet(matrix)
    assert len(sheet.rows) == len(matrix.rows) * (len(matrix.columns) + 1)
    first = dict(zip(sheet.columns, sheet.rows[0], strict=True))
    assert (first["code"], first["site"], first["participants"], first["of"]) == (
        "trust", "Site A", 3, 3,
    )  # fmt: skip


def test_documents_stand_as_they_were_imported_by_name_or_by_an_attribute(
    study: Project,
) -> None:
    imported = saturation_in_order(study, rule=(2, 1, 0.05))
    assert [step.document for step in imported.steps] == ["ada", "ben", "cora", "dan", "circle"]
    assert imported.order == "documents as they were imported"
    named = saturation_in_order(study, rule=(2, 1, 0.05), order=None)
    assert [step.document for step in named.steps][2] == "circle"
    aged = saturation_in_order(study, rule=(2, 1, 0.05), order="years")
    assert aged.steps[0].document == "circle"
    assert len({measured.steps[-1].cumulative for measured in (imported, named, aged)}) == 1


def test_all_rules_of_the_reference_are_read_in_the_same_order(study: Project) -> None:
    rules = saturation_rules(study, order="years")
    assert len(rules) == 12 and "Guest" in REFERENCE
    assert {(one.base, one.run, one.threshold) for one in rules} >= {(4, 2, 0.05), (6, 3, 0.0)}
    assert {one.steps[0].document for one in rules} == {"circle"}


def test_a_rule_that_is_none_and_an_unknown_order_are_refused(study: Project) -> None:
    for rule in ((0, 2, 0.05), (4, 0, 0.05), (4, 2, 1.5)):
        with pytest.raises(InputError, match="are no rule"):
            saturation_in_order(study, rule=rule)
    with pytest.raises(UnknownName):
        saturation_in_order(study, order="shoe size")
    with pytest.raises(UnknownName):
        saturation_in_order(study, code="nothing")


def test_saturation_of_a_branch_counts_only_its_codes(study: Project) -> None:
    found = saturation_in_order(study, code="trust", rule=(2, 1, 0.05))
    assert found.steps[-1].cumulative == 2


def test_measures_are_the_numbers_and_scores_stand_from_high_to_low(study: Project) -> None:
    assert list_measures(study) == ("years",)
    assert set(list_attributes(study)) == {"role", "site", "years"}
    scores = participant_scores(study, "Years")
    assert list(scores) == ["Ada", "Dan", "Cora", "Ben", "Finn", "Eve"]
    assert scores["Ada"] == 14
    with pytest.raises(UnknownName):
        participant_scores(study, "role")


def test_missing_and_out_of_range_values_give_no_score(study: Project, tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "attributes.yaml"
    file.write_text(
        "attributes:\n  - {name: years, type: number, min: 0, max: 10, missing: {2: refused}}\n"
    )
    documents.import_attributes(study, file)
    assert list(participant_scores(study, "years")) == ["Dan", "Cora", "Ben", "Finn"]
    assert set(compare.joint_display(study, "years").everybody.names) == {
        "Dan", "Cora", "Ben", "Finn",
    }  # fmt: skip


@pytest.mark.parametrize("format", ["csv", "md", "xlsx", "docx"])
def test_a_matrix_is_written_in_every_format(study: Project, format: str) -> None:
    assert len(write_matrix_file(compare.compare(study, columns="site"), format=format)) > 100


def test_a_matrix_in_another_format_is_refused(study: Project) -> None:
    with pytest.raises(InputError):
        write_matrix_file(compare.compare(study, columns="site"), format="ods")
