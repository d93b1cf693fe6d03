"""The reference study's way of coding as a team, played through the command line on invented interviews.

Nichols, Slutsker, Oberstaedt and Gilbert (2023), doi:10.3390/soc13030066, section 2: the first set of transcripts is
coded by three independently, the second by pairs of an experienced coder and a mentee; agreement is measured, and
discrepancies are reconciled, where codes overlap by keeping both, where a subtheme is missing by making it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualcode.__main__ import main

CODEBOOK = """
title: working together
facets:
  - {id: site, values: [A, B], applies_to: [challenge]}
codes:
  - id: benefit
    name: What helps
    children:
      - {id: benefit.trust, name: Trust, definition: Somebody relies on somebody.}
      - {id: benefit.contact, name: Known contact, definition: It is known whom to call.}
  - id: challenge
    name: What hinders
    children:
      - {id: challenge.load, name: Caseload, definition: Too many cases.}
      - {id: challenge.mistrust, name: Mistrust, definition: Somebody doubts somebody.}
"""
TRUST = "We trust each other because we have to"
CONTACT = "I know whom to call"
LOAD = "There are forty cases on one desk"
DOUBT = "They doubt what we tell them"
NIGHT = "She answers at night as well"
FIRST, SECOND = "Set 1", "Set 2"
SET_1 = [f"talk-{n}" for n in range(1, 5)]
SET_2 = [f"talk-{n}" for n in range(5, 11)]
PEOPLE = (("Noor", "mentor"), ("Olga", "mentor"), ("Tomas", "mentee"), ("Ilse", "mentee"))


def interview(number: int) -> str:
    return (
        "Synthetic interview, invented for a test.\n\n"
        f"Interviewer: How do you work together, number {number}?\n"
        f"Ada: Well, number {number} is like this. {TRUST}. {CONTACT}, most of the time. {NIGHT}. "
        f"{LOAD}, and that will not change soon. {DOUBT}, so I write it down.\n"
    )


class Team:
    """The program, as the people of the study use it; every refusal is returned as the text it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = str(folder / "study.qualcode")

    def __call__(self, *words: str, by: str | None = None) -> str:
        at = 2 if words[0] in ("round", "coding", "coder", "codebook", "reconcile") else 1
        acting = ["--as", by] if by else []
        command = ["qualcode", *words[:at], self.place, *words[at:], *acting]
        out = io.StringIO()
        before, sys.argv = sys.argv, command
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                main()
        except SystemExit:
            pass
        finally:
            sys.argv = before
        return out.getvalue()

    def rows(self, *words: str, by: str | None = None) -> list[dict[str, Any]]:
        answer = self(*words, "--json", by=by)
        found: list[dict[str, Any]] = json.loads(answer[answer.index("{") :])["rows"]
        return found

    def code(self, round_: str, coder: str, said: list[tuple[str, str, str]]) -> None:
        """Bring in a coder's work as she kept it, and let her say that she has read all of it."""
        path = self.folder / f"{coder}.jsonl"
        lines = [
            json.dumps({"document": document, "quote": quote, "code": code})
            for document, quote, code in said
        ]
        path.write_text("\n".join(lines))
        answer = self("coding", "import", str(path), "--round", round_, "--done", by=coder)
        assert "error" not in answer, answer

    def alpha(self, round_: str) -> float:
        """The mean of Krippendorff's alpha over the codes that were used."""
        found = [
            row["alpha"] for row in self.rows("agreement", "--round", round_) if row.get("alpha")
        ]
        return float(sum(found) / len(found))

    def open(self, round_: str) -> list[dict[str, Any]]:
        return self.rows("reconcile", "list", "--round", round_, "--open")


Said = Callable[[str], list[tuple[str, str, str]]]


def mentor(document: str) -> list[tuple[str, str, str]]:
    return [
        (document, TRUST, "benefit.trust"),
        (document, CONTACT, "benefit.contact"),
        (document, NIGHT, "benefit.contact"),
        (document, LOAD, "challenge.load"),
        (document, DOUBT, "challenge.mistrust"),
    ]


def wide_mentee(document: str) -> list[tuple[str, str, str]]:
    """Tomas codes too widely, and does not see the doubt."""
    return [
        (document, f"{TRUST}.", "benefit.trust"),
        (document, f"{CONTACT}, most of the time.", "benefit.contact"),
        (document, NIGHT, "benefit.trust"),
        (document, f"{LOAD}, and that will not change soon.", "challenge.load"),
    ]


