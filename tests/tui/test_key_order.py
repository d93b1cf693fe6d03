"""Keys act in the order in which they were typed, however fast they come."""

from __future__ import annotations

from qualcode.services.coding import list_codings
from qualcode.services.project import Project
from qualcode.tui.app import Workbench
from tests.tui.conftest import burst, opened, until


def _made(project: Project) -> list[tuple[str, str]]:
    texts = {}
    from qualcode.services.documents import open_document

    made = []
    for coding in sorted(list_codings(project), key=lambda one: one.id):
        text = texts.setdefault(coding.document, open_document(project, coding.document).text)
        made.append((coding.code, text[coding.start : coding.end]))
    return made


async def test_moves_and_codes_of_a_burst_keep_their_order(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", ";", "t", "j", ";", "k", "j", "a", "j", "1", "j", "2")
        await until(lambda: len(screen.sitting.codings) == 5)
    made = _made(project)
    assert [code for code, _ in made] == [
        "benefit.trust", "benefit.contact", "benefit.contact", "benefit.trust", "benefit.contact",
    ]  # fmt: skip
    spans = [coding.start for coding in sorted(list_codings(project), key=lambda one: one.id)]
    assert spans == sorted(set(spans))


async def test_letters_typed_right_after_the_finder_key_reach_the_finder(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(
            workbench, "j", "/", "'shared'", "enter", "j", "j", "/", "'known c'", "enter", "j", "a"
        )
        await until(lambda: len(screen.sitting.codings) == 3)
        assert not screen.finder.is_open
    assert [code for code, _ in _made(project)] == [
        "benefit.goal", "benefit.contact", "benefit.contact",
    ]  # fmt: skip


async def test_facets_are_answered_by_the_very_next_keys(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", ";", "c", "b", "j", ";", "c", "enter", "j", "a", "a", "j", "u")
        await until(lambda: len(screen.sitting.codings) == 2 and screen.questions is None)
    facets = [coding.facets for coding in sorted(list_codings(project), key=lambda one: one.id)]
    assert facets == [{"site": "B"}, {"site": "B"}]


async def test_a_memo_typed_in_a_burst_is_kept_whole(
    workbench: Workbench, project: Project
) -> None:
    from qualcode.services.coding import list_memos

    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(
            workbench,
            "j",
            ";",
            "t",
            "m",
            "'who? Is \"she\" the judge; u x 1'",
            "escape",
            "j",
            "x",
            "j",
            ";",
            "k",
        )
        await until(lambda: len(screen.sitting.codings) == 2)
    assert [memo.body for memo in list_memos(project)] == ['who? Is "she" the judge; u x 1']


async def test_keys_typed_while_a_document_opens_are_not_lost(project: Project) -> None:
    from qualcode.tui.project_desk import ProjectDesk

    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        burst(app, "j", "enter", "j", ";", "t", "j", "a")
        screen = await opened(app)
        await until(lambda: len(screen.sitting.codings) == 2)
    assert {coding.document for coding in list_codings(project)} == {"talk-2"}
