"""The reconciliation screen: single keys decide, everything is written, and it fits a small terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.reconcile import Outcome
from qualcode.services import audit, codebook, reconcile
from qualcode.services.reconcile import OpenDiscrepancy
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.reconcile import ReconcileScreen
from qualcode.tui.screens.reconcile.passage import Adjusting, Passage, wrapped
from qualcode.tui.screens.start import StartScreen
from tests.study import ROUND, Study
from tests.tui.conftest import burst, until


@pytest.fixture
def study(tmp_path: Path, small: Study, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Ana and Ben have read three interviews; they differ about five places."""
    monkeypatch.setenv("QUALCODE_KEYMAP", str(tmp_path / "no-keys.toml"))
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    small.quarrel()
    for name in ("talk-2", "talk-3"):
        small.apply("Ana", "benefit.contact", "She knows whom to ask", document=name)
    small.reconcile()
    return small


def workbench(study: Study, by: str = "Ana") -> Workbench:
    return Workbench(ProjectDesk(study.by(by)))


async def opened(app: Workbench) -> ReconcileScreen:
    await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
    burst(app, "c")
    await until(lambda: isinstance(app.screen, ReconcileScreen) and app.screen.session.is_whole)
    screen = app.screen
    assert isinstance(screen, ReconcileScreen)
    await until(lambda: screen.text.text != "")
    return screen


def items(study: Study) -> list[OpenDiscrepancy]:
    return list(study.discrepancies())


def outcomes(study: Study) -> list[str]:
    return [one.decision.outcome.value if one.decision else "open" for one in items(study)]


async def test_keys_decide_one_after_the_other_in_the_order_typed(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "a", "k", "x", "d", "b")
        await until(lambda: screen.session.decided == 4)
        assert "1 open" in screen.head.text
    assert outcomes(study) == ["keep_one", "keep_both", "reject_all", "defer", "keep_one"]


async def test_everything_needed_is_seen_on_a_small_terminal(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "j")
        await until(lambda: screen.session.at == 1)
        shown = screen.text.text
        assert " a b" in shown
        assert "┃ " in shown
        words = " ".join(shown.replace("┃", "").replace("·", "").split())
        assert "There are forty cases on one desk." in words
        assert "Caseload" in shown
        assert "Turnover" in shown
        assert "Too many cases for one person." in " ".join(shown.split())
        assert "2 of 5" in screen.head.text
        assert "abc keep" in " ".join(screen.hint.text.split())
        assert max(len(line) for line in shown.split("\n")) <= 81


async def test_a_wide_terminal_shows_the_rules_beside_the_passage(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(160, 40)):
        screen = await opened(app)
        assert " │ " in screen.text.text