def other_mentee(document: str) -> list[tuple[str, str, str]]:
    """Ilse hears a doubt where the others hear trust."""
    return [
        (document, TRUST, "challenge.mistrust"),
        (document, CONTACT, "benefit.contact"),
        (document, NIGHT, "benefit.trust"),
        (document, LOAD, "challenge.load"),
        (document, DOUBT, "challenge.mistrust"),
    ]


def after_feedback(document: str) -> list[tuple[str, str, str]]:
    """Both mentees work by the revised codebook; one habit is left."""
    return [
        (document, TRUST, "benefit.trust"),
        (document, CONTACT, "benefit.contact"),
        (document, NIGHT, "benefit.contact.at_night"),
        (document, f"{LOAD}, and that will not change soon.", "challenge.load"),
        (document, DOUBT, "challenge.mistrust"),
    ]


def revised_mentor(document: str) -> list[tuple[str, str, str]]:
    return [
        (document, quote, "benefit.contact.at_night" if quote == NIGHT else code)
        for document, quote, code in mentor(document)
    ]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.delenv("QUALCODE_CODER", raising=False)
    team = Team(tmp_path)
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in SET_1 + SET_2:
        (texts / f"{name}.txt").write_text(interview(int(name.partition("-")[2])))
    (tmp_path / "codes.yaml").write_text(CODEBOOK)
    team("init", "--lead", "Vera")
    for name, role in PEOPLE:
        team("coder", "add", name, "--role", role)
    team("import", str(texts))
    team("codebook", "import", str(tmp_path / "codes.yaml"))
    return team


def set_one(team: Team) -> float:
    """Three code the first set, blind; returns how far they agree before anybody talks."""
    team("round", "new", FIRST)
    documents = [word for name in SET_1 for word in ("--document", name)]
    coders = [word for name in ("Noor", "Tomas", "Ilse") for word in ("--coder", name)]
    assert "12 new assignments" in team("round", "assign", "--round", FIRST, *documents, *coders)
    for coder, said in (("Noor", mentor), ("Tomas", wide_mentee), ("Ilse", other_mentee)):
        team.code(FIRST, coder, [one for name in SET_1 for one in said(name)])
    return _agreed_after(team, FIRST)


def _agreed_after(team: Team, round_: str) -> float:
    """Nothing of the others reaches anybody until the round is moved on; then agreement is measured."""
    coders = {name for name, _ in PEOPLE}
    for viewer in ("Noor", "Tomas", "Vera"):
        seen = {row["coder"] for row in team.rows("coding", "list", "--round", round_, by=viewer)}
        assert seen & coders <= {viewer}
    for refused in (
        ("agreement", "--round", round_),
        ("reconcile", "list", "--round", round_),
        ("reconcile", "summary", "--round", round_),
        ("reconcile", "feedback", "--round", round_, "--coder", "Tomas"),
        ("reconcile", "propose", "majority", "--round", round_),
    ):
        assert "blind and open" in team(*refused, by="Noor")
    progress = team.rows("round", "status", "--round", round_)
    assert progress
    assert all(row["done"] and row["codings"] is None for row in progress)
    team("round", "status", "--round", round_, "--set", "reconciling")
    return team.alpha(round_)


def reconcile_set_one(team: Team) -> None:
    """Both kinds of discrepancy that the paper names, the rest by majority, and nothing is left."""
    assert "mentee" in team(
        "reconcile", "propose", "union", "--round", FIRST, "--confirm", by="Tomas"
    )
    for row in team.open(FIRST):
        if row["kind"] == "overlap" and "challenge.mistrust" in row["codes"]:
            answer = team(
                "reconcile", "decide", row["id"], "keep_both", "--round", FIRST,
                "--keep", "benefit.trust=Noor", "--keep", "challenge.mistrust=Ilse",
                "--rationale", "they rely on each other and doubt it at once; both apply",
                "--with", "Noor", "--with", "Ilse", by="Noor",
            )  # fmt: skip
            assert "benefit.trust" in answer
            assert "challenge.mistrust" in answer
    night = next(row for row in team.open(FIRST) if row["quote"] == NIGHT)
    team("reconcile", "remark", night["id"], "--round", FIRST, "--text", "neither fits", by="Ilse")
    answer = team(
        "reconcile", "decide", night["id"], "new_subtheme", "--parent", "benefit.contact",
        "--name", "At night", "--rationale", "being reached at any hour is more than being known",
        "--example", "benefit.contact.at_night", "--round", FIRST, "--alike", by="Noor",
    )  # fmt: skip
    assert answer.count("benefit.contact.at_night") >= len(SET_1)
    preview = team.rows("reconcile", "propose", "majority", "--round", FIRST)
    before = len(team.open(FIRST))
    assert preview
    assert len(team.open(FIRST)) == before
    team("reconcile", "propose", "majority", "--round", FIRST, "--confirm", by="Noor")
    team("reconcile", "propose", "mentor", "--mentor", "Noor", "--round", FIRST, "--confirm")
    assert "nothing is left to do" in team("reconcile", "list", "--round", FIRST, "--open")
    assert "closed" in team("round", "close", "--round", FIRST)


