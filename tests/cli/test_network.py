"""The commands of ties and networks as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.ties_study import build_ties_study


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_ties_study(tmp_path_factory.mktemp("ties"))


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "ties.qualcode"
    copy.write_bytes(built.read_bytes())
    return copy


def test_a_review_from_proposal_to_finding(run: Run, place: Path, tmp_path: Path) -> None:
    assert run("network", "propose", place, "--round", "First").status == 0
    shown = run("network", "confirm", place, "--complete")
    assert "nothing is written without --yes" in shown.out
    assert run("network", "confirm", place, "--complete", "--yes").status == 0
    rows = run("network", "ties", place, "--json").json["rows"]
    shout = next(row["id"] for row in rows if "shout" in row["quote"])
    told = run("network", "edit", place, shout, "presence=absent", "directed=both")
    assert told.status == 0
    assert run("network", "swap", place, shout).status == 0
    assert run("network", "undecided", place, shout, "--note", "who are they?").status == 0
    added = run("network", "add", place, shout, "agency", "shelter")
    assert "proposed" in added.err
    assert "> Cora" in run("network", "context", place, shout).out
    assert "Site A" in run("network", "show", place).out
    assert "┌" in run("network", "show", place, "--picture").out
    assert "stability" in run("network", "measures", place, "--by", "years").out
    words = run("network", "diff", place, "A", "B", "--with-quotations")
    assert "“I call the detective every week.”" in words.out
    assert "officer" in run("network", "perspectives", place).out
    assert "no longer connected" in run("network", "leave", place, "A", "detective").out
    file = tmp_path / "p.yaml"
    drawn = run("network", "process", place, "--code", "step", "--format", "yaml", "-o", file)
    assert drawn.status == 0 and "Report" in file.read_text(encoding="utf-8")
    assert "Meet" in run("network", "process", place, "--from", file).out
    out = tmp_path / "n.dot"
    assert run("network", "export", place, "--format", "dot", "-o", out, "--site", "A").status == 0
    assert out.read_text(encoding="utf-8").startswith("digraph")


def test_actors_are_kept_in_order_from_the_command_line(run: Run, place: Path) -> None:
    assert run("network", "actor", "add", place, "nurse", "name=Nurse", "sites=A").status == 0
    assert run("network", "alias", place, "nurse", "the nurse").status == 0
    refused = run("network", "alias", place, "officer", "the nurse")
    assert refused.status == 1 and "means nurse in the whole project already" in refused.err
    assert run("network", "actor", "merge", place, "nurse", "agency").status == 0
    assert "nurse was merged into agency" in run("network", "actors", place).out
    assert run("network", "actor", "edit", place, "team", "members=officer").status == 0
    assert run("network", "actor", "remove", place, "stark").status == 0
    assert run("network", "stop", place, "team meeting").status == 0
    assert "team meeting" in run("network", "stop", place).out


def test_a_second_analyst_reads_apart_and_is_compared(run: Run, place: Path) -> None:
    run("network", "propose", place, "--round", "First")
    run("network", "confirm", place, "--complete", "--yes")
    none = run("network", "agreement", place)
    assert none.status == 1 and "second reading" in none.err
    second = ("--second", "--as", "Lou")
    run("network", "propose", place, "--round", "First", *second)
    run("network", "confirm", place, "--complete", "--yes", *second)
    found = run("network", "agreement", place, "--json").json
    assert {row["what"] for row in found["rows"]} == {"presence", "valence", "formality"}
    assert "overlap" in found["notes"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("network", "ties", "{}", "--site", "Z"), "no site is called 'Z'"),
        (("network", "show", "{}", "--by", "shoe"), "neither a facet nor an attribute"),
        (("network", "show", "{}", "--universe", "some"), "no universe is called 'some'"),
        (("network", "show", "{}", "--min-participants", "0"), "at least one participant"),
        (("network", "leave", "{}", "A"), "nobody leaves"),
        (("network", "confirm", "{}", "999"), "there is no tie 999"),
        (("network", "reject", "{}", "999", "--reason", "x"), "there is no tie 999"),
        (("network", "actor", "remove", "{}", "nobody"), "no actor is called 'nobody'"),
        (("network", "process", "{}", "--code", "nothing"), "nothing"),
        (("network", "export", "{}", "--format", "bmp", "-o", "x"), "no network format"),
    ],
)
def test_bad_input_gets_one_clear_line(
    run: Run, place: Path, words: tuple[str, ...], said: str
) -> None:
    answer = run(*(str(place) if word == "{}" else word for word in words))
    assert answer.status == 1
    assert said in answer.err and answer.err.startswith("error: ")
    assert "Traceback" not in answer.err


def test_a_bad_review_file_names_its_line(run: Run, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps({"document": "ada", "quote": "x", "source": "a", "target": "b"}))
    answer = run("network", "review", place, file)
    assert answer.status == 1 and "r.jsonl, line 1" in answer.err
