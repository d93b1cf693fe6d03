"""The commands of reconciliation, rounds, codebook and history: what they print and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.reconcile import Outcome
from tests.cli.conftest import Run
from tests.study import ROUND, Study

R = ("--round", ROUND)


@pytest.fixture
def place(small: Study) -> str:
    """A round being reconciled: Ana and Ben differ about three passages of the first interview."""
    small.quarrel()
    small.reconcile()
    return small.location


def first(run: Run, place: str, *words: str) -> str:
    return str(run("reconcile", "list", place, *R, *words, "--json").json["rows"][0]["id"])


def test_the_list_counts_in_words(run: Run, place: str) -> None:
    assert "3 discrepancies, 0 decided" in run("reconcile", "list", place, *R).out
    one = run("reconcile", "list", place, *R, "--code", "benefit").out
    assert "1 discrepancy, 0 decided; 1 missed" in one
    assert "3 discrepancies, 3 still open" in run("reconcile", "list", place, *R, "--open").out


def test_when_all_is_decided_the_open_list_says_so(run: Run, place: str) -> None:
    done = run("reconcile", "propose", place, "complete", *R, "--confirm")
    assert "3 discrepancies decided by complete" in done.err
    assert "all 3 discrepancies decided; nothing is left to do" in run(
        "reconcile", "list", place, *R, "--open"
    ).out  # fmt: skip


def test_the_list_is_filtered_and_ordered(run: Run, place: str) -> None:
    found = run(
        "reconcile",
        "list",
        place,
        *R,
        "--pair",
        "Ana,Ben",
        "--order",
        "smallest",
        "--longest",
        "30",
        "--json",
    )
    rows = found.json["rows"]
    sizes = [row["end"] - row["start"] for row in rows]
    assert sizes == sorted(sizes)
    assert len(rows) == 2
    for words, why in (
        (("--pair", "Ana"), "is no pair of coders"),
        (("--order", "backwards"), "no order is called"),
    ):
        answer = run("reconcile", "list", place, *R, *words)
        assert (answer.status, why in answer.err) == (1, True)


def test_a_summary_names_confusions_and_habits(run: Run, place: str) -> None:
    out = run("reconcile", "summary", place, *R).out
    assert "challenge.load – challenge.turnover" in out
    assert "benefit.contact by Ben" in out


def test_a_decision_is_made_once_unless_it_is_replaced(run: Run, place: str) -> None:
    which = first(run, place, "--code", "benefit")
    kept = run("reconcile", "decide", place, which, "keep_one", *R, "--keep", "Ben")
    assert "Ben coded nothing here, so nothing is kept" in kept.err
    assert "2 left" in kept.err
    again = run("reconcile", "decide", place, which, "keep_one", *R, "--keep", "Ana")
    assert again.status == 1
    assert "was decided by Vera: keep_one" in again.err
    replaced = run("reconcile", "decide", place, which, "keep_one", *R, "--keep", "Ana", "--again")
    assert "benefit.contact" in replaced.err


def test_what_was_deferred_is_decided_without_more_ado(run: Run, place: str) -> None:
    which = first(run, place)
    assert "3 left" in run("reconcile", "decide", place, which, "defer", *R).err
    assert "2 left" in run("reconcile", "decide", place, which, "keep_both", *R).err


def test_each_code_is_kept_as_its_coder_has_it(run: Run, place: str) -> None:
    which = first(run, place, "--code", "challenge.load")
    made = run(
        "reconcile", "decide", place, which, "keep_both", *R,
        "--keep", "challenge.load=Ana", "--keep", "challenge.turnover=Ben",
        "--facet", "site=A", "--exclude", "challenge.turnover", "--rule", "work that piles up",
    )  # fmt: skip
    assert "challenge.load" in made.err
    assert "the codebook's rule of challenge.turnover was extended" in made.err
    shown = run("codebook", "show", place, "--json").json["rows"]
    (turnover,) = [row for row in shown if row["code"] == "challenge.turnover"]
    assert turnover["exclude"] == ["work that piles up"]
    cleared = run(
        "reconcile", "decide", place, which, "keep_both", *R, "--facet", "site=", "--again"
    )
    assert cleared.status == 0


def test_wrong_words_are_told_apart(run: Run, place: str) -> None:
    which = first(run, place, "--code", "benefit")
    for words, why in (
        (("adjust_span", "--start", "3"), "a span has two ends"),
        (("adjust_span", "--start", "0", "--end", "4"), "does not touch"),
        (("keep_both", "--keep", "Ana", "--keep", "Ben"), "does not say which code"),
        (("keep_one", "--keep", "Ana", "--facet", "site=A"), "is not asked for"),
        (("defer", "--example", "trust", "--exclude", "trust"), "not both"),
    ):
        answer = run("reconcile", "decide", place, which, *words[:1], *R, *words[1:])
        assert (answer.status, why in answer.err) == (1, True), answer.err


def test_the_feedback_is_a_page_or_numbers_or_a_file(run: Run, place: str, tmp_path: Path) -> None:
    run("reconcile", "propose", place, "mentor", "--mentor", "Ana", *R, "--confirm")
    assert run("reconcile", "feedback", place, *R, "--coder", "Ben").out.startswith(
        "# Feedback for Ben"
    )
    rows = run("reconcile", "feedback", place, *R, "--coder", "Ben", "--json").json["rows"]
    assert (rows[0]["hits"], rows[0]["misses"], rows[0]["extras"]) == (1, 2, 2)
    file = tmp_path / "ben.md"
    run("reconcile", "feedback", place, *R, "--coder", "Ben", "-o", file)
    assert "Ben" in file.read_text()


def test_stale_decisions_are_listed(run: Run, small: Study) -> None:
    small.quarrel()
    small.reconcile()
    small.decide("Ana", small.discrepancies()[0], Outcome.DEFER)
    assert "nothing to show" in run("reconcile", "stale", small.location, *R).out


def test_an_import_says_what_stood_already(run: Run, place: str, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    file.write_text(
        '{"document": "talk-1", "quote": "She knows whom to ask", "code": "contact", '
        '"outcome": "keep_one", "keep": "Ana"}\n'
    )
    assert "1 discrepancy decided, 2 left" in run("reconcile", "import", place, file, *R).err
    again = run("reconcile", "import", place, file, *R).err
    assert "0 discrepancies decided, 2 left; 1 stood decided already and were left alone" in again


def test_documents_are_shared_out_by_a_scheme_after_a_preview(run: Run, small: Study) -> None:
    place = small.location
    run("round", "new", place, "second")
    words = ("--round", "second", "--scheme", "balanced", "--per-document", "1", "--seed", "3")
    shown = run("round", "assign", place, *words, "--preview", "--json").json["rows"]
    assert len(shown) == 3
    assert run("round", "status", place, "--round", "second", "--json").json["rows"] == []
    assert "3 new assignments in second" in run("round", "assign", place, *words).err
    assert (
        "0 new assignments in second; 3 stood already" in run("round", "assign", place, *words).err
    )
    wrong = run(
        "round", "assign", place, "--round", "second", "--scheme", "pairs", "--pair", "Ana"
    )
    assert "is no pair" in wrong.err


def test_a_queue_says_how_far_one_is(run: Run, small: Study) -> None:
    small.finish("Ben", document="talk-1")
    found = run("round", "queue", small.location, *R, "--as", "Ben")
    assert "read, nothing to code" in found.out
    assert "Ben: 1 of 3 documents read" in found.out
    assert (
        "hidden" in run("round", "queue", small.location, *R, "--coder", "Ben", "--as", "Ana").out
    )


def test_what_stands_on_a_code_is_shown_before_it_is_touched(run: Run, place: str) -> None:
    for command in (("remove",), ("move",), ("merge", "--into", "challenge.turnover")):
        shown = run("codebook", command[0], place, "challenge.load", *command[1:], "--preview").out
        assert "1 coding by Ana in first" in shown
        assert "codes below it" not in shown
    above = run("codebook", "remove", place, "challenge", "--preview").out
    assert "codes below it: challenge.load, challenge.turnover" in above
    run("codebook", "add", place, "Respect")
    assert (
        run("codebook", "remove", place, "respect", "--preview").out
        == "nothing stands on respect\n"
    )


def test_a_code_is_split_by_the_numbers_of_its_codings(run: Run, small: Study) -> None:
    made = small.apply("Ana", "benefit.trust", "We call each other by name")
    small.finish("Ana")
    small.reconcile()
    place = small.location
    done = run("codebook", "split", place, "trust", "--into", f"Names={made.id}", "--below")
    assert "made benefit.trust.names with 1 coding" in done.err
    assert (
        "does not say which codings" in run("codebook", "split", place, "trust", "--into", "x").err
    )


def test_the_history_is_cut_by_time(run: Run, place: str) -> None:
    everything = run("history", place, "--limit", "0", "--json").json["rows"]
    assert (
        run("history", place, "--limit", "0", "--since", "2020-01-01", "--json").json["rows"]
        == everything
    )
    assert run("history", place, "--until", "2020-01-01", "--json").json["rows"] == []
    moment = everything[3]["when"]
    later = run("history", place, "--limit", "0", "--since", moment, "--json").json["rows"]
    assert later == [row for row in everything if row["when"] >= moment]
    wrong = run("history", place, "--since", "yesterday")
    assert (wrong.status, "is no day or time" in wrong.err) == (1, True)
