"""Agreement of a round: which codings count, what is said where there is no figure, and the words behind one."""

from __future__ import annotations

import math
import sqlite3
from types import SimpleNamespace
from typing import Any

import pytest

from qualcode.core.agreement.report import AgreementReport, CodeRow, reading, without_value
from qualcode.core.rounds import RoundState
from qualcode.errors import BlindRound, InputError, Refused, UnknownName
from qualcode.services import agreement, codebook, coding, documents, reconcile, rounds
from qualcode.services.agreement import How
from qualcode.services.project import Project
from tests.study import ROUND, SPEECH, Study

TALKS = ("talk-1", "talk-2", "talk-3")


def row_of(report: AgreementReport, code: str) -> CodeRow:
    return next(row for row in report.codes if row.code == code)


def settled(study: Study) -> Project:
    """Let the coders of the quarrel be compared; Chi has read nothing."""
    study.quarrel()
    study.reconcile()
    return study.lead


def change(study: Study, statement: str, *values: object) -> None:
    """Change the file below the program, to make what no command makes."""
    study.close()
    with sqlite3.connect(study.location) as file:
        file.execute(statement, values)
    file.close()


def figures_in(value: Any) -> list[float]:
    """Return every number in a report."""
    if isinstance(value, float):
        return [value]
    if isinstance(value, tuple | list):
        return [one for part in value for one in figures_in(part)]
    if hasattr(value, "__dataclass_fields__"):
        return [
            one for name in value.__dataclass_fields__ for one in figures_in(getattr(value, name))
        ]
    return []


def test_only_those_who_have_read_to_the_end_are_compared(small: Study) -> None:
    small.apply("Chi", "benefit.trust", "We call each other by name")
    report = agreement.measure_agreement(settled(small), ROUND)
    assert report.coders == ("Ana", "Ben")
    kinds = {one.kind: one.count for one in report.measured.excluded}
    assert kinds["not_read"] == 3
    assert row_of(report, "benefit.trust").spans == (1, 1)


def test_what_a_reader_left_uncoded_is_a_decision_and_what_nobody_read_is_missing(
    small: Study,
) -> None:
    small.apply("Ana", "benefit.trust", "We call each other by name")
    small.apply("Ben", "benefit.trust", "We call each other by name")
    small.finish("Ana", "Ben", document="talk-1")
    small.apply("Ana", "benefit.trust", "We call each other by name", document="talk-2")
    small.finish("Ana", document="talk-2")
    small.reconcile()
    report = agreement.measure_agreement(small.lead, ROUND)
    assert report.measured.compared == ("talk-1",)
    assert row_of(report, "benefit.trust").alpha.value == 1.0
    small.reopen()
    small.finish("Ben", document="talk-2")
    small.reconcile()
    report = agreement.measure_agreement(small.lead, ROUND)
    alpha = row_of(report, "benefit.trust").alpha.value
    assert alpha is not None and alpha < 0.8


@pytest.mark.parametrize(
    ("provenance", "told"),
    [
        ("after_suggestion", "1 codings made after a suggestion"),
        ("accepted_suggestion", "1 accepted suggestions"),
        ("imported", "1 imported codings"),
        ("consensus", "codings of the consensus"),
    ],
)
def test_codings_that_are_not_independent_are_left_out_and_counted(
    small: Study, provenance: str, told: str
) -> None:
    small.quarrel()
    made = small.apply("Ana", "benefit", "She knows whom to ask", document="talk-2")
    change(small, "UPDATE coding SET provenance = ? WHERE id = ?", provenance, made.id)
    fresh = Study(small.location)
    fresh.reconcile()
    report = agreement.measure_agreement(fresh.lead, ROUND)
    assert not row_of(report, "benefit").is_used
    assert any(told in one.text for one in report.measured.excluded)
    fresh.close()


def test_a_coding_whose_code_is_gone_is_left_out_and_counted(small: Study) -> None:
    small.quarrel()
    change(small, "UPDATE code SET cl = 2 WHERE key = 'challenge.turnover'")
    fresh = Study(small.location)
    fresh.reconcile()
    report = agreement.measure_agreement(fresh.lead, ROUND)
    assert "challenge.turnover" not in [row.code for row in report.codes]
    (told,) = [one for one in report.measured.excluded if one.kind == "removed_code"]
    assert told.count == 1
    fresh.close()


