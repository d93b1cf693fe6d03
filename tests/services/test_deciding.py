"""Deciding: facets, mixed outcomes, rules that follow, batches, two people at once, imports that are repeated."""

from __future__ import annotations

import json
import threading

import pytest

from qualcode.core.reconcile import DiscrepancyKind, Outcome, Strategy
from qualcode.core.rounds import RoundState
from qualcode.errors import (
    ChangedMeanwhile,
    InputError,
    MistakeInFile,
    Refused,
    SpanError,
    UnknownName,
)
from qualcode.services import audit, codebook, coding, project, reconcile, rounds
from qualcode.services.reconcile import Choice, OpenDiscrepancy, Order, RuleEdit, Seen, Wanted
from tests.study import ROUND, Study

LOAD = "There are forty cases on one desk."


def about(study: Study, *codes: str) -> OpenDiscrepancy:
    return next(one for one in study.discrepancies() if set(codes) == set(one.discrepancy.codes))


@pytest.fixture
def differing(anywhere: Study) -> Study:
    anywhere.quarrel()
    anywhere.reconcile()
    return anywhere


def make(
    study: Study, item: OpenDiscrepancy, choice: Choice, by: str = "Ana"
) -> reconcile.Decision:
    return reconcile.make_decision(
        study.by(by), ROUND, item.discrepancy.uid.hex, choice, document=item.document
    )


def test_a_new_subtheme_gets_an_id_that_its_codebook_file_can_hold(differing: Study) -> None:
    item = about(differing, "benefit.contact")
    choice = Choice(
        Outcome.NEW_SUBTHEME, new_code=("benefit", "Investigators and Children's Division!")
    )
    made = make(differing, item, choice)
    assert made.results[0].code == "benefit.investigators_and_children_s_division"
    exported = codebook.export_codebook(differing.lead).encode()
    again = codebook.import_codebook(differing.lead, "again.yaml", exported)
    assert (again.added, again.changed) == (0, 0)
    with pytest.raises(InputError, match="gives no id"):
        make(
            differing,
            about(differing, "challenge"),
            Choice(Outcome.NEW_SUBTHEME, new_code=("benefit", "!!")),
        )


def test_a_code_id_that_no_file_could_hold_is_refused(small: Study) -> None:
    with pytest.raises(InputError, match="is no id for a code"):
        codebook.add_code(small.lead, "Division", key="children's division")


def test_facets_go_only_to_codes_they_are_asked_for(differing: Study) -> None:
    with pytest.raises(InputError, match=r"site is not asked for benefit.contact"):
        make(
            differing,
            about(differing, "benefit.contact"),
            Choice(Outcome.KEEP_ONE, keep="Ana", facets={"site": "A"}),
        )
    item = about(differing, "challenge.load", "challenge.turnover")
    made = make(differing, item, Choice(Outcome.KEEP_BOTH, facets={"site": "a"}))
    assert {dict(one.facets)["site"] for one in made.results} == {"A"}
    made = make(differing, item, Choice(Outcome.KEEP_BOTH, facets={"site": ""}))
    assert [dict(one.facets) for one in made.results] == [{}, {}]
    with pytest.raises(UnknownName):
        make(differing, item, Choice(Outcome.KEEP_BOTH, facets={"site": "Z"}))


def test_a_span_far_away_from_the_discrepancy_is_refused(differing: Study) -> None:
    with pytest.raises(SpanError, match="does not touch"):
        make(
            differing,
            about(differing, "benefit.contact"),
            Choice(Outcome.ADJUST_SPAN, span=(0, 5)),
        )


def test_a_coder_without_a_coding_is_kept_as_nothing_and_the_sentence_says_so(
    differing: Study,
) -> None:
    made = make(
        differing, about(differing, "benefit.contact"), Choice(Outcome.KEEP_ONE, keep="ben")
    )
    assert made.kept_nothing == "Ben"
    assert made.sentence.endswith("nothing: Ben coded nothing here, so nothing is kept")


def test_each_code_is_kept_as_its_own_coder_has_it(differing: Study) -> None:
    item = about(differing, "challenge.load", "challenge.turnover")
    keep = {"load": "Ana", "challenge.turnover": "Ben"}
    made = make(differing, item, Choice(Outcome.KEEP_BOTH, keep=keep))
    assert [one.code for one in made.results] == ["challenge.load", "challenge.turnover"]
    with pytest.raises(InputError, match=r"Ben has no coding of challenge.load"):
        make(differing, item, Choice(Outcome.KEEP_BOTH, keep={"challenge.load": "Ben"}))


