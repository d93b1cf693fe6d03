"""The journal: memos on anything, found by their words, linked, told by day; blind rounds stay blind."""

from __future__ import annotations

import io

import pytest

from qualcode.core.reconcile import Outcome
from qualcode.errors import ChangedMeanwhile, InputError, Refused, SpanError, UnknownName
from qualcode.services import audit, codebook, coding, documents, reconcile, rounds
from qualcode.services import journal as service
from qualcode.services.project import Project, check_project, open_project
from tests.study import Study


def test_memos_say_what_they_are_about(study: Project) -> None:
    own = coding.list_codings(study, coder="Kit", document="cora", code="rule")[0]
    service.write_entry(study, "Why so?", about="coding", name=str(own.id), kind="theoretical")
    service.write_entry(study, "Split it?", about="code", name="TRUST")
    service.write_entry(study, "Called twice.", about="participant", name="Dan", kind="reflexive")
    service.write_entry(study, "On the whole.", about="project", name="Study")
    entries = service.list_entries(study)
    assert [one.about for one in entries] == [
        "a coding of rule in cora",
        "code trust",
        "participant Dan",
        "project Study",
    ]
    assert entries[0].quote == "There is no rule here." and entries[1].quote is None


def test_memos_are_found_by_words_kind_and_object(study: Project) -> None:
    service.write_entry(study, "Trust needs years.", about="code", name="trust")
    service.write_entry(study, "We coded late.", about="document", name="ada", kind="reflexive")
    assert [one.about for one in service.list_entries(study, words="YEARS trust")] == [
        "code trust"
    ]
    assert [one.about for one in service.list_entries(study, kind="Reflexive")] == ["document ada"]
    assert [one.about for one in service.list_entries(study, about="code")] == ["code trust"]
    with pytest.raises(UnknownName):
        service.list_entries(study, kind="angry")


def test_memo_points_at_further_objects_once_each(study: Project) -> None:
    memo = service.write_entry(study, "See there.", about="theme", name="What binds").memo
    service.link_entry(study, memo.id, about="code", name="rule")
    found = service.link_entry(study, memo.id, about="code", name="rule")
    assert found.links == ("code rule",)
    with pytest.raises(Refused, match="no memo 99"):
        service.link_entry(study, 99, about="code", name="rule")


def test_journal_is_written_by_day(study: Project) -> None:
    own = coding.list_codings(study, coder="Kit", document="circle", code="trust")[0]
    first = service.write_entry(study, "Really *so*?", about="coding", name=str(own.id)).memo
    service.link_entry(study, first.id, about="document", name="circle")
    text = service.export_journal(study)
    assert f"## {first.created_at:%Y-%m-%d}" in text
    assert "> I trust the court." in text and "Really *so*?" in text
    assert "See also: document circle" in text
    assert service.export_journal(study, words="nowhere") == "# Journal\n"


def test_memo_on_a_hidden_coding_cannot_be_written_nor_read(study: Project) -> None:
    rounds.new_round(study, "Blind")
    made = coding.apply_code(study, "rule", document="ada", round="Blind", start=0, end=11).coding
    service.write_entry(study, "Mine.", about="coding", name=str(made.id))
    with open_project(study.location, coder="Kit") as as_kit:
        assert service.list_entries(as_kit) == ()
        with pytest.raises(UnknownName):
            service.write_entry(as_kit, "Not yours.", about="coding", name=str(made.id))


def test_what_is_not_there_is_refused_with_what_is(study: Project) -> None:
    with pytest.raises(InputError, match="empty"):
        service.write_entry(study, " ", about="code", name="trust")
    with pytest.raises(UnknownName) as refused:
        service.write_entry(study, "x", about="code", name="trst")
    assert "trust" in (refused.value.hint or "")
    with pytest.raises(UnknownName) as refused:
        service.write_entry(study, "x", about="cod", name="trust")
    assert "code" in (refused.value.hint or "")
    with pytest.raises(UnknownName):
        service.write_entry(study, "x", about="coding", name="first")


