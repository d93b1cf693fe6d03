"""The grid of participants: values set in place, gaps found, attributes declared, speakers linked, tables out and in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition
from qualcode.services import audit, documents
from qualcode.services.project import Project, create_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.participants.attributes import AttributesScreen
from qualcode.tui.screens.participants.screen import ParticipantsScreen
from qualcode.tui.screens.participants.source import pairs_in
from qualcode.tui.screens.participants.speakers import SpeakersScreen
from qualcode.tui.screens.reading import ReadingScreen
from tests.study import Study
from tests.tui.conftest import burst, until


@pytest.fixture
def study(small: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    documents.declare_attribute(
        small.lead, AttributeDefinition("years", minimum=0, maximum=50, missing={"-9": "refused", "-8": "not asked"})
    )  # fmt: skip
    documents.declare_attribute(
        small.lead, AttributeDefinition("role", type=AttributeType.CHOICE, values={"officer": "Officer", "therapist": ""})
    )  # fmt: skip
    return small


async def at_grid(app: Workbench) -> ParticipantsScreen:
    await until(lambda: bool(app.screen.query("#rows")) and not app._waiting)
    burst(app, "p")
    await until(lambda: isinstance(app.screen, ParticipantsScreen) and not app._waiting)
    screen = app.screen
    assert isinstance(screen, ParticipantsScreen)
    return screen


def value(project: Project, person: str, attribute: str) -> tuple[str, ...]:
    people = {one.pseudonym: one for one in documents.list_participants(project)}
    return people[person].values.get(attribute, ())


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_values_are_chosen_and_typed_in_place(study: Study, size: tuple[int, int]) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=size):
        screen = await at_grid(app)
        assert "therapist" in screen.grid.text and "A; B" in screen.grid.text
        assert "Ada · role: officer (Officer) — not described yet, choice" in screen.told.text
        burst(app, "enter", "2")
        await until(lambda: "Ada: role is therapist" in screen.said.text)
        burst(app, "j", "l", "enter", "3", "ctrl+u", "'B;A'", "enter")
        await until(lambda: "Bo: site is B; A" in screen.said.text)
        burst(app, "l", "enter", "'many'", "enter")
        await until(lambda: "years is a number, and 'many' is none" in screen._refusal)
        burst(app, "ctrl+u", "'61'", "enter")
        await until(lambda: "kept, though outside 0 to 50" in screen.said.text)
        assert "61!" in screen.grid.text and "61 is outside 0 to 50" in screen.told.text
        burst(app, "u")
        await until(lambda: "61" not in screen.grid.text)
        burst(app, "U", "x")
        await until(lambda: "years is not known" in screen.said.text)
    assert value(study.lead, "Bo", "site") == ("B", "A")
    assert value(study.lead, "Bo", "years") == () and value(study.lead, "Ada", "role") == (
        "therapist",
    )


async def test_missing_is_told_from_not_known(study: Study) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=(100, 30)):
        screen = await at_grid(app)
        burst(app, "l", "l", "m", "2")
        await until(lambda: "Ada: years is -8 (not asked)" in screen.said.text)
        assert "[-8]" in screen.grid.text and "declared as missing" in screen.told.text
        burst(app, "n")
        await until(lambda: screen.grid.key == "Bo" and screen.grid.column == 2)
        burst(app, "N", "h", "m")
        await until(lambda: "no code says that a value of" in screen.said.text)
        burst(app, "w")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        burst(app, "escape")
        await until(lambda: app.screen is screen)
    assert value(study.lead, "Ada", "years") == ("-8",)


async def test_participants_are_added_renamed_and_removed(study: Study) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=(80, 24)):
        screen = await at_grid(app)
        burst(app, "A", "'ada'", "enter")
        await until(lambda: "exists already" in screen._refusal)
        burst(app, "ctrl+u", "'Dee'", "enter")
        await until(lambda: screen.grid.key == "Dee")
        burst(app, "R", "ctrl+u", "'Aaron'", "enter")
        await until(lambda: screen.grid.key == "Aaron")
        burst(app, "X", "1")
        await until(lambda: screen.said.text.strip() == "kept")
        burst(app, "X", "2")
        await until(lambda: "removed with all values" in screen.said.text)
        burst(app, "u")
        await until(lambda: "Aaron" in screen.grid.text)
        burst(app, "/", "'site:B'", "enter")
        await until(lambda: "2 of 4" in screen.head.text)
        burst(app, "escape")
        await until(lambda: "4, 3 attributes" in screen.head.text)
        burst(app, "home", "o")
        await until(lambda: "speaks in no document yet" in screen.said.text)
        burst(app, "down", "end", "o")
        await until(lambda: isinstance(app.screen, CodingScreen))


async def test_an_attribute_is_declared_step_by_step_and_removed(study: Study) -> None:
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=(100, 30)):
        screen = await at_grid(app)
        burst(app, "a", "'MSPSS'", "enter", "2", "5", "'84 to 12'", "enter")
        await until(lambda: "min 84 is above max 12" in screen._refusal)
        burst(app, "ctrl+u", "'12-84'", "enter", "2", "'Perceived support'", "enter")
        await until(
            lambda: "label is Perceived support" in screen.said.text and screen.choice.is_open
        )
        burst(app, "escape", "v")
        await until(lambda: isinstance(app.screen, AttributesScreen) and not app._waiting)
        found = app.screen
        assert isinstance(found, AttributesScreen)
        assert (
            "Perceived support: 12 to 84" in found.rows.text
            and "not described yet" in found.rows.text
        )
        burst(app, "end", "X", "2")
        await until(lambda: "MSPSS" not in found.rows.text)
        burst(app, "u", "home", "enter", "4", "2")
        await until(lambda: "role cannot become a number" in found.said.text)
    last = documents.list_attributes(study.lead)[-1]
    assert (last.name, last.definition.maximum) == ("MSPSS", 84)


async def test_a_speaker_is_linked_to_a_participant(study: Study) -> None:
    documents.link_speaker(study.lead, "Bo", document="talk-2", participant=None)
    app = Workbench(ProjectDesk(study.lead))
    async with app.run_test(size=(80, 24)):
        await at_grid(app)
        burst(app, "v", "v")
        await until(lambda: isinstance(app.screen, SpeakersScreen) and not app._waiting)
        screen = app.screen
        assert isinstance(screen, SpeakersScreen)
        assert "1 not linked" in screen.head.text and "not linked" in screen.rows.text
        burst(app, "n", "enter", "enter")
        await until(lambda: "Bo in talk-2 is Bo" in screen.said.text)
        burst(app, "enter", "'cy'", "enter")
        await until(lambda: "Bo in talk-2 is Cy" in screen.said.text)
        burst(app, "u", "r")
        await until(lambda: "Bo in talk-2 speaks as interviewer" in screen.said.text)
        burst(app, "u", "/", "'talk-3'", "enter")
        await until(lambda: "2 of 6" in screen.head.text)
        burst(app, "v")
        await until(lambda: isinstance(app.screen, ParticipantsScreen))
    line = next(one for one in documents.list_speakers(study.lead) if one.label == "Bo")
    assert (line.participant, line.role.value) == ("Bo", "participant")


async def test_tables_go_out_and_in_by_path(study: Study, tmp_path: Path) -> None:
    app = Workbench(ProjectDesk(study.lead))
    table, described = tmp_path / "out.csv", tmp_path / "out.yaml"
    async with app.run_test(size=(100, 24)):
        screen = await at_grid(app)
        burst(app, "E", "ctrl+u", f"'{table}'", "enter")
        await until(lambda: "written:" in screen.said.text)
        burst(app, "E", "ctrl+u", f"'{table}'", "enter")
        await until(lambda: "is there already" in screen._refusal)
        burst(app, "escape", "E", "ctrl+u", f"'{described}'", "enter")
        await until(described.exists)
        table.write_text(table.read_text().replace("officer", "judge"), encoding="utf-8")
        app.post_message(events.Paste(f"'{table}'"))
        await until(lambda: screen.line_entry.display)
        burst(app, "enter")
        await until(lambda: "3 participants with role, site, years" in screen.said.text)
        burst(app, "I", f"'{described}'", "enter")
        await until(lambda: "described: role, site, years" in screen.said.text)
    assert value(study.lead, "Ada", "role") == ("judge",)
    audit.undo(study.lead)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    with create_project(str(tmp_path / "empty.qualcode"), lead="Vera") as project:
        yield project


async def test_an_empty_grid_says_how_to_begin_and_refuses_in_one_line(empty: Project) -> None:
    app = Workbench(ProjectDesk(empty))
    async with app.run_test(size=(80, 24)):
        screen = await at_grid(app)
        assert "no participants yet" in screen.grid.text
        burst(app, "x", "m", "d", "R", "X", "o", "n", "e")
        await until(
            lambda: (
                "no participant is shown" in screen.said.text
                or "documents come from" in screen.said.text
            )
        )
        burst(app, "v", "enter", "v", "enter", "r", "n")
        await until(lambda: isinstance(app.screen, SpeakersScreen) and not app._waiting)
        burst(app, "q", "q", "q")
        await until(lambda: bool(app.screen.query("#rows")))


async def test_two_thousand_participants_are_shown_and_edited(empty: Project) -> None:
    from qualcode.storage import tables

    with empty.writing("participants imported") as writer:
        people = writer.add_many(tables.Participant(pseudonym=f"P{n:04}") for n in range(2000))
        for name in ("role", "site", "sector", "unit"):
            (attribute,) = writer.add_many(
                [tables.Attribute(name=name, type="choice", choices=["a", "b"])]
            )
            writer.add_many(
                tables.AttributeValue(
                    participant_id=person, attribute_id=attribute, value="ab"[person % 2]
                )
                for person in people
            )
    app = Workbench(ProjectDesk(empty))
    async with app.run_test(size=(200, 50)):
        screen = await at_grid(app)
        burst(app, "end", "enter", "1")
        await until(lambda: "P1999: role is a" in screen.said.text)
        burst(app, "s", "home")
        await until(lambda: screen.grid.row == 0)


def test_values_with_labels_are_read_as_they_are_written() -> None:
    from qualcode.errors import InputError

    assert pairs_in(" A=Alder; B ;") == {"A": "Alder", "B": ""}
    with pytest.raises(InputError, match="names no value"):
        pairs_in("=Alder")
