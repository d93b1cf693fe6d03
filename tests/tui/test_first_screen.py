"""The text stands on the screen before the project is open, and no key that was typed meanwhile is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ProjectError
from qualcode.services.coding import list_codings
from qualcode.services.opening import first_sight
from qualcode.services.project import Project
from qualcode.tui.app import Opening, Workbench
from qualcode.tui.desk import Desk
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.first import FirstScreen
from qualcode.tui.screens.start import StartScreen
from tests.tui.conftest import burst, opened, until


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_keys_typed_before_the_project_is_open_act_when_it_is(
    project: Project, project_path: Path, size: tuple[int, int]
) -> None:
    sight = first_sight(str(project_path), document="talk-1")
    assert sight is not None
    shown: list[str] = []

    def open_desk() -> Desk:
        screen = app.screen
        assert isinstance(screen, FirstScreen) and screen.pane.model is not None
        shown.append(screen.pane.model.text)
        burst(app, "j", "j", ";", "t")
        return ProjectDesk(project)

    app = Workbench(Opening(sight, open_desk), document="talk-1")
    async with app.run_test(size=size):
        burst(app, "j")
        screen = await opened(app)
        await until(lambda: len(list_codings(project)) == 1)
        (made,) = list_codings(project)
        assert sight.reading is not None and shown == [sight.reading.text]
        third = sight.reading.sentences[3]
        assert (made.start, made.end) == third == screen.sitting.model.selection.span


async def test_the_names_of_the_documents_stand_there_first(
    project: Project, project_path: Path
) -> None:
    sight = first_sight(str(project_path))
    assert sight is not None
    app = Workbench(Opening(sight, lambda: ProjectDesk(project)))
    async with app.run_test(size=(80, 24)):
        await until(lambda: isinstance(app.screen, StartScreen))
        assert len(app.screen_stack) == 2


async def test_a_project_that_cannot_be_opened_after_all_is_refused_in_one_line(
    project_path: Path,
) -> None:
    sight = first_sight(str(project_path))
    assert sight is not None

    def refuse() -> Desk:
        raise ProjectError("the file is gone", hint="put it back")

    app = Workbench(Opening(sight, refuse))
    async with app.run_test(size=(80, 24)):
        await until(lambda: app.refused is not None)
    assert app.refused is not None and app.refused.message == "the file is gone"