def test_own_memo_is_rewritten_given_another_kind_and_removed_with_undo(anywhere: Study) -> None:
    lead, ana = anywhere.lead, anywhere.by("Ana")
    made = service.write_entry(ana, "First thought.", about="code", name="benefit.trust").memo
    changed = service.change_entry(ana, made.id, text=" Second. ", kind="theoretical")
    assert (changed.memo.body, changed.memo.kind) == ("Second.", "theoretical")
    service.link_entry(ana, made.id, about="document", name="talk-1")
    with pytest.raises(Refused, match="Ana's, not yours"):
        service.change_entry(lead, made.id, text="Mine.")
    with pytest.raises(Refused, match="Ana's, not yours"):
        service.remove_entry(lead, made.id)
    service.remove_entry(ana, made.id)
    assert service.list_entries(lead) == ()
    audit.undo(ana)
    (back,) = service.list_entries(lead)
    assert (back.memo.body, back.links) == ("Second.", ("document talk-1",))
    audit.undo(ana)
    audit.undo(ana)
    assert service.find_entry(lead, made.id).memo.body == "First thought."


def test_memo_that_was_rewritten_meanwhile_is_not_overwritten(small: Study) -> None:
    made = service.write_entry(small.lead, "One.", about="project", name="study").memo
    service.change_entry(small.lead, made.id, text="Two.", version=made.version)
    with pytest.raises(ChangedMeanwhile):
        service.change_entry(small.lead, made.id, text="Three.", version=made.version)
    with pytest.raises(InputError, match="empty"):
        service.change_entry(small.lead, made.id, text=" ")


def test_link_is_taken_away_again(study: Project) -> None:
    memo = service.write_entry(study, "See there.", about="theme", name="What binds").memo
    service.link_entry(study, memo.id, about="code", name="rule")
    assert service.unlink_entry(study, memo.id, about="code", name="RULE").links == ()
    with pytest.raises(Refused, match="does not point at code rule"):
        service.unlink_entry(study, memo.id, about="code", name="rule")
    audit.undo(study)
    assert service.find_entry(study, memo.id).links == ("code rule",)


def test_targets_are_all_that_has_a_name_the_project_first(study: Project) -> None:
    found = service.list_targets(study)
    assert found[0].words == "project Study"
    words = {one.words for one in found}
    assert {"document ada", "code trust.earned", "participant Dan", "theme What binds"} <= words
    by_uid = next(one for one in found if one.words == "term a bond by chance")
    made = service.write_entry(study, "Why?", about="term", name=str(by_uid.uid))
    assert made.target == by_uid
    codebook.remove_code(study, "unused")
    assert "code unused" not in {one.words for one in service.list_targets(study)}


def test_memo_on_a_decision_says_where_it_was_made(study: Project) -> None:
    item = next(iter(reconcile.list_discrepancies(study, "First")))
    reconcile.remark(study, "First", item.id, "Let us talk.")
    reconcile.decide(study, "First", item.id, Outcome.REJECT_ALL, rationale="not what was meant")
    decision = next(one for one in service.list_targets(study) if one.kind == "decision")
    made = service.write_entry(study, "Hard one.", about="decision", name=str(decision.uid))
    assert made.about == "decision not what was meant" and made.target.document == "cora"
    remark = service.list_entries(study, kind="remark")[0]
    assert "the discrepancy decided as reject all in cora" in remark.about
    with pytest.raises(Refused, match="a remark belongs to its discrepancy"):
        service.change_entry(study, remark.memo.id, kind="note")
    with pytest.raises(Refused, match="a remark is written on a discrepancy"):
        service.write_entry(study, "x", about="code", name="rule", kind="remark")


def test_line_of_filter_asks_for_type_object_and_author(study: Project) -> None:
    service.write_entry(study, "Trust needs years.", about="code", name="trust")
    service.write_entry(study, "We coded late.", about="document", name="ada", kind="reflexive")

    def found(text: str) -> list[str]:
        wanted = service.read_filter(study, text)
        return [one.about for one in service.list_entries(study) if wanted.holds(one)]

    assert found("") == ["code trust", "document ada"]
    assert found("type:refl") == ["document ada"] and found("on:code years") == ["code trust"]
    assert found("by:max") == ["code trust", "document ada"] and found("by:Kit") == []
    assert found("late type:") == ["document ada"]
    for wrong in ("type:angry", "on:cod3", "by:Nobody"):
        with pytest.raises(UnknownName):
            found(wrong)


