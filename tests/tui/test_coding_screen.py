"""What the keys of the coding screen do, on a real project."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual.events import MouseMove
from textual.geometry import Offset

from qualcode.services.codebook import read_codebook
from qualcode.services.coding import list_codings, list_memos
from qualcode.services.documents import open_document
from qualcode.services.project import Project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.widgets.lines import Lines
from qualcode.tui.widgets.transcript import Unit
from tests.tui.conftest import burst, opened, until


def quotes(project: Project, document: str = "talk-1") -> list[tuple[str, str]]:
    text = open_document(project, document).text
    found = sorted(list_codings(project, document=document), key=lambda one: one.id)
    return [(one.code, text[one.start : one.end]) for one in found]


async def said(screen: CodingScreen, words: str) -> None:
    await until(lambda: words in screen.status.text)


async def test_a_coding_is_removed_undone_and_redone(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", "j", ";", "t", "x")
        await said(screen, "Trust removed")
        assert quotes(project) == []
        burst(workbench, "u")
        await said(screen, "taken back")
        assert [code for code, _ in quotes(project)] == ["benefit.trust"]
        burst(workbench, "u")
        await until(lambda: not screen.sitting.codings)
        burst(workbench, "U")
        await until(lambda: len(screen.sitting.codings) == 1)
    assert [code for code, _ in quotes(project)] == ["benefit.trust"]


async def test_a_code_can_be_made_on_the_spot_from_the_selected_words(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", "j", "j", "l", "l", "L", "/", "up", "enter")
        await until(lambda: len(screen.sitting.codings) == 1)
    (code, quote), *_ = quotes(project)
    assert read_codebook(project).by_key[code].name == quote


async def test_the_same_code_on_the_same_span_is_one_coding(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", ";", "t", ";", "t")
        await said(screen, "stands here already")
    assert len(quotes(project)) == 1


async def test_a_coding_gets_other_ends_another_code_and_a_flag(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", "j", "j", ";", "t", "J", "S")
        await said(screen, "ends of Trust set")
        burst(workbench, "!", "r", "'shared'", "enter")
        await said(screen, "Trust became Shared goal")
    (coding,) = list_codings(project)
    assert coding.code == "benefit.goal" and coding.flagged
    assert quotes(project)[0][1].count(".") + quotes(project)[0][1].count("?") == 2


async def test_facets_are_asked_again_and_replaced(workbench: Workbench, project: Project) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", ";", "c", "a", "F", "b")
        await until(
            lambda: (
                bool(list_codings(project)) and list_codings(project)[0].facets == {"site": "B"}
            )
        )
        burst(workbench, ";", "c", "escape")
        await said(screen, "left as it was")
    assert len(quotes(project)) == 1


async def test_next_coding_same_code_and_uncoded_text_are_found(workbench: Workbench) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        burst(workbench, "j", ";", "t", "j", ";", "k", "j", "j", ";", "t", "home", "e")
        await until(lambda: len(screen.sitting.codings) == 3)
        await pilot.pause()
        current = screen.sitting.current
        assert current is not None and current.code == "benefit.trust"
        burst(workbench, "n")
        await pilot.pause()
        later = screen.sitting.current
        assert later is not None and later.code == "benefit.trust" and later.id != current.id
        burst(workbench, "N", "w")
        await pilot.pause()
        assert screen.sitting.here() == []


async def test_words_are_searched_in_the_document(workbench: Workbench) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        burst(workbench, "f", "'BY NAME'", "enter")
        await said(screen, "20 × “BY NAME”")
        selection = screen.sitting.model.selection
        assert screen.sitting.model.text[selection.start : selection.end] == "by name"
        burst(workbench, "'", "escape")
        await pilot.pause()
        assert screen.sitting.hits == []


async def test_a_memo_is_rewritten_and_an_emptied_one_is_removed(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        burst(workbench, "m", "'first'", "enter", "'line'", "escape")
        await until(lambda: bool(list_memos(project)))
        assert list_memos(project)[0].body == "first\nline"
        burst(workbench, "m", "'!'", "ctrl+s")
        await until(lambda: list_memos(project)[0].body == "first\nline!")
        screen.sitting.write_memo("")
        await pilot.pause()
    assert list_memos(project) == ()


async def test_codes_are_pinned_by_hand_and_remembered(project: Project) -> None:
    for _ in range(2):
        app = Workbench(ProjectDesk(project), document="talk-1")
        async with app.run_test(size=(120, 24)) as pilot:
            screen = await opened(app)
            await pilot.pause()
            if not screen.sitting.pin(7):
                burst(app, "t", "j", "p", "7", "t")
                await said(screen, "is on 7")
            else:
                burst(app, "j", "7")
                await said(screen, "Trust applied")
    assert [code for code, _ in quotes(project)] == ["benefit.trust"]


async def test_the_codebook_is_edited_in_its_pane(workbench: Workbench, project: Project) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        screen = await opened(workbench)
        await pilot.pause()
        burst(workbench, "t", "home", "A", "'Patience'", "enter")
        await said(screen, "Patience added")
        burst(workbench, "j", "R", "backspace", "'ed'", "enter")
        await said(screen, "is now Trused")
        burst(workbench, "Q", "z")
        await said(screen, "has the key z")
        burst(workbench, "v", "v", "end", "M")
        await said(screen, "moved to Caseload")
        book = read_codebook(project)
        assert book.by_key["benefit.patience"].name == "Patience"
        assert book.by_key["benefit.trust"].quick_key == "z"
        assert book.by_key["benefit.trust"].parent == "challenge.load"
        burst(workbench, "u")
        await said(screen, "taken back")


async def test_the_rules_of_a_code_are_edited_on_the_codebook_screen_and_read_afresh(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        screen = await opened(workbench)
        await pilot.pause()
        burst(workbench, "t", "home", "j", "E", "enter", "a", "'reliance'", "enter")
        await until(
            lambda: read_codebook(project).by_key["benefit.trust"].include == ("reliance",)
        )
        burst(workbench, "escape", "escape")
        await until(lambda: workbench.screen is screen)
        await until(
            lambda: screen.sitting.looks.codebook.by_key["benefit.trust"].include == ("reliance",)
        )


async def test_merging_asks_first_and_moves_the_codings(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(120, 40)) as pilot:
        screen = await opened(workbench)
        await pilot.pause()
        burst(workbench, "j", ";", "t", "t", "home", "j", "v", "G")
        await until(
            lambda: "merge Trust into Known contact? 1 coding by Ada in first" in screen.hint.text
        )
        burst(workbench, "n", "G", "y")
        await said(screen, "Trust merged into Known contact")
        assert "benefit.trust" not in read_codebook(project).by_key
    assert [code for code, _ in quotes(project)] == ["benefit.contact"]


async def test_click_selects_the_sentence_twice_the_word_thrice_the_turn(
    workbench: Workbench,
) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        pane = screen.pane
        model = screen.sitting.model
        at = model.text.index("each other")
        row = model.table.row_of(at)
        place = Offset(pane.columns.text_left + model.table.cell_of(row, at), row)
        for times, expected in ((1, "We call each other by name."), (2, "each")):
            await pilot.click("#transcript", offset=place, times=times)
            chosen = model.text[slice(*model.selection.span)]
            assert chosen == expected
        await pilot.click("#transcript", offset=place, times=3)
        assert model.selection.unit is Unit.TURN


async def test_dragging_selects_characters_to_the_code_point(workbench: Workbench) -> None:
    async with workbench.run_test(size=(80, 24)) as pilot:
        screen = await opened(workbench)
        pane, model = screen.pane, screen.sitting.model
        at = model.text.index("We call")
        row = model.table.row_of(at)
        left = pane.columns.text_left + model.table.cell_of(row, at)
        await pilot.mouse_down("#transcript", offset=(left, row))
        await pilot._post_mouse_events(
            [MouseMove],
            "#transcript",
            offset=(left + 6, row),
            button=1,
        )
        await pilot.mouse_up("#transcript", offset=(left + 6, row))
        assert model.text[slice(*model.selection.span)] == "We call"


@pytest.mark.parametrize("size", [(1, 1), (7, 2), (30, 5), (80, 24), (100, 30), (200, 50)])
async def test_every_size_of_terminal_is_survived(project: Project, size: tuple[int, int]) -> None:
    app = Workbench(ProjectDesk(project), document="talk-1")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app)
        await pilot.resize_terminal(*size)
        burst(app, "j", ";", "t", "J", "t", "t", "i", "/", "escape", "pagedown", "end")
        await until(lambda: len(screen.sitting.codings) == 1)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Trust" in screen.pins.text


async def test_panes_stand_where_there_is_room_for_them(project: Project) -> None:
    for width, tree, inspector in ((80, False, False), (100, True, False), (140, True, True)):
        app = Workbench(ProjectDesk(project), document="talk-1")
        async with app.run_test(size=(width, 30)) as pilot:
            screen = await opened(app)
            await pilot.pause()
            assert (screen.tree_pane.display, screen.inspector.display) == (tree, inspector)


async def test_every_key_costs_one_frame_and_little_time(workbench: Workbench) -> None:
    async with workbench.run_test(size=(140, 40)) as pilot:
        screen = await opened(workbench)
        await pilot.pause(0.3)
        frames = 0
        original = screen._compositor_refresh

        def counted() -> None:
            nonlocal frames
            frames += 1
            original()

        screen._compositor_refresh = counted  # type: ignore[method-assign]
        keys = ["j", "J", ";", "t", "a", "k", "l", "pagedown", "e", "c", "+", "-", "x", "]"]
        begun = time.process_time()
        for key in keys:
            await pilot.press(key)
        spent = time.process_time() - begun
        assert frames <= len(keys)
        assert spent / len(keys) < 0.15


async def test_the_round_is_chosen_on_the_start_screen(project: Project) -> None:
    from qualcode.services.rounds import new_round
    from qualcode.tui.screens.start import StartScreen

    new_round(project, "second", blind=False)
    desk = ProjectDesk(project, round="first")
    app = Workbench(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
        await pilot.pause()
        burst(app, "r", "j", "enter")
        await until(lambda: desk.round is not None and desk.round.name == "second")
        burst(app, "D")
        await pilot.pause()
        assert desk.documents()[0].done is True
        burst(app, "enter")
        screen = await opened(app)
        assert "not blind" in screen.status.text
        burst(app, "q")
        await until(lambda: isinstance(app.screen, StartScreen))


async def test_a_project_that_has_vanished_is_said_and_nothing_is_pretended(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(120, 24)) as pilot:
        screen = await opened(workbench)
        await pilot.pause()
        Path(project.location).rename(project.location + ".away")
        burst(workbench, "j", ";", "t")
        await said(screen, "is no longer there")
        assert not screen.sitting.codings and not len(screen.sitting.model.marks)
        Path(project.location + ".away").rename(project.location)
        burst(workbench, "a", ";", "t")
        await said(screen, "Trust applied")


async def test_help_palette_notices_and_themes_open_and_close(workbench: Workbench) -> None:
    from qualcode.tui.app import THEMES
    from qualcode.tui.screens.reading import ReadingScreen

    async with workbench.run_test(size=(100, 30)) as pilot:
        screen = await opened(workbench)
        await pilot.pause()
        for key in ("?", "f8"):
            burst(workbench, key)
            await until(lambda: isinstance(workbench.screen, ReadingScreen))
            burst(workbench, "pagedown", "j", "escape")
            await until(lambda: workbench.screen is screen)
        for _ in THEMES:
            burst(workbench, "f9", "j")
            await pilot.pause()
        burst(workbench, "ctrl+p")
        await until(lambda: workbench.screen is not screen)
        for letter in "extend by a turn":
            await pilot.press("space" if letter == " " else letter)
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(lambda: workbench.screen is screen)


async def test_forty_codings_of_varied_kinds_take_at_most_three_keys_each_beyond_moving(
    workbench: Workbench, project: Project
) -> None:
    kinds = (
        (";", "t"), ("1",), ("a",), (";", "k"), ("2",), ("/", "s", "enter"), (";", "c", "b"), ("4", "enter"),
        ("L", "1"), ("a", "x", "u"),
    )  # fmt: skip
    spent = 0
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        for n in range(40):
            keys = kinds[n % len(kinds)]
            spent += len(keys)
            burst(workbench, "j", *keys)
        await until(lambda: len(screen.sitting.codings) == 40 and screen.questions is None)
        made = len(screen.sitting.codings)
    assert len(quotes(project)) == made
    assert spent / 40 <= 3


async def test_what_a_second_window_changed_is_read_on_demand(
    workbench: Workbench, project: Project
) -> None:
    from qualcode.services.coding import apply_code, remove_coding
    from qualcode.services.project import open_project

    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", "j", ";", "t")
        await until(lambda: len(screen.sitting.codings) == 1)
        with open_project(project.location) as other:
            apply_code(other, "benefit.goal", document="talk-1", round="first", start=60, end=90)
            remove_coding(other, next(iter(screen.sitting.codings)))
        burst(workbench, "x")
        await said(screen, "there is no coding")
        burst(workbench, "f5")
        await said(screen, "read afresh")
        assert [one.code for one in screen.sitting.codings.values()] == ["benefit.goal"]


async def test_bookmarks_are_kept_for_the_next_sitting(project: Project) -> None:
    app = Workbench(ProjectDesk(project), document="talk-1")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app)
        await pilot.pause()
        burst(app, "]", "]", "b", "home", "]", "b")
        await said(screen, "bookmark set")
        burst(app, "b")
        await said(screen, "bookmark removed")
        place = screen.sitting.model.selection.span
    app = Workbench(ProjectDesk(project), document="talk-1")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app)
        await pilot.pause()
        assert screen.sitting.model.selection.span == place
        burst(app, "home", "B")
        await until(lambda: screen.sitting.model.selection.start > place[0])


async def test_codings_of_others_can_be_hidden_where_they_may_be_seen(project: Project) -> None:
    from qualcode.core.project import Role
    from qualcode.services.coding import apply_code
    from qualcode.services.project import add_coder, open_project
    from qualcode.services.rounds import new_round

    add_coder(project, "Ben", role=Role.MENTEE)
    new_round(project, "open", blind=False)
    with open_project(project.location, coder="Ben") as other:
        apply_code(other, "benefit.goal", document="talk-1", round="open", start=60, end=90)
    app = Workbench(ProjectDesk(project, round="open"), document="talk-1")
    async with app.run_test(size=(140, 24)) as pilot:
        screen = await opened(app)
        await pilot.pause()
        burst(app, "e", "x")
        await said(screen, "this coding is Ben's")
        assert "Ben" in screen.inspector.text
        burst(app, "y")
        await said(screen, "only my codings shown")
        assert not screen.sitting.codings


async def test_the_terminals_cursor_follows_the_selection_when_asked_to(project: Project) -> None:
    app = Workbench(ProjectDesk(project), document="talk-1", hardware_cursor=True)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app)
        burst(app, "j", "j")
        await pilot.pause()
        assert app.cursor_position == screen.pane.cell_of_selection()


async def test_documents_are_filtered_and_imported_from_the_list(
    project: Project, project_path: Path
) -> None:
    from qualcode.tui.screens.start import StartScreen

    extra = project_path.parent / "one more.txt"
    extra.write_text("Ada: Quite another text. It is short.\n", encoding="utf-8")
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(100, 24)) as pilot:
        await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
        screen = app.screen
        assert isinstance(screen, StartScreen)
        await pilot.pause()
        burst(app, "/", "'talk-2'", "enter")
        await until(lambda: "talk-1" not in screen.rows.text and "talk-2" in screen.rows.text)
        burst(app, "escape", "A", f"'{extra}'", "enter")
        await until(lambda: "one more" in screen.rows.text)
        burst(app, "A", f"'{extra}'", "enter")
        await until(lambda: "the same text is in the project already" in app.notices[0][1])
        burst(app, "A", "'/nowhere/at/all'", "enter")
        await pilot.pause(0.2)
        assert "does not exist" in screen.query_one("#said", Lines).text


async def test_undo_stops_before_the_import_of_the_document_at_hand(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "j", ";", "t", "u")
        await said(screen, "taken back")
        burst(workbench, *["u"] * 12)
        await said(screen, "(documents assigned) was made elsewhere, and stands")
        burst(workbench, "j", ";", "t")
        await until(lambda: len(screen.sitting.codings) == 1)
    assert len(quotes(project)) == 1


async def test_a_coding_is_split_at_the_selection_and_joined_again(
    workbench: Workbench, project: Project
) -> None:
    async with workbench.run_test(size=(80, 24)):
        screen = await opened(workbench)
        burst(workbench, "]", "]", "]", "]", "j", "J", "J", ";", "c", "b")
        await until(lambda: len(screen.sitting.codings) == 1)
        whole = quotes(project)[0][1]
        burst(workbench, "j", "k", "k", "|")
        await said(screen, "split in two")
        first, second = (quote for _, quote in quotes(project))
        assert f"{first} {second}" == whole
        assert [one.facets for one in list_codings(project)] == [{"site": "B"}] * 2
        burst(workbench, "K", "&")
        await said(screen, "2 codings of Caseload joined")
        assert [quote for _, quote in quotes(project)] == [whole]
        burst(workbench, "u")
        await until(lambda: len(screen.sitting.codings) == 2)
        assert [quote for _, quote in quotes(project)] == [first, second]
        burst(workbench, "u")
        await until(lambda: len(screen.sitting.codings) == 1)
    assert [quote for _, quote in quotes(project)] == [whole]
