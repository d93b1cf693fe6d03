"""Random keys over random projects: nothing crashes, and the screen is what a fresh connection reads.

A walk is drawn from its seed alone: `QUALCODE_WALK=7 pytest tests/tui/test_walk.py` walks the seventh again."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from textual.pilot import Pilot

from qualcode.services import rounds
from qualcode.services.project import check_project
from qualcode.tui.action_table import Where
from qualcode.tui.actions import actions
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.start import StartScreen
from tests.tui.comparing import settled, unlike
from tests.tui.conftest import burst
from tests.tui.random_projects import random_project

LONG = os.environ.get("QUALCODE_PROOFS") == "long"
ONE = os.environ.get("QUALCODE_WALK")
PROJECTS, KEYS, CHUNK = (20, 1000, 25) if LONG else (2, 300, 25)
SIZES = ((80, 24), (100, 30), (140, 40), (200, 50), (40, 10))

MOVING = [
    *"jkhl,.[]()JKHL<>{}v+-os",
    "pagedown",
    "pageup",
    "home",
    "end",
    "space",
    "backspace",
    "shift+down",
]
CODING = [
    *"aaxx1234567890cr!SF|&uuUUm",
    ";",
    ";",
    "/",
    "enter",
    "enter",
    "escape",
    "ctrl+z",
    "ctrl+s",
    "y",
    "D",
]
FINDING = [*"eEnNwWfbB", '"', "apostrophe", "f5"]
PANES = [*"ttip", "tab", "A", "R", "M", "G", "Q", "X", "T", "E", "ctrl+a", "c", "v", "f9"]
WRITING = list("tkcbhg énoy")
LEAVING = ["q", "question_mark", "f8"]
ON_CODING = [*MOVING, *CODING, *CODING, *FINDING, *PANES, *WRITING]
ON_START = [*"jkjkD/f", "enter", "enter", "escape", "home", "end", "l", "2", "backspace"]


class Walk:
    """One project, and the keys drawn for it; a failure names the seed and the last keys."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.project = random_project(folder / f"walk-{seed}.qualcode", self.chance)
        self.typed: list[str] = []

    async def go(self, keys: int) -> None:
        app = Workbench(ProjectDesk(self.project))
        async with app.run_test(size=self.chance.choice(SIZES)) as pilot:
            await settled(app, pilot)
            while len(self.typed) < keys:
                await self.step(app, pilot)
        assert not check_project(self.project).problems, self.story()

    async def step(self, app: Workbench, pilot: Pilot[None]) -> None:
        """Type a chunk, sometimes resize in the middle of it, and compare."""
        drawn = self.draw(app)
        self.typed += drawn
        cut = self.chance.randrange(len(drawn) + 1)
        burst(app, *drawn[:cut])
        if self.chance.random() < 0.1:
            await pilot.resize_terminal(*self.chance.choice(SIZES))
        burst(app, *drawn[cut:])
        await settled(app, pilot)
        assert app.is_running, self.story()
        if app._exception is not None:
            raise AssertionError(self.story()) from app._exception
        found = unlike(app, self.project)
        assert not found, f"{self.story()}\n" + "\n".join(found)

    def draw(self, app: Workbench) -> list[str]:
        """Return the next keys; a key that leaves the screen comes last, for elsewhere it could end the program."""
        if isinstance(app.screen, CodingScreen):
            drawn = self.chance.choices([*ON_CODING, *_every_key()], k=CHUNK)
            if self.chance.random() < 0.15:
                drawn.append(self.chance.choice(LEAVING))
            return drawn
        if isinstance(app.screen, StartScreen):
            return self.chance.choices(ON_START, k=self.chance.randint(1, 5))
        return ["q"] if self.typed[-1:] == ["escape"] else ["pagedown", "k", "escape"]

    def story(self) -> str:
        return f"seed {self.seed}, after {len(self.typed)} keys; the last: {self.typed[-40:]}"


def _every_key() -> list[str]:
    """Return the keys of all actions of the coding screen, but for those that leave it."""
    places = (Where.TRANSCRIPT, Where.CODING, Where.CODEBOOK)
    return [key for action in actions(*places) for key in action.keys if key != "q"]


@pytest.mark.proof
async def test_random_keys_leave_the_screen_and_the_project_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    typed = 0
    for seed in [int(ONE)] if ONE else range(1, PROJECTS + 1):
        walk = Walk(tmp_path, seed)
        with walk.project:
            await walk.go(KEYS)
        typed += len(walk.typed)
    assert ONE or typed >= PROJECTS * KEYS


def test_assigned_documents_of_a_drawn_project_can_be_coded(tmp_path: Path) -> None:
    with random_project(tmp_path / "drawn.qualcode", random.Random(5)) as project:
        assert {row.coder for row in rounds.list_assignments(project, "first")} == {"Ada", "Ben"}
