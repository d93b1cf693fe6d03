"""Commands for participants, attributes, speakers and the journal: what they say, and what they refuse in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.study import Study


@pytest.fixture
def place(small: Study) -> str:
    return small.location


def test_attribute_is_declared_filled_listed_and_exported(
    run: Run, place: str, tmp_path: Path
) -> None:
    done = run(
        "attribute", "declare", place, "years", "--range", "0..50", "--missing", "-9=refused"
    )
    assert done.status == 0 and "years is a number, 0 to 50" in done.err
    assert run("participant", "set", place, "Ada", "years", "12").err == "Ada: years is 12\n"
    assert (
        "notice: years: Bo has 61, outside 0 to 50"
        in run("participant", "set", place, "Bo", "years", "61").err
    )
    assert run("participant", "set", place, "Cy", "site", "B;A").err == "Cy: site is B; A\n"
    refused = run("participant", "set", place, "Cy", "years", "many")
    assert refused.status == 1 and "years is a number, and 'many' is none" in refused.err
    rows = run("attribute", "list", place, "--json").json["rows"]
    assert (rows[-1]["attribute"], rows[-1]["range"], rows[-1]["filled"]) == (
        "years",
        "0 to 50",
        2,
    )
    assert rows[-1]["missing"] == ["-9 (refused)"]
    assert run("attribute", "declare", place, "years", "--label", "In the role").status == 0
    assert run("attribute", "list", place, "--json").json["rows"][-1]["range"] == "0 to 50"
    table, described = tmp_path / "p.csv", tmp_path / "a.yaml"
    assert run("participant", "export", place, "-o", table).status == 0
    assert run("attribute", "export", place, "-o", described).status == 0
    assert run("import", place, "--participants", table, "--attributes", described).status == 0
    assert table.read_text().splitlines()[0] == "pseudonym,documents,role,site,years"


def test_participants_attributes_and_documents_are_renamed_and_removed(
    run: Run, place: str
) -> None:
    assert run("participant", "add", place, "Di").err == "added Di\n"
    assert run("participant", "rename", place, "Di", "Dee").status == 0
    assert run("participant", "set", place, "Dee", "role", "judge").status == 0
    assert run("participant", "remove", place, "Dee").status == 0
    assert run("attribute", "rename", place, "role", "job").status == 0
    assert run("attribute", "remove", place, "job").status == 0
    assert (
        run("document", "rename", place, "talk-1", "first talk").err
        == "talk-1 is now first talk\n"
    )
    rows = run("document", "list", place, "site:A first", "--json").json["rows"]
    assert [row["document"] for row in rows] == ["first talk"]
    assert run("document", "list", place, "sight:A").status == 1
    assert "did you mean" in run("participant", "rename", place, "Addda", "x").err


def test_speaker_is_linked_and_given_a_role(run: Run, place: str) -> None:
    assert run("document", "speaker", place, "talk-1", "Ada", "--participant", "Bo").status == 0
    assert run("document", "speaker", place, "talk-1", "Ada", "--role", "other").err == (
        "Ada in talk-1 speaks as other\n"
    )
    rows = run("document", "speakers", place, "talk-1", "--json").json["rows"]
    assert [(row["speaker"], row["role"], row["participant"]) for row in rows] == [
        ("Interviewer", "interviewer", None), ("Ada", "other", "Bo"),
    ]  # fmt: skip
    assert run("document", "speaker", place, "talk-1", "Ada", "--participant", "-").status == 0
    assert run("document", "speaker", place, "talk-1", "Ada").status == 1


@pytest.mark.parametrize("wrong", ["12", "a..b", "..x"])
def test_range_that_is_none_is_refused(run: Run, place: str, wrong: str) -> None:
    refused = run("attribute", "declare", place, "age", "--range", wrong)
    assert refused.status == 1 and "is no range" in refused.err


def test_memos_are_changed_linked_removed_and_exported(
    run: Run, place: str, tmp_path: Path
) -> None:
    assert run("memo", "write", place, "One.", "--on", "project", "--name", "it").status == 0
    changed = run("memo", "change", place, "1", "Two.", "--kind", "reflexive")
    assert changed.status == 0 and "reflexive" in changed.err
    assert run("memo", "link", place, "1", "--on", "code", "--name", "benefit").status == 0
    assert "nothing" in run("memo", "unlink", place, "1", "--on", "code", "--name", "benefit").err
    assert run("memo", "change", place, "1").status == 1
    assert run("memo", "remove", place, "1", "--as", "Ben").status == 1
    for name in ("journal.html", "journal.docx"):
        assert run("memo", "export", place, "-o", tmp_path / name).status == 0
    assert "Two." in (tmp_path / "journal.html").read_text()
    assert (tmp_path / "journal.docx").read_bytes().startswith(b"PK")
    assert run("memo", "list", place, "--by", "Vera", "--json").json["rows"][0]["memo"] == "Two."
    assert run("memo", "remove", place, "1").status == 0
    assert run("memo", "list", place, "--json").json["rows"] == []
