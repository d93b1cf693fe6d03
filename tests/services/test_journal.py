"""The journal: memos on anything, found by their words, linked, told by day; blind rounds stay blind."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError, Refused, UnknownName
from qualcode.services import coding, rounds
from qualcode.services import journal as service
from qualcode.services.project import Project, open_project


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
