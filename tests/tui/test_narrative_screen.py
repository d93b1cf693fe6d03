"""Narratives in the workbench: built, written on, claimed, doubted, exported, coded again and led back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.core.narrative import NarrativeView, ProseKind, ProseView
from qualcode.core.reconcile import Outcome
from qualcode.core.rounds import Purpose
from qualcode.services import coding, narrative, reconcile, rounds
from qualcode.services.project import Project, create_project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.saving import save
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.narrative.blocks import Kind, blocks_of
from qualcode.tui.screens.narrative.claim import ClaimScreen
from qualcode.tui.screens.narrative.list_screen import NarrativesScreen
from qualcode.tui.screens.narrative.reader import NarrativeScreen
from qualcode.tui.screens.narrative.way import WayScreen
from qualcode.tui.screens.reading import ReadingScreen
from tests.services.conftest import build_study
from tests.tui.conftest import burst, opened, until

NAME = "narrative-bonds"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_study(tmp_path_factory.mktemp("narratives"))


@pytest.fixture
def study(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "study.qualcode"
    shutil.copy(built, place)
    with open_project(str(place)) as project:
        yield project


@pytest.fixture
def bonds(study: Project) -> Project:
    """The study with a narrative of four passages."""
    narrative.build_narrative(study, "bonds")
    return study


async def listing(app: Workbench) -> NarrativesScreen:
    await until(lambda: bool(app.screen.query("#rows")) and app.screen.is_mounted)
    burst(app, "f2", "n")
    await until(lambda: isinstance(app.screen, NarrativesScreen) and app.screen._began)
    screen = app.screen
    assert isinstance(screen, NarrativesScreen)
    return screen


async def reading(app: Workbench) -> NarrativeScreen:
    await listing(app)
    burst(app, "enter")
    await until(lambda: isinstance(app.screen, NarrativeScreen) and app.screen._began)
    screen = app.screen
    assert isinstance(screen, NarrativeScreen)
    return screen


def view(project: Project) -> NarrativeView:
    return narrative.show_narrative(project, NAME)


def pieces(project: Project) -> list[ProseView]:
    return [one.prose for one in blocks_of(view(project)) if one.prose is not None]


def decide_cora(project: Project, outcome: Outcome = Outcome.KEEP_ONE) -> None:
    item = reconcile.list_discrepancies(project, "First")[0]
    keep = "Kit" if outcome is Outcome.KEEP_ONE else None
    reconcile.decide(project, "First", item.id, outcome, rationale="read again", keep=keep)


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_narratives_are_listed_with_who_speaks_and_what_waits(
    bonds: Project, size: tuple[int, int]
) -> None:
    decide_cora(bonds)
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=size):
        screen = await listing(app)
        await until(lambda: "4/6" in screen.rows.text)
        assert "What binds" in screen.rows.text and "consensus" in screen.rows.text
        await until(lambda: "1 new passage not in it yet" in screen.foot.text)
        assert "Not in it: Cora" in screen.foot.text
        burst(app, "R")
        await until(lambda: "5 passages, 1 new, 0 gone" in screen.said.text)
        await until(lambda: "5/6" in screen.rows.text)
        burst(app, "h")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        history = app.screen
        assert isinstance(history, ReadingScreen)
        await until(lambda: "Max built a narrative" in history.rows.text)


async def test_a_project_without_narratives_builds_one_for_each_site_by_keys(
    study: Project,
) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(80, 24)):
        screen = await listing(app)
        await until(lambda: "no narrative yet: A builds one" in screen.rows.text)
        burst(app, "x", "enter", "R")
        await until(lambda: "no narrative is here" in screen.said.text)
        burst(app, "A", "'rule'", "enter", "1")
        await until(
            lambda: screen.choice.is_open and "one for each site" in screen.choice.rows.text
        )
        burst(app, "2")
        await until(lambda: "narrative-rule-site-B: 2 passages" in screen.said.text)
        burst(app, "j", "x")
        await until(lambda: "narrative-rule-site-B is removed" in screen.said.text)
        burst(app, "u")
        await until(lambda: len(screen.shelf.shown) == 2)
        burst(app, "/", "'site-A'", "enter")
        await until(lambda: len(screen.shelf.shown) == 1)
        burst(app, "escape")
        await until(lambda: len(screen.shelf.shown) == 2)
    assert [one.value for one in narrative.list_facts(study)] == ["A", "B"]


async def test_an_import_is_not_taken_back_by_the_keys_of_narratives(bonds: Project) -> None:
    line = b'{"document": "dan", "quote": "People trust us in both.", "code": "rule"}'
    rounds.new_round(bonds, "Later", blind=False)
    coding.import_codings(bonds, [("codings.jsonl", line)], round="Later")
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(100, 24)):
        screen = await listing(app)
        burst(app, "u")
        await until(
            lambda: "(codings imported) was made elsewhere, and stands" in screen.said.text
        )
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, NarrativeScreen) and app.screen._began)
        reader = app.screen
        assert isinstance(reader, NarrativeScreen)
        burst(app, "u")
        await until(lambda: "was made elsewhere, and stands" in reader.said.text)
        burst(app, "w", "'So it is.'", "escape")
        await until(lambda: len(pieces(bonds)) == 1)
        burst(app, "u")
        await until(lambda: pieces(bonds) == [])
    assert len(coding.list_codings(bonds, round="Later")) == 1


async def test_a_theme_of_the_codebook_can_be_found_and_an_uncoded_code_is_refused(
    study: Project,
) -> None:
    app = Workbench(ProjectDesk(study))
    async with app.run_test(size=(100, 30)):
        screen = await listing(app)
        burst(app, "A", "'missing'", "enter", "enter", "enter")
        await until(lambda: "narrative-gaps: " in screen.said.text)
        burst(app, "A", "'unused'", "enter", "enter", "enter")
        await until(lambda: "nothing is coded under" in screen.said.text)
        burst(app, "A", "escape", "j", "k", "A", "'rule'", "enter", "escape")
        await until(lambda: not screen.choice.is_open and screen.focused is screen.rows)
    assert len(narrative.list_facts(study)) == 1


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_prose_is_written_between_blocks_edited_moved_removed_and_taken_back(
    bonds: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=size):
        screen = await reading(app)
        assert "Ada and I trust each other." in " ".join(screen.blocks.text.split())
        burst(app, "w", "'To begin with.'", "escape", "w", "'And then.'", "escape")
        await until(lambda: len(pieces(bonds)) == 2)
        assert [one.text for one in view(bonds).opening] == ["To begin with.", "And then."]
        burst(app, "K")
        await until(lambda: view(bonds).opening[0].text == "And then.")
        burst(app, "K")
        await until(lambda: "at the edge" in screen.said.text)
        burst(app, "e", "'!'", "escape")
        await until(lambda: view(bonds).opening[0].text == "And then.!")
        burst(app, "J", "J", "J", "J")
        await until(lambda: len(view(bonds).opening) == 1)
        burst(app, "x")
        await until(lambda: len(pieces(bonds)) == 1)
        burst(app, "u")
        await until(lambda: len(pieces(bonds)) == 2)
        burst(app, "U")
        await until(lambda: len(pieces(bonds)) == 1)
        burst(app, "home", "w", "escape")
        await until(lambda: "nothing is written" in screen.said.text)
        burst(app, "x")
        await until(lambda: "no prose of yours is here" in screen.said.text)


async def test_passages_are_marked_and_become_the_evidence_of_a_claim(bonds: Project) -> None:
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        screen = await reading(app)
        burst(app, "c")
        await until(lambda: "a claim names its evidence" in screen.said.text)
        passages = [n for n, one in enumerate(screen.book.blocks) if one.kind is Kind.PASSAGE]
        burst(app, *["j"] * passages[0], "space")
        await until(lambda: "● 1 marked" in screen.head.text)
        assert "●" in screen.blocks.text
        burst(app, "space", "c", "'Trust takes years.'", "escape")
        await until(lambda: "claim written, resting on 1, 2" in screen.said.text)
        (claim,) = pieces(bonds)
        assert (claim.kind, claim.evidence) == (ProseKind.CLAIM, (1, 2))
        burst(app, "d", "2")
        await until(lambda: pieces(bonds)[0].evidence == (1,))
        burst(app, "end", "k", "k", "C", "'Cora trusts one only.'", "escape")
        await until(lambda: len(view(bonds).counter) == 1)
        assert view(bonds).counter[0].evidence == (4,)
        third = next(
            n for n, one in enumerate(screen.book.blocks) if one.passage == view(bonds).passage(3)
        )
        burst(app, "home", *["j"] * third, "a", "1")
        await until(lambda: len(pieces(bonds)[0].evidence) == 2)
        burst(app, "u")
        await until(lambda: len(pieces(bonds)[0].evidence) == 1)


async def test_a_claim_lists_its_evidence_and_a_passage_opens_its_interview(
    bonds: Project,
) -> None:
    narrative.write_prose(bonds, NAME, "Trust takes years.", evidence=[1, 3])
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        await reading(app)
        burst(app, "j", "enter")
        await until(lambda: isinstance(app.screen, ClaimScreen) and app.screen._began)
        claim = app.screen
        assert isinstance(claim, ClaimScreen)
        await until(lambda: "Trust takes years." in claim.head.text)
        await until(lambda: "It took us six years." in claim.quote.text)
        burst(app, "x")
        await until(lambda: pieces(bonds)[0].evidence == (3,))
        burst(app, "u")
        await until(lambda: claim.piece.evidence == (1, 3))
        burst(app, "enter")
        coding_screen = await opened(app)
        assert coding_screen.sitting.document == "ben"
        text, span = coding_screen.sitting.model.text, coding_screen.sitting.model.selection.span
        assert text[slice(*span)] == "Ada and I trust each other. It took us six years."
        burst(app, "q")
        await until(lambda: app.screen is claim)
        burst(app, "q")
        await until(lambda: isinstance(app.screen, NarrativeScreen))


async def test_what_is_stale_is_named_accepted_or_built_again(bonds: Project) -> None:
    decide_cora(bonds)
    narrative.build_narrative(bonds, "bonds")
    number = next(one.number for one in view(bonds).passages() if one.participants == ("Cora",))
    narrative.write_prose(bonds, NAME, "Even at B.", evidence=[number, 1])
    decide_cora(bonds, Outcome.REJECT_ALL)
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        screen = await reading(app)
        assert "2 stale" in screen.head.text
        burst(app, "s")
        await until(lambda: "this claim is stale: evidence was removed" in screen.said.text)
        assert "stale: evidence was removed or decided away" in screen.blocks.text
        burst(app, "s")
        await until(lambda: f"passage {number} is stale" in screen.said.text)
        burst(app, "y")
        await until(lambda: "R builds the narrative again" in screen.said.text)
        burst(app, "S", "y")
        await until(lambda: "it still holds: it rests on 1" in screen.said.text)
        burst(app, "R")
        await until(lambda: "4 passages, 0 new, 1 gone; your prose stays" in screen.said.text)
        burst(app, "s")
        await until(lambda: "nothing is stale" in screen.said.text)
    assert pieces(bonds)[0].stale is None and pieces(bonds)[0].evidence == (1,)


async def test_words_are_found_and_subthemes_stepped_through(bonds: Project) -> None:
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        screen = await reading(app)
        burst(app, "/", "'trust the'", "enter")
        await until(lambda: "1 place" in screen.said.text)
        assert screen.book.here.passage is not None
        burst(app, "home", "]", "]")
        await until(lambda: screen.book.here.words == "Given")
        burst(app, "[", "enter")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        burst(app, "escape")
        await until(lambda: app.screen is screen)
        burst(app, "v")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        coverage = app.screen
        assert isinstance(coverage, ReadingScreen)
        await until(lambda: "4 of 6 who could have spoken" in coverage.rows.text)
        burst(app, "escape")
        await until(lambda: app.screen is screen)
        burst(app, "m")
        await until(lambda: isinstance(app.screen, ReadingScreen))
        burst(app, "escape", "/", "'nowhere'", "enter")
        await until(lambda: "does not stand in this narrative" in screen.said.text)


async def test_export_asks_for_a_path_and_never_writes_over_a_file_unsaid(
    bonds: Project, tmp_path: Path
) -> None:
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        screen = await reading(app)
        burst(app, "E", "enter")
        await until(lambda: f"written: {NAME}.docx" in screen.said.text)
        burst(app, "E", "enter")
        await until(lambda: "is there already" in screen.said.text and screen.line_entry.display)
        burst(app, "!", "enter")
        await until(lambda: f"written: {NAME}.docx" in screen.said.text)
        burst(app, "E", *["backspace"] * 5, "'.odt'", "enter")
        await until(lambda: "no format for a narrative" in screen.said.text)
        burst(app, *["backspace"] * 4, "'.html'", "enter")
        await until((tmp_path / f"{NAME}.html").exists)
        assert not screen.line_entry.display
    assert (tmp_path / f"{NAME}.docx").read_bytes().startswith(b"PK")


async def test_a_narrative_is_coded_again_and_its_coding_leads_back(bonds: Project) -> None:
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        screen = await reading(app)
        burst(app, "r", "1", "enter", *["backspace"] * 20, "'Max, Nobody'", "enter")
        await until(lambda: "no coder" in screen.said.text and screen.line_entry.display)
        burst(app, *["backspace"] * 6, "'Kit'", "enter")
        coding_screen = await opened(app)
        assert coding_screen.sitting.document == NAME
        burst(app, "j", "/", "'silence'", "enter")
        await until(lambda: len(coding.list_codings(bonds, document=NAME)) == 1)
        made = coding.list_codings(bonds, document=NAME)[0]
        (source,) = narrative.map_back(bonds, made.id)
        burst(app, "O")
        await until(lambda: isinstance(app.screen, WayScreen) and app.screen._began)
        way = app.screen
        assert isinstance(way, WayScreen)
        await until(lambda: source.document in way.rows.text)
        burst(app, "enter")
        await until(
            lambda: (
                isinstance(app.screen, CodingScreen)
                and app.screen.sitting.document == source.document
            )
        )
        interview = await opened(app)
        text, span = interview.sitting.model.text, interview.sitting.model.selection.span
        assert text[slice(*span)] == source.quote
        burst(app, "O")
        await until(lambda: isinstance(app.screen, WayScreen) and app.screen is not way)
        back = app.screen
        assert isinstance(back, WayScreen)
        await until(lambda: "silence by Max in Second cycle" in back.quote.text)
        burst(app, "o")
        await until(lambda: isinstance(app.screen, CodingScreen))
    (given,) = {one.document for one in rounds.list_assignments(bonds, "Second cycle")}
    assert given == NAME


async def test_a_second_cycle_goes_on_or_is_given_to_others(bonds: Project) -> None:
    rounds.new_round(bonds, "Taxonomic", purpose=Purpose.TAXONOMIC)
    rounds.assign_documents(bonds, "Taxonomic", documents=[NAME], coders=["Kit"])
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        screen = await listing(app)
        burst(app, "r")
        await until(lambda: "Kit: 0 of 1 coder done" in screen.choice.rows.text)
        burst(app, "1", *["backspace"] * 20, "'Kit, Lou'", "enter")
        await until(lambda: "given out in Taxonomic, not to Max" in screen.said.text)
        burst(app, "r", "escape", "j", "r", "2", "escape")
        await until(lambda: screen.focused is screen.rows)
        rounds.assign_documents(bonds, "Taxonomic", documents=[NAME], coders=["Max"])
        burst(app, "r", "1")
        assert (await opened(app)).sitting.document == NAME


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_every_key_shown_does_something_and_none_breaks_the_page(
    bonds: Project, size: tuple[int, int]
) -> None:
    narrative.write_prose(bonds, NAME, "Trust takes years.", evidence=[1, 3])
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=size):
        screen = await reading(app)
        for index in (0, 1, 2, 4, len(screen.book.blocks) - 1):
            burst(app, "home", *["j"] * index, *"sSyna1d1JK", "pagedown", "pageup", "end", *"[uU")
        burst(app, "home", "]", "]", "j")
        await until(lambda: screen.book.here.passage is not None)
        burst(app, "space")
        await until(lambda: bool(screen.book.marked))
        burst(app, "escape")
        await until(lambda: not screen.book.marked)
        for key in ("v", "m"):
            burst(app, key)
            await until(lambda: isinstance(app.screen, ReadingScreen))
            burst(app, "escape")
            await until(lambda: app.screen is screen)
        burst(app, "g")
        await until(lambda: app.screen is not screen)
        burst(app, "escape")
        await until(lambda: app.screen is screen)
        burst(app, "q")
        await until(lambda: isinstance(app.screen, NarrativesScreen))


async def test_words_that_no_narrative_repeats_have_no_way(bonds: Project) -> None:
    app = Workbench(ProjectDesk(bonds), document="circle")
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "O")
        await until(lambda: "no narrative repeats these words" in screen.status.text)


async def test_what_is_written_is_not_lost_when_it_is_refused(bonds: Project) -> None:
    app = Workbench(ProjectDesk(bonds))
    async with app.run_test(size=(80, 24)):
        screen = await reading(app)
        burst(app, "w", "'Long words.'")
        await until(lambda: screen.page_entry.display)
        with open_project(bonds.location) as other:
            narrative.remove_narrative(other, NAME)
        burst(app, "escape")
        await until(
            lambda: any("not written" in text or NAME in text for _, text, _ in app.notices)
        )
        assert screen.page_entry.display
        burst(app, "escape")
        await until(lambda: any(hint == "Long words." for _, _, hint in app.notices))


def test_a_file_is_written_whole_or_refused_in_words(tmp_path: Path) -> None:
    from qualcode.errors import QualcodeError

    place = tmp_path / "a b.md"
    assert save(f"'{place}'", b"one") == f"written: {place}"
    with pytest.raises(QualcodeError, match="is there already"):
        save(str(place), b"two")
    assert place.read_bytes() == b"one"
    save(f"{place}!", b"two")
    assert place.read_bytes() == b"two"
    for bad in ("", str(tmp_path), str(tmp_path / "none" / "x.md"), str(place / "x.md")):
        with pytest.raises(QualcodeError):
            save(bad, b"three")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a b.md"]


async def test_an_empty_project_has_an_empty_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    with create_project(str(tmp_path / "empty.qualcode"), lead="Max") as project:
        app = Workbench(ProjectDesk(project))
        async with app.run_test(size=(80, 24)):
            screen = await listing(app)
            burst(app, "A", "enter", "escape", "u")
            await until(lambda: "was made elsewhere, and stands" in screen.said.text)