def test_where_there_is_no_figure_there_is_a_reason(small: Study) -> None:
    report = agreement.measure_agreement(settled(small), ROUND)
    unused = row_of(report, "benefit")
    assert unused.alpha.value is None and unused.reading == "not used"
    assert row_of(report, "benefit.trust").alpha.interval_method.startswith(
        "none: needs at least 5"
    )
    only = row_of(report, "challenge.load")
    assert [flag.text for flag in only.flags if flag.kind == "one_coder"] == [
        "used by Ana only (1 spans)"
    ]
    assert only.alpha.value is not None and only.alpha.value <= 0
    assert not [one for one in figures_in(report) if math.isnan(one)]


def test_text_that_everybody_coded_has_no_variation(small: Study) -> None:
    for talk in TALKS:
        length = documents.open_document(small.lead, talk).document.length
        for who in ("Ana", "Ben"):
            coding.apply_code(
                small.by(who), "benefit", document=talk, round=ROUND, start=0, end=length
            )
    small.finish("Ana", "Ben")
    small.reconcile()
    report = agreement.measure_agreement(small.lead, ROUND)
    row = row_of(report, "benefit")
    assert row.alpha.value is None and "no variation" in str(row.alpha.reason)
    assert row.share == 1.0
    same_text = next(one for one in report.summary if one.key == "u_alpha_binary")
    assert same_text.figure.value is None and "no variation" in same_text.reading


def test_one_coder_alone_is_refused_with_the_reason(small: Study) -> None:
    small.apply("Ana", "benefit", "She knows whom to ask")
    small.finish("Ana")
    small.reconcile()
    with pytest.raises(Refused, match="only Ana has finished"):
        agreement.measure_agreement(small.lead, ROUND)


def test_an_empty_round_is_refused_and_a_round_without_codings_has_reasons(small: Study) -> None:
    small.reconcile()
    with pytest.raises(Refused, match="nobody has finished"):
        agreement.measure_agreement(small.lead, ROUND)
    small.reopen()
    small.finish("Ana", "Ben")
    small.reconcile()
    report = agreement.measure_agreement(small.lead, ROUND)
    assert report.used == () and report.overall.alpha.reason == "not used"
    assert [row.figure.value for row in report.summary] == [None, None, None]
    details = agreement.measure_details(small.lead, ROUND)
    assert details.codes == () and details.confusions == ()
    assert "Left out" in agreement.methods_paragraph(report)


def test_without_a_common_document_every_figure_says_so(small: Study) -> None:
    small.apply("Ana", "benefit", "She knows whom to ask")
    small.apply("Ben", "benefit", "She knows whom to ask", document="talk-2")
    small.finish("Ana", document="talk-1")
    small.finish("Ben", document="talk-2")
    small.reconcile()
    report = agreement.measure_agreement(small.lead, ROUND)
    assert row_of(report, "benefit").alpha.reason == "no text was read by two coders"
    assert row_of(report, "benefit").share is None
    assert all(row.figure.value is None for row in report.summary)
    assert any(one.kind == "one_reader" for one in report.measured.excluded)
    assert agreement.passages_behind(small.lead, ROUND, "benefit") == ()
    agreement.measure_details(small.lead, ROUND)
    agreement.agreement_html(report)


def test_own_overlapping_codings_count_once_and_are_told(small: Study) -> None:
    small.apply("Ana", "benefit.trust", "We call each other by name, and that")
    small.apply("Ana", "benefit.trust", "by name, and that is worth more")
    small.apply("Ben", "benefit.trust", "We call each other by name, and that is worth more")
    small.finish("Ana", "Ben")
    small.reconcile()
    report = agreement.measure_agreement(small.lead, ROUND)
    assert row_of(report, "benefit.trust").alpha.value == 1.0
    assert report.measured.notes == (
        "1 coding overlaps another of the same coder and code: that text counts once",
    )


@pytest.mark.parametrize(
    "how",
    [
        How(unit="word"),
        How(unit="sentence", rule="some"),
        How(interval="guess"),
        How(interval="bootstrap", draws=3),
        How(unit="segment"),
    ],
)
def test_an_unknown_unit_rule_or_interval_is_refused_with_those_that_exist(
    small: Study, how: How
) -> None:
    project = settled(small)
    with pytest.raises(InputError) as refused:
        agreement.measure_agreement(project, ROUND, how=how)
    assert refused.value.hint


