"""Matrices on the small study: who said what about which site, counted by people and never twice."""

from __future__ import annotations

import csv
import io

import pytest

from qualcode.core.compare import Matrix
from qualcode.errors import InputError, UnknownName
from qualcode.services import compare as service
from qualcode.services.project import Project, open_project


def people(matrix: Matrix, code: str) -> dict[str, int]:
    row = next(row for row in matrix.rows if row.code == code)
    return {
        column.key: cell.participants
        for column, cell in zip(matrix.columns, row.cells, strict=True)
    }


def test_site_column_counts_what_a_passage_is_about_not_where_its_speaker_works(
    study: Project,
) -> None:
    matrix = service.compare(study, columns="site")
    assert matrix.kind == "facet"
    # Ada works at A and says of B that there is no rule; Cora does too.
    assert matrix.cell("rule", "B").names == ("Ada", "Cora")
    assert matrix.cell("rule", "A").names == ("Ada", "Ben")


def test_passage_about_both_sites_counts_for_each_and_the_notes_say_so(study: Project) -> None:
    matrix = service.compare(study, columns="site")
    assert "Dan" in matrix.cell("trust", "A").names
    assert "Dan" in matrix.cell("trust", "B").names
    assert any("count for Site A and Site B each" in note for note in matrix.notes)
    row = next(row for row in matrix.rows if row.code == "trust")
    assert row.total.codings < sum(cell.codings for cell in row.cells)


def test_roll_up_counts_people_once(study: Project) -> None:
    matrix = service.compare(study, rows="silence", columns="role")
    # Finn's words stand under the branch and under its child: one participant.
    assert [row.code for row in matrix.rows] == ["silence", "silence.no_word"]
    assert people(matrix, "silence")["officer"] == 3
    assert matrix.cell("silence", "officer").codings == 4


def test_turn_decides_who_speaks_in_a_document_of_two(study: Project) -> None:
    matrix = service.compare(study, rows="trust", columns="participant", deep=True)
    assert matrix.cell("trust.given", "Eve").codings == 1
    assert matrix.cell("trust.given", "Finn").codings == 0


def test_cell_says_out_of_how_many_who_could_have_spoken(study: Project) -> None:
    cell = service.compare(study, columns="role").cell("trust", "officer")
    assert (cell.participants, cell.of) == (1, 3)
    assert cell.proportion == pytest.approx(1 / 3)


def test_participant_of_two_sites_counts_at_both_by_attribute(study: Project) -> None:
    matrix = service.compare(study, columns="years")
    assert matrix.kind == "attribute"
    assert sum(people(matrix, "trust").values()) == 4


def test_coder_columns_hold_their_own_codings(study: Project) -> None:
    matrix = service.compare(study, columns="coder")
    assert matrix.cell("trust", "Kit").codings == 5
    assert matrix.cell("trust", "Lou").codings == 4
    assert matrix.basis == "coders"


def test_basis_can_be_one_coder(study: Project) -> None:
    assert service.compare(study, columns="site", basis="kit").cell("trust", "B").codings == 3
    with pytest.raises(UnknownName, match="Kti") as refused:
        service.compare(study, columns="site", basis="Kti")
    assert "Kit" in (refused.value.hint or "")


def test_theme_stands_for_the_codes_that_feed_it(study: Project) -> None:
    matrix = service.compare(study, rows="gaps", columns="document")
    assert [row.code for row in matrix.rows] == ["silence", "silence.no_word", "rule"]
    assert matrix.cell("rule", "cora").documents == 1


def test_share_of_text_counts_overlapping_codings_once(study: Project) -> None:
    matrix = service.compare(study, rows="silence", columns="document")
    both = matrix.cell("silence", "circle")
    child = matrix.cell("silence.no_word", "circle")
    assert both.codings == 2 and child.codings == 1
    assert both.share == child.share


def test_quotations_behind_a_cell_come_with_speaker_and_place(study: Project) -> None:
    found = service.cell_passages(study, code="rule", columns="site", column="B")
    assert [one.quote for one in found] == [
        "In Birch nobody has a rule at all.",
        "There is no rule here.",
    ]
    assert found[0].participants == ("Ada",) and found[0].roles == ("officer",)
    assert found[0].turn is not None and found[0].facets["presence"] == "absent"
    with pytest.raises(UnknownName):
        service.cell_passages(study, code="rule", columns="site", column="C")


def test_small_numbers_are_named(study: Project) -> None:
    notes = service.compare(study, columns="role").notes
    assert any(note.startswith("small numbers") and "detective (1)" in note for note in notes)


def test_unknown_column_is_refused_with_a_suggestion(study: Project) -> None:
    with pytest.raises(UnknownName) as refused:
        service.compare(study, columns="rol")
    assert "role" in (refused.value.hint or "")


def test_another_coder_s_work_in_an_open_blind_round_is_not_counted(
    study: Project,
) -> None:
    from qualcode.services import coding, rounds

    rounds.new_round(study, "Second")
    coding.apply_code(study, "unused", document="ada", round="Second", start=0, end=11)
    assert (
        service.compare(study, columns="document", basis="Max").cell("unused", "ada").codings == 1
    )
    with open_project(study.location, coder="Kit") as as_kit:
        matrix = service.compare(as_kit, columns="document", basis="Max")
        assert matrix.cell("unused", "ada").codings == 0


