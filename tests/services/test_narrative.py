"""Merged narratives on the small study: built, written on, coded again, rebuilt, led back."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.documents import DocumentKind
from qualcode.core.narrative import ProseKind
from qualcode.core.reconcile import Outcome
from qualcode.core.rounds import Purpose, RoundState
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.services import coding, documents, rounds
from qualcode.services import narrative as service
from qualcode.services.project import Project, check_project, open_project


def text_of(study: Project, name: str) -> str:
    return documents.open_document(study, name).text


def test_passages_stand_by_subtheme_and_role_with_their_provenance(study: Project) -> None:
    built = service.build_narrative(study, "bonds")
    view = service.show_narrative(study, built.document)
    assert [section.code for section in view.sections] == ["trust", "trust.earned", "trust.given"]
    earned = view.sections[1]
    assert [group.role for group in earned.groups] == ["detective", "officer"]
    first = view.passage(1)
    assert first.text == "Ada and I trust each other. It took us six years."
    assert (first.participants, first.document, first.role) == (("Ben",), "ben", "detective")
    assert first.turn is not None


def test_every_passage_repeats_the_interview_letter_for_letter(study: Project) -> None:
    built = service.build_narrative(study, "gaps")
    narrative = text_of(study, built.document)
    for passage in service.show_narrative(study, built.document).passages():
        source = text_of(study, passage.document)
        assert source[passage.start : passage.end] == passage.text
        assert narrative[passage.narrative_start : passage.narrative_end] == passage.text


def test_narrative_is_a_document_whose_speakers_are_the_participants(study: Project) -> None:
    built = service.build_narrative(study, "rule")
    reading = documents.open_document(study, built.document)
    assert reading.document.kind is DocumentKind.NARRATIVE
    assert reading.speakers["Ada"].participant == "Ada"
    spoken = [turn for turn in reading.turns if turn.speaker == "Ada"]
    assert reading.text[spoken[0].start : spoken[0].end] == "We have a rule for that."
    assert all(reading.text[start:end].strip() for start, end in reading.sentences)


def test_one_narrative_per_site_holds_what_is_about_that_site(study: Project) -> None:
    built = service.build_narratives(study, "rule", by="site")
    assert [one.document for one in built] == ["narrative-rule-site-A", "narrative-rule-site-B"]
    at_b = service.show_narrative(study, "narrative-rule-site-B")
    assert [one.text for one in at_b.passages()] == [
        "In Birch nobody has a rule at all.",
        "There is no rule here.",
    ]
    # Ada works at A and speaks about B; Dan, Eve and Finn could have spoken and do not.
    assert at_b.coverage.present == ("Ada", "Cora")
    assert at_b.coverage.missing == ("Dan", "Eve", "Finn")


def test_passage_with_two_subthemes_stands_once_and_says_so(study: Project) -> None:
    view = service.show_narrative(study, service.build_narrative(study, "silence").document)
    found = [one for one in view.passages() if one.text == "I get no word back."]
    assert len(found) == 1 and found[0].also == ("silence.no_word",)


def test_theme_without_codings_is_refused(study: Project) -> None:
    with pytest.raises(InputError, match="nothing is coded under “Unused”"):
        service.build_narrative(study, "unused")
    with pytest.raises(UnknownName):
        service.build_narrative(study, "rule", by="site", value="C")
    with pytest.raises(UnknownName):
        service.build_narrative(study, "rool")
    assert service.list_narratives(study) == ()


def test_narrative_of_a_coder_never_shows_an_open_blind_round(study: Project) -> None:
    rounds.new_round(study, "Second")
    coding.apply_code(study, "unused", document="ada", round="Second", start=0, end=11)
    with pytest.raises(InputError, match="everybody may see"):
        service.build_narrative(study, "unused", basis="Max")


def test_prose_stands_where_it_was_put_and_stays_on_rebuild(study: Project) -> None:
    name = service.build_narrative(study, "bonds").document
    service.write_prose(study, name, "How people come to rely on each other.")
    service.write_prose(study, name, "Trust takes years.", at="trust.earned")
    service.write_prose(study, name, "And it is mutual.", at=1, evidence=[1, 2])
    service.write_prose(study, name, "Cora trusts only one.", kind=ProseKind.COUNTER)
    coded_text = text_of(study, name)
    _decide_cora(study)
    built = service.build_narrative(study, "bonds")
    assert (built.added, built.is_new) == (1, False)
    view = service.show_narrative(study, name)
    assert view.opening[0].text == "How people come to rely on each other."
    earned = view.sections[1]
    assert earned.opening[0].text == "Trust takes years."
    claim = earned.groups[0].items[1]
    assert claim.text == "And it is mutual." and claim.kind is ProseKind.CLAIM  # type: ignore[union-attr]
    assert claim.evidence == (1, 2)  # type: ignore[union-attr]
    assert view.counter[0].kind is ProseKind.COUNTER and view.unplaced == ()
    assert text_of(study, name) != coded_text


def test_writing_prose_never_changes_the_text_that_is_coded(study: Project) -> None:
    name = service.build_narrative(study, "bonds").document
    before = text_of(study, name)
    service.write_prose(study, name, "Some words.", at=1)
    assert text_of(study, name) == before
    assert not service.build_narrative(study, "bonds").changed


def test_claim_is_stale_when_its_evidence_is_decided_away(study: Project) -> None:
    _decide_cora(study)
    name = service.build_narrative(study, "bonds").document
    view = service.show_narrative(study, name)
    number = next(one.number for one in view.passages() if one.participants == ("Cora",))
    piece = service.write_prose(study, name, "Even at B.", at="trust.earned", evidence=[number])
    _decide_cora(study, outcome=Outcome.REJECT_ALL)
    view = service.show_narrative(study, name)
    assert view.passage(number).stale == "its coding was removed or decided away"
    claim = view.sections[1].opening[0]
    assert claim.stale == "evidence was removed or decided away"
    assert any("1 passage stale" in note for note in view.notes)
    service.build_narrative(study, "bonds")
    after = service.show_narrative(study, name)
    assert all(one.stale is None for one in after.passages())
    assert after.sections[1].opening[0].evidence_gone == 1
    service.change_prose(study, piece, "At A.", evidence=[1])
    assert service.show_narrative(study, name).sections[1].opening[0].stale is None


def test_prose_whose_subtheme_is_gone_is_kept_apart(study: Project) -> None:
    name = service.build_narrative(study, "bonds").document
    view = service.show_narrative(study, name)
    given = next(one.number for one in view.passages() if one.code == "trust.given")
    service.write_prose(study, name, "Given trust.", at=given)
    service.write_prose(study, name, "On silence.", at="silence")
    found = service.show_narrative(study, name)
    assert [piece.text for piece in found.unplaced] == ["On silence."]


def test_second_cycle_coding_leads_back_to_the_interview(study: Project) -> None:
    name = service.build_narrative(study, "rule").document
    made = _code_narrative(study, name, "Max", "nobody has a rule", "silence")
    sources = service.map_back(study, made)
    assert [(one.document, one.quote, one.participants) for one in sources] == [
        ("ada", "nobody has a rule", ("Ada",))
    ]
    text = text_of(study, "ada")
    assert text[sources[0].start : sources[0].end] == "nobody has a rule"


def test_coding_over_two_passages_leads_back_to_both(study: Project) -> None:
    name = service.build_narrative(study, "rule").document
    text = text_of(study, name)
    start, end = text.index("nobody has"), text.index("here.") + len("here.")
    made = _apply(study, name, start, end, "silence")
    assert [one.document for one in service.map_back(study, made)] == ["ada", "cora"]


def test_new_passages_do_not_shift_what_was_coded(study: Project) -> None:
    name = service.build_narrative(study, "bonds").document
    made = _code_narrative(study, name, "Max", "People trust us in both.", "rule")
    _decide_cora(study)
    built = service.build_narrative(study, "bonds")
    assert (built.carried, built.left_behind) == (1, 0)
    found = coding.find_coding(study, made)
    assert text_of(study, name)[found.start : found.end] == "People trust us in both."
    assert check_project(study).problems == ()


def test_coding_over_words_that_no_longer_follow_each_other_stays_behind(study: Project) -> None:
    name = service.build_narrative(study, "bonds").document
    text = text_of(study, name)
    start, end = text.index("I trust him because"), text.index("I trust the court") + 5
    made = _apply(study, name, start, end, "rule")
    assert len(service.map_back(study, made)) == 2
    _decide_cora(study)
    built = service.build_narrative(study, "bonds")
    assert (built.carried, built.left_behind) == (0, 1)
    assert len(service.map_back(study, made)) == 2


def test_second_cycle_round_agrees_decides_and_survives_a_rebuild(study: Project) -> None:
    name = service.build_narrative(study, "bonds").document
    rounds.new_round(study, "Taxonomic", purpose=Purpose.TAXONOMIC)
    rounds.assign_documents(study, "Taxonomic", documents=[name], coders=["Kit", "Lou"])
    for coder, words in (("Kit", "It took us six years."), ("Lou", "six years")):
        _code_narrative(study, name, coder, words, "rule", round="Taxonomic")
        with open_project(study.location, coder=coder) as own:
            rounds.mark_done(own, "Taxonomic", name)
    rounds.set_round_state(study, "Taxonomic", RoundState.RECONCILING)
    from qualcode.services import reconcile

    (item,) = reconcile.list_discrepancies(study, "Taxonomic")
    reconcile.decide(study, "Taxonomic", item.id, Outcome.KEEP_ONE, rationale="all", keep="Kit")
    before = _consensus_words(study, name)
    assert before
    _decide_cora(study)
    built = service.build_narrative(study, "bonds")
    assert built.carried == 2
    assert _consensus_words(study, name) == before
    items = reconcile.list_discrepancies(study, "Taxonomic")
    assert len(items) == 1 and items[0].is_decided
    assert check_project(study).problems == ()


def test_second_cycle_codings_count_for_the_interview_they_come_from(study: Project) -> None:
    from qualcode.services import compare

    name = service.build_narrative(study, "rule").document
    rounds.new_round(study, "Again", blind=False)
    _code_narrative(study, name, "Max", "There is no rule here.", "unused", round="Again")
    matrix = compare.compare(study, columns="document", basis="Max")
    assert matrix.cell("unused", "cora").codings == 1
    assert [column.key for column in matrix.columns] == ["ada", "ben", "circle", "cora", "dan"]


def test_exports_number_the_quotations_and_say_where_each_stands(study: Project) -> None:
    name = service.build_narrative(study, "bonds").document
    service.write_prose(study, name, "Trust takes *years*.", at="trust.earned", evidence=[1])
    markdown = service.export_narrative(study, name).decode()
    assert "> Ada and I trust each other. It took us six years." in markdown
    assert r"\[1\] Ben, detective (ben, turn" in markdown
    assert "Trust takes *years*. [1]" in markdown
    assert "| 1 | Ben | detective | ben |" in markdown
    page = service.export_narrative(study, name, format="html").decode()
    assert 'id="q1"' in page and 'href="#q1"' in page
    assert service.export_narrative(study, name, format="docx").startswith(b"PK")
    with pytest.raises(InputError, match="no format"):
        service.export_narrative(study, name, format="odt")


def test_narrative_with_second_cycle_codings_is_not_removed(study: Project) -> None:
    name = service.build_narrative(study, "rule").document
    service.write_prose(study, name, "Words.")
    made = _code_narrative(study, name, "Max", "There is no rule here.", "unused")
    with pytest.raises(Refused, match="1 second-cycle coding"):
        service.remove_narrative(study, name)
    coding.remove_coding(study, made)
    service.remove_narrative(study, name)
    assert service.list_narratives(study) == ()
    assert service.build_narrative(study, "rule").is_new


def test_empty_prose_and_unknown_places_are_refused(study: Project) -> None:
    name = service.build_narrative(study, "rule").document
    with pytest.raises(InputError, match="empty"):
        service.write_prose(study, name, "  ")
    with pytest.raises(UnknownName, match="99"):
        service.write_prose(study, name, "Words.", at=99)
    with pytest.raises(UnknownName):
        service.write_prose(study, "narrative-none", "Words.")
    with pytest.raises(UnknownName):
        service.change_prose(study, 99, "Words.")


def _consensus_words(study: Project, name: str) -> list[str]:
    text = text_of(study, name)
    found = coding.list_codings(study, document=name, with_consensus=True)
    return [text[one.start : one.end] for one in found if one.coder == "consensus"]


def _decide_cora(study: Project, outcome: Outcome = Outcome.KEEP_ONE) -> None:
    """Decide the one discrepancy of the first round: what only Kit coded in Cora's interview."""
    from qualcode.services import reconcile

    item = reconcile.list_discrepancies(study, "First")[0]
    assert item.document == "cora"
    keep = "Kit" if outcome is Outcome.KEEP_ONE else None
    reconcile.decide(study, "First", item.id, outcome, rationale="read again", keep=keep)


