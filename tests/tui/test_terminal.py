"""The real program in a real terminal: three passages coded by keyboard alone at 80×24, kept over a restart."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.services import documents
from qualcode.services.coding import list_codings
from qualcode.services.project import open_project
from tests.tui.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]


def test_three_passages_are_coded_by_keyboard_and_stand_after_a_restart(
    project_path: Path, terminal: Terminal, tmp_path: Path
) -> None:
    terminal.start(project_path)
    terminal.wait_for(lambda shown: "talk-3" in shown, "the list of documents")
    terminal.keys("Enter")
    terminal.wait_for(lambda shown: "Question 0 of 1" in shown, "the transcript")
    terminal.type("jjj;t")
    terminal.wait_for(lambda shown: "Trust applied" in shown, "the first coding")
    terminal.type("jJ/known")
    terminal.keys("Enter")
    terminal.wait_for(lambda shown: "Known contact applied" in shown, "the second coding")
    terminal.type("j;c")
    terminal.wait_for(lambda shown: "Caseload — Site?" in shown, "the question")
    terminal.type("b")
    before = terminal.wait_for(lambda shown: "Caseload applied" in shown, "the third coding")
    assert len(before.rstrip("\n").split("\n")) == 24
    terminal.keys("C-q")
    terminal.wait_for(lambda shown: "left with 0" in shown, "the end")
    with open_project(str(project_path)) as project:
        assert [(one.code, one.facets) for one in list_codings(project)] == [
            ("benefit.trust", {}),
            ("benefit.contact", {}),
            ("challenge.load", {"site": "B"}),
        ]

    terminal.stop()
    again = Terminal(tmp_path)
    try:
        again.start(project_path)
        again.wait_for(lambda shown: "talk-1" in shown, "the list of documents")
        again.keys("Enter")
        shown = again.wait_for(lambda shown: "1 Trust" in shown, "the pinned codes")
        assert "2 Known contact" in shown and "3 Caseload" in shown
        again.type("u")
        again.wait_for(
            lambda shown: "taken back" in shown, "the undo of the last session's coding"
        )
        again.keys("C-q")
        again.wait_for(lambda shown: "left with 0" in shown, "the end")
    finally:
        again.stop()
    with open_project(str(project_path)) as project:
        assert len(list_codings(project)) == 2


PROGRAM = """
import sys
from qualcode.tui.app import open_workbench
open_workbench(sys.argv[1])
"""


def test_without_a_terminal_the_workbench_refuses_in_one_line(project_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(project_path)],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1
    assert "the workbench needs a terminal" in done.stderr.strip().splitlines()[-1]


HOSTILE = (
    "Ada: Before \x1b]0;stolen title\x07 and \x1b[2J\x1b[31mred\x1b[0m after. "
    "Then \x1bc and \x9b5A nothing happens.\n"
)


def test_escape_sequences_of_a_transcript_are_shown_and_never_executed(
    project_path: Path, terminal: Terminal, tmp_path: Path
) -> None:
    source = tmp_path / "hostile.txt"
    source.write_text(HOSTILE, encoding="utf-8")
    with open_project(str(project_path)) as project:
        assert all(one.problem is None for one in documents.import_documents(project, [source]))
    terminal.start(project_path, "--document", "hostile")
    shown = terminal.wait_for(lambda shown: "nothing happens" in shown, "the transcript")
    assert "]0;stolen title" in shown and "[2J" in shown and "[31mred" in shown
    terminal.type("j;tj;kq")
    terminal.wait_for(lambda shown: "talk-1" in shown, "the list of documents")
    assert "stolen" not in terminal.title()
    terminal.keys("C-q")
    terminal.wait_for(lambda shown: "left with 0" in shown, "the end")
    with open_project(str(project_path)) as project:
        assert len(list_codings(project, document="hostile")) == 2


def test_resizes_and_a_paste_while_somebody_codes_lose_nothing(
    project_path: Path, terminal: Terminal
) -> None:
    terminal.start(project_path, "--document", "talk-1")
    terminal.wait_for(lambda shown: "Question 0 of 1" in shown, "the transcript")
    for n in range(12):
        terminal.resize(20 + n * 67 % 160, 1 + n * 11 % 40)
        terminal.type("j;t")
        if n % 4 == 0:
            terminal.paste("x;k\nqq")
    terminal.resize(80, 24)
    terminal.wait_for(lambda shown: "Trust applied" in shown, "the last coding")
    terminal.keys("C-q")
    terminal.wait_for(lambda shown: "left with 0" in shown, "the end")
    with open_project(str(project_path)) as project:
        assert [one.code for one in list_codings(project)] == ["benefit.trust"] * 12


def test_the_terminals_own_cursor_stands_on_the_selection_when_asked_to(
    project_path: Path, terminal: Terminal
) -> None:
    terminal.start(project_path, "--document", "talk-1", "--hardware-cursor")
    terminal.wait_for(lambda shown: "Question 0 of 1" in shown, "the transcript")
    terminal.type("jjj")
    shown = terminal.wait_for(lambda _: terminal.cursor() not in (None, (0, 0)), "the cursor")
    terminal.wait_for(lambda shown: "▸Answer 0 of 1." in shown, "the selection")
    shown = terminal.screen().split("\n")
    place = terminal.cursor()
    assert place is not None
    assert shown[place[1]][place[0] :].startswith("Answer 0 of 1.")