def test_unknown_names_are_refused_with_the_nearest(small: Study) -> None:
    project = settled(small)
    with pytest.raises(UnknownName, match="coefficient") as refused:
        agreement.measure_agreement(project, ROUND, coefficients=["kapa"])
    assert "kappa" in str(refused.value.hint)
    with pytest.raises(UnknownName):
        agreement.measure_agreement(project, ROUND, code="benefit.trus")
    with pytest.raises(UnknownName):
        agreement.measure_agreement(project, ROUND, how=How(coders=("Anna", "Ben")))
    with pytest.raises(UnknownName):
        agreement.measure_agreement(project, ROUND, how=How(documents=("talk-9",)))
    with pytest.raises(InputError, match="cannot show"):
        agreement.passages_behind(project, ROUND, "benefit", show="nothing")


def test_the_interviewers_turns_can_be_left_out(small: Study) -> None:
    project = settled(small)
    whole = agreement.measure_agreement(project, ROUND)
    speech = agreement.measure_agreement(project, ROUND, how=How(with_interviewer=False))
    assert speech.measured.units < whole.measured.units
    assert "the interviewer's turns" in [one.text for one in speech.measured.excluded]
    assert "--without-interviewer" in speech.measured.command


@pytest.mark.parametrize("unit", ["sentence", "turn", "document"])
@pytest.mark.parametrize("rule", ["any", "half", "full"])
def test_every_unit_and_rule_gives_figures_or_reasons(small: Study, unit: str, rule: str) -> None:
    report = agreement.measure_agreement(settled(small), ROUND, how=How(unit=unit, rule=rule))
    assert report.measured.units > 0
    for row in report.codes:
        assert (row.alpha.value is None) == (row.alpha.reason is not None)


def test_segments_of_ones_own_are_units(small: Study) -> None:
    project = settled(small)
    text = documents.open_document(project, "talk-1").text
    at = text.index(SPEECH)
    segments = {"TALK-1": [(at, at + 30), (at + 30, at + len(SPEECH))]}
    how = How(unit="segment", segments=segments)
    report = agreement.measure_agreement(project, ROUND, how=how)
    assert report.measured.units == 2
    details = agreement.measure_details(project, ROUND, how=how)
    assert details.units[-1].unit == "segment"


def test_a_blind_open_round_hides_every_figure(small: Study) -> None:
    small.quarrel()
    for ask in (
        agreement.measure_agreement,
        agreement.measure_details,
        agreement.measure_gamma,
        lambda project, name: agreement.passages_behind(project, name, "benefit"),
    ):
        with pytest.raises(BlindRound):
            ask(small.by("Ana"), ROUND)
    (row,) = agreement.agreement_over_rounds(small.lead)
    assert row.alpha.value is None and "blind" in str(row.alpha.reason)


def test_f1_is_the_share_of_coded_characters_that_both_have(sample: Project) -> None:
    """Counted here by hand, on sets of characters."""
    how = How(coders=("Noor", "Tomas"))
    report = agreement.measure_agreement(sample, "Set 1", how=how)
    row = row_of(report, "benefit.trust")
    marked: dict[str, set[tuple[str, int]]] = {"Noor": set(), "Tomas": set()}
    turns = {
        name: [(t.start, t.end) for t in documents.open_document(sample, name).turns]
        for name in report.measured.documents
    }
    for one in coding.list_codings(sample, round="Set 1", code="benefit.trust"):
        if one.coder in marked and one.code == "benefit.trust":
            spoken = (
                place
                for start, end in turns[one.document]
                for place in range(max(start, one.start), min(end, one.end))
            )
            marked[one.coder] |= {(one.document, place) for place in spoken}
    both = len(marked["Noor"] & marked["Tomas"])
    f1 = 2 * both / sum(len(one) for one in marked.values())
    figure = row.figure("f1")
    assert figure is not None and figure.value == pytest.approx(f1, abs=1e-12)


def test_each_coder_is_set_beside_the_consensus(sample: Project) -> None:
    rows = agreement.compare_with_consensus(sample, "Set 1")
    assert [row.coder for row in rows] == ["Ilse", "Noor", "Tomas"]
    for row in rows:
        assert row.documents == 16
        assert row.f1 is not None and row.alpha is not None and 0.5 < row.alpha <= row.f1


def test_the_three_rows_part_the_same_place_from_the_same_meaning(sample: Project) -> None:
    report = agreement.measure_agreement(sample, "Set 1")
    assert [row.key for row in report.summary] == ["set_alpha", "cu_alpha", "u_alpha_binary"]
    named = report.summary[1].figure
    assert named.coverage is not None and 0 < named.coverage < 1
    assert all(row.figure.low is not None for row in report.summary)
    assert report.overall.figures[-1] is report.overall.alpha


