"""The screens of taxonomies: from the domains to a term, its quotations and the text; ordering, binding, contrasts, gaps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.core.taxonomy import TermView
from qualcode.services import coding, taxonomy
from qualcode.services.project import Project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.quotations import PickingScreen, QuotationsScreen
from qualcode.tui.screens.start import StartScreen
from qualcode.tui.screens.taxonomy.domain import DomainScreen, View
from qualcode.tui.screens.taxonomy.domains import DomainsScreen
from tests.study import Study, build_study
from tests.tui.comparing import settled
from tests.tui.conftest import burst, until

DOMAINS = b"""
domains:
  - cover_term: help
    relationship: strict-inclusion
    definition: What lets people work together.
    terms:
      - {name: trust, code: benefit.trust}
      - {name: contact, code: benefit.contact}
      - {name: a lucky day}
  - cover_term: keeping on
    relationship: X is a way to Y
"""
CALLS = "We call each other by name, and that is worth more than any form."
KNOWS = "She knows whom to ask, and I know her."
FORTY = "There are forty cases on one desk."
SIZES = [(80, 24), (200, 50)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three interviews that two coders read alike, reconciled; two domains."""
    folder = tmp_path_factory.mktemp("taxonomy")
    place = folder / "study.qualcode"
    build_study(str(place), folder / "texts")
    study = Study(str(place))
    for coder in ("Ana", "Ben"):
        for number in (1, 2, 3):
            document = f"talk-{number}"
            study.apply(coder, "benefit.contact", CALLS, document=document)
            study.apply(coder, "benefit.trust", KNOWS, document=document)
            study.apply(coder, "challenge.load", FORTY, document=document)
    study.finish("Ana", "Ben")
    study.reconcile()
    taxonomy.import_taxonomy(study.lead, "domains.yaml", DOMAINS)
    study.close()
    return place


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    place = tmp_path / "study.qualcode"
    shutil.copy(built, place)
    with open_project(str(place)) as opened:
        yield opened


async def at_domains(app: Workbench) -> DomainsScreen:
    await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
    app.go("taxonomies")
    await until(lambda: isinstance(app.screen, DomainsScreen) and not app._waiting)
    screen = app.screen
    assert isinstance(screen, DomainsScreen)
    return screen


async def at_help(app: Workbench) -> DomainScreen:
    """Open the first domain."""
    await at_domains(app)
    burst(app, "enter")
    await until(lambda: isinstance(app.screen, DomainScreen) and not app._waiting)
    screen = app.screen
    assert isinstance(screen, DomainScreen)
    return screen


def tree(project: Project, domain: str = "help") -> list[tuple[int, str]]:
    (found,) = taxonomy.show_taxonomy(project, domain).domains
    return [(term.depth, term.name) for term in found.terms]


def term(project: Project, name: str, domain: str = "help") -> TermView:
    (found,) = taxonomy.show_taxonomy(project, domain).domains
    return next(one for one in found.terms if one.name == name)


@pytest.mark.parametrize("size", SIZES)
async def test_one_goes_from_the_domains_to_a_term_to_its_words_and_back(
    project: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=size):
        domains = await at_domains(app)
        assert "X is a way to Y" in domains.rows.text and "2 domains" in domains.head.text
        assert "1 term without evidence · 1 code without a place" in domains.head.text
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, DomainScreen) and not app._waiting)
        screen = app.screen
        assert isinstance(screen, DomainScreen)
        assert "no evidence" in screen.rows.text and "trust is a kind of help" in screen.panel.text
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, QuotationsScreen) and not app._waiting)
        quotes = app.screen
        assert isinstance(quotes, QuotationsScreen)
        assert len(quotes.found) == 3 and KNOWS in " ".join(quotes.quote.text.split())
        burst(app, "j", "enter")
        await until(lambda: isinstance(app.screen, CodingScreen) and not app._waiting)
        coded = app.screen
        assert isinstance(coded, CodingScreen)
        await until(lambda: coded.pane.model is not None)
        assert coded.sitting.document == "talk-2"
        start, end = coded.sitting.model.selection.span
        assert coded.sitting.reading.text[start:end] == KNOWS
        burst(app, "q")
        await until(lambda: app.screen is quotes)
        burst(app, "q", "q")
        await until(lambda: app.screen is domains)


