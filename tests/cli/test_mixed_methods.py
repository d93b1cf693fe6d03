"""Cases, joint displays and descriptions of attributes from the command line, on the small study."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ..services.conftest import build_study
from .conftest import Run


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_study(tmp_path_factory.mktemp("mixed"))


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Path:
    place = tmp_path / "study.qualcode"
    place.write_bytes(built.read_bytes())
    return place


def test_cases_are_written_in_the_format_of_the_file_s_ending(study: Path, run: Run) -> None:
    for ending, begins in (("csv", b"participant,role"), ("xlsx", b"PK"), ("sav", b"$FL2")):
        place = study.with_name(f"cases.{ending}")
        assert run("cases", study, "-o", place).status == 0
        assert place.read_bytes().startswith(begins)
    other = study.with_name("cases.dat")
    assert run("cases", study, "--format", "sav", "-o", other).status == 0
    assert other.read_bytes().startswith(b"$FL2")


def test_workbook_is_not_poured_onto_the_screen(study: Path, run: Run) -> None:
    answer = run("cases", study, "--format", "xlsx")
    assert answer.status != 0
    assert answer.out == "" and "-o FILE" in answer.err


def test_joint_display_says_how_many_and_what_is_small(study: Path, run: Run) -> None:
    answer = run("joint", study, "--measure", "years")
    assert answer.status == 0
    assert "everybody" in answer.out and "small numbers" in answer.out
    rows = run("joint", study, "--measure", "years", "--rows", "trust", "--json").json["rows"]
    assert rows[0]["with"]["n"] + rows[0]["without"]["n"] == 6
    assert rows[0]["without"]["lower"] is None and rows[0]["without"]["lower_reason"]
    assert rows[-1]["code_reason"] == "everybody"


def test_joint_display_goes_out_as_csv_with_a_row_for_each_group(study: Path, run: Run) -> None:
    place = study.with_name("joint.csv")
    answer = run("joint", study, "--measure", "years", "--rows", "rule", "-o", place)
    assert answer.status == 0
    assert "small numbers" in answer.err and "not drawn at random" in answer.err
    first, second, last = csv.DictReader(io.StringIO(place.read_text()))
    assert (first["code"], first["group"], second["group"]) == ("rule", "with", "without")
    assert (first["n"], first["median"], first["participants"]) == ("3", "7.0", "Ada; Ben; Cora")
    assert first["lower quartile"] == "" and first["reason"] == "quartiles need 4 values"
    assert (last["code"], last["group"], last["n"], last["small"]) == ("", "everybody", "6", "no")


def test_joint_display_in_an_unknown_format_is_refused(study: Path, run: Run) -> None:
    answer = run("joint", study, "--measure", "years", "-o", study.with_name("joint.ods"))
    assert answer.status == 1 and "csv, xlsx, docx, md" in answer.err


def test_check_tells_notices_and_is_content(study: Path, run: Run) -> None:
    answer = run("check", study)
    assert answer.status == 0
    assert "notice: attributes without a description: role, site, years" in answer.out
    described = study.with_name("attributes.yaml")
    described.write_text("attributes: [{name: years, label: Years in the role, min: 0, max: 10}]")
    assert "described: years" in run("import", study, "--attributes", described).err
    assert "notice: years: Ada has 14, outside 0 to 10" in run("check", study).out


def test_description_with_a_mistake_is_refused_in_one_line(study: Path, run: Run) -> None:
    described = study.with_name("attributes.yaml")
    described.write_text("attributes: [{name: years, min: x}]")
    answer = run("import", study, "--attributes", described)
    assert answer.status != 0 and "attributes.yaml, line 1" in answer.err