def _code_narrative(
    study: Project, name: str, coder: str, words: str, code: str, *, round: str = "Cycle two"
) -> int:
    text = text_of(study, name)
    start = text.index(words)
    return _apply(study, name, start, start + len(words), code, coder=coder, round=round)


def _apply(
    study: Project,
    name: str,
    start: int,
    end: int,
    code: str,
    *,
    coder: str = "Max",
    round: str = "Cycle two",
) -> int:
    if round not in [one.name for one in rounds.list_rounds(study)]:
        rounds.new_round(study, round, purpose=Purpose.TAXONOMIC)
    with open_project(study.location, coder=coder) as own:
        made = coding.apply_code(own, code, document=name, round=round, start=start, end=end)
    return made.coding.id


def test_building_and_rebuilding_can_be_taken_back(study: Project) -> None:
    from qualcode.services import audit

    name = service.build_narrative(study, "bonds").document
    before = text_of(study, name)
    made = _code_narrative(study, name, "Max", "People trust us in both.", "rule")
    span = (coding.find_coding(study, made).start, coding.find_coding(study, made).end)
    _decide_cora(study)
    service.build_narrative(study, "bonds")
    audit.undo(study)
    assert text_of(study, name) == before
    found = coding.find_coding(study, made)
    assert (found.start, found.end) == span
    audit.redo(study)
    assert text_of(study, name) != before
    assert check_project(study).problems == ()


