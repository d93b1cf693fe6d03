"""The screen of agreement: from the documents to the figures, to the passages, to the text, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualcode.core.project import Role
from qualcode.core.rounds import RoundState
from qualcode.services import coding, rounds
from qualcode.services.project import Project, add_coder, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.agreement import AgreementScreen
from qualcode.tui.screens.agreement.passages import PassagesScreen
from qualcode.tui.screens.agreement.views import View
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.start import StartScreen
from qualcode.tui.widgets.lines import Lines
from tests.tui.conftest import burst, until


@pytest.fixture
def compared(project_path: Path) -> Iterator[Project]:
    """Two coders have read the three interviews; they agree about trust and differ about the caseload."""
    with open_project(str(project_path)) as lead:
        add_coder(lead, "Bea", role=Role.ANALYST)
        rounds.assign_documents(lead, "first", coders=["Bea"])
    said = {
        "Ada": {"benefit.trust": "Answer 0 of {n}. We call each other by name.", "challenge.load": "Answer 3 of {n}."},
        "Bea": {"benefit.trust": "Answer 0 of {n}. We call each other by name.", "benefit": "Answer 3 of {n}."},
    }  # fmt: skip
    for who, codes in said.items():
        with open_project(str(project_path), coder=who) as handle:
            for number in (1, 2, 3):
                for code, words in codes.items():
                    quote = words.format(n=number)
                    start, end = coding.locate(
                        handle, f"talk-{number}", quote=quote, start=None, end=None
                    )
                    facets = {"site": "A"} if code.startswith("challenge") else None
                    coding.apply_code(
                        handle, code, document=f"talk-{number}", round="first",
                        start=start, end=end, facets=facets,
                    )  # fmt: skip
                rounds.mark_done(handle, "first", f"talk-{number}")
    with open_project(str(project_path)) as lead:
        rounds.set_round_state(lead, "first", RoundState.RECONCILING)
        yield lead


async def at_agreement(app: Workbench) -> AgreementScreen:
    await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
    burst(app, "a")
    await until(lambda: isinstance(app.screen, AgreementScreen))
    screen = app.screen
    assert isinstance(screen, AgreementScreen)
    await until(lambda: screen.grid.key is not None)
    return screen


async def passages_of(app: Workbench) -> PassagesScreen:
    await until(lambda: isinstance(app.screen, PassagesScreen))
    screen: Any = app.screen
    await until(lambda: bool(screen.query_one("#title", Lines).text))
    return screen  # type: ignore[no-any-return]


def text_of(screen: Any, part: str) -> str:
    return str(screen.query_one(part, Lines).text)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_the_figures_of_the_round_stand_in_the_table(
    compared: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=size):
        screen = await at_agreement(app)
        shown = text_of(screen, "#figures")
        assert "Trust" in shown and "1.00" in shown
        assert "|uα" in text_of(screen, "#title") and "cuα" in text_of(screen, "#title")
        assert "needs at least 5 documents" in " ".join(text_of(screen, "#told").split())


async def test_enter_on_a_figure_leads_to_its_passages_and_on_to_the_text(
    compared: Project,
) -> None:
    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=(80, 24)):
        screen = await at_agreement(app)
        while screen.grid.key != "challenge.load":
            screen.grid.action_step(1, 0)
        burst(app, "enter")
        found = await passages_of(app)
        assert "3 passages" in text_of(found, "#title")
        assert "Ada gave it; Bea did not" in text_of(found, "#quote")
        burst(app, "j", "enter")
        await until(lambda: isinstance(app.screen, CodingScreen))
        sitting: Any = app.screen
        await until(lambda: sitting.sitting.reading.document.name == "talk-2")
        selection = sitting.sitting.model.selection
        assert sitting.sitting.model.text[selection.start : selection.end].startswith(
            "Answer 3 of 2"
        )


async def test_a_cell_of_a_heatmap_leads_to_the_passages_of_its_pair_and_document(
    compared: Project,
) -> None:
    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=(80, 24)):
        screen = await at_agreement(app)
        burst(app, "v")
        await until(lambda: screen.view is View.PAIRS)
        assert "Ada·Bea" in text_of(screen, "#figures")
        burst(app, "v", "l", "l", "end")
        await until(lambda: screen.view is View.DOCUMENTS and screen.grid.column == 2)
        assert "talk-2" in text_of(screen, "#told")
        burst(app, "enter")
        found = await passages_of(app)
        assert "talk-2" in text_of(found, "#title") and "2 passages" in text_of(found, "#title")
        burst(app, "v")
        await until(lambda: "where they agree" in text_of(found, "#title"))
        burst(app, "q", "q")
        await until(lambda: isinstance(app.screen, StartScreen))


async def test_r_on_a_passage_leads_to_its_discrepancy(compared: Project) -> None:
    from qualcode.tui.screens.reconcile import ReconcileScreen

    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=(80, 24)):
        await at_agreement(app)
        burst(app, "end", "enter")
        found = await passages_of(app)
        burst(app, "end", "r")
        await until(lambda: isinstance(app.screen, ReconcileScreen))
        screen: Any = app.screen
        wanted = found.shown[-1].discrepancy
        await until(lambda: screen.session.is_whole)
        assert screen.session.current.id == wanted


async def test_the_table_sorts_by_the_column_of_the_cursor_and_goes_back_to_the_tree(
    compared: Project,
) -> None:
    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=(80, 24)):
        screen = await at_agreement(app)
        burst(app, "s")
        await until(lambda: screen.grid.sorted_by is not None)
        assert screen.grid.key == "benefit.trust"
        burst(app, "s")
        await until(lambda: screen.grid.sorted_by == (3, False))
        assert screen.grid.key != "benefit.trust"
        burst(app, "t")
        await until(lambda: screen.grid.sorted_by is None)


async def test_unit_and_text_can_be_changed_and_the_method_read(compared: Project) -> None:
    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=(80, 24)):
        screen = await at_agreement(app)
        burst(app, "n", "i")
        await until(lambda: not screen.report.measured.with_interviewer)
        assert "by sentence, without the interviewer" in text_of(screen, "#title")
        burst(app, "m")
        await until(lambda: app.screen is not screen)
        burst(app, "escape")
        await until(lambda: app.screen is screen)


async def test_a_blind_open_round_is_refused_on_the_start_screen(project: Project) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
        burst(app, "a")
        await until(lambda: "blind and open" in text_of(app.screen, "#said"))
        assert isinstance(app.screen, StartScreen)


async def test_a_click_chooses_a_figure_and_a_second_one_opens_it(compared: Project) -> None:
    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_agreement(app)
        lines = text_of(screen, "#figures").split("\n")
        row = next(n for n, line in enumerate(lines) if "Caseload" in line)
        at = lines[row].index("3")
        await pilot.click("#figures", offset=(at, row))
        assert screen.grid.key == "challenge.load" and screen.grid.column == 0
        burst(app, "pagedown", "end", "home", "pageup", "right", "left", "down", "up")
        await until(lambda: screen.grid.key == "benefit")
        await pilot.click("#figures", offset=(at, row), times=2)
        await passages_of(app)


async def test_a_narrow_terminal_scrolls_to_the_column_of_the_cursor(compared: Project) -> None:
    app = Workbench(ProjectDesk(compared))
    async with app.run_test(size=(50, 16)):
        screen = await at_agreement(app)
        burst(app, *["l"] * 6)
        await until(lambda: screen.grid.column == 6)
        assert "95 % interval" in text_of(screen, "#figures")
        burst(app, *["h"] * 6)
        await until(lambda: screen.grid.column == 0)
        assert "spans" in text_of(screen, "#figures")
