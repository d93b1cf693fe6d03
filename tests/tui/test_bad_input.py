"""What the coding screen does when disk, file or terminal are not as one would like them."""

from __future__ import annotations

import asyncio
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual import events
from textual.events import MouseMove
from textual.geometry import Size

from qualcode.errors import ProjectError
from qualcode.services import coding, documents
from qualcode.services.project import Project, check_project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from tests.tui.comparing import settled, unlike
from tests.tui.conftest import burst, opened, until


async def said(screen: CodingScreen, words: str) -> None:
    await until(lambda: words in screen.status.text, seconds=10)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow: every write beyond its first byte fails, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def no_more_pages(project: Project) -> Iterator[None]:
    """Let SQLite itself say that the disk is full, as soon as the file would have to grow."""
    with project.database._engine.connect() as one, project.database._engine.connect() as other:
        connections = (one, other)
        pages = one.exec_driver_sql("PRAGMA page_count").scalar_one()
        for connection in connections:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with (
            project.database._engine.connect() as one,
            project.database._engine.connect() as other,
        ):
            for connection in (one, other):
                connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")


CHANGES = (
    (";", "t"), (";", "k", "x"), ("/", "'shared'", "enter"), ("/", "'patience'", "enter"), ("x",), ("r", "'known'", "enter"),
    ("J", "S"), ("l", "l", "|"), ("!",), ("m", "'why'", "ctrl+s"), ("u",), ("D",), ("J", "J", "&"),
    ("t", "A", "'more'", "enter", "t"), ("t", "end", "Q", "z", "t"),
)  # fmt: skip


async def test_on_a_full_disk_every_change_is_refused_at_once_and_nothing_is_pretended(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(140, 30)) as pilot:
        screen = await opened(workbench)
        burst(workbench, "j", "J", ";", "t", "j", ";", "t")
        await until(lambda: len(screen.sitting.codings) == 2)
        before = coding.list_codings(project)
        for keys in CHANGES:
            burst(workbench, "home", "j", "j", "J")
            await settled(workbench, pilot)
            with full_disk():
                burst(workbench, *keys)
                await settled(workbench, pilot)
                assert "not saved" in screen.status.text, keys
                assert unlike(workbench, project) == [], keys
                assert coding.list_codings(project) == before, keys
            burst(workbench, "escape", "escape")
        burst(workbench, "end", ";", "t")
        await said(screen, "Trust applied")
        assert unlike(workbench, project) == []
    assert not check_project(project).problems


async def test_when_sqlite_says_the_disk_is_full_the_codings_made_before_stand(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(100, 30)) as pilot:
        screen = await opened(workbench)
        with no_more_pages(project):
            for _ in range(80):
                burst(workbench, "j", ";", "t")
            await settled(workbench, pilot)
            await said(screen, "is full: the last change was not saved")
            kept = len(coding.list_codings(project))
            assert kept < 80
            assert unlike(workbench, project) == []
        burst(workbench, "j", ";", "k")
        await until(lambda: len(screen.sitting.codings) == kept + 1)
    assert not check_project(project).problems