async def test_terms_are_ordered_by_keys_and_the_order_is_undone_after_a_restart(
    project: Project,
) -> None:
    place = project.location
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_help(app)
        burst(app, "J")
        await until(lambda: tree(project)[0] == (0, "contact"))
        assert screen.term().name == "trust"
        burst(app, ">")
        await until(lambda: tree(project)[:2] == [(0, "contact"), (1, "trust")])
        burst(app, "K")
        await until(lambda: "stands first among its siblings" in screen.said.text)
        burst(app, "<", "j", "m", "k", "m")
        await until(lambda: "2 terms marked" in screen.head.text)
        burst(app, "K")
        await until(
            lambda: [name for _, name in tree(project)] == ["trust", "a lucky day", "contact"]
        )
    project.close()
    with open_project(place) as again:
        app = Workbench(ProjectDesk(again))
        async with app.run_test(size=(80, 24)):
            screen = await at_help(app)
            burst(app, "u", "u", "u", "u")
            wanted = ["trust", "contact", "a lucky day"]
            await until(lambda: [name for _, name in tree(again)] == wanted)
            burst(app, "U")
            await until(lambda: tree(again)[0] == (0, "contact"))
            await until(lambda: "brought back" in screen.said.text)


async def test_marked_terms_move_under_another_and_to_the_top(project: Project) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_help(app)
        burst(app, "m", "j", "m", "j", "M")
        wanted = [(0, "a lucky day"), (1, "trust"), (1, "contact")]
        await until(lambda: tree(project) == wanted)
        assert screen.marked == set()
        burst(app, "M")
        await until(lambda: "no term is marked" in screen.said.text)
        burst(app, "home", "m", "j", "M")
        await until(lambda: "is part of it" in screen.said.text)
        burst(app, "home", "m", "end", "m", "T")
        await until(lambda: tree(project)[-1] == (0, "contact"))
        burst(app, "X")
        await until(lambda: "contact" not in dict(map(reversed, tree(project))))  # type: ignore[arg-type]
        burst(app, "u")
        await until(lambda: tree(project)[-1] == (0, "contact"))


async def test_terms_are_added_renamed_and_what_was_written_is_kept_on_a_refusal(
    project: Project,
) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_help(app)
        burst(app, "A", "'trust in tools'", "enter")
        await until(lambda: (1, "trust in tools") in tree(project))
        assert screen.term().name == "trust in tools"
        burst(app, "ctrl+a", "'contact'", "enter")
        await until(lambda: "an included term contact already" in screen.said.text)
        await until(lambda: screen.line_entry.display)
        burst(app, "' by letter'", "enter")
        await until(lambda: (0, "contact by letter") in tree(project))
        burst(app, "R", *["backspace"] * 6, "'post'", "enter")
        await until(lambda: (0, "contact by post") in tree(project))
        burst(app, "/", "'tools'", "enter")
        await until(lambda: "only “tools”" in screen.head.text)
        assert [one.name for one in screen.shown] == ["trust", "trust in tools"]
        burst(app, "J")
        await until(lambda: "not moved while only some are shown" in screen.said.text)


async def test_a_code_and_quotations_are_bound_and_loosened(project: Project) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_help(app)
        burst(app, "end", "c", "'caseload'", "enter")
        await until(lambda: term(project, "a lucky day").code == "challenge.load")
        burst(app, "C")
        await until(lambda: term(project, "a lucky day").code is None)
        burst(app, "C")
        await until(lambda: "stands for no code" in screen.said.text)
        burst(app, "+")
        await until(lambda: isinstance(app.screen, PickingScreen) and not app._waiting)
        picking = app.screen
        assert isinstance(picking, PickingScreen)
        burst(app, "/", "'forty'", "enter", "m", "m")
        await until(lambda: "2 marked" in picking.head.text and len(picking.found) == 3)
        burst(app, "/", *["backspace"] * 5, "'no such words'", "enter")
        await until(lambda: picking.found == ())
        burst(app, "enter")
        await until(lambda: term(project, "a lucky day").quotations == 2)
        await until(lambda: app.screen is screen and "2 quotations bound" in screen.said.text)
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, QuotationsScreen) and not app._waiting)
        quotes = app.screen
        assert isinstance(quotes, QuotationsScreen) and len(quotes.found) == 2
        burst(app, "x")
        await until(lambda: term(project, "a lucky day").quotations == 1)
        burst(app, "u")
        await until(lambda: len(quotes.found) == 2)
        burst(app, "q", "home", "enter")
        await until(lambda: isinstance(app.screen, QuotationsScreen) and app.screen is not quotes)
        await until(lambda: not app._waiting)
        follows = app.screen
        assert isinstance(follows, QuotationsScreen)
        burst(app, "x")
        await until(lambda: "follows from a code" in follows.said.text)


