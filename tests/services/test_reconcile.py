"""Reconciliation by the services: every outcome, who may decide when, and decisions from a file."""

from __future__ import annotations

import json

import pytest

from qualcode.core.memos import MemoKind
from qualcode.core.reconcile import DiscrepancyKind, Outcome, Strategy
from qualcode.core.rounds import RoundState
from qualcode.errors import InputError, MistakeInFile, QualcodeError, Refused, UnknownName
from qualcode.services import audit, codebook, coding, project, reconcile, rounds
from tests.study import ROUND, Study

CASES = "There are forty cases on one desk."


@pytest.fixture
def at_odds(small: Study) -> Study:
    """Ana and Ben have coded the first interview, differ about three passages, and are to talk."""
    small.quarrel()
    small.reconcile()
    return small


def about(study: Study, code: str) -> reconcile.OpenDiscrepancy:
    (item,) = [one for one in study.discrepancies() if code in one.discrepancy.codes]
    return item


def codes(study: Study) -> set[str]:
    return {code for _, code, _, _ in study.consensus()}


def test_the_worklist_shows_every_difference_with_its_words(anywhere: Study) -> None:
    anywhere.quarrel()
    anywhere.reconcile()
    items = anywhere.discrepancies()
    assert [(one.document, one.quote, one.discrepancy.kind) for one in items] == [
        ("talk-1", "She knows whom to ask", DiscrepancyKind.MISSED),
        ("talk-1", CASES, DiscrepancyKind.DIFFERENT_CODE),
        ("talk-1", "When she leaves, it ends.", DiscrepancyKind.MISSED),
    ]
    assert not any(one.is_decided for one in items)
    view = reconcile.show_discrepancy(anywhere.lead, ROUND, items[1].id)
    assert view.before.endswith("I know her. ") and view.after.startswith(" When she leaves")
    assert [rule.key for rule in view.rules] == ["challenge.load", "challenge.turnover"]


def test_the_worklist_is_filtered(at_odds: Study) -> None:
    def listed(**how: object) -> list[str]:
        found = reconcile.list_discrepancies(at_odds.lead, ROUND, **how)  # type: ignore[arg-type]
        return [one.discrepancy.codes[0] for one in found]

    assert listed(document="TALK-1") == ["benefit.contact", "challenge.load", "challenge"]
    assert listed(document="talk-2") == []
    assert listed(code="challenge") == ["challenge.load", "challenge"]
    assert listed(kind="missed") == ["benefit.contact", "challenge"]
    at_odds.decide("Ana", about(at_odds, "benefit.contact"), Outcome.REJECT_ALL)
    assert listed(only_open=True) == ["challenge.load", "challenge"]


@pytest.mark.parametrize(
    ("outcome", "how", "kept"),
    [
        (Outcome.KEEP_ONE, {"keep": "ben"}, {("challenge.turnover", CASES)}),
        (Outcome.KEEP_BOTH, {}, {("challenge.load", CASES), ("challenge.turnover", CASES)}),
        (Outcome.OTHER_CODE, {"code": "benefit"}, {("benefit", CASES)}),
        (Outcome.NEW_SUBTHEME, {"new_code": ("challenge", "Too much")}, {("challenge.too_much", CASES)}),
        (Outcome.ADJUST_SPAN, {"code": "challenge.load", "span": "forty cases"}, {("challenge.load", "forty cases")}),
        (Outcome.REJECT_ALL, {}, set()),
        (Outcome.DEFER, {}, set()),
    ],
)  # fmt: skip
def test_every_outcome_reaches_the_consensus_and_leaves_the_coders_codings_alone(
    at_odds: Study, outcome: Outcome, how: dict[str, object], kept: set[tuple[str, str]]
) -> None:
    before = coding.export_codings(at_odds.lead)
    item = about(at_odds, "challenge.load")
    if "span" in how:
        how = how | {"span": coding.locate(at_odds.lead, "talk-1", quote=str(how["span"]), start=None, end=None)}  # fmt: skip
    done = at_odds.decide("Ana", item, outcome, rationale=" we read it again ", **how)
    assert done.remaining == (3 if outcome is Outcome.DEFER else 2)
    assert done.item.decision is not None
    assert (done.item.decision.rationale, done.item.decision.took_part) == (
        "we read it again",
        ("Ana",),
    )
    quoted = coding.quote_codings(at_odds.lead, reconcile.list_consensus(at_odds.lead, ROUND))
    decided = {
        (one.coding.code, one.quote) for one in quoted if one.coding.decision_id is not None
    }
    assert decided == kept
    assert coding.export_codings(at_odds.lead) == before
    assert project.check_project(at_odds.lead).problems == ()
    assert f": {outcome}" in audit.history(at_odds.lead)[-1].sentence


