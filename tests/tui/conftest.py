"""A real project with three interviews, and ways to drive the workbench without waiting between keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key

from qualcode.services import codebook, documents, rounds
from qualcode.services.project import Project, create_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from tests.tui.terminal import Terminal

CODEBOOK = """
title: workbench tests
facets:
  - id: site
    name: Site
    values:
      - {id: A, name: Alder}
      - {id: B, name: Birch}
    applies_to: [challenge]
    required: true
codes:
  - id: benefit
    name: What helps
    children:
      - {id: benefit.trust, name: Trust, key: t, definition: Somebody relies on somebody.}
      - {id: benefit.contact, name: Known contact, key: k}
      - {id: benefit.goal, name: Shared goal}
  - id: challenge
    name: What hinders
    children:
      - {id: challenge.load, name: Caseload, key: c}
"""


def interview(number: int) -> str:
    turns = ["Synthetic interview, invented for a test.", ""]
    for n in range(20):
        turns.append(f"Interviewer: Question {n} of {number}. What happened then?")
        turns.append(
            f"Ada: Answer {n} of {number}. We call each other by name. She knows whom to ask, and "
            "I know her. When she leaves, it ends. That is all there is to it."
        )
    return "\n".join(turns) + "\n"


@pytest.fixture
def project_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of three interviews with a codebook and an open blind round; return its path."""
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    path = tmp_path / "study.qualcode"
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"talk-{number}.txt").write_text(interview(number), encoding="utf-8")
    with create_project(str(path), name="study", lead="Ada") as project:
        outcome = documents.import_documents(project, sorted(folder.iterdir()))
        assert all(one.problem is None for one in outcome)
        codebook.import_codebook(project, "codes.yaml", CODEBOOK.encode())
        rounds.new_round(project, "first")
        rounds.assign_documents(project, "first")
    return path


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    from qualcode.services.project import open_project

    with open_project(str(project_path)) as opened:
        yield opened


@pytest.fixture
def workbench(project: Project) -> Workbench:
    return Workbench(ProjectDesk(project), document="talk-1")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.stop()


async def until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait for a state; fail when it does not come."""
    for _ in range(int(seconds * 100)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the awaited state did not come")


async def opened(app: Workbench) -> CodingScreen:
    """Return the coding screen once it can be used."""
    await until(lambda: isinstance(app.screen, CodingScreen) and app.screen.is_mounted)
    screen = app.screen
    assert isinstance(screen, CodingScreen)
    await until(lambda: screen.pane.model is not None and screen.pane.size.height > 0)
    return screen


def burst(app: Workbench, *keys: str) -> None:
    """Post the keys as a terminal driver does: all at once, without waiting for any of them.

    A word in quotation marks (`"'trust'"`) is typed letter by letter."""
    for key in keys:
        if key.startswith("'") and key.endswith("'") and len(key) > 2:
            for letter in key[1:-1]:
                app.post_message(_key(letter))
        else:
            app.post_message(_key(key))


def _key(key: str) -> events.Key:
    character = key if len(key) == 1 else {"enter": "\r", "space": " ", "tab": "\t"}.get(key)
    name = _character_to_key(key) if len(key) == 1 else key
    return events.Key(name, character)
