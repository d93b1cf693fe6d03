"""`qualcode agreement`: the table fits, JSON gives reasons, the last line measures the same again."""

from __future__ import annotations

import csv
import io
import shlex
from pathlib import Path

import pytest

from qualcode.cli.commands.agreement import layout
from qualcode.core.rounds import RoundState
from qualcode.services import rounds
from qualcode.services.project import Project
from tests.cli.conftest import Run
from tests.study import ROUND, Study


@pytest.fixture
def settled(small: Study) -> str:
    small.quarrel()
    small.reconcile()
    small.close()
    return small.location


@pytest.fixture
def sample_at(sample: Project) -> str:
    return sample.location


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_the_table_fits_the_terminal(
    run: Run, sample_at: str, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setattr("qualcode.cli.commands.agreement.tables.width", lambda: columns)
    answer = run("agreement", sample_at, "--round", "Set 1")
    lines = answer.out.split("\n")
    again = next(n for n, line in enumerate(lines) if line.startswith("again:"))
    assert max(len(line) for line in lines[:again]) <= columns
    assert any(line.startswith("  Trust") for line in lines)
    assert lines[again + 1 :] == [""]


def test_the_last_line_measures_the_same_again(run: Run, sample_at: str) -> None:
    words = ["--unit", "sentence", "--rule", "half", "--interval", "bootstrap", "--seed", "3"]
    more = ["--draws", "200", "--without-interviewer", "--coder", "Noor", "--coder", "Tomas"]
    asked = run(
        "agreement", sample_at, "--round", "Set 1", *words, *more, "--document", "02-roland"
    )
    command = shlex.split(asked.out.strip().split("\n")[-1].removeprefix("again: qualcode "))
    assert run(*command).out == asked.out


def test_json_gives_values_or_reasons_and_the_command(run: Run, settled: str) -> None:
    answer = run("agreement", settled, "--round", ROUND, "--json").json
    rows = {row["code"]: row for row in answer["rows"]}
    assert list(rows)[-1] == "all"
    assert rows["benefit.trust"]["alpha"] == 1.0 and rows["benefit.trust"]["alpha_reason"] is None
    assert rows["benefit"]["alpha"] is None and rows["benefit"]["alpha_reason"] == "not used"
    assert rows["benefit.trust"]["interval"] is None
    assert "5 documents" in rows["benefit.trust"]["interval_reason"]
    assert [one["key"] for one in answer["summary"]] == ["set_alpha", "cu_alpha", "u_alpha_binary"]
    assert answer["measured"]["again"].startswith("qualcode agreement")
    assert "NaN" not in run("agreement", settled, "--round", ROUND, "--details", "--json").out


def test_details_show_coefficients_units_levels_and_confusions(run: Run, sample_at: str) -> None:
    out = run("agreement", sample_at, "--round", "Set 1", "--details", "--code", "benefit").out
    for part in ("Fleiss", "AC1", "PI", "(k)uα", "Holsti", "Ilse · Noor", "16-saskia", "(half)"):
        assert part in out
    for part in ("level", "whole", "without Tomas", "codes taken for one another"):
        assert part in out


def test_one_more_coefficient_is_one_more_column(run: Run, sample_at: str) -> None:
    out = run("agreement", sample_at, "--round", "Set 1", "--coefficient", "ac1").out
    assert "AC1" in out.split("\n")[0] and "--coefficient gwet_ac1" in out
    assert "gwet_ac1, ac1" in run("agreement", sample_at, "--coefficient", "?").out
    refused = run("agreement", sample_at, "--round", "Set 1", "--coefficient", "kapa")
    assert refused.status == 1 and "kappa" in refused.err and refused.err.count("\n") == 2


def test_gamma_is_measured_when_it_is_asked_for(run: Run, sample_at: str) -> None:
    words = ["--document", "01-marguerite", "--coder", "Ilse", "--coder", "Noor"]
    answer = run("agreement", sample_at, "--round", "Set 1", *words, "--coefficient", "gamma")
    assert "γcat" in answer.out
    assert answer.out.rstrip().endswith("--coefficient gamma")


def test_gamma_can_be_stopped(run: Run, sample_at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qualcode.services.agreement.measure_gamma", stopped)
    answer = run("agreement", sample_at, "--round", "Set 1", "--coefficient", "gamma")
    assert answer.status == 130 and "nothing was changed" in answer.err


def test_passages_stand_behind_a_figure_with_the_id_to_settle_them(run: Run, settled: str) -> None:
    out = run("agreement", settled, "--round", ROUND, "--passages", "challenge.load").out
    assert "“There are forty cases on one desk.”" in out and "Ana gave it, Ben did not" in out
    command = shlex.split(out.strip().split("\n")[-1].removeprefix("settle one: qualcode "))
    assert run(*command).status == 0
    rows = run("agreement", settled, "--round", ROUND, "--passages", "all", "--json").json["rows"]
    assert {row["code"] for row in rows} >= {"challenge.load", "challenge.turnover"}
    assert all(row["discrepancy"] for row in rows)


def test_csv_has_a_row_a_code_and_the_rows_over_all(
    run: Run, settled: str, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    assert run("agreement", settled, "--round", ROUND, "--csv", path).status == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    assert [row["kind"] for row in rows][-4:] == ["all", "summary", "summary", "summary"]
    unused = next(row for row in rows if row["code"] == "benefit")
    assert unused["krippendorff_alpha"] == ""
    assert unused["krippendorff_alpha_reason"] == "not used"
    assert unused["spans Ana"] == "0"
    assert path.stat().st_mode & 0o077 == 0


def test_the_html_page_needs_nothing_from_anywhere(
    run: Run, sample_at: str, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    run("agreement", sample_at, "--round", "Set 1", "--details", "--html", path)
    page = path.read_text()
    assert "default-src 'none'" in page and "unsafe-inline" not in page
    assert "http://" not in page and "https://" not in page and 'style="' not in page
    assert "nan" not in page.casefold().replace("pronounced", "")


def test_the_methods_paragraph_can_be_pasted(run: Run, sample_at: str) -> None:
    out = run("agreement", sample_at, "--round", "Set 1", "--methods").out
    assert out.startswith("Inter-coder agreement was measured") and "Sources" in out
    told = run("agreement", sample_at, "--round", "Set 1", "--methods", "--json").json
    assert told["methods"] == out


def test_drift_needs_no_round_and_says_why_a_round_has_no_figure(run: Run, small: Study) -> None:
    small.quarrel()
    small.close()
    hidden = run("agreement", small.location, "--drift")
    assert hidden.status == 0 and "blind and open" in hidden.out
    rows = run("agreement", small.location, "--drift", "--json").json["rows"]
    assert rows[0]["alpha"]["value"] is None and rows[0]["alpha"]["value_reason"]


def test_without_a_round_the_usage_is_told(run: Run, settled: str) -> None:
    assert run("agreement", settled).status == 2


def test_segments_come_from_a_file(run: Run, settled: str, tmp_path: Path) -> None:
    path = tmp_path / "segments.csv"
    path.write_text("document,start,end\ntalk-1,0,60\ntalk-1,60,200\n")
    words = ["--round", ROUND, "--unit", "segment", "--segments", path]
    answer = run("agreement", settled, *words)
    assert "unit: segment (any), 2 in" in answer.out and f"--segments {path}" in answer.out
    path.write_text("document,start,end\ntalk-1,0,sixty\n")
    refused = run("agreement", settled, *words)
    assert refused.status == 1 and "line 2" in refused.err
    missing = run("agreement", settled, "--round", ROUND, "--segments", tmp_path / "none.csv")
    assert missing.status == 1 and "cannot be read" in missing.err


@pytest.mark.parametrize(
    "words",
    [
        ("--unit", "word"),
        ("--unit", "sentence", "--rule", "most"),
        ("--interval", "normal"),
        ("--code", "benefit.trus"),
        ("--coder", "Nobody"),
        ("--document", "nothing"),
        ("--passages", "benefit.trus"),
        ("--earlier", ROUND),
    ],
)
def test_what_cannot_be_measured_is_refused_in_two_lines(
    run: Run, settled: str, words: tuple[str, ...]
) -> None:
    answer = run("agreement", settled, "--round", ROUND, *words)
    assert answer.status == 1 and answer.out == ""
    assert answer.err.startswith("error: ") and "hint: " in answer.err
    assert answer.err.count("\n") == 2


def test_columns_line_up_and_long_names_are_cut() -> None:
    lines = layout.columns(["a", "n"], [["é", "1"], ["long", "22"]], right=frozenset({1}))
    assert lines == ["a      n", "é      1", "long  22"]
    assert layout.fitted("a long name", 6) == "a lon…"
    assert layout.wrapped("one two three", 20, indent="  ") == ["  one two three"]


def test_a_coder_against_herself_is_stability(run: Run, small: Study) -> None:
    small.quarrel()
    small.reconcile()
    rounds.new_round(small.lead, "again")
    rounds.assign_documents(small.lead, "again", coders=["Ana"])
    rounds.mark_done(small.by("Ana"), "again", "talk-1")
    rounds.set_round_state(small.lead, "again", RoundState.RECONCILING, even_unread=True)
    small.close()
    words = ("agreement", small.location, "--round", "again", "--earlier", ROUND)
    out = run(*words).out
    assert "stability, not agreement between people" in " ".join(out.split()) and "Ana" in out
    rows = {row["coder"]: row for row in run(*words, "--json").json["rows"]}
    assert rows["Ana"]["documents"] == 1 and rows["Ana"]["spans"] == [3, 0]
    assert rows["Ben"]["alpha"]["value"] is None
    assert run(*words, "--coder", "Ana", "--json").json["rows"][0]["coder"] == "Ana"


def test_a_rounds_drift_stands_in_the_table(run: Run, sample_at: str) -> None:
    out = run("agreement", sample_at, "--drift", "--code", "benefit.trust").out
    assert out.split("\n")[1].startswith("Set 1") and "α of benefit.trust" in out


def test_figures_over_all_codes_only_say_so_code_by_code(run: Run, settled: str) -> None:
    words = ("agreement", settled, "--round", ROUND, "--coefficient")
    rows = run(*words, "cu_alpha", "--json").json["rows"]
    assert rows[0]["cu_alpha_reason"] == "only over all codes"
    rows = run(*words, "ku_alpha", "--json").json["rows"]
    assert rows[-1]["ku_alpha"] is None and rows[-1]["ku_alpha_reason"] == "only code by code"
    for name in ("u_alpha", "holsti", "boundary", "span_f1", "pooled_kappa", "set_alpha"):
        assert run(*words, name).status == 0