@pytest.mark.parametrize("keys", [("l", "l", "|"), ("&",)])
async def test_a_split_or_join_that_is_refused_leaves_the_codings_as_they_were(
    workbench: Workbench, project: Project, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench.run_test(size=(140, 30)) as pilot:
        screen = await opened(workbench)
        burst(workbench, "j", "J", ";", "t", "j", ";", "t", "K", "K")
        await until(lambda: len(screen.sitting.codings) == 2)
        await settled(workbench, pilot)

        def refuse(*_: object, **__: object) -> None:
            raise ProjectError("the disk is full: the last change was not saved")

        for change in ("split", "join"):
            monkeypatch.setattr(screen.sitting.desk, change, refuse)
        burst(workbench, *keys)
        await said(screen, "not saved")
        assert unlike(workbench, project) == []


async def test_a_project_replaced_by_another_file_is_not_written_into(
    workbench: Workbench, project: Project, tmp_path: Path
) -> None:
    async with workbench.run_test(size=(120, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", ";", "t")
        await said(screen, "Trust applied")
        project.database.fold()
        shutil.copyfile(project.location, tmp_path / "other.qualcode")
        (tmp_path / "other.qualcode").replace(project.location)
        burst(workbench, "j", ";", "t", "u")
        await said(screen, "nothing was saved just now")
        assert len(screen.sitting.codings) == 1
        with open_project(project.location) as other:
            assert len(coding.list_codings(other)) == 1


async def test_the_same_project_open_twice_keeps_what_both_windows_write(
    project: Project, project_path: Path
) -> None:
    with open_project(str(project_path)) as second:
        one = Workbench(ProjectDesk(project), document="talk-1")
        async with one.run_test(size=(100, 30)) as pilot:
            left = await opened(one)
            other = Workbench(ProjectDesk(second), document="talk-1")
            async with other.run_test(size=(80, 24)) as beside:
                right = await opened(other)
                for _ in range(5):
                    burst(one, "j", ";", "t")
                    burst(other, "j", ";", "k")
                    await settled(one, pilot)
                    await settled(other, beside)
                assert len(left.sitting.codings) == len(right.sitting.codings) == 5
                burst(one, "f5")
                burst(other, "f5")
                await until(lambda: len(left.sitting.codings) == len(right.sitting.codings) == 10)
                assert unlike(one, project) == unlike(other, second) == []
    assert not check_project(project).problems


async def test_while_another_program_writes_the_key_is_refused_and_can_be_repeated(
    workbench: Workbench, project: Project
) -> None:
    with project.database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    async with workbench.run_test(size=(120, 30)):
        screen = await opened(workbench)
        other = open_project(project.location)
        with other, other.database._engine.connect() as holder:
            holder.connection.driver_connection.execute("BEGIN IMMEDIATE")
            burst(workbench, "j", ";", "t")
            await said(screen, "is being written by another program")
            assert not screen.sitting.codings
            holder.connection.driver_connection.execute("ROLLBACK")
        burst(workbench, "a", ";", "t")
        await said(screen, "Trust applied")
        assert unlike(workbench, project) == []


@pytest.mark.parametrize("size", [(80, 1), (1, 24), (200, 2), (3, 3)])
async def test_a_terminal_of_one_row_or_column_loses_nothing(
    project: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        burst(app, "j", "k", "enter")
        screen = await opened_at_any_size(app)
        burst(
            app,
            "j",
            ";",
            "t",
            "j",
            "/",
            "'known'",
            "enter",
            "m",
            "'why'",
            "ctrl+s",
            "t",
            "t",
            "i",
            "?",
            "escape",
        )
        await until(lambda: len(screen.sitting.codings) == 2)
        await pilot.resize_terminal(80, 24)
        await settled(app, pilot)
        assert unlike(app, project) == []


async def opened_at_any_size(app: Workbench) -> CodingScreen:
    await until(lambda: isinstance(app.screen, CodingScreen) and not app._waiting)
    screen = app.screen
    assert isinstance(screen, CodingScreen)
    return screen


async def test_a_storm_of_resizes_between_keys_loses_no_key(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        for n in range(30):
            burst(workbench, "j", ";", "t")
            width, height = 20 + n * 37 % 181, 2 + n * 13 % 49
            workbench.post_message(events.Resize(Size(width, height), Size(width, height)))
            if n % 5 == 0:
                await pilot.resize_terminal(200 - n * 6, 3 + n)
        await until(lambda: len(screen.sitting.codings) == 30)
        await pilot.resize_terminal(100, 30)
        await settled(workbench, pilot)
        assert unlike(workbench, project) == []


async def test_pasted_text_codes_nothing_and_reaches_only_what_is_open_to_be_written_in(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        workbench.post_message(events.Paste(";tj;t\r1aqx"))
        burst(workbench, "j", "m")
        workbench.post_message(events.Paste("two\nlines; \x1b[31mt"))
        burst(workbench, "ctrl+s", "/")
        workbench.post_message(events.Paste("shared\ngoal"))
        burst(workbench, "enter")
        await until(lambda: len(screen.sitting.codings) == 1)
        await settled(workbench, pilot)
        assert unlike(workbench, project) == []
    (memo,) = coding.list_memos(project)
    assert memo.body.startswith("two\nlines; ")


async def test_hundreds_of_keys_at_once_all_act(workbench: Workbench, project: Project) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        sentences = documents.open_document(project, "talk-1").sentences
        burst(workbench, *(["j", ";", "t", "a", "u"] * 80), ";", "k")
        await said(screen, "Known contact applied")
        await settled(workbench, pilot)
        assert unlike(workbench, project) == []
    (coding_,) = coding.list_codings(project)
    assert (coding_.start, coding_.end) == sentences[80]


async def test_dragging_beyond_the_edge_scrolls_and_goes_on_selecting(
    workbench: Workbench,
) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        pane, model = screen.pane, screen.sitting.model
        start = model.text.index("We call")
        row = model.table.row_of(start)
        left = pane.columns.text_left + model.table.cell_of(row, start)
        await pilot.mouse_down("#transcript", offset=(left, row))
        below = pane.size.height + 2
        pane.post_message(mouse_moved(pane, left, below))
        await until(lambda: pane.scroll_offset.y > 15)
        assert model.selection.start == start
        assert model.table.row_of(model.selection.end - 1) >= pane.scroll_offset.y + 15
        pane.post_message(mouse_moved(pane, left, -3))
        await until(lambda: pane.scroll_offset.y == 0)
        assert model.selection.end <= start + 1
        pane.post_message(mouse_moved(pane, left + 6, row))
        await until(lambda: model.text[slice(*model.selection.span)] == "We call")
        await pilot.mouse_up("#transcript", offset=(left + 6, row))
        await asyncio.sleep(0.15)
        assert pane.scroll_offset.y == 0


def mouse_moved(pane: object, x: int, y: int) -> MouseMove:
    return MouseMove(pane, x, y, 0, 0, 1, False, False, False)  # type: ignore[arg-type]
