"""The sample study is what it says it is: synthetic, complete, quoted letter for letter, and sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.cli.commands.demo import sample_folders
from qualcode.services.documents import list_documents, open_document
from qualcode.services.project import check_project, open_project

from .conftest import Ask

TRANSCRIPTS, CODEBOOKS = sample_folders()


def test_check_finds_nothing_wrong(sample_place: Path) -> None:
    with open_project(str(sample_place)) as project:
        assert check_project(project).problems == ()


def test_at_least_fourteen_interviews_of_nine_hundred_words_in_five_formats(
    sample_place: Path,
) -> None:
    with open_project(str(sample_place)) as project:
        rows = [row for row in list_documents(project) if row.kind.value == "transcript"]
    assert len(rows) >= 14
    assert all(row.words >= 900 for row in rows)
    endings = {path.suffix for path in TRANSCRIPTS.iterdir() if path.name[:2].isdigit()}
    assert endings == {".txt", ".md", ".docx", ".vtt", ".srt"}
    sites = [row.values["site"] for row in rows]
    assert ("A",) in sites and ("B",) in sites and ("A", "B") in sites


@pytest.mark.parametrize(
    "path", sorted((TRANSCRIPTS / "codings").glob("*.jsonl")), ids=lambda p: p.stem
)
def test_every_coding_names_words_of_a_participant(sample_place: Path, path: Path) -> None:
    with open_project(str(sample_place)) as project:
        readings = {row.name: open_document(project, row.name) for row in list_documents(project)}
    for line in path.read_text().splitlines():
        coding = json.loads(line)
        reading = readings[coding["document"]]
        assert reading.text.count(coding["quote"]) == 1, coding
        turn = reading.turn_at(reading.text.index(coding["quote"]))
        assert turn is not None and turn.speaker not in (None, "Interviewer"), coding


def test_every_text_of_the_sample_says_that_it_is_synthetic() -> None:
    for path in (*TRANSCRIPTS.iterdir(), *CODEBOOKS.glob("*.yaml")):
        if path.suffix in (".txt", ".md", ".vtt", ".srt", ".yaml"):
            assert "synthetic" in path.read_text().lower(), path.name


def test_three_readers_disagree_honestly(ask: Ask) -> None:
    overall = ask("agreement", "--round", "Set 1")[-1]
    assert 0.3 < overall["alpha"] < 0.9
    kinds = {row["kind"] for row in ask("reconcile", "list", "--round", "Set 1")}
    assert {"missed", "boundary", "overlap", "different_code", "parent_or_child"} <= kinds


def test_every_tie_leads_to_the_words_it_rests_on(ask: Ask, sample_place: Path) -> None:
    with open_project(str(sample_place)) as project:
        texts = {
            row.name: open_document(project, row.name).text for row in list_documents(project)
        }
    for row in ask("network", "ties"):
        assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]
        assert row["is_supported"]