def test_passage_says_what_became_of_its_coding(study: Project) -> None:
    with open_project(study.location, coder="Kit") as own:
        rounds.new_round(study, "Own", blind=False)
        made = {
            words: _apply(own, "ada", *_span(own, "ada", words), "rule", coder="Kit", round="Own")
            for words in ("I call Ben.", "They never call.", "I trust him")
        }
        name = service.build_narrative(study, "rule", basis="Kit", round="Own").document
        assert name == "narrative-rule-by-Kit"
        coding.change_coding(own, made["I call Ben."], code="silence")
        coding.change_coding(own, made["They never call."], span=(49, 55))
        coding.remove_coding(own, made["I trust him"])
    verdicts = {one.text: one.stale for one in service.show_narrative(study, name).passages()}
    assert verdicts == {
        "I call Ben.": "recoded as silence",
        "They never call.": "its coding has another span now",
        "I trust him": "its coding was removed or decided away",
    }
    (summary,) = service.list_narratives(study)
    assert (summary.stale, summary.waiting, summary.basis) == (3, 1, "Kit")
    lost = next(
        one.number
        for one in service.show_narrative(study, name).passages()
        if one.text == "I trust him"
    )
    with pytest.raises(InputError, match="lost its coding"):
        service.write_prose(study, name, "A claim.", evidence=[lost])


