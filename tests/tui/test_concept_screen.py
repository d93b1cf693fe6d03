"""The screens of concept maps: a map drawn, links with kind and evidence, the way from a link to the words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.core.concept import ConceptLink
from qualcode.services import concept
from qualcode.services.project import Project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.concept.map_screen import MapScreen, View
from qualcode.tui.screens.concept.maps import MapsScreen
from qualcode.tui.screens.quotations import PickingScreen, QuotationsScreen
from qualcode.tui.screens.start import StartScreen
from tests.study import Study, build_study
from tests.tui.conftest import burst, until

MAP = "Conceptual model"
CALLS = "We call each other by name, and that is worth more than any form."
KNOWS = "She knows whom to ask, and I know her."
SIZES = [(80, 24), (200, 50)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three interviews that two coders read alike, reconciled; a map of two codes and an idea with one link."""
    folder = tmp_path_factory.mktemp("concept")
    place = folder / "study.qualcode"
    build_study(str(place), folder / "texts")
    study = Study(str(place))
    for coder in ("Ana", "Ben"):
        for number in (1, 2, 3):
            study.apply(coder, "benefit.contact", CALLS, document=f"talk-{number}")
            study.apply(coder, "benefit.trust", KNOWS, document=f"talk-{number}")
    study.finish("Ana", "Ben")
    study.reconcile()
    concept.add_concept(study.lead, MAP, code="benefit.contact")
    concept.add_concept(study.lead, MAP, code="benefit.trust")
    concept.add_concept(study.lead, MAP, "capacity")
    concept.link_concepts(study.lead, MAP, ("Known contact", "Trust"))
    study.close()
    return place


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    place = tmp_path / "study.qualcode"
    shutil.copy(built, place)
    with open_project(str(place)) as opened:
        yield opened


async def at_maps(app: Workbench) -> MapsScreen:
    await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
    app.go("concepts")
    await until(lambda: isinstance(app.screen, MapsScreen) and not app._waiting)
    screen = app.screen
    assert isinstance(screen, MapsScreen)
    return screen


async def at_map(app: Workbench) -> MapScreen:
    """Open the first map."""
    await at_maps(app)
    burst(app, "enter")
    await until(lambda: isinstance(app.screen, MapScreen) and not app._waiting)
    screen = app.screen
    assert isinstance(screen, MapScreen)
    return screen


def links(project: Project) -> tuple[ConceptLink, ...]:
    return concept.show_map(project, MAP).links


@pytest.mark.parametrize("size", SIZES)
async def test_evidence_is_attached_to_a_link_and_leads_to_the_words(
    project: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=size):
        screen = await at_map(app)
        assert "Known contact" in screen.picture.text and "1 leads to" in screen.picture.text
        assert "capacity (idea)" in screen.picture.text and "no evidence" in screen.rows.text
        burst(app, "enter")
        await until(lambda: "nothing speaks for" in screen.said.text)
        burst(app, "+")
        await until(lambda: isinstance(app.screen, PickingScreen) and not app._waiting)
        burst(app, "/", "'whom'", "enter", "m", "j", "m", "enter")
        await until(lambda: len(links(project)[0].evidence) == 2)
        await until(lambda: app.screen is screen and "2 quotations attached" in screen.said.text)
        await until(lambda: KNOWS in " ".join(screen.panel.text.split()))
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, QuotationsScreen) and not app._waiting)
        quotes = app.screen
        assert isinstance(quotes, QuotationsScreen) and len(quotes.found) == 2
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, CodingScreen) and not app._waiting)
        burst(app, "q")
        await until(lambda: app.screen is quotes)
        burst(app, "x")
        await until(lambda: len(links(project)[0].evidence) == 1)
        burst(app, "u")
        await until(lambda: len(quotes.found) == 2)
        burst(app, "q")
        await until(lambda: app.screen is screen and "2 quotations" in screen.rows.text)


async def test_links_are_drawn_changed_and_taken_back_by_keys(project: Project) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_map(app)
        burst(app, "n", "'trust'", "enter", "2", "'capac'", "enter")
        await until(lambda: len(links(project)) == 2)
        assert links(project)[1].reading == "Trust → capacity (supports)"
        await until(lambda: screen.link().id == links(project)[1].id)
        burst(app, "t", "4")
        await until(lambda: links(project)[1].reading == "Trust → capacity (hinders)")
        burst(app, "b")
        await until(lambda: links(project)[1].mutual)
        burst(app, "s")
        await until(lambda: links(project)[1].source == "capacity")
        burst(app, "E", "'Told by three.'", "escape")
        await until(lambda: links(project)[1].note == "Told by three.")
        await until(lambda: "Told by three." in screen.panel.text)
        burst(app, "X")
        await until(lambda: len(links(project)) == 1)
        burst(app, "u", "u", "u", "u")
        await until(lambda: len(links(project)) == 2 and not links(project)[1].mutual)
        burst(app, "U")
        await until(lambda: links(project)[1].mutual)
        burst(app, "n", "'trust'", "enter", "1", "'known'", "enter", "s")
        await until(lambda: "already" in screen.said.text)
        burst(app, "D")
        await until(lambda: "still stands" in screen.said.text)


