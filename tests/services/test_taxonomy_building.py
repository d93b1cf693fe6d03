"""Taxonomies are ordered, contrasted, bound to quotations, and travel as YAML with all of it; each change can be undone."""

from __future__ import annotations

import pytest

from qualcode.core.rounds import RoundState
from qualcode.core.taxonomy import TermView, Way
from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import audit, coding, rounds
from qualcode.services import taxonomy as service
from qualcode.services.project import Project, check_project, open_project

BONDS = "kinds of bond"


def names(study: Project) -> list[tuple[int, str]]:
    (domain,) = service.show_taxonomy(study, BONDS).domains
    return [(term.depth, term.name) for term in domain.terms]


def term(study: Project, name: str) -> TermView:
    (domain,) = service.show_taxonomy(study, BONDS).domains
    return next(one for one in domain.terms if one.name == name)


AS_IT_WAS = [
    (0, "trust at work"),
    (1, "earned trust"),
    (1, "trust given"),
    (0, "a bond by chance"),
]


def test_terms_are_shifted_in_one_command_and_undo_outlives_a_restart(study: Project) -> None:
    service.shift_terms(study, BONDS, ["earned trust", "trust given"], Way.OUT)
    flat = ["trust at work", "earned trust", "trust given", "a bond by chance"]
    assert names(study) == [(0, name) for name in flat]
    service.shift_terms(study, BONDS, ["a bond by chance"], Way.IN)
    assert names(study)[-1] == (1, "a bond by chance")
    with open_project(study.location) as again:
        audit.undo(again)
        audit.undo(again)
        assert names(again) == AS_IT_WAS
        audit.redo(again)
        assert names(again) == [(0, name) for name in flat]
    with pytest.raises(Refused, match="stands first"):
        service.shift_terms(study, BONDS, ["trust at work"], Way.UP)
    with pytest.raises(UnknownName):
        service.shift_terms(study, BONDS, ["mistrust"], Way.UP)
    with pytest.raises(InputError):
        service.shift_terms(study, BONDS, [], Way.UP)


def test_terms_go_under_another_together_or_not_at_all(study: Project) -> None:
    service.put_terms_under(study, BONDS, ["earned trust", "a bond by chance"], "trust given")
    assert names(study)[-2:] == [(2, "earned trust"), (2, "a bond by chance")]
    before = names(study)
    with pytest.raises(Refused, match="part of it"):
        service.put_terms_under(study, BONDS, ["a bond by chance", "trust given"], "earned trust")
    assert names(study) == before
    service.put_terms_under(study, BONDS, ["earned trust"], None)
    assert names(study)[-1] == (0, "earned trust")


def test_several_terms_are_removed_as_one_command_with_what_stands_on_them(study: Project) -> None:
    service.fill_cell(study, BONDS, "earned trust", "who begins?", "the officer")
    gone = service.remove_terms(study, BONDS, ["trust at work", "earned trust"])
    assert gone == 3 and names(study) == [(0, "a bond by chance")]
    audit.undo(study)
    assert names(study) == AS_IT_WAS
    assert service.show_components(study, BONDS, ["who begins?"]).rows[1].written == (
        "the officer",
    )
    assert check_project(study).problems == ()


def test_domains_are_shifted_among_each_other(study: Project) -> None:
    service.add_domain(study, "steps", "sequence")
    service.shift_domain(study, "steps", Way.UP)
    assert [one.cover_term for one in service.show_taxonomy(study).domains] == ["steps", BONDS]
    with pytest.raises(Refused, match="first already"):
        service.shift_domain(study, "steps", Way.UP)
    with pytest.raises(Refused, match="last already"):
        service.shift_domain(study, BONDS, Way.DOWN)
    with pytest.raises(InputError):
        service.shift_domain(study, BONDS, Way.IN)


def test_the_quotations_behind_a_term_take_in_what_it_includes_those_bound_first(
    study: Project,
) -> None:
    assert len(service.term_quotations(study, BONDS, "trust at work")) == 4
    own = coding.list_codings(study, coder="Kit", document="cora", code="trust")[0]
    service.assign_term(study, BONDS, "earned trust", codings=[own.id])
    found = service.term_quotations(study, BONDS, "earned trust")
    assert (found[0].coding_id, found[0].is_bound, found[0].participants) == (
        own.id,
        True,
        ("Cora",),
    )
    assert found[0].quote == "I trust one detective, that is all."
    assert [one.is_bound for one in found[1:]] == [False, False]
    at_site = service.term_quotations(study, BONDS, "trust at work", dimension="presence")
    assert at_site == ()
    assert len(service.term_quotations(study, BONDS, "trust at work", dimension="site")) == 5
    assert service.term_quotations(study, BONDS, "trust at work", dimension="who begins?") == ()