def test_passage_that_moved_within_the_theme_or_out_of_the_site_says_so(study: Project) -> None:
    with open_project(study.location, coder="Kit") as own:
        rounds.new_round(study, "Own", blind=False)
        moved = _apply(
            own, "ada", *_span(own, "ada", "I call Ben."), "trust", coder="Kit", round="Own"
        )
        at_a = coding.apply_code(
            own, "trust", document="dan", round="Own", start=0, end=11, facets={"site": "A"}
        ).coding
        whole = service.build_narrative(study, "bonds", basis="Kit", round="Own").document
        site = service.build_narrative(
            study, "trust", by="site", value="A", basis="Kit", round="Own"
        ).document
        piece = service.write_prose(study, site, "At A.", kind=ProseKind.COUNTER, evidence=[1])
        coding.change_coding(own, moved, code="trust.earned")
        coding.change_coding(own, at_a.id, facets={"site": "B"})
    view = service.show_narrative(study, whole)
    assert [one.stale for one in view.passages()] == ["now under trust.earned", None]
    at_site = service.show_narrative(study, site)
    assert at_site.passage(1).stale == "no longer counted under Site A"
    assert at_site.counter[0].stale == "evidence was recoded"
    assert "counter-evidence has changed" in at_site.notes
    service.remove_prose(study, piece)
    assert service.show_narrative(study, site).counter == ()


