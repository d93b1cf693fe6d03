"""What the keys of the codebook screen do, on a real project, at a small and a large size."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from qualcode.core.codebook import Codebook
from qualcode.services import codebook, coding
from qualcode.services.project import Project, create_project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.codebook.screen import CodebookScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.quotations import PickingScreen
from qualcode.tui.screens.reading import ReadingScreen
from tests.tui.conftest import burst, until

NAME = "We call each other by name."
WHOM = "She knows whom to ask, and I know her."


@asynccontextmanager
async def shown(
    project: Project, *, size: tuple[int, int] = (110, 32)
) -> AsyncIterator[tuple[Workbench, CodebookScreen]]:
    """Open the codebook from the list of documents."""
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=size):
        await until(lambda: bool(app.screen.query("#rows")) and app.screen.is_mounted)
        burst(app, "b")
        await until(lambda: isinstance(app.screen, CodebookScreen) and bool(app.screen.hint.text))
        screen = app.screen
        assert isinstance(screen, CodebookScreen)
        yield app, screen


def book(project: Project) -> Codebook:
    return codebook.read_codebook(project)


def code(project: Project, quote: str, key: str, document: str = "talk-1", n: int = 0) -> None:
    """Code the n-th place of these words."""
    with open_project(project.location) as handle:
        text = ProjectDesk(handle).read(document).text
        start = -1
        for _ in range(n + 1):
            start = text.index(quote, start + 1)
        coding.apply_code(
            handle, key, document=document, round="first", start=start, end=start + len(quote)
        )


def said(screen: CodebookScreen) -> str:
    return screen.said.text.strip()


def row_of(screen: CodebookScreen, field: str) -> int:
    return next(n for n, row in enumerate(screen._rows) if row.field == field)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_a_code_is_shown_in_full_beside_the_tree(
    project: Project, size: tuple[int, int]
) -> None:
    code(project, NAME, "benefit.trust")
    codebook.change_code(project, "trust", include=("names",), example=("Ada knows.",))
    async with shown(project, size=size) as (app, screen):
        burst(app, "j", "enter")
        await until(lambda: screen._shown_code == "benefit.trust" and screen.on_fields)
        await until(lambda: "Somebody relies" in screen.fields.text)
        for word in ("Trust", "Somebody relies", "names", "Ada knows.", "benefit.trust"):
            assert word in screen.fields.text
        assert "1 codings, 1 of them mine" in "\n".join(
            "".join(piece for piece, _ in row.line) for row in screen._rows
        )
        assert screen.tree_pane.display is (size[0] >= 90)
        burst(app, "escape")
        await until(lambda: not screen.on_fields and screen.tree_pane.display)


async def test_fields_are_edited_one_by_one_and_taken_back(project: Project) -> None:
    async with shown(project) as (app, screen):
        burst(app, "j", "enter", "a", "'when named'", "enter")
        await until(lambda: book(project).by_key["benefit.trust"].include == ("when named",))
        await until(lambda: "when named" in screen.fields.text)
        screen.fields.cursor = row_of(screen, "include")
        burst(app, "enter", "'!'", "enter")
        await until(lambda: book(project).by_key["benefit.trust"].include == ("when named!",))
        burst(app, "x")
        await until(lambda: book(project).by_key["benefit.trust"].include == ())
        burst(app, "u")
        await until(lambda: "taken back" in said(screen))
        assert book(project).by_key["benefit.trust"].include == ("when named!",)
        screen.fields.cursor = row_of(screen, "definition")
        burst(app, "enter", "'More. '", "escape")
        await until(lambda: "More" in book(project).by_key["benefit.trust"].definition)
        screen.fields.cursor = row_of(screen, "weights")
        burst(app, "enter", "'1-5 firm'", "enter")
        await until(lambda: str(book(project).scale_of("benefit.trust")) == "1–5 (firm)")
        screen.fields.cursor = row_of(screen, "aliases")
        burst(app, "enter", "'faith, hope'", "enter")
        await until(lambda: book(project).by_key["benefit.trust"].aliases == ("faith", "hope"))


async def test_a_colour_is_chosen_by_its_letter_and_a_taken_quick_key_is_refused(
    project: Project,
) -> None:
    async with shown(project) as (app, screen):
        burst(app, "j", "C", "v")
        await until(lambda: book(project).by_key["benefit.trust"].color == "#d55e00")
        await until(lambda: "vermilion" in screen.fields.text)
        burst(app, "Q", "c")
        await until(lambda: "belongs to challenge.load" in said(screen))
        burst(app, "Q", "z")
        await until(lambda: book(project).by_key["benefit.trust"].quick_key == "z")
        burst(app, "C", "escape")
        await until(lambda: "left as it was" in said(screen))


async def test_what_was_written_is_kept_when_it_is_refused(project: Project) -> None:
    async with shown(project) as (app, screen):
        burst(app, "j", "enter")
        await until(lambda: screen.on_fields and screen._shown_code == "benefit.trust")
        screen.fields.cursor = row_of(screen, "weights")
        burst(app, "enter", "'5-1'", "enter")
        await until(lambda: "is no scale" in said(screen))
        assert screen.line_entry.display
        burst(app, "backspace", "backspace", "backspace", "'1-5'", "enter")
        await until(lambda: book(project).by_key["benefit.trust"].weights is not None)


async def test_codes_are_added_renamed_sorted_and_moved_after_a_look(project: Project) -> None:
    async with shown(project) as (app, screen):
        burst(app, "A", "'Respect'", "enter")
        await until(lambda: "benefit.respect" in book(project).by_key)
        await until(lambda: screen.tree_pane.code_at_cursor == "benefit.respect")
        burst(app, "R", "'ful'", "enter")
        await until(lambda: book(project).by_key["benefit.respect"].name == "Respectful")
        burst(app, "K")
        await until(lambda: "moved up" in said(screen))
        children = [one.key for one in book(project).children["benefit"]]
        assert children.index("benefit.respect") == len(children) - 2
        burst(app, "m", "m", "j", "M")
        await until(lambda: "Moving" in screen.fields.text)
        assert book(project).by_key["benefit.respect"].parent == "benefit"
        burst(app, "y")
        await until(lambda: book(project).by_key["benefit.respect"].parent != "benefit")
        burst(app, "u")
        await until(lambda: book(project).by_key["benefit.respect"].parent == "benefit")


async def test_a_merge_shows_what_it_touches_and_is_done_only_when_confirmed(
    project: Project,
) -> None:
    code(project, NAME, "benefit.trust")
    async with shown(project) as (app, screen):
        burst(app, "j", "m", "G")
        await until(lambda: "1 coding by Ada in first" in screen.fields.text)
        burst(app, "n")
        await until(lambda: "left as it was" in said(screen))
        assert "benefit.trust" in book(project).by_key
        burst(app, "G", "y")
        await until(lambda: "merged into Known contact: 1 codings moved" in said(screen))
        assert "benefit.trust" not in book(project).by_key
        burst(app, "u")
        await until(lambda: "benefit.trust" in book(project).by_key)


async def test_a_code_in_use_is_not_removed_and_the_reason_is_said(project: Project) -> None:
    code(project, NAME, "benefit.trust")
    async with shown(project) as (app, screen):
        burst(app, "j", "X", "y")
        await until(lambda: "in use" in said(screen))
        burst(app, "j", "X", "y")
        await until(lambda: "Known contact removed" in said(screen))
        assert "benefit.contact" not in book(project).by_key


async def test_a_code_is_split_by_choosing_its_quotations(project: Project) -> None:
    for n in (0, 1, 2):
        code(project, NAME, "benefit.trust", n=n)
    async with shown(project) as (app, screen):
        burst(app, "j", "S", "'By name'", "enter", "y")
        await until(lambda: isinstance(app.screen, PickingScreen) and bool(app.screen.shown))
        burst(app, "m", "m", "enter")
        await until(lambda: app.screen is screen and "benefit.by_name" in book(project).by_key)
        counts = codebook.code_use(project)
        assert (counts["benefit.by_name"].own, counts["benefit.trust"].own) == (2, 1)


async def test_quotations_are_gone_through_kept_as_examples_and_opened(project: Project) -> None:
    code(project, NAME, "benefit.trust")
    code(project, WHOM, "benefit.trust", "talk-2")
    async with shown(project) as (app, screen):
        burst(app, "j", "n")
        await until(lambda: "quotation 2 of 2" in said(screen))
        assert WHOM in screen.fields.text
        burst(app, "e")
        await until(lambda: "example kept" in said(screen))
        (example,) = book(project).by_key["benefit.trust"].example
        assert example.startswith(f"{WHOM} [talk-2 ")
        burst(app, "e")
        await until(lambda: "is an example already" in said(screen))
        burst(app, "n", "enter")
        await until(lambda: "quotation 1 of 2" in said(screen) and screen.on_fields)
        screen.fields.cursor = row_of(screen, "example")
        burst(app, "o")
        await until(lambda: isinstance(app.screen, CodingScreen))
        assert app.screen.sitting.document == "talk-2"
        await until(lambda: app.screen.sitting.words() in WHOM)


async def test_facets_are_added_given_values_and_conditions(project: Project) -> None:
    async with shown(project) as (app, screen):
        burst(app, "v", "A", "'Mood'", "enter", "'good, bad'", "enter")
        await until(lambda: [one.key for one in book(project).facets] == ["site", "mood"])
        burst(app, "j", "enter")
        await until(lambda: screen.on_fields and "mood" in screen.fields.text)
        screen.fields.cursor = row_of(screen, "required")
        burst(app, "enter")
        await until(lambda: book(project).facet("mood").required)
        screen.fields.cursor = row_of(screen, "only_if")
        burst(app, "enter", "2", "'A'", "enter")
        await until(lambda: book(project).facet("mood").only_if == {"site": ("A",)})
        screen.fields.cursor = row_of(screen, "applies_to")
        burst(app, "enter", "2", "'What helps'", "enter")
        await until(lambda: book(project).facet("mood").applies_to == ("benefit",))
        burst(app, "a", "'so = So-so: between'", "enter")
        await until(lambda: len(book(project).facet("mood").values) == 3)
        assert book(project).facet("mood").value("so").definition == "between"
        await until(lambda: "So-so" in screen.fields.text)
        screen.fields.cursor = row_of(screen, "value")
        burst(app, "x")
        await until(lambda: len(book(project).facet("mood").values) == 2)
        burst(app, "X", "y")
        await until(lambda: [one.key for one in book(project).facets] == ["site"])
        burst(app, "u")
        await until(lambda: len(book(project).facets) == 2)


async def test_versions_are_kept_compared_and_old_wordings_found(project: Project) -> None:
    code(project, NAME, "benefit.trust")
    async with shown(project) as (app, screen):
        burst(app, "V", "'before'", "enter")
        await until(lambda: "kept as version" in said(screen))
        codebook.change_code(project, "trust", definition="Quite another thing.")
        burst(app, "v", "v", "j")
        await until(lambda: "changed  definition: Somebody" in screen.fields.text)
        burst(app, "enter", "enter")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        burst(app, "escape", "escape", "home", "enter", "enter")
        await until(lambda: "1 codings were made under an older wording" in said(screen))
        await until(lambda: "talk-1" in screen.fields.text)
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, CodingScreen))


async def test_the_codebook_goes_to_a_file_and_comes_from_one(
    project: Project, tmp_path: Path
) -> None:
    async with shown(project) as (app, screen):
        screen.action_export()
        screen.line_entry.query_one("Input").value = str(tmp_path / "c.qdc")  # type: ignore[attr-defined]
        burst(app, "enter")
        await until(lambda: "written:" in said(screen))
        assert (tmp_path / "c.qdc").read_text().startswith("<?xml")
        (tmp_path / "more.yaml").write_text("title: t\ncodes: [Outlook]\n")
        burst(app, "I", f"'{tmp_path / 'more.yaml'}'", "enter")
        await until(lambda: "1 codes added" in said(screen))
        burst(app, "I", "'nowhere.yaml'", "enter")
        await until(lambda: "cannot be read" in said(screen))


async def test_history_tells_who_changed_what(project: Project) -> None:
    codebook.change_code(project, "trust", definition="Another.")
    async with shown(project) as (app, _):
        burst(app, "j", "h")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        reading = app.screen
        assert isinstance(reading, ReadingScreen)
        await until(
            lambda: "definition: Somebody relies on somebody. → Another." in reading.rows.text
        )
        burst(app, "escape", "q")
        await until(lambda: not isinstance(app.screen, ReadingScreen | CodebookScreen))


async def test_what_was_folded_stays_folded_and_marks_stay_when_something_changes(
    project: Project,
) -> None:
    async with shown(project) as (app, screen):
        burst(app, "space", "j", "m", "R", "'!'", "enter")
        await until(lambda: book(project).by_key["challenge.load"].name == "Caseload!")
        assert screen.tree_pane.marked == ["challenge"]
        assert not screen.tree_pane._by_code["benefit"].is_expanded
        burst(app, "/", "'trust'", "enter")
        await until(lambda: screen.tree_pane.code_at_cursor == "benefit.trust")
        assert screen.tree_pane._by_code["benefit"].is_expanded


async def test_a_quick_look_at_a_field_that_follows_from_elsewhere_says_so(
    project: Project,
) -> None:
    async with shown(project) as (app, screen):
        burst(app, "j", "enter")
        await until(lambda: screen.on_fields and screen._shown_code == "benefit.trust")
        screen.fields.cursor = row_of(screen, "id")
        burst(app, "enter")
        await until(lambda: "follows from elsewhere" in said(screen))
        screen.fields.cursor = row_of(screen, "facets")
        burst(app, "enter")
        await until(lambda: screen.view == "facets")
        burst(app, "enter")
        await until(lambda: screen.on_fields and "Alder" in screen.fields.text)
        screen.fields.cursor = row_of(screen, "facet_name")
        burst(app, "enter", "'!'", "enter")
        await until(lambda: book(project).facet("site").name == "Site!")
        screen.fields.cursor = row_of(screen, "value")
        burst(app, "enter", "': north'", "enter")
        await until(lambda: book(project).facet("site").value("A").definition == "north")
        screen.fields.cursor = row_of(screen, "facet_id")
        burst(app, "enter")
        await until(lambda: "id of a facet stays" in said(screen))
        screen.fields.cursor = row_of(screen, "facet_definition")
        burst(app, "enter", "'Where it is.'", "escape")
        await until(lambda: book(project).facet("site").definition == "Where it is.")
        screen.fields.cursor = row_of(screen, "applies_to")
        burst(app, "enter", "3")
        await until(lambda: book(project).facet("site").applies_to == ())


async def test_keys_typed_in_a_burst_act_in_their_order(project: Project) -> None:
    async with shown(project) as (app, screen):
        burst(
            app,
            "j",
            "j",
            "enter",
            "a",
            "'rule'",
            "enter",
            "escape",
            "k",
            "C",
            "b",
            "/",
            "'load'",
            "enter",
            "C",
            "y",
        )
        await until(lambda: book(project).by_key["challenge.load"].color == "#f0e442")
        assert book(project).by_key["benefit.contact"].include == ("rule",)
        assert book(project).by_key["benefit.trust"].color == "#0072b2"
        assert screen.tree_pane.code_at_cursor == "challenge.load"


async def test_an_empty_codebook_and_one_of_two_thousand_codes_can_be_worked_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    with create_project(str(tmp_path / "empty.qualcode"), lead="Ada") as project:
        async with shown(project, size=(80, 24)) as (app, screen):
            assert "no code yet" in said(screen)
            burst(
                app,
                "R",
                "n",
                "X",
                "M",
                "G",
                "S",
                "K",
                "e",
                "h",
                "x",
                "o",
                "v",
                "x",
                "enter",
                "v",
                "j",
                "v",
            )
            await until(
                lambda: screen.view == "codes" and "no code is chosen" in screen.fields.text
            )
            burst(app, "A", "'First'", "enter")
            await until(lambda: [one.key for one in book(project).codes] == ["first"])
            lines = "".join(
                f"  - {{id: c{n}, name: A code with a rather long name number {n}}}\n"
                for n in range(2000)
            )
            codebook.import_codebook(project, "c.yaml", f"title: t\ncodes:\n{lines}".encode())
            burst(app, "ctrl+r", "end")
            await until(lambda: screen.tree_pane.code_at_cursor == "c1999")
            burst(app, "C", "g")
            await until(lambda: book(project).by_key["c1999"].color == "#009e73", seconds=30)
