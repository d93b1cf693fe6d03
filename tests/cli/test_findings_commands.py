"""What the commands of comparison and saturation can do that the workbench offers: files of every kind, order of import."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.services.conftest import build_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_study(tmp_path_factory.mktemp("findings"))


def test_a_comparison_is_written_in_the_format_of_its_ending(
    run: Run, study: Path, tmp_path: Path
) -> None:
    for ending in ("csv", "md", "xlsx", "docx"):
        place = tmp_path / f"table.{ending}"
        assert run("compare", study, "--columns", "site", "-o", place).status == 0
        assert place.stat().st_size > 100
    assert load_workbook(tmp_path / "table.xlsx")["table"]["A2"].value == "trust"
    refused = run("compare", study, "--columns", "site", "-o", tmp_path / "table.ods")
    assert refused.status == 1 and "no format" in refused.err


def test_saturation_takes_the_documents_as_they_were_imported(run: Run, study: Path) -> None:
    answer = run("saturation", study, "--order", "import", "--base", "2", "--run", "1", "--json")
    documents = [row["document"] for row in answer.json["rows"]]
    assert documents == ["ada", "ben", "cora", "dan", "circle"]
    assert any("as they were imported" in note for note in answer.json["notes"])