def test_overlapping_codes_are_counted_within_the_consensus(study: Project) -> None:
    found = service.cooccurrence(study)
    assert [(pair.first, pair.second, pair.together) for pair in found.pairs] == [
        ("silence", "silence.no_word", 1)
    ]
    assert found.pairs[0].jaccard == pytest.approx(19 / 80)


def test_codes_of_different_coders_never_stand_together(study: Project) -> None:
    from qualcode.services import coding, rounds

    rounds.new_round(study, "Open", blind=False)
    coding.apply_code(study, "unused", document="ada", round="Open", start=40, end=60)
    with open_project(study.location, coder="Kit") as as_kit:
        coding.apply_code(as_kit, "rule", document="ada", round="Open", start=40, end=60)
    found = service.cooccurrence(study, basis="coders", round="Open")
    assert found.pairs == ()


def test_same_turn_holds_more_than_overlap(study: Project) -> None:
    pairs = {
        (pair.first, pair.second): pair
        for pair in service.cooccurrence(study, relation="turn").pairs
    }
    found = pairs["trust.earned", "rule"]
    assert (found.together, found.documents) == (2, 2)


def test_meetings_of_two_codes_give_the_words(study: Project) -> None:
    met = service.cooccurrence_passages(study, "trust.earned", "rule", relation="turn")
    assert met[0].quote == "I trust him because he calls me back. We have a rule for that."
    with pytest.raises(InputError, match="no way"):
        service.cooccurrence(study, relation="beside")


def test_saturation_reads_documents_in_the_order_of_an_attribute(study: Project) -> None:
    found = service.measure_saturation(study, order="years", rule=(2, 1, 0.0))
    assert [step.document for step in found.steps] == ["circle", "ben", "cora", "dan", "ada"]
    assert found.order == "documents by years"
    assert found.steps[0].cumulative == len(found.steps[0].new_codes)
    with pytest.raises(InputError, match="no rule"):
        service.measure_saturation(study, rule=(0, 1, 0.5))


def test_support_counts_groups_of_speakers_and_names_single_sources(study: Project) -> None:
    found = {(one.code, one.column): one for one in service.support(study, columns="site")}
    assert found["rule", "A"].reading == "2 groups, 2 participants"
    assert dict(found["rule", "A"].groups) == {"detective": ("Ben",), "officer": ("Ada",)}
    assert found["rule", "B"].reading == "one group, 2 participants"
    assert found["silence.no_word", "A"].reading == "single source"
    assert found["unused", "A"].reading == "nobody"
    with pytest.raises(UnknownName):
        service.support(study, groups="rank")


def test_passages_that_say_otherwise_than_most_are_negative_cases(study: Project) -> None:
    found = service.negative_cases(study, rows="rule", columns="role")
    ((contrary, cases),) = found
    assert (contrary.column, contrary.side) == ("officer", "against")
    assert contrary.names["against"] == ("Ada", "Cora") and contrary.divided == ("Ada",)
    assert [case.quote for case in cases] == ["We have a rule for that."]


def test_where_everybody_says_the_same_there_is_no_negative_case(study: Project) -> None:
    assert service.negative_cases(study, rows="rule", columns="site") == ()


@pytest.mark.parametrize("columns", ["site", "role", "document", "participant", "coder"])
def test_counts_by_the_database_equal_counts_coding_by_coding(
    study: Project, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    from qualcode.storage import compare_counts

    def figures() -> list[tuple[object, ...]]:
        found = service.compare(study, columns=columns, deep=True)
        return [
            (row.code, column.key, cell.codings, cell.documents, cell.names, cell.of)
            for row in found.rows
            for column, cell in zip(found.columns, row.cells, strict=True)
        ]

    detailed = figures()
    monkeypatch.setattr(compare_counts, "VERY_MANY", 0)
    assert figures() == detailed
    cell = service.compare(study, columns="role").cell("rule", "detective")
    assert cell.share is None and cell.share_reason == "not measured over so many codings"
    assert cell.coding_ids == ()


def test_matrix_goes_out_as_csv_and_markdown(study: Project) -> None:
    matrix = service.compare(study, rows="rule", columns="site")
    rows = list(csv.DictReader(io.StringIO(service.write_matrix(matrix))))
    assert [(row["site"], row["participants"], row["of"]) for row in rows] == [
        ("Site A", "2", "3"),
        ("Site B", "2", "5"),
    ]
    text = service.write_matrix(matrix, format="md")
    assert "| Rule | 2/3 (2) | 2/5 (2) |" in text
    with pytest.raises(InputError):
        service.write_matrix(matrix, format="ods")


def test_passages_of_near_and_same_sentence_are_led_to(study: Project) -> None:
    near = service.cooccurrence_passages(
        study, "trust.earned", "rule", relation="near", distance=1
    )
    assert [one.document for one in near] == ["ada", "ben"]
    same = service.cooccurrence_passages(study, "silence", "silence.no_word", relation="sentence")
    assert [one.quote for one in same] == ["I get no word back."]
    assert service.cooccurrence(study, relation="near", code="rule", distance=1).pairs
    with pytest.raises(InputError, match="distance"):
        service.cooccurrence(study, relation="near", distance=-1)
    with pytest.raises(UnknownName):
        service.measure_saturation(study, order="rank")
    by_role = service.measure_saturation(study, code="rule", order="role", rule=(2, 1, 0.05))
    assert by_role.steps[0].document == "ben"