def test_words_of_a_build_say_what_it_did(study: Project) -> None:
    built = service.build_narrative(study, "bonds")
    assert built.sentence == "narrative-bonds: 4 passages"
    assert service.build_narrative(study, "bonds").sentence.endswith(
        "nothing has changed, 4 passages"
    )
    name = built.document
    text = text_of(study, name)
    _apply(study, name, text.index("I trust him"), text.index("I trust the court") + 5, "rule")
    _decide_cora(study)
    again = service.build_narrative(study, "bonds").sentence
    assert again == (
        "narrative-bonds: 5 passages, 1 new, 0 gone; 0 codings carried over, "
        "1 stay on the text they were made on"
    )


def test_coding_of_an_interview_is_its_own_source(study: Project) -> None:
    own = coding.list_codings(study, coder="Kit", document="ben", code="rule")[0]
    (source,) = service.map_back(study, own.id)
    assert (source.quote, source.document) == ("The rule says she calls first.", "ben")


def test_narrative_names_of_a_theme_and_site_are_found(study: Project) -> None:
    service.build_narratives(study, "rule", by="site")
    assert service.narratives_of(study, "Rule", by="SITE", value="b") == ("narrative-rule-site-B",)
    assert service.narratives_of(study, "silence") == ()
    with pytest.raises(InputError, match="nothing is coded"):
        service.build_narratives(study, "unused", by="site")
    with pytest.raises(InputError, match="which site"):
        service.build_narrative(study, "rule", by="site")
    markdown = service.narrative_markdown(study, "rule", by="site", value="A")
    assert markdown.startswith("# Rule — Site A")


def test_name_that_another_document_has_is_refused(study: Project, tmp_path: Path) -> None:
    taken = tmp_path / "narrative-rule.txt"
    taken.write_text("Ada: Something else.\n")
    documents.import_documents(study, [taken])
    with pytest.raises(Refused, match="not a narrative"):
        service.build_narrative(study, "rule")


def _span(project: Project, document: str, words: str) -> tuple[int, int]:
    start = text_of(project, document).index(words)
    return start, start + len(words)


def test_passage_that_was_altered_is_noticed(study: Project) -> None:
    from qualcode.storage.narrative import broken_passages

    service.build_narrative(study, "bonds")
    with study.database.writing() as connection:
        assert list(broken_passages(connection)) == []
        connection.exec_driver_sql(
            "UPDATE narrative_passage SET source_start = source_start + 1, "
            "source_end = source_end + 1 WHERE n = 2"
        )
        assert list(broken_passages(connection)) == [
            "passage 2 of narrative-bonds is not what its interview says"
        ]
