"""Narratives, taxonomies and comparisons from the command line, on the small study."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..services.conftest import build_study
from .conftest import Run


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_study(tmp_path_factory.mktemp("themes"))


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Path:
    place = tmp_path / "study.qualcode"
    place.write_bytes(built.read_bytes())
    return place


def test_compare_prints_participants_out_of_those_who_could_have_spoken(
    run: Run, study: Path
) -> None:
    answer = run("compare", study, "--columns", "site")
    assert answer.status == 0
    line = next(line for line in answer.out.splitlines() if line.startswith("rule"))
    assert line.split()[1:5] == ["2/3", "(2)", "2/5", "(2)"]
    shown = run("compare", study, "--columns", "site", "--count", "share").out
    assert "%" in shown
    assert run("compare", study, "--columns", "site", "--count", "weight").status == 1


def test_compare_as_json_holds_names_ids_and_reasons(run: Run, study: Path) -> None:
    answer = run("compare", study, "--columns", "site", "--rows", "gaps", "--json").json
    rule = next(row for row in answer["rows"] if row["code"] == "rule")
    cell = rule["cells"]["B"]
    assert cell["names"] == ["Ada", "Cora"] and len(cell["coding_ids"]) == 2
    assert cell["proportion"] == pytest.approx(2 / 5) and cell["share_reason"] is None
    assert answer["command"] == "compare" and answer["notes"]


def test_quotations_support_and_negative_cases_stand_behind_a_matrix(
    run: Run, study: Path
) -> None:
    words = ("compare", study, "--rows", "rule", "--columns", "site")
    text = run(*words, "--quotes", "--value", "B").out
    assert "Cora (officer, cora, turn 1) · rule" in text and "2 passages" in text
    rows = run(*words, "--quotes", "--json").json["rows"]
    assert rows[0]["quote"] == "We have a rule for that."
    assert "2 groups, 2 participants" in run(*words, "--support").out
    support = run(*words, "--support", "--json").json["rows"]
    assert support[0]["groups"] == {"detective": ["Ben"], "officer": ["Ada"]}
    contrary = ("compare", study, "--rows", "rule", "--columns", "role", "--contrary")
    assert "officer: most against (for 1, against 2, mixed 0)" in run(*contrary).out
    assert run(*contrary, "--json").json["rows"][0]["cases"][0]["participants"] == ["Ada"]
    refused = run("compare", study, "--columns", "site", "--quotes")
    assert refused.status == 1 and "hint: name a code" in refused.err


def test_unknown_column_is_one_line_with_a_hint(run: Run, study: Path) -> None:
    answer = run("compare", study, "--columns", "stie")
    assert answer.status == 1 and answer.out == ""
    assert answer.err.splitlines() == [
        "error: no attribute or facet is called 'stie'",
        "hint: did you mean site?",
    ]


def test_cooccurrence_counts_and_shows_passages(run: Run, study: Path) -> None:
    rows = run("cooccurrence", study, "--relation", "turn", "--json").json["rows"]
    assert {(row["first"], row["second"]) for row in rows} >= {("trust.earned", "rule")}
    near = run("cooccurrence", study, "--relation", "near", "--json").json["rows"]
    assert near[0]["jaccard"] is None and near[0]["jaccard_reason"]
    assert "silence.no_word" in run("cooccurrence", study, "--code", "silence").out
    text = run("cooccurrence", study, "--relation", "turn", "--pair", "trust.earned,rule").out
    assert "We have a rule for that." in text
    assert run("cooccurrence", study, "--pair", "rule").status == 1


def test_saturation_reads_the_curve(run: Run, study: Path) -> None:
    answer = run("saturation", study, "--base", "2", "--run", "1", "--orders", "5")
    assert answer.status == 0 and "Guest, Namey & Chen (2020)" in answer.out
    rows = run("saturation", study, "--json").json["rows"]
    assert rows[0]["ratio"] is None and rows[0]["ratio_reason"]
    assert run("saturation", study, "--base", "0").status == 1


def test_narratives_are_built_per_site_shown_written_and_exported(
    run: Run, study: Path, tmp_path: Path
) -> None:
    rows = run("narrative", "build", study, "--theme", "rule", "--by", "site", "--json").json[
        "rows"
    ]
    assert [row["narrative"] for row in rows] == ["narrative-rule-site-A", "narrative-rule-site-B"]
    name = rows[0]["narrative"]
    assert run("narrative", "build", study, "--theme", "rule").status == 0
    listed = run("narrative", "list", study, "--json").json["rows"]
    assert len(listed) == 3
    written = run("narrative", "write", study, name, "Both say so.", "--evidence", "1,2")
    assert written.status == 0
    shown = run("narrative", "show", study, "--theme", "rule", "--by", "site", "--value", "A").out
    assert "Both say so. [1, 2]" in shown and "> We have a rule for that." in shown
    passages = run("narrative", "show", study, name, "--json").json["rows"]
    assert [row["participants"] for row in passages] == [["Ben"], ["Ada"]]
    target = tmp_path / "rule.docx"
    assert run("narrative", "export", study, name, "-o", target).status == 0
    assert target.read_bytes().startswith(b"PK")
    folder = tmp_path / "out"
    folder.mkdir()
    several = ("narrative", "export", study, "--theme", "rule", "--by", "site", "-o", folder)
    assert run(*several, "--format", "html").status == 0
    assert len(list(folder.iterdir())) == 2


def test_prose_is_listed_rewritten_moved_and_taken_out_by_commands(run: Run, study: Path) -> None:
    run("narrative", "build", study, "--theme", "rule")
    name = "narrative-rule"
    for words in ("Both say so.", "And more."):
        assert run("narrative", "write", study, name, words).status == 0

    def rows() -> list[dict[str, object]]:
        found: list[dict[str, object]] = run("narrative", "pieces", study, name, "--json").json[
            "rows"
        ]
        return found

    first, second = (row["piece"] for row in rows())
    assert (
        run("narrative", "rewrite", study, first, "All say so.", "--evidence", "1,2").status == 0
    )
    assert run("narrative", "move", study, second, "--after", "2").status == 0
    assert [(row["text"], row["kind"], row["after"]) for row in rows()] == [
        ("All say so.", "claim", None), ("And more.", "prose", 2),
    ]  # fmt: skip
    assert "nothing to change" in run("narrative", "rewrite", study, first).err
    assert run("narrative", "move", study, second, "--after", "99").status == 1
    assert run("narrative", "erase", study, second).status == 0
    assert [row["piece"] for row in rows()] == [first]
    repeated = run("narrative", "repeats", study, "cora", "--json").json["rows"]
    assert [(row["narrative"], row["quote"]) for row in repeated] == [
        (name, "There is no rule here.")
    ]
    assert run("narrative", "remove", study, name).status == 0
    assert run("narrative", "list", study, "--json").json["rows"] == []
    assert run("undo", study).status == 0
    assert [row["piece"] for row in rows()] == [first]


def test_narrative_refusals_are_one_line(run: Run, study: Path) -> None:
    assert "nothing is coded" in run("narrative", "build", study, "--theme", "unused").err
    assert "which narrative?" in run("narrative", "show", study).err
    assert "no narrative" in run("narrative", "show", study, "--theme", "rule").err
    run("narrative", "build", study, "--theme", "rule")
    bad = run("narrative", "write", study, "narrative-rule", "x", "--evidence", "one")
    assert bad.status == 1 and "no numbers" in bad.err
    assert run("narrative", "source", study, "9999").status == 1


def test_coding_of_a_narrative_leads_back_on_the_command_line(run: Run, study: Path) -> None:
    run("narrative", "build", study, "--theme", "rule")
    assert run("round", "new", study, "Two").status == 0
    made = run(
        *("coding", "add", study, "--document", "narrative-rule", "--code", "silence"),
        *("--round", "Two", "--quote", "There is no rule here."),
    )
    assert made.status == 0, made.err
    codings = run("coding", "list", study, "--json").json["rows"]
    own = [row for row in codings if row["document"] == "narrative-rule"]
    source = run("narrative", "source", study, own[0]["id"], "--json").json["rows"]
    assert source[0]["document"] == "cora"


def test_taxonomy_is_built_contrasted_and_exported(run: Run, study: Path, tmp_path: Path) -> None:
    kinds = "kinds of bond"
    shown = run("taxonomy", "show", study).out
    assert "earned trust" in shown and "terms without evidence: a bond by chance" in shown
    rows = run("taxonomy", "show", study, "--json").json["rows"]
    assert next(row for row in rows if row["term"] == "earned trust")["sites"]["Site A"] == 2
    added = run("taxonomy", "add", study, kinds, "late trust", "--under", "earned trust")
    assert added.status == 0
    assert (
        run("taxonomy", "assign", study, kinds, "late trust", "--code", "trust.given").status == 0
    )
    cycle = run("taxonomy", "move", study, kinds, "earned trust", "--under", "late trust")
    assert cycle.status == 1 and "part of it" in cycle.err
    assert run("taxonomy", "move", study, kinds, "late trust", "--position", "1").status == 0
    contrast = run("taxonomy", "contrast", study, kinds, "--by", "site", "--by", "role").out
    assert "to ask: role of a bond by chance?" in contrast
    for form in ("md", "csv", "yaml", "svg", "docx"):
        target = tmp_path / f"taxonomy.{form}"
        assert run("taxonomy", "export", study, "-o", target).status == 0
        assert target.stat().st_size > 100
    assert run("taxonomy", "remove", study, kinds, "late trust").status == 0
    assert run("taxonomy", "remove", study, kinds).status == 0
    assert run("taxonomy", "import", study, tmp_path / "taxonomy.yaml").status == 0
    terms = [row["term"] for row in run("taxonomy", "show", study, "--json").json["rows"]]
    assert "late trust" in terms
    assert run("taxonomy", "add", study, "more kinds").status == 1
    assert run("taxonomy", "import", study, tmp_path / "none.yaml").status == 1


def test_json_of_every_table_is_one_object(run: Run, study: Path) -> None:
    run("narrative", "build", study, "--theme", "rule")
    for words in (
        ("compare", study, "--columns", "role"),
        ("cooccurrence", study),
        ("saturation", study),
        ("narrative", "list", study),
        ("taxonomy", "show", study),
        ("taxonomy", "contrast", study, "kinds of bond", "--by", "role"),
    ):
        answer = json.loads(run(*words, "--json").out)
        assert set(answer) == {"command", "project", "rows", "notes"}


def test_framework_holds_summaries_and_concept_map_holds_links(
    run: Run, study: Path, tmp_path: Path
) -> None:
    assert run("framework", "write", study, "rule", "Cora", "Knows of none.").status == 0
    assert "Knows of none." in run("framework", "show", study, "--code", "rule").out
    cells = run("framework", "show", study, "--json").json["rows"][0]["cells"]
    assert cells["trust"]["summary"] is None and cells["trust"]["summary_reason"]
    assert "Knows of none. (1 passage)" in run("framework", "export", study).out
    assert run("concept", "add", study, "Map", "--code", "trust").status == 0
    assert run("concept", "add", study, "Map", "capacity").status == 0
    linked = run("concept", "link", study, "Map", "trust", "capacity", "--mutual", "--coding", "1")
    assert "Trust ⇄ capacity (leads to), 1 coding" in linked.err
    assert run("concept", "show", study, "--json").json["rows"] == [{"map": "Map"}]
    (link,) = run("concept", "show", study, "Map", "--json").json["rows"]
    assert link["evidence"] == [1]
    drawing = tmp_path / "map.svg"
    assert run("concept", "export", study, "Map", "-o", drawing).status == 0
    assert "<svg" in drawing.read_text()
    assert run("concept", "remove", study, "Map", "--link", link["link"]).status == 0
    assert run("concept", "remove", study, "Map", "capacity").status == 0
    assert run("concept", "remove", study, "Map").status == 1


def test_memos_make_a_journal(run: Run, study: Path, tmp_path: Path) -> None:
    written = run("memo", "write", study, "Split it?", "--on", "code", "--name", "trust")
    assert written.status == 0 and "on code trust" in written.err
    assert run("memo", "link", study, "1", "--on", "document", "--name", "ada").status == 0
    (row,) = run("memo", "list", study, "--json").json["rows"]
    assert row["on"] == "code trust" and row["links"] == ["document ada"] and row["quote"] is None
    assert "Split it?" in run("memo", "list", study, "split").out
    journal = tmp_path / "journal.md"
    assert run("memo", "export", study, "-o", journal).status == 0
    assert "Split it?" in journal.read_text()
    assert run("memo", "write", study, "x", "--on", "code", "--name", "none").status == 1


def test_matrix_and_cases_are_written_as_files(run: Run, study: Path, tmp_path: Path) -> None:
    for suffix in ("csv", "md"):
        target = tmp_path / f"matrix.{suffix}"
        assert run("compare", study, "--columns", "site", "-o", target).status == 0
        assert "Site A" in target.read_text()
    assert run("compare", study, "--columns", "site", "-o", tmp_path / "m.ods").status == 1
    assert run("cases", study, "--code", "rule").out.startswith("participant,")