@pytest.mark.parametrize("size", SIZES)
async def test_the_views_come_in_turn_and_a_cell_of_the_contrasts_is_filled_in_place(
    project: Project, size: tuple[int, int]
) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=size):
        screen = await at_help(app)
        burst(app, "v")
        await until(lambda: screen.view is View.TABLE and "codings" in screen.grid.text)
        burst(app, "v")
        await until(lambda: screen.view is View.CONTRASTS and "role" in screen.grid.text)
        assert "officer 1" in screen.grid.text and "4 questions to ask" in screen.head.text
        burst(app, "end", "l")
        await until(lambda: "To ask: role of a lucky day?" in screen.panel.text)
        burst(app, "enter")
        await until(lambda: "nothing was said of a lucky day, role" in screen.said.text)
        burst(app, "e", "'whoever is there'", "enter")
        await until(lambda: "3 questions to ask" in screen.head.text)
        assert "written: whoever is there" in screen.panel.text
        burst(app, "n", "'who begins?'", "enter", "'nobody'", "enter")
        await until(lambda: "who begins? ✎" in screen.grid.text)
        burst(app, "N", *["backspace"] * 7, "'starts?'", "enter")
        await until(lambda: "who starts? ✎" in screen.grid.text)
        burst(app, "d", "1")
        await until(lambda: "site is out of view" in screen.said.text)
        burst(app, "home", "h", "h", "h", "enter")
        await until(lambda: isinstance(app.screen, QuotationsScreen) and not app._waiting)
        burst(app, "q")
        await until(lambda: app.screen is screen)
        burst(app, "u", "u", "u")
        await until(lambda: "1 question to ask" in screen.head.text)
        assert "who" not in screen.grid.text
    view = taxonomy.show_components(project, "help")
    assert view.own == frozenset() and not any(any(row.written) for row in view.rows)


async def test_gaps_are_listed_and_a_code_gets_its_place(project: Project) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_help(app)
        burst(app, "v", "v", "v")
        await until(lambda: screen.view is View.EMPTY and "a lucky day" in screen.rows.text)
        burst(app, "v")
        await until(lambda: screen.view is View.HOMELESS and "challenge.load" in screen.rows.text)
        burst(app, "enter")
        await until(lambda: isinstance(app.screen, QuotationsScreen) and not app._waiting)
        burst(app, "q", "p", "'lucky'", "enter")
        await until(lambda: (1, "Caseload") in tree(project))
        await until(lambda: "every code in use has its place" in screen.rows.text)
        burst(app, "u")
        await until(lambda: "challenge.load" in screen.rows.text)
        burst(app, "P", "'lucky'", "enter")
        await until(lambda: term(project, "a lucky day").code == "challenge.load")
        burst(app, "p")
        await until(lambda: "no code is chosen" in screen.said.text)


