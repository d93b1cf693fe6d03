"""Mixed methods on the small study: cases out, scores in, a measure beside codes, what is said of attributes.

The measures and their ranges are those of Twis et al. (2024), https://doi.org/10.1371/journal.pone.0291207: MSPSS 12 to
84, Cop-SE 0 to 260, URICA 12 to 60. The scores are invented.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pyreadstat
import pytest

from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import audit, compare, documents
from qualcode.services.project import Project, check_project, open_project

MEASURES = """attributes:
  - name: MSPSS
    label: Perceived social support
    description: Multidimensional Scale of Perceived Social Support, sum of 12 items
    min: 12
    max: 84
    missing: {-9: refused}
  - {name: Cop-SE, label: Coping self-efficacy, type: number, min: 0, max: 260}
  - {name: URICA, label: Readiness to change, min: 12, max: 60}
  - {name: role, label: Role, values: {provider: Service provider, officer: Officer}}
"""
SCORES = """pseudonym,MSPSS,Cop-SE,URICA
Ada,60,175,40
Ben,-9,120.5,61
Cora,30,,33
Dan,48,200,
Eve,72,90,20
"""


def take(study: Project, folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(text)
    if name.endswith(".yaml"):
        documents.import_attributes(study, file)
    else:
        documents.import_participants(study, file)


@pytest.fixture
def measured(study: Project, tmp_path: Path) -> Project:
    take(study, tmp_path, "measures.yaml", MEASURES)
    take(study, tmp_path, "scores.csv", SCORES)
    return study


def as_csv(study: Project, *codes: str, as_presence: bool = False) -> dict[str, dict[str, str]]:
    found = compare.export_cases(study, codes, as_presence=as_presence)
    rows = csv.DictReader(io.StringIO(found.content.decode()))
    return {row["participant"]: row for row in rows}


def test_participants_go_out_with_attributes_and_codes(study: Project) -> None:
    rows = as_csv(study, "trust", "rule")
    ada = rows["Ada"]
    assert (ada["role"], ada["years"], ada["trust"], ada["rule"]) == ("officer", "14", "1", "2")
    assert rows["Dan"]["site"] == "A; B"
    once = as_csv(study, as_presence=True)
    assert {row["rule"] for row in once.values()} == {"0", "1"}
    with pytest.raises(InputError, match="no format"):
        compare.export_cases(study, format="ods")


def test_who_was_not_read_has_no_counts(study: Project, tmp_path: Path) -> None:
    take(study, tmp_path, "late.csv", "pseudonym,role\nGus,officer\n")
    found = compare.export_cases(study, ["trust"])
    assert as_csv(study, "trust")["Gus"]["trust"] == ""
    assert any("Gus" in note and "not read" in note for note in found.notes)


def test_scores_stand_beside_the_attributes_that_were_there(measured: Project) -> None:
    ada = as_csv(measured)["Ada"]
    assert (ada["role"], ada["MSPSS"], ada["Cop-SE"]) == ("officer", "60", "175")


def test_workbook_holds_cases_and_explains_the_variables(measured: Project) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(compare.export_cases(measured, ["rule"], format="xlsx").content)
    )
    rows = list(book["cases"].values)
    assert rows[0] == ("participant", "role", "site", "years", "MSPSS", "Cop-SE", "URICA", "rule")
    assert rows[2] == ("Ben", "detective", "A", 6, -9, 120.5, 61, 1)
    about = {row[0]: row for row in book["variables"].values}
    assert about["MSPSS"][1] == "Perceived social support"
    assert (about["MSPSS"][4], about["MSPSS"][6]) == ("12 to 84", "-9: refused")


def test_spss_reads_labels_choices_and_missing_values(measured: Project, tmp_path: Path) -> None:
    place = tmp_path / "cases.sav"
    place.write_bytes(compare.export_cases(measured, ["rule"], format="sav").content)
    data, about = pyreadstat.read_sav(place, output_format="dict")
    _, raw = pyreadstat.read_sav(place, output_format="dict", user_missing=True)
    assert list(data) == [
        "participant", "role", "site_A", "site_B", "years", "MSPSS", "Cop_SE", "URICA", "rule",
    ]  # fmt: skip
    assert data["participant"] == ["Ada", "Ben", "Cora", "Dan", "Eve", "Finn"]
    assert data["MSPSS"] == [60, None, 30, 48, 72, None]
    assert data["site_B"] == [0, 0, 1, 1, 1, 1]
    assert data["rule"] == [2, 1, 1, 0, 0, 0]
    assert raw.missing_ranges == {"MSPSS": [{"lo": -9.0, "hi": -9.0}]}
    assert about.column_names_to_labels["Cop_SE"] == "Coping self-efficacy"
    assert about.variable_value_labels["role"] == {
        1.0: "Service provider",
        2.0: "Officer",
        3.0: "detective",
    }
    assert data["role"] == [2, 3, 2, 1, 1, 2]
    assert about.variable_measure["role"] == "nominal"


def test_measure_stands_beside_the_codes_of_the_same_people(measured: Project) -> None:
    found = compare.joint_display(measured, "mspss")
    row = next(one for one in found.rows if one.code == "rule")
    # Ben refused, Finn has no score: neither counts on any side.
    assert (row.said.names, row.unsaid.names) == (("Ada", "Cora"), ("Dan", "Eve"))
    assert (row.said.median, row.unsaid.median) == (45, 60)
    assert row.said.lower is None and row.said.reason == "quartiles need 4 values"
    assert (found.everybody.lower, found.everybody.upper) == (43.5, 63)
    assert any(note.startswith("left out") and "Ben, Finn" in note for note in found.notes)
    assert any(
        "small numbers" in note and "rule (2 with, 2 without)" in note for note in found.notes
    )
    nobody = next(one for one in found.rows if one.code == "unused")
    assert nobody.said.median is None and nobody.said.reason == "nobody"


def test_value_out_of_range_counts_nowhere_and_is_named(measured: Project) -> None:
    found = compare.joint_display(measured, "URICA")
    assert "Ben" not in found.everybody.names
    assert any("outside 12 to 60: Ben" in note for note in found.notes)


def test_measure_must_be_a_number_that_somebody_has(measured: Project) -> None:
    with pytest.raises(InputError, match="role is no number"):
        compare.joint_display(measured, "role")
    with pytest.raises(UnknownName) as refused:
        compare.joint_display(measured, "MSPS")
    assert "MSPSS" in (refused.value.hint or "")


def test_check_tells_what_is_missing_out_of_range_and_undescribed(measured: Project) -> None:
    report = check_project(measured)
    assert report.problems == ()
    assert report.notices == (
        "attributes without a description: site, years",
        "role: Ben has detective, which is none of provider, officer",
        "MSPSS: no value for 2 of 6 participants: Ben, Finn",
        "Cop-SE: no value for 2 of 6 participants: Cora, Finn",
        "URICA: Ben has 61, outside 12 to 60",
        "URICA: no value for 2 of 6 participants: Dan, Finn",
    )


def test_value_of_another_type_is_refused_with_its_line(measured: Project, tmp_path: Path) -> None:
    with pytest.raises(MistakeInFile, match="line 3: MSPSS is a number, and 'high' is none"):
        take(measured, tmp_path, "more.csv", "pseudonym,MSPSS\nAda,61\nBen,high\n")
    assert as_csv(measured)["Ada"]["MSPSS"] == "60"


def test_description_that_would_change_the_type_is_refused(
    measured: Project, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="role is a choice"):
        take(measured, tmp_path, "wrong.yaml", "attributes: [{name: Role, min: 1, max: 3}]")


def test_descriptions_are_undone_like_anything_else(study: Project, tmp_path: Path) -> None:
    before = check_project(study).notices
    take(study, tmp_path, "measures.yaml", MEASURES)
    assert check_project(study).notices != before
    audit.undo(study)
    with open_project(study.location) as again:
        assert check_project(again).notices == before
        assert check_project(again).problems == ()
