"""The workbench without a screen: an interview is coded by typed words, and refusals are said in one line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.services.coding import list_codings, list_memos
from qualcode.services.project import Project, open_project
from qualcode.services.rounds import list_assignments
from tests.study import Study

from .conftest import Answer, Run

Plain = Callable[..., Answer]


@pytest.fixture
def plain(run: Run, small: Study, monkeypatch: pytest.MonkeyPatch) -> Plain:
    """Type these lines into `qualcode open PROJECT --plain` as Ana."""

    def typed(*lines: str, options: tuple[str, ...] = ()) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
        return run("open", small.location, "--plain", "--as", "Ana", *options)

    return typed


def kept(study: Study) -> list[tuple[str, str]]:
    from qualcode.services.documents import open_document

    with open_project(study.location, coder="Ana") as project:
        text = open_document(project, "talk-1").text
        return [
            (one.code, text[one.start : one.end]) for one in list_codings(project, coder="Ana")
        ]


def test_an_interview_is_opened_read_and_coded_by_numbers_of_sentences(
    plain: Plain, small: Study
) -> None:
    answer = plain("documents", "open talk-1", "next 9", "code trust 5", "code k 5 knows whom to ask", "code challenge.load 6-7 site=A", "show 5-7", "done", "quit")  # fmt: skip
    assert answer.status == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("small study: coder Ana, round first.")
    assert "talk-1: 7 sentences, 0 codings of yours" in lines
    assert "3. Ada: Answer 1." in lines
    assert "6. There are forty cases on one desk." in lines
    assert any(line.startswith("   Trust, coding ") for line in lines)
    assert any("on “knows whom to ask”" in line for line in lines)
    assert any(line.endswith(", site A") for line in lines)
    assert lines[-2:] == ["talk-1 is done", "left; everything is saved."]
    assert kept(small) == [
        ("benefit.trust", "She knows whom to ask, and I know her."),
        ("benefit.contact", "knows whom to ask"),
        ("challenge.load", "There are forty cases on one desk. When she leaves, it ends."),
    ]
    with open_project(small.location) as project:
        assert ("Ana", "talk-1") in {
            (row.coder, row.document) for row in list_assignments(project, "first") if row.done
        }


def test_codings_are_changed_removed_and_brought_back(plain: Plain, small: Study) -> None:
    first = plain("code trust 4", options=("--document", "talk-1"))
    number = first.out.partition("applied, coding ")[2].partition(":")[0]
    answer = plain(
        "o talk-1", f"recode {number} Turnover", f"memo {number} it's why", "memo document all of it",
        "undo", f"rem {number}", "undo", "code trust 4",
    )  # fmt: skip
    assert answer.status == 0, answer.out
    assert [code for code, _ in kept(small)] == ["challenge.turnover", "benefit.trust"]
    with open_project(small.location, coder="Ana") as project:
        assert [memo.body for memo in list_memos(project)] == ["it's why"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("code trust 1",), "no document is open"),
        (("open talk-9",), "talk-9"),
        (("open talk-1", "code trsut 1"), "trsut"),
        (("open talk-1", "code trust 99"), "'99' names no sentences"),
        (("open talk-1", "code trust 3-2"), "'3-2' names no sentences"),
        (("open talk-1", "code trust"), "code what, and where?"),
        (("open talk-1", "code trust 5 nobody said this"), "does not stand in 5"),
        (("open talk-1", "code trust 1-7 her"), "stands 4 times in 1-7"),
        (("open talk-1", "code challenge.load 5 site=Z"), "Z"),
        (("open talk-1", "remove 999"), "999"),
        (("remove all",), "'all' is no number"),
        (("undo",), "nothing was done in this sitting"),
        (("open talk-1", "previous"), "beginning of the document"),
        (("open talk-1", "next 99", "next"), "end of the document"),
        (("dance",), "dance"),
        (("d",), "d could be documents or done"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_told_by_the_status(
    plain: Plain, small: Study, lines: tuple[str, ...], said: str
) -> None:
    answer = plain(*lines)
    (refused,) = [line for line in answer.out.splitlines() if line.startswith("not done: ")]
    assert said in refused
    assert answer.status == 1
    assert answer.err == ""
    assert kept(small) == []


def test_a_facet_that_the_codebook_demands_is_asked_for(
    run: Run, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcode.services import codebook, documents, rounds

    source = tmp_path / "talk.txt"
    source.write_text("We meet. They \x1b[31mtalk\x1b[0m.\n", encoding="utf-8")
    documents.import_documents(project, [source])
    book = b"title: one\nfacets:\n  - {id: site, values: [A, B], required: true}\ncodes:\n  - {id: trust, key: t}\n"
    codebook.import_codebook(project, "codes.yaml", book)
    rounds.new_round(project, "first")
    typed = "code t 1\ncode t 1 site=B\ncodes trust\nshow 2\nhelp\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    answer = run("open", project.location, "--plain", "--document", "talk")
    assert "not done: Trust needs the facet site: A, B" in answer.out
    assert "hint: add site=A to the line" in answer.out
    assert "facet site, required: A, B" in answer.out
    assert "\x1b" not in answer.out
    assert "undo: take back what was done last in this sitting" in answer.out
    assert [one.facets for one in list_codings(project)] == [{"site": "B"}]


def test_a_project_without_a_round_says_how_to_make_one(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    answer = run("open", project.location, "--plain")
    assert answer.status == 1
    assert answer.err.startswith("error: the project has no round")