def test_a_figure_that_moves_with_the_unit_is_flagged_with_the_other_value(
    sample: Project,
) -> None:
    report = agreement.measure_agreement(sample, "Set 1")
    flagged = [row for row in report.codes if any(f.kind == "boundary" for f in row.flags)]
    assert flagged
    for row in flagged:
        assert row.beside is not None and row.beside.value is not None
        assert row.alpha.value is not None
        assert abs(row.beside.value - row.alpha.value) > 0.1


def test_the_bootstrap_is_repeated_by_its_seed(sample: Project) -> None:
    how = How(interval="bootstrap", seed=7, draws=200)
    first, again = (agreement.measure_agreement(sample, "Set 1", how=how) for _ in range(2))
    assert first.overall.alpha == again.overall.alpha
    assert "--seed 7 --draws 200" in first.measured.command
    none = agreement.measure_agreement(sample, "Set 1", how=How(interval="none"))
    assert none.overall.alpha.low is None and none.overall.reading == "no interval"


def test_passages_lead_to_the_discrepancies_of_reconciliation(small: Study) -> None:
    project = settled(small)
    known = {item.id for item in reconcile.list_discrepancies(project, ROUND)}
    found = agreement.passages_behind(project, ROUND, "all")
    assert found and {one.discrepancy for one in found} <= known
    load = next(one for one in found if one.code == "challenge.load")
    assert load.quote == "There are forty cases on one desk."
    assert (load.gave, load.did_not, load.decided) == (("Ana",), ("Ben",), False)
    agreed = agreement.passages_behind(project, ROUND, "trust", show="agreement")
    assert [one.quote for one in agreed] == ["We call each other by name"]
    assert agreed[0].discrepancy is None


def test_blanks_between_two_codings_are_no_passage(small: Study) -> None:
    small.apply("Ana", "benefit", "There are forty cases on one desk. When she leaves, it ends.")
    small.apply("Ben", "benefit", "There are forty cases on one desk.")
    small.apply("Ben", "benefit", "When she leaves, it ends.")
    small.finish("Ana", "Ben")
    small.reconcile()
    assert agreement.passages_behind(small.lead, ROUND, "benefit") == ()
    assert len(agreement.passages_behind(small.lead, ROUND, "benefit", show="all")) == 2


def test_passages_narrow_to_a_document_and_to_confused_codes(small: Study) -> None:
    project = settled(small)
    elsewhere = How(documents=("talk-2",))
    assert agreement.passages_behind(project, ROUND, "all", how=elsewhere) == ()
    (one,) = agreement.passages_behind(project, ROUND, "challenge.load,challenge.turnover")
    assert (one.gave, one.did_not) == (("Ana",), ("Ben",))
    (turned,) = agreement.passages_behind(project, ROUND, "challenge.turnover,challenge.load")
    assert (turned.gave, turned.did_not) == (("Ben",), ("Ana",))


def test_details_hold_every_coefficient_with_a_value_or_a_reason(sample: Project) -> None:
    details = agreement.measure_details(sample, "Set 1", code="benefit")
    assert {one.code for one in details.codes} <= set(
        codebook.read_codebook(sample).branch("benefit")
    )
    for one in (*details.codes, details.overall):
        for figure in one.figures:
            assert (figure.value is None) == (figure.reason is not None)
    assert [row.depth for row in details.levels] == [1, 2, 3]
    assert {row.coder for row in details.left_out} == {"Ilse", "Noor", "Tomas"}
    weights = [row.weight for row in details.confusions]
    assert weights == sorted(weights, reverse=True) and weights
    two = agreement.measure_details(sample, "Set 1", how=How(coders=("Ilse", "Noor")))
    assert two.left_out == () and two.left_out_reason


def test_gamma_tells_how_far_it_is_and_can_be_stopped(sample: Project) -> None:
    steps: list[tuple[int, int]] = []
    how = How(documents=("01-marguerite", "02-roland"), coders=("Ilse", "Noor"))
    value, named = agreement.measure_gamma(
        sample, "Set 1", how=how, watch=lambda done, of: steps.append((done, of))
    )
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert value.value is not None and named.coefficient == "gamma_cat"

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        agreement.measure_gamma(sample, "Set 1", how=how, watch=stop)


