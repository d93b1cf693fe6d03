"""The commands by which taxonomies are ordered and contrasted and concept maps travel: what they print and refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..services.conftest import build_study
from .conftest import Run

BONDS = "kinds of bond"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_study(tmp_path_factory.mktemp("building"))


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Path:
    place = tmp_path / "study.qualcode"
    place.write_bytes(built.read_bytes())
    return place


def test_terms_are_shifted_and_renamed_from_the_command_line(run: Run, study: Path) -> None:
    assert run("taxonomy", "shift", study, BONDS, "out", "earned trust", "trust given").status == 0
    assert run("taxonomy", "rename", study, BONDS, "earned trust", "trust that grew").status == 0
    rows = run("taxonomy", "show", study, "--json").json["rows"]
    assert [(row["term"], row["depth"]) for row in rows][1:3] == [
        ("trust that grew", 0),
        ("trust given", 0),
    ]
    answer = run("taxonomy", "shift", study, BONDS, "sideways", "trust given")
    assert answer.status == 1 and "up, down, in or out" in answer.err
    answer = run("taxonomy", "shift", study, BONDS, "up", "trust at work")
    assert answer.status == 1 and "stands first" in answer.err


def test_cells_are_filled_and_printed_among_what_was_found(run: Run, study: Path) -> None:
    fill = ("taxonomy", "fill", study, BONDS, "a bond by chance", "who begins?")
    assert "who begins?: nobody" in run(*fill, "nobody").err
    text = run("taxonomy", "contrast", study, BONDS).out
    assert "nobody" in text and "to ask: site of a bond by chance?" in text
    rows = run("taxonomy", "contrast", study, BONDS, "--json").json["rows"]
    assert rows[-1]["who begins?_written"] == "nobody" and rows[0]["who begins?"] == {}
    assert run(*fill).status == 0
    assert run(*fill).status == 1


def test_quotations_of_a_term_are_printed_with_their_place(run: Run, study: Path) -> None:
    text = run("taxonomy", "quotations", study, BONDS, "earned trust").out
    assert "“I trust him because he calls me back.”" in text and "Ada" in text
    rows = run("taxonomy", "quotations", study, BONDS, "earned trust", "--json").json["rows"]
    assert rows[0]["document"] == "ada" and rows[0]["bound"] is False
    assert rows[0]["end"] - rows[0]["start"] == len(rows[0]["quote"])


def test_a_concept_map_goes_to_a_file_and_comes_back(
    run: Run, study: Path, tmp_path: Path
) -> None:
    name, file = "How it fits", tmp_path / "map.yaml"
    run("concept", "add", study, name, "--code", "trust")
    run("concept", "add", study, name, "capacity")
    rows = run("taxonomy", "quotations", study, BONDS, "earned trust", "--json").json["rows"]
    run("concept", "link", study, name, "trust", "capacity", "--coding", rows[0]["coding"])
    shown = run("concept", "quotations", study, name, "--link", 1).out
    assert "he calls me back" in shown
    assert "I trust the court." in run("concept", "quotations", study, name, "trust").out
    assert run("concept", "quotations", study, name).status == 1
    run("concept", "export", study, name, "--output", file)
    run("concept", "remove", study, name, "trust")
    run("concept", "remove", study, name, "capacity")
    answer = run("concept", "import", study, file)
    assert answer.status == 0 and "2 new concepts, 1 new links" in answer.err
    assert run("concept", "quotations", study, name, "trust", "--json").json["rows"]
    missing = run("concept", "import", study, tmp_path / "none.yaml")
    assert missing.status == 1 and "cannot be read" in missing.err