async def test_concepts_are_added_renamed_bound_and_removed(project: Project) -> None:
    app = Workbench(ProjectDesk(project))

    def names() -> dict[str, str | None]:
        return {one.name: one.code for one in concept.show_map(project, MAP).concepts}

    async with app.run_test(size=(80, 24)):
        screen = await at_map(app)
        burst(app, "R")
        await until(lambda: "a key of the concepts" in screen.said.text)
        burst(app, "v")
        await until(
            lambda: screen.view is View.CONCEPTS and "an idea, no code" in screen.rows.text
        )
        burst(app, "A", "'caseload'", "enter")
        await until(lambda: names().get("Caseload") == "challenge.load")
        burst(app, "i", "'Trust'", "enter")
        await until(lambda: "has a concept Trust already" in screen.said.text)
        await until(lambda: screen.line_entry.display)
        burst(app, "' in tools'", "enter")
        await until(lambda: "Trust in tools" in names())
        assert screen.concept().name == "Trust in tools"
        burst(app, "c", "'turn'", "enter")
        await until(lambda: names()["Trust in tools"] == "challenge.turnover")
        burst(app, "C")
        await until(lambda: names()["Trust in tools"] is None)
        burst(app, "enter")
        await until(lambda: "idea without a code" in screen.said.text)
        burst(app, "R", *["backspace"] * 5, "'things'", "enter")
        await until(lambda: "Trust in things" in names())
        burst(app, "X")
        await until(lambda: "Trust in things" not in names())
        burst(app, "home", "enter")
        await until(lambda: isinstance(app.screen, QuotationsScreen) and not app._waiting)
        quotes = app.screen
        assert isinstance(quotes, QuotationsScreen) and len(quotes.found) == 3
        burst(app, "x")
        await until(lambda: "follows from its code" in quotes.said.text)


async def test_maps_are_begun_renamed_removed_and_brought_back(project: Project) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        maps = await at_maps(app)
        assert "1 without evidence" in maps.rows.text
        burst(app, "A", "'conceptual model'", "enter")
        await until(lambda: "already" in maps.said.text)
        burst(app, " ", "2", "enter")
        await until(lambda: isinstance(app.screen, MapScreen) and not app._waiting)
        screen = app.screen
        assert isinstance(screen, MapScreen)
        assert "Nothing is drawn yet" in screen.picture.text
        for key in ("n", "t", "b", "s", "E", "+", "X", "enter"):
            burst(app, key)
        await until(lambda: "there is no link" in screen.said.text)
        burst(app, "i", "'a beginning'", "enter")
        await until(lambda: "conceptual model 2" in concept.list_maps(project))
        burst(app, "n")
        await until(lambda: "needs two concepts" in screen.said.text)
        burst(app, "q")
        await until(lambda: app.screen is maps and "2 maps" in maps.head.text)
        burst(app, "end", "R", "backspace", "'3'", "enter")
        await until(lambda: "conceptual model 3" in concept.list_maps(project))
        burst(app, "X")
        await until(lambda: len(concept.list_maps(project)) == 1)
        burst(app, "u")
        await until(lambda: len(concept.list_maps(project)) == 2)


async def test_the_map_is_written_to_a_file_and_never_over_another_unasked(
    project: Project, tmp_path: Path
) -> None:
    app = Workbench(ProjectDesk(project))
    target = tmp_path / "map.svg"
    async with app.run_test(size=(80, 24)):
        screen = await at_map(app)
        burst(app, "w", *["backspace"] * 15, f"'{target}'", "enter")
        await until(target.exists)
        assert "leads to" in target.read_text()
        burst(app, "w", *["backspace"] * 15, f"'{target}'", "enter")
        await until(lambda: "is there already" in screen.said.text)
        burst(app, "!", "enter")
        await until(lambda: "written" in screen.said.text)
        burst(app, "w", *["backspace"] * 15, "'map.png'", "enter")
        await until(lambda: "does not say in which format" in screen.said.text)


@pytest.mark.parametrize("size", SIZES)
async def test_a_map_of_thirty_concepts_is_panned_and_follows_the_cursor(
    project: Project, size: tuple[int, int]
) -> None:
    for n in range(30):
        concept.add_concept(project, "large", f"idea number {n}")
    for n in range(29):
        concept.link_concepts(project, "large", (f"idea number {n // 2}", f"idea number {n + 1}"))
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=size):
        await at_maps(app)
        burst(app, "end", "enter")
        await until(lambda: isinstance(app.screen, MapScreen) and not app._waiting)
        screen = app.screen
        assert isinstance(screen, MapScreen)
        burst(app, "end")
        await until(
            lambda: "29 leads to" in screen.picture.text or "number 29" in screen.picture.text
        )
        burst(app, *["K"] * 30, *["h"] * 40)
        await until(lambda: (screen._left, screen._top) == (0, 0))
        assert "idea number 0" in screen.picture.text
        burst(app, "/", "'number 29'", "enter")
        await until(lambda: len(screen.links) == 1)


async def test_an_empty_project_says_how_to_begin(project_path: Path) -> None:
    with open_project(str(project_path)) as empty:
        app = Workbench(ProjectDesk(empty))
        async with app.run_test(size=(80, 24)):
            maps = await at_maps(app)
            assert "no map yet: A begins one" in maps.rows.text
            for key in ("enter", "R", "X", "u"):
                burst(app, key)
            await until(
                lambda: "nothing of yours to undo" in maps.said.text or bool(maps.said.text)
            )
            burst(app, "A", "enter")
            await until(lambda: "needs a name" in maps.said.text)
