"""The codebook, weights and suggestions from the command line: the same as in the workbench."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.study import ROUND, Study

LOAD = "There are forty cases on one desk."


@pytest.fixture
def place(small: Study) -> str:
    small.close()
    return small.location


def test_a_facet_is_put_changed_and_removed(run: Run, place: str) -> None:
    assert (
        run(
            "codebook",
            "facet",
            place,
            "mood",
            "--value",
            "good=Good",
            "--value",
            "bad",
            "--branch",
            "benefit",
        ).out
        == ""
    )
    run("codebook", "facet", place, "mood", "--only-if", "site=A", "--required")
    written = run("codebook", "export", place).out
    assert "only_if:" in written and "site: [A]" in written and "applies_to: [benefit]" in written
    refused = run("codebook", "facet", place, "mood", "--only-if", "site")
    assert (refused.status, "'site' is no condition" in refused.err) == (1, True)
    assert "removed the facet mood" in run("codebook", "remove-facet", place, "mood").err
    assert "mood" not in run("codebook", "export", place).out


def test_a_code_is_edited_emptied_moved_and_its_history_told(run: Run, place: str) -> None:
    run("codebook", "edit", place, "trust", "--alias", "faith", "--weights", "1-5 how firm")
    run("codebook", "edit", place, "trust", "--clear", "alias", "--clear", "definition")
    run("codebook", "move", place, "challenge", "--by", "-1")
    run("codebook", "move", place, "load", "turnover", "--parent", "benefit")
    rows = run("codebook", "show", place, "--json").json["rows"]
    assert rows[0]["code"] == "challenge"
    trust = next(row for row in rows if row["code"] == "benefit.trust")
    assert (trust["aliases"], trust["definition"], trust["weights"]) == ([], "", "1–5 (how firm)")
    history = run("codebook", "history", place, "trust", "--json").json["rows"]
    changes = {(row["field"], row["after"]) for row in history}
    assert changes >= {
        ("aliases", "faith"),
        ("weights", "1–5 (how firm)"),
        ("aliases", ""),
        ("definition", ""),
    }
    assert run("codebook", "edit", place, "trust", "--weights", "5").status == 1
    assert run("codebook", "edit", place, "trust", "--clear", "name").status == 1
    assert run("codebook", "move", place, "load", "--by", "1", "--parent", "benefit").status == 1


def test_a_version_is_kept_and_a_preview_writes_nothing(run: Run, place: str) -> None:
    assert "kept as version 2" not in run("codebook", "keep", place, "--note", "same").err
    run("codebook", "edit", place, "trust", "--definition", "New.")
    assert "kept as version 2" in run("codebook", "keep", place, "--note", "after").err
    assert (
        "codes below it: challenge.load"
        in run("codebook", "move", place, "challenge", "--preview").out
    )


def test_the_exchange_format_follows_from_the_ending(run: Run, place: str, tmp_path: Path) -> None:
    run("codebook", "export", place, "-o", tmp_path / "c.qdc")
    assert (tmp_path / "c.qdc").read_text().startswith("<?xml")
    assert "6 unchanged" in run("codebook", "import", place, tmp_path / "c.qdc").err
    assert run("codebook", "export", place, "--format", "qdc").out.startswith("<?xml")
    assert run("codebook", "export", place, "--format", "odt").status == 1


def test_suggestions_are_listed_accepted_rejected_and_put_on_record(run: Run, place: str) -> None:
    run("codebook", "edit", place, "load", "--alias", "forty cases")
    listed = run(
        "suggest", place, "--code", "load", "--coder", "Ana", "--document", "talk-1", "--json"
    ).json
    (row,) = listed["rows"]
    assert (row["quote"], row["strength"], row["reason"]) == (
        LOAD,
        "strong",
        "alias “forty cases”: “forty cases”",
    )
    span = f"{row['start']}-{row['end']}"
    named = ("--code", "load", "--document", "talk-1", "--round", ROUND)
    assert "rejected at" in run("suggest", place, *named, "--coder", "Ben", "--reject", span).err
    assert (
        run(
            "suggest", place, "--code", "load", "--coder", "Ben", "--document", "talk-1", "--json"
        ).json["rows"]
        == []
    )
    assert (
        "challenge.load applied"
        in run("suggest", place, *named, "--coder", "Ana", "--accept", span).err
    )
    (made,) = run("coding", "list", place, "--as", "Ana", "--json").json["rows"]
    assert made["provenance"] == "accepted_suggestion"
    assert run("suggest", place, "--code", "load", "--accept", span).status == 1
    assert run("suggest", place, "--least", "weak").status == 1
    assert run("suggest", place, *named, "--accept", "here").status == 1


def test_a_coding_added_where_a_suggestion_was_listed_is_made_after_it(
    run: Run, place: str
) -> None:
    run("codebook", "edit", place, "load", "--alias", "forty cases")
    add = ("coding", "add", place, "--code", "load", "--round", ROUND, "--quote", LOAD)
    run(*add, "--document", "talk-2", "--as", "Ana")
    run("suggest", place, "--code", "load", "--coder", "Ana")
    run(*add, "--document", "talk-1", "--as", "Ana")
    rows = run("coding", "list", place, "--as", "Ana", "--json").json["rows"]
    assert {row["document"]: row["provenance"] for row in rows} == {
        "talk-1": "after_suggestion",
        "talk-2": "independent",
    }


def test_a_coding_is_weighted_and_its_weight_exported(run: Run, place: str) -> None:
    run(
        "coding",
        "add",
        place,
        "--code",
        "load",
        "--round",
        ROUND,
        "--quote",
        LOAD,
        "--document",
        "talk-1",
        "--as",
        "Ana",
    )
    (row,) = run("coding", "list", place, "--as", "Ana", "--json").json["rows"]
    assert (
        "challenge.load: weight 60"
        in run("coding", "weight", place, row["id"], "60", "--as", "Ana").err
    )
    assert json.loads(run("coding", "export", place, "--as", "Ana").out)["weight"] == 60
    assert run("coding", "weight", place, row["id"], "600", "--as", "Ana").status == 1
    assert run("coding", "weight", place, row["id"], "much", "--as", "Ana").status == 1
    run("coding", "weight", place, row["id"], "none", "--as", "Ana")
    assert "weight" not in run("coding", "export", place, "--as", "Ana").out