def second_round(study: Study) -> None:
    """Code a second round, part of it under a changed codebook."""
    rounds.new_round(study.lead, "second")
    rounds.assign_documents(study.lead, "second", coders=["Ana", "Ben"])
    for talk in TALKS:
        if talk == "talk-3":
            codebook.change_code(study.lead, "benefit.trust", definition="Who relies on whom.")
            book = codebook.export_codebook(study.lead)
            content = book if isinstance(book, bytes) else str(book).encode()
            codebook.import_codebook(study.lead, "codes.yaml", content)
        for who in ("Ana", "Ben"):
            handle = study.by(who)
            start, end = coding.locate(
                handle, talk, quote="We call each other by name", start=None, end=None
            )
            coding.apply_code(
                handle, "benefit.trust", document=talk, round="second", start=start, end=end
            )
            rounds.mark_done(handle, "second", talk)
    rounds.set_round_state(study.lead, "second", RoundState.RECONCILING)


def test_drift_shows_every_round_and_every_version_of_the_codebook(small: Study) -> None:
    settled(small)
    second_round(small)
    rows = agreement.agreement_over_rounds(small.lead)
    whole = [row for row in rows if row.part is None]
    assert [row.round for row in whole] == [ROUND, "second"]
    assert whole[1].alpha.value == 1.0 and whole[1].change is not None and whole[1].change > 0
    parts = [row for row in rows if row.part]
    assert [row.documents for row in parts] == [2, 1]
    assert parts[0].versions < parts[1].versions
    trust = agreement.agreement_over_rounds(small.lead, code="benefit.trust")
    assert trust[0].alpha.value == 1.0


def test_a_coder_is_compared_with_her_own_earlier_self(small: Study) -> None:
    settled(small)
    second_round(small)
    rows = {
        row.coder: row
        for row in agreement.agreement_with_earlier_self(small.lead, "second", ROUND)
    }
    assert set(rows) == {"Ana", "Ben"}
    assert rows["Ana"].documents == 3 and rows["Ana"].spans == (3, 3)
    assert rows["Ana"].alpha.value is not None and rows["Ana"].alpha.value < 1
    with pytest.raises(InputError, match="same round"):
        agreement.agreement_with_earlier_self(small.lead, ROUND, ROUND)


def test_in_a_blind_open_round_one_sees_only_ones_own_stability(small: Study) -> None:
    small.quarrel()
    rounds.new_round(small.lead, "second")
    rounds.assign_documents(small.lead, "second", coders=["Ana", "Ben"])
    for who in ("Ana", "Ben"):
        rounds.mark_done(small.by(who), "second", "talk-1")
    rows = agreement.agreement_with_earlier_self(small.by("Ana"), "second", ROUND)
    assert [row.coder for row in rows] == ["Ana"]
    with pytest.raises(Refused):
        agreement.agreement_with_earlier_self(small.lead, "second", ROUND)


def test_the_methods_paragraph_names_figures_unit_round_and_sources(sample: Project) -> None:
    report = agreement.measure_agreement(sample, "Set 1", how=How(unit="sentence", rule="half"))
    told = agreement.methods_paragraph(report)
    for word in ("3 coders (Ilse, Noor, Tomas)", "16 documents", "“Set 1”", "sentence", "half"):
        assert word in told
    assert "Krippendorff" in told and "Efron" in told and report.measured.command in told
    assert "nan" not in told and "None" not in told


def test_the_printed_command_holds_no_password() -> None:
    from qualcode.services.agreement.material import Material

    material = object.__new__(Material)
    material.round = SimpleNamespace(name="Set 1")  # type: ignore[assignment]
    material.how = How()
    project: Any = SimpleNamespace(location="postgresql+psycopg://vera:secret@host/study")
    command = material.command(project)
    assert "secret" not in command and "vera@host/study" in command


def test_a_figure_is_read_at_its_lower_bound() -> None:
    from dataclasses import replace

    empty = without_value("krippendorff_alpha", "not used")
    known = replace(empty, value=0.9, reason=None)
    assert reading(empty) == "not used"
    assert reading(known) == "no interval"
    for low, said in ((0.81, "rely"), (0.7, "tentative"), (0.5, "not yet")):
        assert reading(replace(known, low=low, high=0.95)) == said
    assert reading(replace(known, value=-0.2)) == "less than chance"
    assert reading(replace(known, value=-0.001)) == "at chance"