def test_deciding_again_replaces_the_decision_which_stays_on_record(at_odds: Study) -> None:
    at_odds.decide("Ana", about(at_odds, "challenge.load"), Outcome.KEEP_ONE, keep="Ana")
    at_odds.decide("Chi", about(at_odds, "challenge.load"), Outcome.KEEP_ONE, keep="Ben")
    assert "challenge.turnover" in codes(at_odds) and "challenge.load" not in codes(at_odds)
    audit.undo(at_odds.by("Chi"))
    assert "challenge.load" in codes(at_odds) and "challenge.turnover" not in codes(at_odds)
    with pytest.raises(Refused, match="nothing of yours"):
        audit.undo(at_odds.by("Chi"))


def test_undoing_a_decision_that_somebody_replaced_is_refused(at_odds: Study) -> None:
    at_odds.decide("Ana", about(at_odds, "challenge.load"), Outcome.KEEP_ONE, keep="Ana")
    at_odds.decide("Chi", about(at_odds, "challenge.load"), Outcome.KEEP_ONE, keep="Ben")
    with pytest.raises(Refused, match="cannot be taken back"):
        audit.undo(at_odds.by("Ana"))
    assert "challenge.turnover" in codes(at_odds)


def test_a_new_subtheme_in_use_elsewhere_outlives_its_decision(at_odds: Study) -> None:
    at_odds.decide(
        "Ana",
        about(at_odds, "challenge.load"),
        Outcome.NEW_SUBTHEME,
        new_code=("challenge", "Too much"),
    )
    at_odds.decide(
        "Chi", about(at_odds, "benefit.contact"), Outcome.OTHER_CODE, code="challenge.too_much"
    )
    with pytest.raises(Refused, match="the code is in use"):
        audit.undo(at_odds.by("Ana"))


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"outcome": Outcome.KEEP_ONE}, "whose coding is kept"),
        (
            {"outcome": Outcome.KEEP_ONE, "keep": "Chi"},
            "no reader of this document is called 'Chi'",
        ),
        ({"outcome": Outcome.OTHER_CODE}, "which code is right"),
        ({"outcome": Outcome.OTHER_CODE, "code": "benefit.trst"}, "no code is called"),
        ({"outcome": Outcome.NEW_SUBTHEME}, "what is the new subtheme"),
        ({"outcome": Outcome.ADJUST_SPAN}, "which span is right"),
        ({"outcome": Outcome.ADJUST_SPAN, "span": (0, 100_000)}, "lies outside talk-1"),
        ({"outcome": Outcome.KEEP_BOTH, "facets": {"site": "Q"}}, "no value of facet site"),
    ],
)
def test_a_decision_without_what_it_needs_is_refused_and_nothing_is_written(
    at_odds: Study, how: dict[str, object], said: str
) -> None:
    events = audit.verify_chain(at_odds.lead).events
    with pytest.raises(QualcodeError, match=said):
        at_odds.decide("Ana", about(at_odds, "challenge.load"), **how)  # type: ignore[arg-type]
    assert audit.verify_chain(at_odds.lead).events == events


def test_mentees_remark_and_do_not_decide(at_odds: Study) -> None:
    item = about(at_odds, "challenge.load")
    with pytest.raises(Refused, match="Ben is a mentee"):
        at_odds.decide("Ben", item, Outcome.REJECT_ALL)
    with pytest.raises(Refused, match="Ben is a mentee"):
        reconcile.apply_strategy(at_odds.by("Ben"), ROUND, Strategy.MAJORITY)
    memo = reconcile.remark(at_odds.by("Ben"), ROUND, item.id, " I meant the desk. ")
    assert (memo.kind, memo.body, memo.coder) == (MemoKind.REMARK, "I meant the desk.", "Ben")
    with pytest.raises(InputError, match="an empty remark is not kept"):
        reconcile.remark(at_odds.by("Ben"), ROUND, item.id, " ")
    thread = reconcile.show_discrepancy(at_odds.by("Ana"), ROUND, item.id).thread
    assert [one.body for one in thread] == ["I meant the desk."]


