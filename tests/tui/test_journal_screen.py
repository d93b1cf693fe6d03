"""The journal: memos read, written on what is found by name, rewritten, linked, followed to their place, exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.services import journal
from qualcode.services.project import Project, create_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.journal.screen import JournalScreen
from qualcode.tui.screens.participants.screen import ParticipantsScreen
from qualcode.tui.screens.reading import ReadingScreen
from tests.study import Study
from tests.tui.conftest import burst, until


@pytest.fixture
def study(small: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    made = small.apply("Ana", "benefit", "She knows whom to ask")
    journal.write_entry(small.by("Ana"), "Hers alone.", about="coding", name=str(made.id))
    journal.write_entry(
        small.by("Ana"), "We coded late.", about="project", name="it", kind="methodological"
    )
    own = small.apply("Vera", "benefit", "When she leaves, it ends.")
    journal.write_entry(
        small.lead, "Is it trust?", about="coding", name=str(own.id), kind="theoretical"
    )
    return small


async def at_journal(app: Workbench) -> JournalScreen:
    await until(lambda: bool(app.screen.query("#rows")) and not app._waiting)
    burst(app, "g", "j")
    await until(lambda: isinstance(app.screen, JournalScreen) and not app._waiting)
    screen = app.screen
    assert isinstance(screen, JournalScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_memos_stand_newest_first_and_those_of_a_blind_round_stay_their_authors(
    study: Study, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=size):
        screen = await at_journal(app)
        assert [one.memo.body for one in screen._shown] == ["Is it trust?", "We coded late."]
        assert "Hers alone" not in screen.rows.text
        assert "┃ When she leaves, it ends." in screen.memo.text
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        burst(app, "escape")
        await until(lambda: app.screen is screen)
        burst(app, "o")
        await until(lambda: isinstance(app.screen, CodingScreen))
        coding: CodingScreen = app.screen  # type: ignore[assignment]
        await until(lambda: coding.pane.model is not None)
        model = coding.sitting.model
        assert model.text[slice(*model.selection.span)] == "When she leaves, it ends."


async def test_a_memo_is_written_on_what_is_found_and_then_changed(study: Study) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=(80, 24)):
        screen = await at_journal(app)
        burst(app, "w", "'participant bo'", "enter", "4", "'I liked Bo.'", "escape")
        await until(lambda: "memo on participant Bo written" in screen.said.text)
        assert screen._here().memo.kind == "reflexive"
        burst(app, "e", "' Too much.'", "escape")
        await until(lambda: "rewritten" in screen.said.text)
        burst(app, "t", "1")
        await until(lambda: "is note now" in screen.said.text)
        burst(app, "l", "'code benefit.trust'", "enter")
        await until(lambda: "→ code benefit.trust" in screen.memo.text)
        burst(app, "o", "1")
        await until(lambda: isinstance(app.screen, ParticipantsScreen) and not app._waiting)
        grid: ParticipantsScreen = app.screen  # type: ignore[assignment]
        await until(lambda: grid.grid.key == "Bo")
        burst(app, "q")
        await until(lambda: app.screen is screen)
        burst(app, "L", "1")
        await until(lambda: "no longer linked to" in screen.said.text)
        burst(app, "x")
        await until(lambda: "I liked Bo" not in screen.rows.text)
        burst(app, "u")
        await until(lambda: "I liked Bo. Too much." in screen.memo.text + screen.rows.text)
    (found,) = journal.list_entries(study.lead, about="participant")
    assert (found.memo.body, found.memo.kind, found.links) == ("I liked Bo. Too much.", "note", ())


async def test_a_memo_is_written_on_words_that_nobody_coded(study: Study) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=(100, 30)):
        screen = await at_journal(app)
        burst(app, "w", "'words of'", "enter", "'talk-2: nobody said this'", "enter")
        await until(lambda: screen.line_entry.display and "talk-2" in screen._refusal)
        burst(app, "ctrl+u", "'talk-2: There are forty cases'", "enter", "2", "'Load.'", "escape")
        await until(lambda: "┃ There are forty cases" in screen.memo.text)
        burst(app, "o")
        await until(lambda: isinstance(app.screen, CodingScreen))


async def test_a_memo_is_written_on_the_selection_of_the_coding_screen(study: Study) -> None:
    app = Workbench(ProjectDesk(study.by("Ben")), document="talk-1")
    async with app.run_test(size=(100, 30)):
        await until(lambda: isinstance(app.screen, CodingScreen) and not app._waiting)
        coding: CodingScreen = app.screen  # type: ignore[assignment]
        await until(lambda: coding.pane.model is not None)
        burst(app, "j", "M", "escape")
        await until(lambda: "no memo written" in coding.status.text)
        words = coding.sitting.words()
        burst(app, "M", "'hm'", "escape")
        await until(lambda: "it stands in the journal" in coding.status.text)
        burst(app, "u")
        await until(lambda: "taken back: wrote a memo on a quotation" in coding.status.text)
        burst(app, "U")
        await until(lambda: "brought back" in coding.status.text)
    (found,) = [one for one in journal.list_entries(study.by("Ben")) if one.memo.body == "hm"]
    assert found.about == "a quotation in talk-1"
    assert " ".join((found.quote or "").split()).startswith(words[:10])
    assert not any(one.memo.body == "hm" for one in journal.list_entries(study.lead))


async def test_memos_of_others_are_not_changed_and_nothing_written_is_lost(study: Study) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=(80, 24)):
        screen = await at_journal(app)
        burst(app, "j", "e")
        await until(lambda: "Ana's, not yours to change" in screen.said.text)
        burst(app, "x", "L")
        await until(lambda: "points at nothing else" in screen.said.text)
        burst(app, "k", "e", "' Mine.'")
        await until(lambda: "Mine." in screen.page_entry.query_one("TextArea").text)  # type: ignore[attr-defined]
        mine = screen._here().memo
        journal.change_entry(study.lead, mine.id, text="Changed at another desk.")
        burst(app, "escape")
        await until(lambda: "changed meanwhile" in screen._refusal and screen.page_entry.display)
        assert "Is it trust? Mine." in screen.page_entry.query_one("TextArea").text  # type: ignore[attr-defined]
        burst(app, "escape")
        await until(lambda: "rewritten" in screen.said.text)
        journal.remove_entry(study.lead, mine.id)
        burst(app, "e", "'More.'", "escape")
        await until(lambda: "there is no memo" in screen._refusal and screen.page_entry.display)
        burst(app, "escape")
        await until(lambda: not screen.page_entry.display)
        assert "More." in (app.notices[0][2] or "")


async def test_memos_are_filtered_and_exported_by_path(study: Study, tmp_path: Path) -> None:
    app = Workbench(ProjectDesk(study.lead))
    page = tmp_path / "journal.html"
    async with app.run_test(size=(100, 24)):
        screen = await at_journal(app)
        burst(app, "/", "'type:angry'", "enter")
        await until(lambda: "no kind of memo is called 'angry'" in screen._refusal)
        burst(app, "ctrl+u", "'by:ana late'", "enter")
        await until(lambda: "1 of 2 memos" in screen.head.text)
        burst(app, "E", "ctrl+u", f"'{page}'", "enter")
        await until(lambda: "written:" in screen.said.text)
        burst(app, "E", "ctrl+u", f"'{tmp_path}/x.pdf'", "enter")
        await until(lambda: "no format is called 'pdf'" in screen._refusal)
        burst(app, "escape", "escape", "v")
        await until(lambda: "only theoretical memos" in screen.said.text)
        burst(app, "v", "v")
        await until(lambda: "memos of all types" in screen.said.text)
    assert "We coded late." in page.read_text() and "Is it trust?" not in page.read_text()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    with create_project(str(tmp_path / "empty.qualcode"), name="new", lead="Vera") as project:
        yield project


async def test_an_empty_journal_says_how_to_begin_and_takes_two_thousand_memos(
    empty: Project,
) -> None:
    app = Workbench(ProjectDesk(empty))
    async with app.run_test(size=(80, 24)):
        screen = await at_journal(app)
        assert "no memos yet: w writes the first" in screen.rows.text
        burst(app, "enter", "e", "t", "x", "l", "L", "o")
        await until(lambda: "no memo is shown" in screen.said.text)
        burst(app, "w", "enter", "1", "escape")
        await until(lambda: "nothing is kept" in screen.said.text)
        from qualcode.storage.memos import add_memo

        with empty.writing("memo written") as writer:
            for n in range(2000):
                add_memo(writer, f"Thought {n}.", target=("project", empty.uid), round_id=None)
        burst(app, "ctrl+r")
        await until(lambda: "2000 memos" in screen.head.text)
        burst(app, "end")
        await until(lambda: "Thought 0." in screen.memo.text)
