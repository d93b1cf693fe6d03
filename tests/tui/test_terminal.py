"""The real program in a real terminal: three passages coded by keyboard alone at 80×24, kept over a restart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcode.services.coding import list_codings
from qualcode.services.project import open_project

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

PROGRAM = """
import sys
from qualcode.tui.app import open_workbench
open_workbench(sys.argv[1])
"""


class Terminal:
    """A tmux server of its own with one window of 80×24."""

    def __init__(self, folder: Path) -> None:
        self.socket = f"qualcode-{uuid.uuid4().hex}"
        self.folder = folder

    def start(self, project: Path) -> None:
        program = self.folder / "workbench.py"
        program.write_text(PROGRAM, encoding="utf-8")
        command = f"{sys.executable} {program} {project}; echo left with $?; exec sleep 600"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", command)

    def keys(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def wait_for(self, condition: Callable[[str], bool], what: str) -> str:
        for _ in range(200):
            shown = self.screen()
            if condition(shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{what} did not come; the screen shows:\n{shown}")

    def stop(self) -> None:
        subprocess.run(
            ["tmux", "-L", self.socket, "kill-server"], check=False, capture_output=True
        )

    def _tmux(self, *arguments: str) -> str:
        environment = {**os.environ, "QUALCODE_KEYMAP": str(self.folder / "no-keys.toml")}
        environment["QUALCODE_STATE"] = str(self.folder / "state")
        environment.pop("TMUX", None)
        done = subprocess.run(
            ["tmux", "-L", self.socket, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return done.stdout


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.stop()


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


def test_without_a_terminal_the_workbench_refuses_in_one_line(project_path: Path) -> None:
    program = f"{PROGRAM}"
    done = subprocess.run(
        [sys.executable, "-c", program, str(project_path)],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1
    assert "the workbench needs a terminal" in done.stderr.strip().splitlines()[-1]