def test_the_quotation_becomes_an_example_with_the_decision_and_goes_with_its_undo(
    differing: Study,
) -> None:
    item = about(differing, "challenge.load", "challenge.turnover")
    rule = RuleEdit("challenge.turnover", "exclude")
    make(differing, item, Choice(Outcome.KEEP_ONE, keep="Ana", rule=rule))
    assert codebook.read_codebook(differing.lead).by_key["challenge.turnover"].exclude == (LOAD,)
    make(
        differing,
        item,
        Choice(Outcome.KEEP_ONE, keep="Ana", rule=RuleEdit("load", "example", "forty cases")),
    )
    assert codebook.read_codebook(differing.lead).by_key["challenge.load"].example == (
        "forty cases",
    )
    audit.undo(differing.by("Ana"))
    audit.undo(differing.by("Ana"))
    book = codebook.read_codebook(differing.lead)
    assert book.by_key["challenge.turnover"].exclude == ()
    assert not about(differing, "challenge.load", "challenge.turnover").is_decided
    with pytest.raises(UnknownName, match="part of a rule"):
        make(differing, item, Choice(Outcome.DEFER, rule=RuleEdit("load", "definition")))


def test_the_second_of_two_who_decide_the_same_is_told_and_nothing_is_lost(
    differing: Study,
) -> None:
    item = about(differing, "benefit.contact")
    first = make(
        differing,
        item,
        Choice(Outcome.KEEP_ONE, keep="Ana", rationale="she knows", seen=Seen(None)),
    )
    with pytest.raises(ChangedMeanwhile, match=r"was decided by Ana: keep_one \(she knows\)"):
        make(differing, item, Choice(Outcome.REJECT_ALL, seen=Seen(None)), by="Chi")
    assert about(differing, "benefit.contact").decision == first.item.decision
    assert first.item.decision is not None
    seen = Seen(first.item.decision.uid)
    again = make(differing, item, Choice(Outcome.REJECT_ALL, seen=seen), by="Chi")
    assert again.results == ()
    audit.undo(differing.by("Chi"))
    audit.undo(differing.by("Ana"))
    with pytest.raises(ChangedMeanwhile, match="taken back meanwhile"):
        make(differing, item, Choice(Outcome.REJECT_ALL, seen=seen), by="Chi")


