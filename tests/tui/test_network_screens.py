"""What the keys of the review of ties and of the networks do, on a real project."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.core.network.statements import TieStatus
from qualcode.services import network
from qualcode.services.project import Project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.network.networks import NetworkScreen
from qualcode.tui.screens.network.review import TiesScreen
from qualcode.tui.screens.reading import ReadingScreen
from tests.ties_study import build_ties_study
from tests.tui.conftest import burst, until


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = build_ties_study(tmp_path_factory.mktemp("ties"))
    with open_project(str(place)) as project:
        network.propose(project, "First")
    return place


@pytest.fixture
def study(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    place = tmp_path / "ties.qualcode"
    shutil.copy(built, place)
    with open_project(str(place)) as project:
        yield project


async def reviewing(app: Workbench) -> TiesScreen:
    """Open the review from the list of documents."""
    await until(lambda: app.screen.query("#rows") and app.screen.is_mounted)
    burst(app, "t")
    await until(lambda: isinstance(app.screen, TiesScreen) and bool(app.screen.session.shown))
    screen = app.screen
    assert isinstance(screen, TiesScreen)
    await until(lambda: "every week" in screen.evidence.text)
    return screen


def here(screen: TiesScreen) -> network.TieRow:
    row = screen.session.current
    assert row is not None
    return row


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_a_tie_is_shown_with_its_words_and_confirmed(
    study: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=size):
        screen = await reviewing(app)
        assert "Officer —works with— Detective" in screen.tie.text
        assert "1 of 2 sources" in " ".join(screen.tie.text.split())
        burst(app, "enter")
        await until(lambda: "confirmed: Officer – Detective" in screen.said.text)
    (done,) = network.list_ties(study, status=TieStatus.CONFIRMED)
    assert done.quote == "I call the detective every week."


async def test_the_keys_correct_a_tie_and_z_takes_it_back(study: Project) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(100, 30)):
        screen = await reviewing(app)
        burst(app, "s")
        await until(lambda: here(screen).statement.directed)
        burst(app, "b")
        await until(lambda: here(screen).statement.trace.both_ways)
        burst(app, "v", "f", "t")
        await until(lambda: here(screen).statement.type.value == "excludes")
        assert here(screen).statement.valence == "neutral"
        burst(app, "p")
        await until(lambda: "is cleared: the tie is absent" in screen.said.text)
        burst(app, "z")
        await until(lambda: here(screen).statement.presence == "present")
        burst(app, "e", "'target=agency site=Z'", "enter")
        await until(lambda: "no site is called" in screen.said.text)
        burst(app, "e", "'target=agency'", "enter")
        await until(lambda: here(screen).statement.target == "agency")


async def test_a_file_of_reviews_is_not_taken_back_by_the_key(study: Project) -> None:
    (proposed,) = [one for one in network.list_ties(study) if "every week" in one.quote]
    ends = {"source": proposed.statement.source, "target": proposed.statement.target}
    line = {"document": "ada", "quote": "every week", "review": "rejected", "reason": "no"} | ends
    network.import_reviews(study, "reviews.jsonl", json.dumps(line).encode())
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(100, 30)):
        await until(lambda: bool(app.screen.query("#rows")) and app.screen.is_mounted)
        burst(app, "t")
        await until(lambda: isinstance(app.screen, TiesScreen) and bool(app.screen.session.shown))
        screen = app.screen
        assert isinstance(screen, TiesScreen)
        burst(app, "z")
        await until(lambda: "(ties reviewed) was made elsewhere, and stands" in screen.said.text)
        assert "\n" not in screen.said.text.strip()
        burst(app, "enter")
        await until(lambda: "confirmed" in screen.said.text)
        burst(app, "z")
        await until(lambda: "taken back" in screen.said.text)
    (still,) = network.list_ties(study, status=TieStatus.REJECTED)
    assert still.statement.note == "no"
    assert network.list_ties(study, status=TieStatus.CONFIRMED) == ()


async def test_rejecting_asks_why_and_undecided_may_stay_silent(study: Project) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(80, 24)):
        screen = await reviewing(app)
        first = here(screen).statement.id
        burst(app, "x", "enter")
        await until(lambda: "why is it rejected" in screen.said.text)
        burst(app, "x", "'a joke'", "enter")
        await until(lambda: here(screen).statement.id != first)
        second = here(screen).statement.id
        burst(app, "u", "enter")
        await until(lambda: here(screen).statement.id != second)
    rows = {row.statement.id: row.statement for row in network.list_ties(study)}
    assert (rows[first].status, rows[first].note) == (TieStatus.REJECTED, "a joke")
    assert rows[second].status is TieStatus.UNDECIDED


async def test_selected_words_become_an_alias_and_a_second_tie_is_added(study: Project) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(80, 24)):
        screen = await reviewing(app)
        burst(app, "right", "right", "shift+right")
        await until(lambda: screen.session.selected == "call the")
        burst(app, "a", "'agency document'", "enter")
        await until(lambda: "means agency (document)" in screen.said.text)
        before = len(network.list_ties(study))
        burst(app, "+", "'agency, shelter'", "enter")
        await until(lambda: len(network.list_ties(study)) == before + 1)
        await until(lambda: "asked: presence" in screen.tie.text)
    agency = next(one for one in network.list_actors(study) if one.key == "agency")
    assert "call the" in [alias.text for alias in agency.aliases]


async def test_context_reason_filter_and_second_reading_are_at_hand(study: Project) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(80, 24)):
        screen = await reviewing(app)
        burst(app, "c")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        burst(app, "escape")
        await until(lambda: app.screen is screen)
        burst(app, "w")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        burst(app, "escape")
        await until(lambda: app.screen is screen)
        burst(app, "/", *["backspace"] * 4, "'all shelter'", "enter")
        await until(lambda: "all shelter" in screen.head.text)
        burst(app, "S")
        await until(lambda: "your second reading is empty" in screen.said.text)
        burst(app, "R")
        await until(lambda: "new proposals" in screen.said.text)
    assert network.second_readers(study) == ("Max",)


async def test_a_batch_shows_what_it_would_confirm_and_escape_confirms_nothing(
    study: Project,
) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(80, 24)):
        screen = await reviewing(app)
        burst(app, "g")
        await until(lambda: "2 ties with the same code, pair and words" in screen.evidence.text)
        assert "at night" in screen.evidence.text
        burst(app, "escape")
        await until(lambda: "nothing was confirmed" in screen.said.text)
        assert network.list_ties(study, status=TieStatus.CONFIRMED) == ()
        burst(app, "g", "enter")
        await until(lambda: "2 ties confirmed" in screen.said.text)
    assert len(network.list_ties(study, status=TieStatus.CONFIRMED)) == 2


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_networks_lead_from_the_matrix_to_the_words(
    study: Project, size: tuple[int, int]
) -> None:
    ids = [row.statement.id for row in network.complete_proposals(study)]
    network.confirm_ties(study, ids)
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=size):
        await until(lambda: app.screen.query("#rows") and app.screen.is_mounted)
        burst(app, "w")
        await until(lambda: isinstance(app.screen, NetworkScreen))
        screen = app.screen
        assert isinstance(screen, NetworkScreen)
        await until(lambda: "Detective" in screen.picture.text)
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        reading = app.screen
        assert isinstance(reading, ReadingScreen)
        await until(lambda: "every week" in reading.rows.text)
        burst(app, "escape", "s")
        await until(lambda: "Site B" in screen.head.text)
        burst(app, "v")
        await until(lambda: "┌" in screen.picture.text)
        burst(app, "l", "J", "v")
        await until(lambda: "density" in screen.rows.text)
        burst(app, "v")
        await until(lambda: "denser" in screen.rows.text or "dense" in screen.rows.text)
        burst(app, "v", "u", "m")
        await until(lambda: screen.source.view.rule.value == "any")
        assert screen.source.view.universe.value == "interviewed"


async def test_a_project_without_ties_says_where_they_come_from(study: Project) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(80, 24)):
        await until(lambda: app.screen.query("#rows") and app.screen.is_mounted)
        burst(app, "w")
        await until(lambda: isinstance(app.screen, NetworkScreen))
        screen = app.screen
        assert isinstance(screen, NetworkScreen)
        await until(lambda: "no tie has been told" in screen.picture.text)