async def test_a_span_is_set_word_by_word(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        start = items(study)[0].discrepancy.start
        end = items(study)[0].discrepancy.end
        burst(app, "s", "h", "H", "comma", "full_stop", "q", "enter")
        await until(lambda: screen.session.decided == 1)
    made = items(study)[0].decision
    assert made is not None
    assert made.outcome is Outcome.ADJUST_SPAN
    assert made.results[0].start < start
    assert made.results[0].end < end


async def test_leaving_a_span_decides_nothing(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "s", "l", "a", "escape", "j")
        await until(lambda: screen.session.at == 1)
    assert set(outcomes(study)) == {"open"}


async def test_each_code_is_kept_as_one_coder_has_it(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "j", "m", "b", "a", "b")
        await until(lambda: screen.session.decided == 1)
    made = items(study)[1].decision
    assert made is not None
    assert {one.code for one in made.results} == {"challenge.load", "challenge.turnover"}


async def test_another_code_is_found_by_name(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "o", "'trust'", "enter")
        await until(lambda: screen.session.decided == 1)
    made = items(study)[0].decision
    assert made is not None
    assert made.results[0].code == "benefit.trust"


async def test_a_new_subtheme_is_made_with_why_and_who_took_part(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "w", "'it is more'", "enter", "t", "' , Ben'", "enter")
        await until(lambda: screen.session.with_whom == ("Ana", "Ben"))
        assert "why: it is more" in screen.text.text
        burst(app, "n", "enter", "'Her number'", "enter")
        await until(lambda: screen.session.decided == 1)
    made = items(study)[0].decision
    assert made is not None
    assert made.results[0].code == "benefit.contact.her_number"
    assert (made.rationale, made.took_part) == ("it is more", ("Ana", "Ben"))


async def test_a_remark_is_kept_and_shown_without_deciding(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "r", "'let us ask her'", "escape")
        await until(lambda: "let us ask her" in screen.text.text)
    assert set(outcomes(study)) == {"open"}


async def test_identical_cases_are_seen_first_and_decided_by_one_key(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "g")
        await until(lambda: len(screen.session.alike) == 3)
        assert "3 of one case" in screen.text.text
        assert "talk-3" in screen.text.text
        burst(app, "escape")
        await until(lambda: not screen.session.alike)
        burst(app, "g", "a")
        await until(lambda: screen.session.decided == 3)
        burst(app, "u")
        await until(lambda: screen.session.decided == 0)
    assert "taken back" in screen.said.text


async def test_the_quotation_becomes_an_example(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "e", "a")
        await until(lambda: screen.session.decided == 1)
        assert screen.session.rule is None
    book = codebook.read_codebook(study.lead)
    assert book.by_key["benefit.contact"].example == ("She knows whom to ask",)


async def test_undo_and_redo_go_to_where_they_changed_something(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "a", "a", "p", "p", "u")
        await until(lambda: screen.session.decided == 1)
        assert screen.session.at == 1
        burst(app, "U")
        await until(lambda: screen.session.decided == 2)


async def test_decisions_from_a_file_are_not_taken_back_by_the_key(study: Study) -> None:
    place = '"document": "talk-1", "quote": "There are forty cases on one desk."'
    line = f'{{{place}, "code": "challenge.load", "outcome": "keep_one", "keep": "Ana"}}'
    reconcile.import_decisions(study.by("Chi"), ROUND, "decisions.jsonl", line.encode())
    app = workbench(study, "Chi")
    async with app.run_test(size=(100, 24)):
        screen = await opened(app)
        assert screen.session.decided == 1
        burst(app, "u")
        await until(
            lambda: "(decisions imported) was made elsewhere, and stands" in screen.said.text
        )
        assert "\n" not in screen.said.text.strip()
        burst(app, "a")
        await until(lambda: screen.session.decided == 2)
        burst(app, "r", "'why so?'", "escape")
        await until(lambda: "remark kept" in screen.said.text)
        burst(app, "u", "u")
        await until(lambda: screen.session.decided == 1)
        burst(app, "U")
        await until(lambda: screen.session.decided == 2)
    assert "keep_one" in outcomes(study)


async def test_what_somebody_else_decided_meanwhile_is_said_and_shown(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        study.decide("Chi", items(study)[0], Outcome.REJECT_ALL, rationale="asked her")
        burst(app, "a")
        await until(lambda: "decided by Chi" in screen.said.text)
        assert "asked her" in screen.text.text
        assert screen.session.at == 0
    assert outcomes(study)[0] == "reject_all"


async def test_only_some_are_shown_in_another_order(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "/", "'code=benefit order=smallest'", "enter")
        await until(lambda: len(screen.session.items) == 3)
        burst(app, "/", "'kind=nothing'", "enter")
        await until(lambda: "no kind is called" in screen.said.text)
        burst(app, "escape", "/", "'x'", "enter")
        await until(lambda: "is no filter" in screen.said.text)
        assert screen.line_entry.display


async def test_a_mentee_is_told_who_decides(study: Study) -> None:
    app = workbench(study, by="Ben")
    async with app.run_test(size=(80, 24)):
        screen = await opened(app)
        burst(app, "a")
        await until(lambda: "mentors and leads decide" in screen.said.text)
    assert set(outcomes(study)) == {"open"}


async def test_a_blind_round_is_not_opened(study: Study) -> None:
    study.reopen()
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_mounted)
        burst(app, "c")
        screen = app.screen
        assert isinstance(screen, StartScreen)
        await until(lambda: "blind and open" in screen.query_one("#said").text)  # type: ignore[attr-defined]
        assert isinstance(app.screen, StartScreen)


async def test_leaving_comes_back_to_the_documents(study: Study) -> None:
    app = workbench(study)
    async with app.run_test(size=(80, 24)):
        await opened(app)
        burst(app, "q")
        await until(lambda: isinstance(app.screen, StartScreen))


def test_rows_are_broken_between_words_and_lose_nothing() -> None:
    text = "one two three four\n\nfive sixseveneight nine"
    rows = wrapped(text, 9)
    assert "".join(text[start:end] for start, end in rows) == text
    assert [text[start:end].rstrip() for start, end in rows] == [
        "one two", "three", "four", "", "five", "sixsevene", "ight nine",
    ]  # fmt: skip


def test_an_adjusted_span_stays_inside_the_context_and_is_never_empty(study: Study) -> None:
    view = reconcile.show_discrepancy(study.lead, ROUND, items(study)[0].id, around=10)
    passage = Passage(view, 40)
    found = view.item.discrepancy
    adjusting = Adjusting(passage, (found.start, found.end))
    for key in ("h", "comma", "L", "greater_than_sign") * 80:
        assert adjusting.take(key)
        assert adjusting.span[0] < adjusting.span[1]
    for key in ("l", "full_stop", "H", "less_than_sign") * 80:
        adjusting.take(key)
    assert adjusting.span == (passage.base, passage.base + len(passage.text))
    assert not adjusting.take("z")
    assert audit.history(study.lead)
