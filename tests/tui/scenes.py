"""Every screen of the workbench as a scene: a study, the keys that lead there, and the words by which it is known.

A new place of the workbench has a scene at once; anything else is one line in `SPECIAL`. The snapshots (`test_snapshots.py`) and the pictures (`docs/pictures.py`) are
both taken from this table.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.strip import Strip

from qualcode.cli.commands.demo import build_sample
from qualcode.core.project import Role
from qualcode.services import codebook, coding, documents, network, rounds
from qualcode.services.project import add_coder, create_project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.places import PLACES
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.going import GoingScreen
from qualcode.tui.screens.start import StartScreen
from tests.study import Study, build_study
from tests.ties_study import build_ties_study
from tests.tui.conftest import CODEBOOK, burst, interview, until

SMALL, LARGE = (80, 24), (200, 50)


@dataclass(frozen=True, slots=True)
class Scene:
    """`keys` are typed one after the other from the list of documents; `shows` stands on the screen when it is there
    (empty: it is a place, and known by not being the list any more).

    `by` is the coder; a key of several letters in quotation marks is typed letter by letter."""

    name: str
    study: str
    by: str
    keys: str
    shows: str

    def key_list(self) -> list[str]:
        return self.keys.split()


SPECIAL = (
    Scene("start", "talks", "Ada", "", "assigned documents done"),
    Scene("start-rounds", "talks", "Ada", "r", "purpose"),
    Scene("start-filter", "talks", "Ada", "/ 'talk-2' enter", "only documents with"),
    Scene("coding", "talks", "Ada", "enter", "3 Trust"),
    Scene("coding-inspector", "talks", "Ada", "enter i", "Codings here: 2"),
    Scene("coding-codebook", "talks", "Ada", "enter t", "⏎ apply"),
    Scene("coding-quick-key", "talks", "Ada", "enter ;", " ; "),
    Scene("coding-facets", "talks", "Ada", "enter j ; c", "Caseload — Site?"),
    Scene("coding-memo", "talks", "Ada", "enter m 'why'", "memo on Trust"),
    Scene("coding-search", "talks", "Ada", "enter f 'name' enter", "20 × “name”"),
    Scene("coding-others", "open", "Ada", "enter e", "not blind"),
    Scene("finder", "talks", "Ada", "enter /", "⏎ take"),
    Scene("finder-typed", "talks", "Ada", "enter / 'load'", "+ new code"),
    Scene("help", "talks", "Ada", "enter ?", "Next sentence"),
    Scene("notices", "talks", "Ada", "enter 9 ; z f8", "no code has the key"),
    Scene("go", "talks", "Ada", "f2", "Go to"),
    Scene("reconcile", "quarrel", "Ana", "c", "forty cases"),
    Scene("agreement", "quarrel", "Ana", "a", "Agreement in first"),
    Scene("ties", "ties", "Max", "t", "every week"),
    Scene("networks", "confirmed", "Max", "f2 w", "Detective"),
    Scene("networks-picture", "confirmed", "Max", "f2 w v", "┌"),
    Scene("networks-measures", "confirmed", "Max", "f2 w v v", "density"),
    Scene("narratives", "sample", "Vera", "f2 n", "9/9"),
    Scene("narrative", "sample", "Vera", "f2 n enter j j space space", "● 2 marked"),
)


def _with_every_place(scenes: tuple[Scene, ...]) -> tuple[Scene, ...]:
    """Add the places of the workbench for which there is no scene yet, on the sample study."""
    known = {scene.name for scene in scenes} | {"documents"}
    return scenes + tuple(
        Scene(place.name, "sample", "Vera", f"f2 {place.letter}", "")
        for place in PLACES
        if place.name not in known
    )


SCENES = _with_every_place(SPECIAL)


def _talks(folder: Path, *, blind: bool = True) -> Path:
    """Three interviews; Ada has coded some of the first, and Ben the same one."""
    place = folder / "talks.qualcode"
    files = []
    for number in (1, 2, 3):
        files.append(folder / f"talk-{number}.txt")
        files[-1].write_text(interview(number), encoding="utf-8")
    with create_project(str(place), name="study", lead="Ada") as project:
        documents.import_documents(project, files)
        codebook.import_codebook(project, "codes.yaml", CODEBOOK.encode())
        add_coder(project, "Ben", role=Role.MENTEE)
        rounds.new_round(project, "first", blind=blind)
        rounds.assign_documents(project, "first", coders=["Ada", "Ben"])
    said = {
        "Ben": [("benefit.goal", "She knows whom to ask", {})],
        "Ada": [
            ("challenge.load", "When she leaves, it ends. That is all there is to it.", {"site": "B"}),
            ("benefit.contact", "We call each other by name. She knows whom to ask", {}),
            ("benefit.trust", "We call each other by name.", {}),
        ],
    }  # fmt: skip
    for who, codings in said.items():
        with open_project(str(place), coder=who) as project:
            text = documents.open_document(project, "talk-1").text
            for code, quote, facets in codings:
                start = text.index(quote)
                coding.apply_code(
                    project, code, document="talk-1", round="first",
                    start=start, end=start + len(quote), facets=facets,
                )  # fmt: skip
    return place


def _open(folder: Path) -> Path:
    return _talks(folder, blind=False)


def _quarrel(folder: Path) -> Path:
    place = folder / "quarrel.qualcode"
    build_study(str(place), folder / "texts")
    study = Study(str(place))
    study.quarrel()
    study.reconcile()
    study.close()
    return place


def _ties(folder: Path) -> Path:
    place = build_ties_study(folder)
    with open_project(str(place)) as project:
        network.propose(project, "First")
    return place


def _confirmed(folder: Path) -> Path:
    place = _ties(folder)
    with open_project(str(place)) as project:
        rows = network.complete_proposals(project)
        network.confirm_ties(project, [row.statement.id for row in rows])
    return place


def _sample(folder: Path) -> Path:
    place = folder / "sample.qualcode"
    build_sample(place)
    return place


STUDIES: dict[str, Callable[[Path], Path]] = {
    "talks": _talks,
    "open": _open,
    "quarrel": _quarrel,
    "ties": _ties,
    "confirmed": _confirmed,
    "sample": _sample,
}


@asynccontextmanager
async def played(
    scene: Scene, place: Path, size: tuple[int, int], *, theme: str | None = None
) -> AsyncIterator[Workbench]:
    """Run the workbench up to this scene."""
    with open_project(str(place), coder=scene.by) as project:
        app = Workbench(ProjectDesk(project))
        async with app.run_test(size=size) as pilot:
            await _started(app)
            if theme is not None:
                app.theme = theme
            for key in scene.key_list():
                await pilot.pause()
                await until(lambda: not app._waiting)
                burst(app, key)
            await _shown(app, scene.shows or "? help")
            await settled(app)
            if not scene.shows:
                assert not isinstance(app.screen, StartScreen | GoingScreen), screen_text(app)
            yield app


async def _started(app: Workbench) -> None:
    await until(lambda: len(app.screen_stack) > 1 and app.screen.is_mounted and not app._waiting)
    await settled(app)


async def _shown(app: Workbench, words: str) -> None:
    for _ in range(400):
        if words in screen_text(app):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{words!r} does not stand on the screen:\n{screen_text(app)}")


async def settled(app: Workbench) -> None:
    """Wait until nothing more happens: no key waits, no worker runs, and three looks at the screen are the same."""
    looks: list[str] = []
    for _ in range(200):
        await Pilot(app).pause(0.03)
        is_busy = app._waiting or any(worker.is_running for worker in app.workers)
        shown = screen_text(app)
        looks = [] if is_busy or not shown.strip() else [*looks, shown][-3:]
        if len(looks) == 3 and len(set(looks)) == 1:
            return
    raise AssertionError(f"the screen does not come to rest:\n{screen_text(app)}")


def screen_strips(app: Workbench) -> list[Strip]:
    """Return the rows of the whole screen as they are drawn, with what shines through from below."""
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def screen_text(app: Workbench) -> str:
    """Return what stands on the screen, without styles; spaces at the ends of rows are left out."""
    return "\n".join(strip.text.rstrip() for strip in screen_strips(app)) + "\n"


def without_clock(text: str) -> str:
    """Replace dates and times of day by zeros of the same length."""
    text = re.sub(r"\b\d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d:\d\d\b", "00 Mon 00:00", text)  # fmt: skip
    text = re.sub(r"\b20\d\d-\d\d-\d\d\b", "0000-00-00", text)
    return re.sub(r"\b\d\d:\d\d(:\d\d)?\b", lambda found: re.sub(r"\d", "0", found.group()), text)