def test_two_handles_deciding_at_the_same_moment_leave_one_decision(differing: Study) -> None:
    item = about(differing, "benefit.contact")
    answers: list[str] = []

    def decide(by: str) -> None:
        with project.open_project(differing.location, coder=by) as handle:
            begin.wait()
            try:
                reconcile.make_decision(
                    handle, ROUND, item.discrepancy.uid.hex,
                    Choice(Outcome.KEEP_ONE, keep="Ana", seen=Seen(None)), document=item.document,
                )  # fmt: skip
                answers.append("decided")
            except ChangedMeanwhile:
                answers.append("told")

    begin = threading.Barrier(2)
    people = [threading.Thread(target=decide, args=(name,)) for name in ("Ana", "Chi")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(answers) == ["decided", "told"]
    assert about(differing, "benefit.contact").is_decided
    assert project.check_project(differing.lead).problems == ()


@pytest.fixture
def alike(small: Study) -> Study:
    """Three documents in which Ana sees a contact that Ben does not, and one that nobody sees otherwise."""
    for name in ("talk-1", "talk-2", "talk-3"):
        small.apply("Ana", "benefit.contact", "She knows whom to ask", document=name)
    small.apply("Ben", "benefit.trust", "We call each other by name")
    small.finish("Ana", "Ben")
    small.reconcile()
    return small


def test_identical_cases_are_decided_at_once_and_taken_back_at_once(alike: Study) -> None:
    item = about(alike, "benefit.contact")
    cases = reconcile.identical_cases(alike.lead, ROUND, item.id)
    assert [one.document for one in cases] == ["talk-1", "talk-2", "talk-3"]
    made = reconcile.decide_alike(
        alike.by("Ana"), ROUND, [one.id for one in cases], Choice(Outcome.KEEP_ONE, keep="Ana")
    )
    assert len(made) == 3
    assert made[0].remaining == 1
    assert len(alike.consensus()) == 3
    assert reconcile.identical_cases(alike.lead, ROUND, item.id) == ()
    assert "decided 3 discrepancies" in audit.undo(alike.by("Ana")).sentence
    assert alike.consensus() == []


def test_a_batch_replaces_no_decision_and_sets_no_span(alike: Study) -> None:
    item = about(alike, "benefit.contact")
    ids = [one.id for one in reconcile.identical_cases(alike.lead, ROUND, item.id)]
    alike.decide("Chi", item, Outcome.REJECT_ALL)
    with pytest.raises(ChangedMeanwhile, match="decided by Chi"):
        reconcile.decide_alike(alike.by("Ana"), ROUND, ids, Choice(Outcome.KEEP_BOTH))
    assert sum(one.is_decided for one in alike.discrepancies()) == 1
    with pytest.raises(Refused, match="belongs to one place"):
        reconcile.decide_alike(
            alike.by("Ana"), ROUND, ids, Choice(Outcome.ADJUST_SPAN, span=(1, 5))
        )
    with pytest.raises(Refused, match="mentee"):
        reconcile.decide_alike(alike.by("Ben"), ROUND, ids, Choice(Outcome.KEEP_BOTH))


def decisions(*lines: dict[str, object]) -> bytes:
    base = {"document": "talk-1", "outcome": "keep_one", "keep": "Ana"}
    return "\n".join(json.dumps({**base, **line}) for line in lines).encode()


def test_an_import_leaves_what_is_decided_and_says_so(differing: Study) -> None:
    handle = differing.by("Ana")
    differing.decide(
        "Chi", about(differing, "benefit.contact"), Outcome.REJECT_ALL, rationale="no"
    )
    content = decisions(
        {"quote": "She knows whom to ask", "code": "contact"},
        {"quote": LOAD, "code": "load", "outcome": "keep_both",
         "keep": {"load": "Ana", "turnover": "Ben"}},
    )  # fmt: skip
    done = reconcile.import_decisions(handle, ROUND, "d.jsonl", content)
    assert (done.decided, done.standing, done.left) == (1, 1, 1)
    kept = about(differing, "benefit.contact").decision
    assert kept is not None
    assert (kept.decided_by, kept.rationale) == ("Chi", "no")
    again = reconcile.import_decisions(handle, ROUND, "d.jsonl", content)
    assert (again.decided, again.standing, again.left) == (0, 2, 1)


def test_one_bad_line_leaves_no_decision_of_the_file(differing: Study) -> None:
    content = decisions(
        {"quote": LOAD, "code": "load"}, {"quote": "Nobody said this.", "code": "contact"}
    )
    with pytest.raises(MistakeInFile, match="line 2"):
        reconcile.import_decisions(differing.by("Ana"), ROUND, "d.jsonl", content)
    assert not any(one.is_decided for one in differing.discrepancies())
    with pytest.raises(MistakeInFile, match="line 1"):
        reconcile.import_decisions(
            differing.by("Ana"),
            ROUND,
            "d.jsonl",
            decisions({"quote": LOAD, "code": "load", "keep": 3}),
        )


def test_discrepancies_are_filtered_and_ordered(differing: Study) -> None:
    def codes(only: Wanted | None = None, order: Order = Order.TEXT) -> list[tuple[str, ...]]:
        found = reconcile.list_discrepancies(differing.lead, ROUND, only=only, order=order)
        return [one.discrepancy.codes for one in found]

    everything = codes()
    assert len(everything) == 3
    assert codes(Wanted(code="benefit")) == [("benefit.contact",)]
    assert codes(Wanted(document="talk-2")) == []
    assert codes(Wanted(kind=DiscrepancyKind.MISSED, shortest=22)) == [("challenge",)]
    assert codes(Wanted(longest=21)) == [("benefit.contact",)]
    assert len(codes(Wanted(pair=("ana", "BEN")))) == 3
    assert codes(Wanted(pair=("Ana", "Chi"))) == []
    for order in Order:
        assert sorted(codes(order=order)) == sorted(everything)
    lengths = [
        one.discrepancy.end - one.discrepancy.start
        for one in reconcile.list_discrepancies(differing.lead, ROUND, order=Order.LARGEST)
    ]
    assert lengths == sorted(lengths, reverse=True)
    with pytest.raises(UnknownName):
        codes(Wanted(pair=("Ana", "Nobody")))


def test_a_strategy_is_kept_to_what_is_wanted(differing: Study) -> None:
    only = Wanted(code="benefit")
    preview = reconcile.preview_strategy(
        differing.lead, ROUND, Strategy.MENTOR, mentor="ana", only=only
    )
    assert len(preview) == 1
    assert (
        reconcile.apply_strategy(differing.lead, ROUND, Strategy.MENTOR, mentor="ana", only=only)
        == 1
    )
    assert reconcile.apply_strategy(differing.lead, ROUND, Strategy.COMPLETE) == 2
    with pytest.raises(InputError, match="whose codings stand"):
        reconcile.preview_strategy(differing.lead, ROUND, Strategy.MENTOR)


def test_a_decision_whose_coding_changed_is_listed_as_stale(differing: Study) -> None:
    item = about(differing, "benefit.contact")
    differing.decide("Ana", item, Outcome.KEEP_BOTH, rationale="both see it")
    assert reconcile.stale_decisions(differing.lead, ROUND) == ()
    differing.reopen()
    (own,) = [
        one
        for one in coding.list_codings(differing.by("Ana"), round=ROUND, code="benefit.contact")
    ]
    coding.change_coding(differing.by("Ana"), own.id, span=(own.start, own.end - 1))
    differing.reconcile()
    (stale,) = reconcile.stale_decisions(differing.lead, ROUND)
    assert stale.rationale == "both see it"


def test_a_document_read_by_one_alone_is_the_consensus_as_she_coded_it(small: Study) -> None:
    small.apply("Ana", "benefit.trust", "We call each other by name", document="talk-2")
    small.finish("Ana", document="talk-2")
    small.reconcile()
    assert [(document, code) for document, code, *_ in small.consensus()] == [
        ("talk-2", "benefit.trust")
    ]
    assert rounds.set_round_state(small.lead, ROUND, RoundState.CLOSED).state is RoundState.CLOSED
