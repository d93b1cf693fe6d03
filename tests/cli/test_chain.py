"""The commands one after the other, on a small study."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run
from .test_refusals import place

__all__ = ["place"]


def add(run: Run, place: Path, coder: str, quote: str, code: str = "trust") -> None:
    answer = run(
        "coding",
        "add",
        place,
        "--as",
        coder,
        "--code",
        code,
        "--document",
        "mara",
        "--round",
        "First",
        "--quote",
        quote,
    )
    assert answer.status == 0, answer.err


def read(run: Run, place: Path, *coders: str) -> None:
    for coder in coders:
        answer = run(
            "round", "done", place, "--as", coder, "--round", "First", "--document", "mara"
        )
        assert answer.status == 0, answer.err


def test_blind_round_hides_the_others_everywhere(run: Run, place: Path) -> None:
    add(run, place, "Ana", "I trust her.")
    seen = run("coding", "list", place, "--as", "Ben", "--json").json["rows"]
    assert seen == []
    assert run("agreement", place, "--round", "First", "--as", "Ben").status == 1
    assert "hidden" in run("reconcile", "list", place, "--round", "First").err
    assert "trust" not in run("history", place, "--as", "Ben").out
    status = run("round", "status", place, "--round", "First", "--json").json["rows"]
    assert status == [
        {
            "document": "mara",
            "coder": "Ana",
            "done": False,
            "codings": None,
            "codings_reason": "hidden",
        }
    ]


def test_three_opinions_become_one_consensus(run: Run, place: Path) -> None:
    add(run, place, "Ana", "I trust her.")
    add(run, place, "Ben", "We call each other. I trust her.")
    read(run, place, "Ana", "Ben")
    assert run("round", "status", place, "--round", "First", "--set", "reconciling").status == 0
    report = run("agreement", place, "--round", "First", "--json").json
    trust = next(row for row in report["rows"] if row["code"] == "benefit.trust")
    assert 0 < trust["alpha"] < 1 and trust["interval"] is None
    (item,) = run("reconcile", "list", place, "--round", "First", "--json").json["rows"]
    assert item["kind"] == "boundary"
    answer = run(
        "reconcile",
        "decide",
        place,
        item["id"],
        "keep_one",
        "--round",
        "First",
        "--keep",
        "Ana",
        "--rationale",
        "One idea.",
    )
    assert answer.status == 0, answer.err
    kept = run("coding", "list", place, "--consensus", "--json").json["rows"]
    assert [row["quote"] for row in kept] == ["I trust her."]
    own = run("coding", "list", place, "--json").json["rows"]
    assert {row["coder"] for row in own} == {"Ana", "Ben"}
    assert run("round", "close", place, "--round", "First").status == 0
    assert run("check", place).status == 0
    assert run("audit", place).status == 0


def test_undo_and_redo_survive_the_program(run: Run, place: Path) -> None:
    add(run, place, "Ana", "I trust her.")
    assert run("undo", place, "--as", "Ana").status == 0
    assert run("coding", "list", place, "--as", "Ana", "--json").json["rows"] == []
    assert run("redo", place, "--as", "Ana").status == 0
    assert len(run("coding", "list", place, "--as", "Ana", "--json").json["rows"]) == 1
    assert run("undo", place, "--as", "Ben").status == 1


def test_codebook_and_codings_go_out_and_come_back_equal(
    run: Run, place: Path, tmp_path: Path
) -> None:
    add(run, place, "Ana", "I trust her.")
    book, codings = tmp_path / "out.yaml", tmp_path / "out.jsonl"
    assert run("codebook", "export", place, "-o", book).status == 0
    assert run("coding", "export", place, "--as", "Ana", "-o", codings).status == 0
    assert book.stat().st_mode & 0o777 == 0o600
    answer = run("codebook", "import", place, book)
    assert "2 unchanged" in answer.err
    assert "0 codings" in run("coding", "import", place, codings).err


def test_whole_project_goes_out_as_open_files(run: Run, place: Path, tmp_path: Path) -> None:
    add(run, place, "Ana", "I trust her.")
    folder = tmp_path / "out"
    assert run("export", place, folder).status == 0
    assert "I trust her." not in (folder / "codings.csv").read_text(), "blind to the lead as well"
    again = tmp_path / "hers"
    assert run("export", place, again, "--as", "Ana").status == 0
    assert "I trust her." in (again / "codings.csv").read_text()
    assert (again / "texts" / "mara.txt").read_text().startswith("Interviewer:")
    assert (again / "codings.csv").stat().st_mode & 0o777 == 0o600
    assert run("export", place, again).status == 1