def test_quotations_of_a_code_and_those_that_could_be_bound_are_found_by_words(
    study: Project,
) -> None:
    assert len(service.code_quotations(study, "rule")) == 4
    hits = service.find_quotations(study, "nobody RULE")
    assert [one.document for one in hits] == ["ada"]
    assert {one.code for one in service.find_quotations(study, code="silence")} == {
        "silence",
        "silence.no_word",
    }
    assert len(service.find_quotations(study, most=2)) == 2
    assert service.find_quotations(study, "never said") == ()


def test_a_cell_of_the_componential_view_is_written_changed_and_taken_away(study: Project) -> None:
    service.fill_cell(study, BONDS, "a bond by chance", "role", "  any  role ")
    view = service.show_components(study, BONDS, ["site", "role"])
    assert view.questions == (("a bond by chance", "site"),)
    assert view.rows[-1].written == ("", "any role") and view.own == frozenset()
    service.fill_cell(study, BONDS, "earned trust", "Who begins?", "the officer")
    service.fill_cell(study, BONDS, "earned trust", "who begins?", "the judge")
    usual = service.show_components(study, BONDS)
    assert usual.dimensions == ("site", "role", "Who begins?")
    assert usual.own == {"Who begins?"} and usual.rows[1].written[2] == "the judge"
    assert "Who begins?" in service.dimensions_of(study, BONDS)
    assert service.rename_dimension(study, BONDS, "who begins?", "who starts?") == 1
    assert service.show_components(study, BONDS).dimensions[-1] == "who starts?"
    service.fill_cell(study, BONDS, "earned trust", "who starts?", "")
    assert service.show_components(study, BONDS).dimensions == ("site", "role")
    audit.undo(study)
    assert service.show_components(study, BONDS).rows[1].written[2] == "the judge"


def test_refusals_of_cells_say_why(study: Project) -> None:
    service.fill_cell(study, BONDS, "earned trust", "who begins?", "x")
    for dimension, value, error in (
        (" ", "x", InputError),
        ("participant", "x", Refused),
        ("another", "", Refused),
    ):
        with pytest.raises(error):
            service.fill_cell(study, BONDS, "earned trust", dimension, value)
    with pytest.raises(UnknownName):
        service.show_components(study, BONDS, ["colour"])
    with pytest.raises(Refused, match="no dimension of your own"):
        service.rename_dimension(study, BONDS, "site", "place")
    with pytest.raises(Refused, match="already"):
        service.rename_dimension(study, BONDS, "who begins?", "Role")
    with pytest.raises(InputError):
        service.rename_dimension(study, BONDS, "who begins?", " ")


def test_yaml_carries_quotations_and_cells_both_ways(study: Project) -> None:
    ids = [one.coding_id for one in service.find_quotations(study, "trust")][:2]
    service.assign_term(study, BONDS, "a bond by chance", codings=ids)
    service.fill_cell(study, BONDS, "a bond by chance", "who begins?", "chance: nobody")
    written = service.export_taxonomy(study, format="yaml")
    text = written.decode()
    assert 'coder: "consensus"' in text and "start: " in text and '"who begins?"' in text
    service.remove_domain(study, BONDS)
    assert service.import_taxonomy(study, "taxonomy.yaml", written) == 1
    assert service.export_taxonomy(study, format="yaml") == written
    assert term(study, "a bond by chance").quotations == 2
    assert service.import_taxonomy(study, "taxonomy.yaml", written) == 0
    assert service.export_taxonomy(study, format="yaml") == written
    audit.undo(study)
    with pytest.raises(UnknownName):
        service.show_taxonomy(study, BONDS)


HEAD = "domains:\n  - cover_term: kinds of bond\n    relationship: strict-inclusion\n    terms:\n"


def bound(*fields: str) -> bytes:
    lines = "".join(f"            {field}\n" for field in fields[1:])
    return (
        f"{HEAD}      - name: a bond by chance\n        quotations:\n          - {fields[0]}\n{lines}"
    ).encode()


