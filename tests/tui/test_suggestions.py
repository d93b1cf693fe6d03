"""Suggestions and weights in the coding screen: shown, stepped through, accepted, rejected; weighted by single keys."""

from __future__ import annotations

import pytest

from qualcode.core.codebook import WeightScale
from qualcode.core.coding import Coding, Provenance
from qualcode.services import codebook, coding, suggest
from qualcode.services.project import Project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.widgets.transcript.marks import Layer
from tests.tui.conftest import burst, opened, until


@pytest.fixture
def suggesting(project: Project) -> Workbench:
    """Open an interview in which one code can be suggested twenty times."""
    codebook.change_code(project, "benefit.goal", aliases=("call each other",))
    return Workbench(ProjectDesk(project), document="talk-1")


def codings(project: Project) -> tuple[Coding, ...]:
    return coding.list_codings(project, document="talk-1")


def marks(screen: CodingScreen) -> int:
    found = screen.sitting.model.marks.all()
    return sum(1 for mark in found if mark.layer is Layer.SUGGESTION)


async def test_suggestions_are_shown_explained_and_taken_away_by_the_same_key(
    suggesting: Workbench, project: Project
) -> None:
    async with suggesting.run_test(size=(140, 40)):
        screen = await opened(suggesting)
        burst(suggesting, "P")
        await until(lambda: marks(screen) == 20)
        await until(lambda: "alias “call each other”" in screen.inspector.text)
        assert "20 suggestions for all codes" in screen.status.text
        burst(suggesting, "P")
        await until(lambda: marks(screen) == 0)
        assert codings(project) == ()
        assert suggest.shown_codes(project, "talk-1") == {"benefit.goal"}


async def test_accepting_makes_a_coding_counted_apart_and_goes_on(
    suggesting: Workbench, project: Project
) -> None:
    async with suggesting.run_test(size=(140, 40)):
        screen = await opened(suggesting)
        burst(suggesting, "P", "A", "A")
        await until(lambda: len(codings(project)) == 2)
        assert {one.provenance for one in codings(project)} == {Provenance.ACCEPTED_SUGGESTION}
        await until(lambda: marks(screen) == 18)
        burst(suggesting, "u")
        await until(lambda: len(codings(project)) == 1 and marks(screen) == 19)


async def test_a_rejected_suggestion_is_gone_for_good_until_undone(
    suggesting: Workbench, project: Project
) -> None:
    async with suggesting.run_test(size=(140, 40)):
        screen = await opened(suggesting)
        burst(suggesting, "P", "X")
        await until(lambda: marks(screen) == 19)
        burst(suggesting, "P", "P")
        await until(lambda: marks(screen) == 19)
        burst(suggesting, "u")
        await until(lambda: marks(screen) == 20)
        assert codings(project) == ()


async def test_stepping_goes_through_suggestions_and_no_other_key_stops_at_them(
    suggesting: Workbench, project: Project
) -> None:
    async with suggesting.run_test(size=(140, 40)):
        screen = await opened(suggesting)
        burst(suggesting, "P")
        await until(lambda: marks(screen) == 20)
        first = screen.sitting.model.selection.start
        burst(suggesting, "z", "z")
        await until(lambda: screen.sitting.model.selection.start > first)
        third = screen.sitting.model.selection.start
        burst(suggesting, "Z", "Z")
        await until(lambda: screen.sitting.model.selection.start == first < third)
        burst(suggesting, "Z")
        await until(lambda: "no further suggestion" in screen.status.text)
        burst(suggesting, "e")
        await until(lambda: "no further coding" in screen.status.text)
        burst(suggesting, "home", "w", "w", "w")
        await until(lambda: screen.sitting.model.selection.start > 0)


async def test_coding_by_hand_where_a_suggestion_was_shown_is_kept_as_such_also_later(
    suggesting: Workbench, project: Project
) -> None:
    async with suggesting.run_test(size=(140, 40)):
        screen = await opened(suggesting)
        burst(suggesting, "P")
        await until(lambda: marks(screen) == 20)
        burst(suggesting, "P", "/", "'shared goal'", "enter")
        await until(lambda: len(codings(project)) == 1)
        burst(suggesting, "/", "'trust'", "enter")
        await until(lambda: len(codings(project)) == 2)
    found = {one.code: one.provenance for one in codings(project)}
    assert found == {
        "benefit.goal": Provenance.AFTER_SUGGESTION,
        "benefit.trust": Provenance.INDEPENDENT,
    }
    later = Workbench(ProjectDesk(project), document="talk-1")
    async with later.run_test(size=(140, 40)):
        screen = await opened(later)
        await until(lambda: bool(screen.sitting.codings))
        span = suggest.suggest_codings(project, code="goal", document="talk-1")[3].suggestion
        assert screen.sitting.provenance("benefit.goal", (span.start, span.end)) is (
            Provenance.AFTER_SUGGESTION
        )


async def test_a_demanded_facet_is_asked_before_a_suggestion_is_accepted(
    project: Project,
) -> None:
    codebook.change_code(project, "challenge.load", aliases=("that is all",))
    app = Workbench(ProjectDesk(project), document="talk-1")
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "P", "A", "b")
        await until(lambda: len(codings(project)) == 1)
        (one,) = codings(project)
        assert (one.facets, one.provenance) == ({"site": "B"}, Provenance.ACCEPTED_SUGGESTION)
        await until(lambda: marks(screen) == 19)


async def test_without_a_code_or_a_suggestion_the_keys_say_so(project: Project) -> None:
    app = Workbench(ProjectDesk(project), document="talk-1")
    async with app.run_test(size=(140, 40)):
        screen = await opened(app)
        await until(lambda: screen.tree_pane.last_line >= 0)
        burst(app, "A")
        await until(lambda: "no suggestion stands here" in screen.status.text)
        burst(app, "z")
        await until(lambda: "no suggestions are shown" in screen.status.text)
        burst(app, "t", "j", "s")
        await until(lambda: "no suggestion for" in screen.status.text)


async def test_a_coding_is_weighted_by_single_keys(project: Project) -> None:
    codebook.change_code(project, "benefit", weights=WeightScale(1, 5, "how strong"))
    app = Workbench(ProjectDesk(project), document="talk-1")
    async with app.run_test(size=(140, 40)):
        screen = await opened(app)
        burst(app, "d")
        await until(lambda: "no coding stands here" in screen.status.text)
        burst(app, ";", "t", "d", "4")
        await until(lambda: [one.weight for one in codings(project)] == [4])
        await until(lambda: "weight 4 of 1–5" in screen.inspector.text)
        burst(app, "d", "9", "d")
        await until(lambda: screen.questions is not None)
        burst(app, "space")
        await until(lambda: [one.weight for one in codings(project)] == [None])
        burst(app, "u")
        await until(lambda: [one.weight for one in codings(project)] == [4])


async def test_on_a_long_scale_digits_are_tenths_and_any_number_can_be_typed(
    project: Project,
) -> None:
    app = Workbench(ProjectDesk(project), document="talk-1")
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, ";", "t", "d", "7")
        await until(lambda: [one.weight for one in codings(project)] == [70])
        burst(app, "percent_sign", "enter", "backspace", "backspace", "'250'", "enter")
        await until(lambda: screen.line_entry.display and screen.questions is None)
        burst(app, "backspace", "backspace", "backspace", "'33'", "enter")
        await until(lambda: [one.weight for one in codings(project)] == [33])