async def test_domains_are_added_defined_ordered_written_read_and_removed(
    project: Project, tmp_path: Path
) -> None:
    app = Workbench(ProjectDesk(project))
    target = tmp_path / "out.yaml"
    async with app.run_test(size=(80, 24)):
        screen = await at_domains(app)
        burst(app, "A", "'steps'", "enter")
        await until(lambda: screen.choice.is_open)
        burst(app, "down", "enter")
        await until(lambda: "steps is a domain" in screen.said.text)
        names = [one.cover_term for one in taxonomy.show_taxonomy(project).domains]
        assert names == ["help", "keeping on", "steps"]
        burst(app, "r", *["down"] * 12, "enter")
        reading = {one.cover_term: one.reading for one in taxonomy.show_taxonomy(project).domains}
        await until(lambda: "steps: X is" in screen.said.text)
        assert reading["help"] == "X is a kind of Y"
        burst(app, "E", "'One after another.'", "escape")
        await until(lambda: "One after another." in screen.panel.text)
        burst(app, "K", "K")
        await until(lambda: taxonomy.show_taxonomy(project).domains[0].cover_term == "steps")
        burst(app, "K")
        await until(lambda: "stands first already" in screen.said.text)
        burst(app, "R", *["backspace"] * 5, "'help'", "enter")
        await until(lambda: "exists already" in screen.said.text)
        burst(app, "escape", "w", *["backspace"] * 13, f"'{target}'", "enter")
        await until(target.exists)
        burst(app, "X")
        await until(lambda: len(taxonomy.show_taxonomy(project).domains) == 2)
        burst(app, "I", f"'{target}'", "enter")
        await until(lambda: "1 new domain" in screen.said.text)
        burst(app, "I", "'/nowhere.yaml'", "enter")
        await until(lambda: "cannot be read" in screen.said.text)
        burst(app, "escape", "b", "2")
        await until(lambda: "counted on the codings of Vera" in screen.head.text)
        assert "no codings of Vera" in screen.head.text


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_project_says_how_to_begin(
    project_path: Path, size: tuple[int, int]
) -> None:
    with open_project(str(project_path)) as empty:
        app = Workbench(ProjectDesk(empty))
        async with app.run_test(size=size) as pilot:
            screen = await at_domains(app)
            assert "no domain yet: A adds one" in screen.rows.text
            for key in ("R", "r", "E", "J", "X", "u"):
                burst(app, key)
                await settled(app, pilot)
                assert screen.said.text.strip()
            burst(app, "A", "enter")
            await until(lambda: "needs words" in screen.said.text)
            burst(app, "'first'", "enter")
            await until(lambda: screen.choice.is_open)
            burst(app, "1", "enter")
            await until(lambda: isinstance(app.screen, DomainScreen) and not app._waiting)
            domain = app.screen
            assert isinstance(domain, DomainScreen)
            for key in ("enter", "R", "J", "X", "c", "C", "+", "m", "v", "v", "e", "v", "v", "p"):
                burst(app, key)
                await settled(app, pilot)
            await until(lambda: domain.view is View.HOMELESS)
            await until(lambda: "no code is chosen" in domain.said.text)


async def test_two_thousand_terms_with_long_names_are_shown_and_filtered(project: Project) -> None:
    lines = [f"      - a rather long name of an included term, number {n}" for n in range(2000)]
    head = "domains:\n  - cover_term: many\n    relationship: sequence\n    terms:\n"
    taxonomy.import_taxonomy(project, "many.yaml", (head + "\n".join(lines)).encode())
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_domains(app)
        burst(app, "end", "enter")
        await until(lambda: isinstance(app.screen, DomainScreen) and not app._waiting)
        domain = app.screen
        assert isinstance(domain, DomainScreen)
        burst(app, "end")
        await until(lambda: "number 1999" in domain.rows.text)
        assert all(len(line) <= 80 for line in domain.rows.text.split("\n"))
        burst(app, "/", "'number 77'", "enter")
        await until(lambda: "number 77 " in domain.rows.text + " ")
        burst(app, "q")
        await until(lambda: app.screen is screen)


async def test_a_domain_that_is_removed_meanwhile_is_said_and_nothing_breaks(
    project: Project,
) -> None:
    app = Workbench(ProjectDesk(project))
    async with app.run_test(size=(80, 24)):
        screen = await at_help(app)
        taxonomy.remove_domain(project, "help")
        burst(app, "A", "'another'", "enter")
        await until(lambda: "domain is called" in screen.said.text)
        burst(app, "escape", "u")
        await until(lambda: "taken back" in screen.said.text)
        assert coding.list_codings(project, with_consensus=True)