def test_a_quotation_is_found_by_its_words_where_they_stand_once(study: Project) -> None:
    content = bound("document: cora", 'quote: "There is no rule here."', "coder: consensus")
    service.import_taxonomy(study, "t.yaml", content)
    (found,) = service.term_quotations(study, BONDS, "a bond by chance")
    assert found.is_bound and found.code == "rule"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("document: cora", "quote: not a word"), r"t\.yaml, line 7: the quote"),
        (("document: nobody", "quote: x"), r"line 7: no document is called"),
        (("document: cora", "start: 0", "end: 4", "quote: Cora"), r"line 7: the text of cora"),
        (("document: cora", "quote: back"), r"line 7: no such coding stands"),
        (("document: cora", "quote: There is no rule here."), r"line 7: several codings stand"),
        (("document: cora", "start: 3"), r"line 7: start and end go together"),
        (("document: cora", "start: a", "end: b"), r"line 8: start must be a whole number"),
        (("document: cora", "code: rule"), r"line 7: a quotation needs a quote"),
        (("quote: x",), r"line 7: a quotation needs a document"),
        (("document: cora", "words: x"), r"line 8: a quotation has no key"),
    ],
)
def test_a_quotation_that_is_not_there_is_refused_with_its_line(
    study: Project, fields: tuple[str, ...], said: str
) -> None:
    with pytest.raises(MistakeInFile, match=said):
        service.import_taxonomy(study, "t.yaml", bound(*fields))
    assert term(study, "a bond by chance").quotations == 0


def test_mistakes_in_codes_and_cells_name_their_line(study: Project) -> None:
    with pytest.raises(MistakeInFile, match="line 5: no code is called 'trustt'"):
        service.import_taxonomy(
            study, "t.yaml", f"{HEAD}      - {{name: x, code: trustt}}\n".encode()
        )
    for cells in ("{a: x, A: y}", "{a: }", "{a: [x]}", "[x]"):
        content = f"{HEAD}      - {{name: x, contrasts: {cells}}}\n".encode()
        with pytest.raises(MistakeInFile, match=r"t\.yaml, line 5"):
            service.import_taxonomy(study, "t.yaml", content)


def test_what_a_blind_round_hides_is_neither_counted_nor_written_out(study: Project) -> None:
    rounds.new_round(study, "Blind", blind=True)
    with open_project(study.location, coder="Kit") as kit:
        made = coding.apply_code(kit, "rule", document="dan", round="Blind", start=0, end=11)
        service.assign_term(kit, BONDS, "a bond by chance", codings=[made.coding.id])
        assert term(kit, "a bond by chance").quotations == 1
        assert 'document: "dan"' in service.export_taxonomy(kit, format="yaml").decode()
    assert term(study, "a bond by chance").quotations == 0
    assert service.term_quotations(study, BONDS, "a bond by chance") == ()
    assert 'document: "dan"' not in service.export_taxonomy(study, format="yaml").decode()
    rounds.set_round_state(study, "Blind", RoundState.RECONCILING, even_unread=True)
    assert term(study, "a bond by chance").quotations == 1


def test_a_term_added_after_a_removal_stands_last(study: Project) -> None:
    service.add_term(study, BONDS, "one more")
    service.remove_term(study, BONDS, "trust at work")
    service.add_term(study, BONDS, "the last")
    assert [name for _, name in names(study)] == ["a bond by chance", "one more", "the last"]


def test_a_layer_that_is_given_again_counts_what_is_there_by_then(study: Project) -> None:
    layer = service.LayerReading(study)
    rounds.new_round(study, "Own", blind=False)

    def code() -> None:
        made = coding.apply_code(study, "rule", document="dan", round="Own", start=0, end=11)
        service.assign_term(study, BONDS, "a bond by chance", codings=[made.coding.id])

    changes = (
        lambda: service.shift_terms(study, BONDS, ["earned trust"], Way.DOWN),
        lambda: service.put_terms_under(study, BONDS, ["trust given"], "a bond by chance"),
        lambda: service.assign_term(study, BONDS, "a bond by chance", code="rule"),
        code,
        lambda: coding.remove_coding(study, coding.list_codings(study, round="Own")[0].id),
        lambda: service.unassign_term(study, BONDS, "earned trust", code=True),
        lambda: audit.undo(study),
    )
    for change in changes:
        change()
        assert service.show_taxonomy(study, layer=layer) == service.show_taxonomy(study)
        again = service.show_components(study, BONDS, ["site"], layer=layer)
        assert again == service.show_components(study, BONDS, ["site"])