def test_journal_goes_out_as_page_and_as_word_processor_document(study: Project) -> None:
    from docx import Document

    own = coding.list_codings(study, coder="Kit", document="circle", code="trust")[0]
    memo = service.write_entry(
        study, "Really <so>?\n\nSecond\x0b part.", about="coding", name=str(own.id)
    ).memo
    service.link_entry(study, memo.id, about="document", name="circle")
    page = service.export_journal(study, format="html")
    assert isinstance(page, str) and "Really &lt;so&gt;?" in page and "See also: document" in page
    content = service.export_journal(study, format="docx", kind="note")
    assert isinstance(content, bytes)
    lines = [one.text for one in Document(io.BytesIO(content)).paragraphs]
    assert lines[0] == "Journal: Study" and "I trust the court." in lines
    assert "Second\N{REPLACEMENT CHARACTER} part." in lines
    with pytest.raises(UnknownName, match="no format is called 'pdf'"):
        service.export_journal(study, format="pdf")


def test_decisions_of_a_round_made_blind_again_are_not_offered(anywhere: Study) -> None:
    anywhere.quarrel()
    anywhere.reconcile()
    anywhere.decide("Vera", anywhere.discrepancies()[0], Outcome.DEFER, rationale="later")
    assert any(one.kind == "decision" for one in service.list_targets(anywhere.lead))
    anywhere.reopen()
    assert not any(one.kind == "decision" for one in service.list_targets(anywhere.lead))


def test_memo_stands_on_words_that_nobody_coded(anywhere: Study) -> None:
    anywhere.reconcile()
    lead = anywhere.lead
    made = service.write_entry(
        lead, "By name!", about="quotation", name="talk-1: We call each other by name", kind="note"
    )
    assert made.quote == "We call each other by name" and made.about == "a quotation in talk-1"
    place = service.find_words(lead, f"TALK-1: {made.target.span[0]}-{made.target.span[1]}")  # type: ignore[index]
    again = service.write_entry(lead, "Again.", about="quotation", name=place.name)
    assert again.target == made.target
    assert check_project(lead).problems == ()
    service.remove_entry(lead, made.memo.id)
    assert [one.quote for one in service.list_entries(anywhere.by("Ben"))] == [made.quote]
    service.remove_entry(lead, again.memo.id)
    audit.undo(lead)
    (back,) = service.list_entries(lead)
    assert back.target.is_live and back.quote == made.quote
    documents.rename_document(lead, "talk-2", to="talk-1: second part")
    second = service.find_words(lead, "talk-1: second part: There are forty cases")
    assert second.document == "talk-1: second part"
    for wrong, refusal in (
        ("talk-1", InputError),
        ("talk-1:", InputError),
        ("talk-9: x", UnknownName),
        ("talk-1: nobody said this", SpanError),
        ("talk-1:9-3", SpanError),
        ("talk-1:0-99999", SpanError),
    ):
        with pytest.raises(refusal):
            service.write_entry(lead, "x", about="quotation", name=wrong)


def test_memo_on_words_of_a_blind_round_is_its_authors_alone(anywhere: Study) -> None:
    ana, lead = anywhere.by("Ana"), anywhere.lead
    words = "talk-1: There are forty cases on one desk."
    service.write_entry(ana, "Mine.", about="quotation", name=words)
    service.write_entry(ana, "Mine too.", about="document", name="talk-1")
    memo = service.write_entry(ana, "See there.", about="project", name="").memo
    service.link_entry(ana, memo.id, about="quotation", name=words)
    assert len(service.list_entries(ana)) == 3
    (seen,) = service.list_entries(lead)
    assert seen.memo.body == "See there." and seen.links == ("a quotation",)
    assert not any(
        "quotation" in row.sentence for row in audit.history(lead) if row.actor == "Ana"
    )
    anywhere.finish()
    anywhere.reconcile()
    assert {one.memo.body for one in service.list_entries(lead)} == {
        "Mine.",
        "Mine too.",
        "See there.",
    }
    assert service.list_entries(lead, words="see")[0].links == ("a quotation in talk-1",)