def set_two(team: Team) -> float:
    """Mentor pairs code the second set under the revised codebook."""
    team("round", "new", SECOND)
    documents = [word for name in SET_2 for word in ("--document", name)]
    plan = ("--scheme", "pairs", "--pair", "Noor:Tomas", "--pair", "Olga:Ilse", "--seed", "7")
    shown = team.rows("round", "assign", "--round", SECOND, *documents, *plan, "--preview")
    team("round", "assign", "--round", SECOND, *documents, *plan)
    given = {
        (row["document"], row["coder"]) for row in team.rows("round", "status", "--round", SECOND)
    }
    assert given == {(row["document"], row["coder"]) for row in shown}
    for name, role in PEOPLE:
        mine = [row["document"] for row in team.rows("round", "queue", "--round", SECOND, by=name)]
        assert len(mine) == len(SET_2) // 2
        said = revised_mentor if role == "mentor" else after_feedback
        team.code(SECOND, name, [one for document in mine for one in said(document)])
    agreed = _agreed_after(team, SECOND)
    for name in ("Noor", "Olga"):
        team("reconcile", "propose", "mentor", "--mentor", name, "--round", SECOND, "--confirm")
    team("round", "close", "--round", SECOND)
    return agreed


def test_two_sets_are_coded_reconciled_and_learned_from(team: Team) -> None:
    first = set_one(team)
    reconcile_set_one(team)
    consensus = team.rows("coding", "list", "--round", FIRST, "--consensus")
    for name in SET_1:
        codes = {(row["code"], row["quote"]) for row in consensus if row["document"] == name}
        assert {("benefit.trust", TRUST), ("challenge.mistrust", TRUST)} <= codes
        assert ("benefit.contact.at_night", NIGHT) in codes
    team(
        "codebook", "edit", "challenge.mistrust",
        "--exclude", "trust that one has no choice about: use benefit.trust as well",
    )  # fmt: skip
    stale = team.rows("codebook", "stale")
    assert {row["code"] for row in stale} >= {"challenge.mistrust"}
    second = set_two(team)
    assert second > first + 0.1
    for mentee in ("Tomas", "Ilse"):
        page = team(
            "reconcile",
            "feedback",
            "--round",
            FIRST,
            "--round",
            SECOND,
            "--coder",
            mentee,
            by=mentee,
        )
        assert page.startswith(f"# Feedback for {mentee}")
        assert "| Set 1 |" in page
        assert "| Set 2 |" in page
        rows = team.rows(
            "reconcile", "feedback", "--round", FIRST, "--round", SECOND, "--coder", mentee
        )
        by_round = {row["round"]: row["found"] for row in rows if row["code"] is None}
        assert by_round[SECOND] > by_round[FIRST]
    assert "not yours" in team(
        "reconcile", "feedback", "--round", FIRST, "--coder", "Ilse", by="Tomas"
    )
    assert "sound" in team("check")
    told = team("history", "--coder", "Noor", "--limit", "0")
    assert "by majority" in told
    assert "remarked" in team("history", "--coder", "Ilse", "--limit", "0")


def test_the_feedback_says_what_each_mentee_tends_to_do(team: Team) -> None:
    set_one(team)
    reconcile_set_one(team)
    wide = team("reconcile", "feedback", "--round", FIRST, "--coder", "Tomas")
    assert "wider" in wide
    assert "**missed**" in wide
    assert DOUBT in wide
    other = team("reconcile", "feedback", "--round", FIRST, "--coder", "Ilse")
    assert "being reached at any hour is more than being known" in other
    habits = {
        row["what"]: row["detail"]
        for row in team.rows("reconcile", "summary", "--round", FIRST)
        if row["about"] == "boundary"
    }
    assert "narrower at 0" in habits["Tomas"]
