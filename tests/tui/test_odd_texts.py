"""Texts and codebooks that are not as one would like them: odd scripts, escape sequences, very long, very many."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.services import codebook, coding, documents, rounds
from qualcode.services.project import Project, create_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from tests.tui.comparing import settled, unlike
from tests.tui.conftest import burst, opened, until


def project_of(place: Path, text: str, book: str) -> Project:
    """Return a project with one document `odd`, open as its lead."""
    source = place.parent / "odd.txt"
    source.write_text(text, encoding="utf-8")
    made = create_project(str(place), name="odd", lead="Ada")
    (outcome,) = documents.import_documents(made, [source])
    assert outcome.problem is None, outcome
    codebook.import_codebook(made, "codes.yaml", book.encode())
    rounds.new_round(made, "first")
    rounds.assign_documents(made, "first")
    return made


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path / "odd.qualcode"


ONE_CODE = "title: one\ncodes:\n  - {id: trust, name: Trust, key: t}\n"
ODD_TEXTS = {
    "right to left": "שלום עולם. مرحبا بالعالم. We meet. " * 40,
    "emoji": "We 👩‍👩‍👧‍👦 meet 👍🏽. Flags 🇨🇭🇸🇪 wave. " * 40,
    "combining": "Zal\u0301\u0302\u0303\u0304\u0305go sits. e\u0301te\u0301 ends. " * 40,
    "ansi": "Red \x1b[31mtext\x1b[0m and \x1b]0;title\x1b\\ more. Next \x1b[2Jone. " * 40,
    "control": "A bell\x07 rings. " + "Tabs\tand\x0bmore. No\u00a0break\u200bing\u2028here. " * 40,
    "wide": "会話は続く。誰も来ない。" * 200,
    "no spaces": "x" * 5000,
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
async def test_text_of_every_kind_is_coded_and_never_executed(place: Path, text: str) -> None:
    with project_of(place, text, ONE_CODE) as project:
        app = Workbench(ProjectDesk(project), document="odd")
        async with app.run_test(size=(60, 20)) as pilot:
            screen = await opened(app)
            burst(
                app,
                "j",
                "l",
                "l",
                ".",
                ">",
                ";",
                "t",
                "J",
                ";",
                "t",
                "pagedown",
                "H",
                ";",
                "t",
                "end",
                "K",
                "t",
                "t",
            )
            await until(lambda: len(screen.sitting.codings) >= 2)
            await settled(app, pilot)
            shown = "".join(strip.text for strip in screen._compositor.render_strips())
            assert not {"\x1b", "\x07", "\t", "\x0b", "\u2028"} & set(shown)
            assert unlike(app, project) == []


async def test_a_document_of_one_line_of_a_megabyte_is_opened_and_coded(place: Path) -> None:
    text = ("We meet on Mondays and talk of what has gone wrong. " * 20_000)[:1_000_000]
    with project_of(place, text, ONE_CODE) as project:
        app = Workbench(ProjectDesk(project), document="odd")
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await opened(app)
            burst(
                app,
                "j",
                ";",
                "t",
                "end",
                "k",
                "k",
                ";",
                "t",
                "home",
                "pagedown",
                "J",
                ";",
                "t",
                "+",
                "+",
                "+",
            )
            await until(lambda: len(screen.sitting.codings) == 3)
            await pilot.resize_terminal(140, 40)
            await settled(app, pilot)
            assert unlike(app, project) == []


async def test_two_thousand_codes_are_shown_found_and_applied(place: Path) -> None:
    lines = ["title: large", "codes:"]
    for group in range(40):
        lines += [f"  - id: group{group}", f"    name: Group {group}", "    children:"]
        lines += [
            f"      - {{id: group{group}.c{n}, name: Code {group}-{n} of many}}" for n in range(49)
        ]
    with project_of(place, "We meet. They talk. Nobody came.", "\n".join(lines)) as project:
        assert len(codebook.read_codebook(project).codes) == 2000
        app = Workbench(ProjectDesk(project), document="odd")
        async with app.run_test(size=(140, 40)) as pilot:
            screen = await opened(app)
            burst(
                app,
                "/",
                "'code 37-41'",
                "enter",
                "j",
                "a",
                "t",
                "end",
                "k",
                "enter",
                "t",
                "home",
                "t",
            )
            await until(lambda: len(screen.sitting.codings) == 3)
            await settled(app, pilot)
            assert unlike(app, project) == []
        assert {one.code for one in coding.list_codings(project)} == {"group37.c41", "group39.c47"}


async def test_sixty_codings_at_one_place_can_be_walked_and_removed_one_by_one(
    place: Path,
) -> None:
    lines = ["title: many", "codes:", *(f"  - {{id: c{n}, name: Code {n}}}" for n in range(60))]
    with project_of(
        place, "We meet on Mondays. They talk. Nobody came.", "\n".join(lines)
    ) as project:
        for n in range(60):
            coding.apply_code(
                project, f"c{n}", document="odd", round="first", start=0, end=8 + n % 12
            )
        app = Workbench(ProjectDesk(project), document="odd")
        async with app.run_test(size=(80, 24)) as pilot:
            screen = await opened(app)
            await settled(app, pilot)
            assert "+" in "".join(strip.text for strip in screen._compositor.render_strips()[:1])
            met = set()
            for _ in range(60):
                burst(app, "c")
                await pilot.pause()
                current = screen.sitting.current
                assert current is not None
                met.add(current.id)
            assert len(met) == 60
            burst(app, "i", "i", *["x"] * 59)
            await until(lambda: len(screen.sitting.codings) == 1)
            await settled(app, pilot)
            assert unlike(app, project) == []
