"""The list of documents: everybody's progress, order, filters, what is known of a document, changes, and a long import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from qualcode.core.project import Role
from qualcode.services import documents, journal, rounds
from qualcode.services.project import Project, add_coder, create_project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.dragged import paths_in
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.start import StartScreen
from tests.study import Study
from tests.tui.conftest import burst, until


@pytest.fixture
def study(small: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    small.apply("Ana", "benefit", "She knows whom to ask")
    small.finish("Ben", document="talk-1")
    return small


def workbench(study: Study, *, by: str = "Vera") -> Workbench:
    return Workbench(ProjectDesk(study.by(by)))


async def listed(app: Workbench) -> StartScreen:
    await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
    screen = app.screen
    assert isinstance(screen, StartScreen)
    await until(lambda: bool(screen.heads.text) and not app._waiting)
    return screen


def row(screen: StartScreen, name: str) -> str:
    return next(line for line in screen.rows.text.split("\n") if name in line)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_leads_see_who_is_done_and_never_what_was_coded(
    study: Study, size: tuple[int, int]
) -> None:
    app = workbench(study)
    async with app.run_test(size=size):
        screen = await listed(app)
        heads = screen.heads.text.split()
        assert heads[:4] == ["↓document", "words", "turns", "mine"]
        assert heads[4:7] == ["Ana", "Ben", "Chi"]
        assert "✓" in row(screen, "talk-1") and "✓" not in row(screen, "talk-2")
        assert "Ben 1/3" in screen.head.text and "Ana 0/3" in screen.head.text
        assert " 1 " not in row(screen, "talk-1").replace("talk-1", "")


async def test_a_mentee_sees_only_the_own_progress(study: Study) -> None:
    app = workbench(study, by="Ben")
    async with app.run_test(size=(80, 24)):
        screen = await listed(app)
        assert "Ana" not in screen.heads.text and "others:" not in screen.head.text
        assert "1 of 3 assigned documents done" in screen.head.text


async def test_progress_counts_codings_where_they_may_be_known(study: Study) -> None:
    app = workbench(study, by="Ana")
    async with app.run_test(size=(100, 24)):
        screen = await listed(app)
        assert screen.source.marks["talk-1"]["Ana"].text == "1"
        assert screen.source.marks["talk-1"]["Ben"].text == "✓"
        assert screen.source.marks["talk-2"]["Ben"].text == "·"
        burst(app, "s", "s", "s")
        await until(lambda: "↓mine" in screen.heads.text)
        assert screen._documents[0].name == "talk-1"
        burst(app, "S")
        await until(lambda: screen._documents[-1].name == "talk-1")
        burst(app, "s")
        await until(lambda: screen._documents[-1].name == "talk-1" and "↓Ana" in screen.heads.text)


async def test_filter_asks_for_attributes_and_names_a_misspelt_one(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(100, 24)):
        screen = await listed(app)
        burst(app, "/", "'site:A -judge'", "enter")
        await until(lambda: [line.name for line in screen._documents] == ["talk-1"])
        assert "1 of 3 documents" in screen.head.text
        burst(app, "/", "ctrl+u", "'sight:A'", "enter")
        await until(lambda: screen.line_entry.display and "did you mean site" in screen._refusal)
        burst(app, "escape", "escape")
        await until(lambda: len(screen._documents) == 3)
        burst(app, "/", "'nothing like it'", "enter", "D")
        await until(lambda: "no document is shown" in screen.said.text)


async def test_what_is_known_of_a_document_stands_beside_the_list_or_over_it(study: Study) -> None:
    journal.write_entry(study.lead, "A good talk.", about="document", name="talk-1")
    app = workbench(study)
    async with app.run_test(size=(200, 50)):
        screen = await listed(app)
        await until(lambda: "talk-1.txt (txt, utf-8)" in " ".join(screen.about.text.split()))
        assert "Ada, participant, 1 turn" in screen.about.text
        assert "role: officer" in screen.about.text and "A good talk." in screen.about.text
        burst(app, "j")
        await until(lambda: "Bo" in screen.about.text)
        burst(app, "i")
        await until(lambda: not screen.about.display)
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        await listed(app)
        burst(app, "i")
        await until(lambda: isinstance(app.screen, ReadingScreen))


async def test_a_document_is_renamed_removed_and_brought_back(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await listed(app)
        burst(app, "X")
        await until(lambda: "talk-1 has codings" in screen.said.text)
        burst(app, "j", "R", "ctrl+u", "'talk-3'", "enter")
        await until(lambda: "exists already" in screen._refusal and screen.line_entry.display)
        burst(app, "ctrl+u", "'second'", "enter")
        await until(lambda: "second" in screen.rows.text)
        burst(app, "u")
        await until(lambda: "talk-2" in screen.rows.text and "second" not in screen.rows.text)
        burst(app, "j", "X")
        await until(lambda: len(screen._documents) == 2)
        burst(app, "u")
        await until(lambda: len(screen._documents) == 3)
        burst(app, "m", "'worth a second look'", "escape")
        await until(lambda: "it stands in the journal" in screen.said.text)
        burst(app, "home", "enter")
        await until(lambda: isinstance(app.screen, CodingScreen))
    assert journal.list_entries(study.lead)[0].memo.body == "worth a second look"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    with create_project(str(tmp_path / "empty.qualcode"), lead="Vera") as project:
        yield project


def texts(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"Interviewer: Question {number}?\n\nAda: Answer {number}. It goes on.\n"
        (folder / f"text {number:02}.txt").write_text(text, encoding="utf-8")
    return folder


async def test_an_empty_project_says_what_to_do_and_takes_a_folder_that_is_dragged_here(
    empty: Project, tmp_path: Path
) -> None:
    folder = texts(tmp_path / "my texts", 3)
    (folder / "broken.docx").write_bytes(b"no archive")
    (folder / "notes.pdf").write_bytes(b"")
    app = Workbench(ProjectDesk(empty))
    async with app.run_test(size=(80, 24)):
        screen = await listed(app)
        await until(lambda: "import transcripts first" in screen.said.text)
        burst(app, "s", "r", "D", "R", "i")
        await until(lambda: "no document is shown" in screen.said.text)
        app.post_message(events.Paste(f"'{folder}'"))
        await until(lambda: screen.line_entry.display)
        burst(app, "enter")
        await until(lambda: len(screen._documents) == 3 and screen.importing is None)
        await until(
            lambda: "3 of 4 files imported; 1 refused, the first: broken.docx" in screen.said.text
        )
        assert any("notes.pdf: left out" in text for _, text, _ in app.notices)
        app.post_message(events.Paste("some words that are no path"))
        burst(app, "A", "'/nowhere/at/all'", "enter")
        await until(lambda: "does not exist" in screen._refusal)


async def test_a_long_import_is_shown_and_stopped_between_two_files(
    empty: Project, tmp_path: Path
) -> None:
    folder = texts(tmp_path / "many", 40)
    app = Workbench(ProjectDesk(empty))
    async with app.run_test(size=(100, 24)):
        screen = await listed(app)
        burst(app, "A", f"'{folder}'", "enter")
        await until(lambda: screen.importing is not None and screen.importing.taken > 2)
        assert "Esc stops after it" in screen.said.text
        burst(app, "X", "escape")
        await until(lambda: screen.importing is None)
        await until(lambda: "stopped by you before" in screen.said.text)
        count = len(screen._documents)
        assert 2 < count < 40
        assert len(documents.list_documents(empty)) == count


async def test_a_table_of_participants_is_imported_like_a_transcript(
    study: Study, tmp_path: Path
) -> None:
    table, described = tmp_path / "p.csv", tmp_path / "a.yaml"
    table.write_text("pseudonym,years\nAda,12\n", encoding="utf-8")
    described.write_text("attributes: [{name: years, min: 0, max: 50}]", encoding="utf-8")
    app = workbench(study)
    async with app.run_test(size=(100, 24)):
        screen = await listed(app)
        burst(app, "A", f"'{described} {table}'", "enter")
        await until(lambda: "2 of 2 files imported" in screen.said.text)
        burst(app, "u")
        await until(lambda: "was made elsewhere, and stands" in screen.said.text)
    assert documents.list_attributes(study.lead)[-1].filled == 1


def test_dragged_paths_are_read_as_terminals_write_them(tmp_path: Path) -> None:
    one, two = tmp_path / "a b.txt", tmp_path / "c's.txt"
    for path in (one, two):
        path.touch()
    spaced = str(one).replace(" ", "\\ ")
    assert paths_in(str(one)) == [one]
    assert paths_in(f"'{one}'\n") == [one]
    assert paths_in(spaced) == [one]
    assert paths_in(f"file://{str(one).replace(' ', '%20')}") == [one]
    assert paths_in(f'{spaced} "{two}"') == [one, two]
    assert paths_in("it's not there") == [Path("it's not there")]


async def test_five_hundred_documents_are_listed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcode.storage import tables

    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    place = str(tmp_path / "many.qualcode")
    with create_project(place, lead="Vera") as project:
        add_coder(project, "Ana", role=Role.ANALYST)
        with project.writing("document imported") as writer:
            ids = writer.add_many(
                tables.Document(
                    name=f"interview {n:03} with a rather long name of its own", kind="transcript"
                )
                for n in range(500)
            )
            writer.add_many(
                tables.DocumentRevision(
                    document_id=id_, body="x", length=1, words=1, sha256=bytes([n % 256])
                )
                for n, id_ in enumerate(ids)
            )
        rounds.new_round(project, "first")
        rounds.assign_documents(project, "first")
    with open_project(place) as project:
        app = Workbench(ProjectDesk(project))
        async with app.run_test(size=(80, 24)):
            screen = await listed(app)
            assert len(screen._documents) == 500
            burst(app, "end")
            await until(lambda: "interview 499" in screen.rows.text)
            assert "500 documents" in screen.head.text
