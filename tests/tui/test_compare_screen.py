"""The screens of findings on a real study: figures, the way to their words, and what is written in place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from openpyxl import load_workbook

from qualcode.core.reconcile import Outcome
from qualcode.services import audit, codebook, compare, reconcile
from qualcode.services.project import Project, create_project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.compare.comparing import View
from qualcode.tui.screens.compare.comparison import ComparisonScreen
from qualcode.tui.screens.compare.cooccurrence import CooccurrenceScreen
from qualcode.tui.screens.compare.evidence import EvidenceScreen
from qualcode.tui.screens.compare.framework import FrameworkScreen
from qualcode.tui.screens.compare.joint import JointScreen
from qualcode.tui.screens.compare.saturation import SaturationScreen
from qualcode.tui.screens.reading import ReadingScreen
from tests.services.conftest import build_study
from tests.tui.conftest import burst, until

Kind = TypeVar("Kind")
SIZES = [(80, 24), (200, 50)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_study(tmp_path_factory.mktemp("findings"))


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def findings(built: Path, tmp_path: Path) -> Iterator[Project]:
    place = tmp_path / "findings.qualcode"
    shutil.copy(built, place)
    with open_project(str(place)) as project:
        yield project


async def at(app: Workbench, place: str, kind: type[Kind]) -> Kind:
    """Go to a place and wait until it can be used."""
    await until(lambda: len(app.screen_stack) > 1 and app.screen.is_mounted and not app._waiting)
    app.go(place)
    await until(lambda: isinstance(app.screen, kind) and not app._waiting)
    screen: Any = app.screen
    return screen  # type: ignore[no-any-return]


def said(screen: Any) -> str:
    return " ".join(screen.said.text.split())


def title(screen: Any) -> str:
    return " ".join(screen.head.text.split())


def table(screen: Any) -> str:
    return str(screen.grid.text)


async def evidence(app: Workbench) -> EvidenceScreen:
    await until(lambda: isinstance(app.screen, EvidenceScreen) and not app._waiting)
    screen: Any = app.screen
    return screen  # type: ignore[no-any-return]


@pytest.mark.parametrize("size", SIZES)
async def test_enter_on_a_cell_leads_to_its_quotations_and_on_to_the_words_and_back(
    findings: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=size):
        screen = await at(app, "comparison", ComparisonScreen)
        assert "by site" in title(screen) and "small numbers" in title(screen)
        assert "3/5 (4)" in table(screen) and "Site A°" in table(screen)
        burst(app, "end", "l", "h")
        await until(lambda: "Unused" in screen.told.text)
        burst(app, "k", "enter")
        found = await evidence(app)
        assert "Rule, Site A 2 quotations, 2 speakers" in title(found)
        assert "Ada, officer" in found.quote.text
        burst(app, "j", "enter")
        await until(lambda: isinstance(app.screen, CodingScreen))
        opened: Any = app.screen
        await until(lambda: opened.sitting.reading.document.name == "ben")
        selection = opened.sitting.model.selection
        words = opened.sitting.model.text[selection.start : selection.end]
        assert words == "The rule says she calls first."
        burst(app, "q", "q")
        await until(lambda: app.screen is screen)


async def test_a_cell_says_in_full_what_it_rests_on_and_that_it_is_small(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "comparison", ComparisonScreen)
        burst(app, "j", "j", "l")
        await until(lambda: "Rule (rule), Site B" in " ".join(screen.told.text.split()))
        told = " ".join(screen.told.text.split())
        assert "2 of 5 who could have said it" in told and "Ada, Cora" in told
        burst(app, "c", "3")
        await until(lambda: "by role" in title(screen))
        assert "detective°" in table(screen)
        assert "Small number: only 1 could have said it" in " ".join(screen.told.text.split())


async def test_columns_counts_and_whose_codings_are_chosen_by_keys(findings: Project) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "comparison", ComparisonScreen)
        burst(app, "c", "j", "j", "j", "enter")
        await until(lambda: screen.source.columns == "years" and not app._waiting)
        burst(app, "n", "n")
        await until(lambda: "codings · " not in title(screen) and " codings " in title(screen))
        burst(app, "w", "2")
        await until(lambda: "codings of Max" in title(screen))
        assert "no codings of Max that may be seen" in title(screen)
        burst(app, "w", "3")
        await until(lambda: "codings of Kit" in title(screen))
        assert screen.table.rows[0].figures[-1].text == "5"
        before = screen.source.columns
        burst(app, "c", "escape", "n", "n", "n", "n")
        await until(lambda: "participants of those" not in title(screen) and not app._waiting)
        assert screen.source.columns == before and app.focused is screen.grid


async def test_who_says_what_support_and_negative_cases_lead_to_their_words(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "comparison", ComparisonScreen)
        burst(app, "v")
        await until(lambda: screen.source.view is View.VOICES and not app._waiting)
        assert "officer" in table(screen) and "2/2" in table(screen)
        burst(app, "v")
        await until(lambda: "single source" in table(screen))
        assert "2 groups, 3" in table(screen)
        burst(app, "v")
        await until(lambda: "negative cases" in title(screen))
        assert "no negative case" in table(screen)
        burst(app, "c", "3")
        await until(lambda: "1+ 1−" in table(screen) or "2−" in table(screen))
        burst(app, "l", "enter")
        found = await evidence(app)
        assert "Rule, officer: negative cases" in title(found)
        burst(app, "q", "v", "G", "2")
        await until(lambda: screen.source.groups == "site" and not app._waiting)
        burst(app, "v", "h", "home", "enter")
        found = await evidence(app)
        assert "A on Trust, detective 1 quotation, 1 speaker" in title(found)


async def test_rows_go_into_a_code_and_out_and_rows_and_columns_exchange(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "comparison", ComparisonScreen)
        burst(app, "d")
        await until(lambda: "Trust and the next level" in title(screen))
        assert "Earned" in table(screen)
        burst(app, "j", "d")
        await until(lambda: "no codes stand below" in said(screen))
        burst(app, "b", "b")
        await until(lambda: "these are the top branches already" in said(screen))
        burst(app, "L")
        await until(lambda: "all codes" in title(screen))
        burst(app, "x")
        await until(lambda: [row.name for row in screen.table.rows][:2] == ["Site A°", "Site B"])
        burst(app, "x", "r", "'no_w'", "enter")
        await until(lambda: screen.source.rows == "silence.no_word")
        burst(app, "A", "/", "'rule'", "enter")
        await until(lambda: [row.key for row in screen.table.rows] == ["rule"])
        burst(app, "/", *["backspace"] * 4, "enter", "s", "s", "t")
        await until(lambda: len(screen.table.rows) > 1 and screen.grid.sorted_by is None)


async def test_a_table_is_written_to_a_file_and_a_refused_path_stays_written(
    findings: Project, tmp_path: Path
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "comparison", ComparisonScreen)
        backs = ["backspace"] * len("comparison.docx")
        burst(app, "E", *backs, "'table.ods'", "enter")
        await until(lambda: "names no format" in screen.line_entry.query_one("Lines").text)  # type: ignore[attr-defined]
        burst(app, "backspace", "backspace", "backspace", "'xlsx'", "enter")
        await until(lambda: "written: table.xlsx" in said(screen))
        for name in ("table.csv", "table.md", "table.docx"):
            burst(app, "E", *backs, f"'{name}'", "enter")
            await until(lambda name=name: f"written: {name}" in said(screen))  # type: ignore[misc]
        burst(app, "y")
        await until(lambda: "copied" in said(screen))
        assert "Site A" in app.clipboard
    book = load_workbook(tmp_path / "table.xlsx")
    assert book["table"]["B1"].value == "Site A°"
    assert "small numbers" in " ".join(str(row[0].value) for row in book["notes"].rows)
    assert "trust,Trust,0,Site A,3" in (tmp_path / "table.csv").read_text()
    assert "| Site A° |" in (tmp_path / "table.md").read_text()


async def test_the_method_names_layer_counts_and_the_command_that_prints_the_same(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 40)):
        screen = await at(app, "comparison", ComparisonScreen)
        for place, kind, words in (
            ("comparison", ComparisonScreen, "qualcode compare"),
            ("framework", FrameworkScreen, "qualcode framework show"),
            ("cooccurrence", CooccurrenceScreen, "qualcode cooccurrence"),
            ("saturation", SaturationScreen, "Guest, Namey & Chen"),
            ("joint", JointScreen, "No test: the groups"),
        ):
            screen = await at(app, place, kind) if place != "comparison" else screen
            burst(app, "m")
            await until(lambda: isinstance(app.screen, ReadingScreen))
            reading: Any = app.screen
            await until(lambda words=words, reading=reading: words in reading.rows.text)  # type: ignore[misc]
            burst(app, "escape")
            await until(lambda screen=screen: app.screen is screen)  # type: ignore[misc]


@pytest.mark.parametrize("size", SIZES)
async def test_a_summary_is_written_becomes_stale_still_holds_and_is_undone(
    findings: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=size):
        screen = await at(app, "framework", FrameworkScreen)
        assert "0 written" in title(screen)
        burst(app, "j", "j", "e", "'She trusts nobody.'", "ctrl+s")
        await until(lambda: "1 written" in title(screen))
        assert "Cora, Trust: 0 quotations. She trusts nobody." in " ".join(
            screen.told.text.split()
        )
        (only,) = reconcile.list_discrepancies(findings, "First")
        reconcile.decide(findings, "First", only.id, Outcome.KEEP_ONE, keep="Kit")
        burst(app, "f5")
        await until(lambda: "1 stale: their evidence has changed" in title(screen))
        assert "STALE" in screen.told.text
        burst(app, "k", "l", "n", "a")
        await until(lambda: "still holds" in said(screen) and "stale" not in title(screen))
        burst(app, "a")
        await until(lambda: "this summary is not stale" in said(screen))
        burst(app, "X")
        await until(lambda: "0 written" in title(screen))
        burst(app, "u")
        await until(lambda: "1 written" in title(screen))
        burst(app, "U")
        await until(lambda: "0 written" in title(screen))
    assert audit.verify_chain(findings).problems == ()


async def test_the_framework_goes_to_what_waits_to_its_words_and_to_other_cases(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "framework", FrameworkScreen)
        first = screen.place
        burst(app, "o")
        await until(lambda: screen.place != first)
        assert screen.source.cell(screen.place).codings > 0
        burst(app, "enter")
        found = await evidence(app)
        assert screen.grid.key is not None and screen.grid.key in title(found)
        burst(app, "q")
        await until(lambda: app.screen is screen)
        burst(app, "c", "5")
        await until(lambda: "site by" in title(screen))
        burst(app, "d")
        await until(lambda: screen.source.rows is not None)
        burst(app, "n")
        await until(lambda: "no summary is stale" in said(screen))


@pytest.mark.parametrize("size", SIZES)
async def test_codes_that_stand_together_lead_to_the_place_where_they_meet(
    findings: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=size):
        screen = await at(app, "cooccurrence", CooccurrenceScreen)
        assert "1 pair" in title(screen) and "No word" in table(screen)
        burst(app, "enter")
        found = await evidence(app)
        assert "I get no word back." in found.quote.text
        burst(app, "q")
        await until(lambda: app.screen is screen)
        burst(app, "v", "v", "l", "enter")
        await evidence(app)
        burst(app, "q")
        await until(lambda: app.screen is screen)
        burst(app, "v", "n")
        await until(lambda: "in the same turn" in title(screen))
        assert len(screen.table.rows) == 4
        burst(app, "D", "backspace", "backspace", "backspace", "'far'", "enter")
        await until(lambda: "no number of characters" in screen.line_entry.query_one("Lines").text)  # type: ignore[attr-defined]
        burst(app, "backspace", "backspace", "backspace", "'40'", "enter")
        await until(lambda: "at most 40 characters apart" in title(screen))
        await until(lambda: "—" in table(screen))


@pytest.mark.parametrize("size", SIZES)
async def test_saturation_is_read_by_its_rule_in_the_order_that_is_chosen(
    findings: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=size):
        screen = await at(app, "saturation", SaturationScreen)
        assert "5 documents are fewer than a base of 4 and a run of 2" in title(screen)
        assert "█" in table(screen) and "as they were imported" in title(screen)
        burst(app, "R", *["backspace"] * 8, "'2 1 100%'", "enter")
        await until(lambda: "2+1: at most 100 % new codes" in title(screen))
        assert "◂ 2+1" in table(screen)
        burst(app, "o", "5")
        await until(lambda: "documents by years" in title(screen))
        burst(app, "a")
        await until(lambda: "1,000 random orders" in title(screen))
        assert "●" in table(screen) and "┼" in table(screen)
        burst(app, "v")
        await until(lambda: "base 6, run 3, 0 %" in table(screen))
        burst(app, "j", "enter")
        await until(lambda: screen.source.rule == (5, 2, 0.05) and not app._waiting)
        burst(app, "b", "n", "p", "home", "enter")
        found = await evidence(app)
        assert screen.source.rule == (6, 3, 0.0)
        assert "New codes of" in title(found)
        burst(app, "q")
        await until(lambda: app.screen is screen)
        burst(app, "R", "'x'", "enter")
        await until(lambda: "is no rule" in screen.line_entry.query_one("Lines").text)  # type: ignore[attr-defined]
        burst(app, "escape")
        await until(lambda: not screen.line_entry.display)


@pytest.mark.parametrize("size", SIZES)
async def test_a_measure_stands_beside_the_codes_and_participant_by_participant(
    findings: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=size):
        screen = await at(app, "joint", JointScreen)
        assert "years" in title(screen) and "├" in table(screen)
        assert "8 (4.5–12.8)" not in table(screen)
        burst(app, "enter")
        found = await evidence(app)
        assert "Trust: who say it" in title(found)
        burst(app, "q")
        await until(lambda: app.screen is screen)
        burst(app, "v")
        await until(lambda: "participant by participant" in title(screen))
        assert [row.key for row in screen.table.rows] == [
            "Ada", "Dan", "Cora", "Ben", "Finn", "Eve",
        ]  # fmt: skip
        burst(app, "l", "enter")
        found = await evidence(app)
        assert "Ada, Trust" in title(found)
        burst(app, "/", "'nothing like it'", "enter")
        await until(lambda: "no quotation with these words" in found.rows.text)


async def test_quotations_are_filtered_copied_and_written(
    findings: Project, tmp_path: Path
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        await at(app, "comparison", ComparisonScreen)
        burst(app, "l", "l", "enter")
        found = await evidence(app)
        total = len(found.all)
        burst(app, "/", "'six years'", "enter")
        await until(lambda: len(found.shown) == 1)
        assert f"of {total}, with “six years”" in title(found)
        burst(app, "y")
        await until(lambda: "copied with its source" in said(found))
        assert (
            "“Ada and I trust each other. It took us six years.” (Ben, detective" in app.clipboard
        )
        burst(app, "Y", "E", *["backspace"] * 4, "'md'", "enter")
        await until(lambda: "written: quotations.md" in said(found))
    assert "It took us six years" in (tmp_path / "quotations.md").read_text()


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_project_says_what_is_missing_on_every_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with create_project(str(tmp_path / "empty.qualcode"), name="Empty", lead="Max") as project:
        app = Workbench(ProjectDesk(project))
        async with app.run_test(size=size):
            for place, kind in (
                ("comparison", ComparisonScreen),
                ("framework", FrameworkScreen),
                ("cooccurrence", CooccurrenceScreen),
                ("saturation", SaturationScreen),
            ):
                screen: Any = await at(app, place, kind)
                assert screen.grid.empty in " ".join(table(screen).split())
                burst(app, "enter", "s", "t", "v", "j", "l", "end", "/", "escape", "m")
                await until(lambda: isinstance(app.screen, ReadingScreen))
                burst(app, "escape", "q")
                await until(lambda: bool(app.screen.query("#rows")))
            app.go("joint")
            await until(
                lambda: "no attribute of the participants is a number" in app.screen.said.text
            )  # type: ignore[attr-defined]


async def test_two_thousand_codes_and_long_names_can_be_walked_through(tmp_path: Path) -> None:
    names = "".join(
        f"  - {{id: c{n}, name: A name of a code that is far too long for any column number {n}}}\n"
        for n in range(2_000)
    )
    with create_project(str(tmp_path / "large.qualcode"), name="Large", lead="Max") as project:
        codebook.import_codebook(project, "codes.yaml", f"codes:\n{names}".encode())
        (tmp_path / "one.txt").write_text("Ada: I trust her.\n")
        from qualcode.services import documents

        documents.import_documents(project, [tmp_path / "one.txt"])
        app = Workbench(ProjectDesk(project))
        async with app.run_test(size=(80, 24)):
            screen = await at(app, "comparison", ComparisonScreen)
            assert len(screen.table.rows) == 2_000
            burst(app, "end", "k", "pageup", "pagedown", "s")
            await until(lambda: screen.grid.sorted_by is not None)
            burst(app, "t", "end")
            await until(lambda: screen.grid.key == "c1999")
            burst(app, "x", "l", "l")
            await until(lambda: screen.grid.column == 2 and len(screen.table.heads) == 2_000)


async def test_colours_are_never_all_that_tells_a_cell(
    findings: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(80, 24)):
        screen = await at(app, "comparison", ComparisonScreen)
        assert "▸" in table(screen) and "›3/3 (3)" in table(screen)


async def test_the_command_of_the_screen_counts_the_same(findings: Project) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(80, 24)):
        screen = await at(app, "comparison", ComparisonScreen)
        burst(app, "d", "L")
        await until(lambda: screen.source.deep)
        assert screen.source.equivalent().endswith(
            "--columns site --rows trust --deep --count participants"
        )
        shown = [row.key for row in screen.table.rows]
    matrix = compare.compare(findings, rows="trust", columns="site", deep=True)
    assert shown == [row.code for row in matrix.rows]


async def test_a_refused_choice_leaves_the_table_as_it_was_and_says_why(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "comparison", ComparisonScreen)
        before = table(screen)
        screen.change(lambda: screen.source.compare_by("shoe size"))
        await until(lambda: "shoe size" in said(screen) and not app._waiting)
        assert screen.source.columns == "site" and table(screen) == before
        assert "by site" in title(screen)
        burst(app, "n")
        await until(lambda: "share of those who could have said it" in title(screen))


async def test_drawings_are_made_anew_for_another_width_and_theme(findings: Project) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at(app, "saturation", SaturationScreen)
        narrow = max(line.count("█") for line in table(screen).splitlines())
        await pilot.resize_terminal(200, 50)
        await until(lambda: max(line.count("█") for line in table(screen).splitlines()) > narrow)
        burst(app, "f9")
        await until(lambda: app.theme != "textual-dark")
        assert "in all" in table(screen)


async def test_another_measure_and_the_codes_below_stand_in_the_joint_display(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "joint", JointScreen)
        burst(app, "c", "1")
        await until(lambda: screen.source.measure == "years" and not app._waiting)
        burst(app, "j", "d")
        await until(lambda: "Silence and the next level" in title(screen))
        burst(app, "v", "l", "d")
        await until(lambda: "no codes stand below" in said(screen))
        burst(app, "q")
        await until(lambda: app.screen is not screen)


async def test_a_name_in_the_finder_that_is_no_code_and_an_empty_path_change_nothing(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "comparison", ComparisonScreen)
        burst(app, "r", "'zzz'", "down", "up", "enter", "escape")
        await until(lambda: app.focused is screen.grid)
        assert screen.source.rows is None
        burst(app, "E", *["backspace"] * len("comparison.docx"), "enter")
        await until(lambda: "nothing was written" in said(screen))


async def test_a_summary_that_cannot_be_written_stays_in_the_page_until_it_can(
    findings: Project, tmp_path: Path
) -> None:
    place, aside = tmp_path / "findings.qualcode", tmp_path / "aside.qualcode"
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "framework", FrameworkScreen)
        place.rename(aside)
        burst(app, "e", "'They trust.'", "ctrl+s")
        await until(lambda: "no longer there" in screen.page_entry.query_one("Lines").text)  # type: ignore[attr-defined]
        assert screen.page_entry.display
        aside.rename(place)
        burst(app, "' Mostly.'", "ctrl+s")
        await until(lambda: "1 written" in title(screen))
        assert "They trust. Mostly." in screen.told.text


async def test_undo_takes_back_a_summary_and_nothing_that_was_done_elsewhere(
    findings: Project,
) -> None:
    app = Workbench(ProjectDesk(findings))
    async with app.run_test(size=(100, 30)):
        screen = await at(app, "framework", FrameworkScreen)
        before = len(audit.history(findings))
        burst(app, "u")
        await until(lambda: bool(said(screen)))
        assert len(audit.history(findings)) == before
