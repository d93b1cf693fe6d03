"""Bad input on the command line: one line, a hint, status 1, nothing half-written, no traceback."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from .conftest import Answer, Run

TALK = "Interviewer: How do you work together?\n\nMara: We call each other. I trust her.\n\nInterviewer: Why?\n\nMara: Habit.\n"
CODEBOOK = """schema: qualcode/codebook@1
title: Small
codes:
  - id: benefit
    name: What helps
    definition: A reason for it.
    children:
      - {id: trust, name: Trust, definition: One relies on another.}
"""


@pytest.fixture
def place(run: Run, tmp_path: Path) -> Path:
    """A project with one document, a codebook, two coders and an open round."""
    path = tmp_path / "study.qualcode"
    (tmp_path / "mara.txt").write_text(TALK)
    (tmp_path / "book.yaml").write_text(CODEBOOK)
    assert run("init", path, "--lead", "Vera").status == 0
    assert run("import", path, tmp_path / "mara.txt").status == 0
    assert run("codebook", "import", path, tmp_path / "book.yaml").status == 0
    assert run("coder", "add", path, "Ana").status == 0
    assert run("coder", "add", path, "Ben").status == 0
    assert run("round", "new", path, "First").status == 0
    return path


def refused(answer: Answer, *words: str) -> None:
    assert answer.status == 1, answer
    assert "Traceback" not in answer.err
    lines = answer.err.strip().splitlines()
    assert lines[0].startswith("error: ")
    for word in words:
        assert word in answer.err


def test_unknown_code_is_refused_with_the_nearest(run: Run, place: Path) -> None:
    answer = run(
        "coding",
        "add",
        place,
        "--code",
        "benefit.trsut",
        "--document",
        "mara",
        "--round",
        "First",
        "--quote",
        "I trust her.",
    )
    refused(answer, "benefit.trsut", "did you mean benefit.trust")


def test_unknown_coder_is_refused_with_the_nearest(run: Run, place: Path) -> None:
    refused(run("coding", "list", place, "--coder", "Anna"), "did you mean Ana?")
    refused(run("history", place, "--as", "Bem"), "did you mean Ben?")


def test_span_outside_the_text_is_refused(run: Run, place: Path) -> None:
    answer = run(
        "coding",
        "add",
        place,
        "--code",
        "trust",
        "--document",
        "mara",
        "--round",
        "First",
        "--start",
        5,
        "--end",
        100_000,
    )
    refused(answer, "outside", "characters")


def test_quote_that_is_not_there_is_refused(run: Run, place: Path) -> None:
    answer = run(
        "coding",
        "add",
        place,
        "--code",
        "trust",
        "--document",
        "mara",
        "--round",
        "First",
        "--quote",
        "We never call.",
    )
    refused(answer, "is not in mara")


def test_missing_file_is_refused(run: Run, place: Path, tmp_path: Path) -> None:
    refused(run("import", place, tmp_path / "nowhere.txt"), "does not exist")


def test_wrong_kind_of_file_is_named_and_the_others_come_in(
    run: Run, place: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "a.txt").write_text(TALK.replace("Habit", "Need"))
    (folder / "b.docx").write_bytes(b"\xd0\xcf\x11\xe0 not really")
    (folder / "c.txt").write_bytes(b"")
    answer = run("import", place, folder, "--json")
    refused(answer, "2 of 3 files")
    found = {row["file"]: row for row in answer.json["rows"]}
    assert found["a.txt"]["document"] == "a"
    assert found["b.docx"]["document"] is None and found["b.docx"]["document_reason"]
    assert found["c.txt"]["document_reason"]
    names = [row["document"] for row in run("document", "list", place, "--json").json["rows"]]
    assert names == ["a", "mara"]


def test_same_text_twice_is_refused_by_its_hash(run: Run, place: Path, tmp_path: Path) -> None:
    (tmp_path / "again.txt").write_text(TALK)
    refused(
        run("import", place, tmp_path / "again.txt"),
        "the same text is in the project already, as mara",
    )


def test_project_of_a_newer_version_is_refused_untouched(run: Run, place: Path) -> None:
    with sqlite3.connect(place) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = place.read_bytes()
    refused(run("document", "list", place), "newer qualcode")
    assert place.read_bytes() == before


def test_file_that_is_no_project_is_refused(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("just notes\n" * 40)
    refused(run("document", "list", text), "is not a qualcode project")
    refused(run("document", "list", tmp_path), "is a folder")
    refused(run("document", "list", tmp_path / "gone.qualcode"), "does not exist", "qualcode init")


def test_database_of_another_program_is_refused(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE things (id INTEGER)")
    connection.commit()
    connection.close()
    refused(run("document", "list", other), "another program")


def test_existing_file_is_never_overwritten_by_init(run: Run, place: Path) -> None:
    before = place.read_bytes()
    refused(run("init", place), "exists already")
    assert place.read_bytes() == before


def test_init_in_a_missing_folder_is_refused(run: Run, tmp_path: Path) -> None:
    refused(run("init", tmp_path / "no" / "study.qualcode"), "cannot be created")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("pseudonym,document,site\nMara,mrra,A\n", ("people.csv, line 2", "did you mean mara?")),
        ("name,site\nMara,A\n", ("people.csv", "pseudonym")),
        ("pseudonym,site\nMara,A\nMara,B\n", ("people.csv, line 3", "Mara")),
    ],
)
def test_mistakes_in_the_participants_table_are_refused_whole(
    run: Run, place: Path, tmp_path: Path, table: str, words: tuple[str, ...]
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(table)
    refused(run("import", place, "--participants", people), *words)
    assert run("participant", "list", place, "--json").json["rows"] == []


def test_mistake_in_a_codebook_names_file_line_and_nearest(
    run: Run, place: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CODEBOOK + "themes:\n  - {id: t, name: T, codes: [benefit.trsut]}\n")
    refused(run("codebook", "import", place, wrong), "wrong.yaml, line 10", "benefit.trust")


def test_codings_come_in_all_or_none(run: Run, place: Path, tmp_path: Path) -> None:
    codings = tmp_path / "ana.jsonl"
    codings.write_text(
        '{"document": "mara", "quote": "I trust her.", "code": "trust", "coder": "Ana", "round": "First"}\n'
        '{"document": "mara", "quote": "Not said.", "code": "trust", "coder": "Ana", "round": "First"}\n'
    )
    refused(run("coding", "import", place, codings), "ana.jsonl, line 2", "is not in mara")
    assert run("coding", "list", place, "--json").json["rows"] == []


def test_damaged_project_is_said_to_be_damaged(run: Run, place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[4096:] = b"\x99" * (len(content) - 4096)
    place.write_bytes(bytes(content))
    answer = run("document", "list", place)
    assert answer.status == 1 and "Traceback" not in answer.err


def test_wrong_usage_is_status_two(run: Run) -> None:
    assert run("agreement").status == 2
    assert run("no-such-command", "x").status == 2