def test_decisions_are_made_while_the_round_is_reconciling(small: Study) -> None:
    small.quarrel()
    rounds.unblind_round(small.lead, ROUND, reason="training")
    item = about(small, "challenge.load")
    with pytest.raises(Refused, match="first is open: decisions are made while it is reconciling"):
        small.decide("Ana", item, Outcome.REJECT_ALL)
    small.reconcile()
    for one in small.discrepancies():
        small.decide("Ana", one, Outcome.REJECT_ALL)
    rounds.set_round_state(small.lead, ROUND, RoundState.CLOSED)
    with pytest.raises(Refused, match="first is closed"):
        small.decide("Ana", item, Outcome.DEFER)


def test_an_id_that_names_none_or_several_is_refused(at_odds: Study) -> None:
    for wanted in ("zz", ""):
        with pytest.raises(UnknownName, match="no discrepancy is called"):
            reconcile.show_discrepancy(at_odds.lead, ROUND, wanted)


def test_a_strategy_is_shown_first_and_written_as_one_command(at_odds: Study) -> None:
    proposals = reconcile.preview_strategy(at_odds.lead, ROUND, Strategy.MENTOR, mentor="Ana")
    assert len(proposals) == 3 and codes(at_odds) == {"benefit.trust"}
    assert reconcile.apply_strategy(at_odds.lead, ROUND, Strategy.MENTOR, mentor="Ana") == 3
    assert codes(at_odds) == {"benefit.trust", "benefit.contact", "challenge.load"}
    assert reconcile.preview_strategy(at_odds.lead, ROUND, Strategy.MENTOR, mentor="Ana") == ()
    assert reconcile.apply_strategy(at_odds.lead, ROUND, Strategy.MAJORITY) == 0
    audit.undo(at_odds.lead)
    assert codes(at_odds) == {"benefit.trust"}


def test_the_report_counts_what_was_agreed_decided_and_left(at_odds: Study) -> None:
    at_odds.decide("Ana", about(at_odds, "challenge.load"), Outcome.KEEP_BOTH)
    report = reconcile.consensus_report(at_odds.lead, ROUND)
    assert (report.codings, report.agreed, report.decided, report.undecided, report.stale) == (
        3,
        1,
        2,
        2,
        (),
    )
    assert ("challenge.load", "challenge.turnover", 1) in reconcile.confusions(at_odds.lead, ROUND)


def entry(**fields: object) -> str:
    return json.dumps({"document": "talk-1", "quote": CASES, "code": "challenge.load", "outcome": "keep_one", "keep": "Ana"} | fields)  # fmt: skip


def test_decisions_come_from_a_file_each_by_its_words(anywhere: Study) -> None:
    anywhere.quarrel()
    anywhere.reconcile()
    content = "\n".join(
        (
            entry(rationale="the desk"),
            entry(quote="She knows whom", code="benefit.contact", outcome="adjust_span", span_quote="She knows whom to", keep=None),
            entry(quote="When she leaves, it ends.", code="challenge", outcome="new_subtheme", new_code={"parent": "challenge", "name": "Leaving"}, keep=None),
        )
    )  # fmt: skip
    done = reconcile.import_decisions(anywhere.lead, ROUND, "d.jsonl", content.encode())
    assert (done.decided, done.left) == (3, 0)
    assert codes(anywhere) == {
        "benefit.trust",
        "challenge.load",
        "benefit.contact",
        "challenge.leaving",
    }
    assert project.check_project(anywhere.lead).problems == ()
    audit.undo(anywhere.lead)
    assert codes(anywhere) == {"benefit.trust"}
    assert "challenge.leaving" not in codebook.read_codebook(anywhere.lead).by_key


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (entry(quote="never said"), "d.jsonl, line 2: no discrepancy of challenge.load in talk-1"),
        (entry(document="talk-2"), "d.jsonl, line 2: no discrepancy"),
        (entry(code="challenge.laod"), "d.jsonl, line 2: no code is called"),
        (entry(outcome="keep"), "d.jsonl, line 2: unknown outcome 'keep'"),
        (entry(quote="When she leaves", code="challenge", keep="Chi"), "d.jsonl, line 2: no reader"),
        (entry(quote="When she leaves", code="challenge", outcome="adjust_span", span_quote="nowhere"), "d.jsonl, line 2: the quote"),
        ("{", "d.jsonl, line 2"),
    ],
)  # fmt: skip
def test_one_bad_decision_is_named_by_line_and_none_is_taken(
    at_odds: Study, bad: str, said: str
) -> None:
    content = entry() + "\n" + bad
    with pytest.raises(MistakeInFile) as refusal:
        reconcile.import_decisions(at_odds.lead, ROUND, "d.jsonl", content.encode())
    assert refusal.value.message.startswith(said)
    assert codes(at_odds) == {"benefit.trust"}
